"""Plaited things that stand: bags, baskets, boxes, lamps, covers, hats."""

import numpy as np

from shop.demo.art import solid
from shop.demo.art.plait_flat import clutch, fan, lidi, mat, placemats, slippers, straws, tray, weave_close
from shop.demo.art.strips import finish, leather, ribs, shaded, stage, texture, woven
from shop.demo.art.studio import grid, mix, rgb, size

__all__ = [
    "bag",
    "basket",
    "box",
    "clutch",
    "cone",
    "fan",
    "hat",
    "lamp",
    "lidi",
    "mat",
    "placemats",
    "slippers",
    "straws",
    "tray",
    "weave_close",
]


def bag(rng, params):
    shape = params["shape"]
    img, s = stage(params, rng, 0.88, 12, 0.66)
    if shape == "round":
        return _round_bag(img, s, rng, params)
    a, tall, deep, power = {
        "tote": (300, 470, 0.34, 3.2),
        "wide": (345, 400, 0.40, 3.0),
        "satchel": (310, 400, 0.32, 4.5),
        "bucket": (250, 440, 0.92, 2.3),
    }[shape]
    a, tall = int(a * rng.uniform(0.96, 1.03)), int(tall * rng.uniform(0.97, 1.03))
    flare = {"tote": 1.06, "wide": 1.10, "satchel": 1.0, "bucket": 1.08}[shape]
    prof = [(0, a * 0.93), (14, a * 0.97), (tall * 0.5, a * 1.0), (tall, a * flare)]
    s.loft(prof, power=power, depth=deep)
    s.loft([(tall, a * flare - 8), (tall * 0.4, a * 0.97)], power=power, depth=deep, inside=True, material=1)
    s.ring(tall, a * flare - 3, 7, power=power, depth=deep, material=3)
    edge = a * flare * deep
    parts = {}
    if shape in ("tote", "wide"):
        drop, reach = int(rng.uniform(210, 260)), a * 0.46
        for z, m in ((edge * 0.96, 2), (-edge * 0.96, 2)):
            arc = [
                (reach * np.cos(t), tall - 46 + (drop + 46) * np.sin(t) ** 0.7, z * (1 - 0.25 * np.sin(t)))
                for t in np.linspace(0.02, np.pi - 0.02, 24)
            ]
            s.tube(arc, 10, m)
    elif shape == "satchel":
        flap = [(tall + 8, a * 1.01), (tall + 2, a * 1.03), (tall * 0.42, a * 1.035)]
        s.loft(flap, power=power, depth=deep * 1.06, material=5)
        s.tube([(0, tall * 0.44, edge * 1.12), (0, tall * 0.40, edge * 1.14)], 20, 2)
        arc = [
            (-a * 0.98, tall * 0.8, 0),
            (-a * 0.86, tall + 230, -10),
            (0, tall + 330, -20),
            (a * 0.86, tall + 230, -10),
            (a * 0.98, tall * 0.8, 0),
        ]
        s.tube(arc, 11, 2)
        other = {**params, "m": "twill"}
        parts[5] = lambda b: shaded(b, *texture(b["u"], b["v"], other, 15.0))
    else:
        s.loft([(tall * 0.80, a * 1.075), (tall + 4, a * 1.10)], power=power, depth=deep, material=6)
        for z in (edge * 0.9,):
            s.tube(
                [
                    (-60, tall * 0.9, z + 24),
                    (-30, tall * 0.62, z + 40),
                    (0, tall * 0.9, z + 30),
                    (30, tall * 0.58, z + 40),
                    (70, tall * 0.9, z + 22),
                ],
                6,
                2,
            )
        arc = [
            (-a * 0.95, tall * 0.95, 0),
            (-a * 0.6, tall + 250, 0),
            (0, tall + 320, 0),
            (a * 0.6, tall + 250, 0),
            (a * 0.95, tall * 0.95, 0),
        ]
        s.tube(arc, 12, 2)

        def cual(b):
            t = (b["y"] - tall * 0.80) / (tall * 0.20)
            x = np.abs((b["u"] / 62) % 1 - 0.5) * 2
            gold = (np.abs(x - (1 - t)) < 0.16) | (np.abs(t - 0.06) < 0.03) | (np.abs(t - 0.95) < 0.03)
            gold &= (np.floor(b["u"] / 3) + np.floor(b["v"] / 3)) % 3 > 0
            return solid.lambert(b["N"], np.where(gold[..., None], rgb("e0b257"), rgb("7d1822")))

        parts[6] = cual
    return finish(img, s, params, parts, strip=rng.uniform(15, 19), diagonal=params["m"] != "stripe")


