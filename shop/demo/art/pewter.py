"""Pewter turned on the lathe, standing on a table."""

import numpy as np

from shop.demo.art import metal, solid
from shop.demo.art.motifs import figure
from shop.demo.art.pewter_flat import bookmark, brooch, frame, keychain, plaque, plate, ship, spoon
from shop.demo.art.studio import blur, grid, ground, lay, mix, noise, rgb, size, smooth, table

__all__ = [
    "bookmark",
    "bowl",
    "box",
    "brooch",
    "candle",
    "chess",
    "frame",
    "keychain",
    "lighthouse",
    "mug",
    "plaque",
    "plate",
    "ship",
    "spoon",
    "tin",
    "vase",
]


def stage(params, rng, base=0.84, pitch=15, horizon=0.58):
    h, w = size()
    return table(params["ground"], h, w, rng, horizon), solid.Solids(h, w, base=h * base, pitch=pitch)


def taken(img, s, rng, draw=None, rough=0.0, dark=None, brush=0.035):
    """Renders pewter solids; ``draw(b)`` gives a height picture. Material 1 is an inside, 2 is velvet, 3 is wood."""
    b = s.render()
    height = draw(b) * (b["material"] == 0) if draw else None
    N = solid.bump(b, height, 1.5) if height is not None else b["N"]
    deep = None
    if dark is not None and height is not None:
        deep = np.clip(-(height - blur(height, 5)) * dark, 0, 1)
    col = metal.pewter(N, rng, brush=metal.turned(b["v"], rng, brush) if brush else None, dark=deep, rough=rough)
    col = np.where((b["material"] == 1)[..., None], col * 0.42, col)
    col = np.where(
        (b["material"] == 2)[..., None], solid.lambert(b["N"], np.broadcast_to(rgb("5c0f1c"), col.shape)), col
    )
    wood = rgb("7d5233") * (1 + 0.12 * noise(*b["mask"].shape, 3, rng, 40))[..., None]
    col = np.where((b["material"] == 3)[..., None], solid.lambert(b["N"], wood), col)
    return solid.stand(img, s, col, b, 0.62)


def around(b, radius):
    """How far round the thing a pixel is, from -pi to pi, nought in front."""
    return b["u"] / radius


def applied(b, name, radius, low, high, count, depth=5.0):
    """A figure repeated round a turned thing between two heights."""
    n = 160
    body, cut = figure(name, n)
    relief = blur(np.clip(body - cut, 0, 1), 1.6)
    a = (around(b, radius) * count / (2 * np.pi) + 0.5) % 1
    t = (high - b["y"]) / (high - low)
    inside = (t >= 0) & (t < 1)
    iy, ix = np.clip(t * n, 0, n - 1).astype(int), np.clip(a * n, 0, n - 1).astype(int)
    return depth * blur(relief[iy, ix] * inside, 1.0)


def rings(b, heights, width=2.4, depth=-3.0):
    return sum(depth * np.exp(-(((b["y"] - at) / width) ** 2)) for at in heights)


def finish_of(params):
    return 3.2 if params.get("finish") == "bakar" else 0.8


def mug(rng, params):
    img, s = stage(params, rng, 0.80, 19)
    tall, r = int(rng.integers(390, 450)), int(rng.integers(176, 200))
    s.loft([(0, r * 0.96), (12, r), (60, r * 0.98), (tall - 20, r * 0.92), (tall, r * 0.95)])
    s.ring(tall, r * 0.95, 7)
    s.ring(6, r * 0.99, 9)
    s.loft([(tall, r * 0.90), (40, r * 0.90)], inside=True, material=1)
    s.disc(42, r * 0.9, material=1)
    k = np.radians(34)
    handle = [
        (r * 0.86, tall * 0.84),
        (r * 1.25, tall * 0.90),
        (r * 1.55, tall * 0.66),
        (r * 1.42, tall * 0.34),
        (r * 0.90, tall * 0.20),
    ]
    s.tube([(x * np.cos(k), y, x * np.sin(k)) for x, y in handle], [17, 14, 15, 14, 17], 4, flat=0.75)
    band = params["band"]

    def draw(b):
        if band == "rope":
            y = (b["y"] - tall * 0.5) / 26
            rope = np.sqrt(np.clip(1 - y**2, 0, 1)) * (7 + 4 * np.sin(b["u"] / 8.5 + y * 2.4))
            return rope + rings(b, (tall * 0.5 - 44, tall * 0.5 + 44, tall * 0.88))
        return applied(b, "pepper", r, tall * 0.10, tall * 0.86, 5, 8) + rings(b, (tall * 0.91,))

    return taken(img, s, rng, draw, dark=3.0 if band == "berries" else 1.6)


