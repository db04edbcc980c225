"""Still lives for the pages of the crafts."""

import numpy as np

from shop.demo.art import batik, kopiah, metal, plait, satam, solid, textile
from shop.demo.art.cloth import GOLD_LIGHT, _sheet, _stadium, pick, relit
from shop.demo.art.knit import YARN, stitches, wool
from shop.demo.art.studio import blur, daylight, grid, ground, lay, mix, noise, rgb, shadow, smooth, table

H, W = 1200, 1600


def craft_cual(rng, params):
    img = table("wood", H, W, rng, horizon=0.36)
    s = solid.Solids(H, W, base=H * 0.78, pitch=24)
    cloths = (
        ("hitam", "rukem"),
        ("biru", "kudalaut"),
        ("ungu", "merak"),
        ("hijau", "kenanga"),
        ("kuning", "bungacina"),
        ("rukem", "bebek"),
        ("gula", "kenanga"),
    )
    t = 74
    for i in range(len(cloths)):
        _sheet(
            s,
            _stadium(i * t, t - 4, 250 + rng.uniform(-14, 14), -250),
            520 + rng.uniform(-16, 16),
            material=i,
            yaw=rng.uniform(-7, 7),
        )
    b = s.render()
    out = np.zeros((H, W, 3))
    for i, (pal, motif) in enumerate(cloths):
        here = b["material"] == i
        colour, gold = textile.weave(
            760, 1100, {"pal": pal, "m": motif, "layout": "full"}, rng, (False, i == len(cloths) - 1), False, 4, 1.15
        )
        v = np.clip(b["v"] + (760 - 500 - t * 1.2 if i == len(cloths) - 1 else 0), 0, 759)
        c, g = pick(colour, v, np.clip(b["u"], 0, 1099)), pick(gold, v, np.clip(b["u"], 0, 1099))
        lit = (
            solid.lambert(b["N"], c, 0.34) * 0.95
            + (g * np.clip(b["N"] @ solid.LIGHT - 0.45, 0, 1))[..., None] * GOLD_LIGHT * 0.4
        )
        out = np.where(here[..., None], lit, out)
    fold = (b["y"] % t) / t
    round_ = np.where(b["N"][..., 1] > 0.8, 1, 0.5 + 0.5 * np.sin(np.pi * np.clip(fold, 0.02, 0.98)) ** 0.6)
    return solid.stand(img, s, out * round_[..., None], b, 0.62)


def craft_pewter(rng, params):
    img = table("wood", H, W, rng, horizon=0.46)
    s = solid.Solids(H, W, base=H * 0.76, pitch=18)
    vase = [
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
    ]
    s.loft(vase, at=(-360, 0, -100))
    s.ring(706, 86, 6, at=(-360, 0, -100))
    s.loft([(0, 180), (10, 190), (300, 190)], at=(60, 0, -160))
    s.loft([(303, 194), (400, 194), (416, 182)], at=(60, 0, -160))
    s.disc(416, 184, at=(60, 0, -160))
    s.loft([(0, 216), (10, 224), (110, 224)], at=(400, 0, 150))
    s.loft([(113, 229), (160, 229), (172, 212)], at=(400, 0, 150))
    s.disc(172, 214, at=(400, 0, 150))
    s.ring(120, 229, 6, at=(400, 0, 150))
    s.loft([(0, 110), (8, 124), (50, 200), (96, 250)], at=(-130, 0, 240))
    s.loft([(96, 244), (50, 192), (16, 60), (14, 2)], at=(-130, 0, 240), inside=True)
    s.ring(97, 248, 7, at=(-130, 0, 240))
    b = s.render()
    a = np.arctan2(b["x"] - 60, 190) * 3
    lines = np.where(
        (b["x"] > -140) & (b["x"] < 260) & (b["y"] < 220),
        -6 * (np.abs(((a * 3) % 1) * 2 - 1 - (1 - b["y"] / 130)) < 0.12),
        0,
    )
    N = solid.bump(b, blur(lines, 1), 1.2)
    return solid.stand(img, s, metal.pewter(N, rng, brush=metal.turned(b["v"], rng, 0.03)), b, 0.62)