def _round_bag(img, s, rng, params):
    r = 300
    k = np.linspace(0.004, 1, 380)
    phi = np.linspace(-np.pi, np.pi, 2300)
    R, A = np.meshgrid(k * r, phi)
    z = 46 * np.sqrt(np.clip(1 - (R / r) ** 2 * 0.9, 0, 1))
    P = np.stack([R * np.sin(A), r + 16 - R * np.cos(A), z + 50], -1)
    N = np.stack([0.4 * R / r * np.sin(A), -0.4 * R / r * np.cos(A), np.ones_like(R)], -1)
    N /= np.linalg.norm(N, axis=-1, keepdims=True)
    s.add(P.reshape(-1, 3), N.reshape(-1, 3), (A * r * 0.85).ravel(), R.ravel(), 0)
    ring = [(r * np.sin(t), r + 16 - r * np.cos(t), 30) for t in np.linspace(-np.pi, np.pi, 80)]
    s.tube(ring, 34, 3, flat=1.0)
    s.tube(
        [
            (-r * 0.7, r * 1.72, 20),
            (-r * 0.5, r * 2.6, 0),
            (0, r * 2.9, 0),
            (r * 0.5, r * 2.6, 0),
            (r * 0.7, r * 1.72, 20),
        ],
        11,
        2,
    )
    return finish(img, s, params)


def basket(rng, params):
    shape = params["shape"]
    if shape == "nest":
        return _nest(rng, params)
    img, s = stage(params, rng, 0.86 if shape == "tall" else 0.74, 24, 0.5 if shape == "bowl" else 0.62)
    if shape == "bowl":
        s.loft([(0, 150), (30, 152), (34, 130)], material=3)
        s.loft([(30, 150), (70, 250), (130, 316), (230, 352)])
        s.loft([(230, 346), (130, 308), (70, 240), (36, 120), (34, 4)], inside=True, material=4)
        s.ring(232, 350, 13, material=3)
        s.ring(150, 326, 6, material=3)
        own = {4: lambda b: shaded(b, *texture(b["u"], b["v"], params, 22.0)) * 0.62}
        return finish(img, s, params, own, strip=22)
    s.loft([(0, 236), (12, 246), (300, 258), (560, 262)])
    s.loft([(564, 270), (600, 268), (640, 170), (652, 3)])
    s.ring(562, 268, 12, material=3)
    s.ring(10, 246, 11, material=3)
    for x in (-1, 1):
        s.tube([(x * 262, 380, -60), (x * 300, 410, 0), (x * 262, 380, 60)], 12, 3)
    s.tube([(-34, 650, 0), (-26, 690, 0), (26, 690, 0), (34, 650, 0)], 10, 3)
    return finish(img, s, params, strip=20)


