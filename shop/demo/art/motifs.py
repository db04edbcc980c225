"""The figures of the cloths, each drawn once in the square from -1 to 1 and read at any size.

A stamp is a pair of masks: the figure, and the lines left open inside it. Woven cloth reads it in steps of a thread,
batik smoothly.
"""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

OVER = 6


class Pen:
    def __init__(self, n):
        self.n = n * OVER
        self.body = Image.new("L", (self.n, self.n))
        self.open = Image.new("L", (self.n, self.n))

    def _xy(self, points):
        return [((x + 1) * self.n / 2, (1 - y) * self.n / 2) for x, y in points]

    def poly(self, *points):
        ImageDraw.Draw(self.body).polygon(self._xy(points), fill=255)

    def oval(self, x, y, rx, ry, angle=0.0, cut=False):
        t = np.linspace(0, 2 * np.pi, 48)
        c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        px, py = rx * np.cos(t), ry * np.sin(t)
        points = list(zip(x + px * c - py * s, y + px * s + py * c, strict=True))
        ImageDraw.Draw(self.open if cut else self.body).polygon(self._xy(points), fill=255)

    def line(self, *points, width=0.08, cut=False):
        draw = ImageDraw.Draw(self.open if cut else self.body)
        draw.line(self._xy(points), fill=255, width=max(1, int(width * self.n / 2)), joint="curve")

    def curve(self, fx, fy, t0, t1, width=0.08, cut=False):
        t = np.linspace(t0, t1, 60)
        self.line(*zip(fx(t), fy(t), strict=True), width=width, cut=cut)


def _petals(pen, count, length, width, start=0.0, notch=True):
    for i in range(count):
        a = start + 360 * i / count
        r = np.radians(a)
        pen.oval(length * 0.55 * np.cos(r), length * 0.55 * np.sin(r), length * 0.46, width, a)
        if notch:
            pen.line(
                (0.24 * np.cos(r), 0.24 * np.sin(r)),
                (length * 0.72 * np.cos(r), length * 0.72 * np.sin(r)),
                width=0.05,
                cut=True,
            )


def rosette(pen):
    _petals(pen, 8, 0.98, 0.17, 22.5)
    pen.oval(0, 0, 0.30, 0.30)
    pen.oval(0, 0, 0.13, 0.13, cut=True)


def kenanga(pen):
    for i in range(8):
        a = np.radians(45 * i)
        tip = (0.98 * np.cos(a + 0.16), 0.98 * np.sin(a + 0.16))
        pen.poly(
            (0.10 * np.cos(a - 1.2), 0.10 * np.sin(a - 1.2)),
            (0.55 * np.cos(a - 0.22), 0.55 * np.sin(a - 0.22)),
            tip,
            (0.50 * np.cos(a + 0.24), 0.50 * np.sin(a + 0.24)),
            (0.10 * np.cos(a + 1.2), 0.10 * np.sin(a + 1.2)),
        )
        pen.line(
            (0.2 * np.cos(a), 0.2 * np.sin(a)), (0.7 * np.cos(a + 0.06), 0.7 * np.sin(a + 0.06)), width=0.05, cut=True
        )
    pen.oval(0, 0, 0.10, 0.10, cut=True)


def rukem(pen):
    for i in range(8):
        a = np.radians(45 * i + 22.5)
        pen.oval(0.66 * np.cos(a), 0.66 * np.sin(a), 0.25, 0.25)
        pen.oval(0.68 * np.cos(a), 0.68 * np.sin(a), 0.09, 0.09, cut=True)
    pen.oval(0, 0, 0.40, 0.40)
    pen.oval(0, 0, 0.22, 0.22, cut=True)
    pen.oval(0, 0, 0.001, 0.001)


def bungacina(pen):
    for i in range(5):
        a = np.radians(72 * i + 90)
        x, y = 0.56 * np.cos(a), 0.56 * np.sin(a)
        pen.oval(x, y, 0.36, 0.33, 72 * i + 90)
        pen.line((0.2 * np.cos(a), 0.2 * np.sin(a)), (0.74 * np.cos(a), 0.74 * np.sin(a)), width=0.07, cut=True)
    pen.oval(0, 0, 0.15, 0.15, cut=True)


def tabur(pen):
    for i in range(4):
        a = 90 * i
        r = np.radians(a)
        pen.oval(0.55 * np.cos(r), 0.55 * np.sin(r), 0.40, 0.17, a)
    for sx in (-1, 1):
        for sy in (-1, 1):
            pen.oval(0.42 * sx, 0.42 * sy, 0.11, 0.11)
    pen.oval(0, 0, 0.12, 0.12, cut=True)