VASES = {
    "tall": [
        (0, 120),
        (14, 128),
        (34, 104),
        (130, 208),
        (260, 240),
        (370, 186),
        (470, 78),
        (570, 56),
        (690, 66),
        (706, 86),
    ],
    "gourd": [
        (0, 130),
        (12, 140),
        (40, 128),
        (160, 232),
        (270, 236),
        (370, 150),
        (430, 120),
        (500, 146),
        (560, 150),
        (610, 112),
        (640, 122),
    ],
    "bud": [(0, 84), (10, 90), (30, 60), (110, 108), (210, 116), (330, 62), (470, 34), (600, 34), (640, 50)],
}


def vase(rng, params):
    shape = params["shape"]
    img, s = stage(params, rng, 0.86, 13, 0.62)
    prof = [(y, r * rng.uniform(0.98, 1.02)) for y, r in VASES[shape]]
    top, mouth = prof[-1]
    s.loft(prof)
    s.ring(top, mouth, 6)
    s.loft([(top, mouth - 3), (top - 90, prof[-3][1] * 0.8)], inside=True, material=1)

    def draw(b):
        if shape == "gourd":
            return (
                9
                * np.abs(np.sin(np.arctan2(b["x"], 200) * 9)) ** 0.6
                * smooth(20, 60, b["y"])
                * smooth(620, 560, b["y"])
            )
        if shape == "bud":
            return applied(b, "simporbloom", 116, 92, 250, 3, -6) + rings(b, (280, 292))
        return rings(b, (372, 384, 30))

    return taken(img, s, rng, draw, dark=2.0 if shape == "gourd" else 0.9)


def box(rng, params):
    img, s = stage(params, rng, 0.66, 46, 0.20)
    r, tall, lid = int(rng.integers(290, 320)), 170, 70
    s.loft([(0, r * 0.96), (10, r), (tall, r)])
    s.ring(10, r * 0.985, 8)
    top = tall + lid
    s.loft([(tall + 4, r * 1.02), (top - 26, r * 1.02), (top - 8, r * 0.99), (top, r * 0.93)])
    s.ring(tall + 8, r * 1.02, 6)
    s.disc(top, r * 0.94)
    name = {"kenanga": "kenanga", "fish": "fish"}[params["m"]]

    def draw(b):
        lid_top = b["y"] > top - 2
        n = 420
        body, cut = figure(name, n)
        relief = blur(np.clip(body - cut, 0, 1), 2)

        def at(cx, cz, k, flip=False):
            x, z = (b["x"] - cx) / k, (b["u"] * 0 + b["v"] - cz) / k
            if flip:
                x, z = -x, -z
            ok = (np.abs(x) < 1) & (np.abs(z) < 1) & lid_top
            return np.where(
                ok,
                relief[np.clip((z + 1) * n / 2, 0, n - 1).astype(int), np.clip((x + 1) * n / 2, 0, n - 1).astype(int)],
                0,
            )

        rad = np.hypot(b["u"], b["v"])
        ring = (
            -4 * np.exp(-(((rad - r * 0.80) / 3) ** 2)) * lid_top + 4 * np.exp(-(((rad - r * 0.87) / 5) ** 2)) * lid_top
        )
        if name == "fish":
            return blur(7 * (at(-10, -88, 170) + at(10, 88, 170, True)), 1) + ring
        return blur(8 * at(0, 0, r * 0.72), 1) + ring

    return taken(img, s, rng, draw, dark=3.0 if name == "fish" else 1.2, brush=0.02)