def _nest(rng, params):
    img, s = stage(params, rng, 0.80, 25, 0.46)
    tones = [params, {**params, "pal": "jerami"}, {**params, "pal": "merah"}]
    parts = {}
    for n, (x, z, r, tall) in enumerate(((-120, -130, 230, 330), (190, 10, 170, 240), (-60, 210, 118, 160))):
        s.loft([(0, r * 0.9), (14, r * 0.96), (tall - 46, r)], at=(x, 0, z), power=2.5, material=10 + n)
        s.loft([(tall - 50, r * 1.03), (tall, r * 1.05), (tall + 8, r)], at=(x, 0, z), power=2.5, material=20 + n)
        s.loft([(tall + 4, r * 0.99), (30, r * 0.88)], at=(x, 0, z), power=2.5, inside=True, material=1)
        parts[10 + n] = lambda b, n=n: shaded(b, *texture(b["u"], b["v"], tones[n], 17))
        parts[20 + n] = lambda b, n=n: shaded(b, *texture(b["u"], b["v"], tones[n], 17, True)) * 1.04
    return finish(img, s, params, parts)


def box(rng, params):
    img, s = stage(params, rng, 0.76, 30, 0.40)
    if params.get("shape") == "long":
        s.loft([(0, 330), (10, 334), (200, 334)], power=9, depth=0.52, turn=-16)
        s.disc(200, 334, power=9, depth=0.52)
        pts = s.parts.pop()
        t = np.radians(-16)
        R = np.array([[np.cos(t), 0, np.sin(t)], [0, 1, 0], [-np.sin(t), 0, np.cos(t)]])
        s.add(pts[0] @ R.T, pts[1], pts[2], pts[3], 0)
        slot = np.hypot(pts[2] / 130, pts[3] / 34) < 1
        s.add(pts[0][slot] @ R.T + [0, 1.5, 0], pts[1][slot], pts[2][slot], pts[3][slot], 7)
        for x, lean in ((-34, -16), (26, 30), (-4, 6)):
            s.tube([(x, 196, 0), (x + lean * 0.5, 250, 8), (x + lean, 306, -4)], [58, 50, 3], 8, flat=0.22)
        own = {
            7: lambda b: np.broadcast_to(rgb("3a1a16"), b["N"].shape),
            8: lambda b: solid.lambert(b["N"], np.broadcast_to(rgb("f6f1e8"), b["N"].shape), 0.45),
        }
        return finish(img, s, params, own, strip=15, diagonal=True)
    sizes = (
        ((-60, -120, 250, 190), (170, 130, 180, 140), (-190, 210, 116, 92))
        if params["pal"] == "bambu"
        else ((0, 0, 300, 320),)
    )
    for x, z, r, tall in sizes:
        turn = rng.uniform(-26, 26)
        R = np.radians(turn)
        low = int(tall * 0.55)
        s.loft([(0, r * 0.97), (8, r), (low, r)], at=(x, 0, z), power=8, turn=turn)
        s.loft([(low, r * 1.035), (tall, r * 1.035)], at=(x, 0, z), power=8, turn=turn)
        s.disc(tall, r * 1.03, at=(0, 0, 0), power=8)
        P, N, u, v, _, _ = s.parts.pop()
        M = np.array([[np.cos(R), 0, np.sin(R)], [0, 1, 0], [-np.sin(R), 0, np.cos(R)]])
        s.add(P @ M.T + [x, 0, z], N, u, v, 0)
    return finish(img, s, params, strip=17, diagonal=params["m"] == "diamond")


