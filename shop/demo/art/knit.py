"""Knitting and crochet: every stitch is a small V or a shell, drawn from its place on the surface."""

import numpy as np

from shop.demo.art import solid
from shop.demo.art.studio import blur, daylight, grid, ground, lay, mix, noise, rgb, shadow, size, table

YARN = {
    "daun": ("5d7f4a", "e9dfc6"),
    "gula": ("6b1220", "e8dcc4"),
    "krem": ("e4d5b7", "c9b68f"),
    "toska": ("2a7d80", "a9d3cc"),
    "kelabu": ("8b8f92", "6d7276"),
    "kuning": ("d9a93a", "f5e8c4"),
    "nila": ("24406c", "efe9da"),
    "kopi": ("8a5f3c", "e4cfa8"),
    "rukem": ("92222a", "e9c9b4"),
    "campur": ("d9a93a", "94402c"),
}
SEA = ("cfe3da", "8cc2bd", "3f8f96", "1f5570")


def stitches(u, v, size_=20.0):
    """Height of crochet at (u, v): rows of V stitches. Also the row and the stitch number."""
    row = np.floor(v / size_)
    fv = v / size_ - row
    x = u / (size_ * 1.05) + 0.5 * (row % 2)
    col = np.floor(x)
    fu = x - col
    left, right = 0.30 + 0.16 * (fv - 0.5), 0.70 - 0.16 * (fv - 0.5)
    strand = np.maximum(1 - np.abs(fu - left) / 0.24, 1 - np.abs(fu - right) / 0.24)
    height = np.sqrt(np.clip(strand, 0, 1)) * np.sin(np.pi * np.clip(fv, 0.05, 0.97)) ** 0.55
    ply = 0.07 * np.sin((fu + fv * 0.8) * 32)
    return np.clip(height + ply * (height > 0.2), 0, 1.1), row, col


def ribbed(u, v, size_=26.0):
    height, row, col = stitches(u, v, size_ * 0.6)
    rib = np.abs(np.sin(np.pi * u / (size_ * 2)))
    return height * (0.35 + 0.65 * rib), row, col


def wool(b, colour, height, depth=8.0):
    N = solid.bump(b, height * depth, 0.8)
    fluff = noise(*b["mask"].shape, 2, np.random.default_rng(5)) * 0.03
    return solid.lambert(N, colour, 0.40, 0.4) * (np.clip(0.42 + 0.66 * height, 0.25, 1.1) + fluff)[..., None] * 1.12


def _two(b, pal, mask):
    a, c = (rgb(x) for x in YARN[pal])
    return mix(np.broadcast_to(a, b["N"].shape), np.broadcast_to(c, b["N"].shape), mask)


def _stage(params, rng, base, pitch, horizon):
    h, w = size()
    return table(params["ground"], h, w, rng, horizon), solid.Solids(h, w, base=h * base, pitch=pitch)


def bag(rng, params):
    img, s = _stage(params, rng, 0.88, 10, 0.70)
    mesh = params["stitch"] == "mesh"
    a, tall = 285, 430
    prof = [(0, a * 0.62), (30, a * 0.90), (170, a * 1.04), (330, a * 0.96), (tall, a * 0.84)]
    s.loft(prof, power=2.4, depth=0.62)
    s.loft([(tall, a * 0.82), (120, a * 0.95)], power=2.4, depth=0.62, inside=True, material=1)
    s.ring(tall, a * 0.84, 12, power=2.4, depth=0.62, material=2)
    for z in (118, -118):
        arc = [
            (a * 0.58 * np.cos(t), tall - 16 + 285 * np.sin(t) ** 0.8, z * (1 - 0.3 * np.sin(t)))
            for t in np.linspace(0, np.pi, 30)
        ]
        s.tube(arc, 15, 2)
    b = s.render()
    if mesh:
        p, q = (b["u"] + b["v"]) / 46, (b["u"] - b["v"]) / 46
        cord = np.minimum(np.abs(p % 1 - 0.5), np.abs(q % 1 - 0.5))
        height = np.sqrt(np.clip(1 - (cord / 0.17) ** 2, 0, 1)) * (0.85 + 0.15 * np.sin((b["u"] + b["v"]) / 3))
        knot = np.hypot(p % 1 - 0.5, q % 1 - 0.5)
        height = np.maximum(height, np.clip(1.3 - knot / 0.22, 0, 1.15))
        colour = _two(b, params["pal"], np.zeros(b["u"].shape))
        out = wool(b, colour, height)
        fruit = np.stack([np.sin(b["u"] / 88) * np.cos(b["y"] / 76)] * 3, -1)
        inside = np.where(fruit > 0.1, rgb("c98a35") * 0.62, rgb("7d9a48") * 0.42) * (0.65 + 0.35 * fruit)
        out = np.where(
            ((height < 0.06) & (b["material"] == 0))[..., None],
            inside * np.clip(0.5 + b["y"] / 420, 0.3, 1)[..., None],
            out,
        )
    else:
        height, row, col = stitches(b["u"], b["v"], 18)
        x = np.abs(((col / 12) % 1) - 0.5) * 2
        t = ((row - 5) % 12) / 12
        tri = (t < 1 - x) & (row > 4) & (row < 17)
        colour = _two(b, params["pal"], np.where((row > 4) & (row < 17), ~tri, row >= 17) * 1.0)
        out = wool(b, colour, height)
    out = np.where((b["material"] == 1)[..., None], out * 0.38, out)
    cordh, _, _ = stitches(b["u"], b["v"], 13)
    out = np.where((b["material"] == 2)[..., None], wool(b, _two(b, params["pal"], 0 * b["u"]), cordh), out)
    return solid.stand(img, s, out, b, 0.6)