def craft_satam(rng, params):
    img = daylight(ground("stone", H, W, rng), 0.34)
    spots = [
        (560, 560, 190),
        (930, 430, 120),
        (900, 760, 150),
        (1180, 620, 92),
        (330, 860, 84),
        (1240, 900, 66),
        (700, 930, 58),
        (330, 380, 66),
    ]
    return satam.scatter(img, rng, spots)


def craft_kopiah(rng, params):
    img = table("linen", H, W, rng, horizon=0.42)
    s = solid.Solids(H, W, base=H * 0.72, pitch=18)
    caps = ((-420, -60, "madu", 9.0), (420, -40, "tua", 9.0), (0, 180, "cokelat", 7.0))
    for i, (x, z, _, _) in enumerate(caps):
        wall, r = 236, 280
        profile = [
            (0, r),
            (wall * 0.55, r * 0.985),
            (wall * 0.86, r * 0.955),
            (wall * 0.97, r * 0.90),
            (wall * 1.05, r * 0.74),
            (wall * 1.10, r * 0.45),
            (wall * 1.115, 3),
        ]
        s.loft(profile, depth=1.08, at=(x, 0, z), material=i, turn=20 * (i - 1))
    b = s.render()
    out = np.zeros((H, W, 3))
    for i, (_, _, tone, cell) in enumerate(caps):
        height, row, _ = kopiah._weave(b["u"], b["v"], cell)
        fibre, deep, accent = (rgb(c) for c in kopiah.TONES[tone])
        grain = np.sin(row * 12.9898 + np.floor(b["u"] / (cell * 1.5)) * 4.1414) * 43758.5453
        colour = mix(
            np.broadcast_to(fibre, out.shape), np.broadcast_to(deep, out.shape), 0.15 + 0.55 * (grain - np.floor(grain))
        )
        if i == 2:
            zig = np.abs((b["u"] / 60) % 1 - 0.5) * 2
            t = (b["y"] / 236 - 0.08) / 0.6
            colour = mix(colour, accent * np.ones(out.shape), (t > 0) & (t < 1 - zig) & (t > 0.45 - zig))
        N = solid.bump(b, height * cell * 0.55, 0.9)
        lit = solid.lambert(N, colour, 0.36) * np.clip(0.42 + 0.66 * height, 0.25, 1.08)[
            ..., None
        ] * 1.18 + solid.gloss(N, 16, 0.09)
        out = np.where((b["material"] == i)[..., None], lit, out)
    return solid.stand(img, s, out, b, 0.62)


def craft_batik(rng, params):
    """Four cloths on a line, out of doors."""
    Y, X = grid(H, W)
    img = mix(np.broadcast_to(rgb("dfe5dc"), (H, W, 3)), rgb("f2e6cf") * np.ones((H, W, 3)), smooth(0, 1, Y / H))
    for k, tone in ((0.62, "a9bda0"), (0.72, "86a07c"), (0.84, "64805e")):
        edge = H * k + 60 * noise(H, W, 260, rng) + 16 * noise(H, W, 40, rng)
        img = mix(img, rgb(tone), blur((edge < Y) * 1.0, 5))
    for x0, wide, pal, motif in (
        (90, 330, "nila", "fish"),
        (460, 350, "bata", "pepper"),
        (850, 310, "toska", "waves"),
        (1200, 330, "daun", "simpor"),
    ):
        long = int(760 + rng.uniform(-30, 60))
        colour, gold = batik.draw(long, wide + 40, {"pal": pal, "m": motif}, rng, (False, True), False, 3, 1.0)
        u, v = (X - x0) / wide, (Y - 170) / long
        f = np.sin(2 * np.pi * 2.4 * u + x0) * (0.3 + 0.7 * v)
        sway = 26 * np.sin(v * 2.2) * v
        u = u - sway / wide
        inside = (u > 0) & (u < 1) & (v > 0.0) & (170 + long + 7 * f > Y)
        c = relit(
            pick(colour, np.clip(Y - 170, 0, long - 1), np.clip(u * wide + 8 * f, 0, wide + 38)),
            np.zeros((H, W)),
            15 * f,
            1.5,
        )
        img = lay(img, c, inside.astype(float), 14)
    line = np.abs(Y - 168 - 10 * np.sin(np.pi * X / W)) < 4
    img = mix(img, rgb("6d5a45"), blur(line, 0.8))
    for x in (130, 380, 500, 770, 890, 1120, 1240, 1490):
        peg = (np.abs(X - x) < 9) & (Y > 148) & (Y < 206)
        img = lay(img, rgb("c79b63") * (1.1 - np.abs(X - x) / 22)[..., None], peg.astype(float), 5)
    return img


