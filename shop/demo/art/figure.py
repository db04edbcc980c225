"""Drawn people: flat shapes in the colours of the site, faces kept to a few strokes. Nobody real is meant."""

import numpy as np
from PIL import Image, ImageDraw

INK, COTTON, PAPER = (30, 21, 19), (251, 246, 238), (255, 255, 255)
CLOTHES = (
    (107, 18, 32),
    (20, 81, 79),
    (200, 150, 58),
    (87, 97, 107),
    (71, 36, 79),
    (164, 71, 48),
    (62, 92, 60),
    (36, 64, 108),
)
SKINS = ((185, 133, 96), (166, 112, 76), (201, 152, 112), (150, 99, 68))
WALLS = ((236, 222, 198), (226, 216, 203), (222, 205, 184), (214, 219, 212), (233, 211, 194))


def shade(colour, k):
    """The colour darker (below 1) or lighter (above 1)."""
    if k <= 1:
        return tuple(int(c * k) for c in colour)
    return tuple(int(c + (255 - c) * (k - 1)) for c in colour)


class Board:
    """A drawing board in units of 800 by 800 (or wider), drawn at ``scale`` times the size."""

    def __init__(self, width=800, height=800, colour=COTTON, scale=2):
        self.k = scale
        self.img = Image.new("RGB", (int(width * scale), int(height * scale)), colour)
        self.pen = ImageDraw.Draw(self.img)
        self.width, self.height = width, height
        self.dx = self.dy = 0.0

    def _s(self, points):
        return [((x + self.dx) * self.k, (y + self.dy) * self.k) for x, y in points]

    def poly(self, points, colour):
        self.pen.polygon(self._s(points), fill=colour)

    def blob(self, points, colour):
        """A closed smooth shape through the points."""
        p = np.array(points, float)
        out = []
        for i in range(len(p)):
            a, b, c, d = p[i - 1], p[i], p[(i + 1) % len(p)], p[(i + 2) % len(p)]
            for t in np.linspace(0, 1, 14, endpoint=False):
                out.append(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
                )
        self.poly([tuple(q) for q in out], colour)

    def oval(self, x, y, rx, ry, colour):
        self.pen.ellipse([c for p in self._s([(x - rx, y - ry), (x + rx, y + ry)]) for c in p], fill=colour)

    def line(self, points, width, colour):
        pts = self._s(points)
        self.pen.line(pts, fill=colour, width=max(1, int(width * self.k)), joint="curve")
        r = width * self.k / 2
        for x, y in (pts[0], pts[-1]):
            self.pen.ellipse([x - r, y - r, x + r, y + r], fill=colour)

    def arc(self, points, width, colour):
        """A smooth open stroke through three points or more."""
        p = np.array([points[0], *points, points[-1]], float)
        out = []
        for i in range(1, len(p) - 2):
            a, b, c, d = p[i - 1 : i + 3]
            for t in np.linspace(0, 1, 16):
                out.append(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
                )
        self.line([tuple(q) for q in out], width, colour)

    def rect(self, x0, y0, x1, y1, colour):
        self.pen.rectangle([c for p in self._s([(x0, y0), (x1, y1)]) for c in p], fill=colour)

    def hoop(self, x, y, rx, ry, width, colour):
        box = [c for p in self._s([(x - rx, y - ry), (x + rx, y + ry)]) for c in p]
        self.pen.ellipse(box, outline=colour, width=int(width * self.k))

    def tumpal(self, y, height, step, colour, down=False):
        for x in np.arange(-step, self.width + step, step):
            tip = y + height if down else y - height
            self.poly([(x, y), (x + step / 2, tip), (x + step, y)], colour)

    def picture(self):
        return np.asarray(self.img, "float32") / 255


class Person:
    """What one maker looks like, chosen by the seed."""

    def __init__(self, rng, gender):
        self.woman = gender == "f"
        self.bun = gender == "fh"
        self.skin = SKINS[rng.integers(len(SKINS))]
        tones = rng.permutation(len(CLOTHES))
        self.shirt, self.scarf, self.accent = (CLOTHES[i] for i in tones[:3])
        self.wall = WALLS[rng.integers(len(WALLS))]
        self.grey = rng.random() < 0.35
        self.glasses = rng.random() < 0.3
        self.cap = rng.random() < 0.6 and not self.bun
        self.beard = rng.random() < 0.35 and not self.bun
        self.pattern = int(rng.integers(3))