def tin(rng, params):
    img, s = stage(params, rng, 0.84, 17, 0.58)
    r, tall = int(rng.integers(172, 186)), int(rng.integers(430, 470))
    s.loft([(0, r * 0.98), (8, r), (tall, r)])
    s.loft([(tall + 3, r * 1.015), (tall + 128, r * 1.015), (tall + 146, r * 0.97)])
    s.disc(tall + 146, r * 0.975)
    s.ring(tall + 6, r * 1.015, 5)
    s.ring(8, r, 6)

    def draw(b):
        out = rings(b, (tall - 10, tall - 22, 36))
        if params["m"] == "tumpal":
            a = ((around(b, r) * 18 / (2 * np.pi)) % 1) - 0.5
            t = (b["y"] - 46) / 190
            edge = np.abs(np.abs(a) * 2 - (1 - t)) * 30
            tri = np.exp(-((edge / 2.6) ** 2)) * ((t > 0) & (t < 1.02))
            inner = np.exp(-(((np.abs(a) * 2 - (0.55 - t)) * 30 / 2.6) ** 2)) * ((t > 0) & (t < 0.56))
            out = out - 7 * (tri + inner) + rings(b, (46, 244))
        return out

    return taken(img, s, rng, draw, dark=4.0 if params["m"] == "tumpal" else 0.8)


def candle(rng, params):
    img, s = stage(params, rng, 0.84, 14, 0.60)
    for x, z, k in ((-150, -40, 1.08), (165, 60, 0.96)):
        prof = [
            (0, 130),
            (14, 138),
            (34, 96),
            (60, 40),
            (120, 34),
            (170, 62),
            (220, 32),
            (330, 28),
            (380, 52),
            (420, 28),
            (470, 44),
            (490, 74),
            (500, 78),
        ]
        s.loft([(y * k, r * 0.92) for y, r in prof], at=(x, 0, z))
        s.disc(500 * k, 70, at=(x, 0, z))
        s.loft([(500 * k, 27), (500 * k + 150, 26), (500 * k + 154, 12)], at=(x, 0, z), material=4)
        s.tube([(x, 500 * k + 150, z), (x + 2, 500 * k + 172, z)], 3, material=5)
    b = s.render()
    col = metal.pewter(b["N"], rng, brush=metal.turned(b["v"], rng))
    wax = solid.lambert(b["N"], np.broadcast_to(rgb("f0e4cc"), col.shape))
    col = np.where((b["material"] == 4)[..., None], wax, col)
    col = np.where((b["material"] == 5)[..., None], rgb("2b2320"), col)
    return solid.stand(img, s, col, b, 0.62)


def bowl(rng, params):
    foot = params["m"] == "foot"
    img, s = stage(params, rng, 0.80 if foot else 0.70, 24, 0.48)
    lift = 240 if foot else 0
    r = 300
    if foot:
        s.loft([(0, 170), (14, 176), (34, 120), (90, 46), (150, 40), (190, 60), (240, 96)])
    s.loft([(lift, 110), (lift + 8, 124), (lift + 60, 214), (lift + 130, 274), (lift + 190, r)])
    s.loft(
        [(lift + 190, r - 8), (lift + 130, 264), (lift + 60, 204), (lift + 18, 100), (lift + 16, 2)],
        inside=True,
        material=0,
    )
    s.ring(lift + 190, r - 4, 7)

    def draw(b):
        if foot:
            return applied(b, "kenanga", r, lift + 118, lift + 180, 22, 5) + rings(b, (lift + 110,))
        cell = 34.0
        i, j = np.floor(b["u"] / cell), np.floor(b["v"] / cell)
        best = np.full(b["u"].shape, 9.0)
        for di in (-1, 0, 1):
            for dj in (-1, 0, 1):
                seed = np.sin((i + di) * 12.9898 + (j + dj) * 78.233) * 43758.5453
                fx, fy = seed - np.floor(seed), (seed * 7.13) - np.floor(seed * 7.13)
                best = np.minimum(best, np.hypot(b["u"] / cell - i - di - fx, b["v"] / cell - j - dj - fy))
        return 8 * np.minimum(best, 0.85) ** 2

    return taken(img, s, rng, draw, dark=0.6, brush=0.01 if not foot else 0.03)