def leaf4(pen):
    for i in range(4):
        a = 90 * i
        r = np.radians(a)
        pen.oval(0.58 * np.cos(r), 0.58 * np.sin(r), 0.38, 0.13, a)
        pen.line((0.2 * np.cos(r), 0.2 * np.sin(r)), (0.9 * np.cos(r), 0.9 * np.sin(r)), width=0.05, cut=True)


def bebek(pen):
    pen.oval(-0.08, -0.22, 0.66, 0.36, 4)
    pen.poly((-0.55, -0.2), (-0.98, 0.22), (-0.80, -0.24))
    pen.poly((0.22, 0.0), (0.34, 0.52), (0.62, 0.5), (0.60, -0.2))
    pen.oval(0.48, 0.52, 0.25, 0.22)
    pen.poly((0.66, 0.60), (0.99, 0.44), (0.66, 0.40))
    pen.oval(0.52, 0.58, 0.075, 0.075, cut=True)
    pen.curve(lambda t: -0.1 + 0.36 * np.cos(t), lambda t: -0.12 + 0.20 * np.sin(t), np.pi, 2 * np.pi, 0.08, cut=True)
    pen.line((-0.8, -0.72), (0.8, -0.72), width=0.10)


def kudalaut(pen):
    t = np.linspace(0, 1, 40)
    x = 0.10 - 0.34 * np.sin(3.6 * t) + 0.18 * t
    y = 0.62 - 1.25 * t
    for xi, yi, ti in zip(x, y, t, strict=True):
        r = 0.24 * np.sin(np.pi * (0.25 + 0.72 * (1 - ti) ** 0.8)) + 0.05
        pen.oval(xi + 0.06, yi, r, r * 0.9)
    pen.oval(0.16, 0.66, 0.24, 0.20)
    pen.poly((0.26, 0.74), (0.80, 0.56), (0.80, 0.44), (0.26, 0.54))
    pen.poly((0.0, 0.78), (0.06, 0.99), (0.22, 0.84), (0.30, 0.98), (0.36, 0.78))
    pen.curve(lambda a: 0.12 + 0.24 * np.cos(a), lambda a: -0.70 + 0.22 * np.sin(a), -3.4, 1.6, 0.12)
    pen.poly((-0.34, 0.25), (-0.78, 0.30), (-0.62, 0.05), (-0.74, -0.14), (-0.34, -0.05))
    pen.oval(0.20, 0.70, 0.06, 0.06, cut=True)
    for i in range(5):
        yy = 0.34 - 0.17 * i
        pen.line((-0.35, yy), (0.12, yy + 0.07), width=0.05, cut=True)


def merak(pen):
    for i in range(7):
        a = np.radians(20 + 140 * i / 6)
        pen.line((0, -0.35), (0.80 * np.cos(a), -0.35 + 1.02 * np.sin(a)), width=0.09)
        pen.oval(0.84 * np.cos(a), -0.35 + 1.08 * np.sin(a), 0.15, 0.15)
        pen.oval(0.84 * np.cos(a), -0.35 + 1.08 * np.sin(a), 0.06, 0.06, cut=True)
    pen.oval(0, -0.36, 0.26, 0.36)
    pen.line((0, -0.2), (0, 0.24), width=0.17)
    pen.oval(0, 0.28, 0.13, 0.13)
    pen.poly((0.08, 0.33), (0.28, 0.25), (0.08, 0.22))
    pen.line((-0.16, -0.7), (-0.16, -0.94), (-0.3, -0.94), width=0.07)
    pen.line((0.16, -0.7), (0.16, -0.94), (0.3, -0.94), width=0.07)
    pen.line((-0.14, -0.36), (0.14, -0.36), width=0.06, cut=True)


def hong(pen):
    pen.poly((-0.12, 0.05), (0.32, 0.95), (0.46, 0.60), (0.62, 0.66), (0.56, 0.36), (0.74, 0.34), (0.30, -0.10))
    pen.poly((-0.16, 0.0), (-0.62, 0.62), (-0.30, 0.66), (-0.10, 0.42))
    pen.oval(0.05, -0.05, 0.34, 0.20, 25)
    pen.curve(lambda t: 0.30 + 0.34 * t, lambda t: 0.02 + 0.24 * np.sin(3 * t), 0, 1, 0.14)
    pen.oval(0.70, 0.10, 0.14, 0.12)
    pen.poly((0.78, 0.14), (0.99, 0.02), (0.76, 0.02))
    for k in (0, 1, 2):
        pen.curve(
            lambda t, k=k: -0.15 - 0.75 * t,
            lambda t, k=k: -0.15 - (0.25 + 0.27 * k) * t - 0.12 * np.sin(5 * t),
            0,
            1,
            0.09,
        )
        pen.oval(-0.90, -0.42 - 0.27 * k + 0.12, 0.09, 0.09)
    pen.oval(0.72, 0.13, 0.045, 0.045, cut=True)
    pen.line((0.05, 0.15), (0.45, 0.55), width=0.06, cut=True)