def head(b, p, x, y, r=80):
    """Head and shoulders' top, looking down at the work."""
    hair = (120, 116, 112) if p.grey else (38, 28, 25)
    skin = p.skin
    if p.woman:
        back = [
            (x - r * 1.15, y - r * 0.1),
            (x - r * 0.9, y - r * 1.05),
            (x, y - r * 1.38),
            (x + r * 0.95, y - r * 1.0),
            (x + r * 1.15, y),
            (x + r * 1.25, y + r * 1.1),
            (x + r * 0.9, y + r * 1.9),
            (x, y + r * 2.15),
            (x - r * 0.95, y + r * 1.9),
            (x - r * 1.25, y + r * 1.1),
        ]
        b.blob(back, p.scarf)
        b.oval(x + r * 0.06, y + r * 0.10, r * 0.78, r * 0.95, skin)
        b.blob(
            [
                (x - r * 0.80, y - r * 0.10),
                (x - r * 0.55, y - r * 0.85),
                (x + r * 0.1, y - r * 1.0),
                (x + r * 0.75, y - r * 0.75),
                (x + r * 0.90, y - r * 0.05),
                (x + r * 0.55, y - r * 0.62),
                (x, y - r * 0.74),
                (x - r * 0.5, y - r * 0.55),
            ],
            shade(p.scarf, 0.82),
        )
        b.arc([(x - r * 0.7, y + r * 1.2), (x, y + r * 1.55), (x + r * 0.75, y + r * 1.2)], 5, shade(p.scarf, 0.78))
    else:
        if p.bun:
            b.oval(x - r * 0.15, y - r * 1.20, r * 0.42, r * 0.38, hair)
            b.blob(
                [
                    (x - r, y - r * 0.3),
                    (x, y - r),
                    (x + r, y - r * 0.3),
                    (x + r * 0.98, y + r * 0.8),
                    (x - r * 0.98, y + r * 0.8),
                ],
                hair,
            )
        b.rect(x - r * 0.36, y + r * 0.6, x + r * 0.36, y + r * 1.5, shade(skin, 0.84))
        b.oval(x - r * 0.86, y + r * 0.16, r * 0.17, r * 0.24, shade(skin, 0.86))
        b.oval(x, y - r * 0.12, r * 0.90, r * 0.98, hair)
        b.oval(x + r * 0.05, y + r * 0.10, r * 0.80, r * 0.96, skin)
        b.blob(
            [
                (x - r * 0.86, y - r * 0.05),
                (x - r * 0.7, y - r * 0.8),
                (x, y - r * 1.08),
                (x + r * 0.75, y - r * 0.8),
                (x + r * 0.88, y - r * 0.1),
                (x + r * 0.6, y - r * 0.48),
                (x, y - r * 0.56),
                (x - r * 0.6, y - r * 0.42),
            ],
            hair,
        )
        if p.cap:
            b.poly(
                [
                    (x - r * 0.92, y - r * 0.34),
                    (x - r * 0.80, y - r * 1.22),
                    (x + r * 0.82, y - r * 1.22),
                    (x + r * 0.95, y - r * 0.34),
                ],
                (52, 38, 28),
            )
            for i in range(5):
                yy = y - r * (0.44 + 0.16 * i)
                b.line([(x - r * 0.84, yy), (x + r * 0.86, yy)], 2, (92, 68, 46))
        if p.beard:
            b.blob(
                [
                    (x - r * 0.45, y + r * 0.70),
                    (x, y + r * 0.58),
                    (x + r * 0.55, y + r * 0.70),
                    (x + r * 0.32, y + r * 1.08),
                    (x + r * 0.05, y + r * 1.2),
                    (x - r * 0.25, y + r * 1.08),
                ],
                hair,
            )
    ink = (70, 40, 30)
    for s in (-1, 1):
        ex = x + r * (0.10 + 0.36 * s)
        b.arc([(ex - r * 0.15, y + r * 0.14), (ex, y + r * 0.21), (ex + r * 0.15, y + r * 0.14)], 4, ink)
        b.arc(
            [(ex - r * 0.18, y - r * 0.10), (ex, y - r * 0.17), (ex + r * 0.18, y - r * 0.10)],
            4,
            hair if not p.woman else ink,
        )
        if p.glasses:
            b.hoop(ex, y + r * 0.16, r * 0.25, r * 0.20, 3, ink)
    b.arc(
        [(x + r * 0.12, y + r * 0.18), (x + r * 0.22, y + r * 0.42), (x + r * 0.08, y + r * 0.44)], 4, shade(skin, 0.72)
    )
    b.arc([(x - r * 0.12, y + r * 0.66), (x + r * 0.10, y + r * 0.74), (x + r * 0.32, y + r * 0.64)], 5, (142, 62, 56))
    b.oval(x - r * 0.34, y + r * 0.46, r * 0.13, r * 0.09, shade(skin, 1.0)[:2] + (int(skin[2] * 0.88),))


def torso(b, p, x, y, wide=150, tall=330):
    """Shoulders to lap; the head's middle is at (x, y)."""
    top = y + 118
    b.blob(
        [
            (x - wide * 0.55, top),
            (x + wide * 0.55, top),
            (x + wide, top + 46),
            (x + wide * 1.02, top + tall * 0.6),
            (x + wide * 0.95, top + tall),
            (x - wide * 0.95, top + tall),
            (x - wide * 1.02, top + tall * 0.6),
            (x - wide, top + 46),
        ],
        p.shirt,
    )
    light = shade(p.shirt, 1.28)
    for j in range(9):
        for i in range(-5, 6):
            px, py = x + i * 34 + (j % 2) * 17, top + 60 + j * 34
            if abs(px - x) < wide * 0.88 and py < top + tall - 8:
                if p.pattern == 0:
                    b.oval(px, py, 4, 4, light)
                elif p.pattern == 1:
                    b.poly([(px, py - 8), (px + 6, py), (px, py + 8), (px - 6, py)], light)


def arm(b, p, shoulder, elbow, hand, width=62):
    b.line([shoulder, elbow], width, shade(p.shirt, 0.86))
    b.line([elbow, ((elbow[0] + hand[0]) / 2, (elbow[1] + hand[1]) / 2)], width * 0.9, shade(p.shirt, 0.86))
    mid = (elbow[0] * 0.42 + hand[0] * 0.58, elbow[1] * 0.42 + hand[1] * 0.58)
    b.line([mid, hand], width * 0.52, p.skin)
    b.oval(hand[0], hand[1], width * 0.36, width * 0.30, p.skin)