def craft_knit(rng, params):
    img = table("wood", H, W, rng, horizon=0.34)
    s = solid.Solids(H, W, base=H * 0.74, pitch=26)
    balls = (
        (-440, -60, 190, "gula"),
        (-60, -200, 170, "kuning"),
        (330, -120, 210, "toska"),
        (560, 160, 130, "rukem"),
        (-600, 230, 110, "nila"),
    )
    for i, (x, z, r, _) in enumerate(balls):
        arc = np.linspace(-np.pi / 2, np.pi / 2, 40)
        s.loft([(r + r * np.sin(t), max(2.0, r * np.cos(t))) for t in arc], at=(x, 0, z), material=i)
    s.loft([(0, 330), (16, 350), (50, 352), (66, 330)], power=6, depth=0.6, at=(0, 0, 300), material=8)
    s.disc(66, 332, power=6, depth=0.6)
    P, N, u, v, _, _ = s.parts.pop()
    s.add(P + [0, 0, 300], N, u, v, 8)
    s.tube([(-300, 92, 250), (330, 130, 330)], 9, 9)
    s.tube([(-60, 80, 150), (20, 40, 120), (120, 20, 60), (200, 12, 20)], 6, 8)
    b = s.render()
    out = np.zeros((H, W, 3))
    for i, (_, _, r, pal) in enumerate(balls):
        d = np.stack([b["N"][..., 0], b["N"][..., 1], b["N"][..., 2]], -1)
        wind = np.zeros((H, W))
        for k, axis in enumerate(((0.8, 0.5, 0.3), (-0.5, 0.8, 0.3), (0.1, -0.5, 0.85))):
            lat = d @ (np.array(axis) / np.linalg.norm(axis))
            patch = np.abs(lat) < (0.55, 0.42, 0.5)[k]
            strand = np.abs(np.sin(lat * r / 4.4 + k))
            wind = np.where(patch, strand**0.7 * (0.86 + 0.14 * k / 2), wind)
        wind = np.where(wind == 0, 0.4, wind)
        lit = wool(b, np.broadcast_to(rgb(YARN[pal][0]), out.shape), wind, 9)
        out = np.where((b["material"] == i)[..., None], lit, out)
    height, row, _ = stitches(b["u"], b["v"], 19)
    tone = np.where((row % 6 < 2)[..., None], rgb("6b1220"), rgb("e8dcc4"))
    out = np.where((b["material"] == 8)[..., None], wool(b, tone, height), out)
    hook = solid.lambert(b["N"], np.broadcast_to(rgb("a5693f"), out.shape)) + solid.gloss(b["N"], 24, 0.2)
    out = np.where((b["material"] == 9)[..., None], hook, out)
    return solid.stand(img, s, out, b, 0.62)


def craft_plait(rng, params):
    img = plait.weave_close(H, W, rng)
    return shadow(img, np.zeros((H, W)), 0, 0, 1, 0)