def garuda(pen):
    for s in (-1, 1):
        for i in range(6):
            a = np.radians(8 + 17 * i)
            length = 0.98 - 0.05 * i
            pen.oval(
                s * length * 0.55 * np.cos(a),
                -0.05 + length * 0.55 * np.sin(a),
                length * 0.48,
                0.075,
                np.degrees(a) if s > 0 else 180 - np.degrees(a),
            )
        pen.oval(s * 0.22, 0.02, 0.20, 0.16)
        pen.line((s * 0.12, -0.42), (s * 0.42, -0.92), width=0.10)
        pen.line((s * 0.05, -0.42), (s * 0.16, -0.96), width=0.10)
    pen.poly((0, 0.60), (-0.20, 0.1), (0, -0.62), (0.20, 0.1))
    pen.oval(0, 0.52, 0.15, 0.17)
    pen.oval(0, 0.02, 0.07, 0.07, cut=True)
    pen.oval(0, -0.28, 0.06, 0.06, cut=True)


def naga(pen):
    t = np.linspace(0, 1, 140)
    x = -0.95 + 1.38 * t + 0.10 * np.sin(6.3 * t)
    y = -0.18 + 0.34 * np.sin(2 * np.pi * (1.55 * t + 0.30)) * (0.75 + 0.25 * t)
    for i, (xi, yi) in enumerate(zip(x, y, strict=True)):
        r = 0.03 + 0.105 * min(1, 1.9 * t[i]) ** 0.8
        pen.oval(xi, yi, r, r)
        if i % 9 == 4 and 12 < i < 130:
            pen.poly((xi - 0.07, yi + r * 0.6), (xi - 0.05, yi + r + 0.13), (xi + 0.06, yi + r * 0.6))
        if i % 9 == 0 and 20 < i < 132:
            pen.oval(xi, yi, 0.030, 0.055, cut=True)
    pen.poly((-0.90, -0.02), (-0.99, 0.34), (-0.84, 0.14), (-0.72, 0.30), (-0.80, 0.0))
    hx, hy = 0.52, float(y[-1]) + 0.02
    pen.oval(hx, hy, 0.19, 0.16)
    pen.poly((hx + 0.04, hy + 0.16), (hx + 0.46, hy + 0.20), (hx + 0.46, hy + 0.08), (hx + 0.12, hy + 0.01))
    pen.poly((hx + 0.04, hy - 0.15), (hx + 0.36, hy - 0.16), (hx + 0.34, hy - 0.07), (hx + 0.10, hy - 0.02))
    pen.poly((hx - 0.02, hy + 0.12), (hx - 0.28, hy + 0.44), (hx + 0.10, hy + 0.15))
    pen.poly((hx + 0.08, hy + 0.12), (hx - 0.06, hy + 0.46), (hx + 0.18, hy + 0.16))
    pen.poly((hx - 0.12, hy - 0.06), (hx - 0.30, hy - 0.34), (hx + 0.06, hy - 0.14))
    pen.curve(lambda k: hx + 0.40 + 0.13 * np.sin(5 * k), lambda k: hy - 0.02 - 0.42 * k, 0, 1, 0.05)
    for cx in (0.28, 0.72):
        i = int(cx * 139)
        pen.line((x[i], y[i] - 0.05), (x[i] + 0.10, y[i] - 0.30), (x[i] + 0.24, y[i] - 0.34), width=0.08)
        pen.line((x[i] + 0.10, y[i] - 0.30), (x[i] + 0.02, y[i] - 0.38), width=0.06)
    pen.oval(hx + 0.06, hy + 0.06, 0.045, 0.04, cut=True)


def simpor(pen):
    t = np.linspace(0, np.pi, 40)
    width = 0.52 * np.sin(t) ** 0.8
    wavy = 1 + 0.05 * np.cos(14 * t)
    y = np.cos(t) * 0.95
    pen.poly(*zip(width * wavy, y, strict=True), *zip(-(width * wavy)[::-1], y[::-1], strict=True))
    pen.line((0, -0.99), (0, 0.80), width=0.05, cut=True)
    for i in range(7):
        yy = -0.66 + 0.22 * i
        reach = 0.46 * np.sqrt(max(0, 1 - (yy + 0.12) ** 2))
        for s in (-1, 1):
            pen.line((0, yy), (s * reach, yy + 0.24), width=0.035, cut=True)