def lamp(rng, params):
    shape = params["shape"]
    img, s = stage(params, rng, 0.84, 8, 0.74)
    h, w = size()
    lift = 90 if shape == "tube" else 190
    prof = {
        "egg": [(0, 90), (70, 196), (230, 270), (420, 214), (520, 90)],
        "bell": [(0, 330), (40, 322), (160, 250), (280, 140), (350, 60)],
        "tube": [(0, 200), (520, 196)],
    }[shape]
    s.loft([(y + lift, r) for y, r in prof])
    for y, r in (prof[0], prof[-1]):
        s.ring(y + lift, r, 9, material=3)
    if shape == "tube":
        s.loft([(0, 170), (18, 174), (30, 60), (90, 22), (110, 20)], material=2)
    else:
        s.tube([(0, prof[-1][0] + lift, 0), (2, 1100, 0)], 4, 2)
    b = s.render()
    if shape == "egg":
        u, v = b["u"], b["v"]
        lines = np.minimum.reduce(
            [np.abs(((u * np.cos(a) + v * np.sin(a)) / 40) % 1 - 0.5) * 40 for a in (0, np.pi / 3, 2 * np.pi / 3)]
        )
        height = np.clip(1 - lines / 9, 0, 1)
        colour = np.broadcast_to(rgb("d9bd7c"), b["N"].shape)
        open_ = height < 0.08
    elif shape == "tube":
        colour, height = ribs(b["u"], b["v"], "lidi", 15.0, 170.0)
        open_ = height < 0.34
    else:
        colour, height = woven(b["u"], b["v"], "bambu", "twill", 19.0)
        open_ = height < 0.20
    out = shaded(b, colour, height) * 0.82
    middle = np.exp(-(((b["y"] - lift - prof[-1][0] * 0.45) / 210) ** 2)) * np.clip(b["N"][..., 2], 0, 1) ** 0.7
    glow = rgb("ffd68a") * 1.15
    out = out + (0.30 * middle)[..., None] * glow * colour
    out = mix(out, glow * (0.50 + 0.75 * middle)[..., None], open_ * 0.92)
    out = np.where((b["material"] == 2)[..., None], leather(b, "4b3020"), out)
    out = np.where(
        (b["material"] == 3)[..., None], solid.lambert(b["N"], np.broadcast_to(rgb("a87a42"), out.shape)), out
    )
    Y, X = grid(h, w)
    halo = np.exp(-((np.hypot(X - w / 2, Y - h * 0.84 + (lift + prof[-1][0] * 0.4)) / 470) ** 2))
    img = img * 0.80 + (halo * 0.26)[..., None] * rgb("ffcf86")
    return solid.stand(img, s, out, b, 0.45)


def cone(rng, params):
    img, s = stage(params, rng, 0.76, 22, 0.48)
    flat = 0.8 if params["pal"] == "alam" else 1.0
    s.loft([(0, 392), (12, 390), (120 * flat, 300), (250 * flat, 168), (350 * flat, 58), (388 * flat, 4)])
    s.ring(6, 390, 12, material=3)
    s.tube([(0, 380 * flat, 0), (0, 410 * flat, 0)], [14, 18], 3)
    b = s.render()
    phi = np.arctan2(b["x"], b["depth"] + 1e-3)
    colour, height = woven(b["u"], b["v"], "alam" if params["pal"] == "alam" else "jerami", "twill", 19.0)
    if params["pal"] != "alam":
        bands = sum(np.abs(b["y"] - at) < 11 for at in (70, 190, 278)) > 0
        zig = np.abs(b["y"] - 130 - 24 * np.abs(((b["u"] / 60) % 1) * 2 - 1)) < 6
        colour = np.where((bands | zig)[..., None], rgb("94301f") * (0.9 + 0.2 * height[..., None]), colour)
    out = shaded(b, colour, height) + 0 * phi[..., None]
    out = np.where(
        (b["material"] == 3)[..., None],
        solid.lambert(b["N"], rgb("a87a42") * (1 + 0.2 * np.sin(b["v"] / 6))[..., None]),
        out,
    )
    return solid.stand(img, s, out, b, 0.6)


def hat(rng, params):
    img, s = stage(params, rng, 0.74, 26, 0.44)
    s.loft(
        [(20, 420), (14, 410), (22, 300), (40, 210), (60, 196), (150, 190), (205, 160), (226, 80), (230, 3)], depth=0.92
    )
    s.loft([(58, 199), (96, 197)], depth=0.92, material=8)
    s.ring(20, 420, 8, material=3, depth=0.92)
    band = {8: lambda b: solid.lambert(b["N"], rgb("3c4a3a") * (1 + 0.05 * np.sin(b["u"] / 2))[..., None])}
    return finish(img, s, params, band, strip=15, diagonal=True)