def hat(rng, params):
    img, s = _stage(params, rng, 0.74, 20, 0.52)
    shape = params["shape"]
    if shape == "beanie":
        s.loft([(0, 262), (110, 266), (112, 254), (260, 252), (380, 200), (450, 100), (470, 4)])
        s.loft([(470, 60), (500, 74), (540, 50), (548, 2)], material=3)
    else:
        brim = 400 if shape == "bucket" else 372
        curl = 0 if shape == "bucket" else 46
        s.loft(
            [(16 + curl, brim), (6, brim - 40), (40, 300), (92, 240), (230, 226), (286, 196), (310, 110), (314, 3)],
            depth=0.95,
        )
        s.ring(16 + curl, brim, 8, depth=0.95, material=2)
    b = s.render()
    if shape == "beanie":
        height, row, _ = ribbed(b["u"], b["v"])
        colour = _two(b, params["pal"], (b["y"] < 112) * 0.35)
    else:
        height, row, _ = stitches(b["u"], b["v"], 17)
        colour = _two(b, params["pal"], (np.abs(row - 21) < 1) * 0.8)
        if shape == "bucket2":
            tones = np.array([rgb(c) for c in SEA])
            index = ((row // 3) % 8).astype(int)
            colour = tones[np.where(index < 4, index, 7 - index)]
    out = wool(b, colour, height)
    pom = np.clip(0.5 + 0.35 * noise(*b["mask"].shape, 5, rng), 0, 1)
    out = np.where(
        (b["material"] == 3)[..., None],
        solid.lambert(b["N"], np.broadcast_to(rgb("c9c6c0"), out.shape)) * (0.55 + 0.6 * pom)[..., None],
        out,
    )
    return solid.stand(img, s, out, b, 0.6)


def _flat(h, w, height, colour, extra=0.0):
    gy, gx = np.gradient(blur(np.asarray(extra, "float32") + np.zeros((h, w), "float32"), 1.2))
    N = np.stack([-gx, gy, np.ones((h, w))], -1)
    N /= np.linalg.norm(N, axis=-1, keepdims=True)
    return wool({"N": N, "mask": np.ones((h, w), bool)}, colour, height)


def _plan(params, rng):
    h, w = size()
    return daylight(ground(params["ground"], h, w, rng), 0.24), h, w


def _polar(h, w, cx, cy):
    Y, X = grid(h, w)
    return np.hypot(X - w * cx, Y - h * cy), np.arctan2(Y - h * cy, X - w * cx)


def _round(r, a, step=17.0):
    """Stitches worked in rings."""
    row = np.floor(r / step)
    n = np.maximum(6, np.floor((row + 0.5) * 6))
    height, _, _ = stitches(a / (2 * np.pi) * n * step * 1.05, r, step)
    return height, row


def pouch(rng, params):
    img, h, w = _plan(params, rng)
    Y, X = grid(h, w)
    a1, a2 = (rgb(c) for c in YARN[params["pal"]])
    if params["m"] == "flower":
        r, a = _polar(h, w, 0.5, 0.52)
        R = w * 0.36
        height, row = _round(r, a)
        dome = 60 * np.sqrt(np.clip(1 - (r / R) ** 2, 0, 1))
        out = _flat(
            h,
            w,
            height,
            mix(np.broadcast_to(a1, (h, w, 3)), np.broadcast_to(a2, (h, w, 3)), (row > R / 17 - 2) * 0.5),
            dome,
        )
        img = lay(img, out, (r < R).astype(float), 16)
        zipper = (np.abs(r - R + 8) < 6) & (np.sin(a) < -0.2)
        img = lay(img, rgb("b98b48") * (0.8 + 0.3 * np.sin(a * 160))[..., None], zipper.astype(float), 3)
        for i in range(8):
            t = a - np.pi / 4 * i
            t = (t + np.pi) % (2 * np.pi) - np.pi
            px, py = r * np.cos(t), r * np.sin(t)
            d = ((px - R * 0.38) / (R * 0.30)) ** 2 + (py / (R * 0.115)) ** 2
            ph, _, _ = stitches(py, px, 13)
            petal = _flat(h, w, ph, np.broadcast_to(a2, (h, w, 3)), 22 * np.sqrt(np.clip(1 - d, 0, 1)))
            img = lay(img, petal, (d < 1).astype(float), 6)
        return lay(
            img,
            np.broadcast_to(rgb("8a5f3c"), (h, w, 3)) * (1.2 - r / (R * 0.25))[..., None].clip(0.4, 1.1),
            (r < R * 0.11).astype(float),
            5,
        )
    u, v = X - w * 0.5, Y - h * 0.56
    d = np.minimum(w * 0.235 - np.abs(u), h * 0.26 - np.abs(v))
    for x0, bend in ((-0.20, -0.10), (0.20, 0.16)):
        path = np.abs(X - w * (0.5 + x0 + bend * np.sin((Y / h) * 5))) < 9
        ch, _, _ = stitches(X, Y, 12)
        img = lay(img, _flat(h, w, ch, np.broadcast_to(a1, (h, w, 3))), (path & (h * 0.34 > Y)).astype(float), 8)
    height, row, _ = stitches(u, v + 800, 18)
    foam = np.isin(row - np.floor(800 / 18), (-2, 1))
    plump = 18 * np.sqrt(np.clip(1 - np.clip(1 - d / 40, 0, 1) ** 2, 0, 1))
    out = _flat(h, w, height, mix(np.broadcast_to(a1, (h, w, 3)), np.broadcast_to(a2, (h, w, 3)), foam * 1.0), plump)
    img = lay(img, out, (d > 0).astype(float), 13)
    flap = np.minimum(d + 4, -h * 0.09 - v + 0 * u)
    fh, _, _ = stitches(u, v + 905, 18)
    img = shadow(img, (flap > 0).astype(float), 3, 8, 6, 0.45)
    img = mix(img, _flat(h, w, fh, np.broadcast_to(a1 * 1.12, (h, w, 3)), plump), (flap > 0) * 1.0)
    knob = np.hypot(u, v + h * 0.10)
    return lay(img, rgb("a87a42") * (1.25 - 0.012 * (u + v + h * 0.1))[..., None], (knob < 24).astype(float), 5)


def coasters(rng, params):
    img, h, w = _plan(params, rng)
    tones = ("d9a93a", "94402c", "5d7f4a", "24406c", "6b452b", "efe4cc")
    spots = ((0.30, 0.24), (0.71, 0.27), (0.34, 0.52), (0.73, 0.55), (0.29, 0.79), (0.70, 0.82))
    for (cx, cy), tone in zip(spots, tones, strict=True):
        r, a = _polar(h, w, cx + rng.normal(0, 0.01), cy + rng.normal(0, 0.01))
        R = w * 0.175 * (1 + 0.03 * np.cos(a * 14))
        height, row = _round(r, a, 15)
        edge = (row >= 9) * 0.5
        out = _flat(h, w, height, mix(np.broadcast_to(rgb(tone), (h, w, 3)), rgb("f3ead6") * np.ones((h, w, 3)), edge))
        img = lay(img, out, (r < R).astype(float), 8)
    return daylight(img, 0.1)


def blanket(rng, params):
    img, s = _stage(params, rng, 0.62, 40, 0.26)
    for i in range(3):
        s.loft(
            [(i * 78, 330), (i * 78 + 16, 352), (i * 78 + 62, 352), (i * 78 + 78, 326)], power=7, depth=0.78, turn=-12
        )
    s.disc(234, 328, power=7, depth=0.78)
    P, N, u, v, _, _ = s.parts.pop()
    t = np.radians(-12)
    R = np.array([[np.cos(t), 0, np.sin(t)], [0, 1, 0], [-np.sin(t), 0, np.cos(t)]])
    s.add(P @ R.T, N, u, v, 5)
    b = s.render()
    height, _, _ = stitches(b["u"], b["v"], 17)
    shell = np.abs(np.sin(b["u"] / 34) * np.sin(b["v"] / 30))
    height = np.where(b["material"] == 5, height * (0.45 + 0.55 * shell), height)
    rim = (b["material"] == 5) & (np.maximum(np.abs(b["u"]), np.abs(b["v"]) / 0.78) > 292)
    colour = np.where(rim[..., None], rgb("b08c74"), _two(b, params["pal"], 0 * b["u"]))
    return solid.stand(img, s, wool(b, colour, height), b, 0.6)


def hanger(rng, params):
    h, w = size()
    img = table("plaster", h, w, rng, 1.5)
    s = solid.Solids(h, w, base=h * 0.80, pitch=10)
    s.loft([(0, 120), (10, 128), (150, 168), (196, 176), (200, 186), (236, 186)], material=4)
    s.loft([(232, 178), (200, 168)], inside=True, material=5)
    s.disc(214, 170, material=5)
    for _ in range(46):
        a, tilt = rng.uniform(0, 2 * np.pi), rng.uniform(0.3, 1.0)
        length = rng.uniform(120, 270)
        end = (length * tilt * np.sin(a), 230 + length * (1.15 - tilt), length * tilt * np.cos(a))
        mid = (end[0] * 0.45, 230 + length * 0.72, end[2] * 0.45)
        s.tube([(12 * np.sin(a), 220, 12 * np.cos(a)), mid, end], [4, 12, 2], material=6, flat=0.35)
    top = (0, 880, 0)
    for k in range(8):
        a = k * np.pi / 4 + 0.3
        s.tube(
            [
                top,
                (150 * np.sin(a), 420, 150 * np.cos(a)),
                (190 * np.sin(a), 236, 190 * np.cos(a)),
                (132 * np.sin(a), 20, 132 * np.cos(a)),
                (0, -34, 0),
            ],
            7,
            7,
        )
        s.tube(
            [(0, -30, 0), (26 * np.sin(a), -110, 26 * np.cos(a)), (34 * np.sin(a * 1.3), -200, 30 * np.cos(a))], 6, 7
        )
    s.ring(236, 188, 9, material=7)
    s.ring(110, 160, 7, material=7)
    b = s.render()
    out = solid.lambert(
        b["N"], np.broadcast_to(rgb("b06a48"), b["N"].shape) * (1 + 0.04 * noise(h, w, 9, rng))[..., None]
    )
    leaf = solid.lambert(
        b["N"],
        mix(np.broadcast_to(rgb("3f6b3c"), out.shape), rgb("7c9f58") * np.ones(out.shape), np.clip(b["y"] / 500, 0, 1)),
    ) + solid.gloss(b["N"], 20, 0.12)
    out = np.where((b["material"] == 5)[..., None], rgb("3a2a20") * (1 + 0.1 * noise(h, w, 4, rng))[..., None], out)
    out = np.where((b["material"] == 6)[..., None], leaf, out)
    cord, _, _ = stitches(b["u"], b["v"], 9)
    out = np.where((b["material"] == 7)[..., None], wool(b, np.broadcast_to(rgb("e4d5b7"), out.shape), cord, 4), out)
    fall = np.roll(np.roll(b["mask"], 60, 1), 46, 0).astype(float)
    return solid.stand(shadow(img, fall, 0, 0, 26, 0.26), s, out, b, 0.0)


def doll(rng, params):
    """A crocheted tarsier, sitting."""
    img, s = _stage(params, rng, 0.86, 8, 0.72)
    s.loft([(0, 130), (30, 190), (150, 210), (280, 150), (320, 90)], depth=0.85)
    s.loft([(270, 60), (310, 180), (420, 236), (530, 196), (590, 90), (604, 3)], depth=0.88)
    for x in (-1, 1):
        s.tube([(x * 170, 500, -20), (x * 250, 580, -20), (x * 262, 600, -20)], [60, 62, 30], 0, flat=0.5)
        s.tube([(x * 130, 250, 90), (x * 190, 170, 160), (x * 110, 110, 210)], [44, 40, 34], 0)
        s.tube([(x * 120, 60, 110), (x * 210, 46, 200), (x * 190, 30, 300)], [66, 58, 44], 0)
    s.tube([(60, 40, -100), (260, 60, -60), (390, 180, -40), (370, 360, -40), (300, 400, -40)], [20, 18, 17, 15, 22], 0)
    b = s.render()
    height, _, _ = stitches(b["u"], b["v"], 17)
    belly = np.exp(-((b["x"] / 110) ** 2) - ((b["y"] - 150) / 110) ** 2) * (b["N"][..., 2] > 0.5)
    face = np.exp(-((b["x"] / 150) ** 4) - ((b["y"] - 410) / 120) ** 4) * (b["N"][..., 2] > 0.5) * 0.5
    out = wool(b, _two(b, params["pal"], np.clip(belly * 1.2 + face, 0, 1)), height)
    img = solid.stand(img, s, out, b, 0.6)
    h, w = size()
    Y, X = grid(h, w)
    cy = h * 0.86 - 452
    for x in (-92, 92):
        r = np.hypot(X - w / 2 - x, Y - cy)
        th, _ = _round(r, np.arctan2(Y - cy, X - w / 2 - x), 9)
        img = lay(
            img,
            _flat(h, w, th, np.broadcast_to(rgb("e8b75a"), (h, w, 3)), 22 * np.sqrt(np.clip(1 - (r / 76) ** 2, 0, 1))),
            (r < 76).astype(float),
            6,
        )
        img = lay(img, np.broadcast_to(rgb("1e1513"), (h, w, 3)), (r < 42).astype(float), 1)
        img = mix(img, rgb("ffffff"), (np.hypot(X - w / 2 - x + 15, Y - cy + 15) < 10) * 0.9)
    nose = np.hypot((X - w / 2) / 1.4, Y - cy - 92)
    img = lay(img, np.broadcast_to(rgb("4a2d1d"), (h, w, 3)), (nose < 15).astype(float), 2)
    mouth = np.abs(Y - cy - 118 - 10 * np.cos((X - w / 2) / 22)) < 3
    return mix(img, rgb("3a2318"), (mouth & (np.abs(X - w / 2) < 40)) * 0.9)


def shawl(rng, params):
    """Crocheted flowers joined like lace, laid on a table."""
    img, h, w = _plan(params, rng)
    a1, _ = (rgb(c) for c in YARN[params["pal"]])
    step = 152
    turn = np.radians(18)
    Y, X = grid(h, w)
    for pass_ in (0, 1):
        for j in range(-4, 9):
            for i in range(-1, 3):
                x, y = (i - 0.5) * step, (j - 2) * step * 0.96 + (i % 2) * step / 2
                cx, cy = w / 2 + x * np.cos(turn) - y * np.sin(turn), h / 2 + x * np.sin(turn) + y * np.cos(turn)
                y0, y1, x0, x1 = (
                    int(max(0, cy - 110)),
                    int(min(h, cy + 110)),
                    int(max(0, cx - 110)),
                    int(min(w, cx + 110)),
                )
                if y1 <= y0 or x1 <= x0:
                    continue
                r, a = (
                    np.hypot(X[y0:y1, x0:x1] - cx, Y[y0:y1, x0:x1] - cy),
                    np.arctan2(Y[y0:y1, x0:x1] - cy, X[y0:y1, x0:x1] - cx),
                )
                edge = 62 + 15 * np.cos(8 * a)
                mask = ((r < edge) & ~((np.abs(r - 27) < 7) & (np.cos(8 * a) < 0.25))) | (
                    (r >= edge) & (r < 90) & (np.abs(np.cos(4 * a)) > 0.985)
                )
                height, _ = _round(r, a, 10)
                part = img[y0:y1, x0:x1]
                if pass_ == 0:
                    img[y0:y1, x0:x1] = shadow(part, mask.astype(float), 6, 8, 6, 0.34)
                else:
                    tone = _flat(
                        *r.shape, height, np.broadcast_to(a1 * (1.0 + 0.12 * np.cos(8 * a))[..., None], r.shape + (3,))
                    )
                    img[y0:y1, x0:x1] = mix(part, tone, blur(mask, 0.7))
    return daylight(img, 0.12)