def simporbloom(pen):
    for i in range(5):
        a = np.radians(72 * i + 90)
        pen.oval(0.52 * np.cos(a), 0.52 * np.sin(a), 0.44, 0.36, 72 * i + 90)
        for k in (-0.25, 0, 0.25):
            pen.line(
                (0.3 * np.cos(a + k), 0.3 * np.sin(a + k)),
                (0.78 * np.cos(a + k * 0.8), 0.78 * np.sin(a + k * 0.8)),
                width=0.03,
                cut=True,
            )
    pen.oval(0, 0, 0.20, 0.20, cut=True)
    pen.oval(0, 0, 0.001, 0.001)


def fish(pen):
    pen.oval(0.08, 0, 0.66, 0.34)
    pen.poly((-0.42, 0.0), (-0.96, 0.42), (-0.80, 0.0), (-0.96, -0.42))
    pen.poly((-0.1, 0.28), (0.1, 0.58), (0.36, 0.26))
    pen.poly((0.0, -0.28), (0.1, -0.52), (0.3, -0.26))
    pen.oval(0.52, 0.08, 0.07, 0.07, cut=True)
    pen.curve(lambda t: 0.34 + 0.10 * np.cos(t), lambda t: 0.30 * np.sin(t), -1.2, 1.2, 0.045, cut=True)
    for i in range(3):
        pen.curve(
            lambda t, i=i: 0.10 - 0.2 * i + 0.09 * np.cos(t),
            lambda t, i=i: (0.24 - 0.05 * i) * np.sin(t),
            -1.3,
            1.3,
            0.04,
            cut=True,
        )


def coffee(pen):
    pen.poly((-0.42, 0.42), (0.42, 0.42), (0.30, -0.52), (-0.30, -0.52))
    pen.oval(0, -0.62, 0.78, 0.14)
    pen.curve(lambda t: 0.44 + 0.24 * np.cos(t), lambda t: 0.06 + 0.22 * np.sin(t), -1.6, 1.6, 0.08)
    pen.line((-0.34, 0.18), (0.34, 0.18), width=0.06, cut=True)
    pen.line((-0.16, 0.08), (-0.12, -0.40), width=0.05, cut=True)
    for s in (-0.18, 0.1):
        pen.curve(lambda t, s=s: s + 0.08 * np.sin(5 * t), lambda t: 0.5 + 0.46 * t, 0, 1, 0.06)
    pen.line((0.30, 0.78), (0.10, 0.42), width=0.07)


def pepper(pen):
    pen.curve(lambda t: 0.10 * np.sin(3 * t), lambda t: 0.95 - 1.9 * t, 0, 1, 0.05)
    for i in range(9):
        y = 0.35 - 0.15 * i
        for s in (-1, 1):
            pen.oval(s * (0.15 - 0.005 * i) + 0.05 * np.sin(3 * i), y + 0.06 * s, 0.10, 0.10)
            pen.oval(s * 0.13 + 0.05 * np.sin(3 * i), y + 0.06 * s + 0.02, 0.028, 0.028, cut=True)
    for s, y in ((-1, 0.62), (1, 0.46)):
        pen.oval(s * 0.48, y, 0.40, 0.20, 28 * s)
        pen.line((s * 0.12, y - 0.16 * s * s), (s * 0.80, y + 0.16), width=0.035, cut=True)


def waves(pen):
    for k in range(3):
        r = 0.95 - 0.3 * k
        pen.curve(lambda t, r=r: r * np.cos(t), lambda t, r=r: -0.5 + r * np.sin(t), 0, np.pi, 0.10)
    pen.line((-0.99, -0.55), (0.99, -0.55), width=0.09)


FIGURES = {
    f.__name__: f
    for f in (
        rosette,
        kenanga,
        rukem,
        bungacina,
        tabur,
        leaf4,
        bebek,
        kudalaut,
        merak,
        hong,
        garuda,
        naga,
        simpor,
        simporbloom,
        fish,
        coffee,
        pepper,
        waves,
    )
}


@lru_cache(maxsize=256)
def figure(name, n):
    """The figure at ``n`` cells a side, as coverage from 0 to 1, and the lines left open in it."""
    pen = Pen(n)
    FIGURES[name](pen)
    box = Image.Resampling.BOX
    body = np.asarray(pen.body.resize((n, n), box), float) / 255
    cut = np.asarray(pen.open.resize((n, n), box), float) / 255
    return body, cut


def stamp(name, n, flip=False):
    """The figure in whole threads."""
    body, cut = figure(name, n)
    out = (body > 0.5) & ~(cut > 0.45)
    return out[:, ::-1] if flip else out