def lighthouse(rng, params):
    img, s = stage(params, rng, 0.88, 14, 0.62)
    rock = [(0, 236), (40, 244), (84, 190), (96, 120)]
    s.loft(rock, material=6, depth=0.9)
    y, r = 90, 108
    prof = [(y, r + 14), (y + 10, r + 14)]
    for i in range(7):
        prof += [(y + 12 + 78 * i, r - 9 * i), (y + 78 + 78 * i, r - 9 * i - 5), (y + 84 + 78 * i, r - 9 * i + 5)]
    s.loft(prof, smooth=False)
    top = prof[-1][0]
    s.loft([(top, 74), (top + 10, 76), (top + 14, 40), (top + 76, 38), (top + 84, 58), (top + 132, 6)], smooth=False)
    s.tube([(0, top + 130, 0), (0, top + 170, 0)], 4)
    b = s.render()

    def windows(b):
        out = np.zeros(b["u"].shape)
        for i in range(7):
            for a in (-0.5, 0.55):
                out -= 8 * (
                    (np.abs(b["x"] - 90 * np.sin(a) * (1 - 0.09 * i)) < 8) & (np.abs(b["y"] - (136 + 78 * i)) < 17)
                )
        out -= 9 * ((np.abs(b["x"] - 4) < 19) & (np.abs(b["y"] - 128) < 30))
        return blur(out, 1)

    height = windows(b) * (b["material"] == 0)
    N = solid.bump(b, height, 1.4)
    col = metal.pewter(N, rng, brush=metal.turned(b["v"], rng, 0.02), dark=np.clip(-height / 7, 0, 1))
    stone = ground("stone", *b["mask"].shape, rng)
    N2 = solid.bump(b, 9 * noise(*b["mask"].shape, 22, rng) + 4 * noise(*b["mask"].shape, 8, rng), 0.9)
    col = np.where((b["material"] == 6)[..., None], solid.lambert(N2, stone * 0.86), col)
    return solid.stand(img, s, col, b, 0.62)


def chess(rng, params):
    h, w = size()
    img, s = stage({"ground": "wood"}, rng, 0.62, 30, 0.24)
    b0 = solid.Solids(h, w, base=h * 0.62, pitch=30)
    k = np.arange(-620, 620, 1.0)
    X, Z = np.meshgrid(k, np.arange(-420, 640, 1.0))
    b0.add(np.stack([X, 0 * X, Z], -1).reshape(-1, 3), np.tile([0, 1.0, 0], (X.size, 1)), X.ravel(), Z.ravel(), 0)
    f = b0.render()
    sq = (np.floor(f["u"] / 205 + 0.5) + np.floor(f["v"] / 205 + 0.5)) % 2
    grain = noise(h, w, 3, rng, 40)
    board = np.where(sq[..., None] > 0, rgb("4a2d1d"), rgb("b98a5c")) * (1 + 0.07 * grain)[..., None]
    img = mix(img, board * (0.86 + 0.25 * smooth(0.2, 1, grid(h, w)[0] / h))[..., None], f["mask"].astype(float))
    pawn = [(0, 62), (10, 66), (26, 52), (44, 34), (120, 24), (150, 42), (158, 22), (200, 36), (232, 30), (248, 4)]
    tower = [(0, 76), (12, 80), (30, 62), (50, 48), (210, 36), (220, 52), (262, 52), (264, 30), (300, 28), (330, 4)]
    for x, z, prof, m in (
        (-205, 205, tower, 0),
        (0, 0, pawn, 0),
        (-205, -205, pawn, 7),
        (205, 205, pawn, 7),
        (205, -205, tower, 7),
        (-410, 0, pawn, 0),
    ):
        s.loft(prof, at=(x, 0, z), material=m)
    b = s.render()
    col = metal.pewter(b["N"], rng, brush=metal.turned(b["v"], rng, 0.02))
    col = np.where((b["material"] == 7)[..., None], col * np.array([0.42, 0.43, 0.46]), col)
    img = solid.stand(img, s, col, b, 0.62)
    horse, cut = figure("kudalaut", 300)
    mask, hole = np.zeros((h, w)), np.zeros((h, w))
    sx, sy, _ = s.project(np.array([[20.0, 0, 420.0]]))
    y0, x0 = int(sy[0] - 330), int(sx[0] - 150)
    mask[y0 : y0 + 300, x0 : x0 + 300] = horse
    hole[y0 : y0 + 300, x0 : x0 + 300] = cut
    base = solid.Solids(h, w, base=h * 0.62, pitch=30)
    base.loft([(0, 84), (12, 88), (34, 60), (46, 40)], at=(20, 0, 420))
    bb = base.render()
    img = solid.stand(img, base, metal.pewter(bb["N"], rng), bb, 0.6)
    return lay(img, metal.relief(mask > 0.5, -4 * blur(hole, 1), rng, bevel=13), mask, 8)
