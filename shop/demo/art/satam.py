"""Batu satam: black natural glass with a pitted skin, set as rings, pendants and small things."""

import numpy as np

from shop.demo.art import metal, solid
from shop.demo.art.garment import polygon
from shop.demo.art.studio import blur, daylight, grid, ground, lay, noise, rgb, size, table


def glass(N, rng, pits=1.0):
    """Black glass: nearly all of its light is reflection, broken by the pits."""
    h, w = N.shape[:2]
    M = N / (np.linalg.norm(N, axis=-1, keepdims=True) + 1e-9)
    R = 2 * M[..., 2:3] * M
    R[..., 2] -= 1
    light = metal.studio_light(R)
    fresnel = 0.055 + 0.60 * (1 - np.clip(M[..., 2], 0, 1)) ** 3
    spark = np.clip(light - 0.78, 0, 1) ** 1.3 * 1.9
    base = rgb("15130f") * (0.7 + 0.5 * np.clip(M[..., 1], 0, 1))[..., None]
    return (
        base
        + (light * fresnel * 0.75 + spark)[..., None] * np.array([0.96, 0.98, 1.0])
        + 0.006 * noise(h, w, 2, rng)[..., None] * pits
    )


def pitted(h, w, rng, cell=30.0):
    """Height of the skin: round hollows of several sizes, some run together."""
    out = np.zeros((h, w), "float32")
    Y, X = grid(h, w)
    for scale, deep in ((cell, 1.0), (cell * 0.55, 0.6), (cell * 0.3, 0.35)):
        n = int(h * w / (scale * scale) * 0.55)
        for cy, cx, k in zip(rng.uniform(0, h, n), rng.uniform(0, w, n), rng.uniform(0.35, 0.8, n), strict=True):
            r = scale * k
            y0, y1, x0, x1 = int(max(0, cy - r)), int(min(h, cy + r + 1)), int(max(0, cx - r)), int(min(w, cx + r + 1))
            d = np.hypot(Y[y0:y1, x0:x1] - cy, (X[y0:y1, x0:x1] - cx) * 0.9) / r
            out[y0:y1, x0:x1] -= deep * r * 0.30 * np.clip(1 - d**2, 0, 1)
    return out


def pebble(img, rng, cx, cy, rx, ry, turn=0.0, lift=14, drop=0.0):
    """A stone lying on the picture at pixels (cx, cy); only the part of the picture round it is worked on."""
    reach = int(max(rx, ry) * 1.7 + 4 * lift)
    y0, y1 = max(0, int(cy) - reach), min(img.shape[0], int(cy) + reach)
    x0, x1 = max(0, int(cx) - reach), min(img.shape[1], int(cx) + reach)
    out = img.copy()
    out[y0:y1, x0:x1] = _pebble(img[y0:y1, x0:x1], rng, cx - x0, cy - y0, rx, ry, turn, lift, drop)
    return out


def _pebble(img, rng, cx, cy, rx, ry, turn, lift, drop):
    h, w = img.shape[:2]
    Y, X = grid(h, w)
    a = np.radians(turn)
    u = ((X - cx) * np.cos(a) + (Y - cy) * np.sin(a)) / rx
    v = (-(X - cx) * np.sin(a) + (Y - cy) * np.cos(a)) / ry
    t = np.arctan2(v, u)
    edge = 1 + 0.05 * np.sin(3 * t + rng.uniform(0, 6)) + 0.03 * np.sin(5 * t + rng.uniform(0, 6))
    edge = edge + drop * np.clip(-v, 0, 1) ** 2 * np.exp(-((u / 0.5) ** 2))
    r = np.hypot(u, v) / edge
    z = np.sqrt(np.clip(1 - r**2, 0, 1)) * min(rx, ry) * 0.82
    skin = pitted(h, w, rng, max(14, min(rx, ry) * 0.30))
    gy, gx = np.gradient(blur(z + skin * 0.8, 1.0))
    N = np.stack([-gx, gy, np.ones_like(gx)], -1)
    N /= np.linalg.norm(N, axis=-1, keepdims=True)
    return lay(img, glass(N, rng), (r < 1).astype(float), lift)


def silver(mask, height, rng, bevel=8):
    return metal.relief(mask > 0.5, height, rng, bevel=bevel) * np.array([1.12, 1.12, 1.11])


def ring(rng, params):
    h, w = size()
    img = table(params["ground"], h, w, rng, 0.30)
    s = solid.Solids(h, w, base=h * 0.70, pitch=24)
    R = 210
    loop = [(R * np.sin(t), R + 26 - R * np.cos(t), 60 * np.sin(t * 0 + 0.2)) for t in np.linspace(-np.pi, np.pi, 120)]
    t = np.linspace(0, 1, 120)
    thick = 17 + 15 * np.exp(-(((t - 0.5) / 0.0001) ** 2)) + 12 * (np.abs(t - 0.5) > 0.40)
    yaw = np.radians(32)
    M = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    s.tube((np.array(loop) - [0, 0, 12]) @ M.T, list(thick), flat=1.3)
    top = 2 * R + 26
    s.loft([(top - 22, 66), (top + 6, 112), (top + 40, 120), (top + 46, 112)], depth=0.84)
    s.loft([(top + 30, 108), (top + 74, 96), (top + 108, 62), (top + 122, 3)], depth=0.84, material=1)
    if params["setting"] == "leaf":
        for side in (-1, 1):
            s.tube(
                [
                    (side * 60, top - 40, 60),
                    (side * 122, top + 20, 62),
                    (side * 96, top + 92, 40),
                    (side * 40, top + 112, 34),
                ],
                [6, 30, 24, 3],
                0,
                flat=0.35,
            )
    b = s.render()
    skin = pitted(h, w, rng, 26) * (b["material"] == 1)
    col = metal.pewter(b["N"], rng) * 1.15
    stone = glass(solid.bump(b, skin, 0.9), rng)
    return solid.stand(img, s, np.where((b["material"] == 1)[..., None], stone, col), b, 0.62)


def _plan(params, rng):
    h, w = size()
    return daylight(ground(params["ground"], h, w, rng), 0.26), h, w


def _cord(img, path, rng, width=6.0, colour="1c1816"):
    h, w = img.shape[:2]
    Y, X = grid(h, w)
    best = np.full((h, w), 99.0)
    for x, y in path:
        y0, y1, x0, x1 = int(max(0, y - 14)), int(min(h, y + 15)), int(max(0, x - 14)), int(min(w, x + 15))
        if y1 > y0 and x1 > x0:
            best[y0:y1, x0:x1] = np.minimum(best[y0:y1, x0:x1], np.hypot(X[y0:y1, x0:x1] - x, Y[y0:y1, x0:x1] - y))
    lit = 0.6 + 1.6 * np.exp(-(((best - 2) / 2.2) ** 2))
    return lay(img, rgb(colour) * lit[..., None], (best < width).astype(float), 6)


def pendant(rng, params):
    img, h, w = _plan(params, rng)
    t = np.linspace(-1, 1, 900)
    cx, cy = w * 0.5, h * 0.60
    rise = np.abs(t) ** 1.4
    path = np.stack([cx + w * 0.30 * np.sin(t * 1.5), cy - 200 - (cy - 180) * rise], -1)
    img = _cord(img, path, rng)
    drop = params["shape"] == "drop"
    Y, X = grid(h, w)
    bail = np.abs(np.hypot(X - cx, Y - cy + 190) - 26) < 9
    img = lay(img, silver(bail, 0, rng), bail.astype(float), 6)
    img = pebble(
        img, rng, cx, cy, 128 if drop else 142, 168 if drop else 150, rng.uniform(-12, 12), 18, 0.5 if drop else 0.0
    )
    if drop:
        cap = polygon(
            h,
            w,
            [(0.465, 0.452), (0.535, 0.452), (0.57, 0.50), (0.55, 0.525), (0.5, 0.512), (0.45, 0.525), (0.43, 0.50)],
        )
        return lay(img, silver(cap, 0, rng, 14), cap, 6)
    for k in range(4):
        a = np.radians(45 + 90 * k)
        claw = np.hypot(X - cx - 116 * np.cos(a), Y - cy - 122 * np.sin(a))
        along = np.abs((X - cx) * np.sin(a) - (Y - cy) * np.cos(a)) < 12
        piece = along & (claw < 30)
        img = lay(img, silver(piece, 0, rng, 10), piece.astype(float), 5)
    return img


def bracelet(rng, params):
    img, h, w = _plan(params, rng)
    n, R = 22, w * 0.31
    spots = [
        (w * 0.5 + R * np.cos(k), h * 0.5 + R * 0.86 * np.sin(k))
        for k in np.linspace(0, 2 * np.pi, n, endpoint=False) + 0.3
    ]
    Y, X = grid(h, w)
    for i, (x, y) in enumerate(spots):
        if i % 4 == 0 and i < 20:
            img = pebble(img, rng, x, y, 50, 44, np.degrees(2 * np.pi * i / n) + 90, 9)
            continue
        r = np.hypot(X - x, Y - y) / 38
        z = 38 * np.sqrt(np.clip(1 - r**2, 0, 1))
        gy, gx = np.gradient(z)
        N = np.stack([-gx, gy, np.ones_like(gx)], -1)
        N /= np.linalg.norm(N, axis=-1, keepdims=True)
        wood = rgb("a5693f") * (1 + 0.10 * np.sin((X - x) / 4 + 0.1 * (Y - y) + i))[..., None]
        img = lay(img, solid.lambert(N, wood) + solid.gloss(N, 26, 0.18), (r < 1).astype(float), 9)
    return img


def brooch(rng, params):
    img, h, w = _plan(params, rng)
    hull = polygon(
        h,
        w,
        [
            (0.16, 0.52),
            (0.30, 0.575),
            (0.70, 0.575),
            (0.86, 0.50),
            (0.80, 0.645),
            (0.68, 0.70),
            (0.34, 0.70),
            (0.22, 0.64),
        ],
    )
    Y, X = grid(h, w)
    planks = -3 * (np.sin(Y / 7.5) > 0.85)
    mast = polygon(h, w, [(0.615, 0.20), (0.632, 0.20), (0.634, 0.58), (0.613, 0.58)])
    sail = polygon(h, w, [(0.645, 0.225), (0.83, 0.49), (0.645, 0.53)])
    sail2 = polygon(h, w, [(0.605, 0.26), (0.605, 0.53), (0.50, 0.50)])
    for m, z in ((mast, 0), (sail, 10 * np.sin(X / 60)), (sail2, 8 * np.sin(X / 50))):
        img = lay(img, silver(m, z, rng, 9), m, 9)
    img = pebble(img, rng, w * 0.40, h * 0.525, 104, 84, -6, 8)
    return lay(img, silver(hull, planks, rng, 20), hull, 14)


def stone(rng, params):
    h, w = size()
    img = table("plaster", h, w, rng, 0.60)
    s = solid.Solids(h, w, base=h * 0.78, pitch=18)
    s.loft([(0, 330), (10, 338), (92, 326), (110, 300)], depth=0.62, power=2.6, material=2)
    s.disc(110, 302, depth=0.62, power=2.6, material=2)
    s.loft([(96, 110), (150, 204), (250, 226), (350, 176), (410, 84), (424, 3)], depth=0.85, material=1)
    b = s.render()
    wood = (
        rgb("7d5233")
        * (1 + 0.15 * np.sin((b["u"] + 9 * noise(h, w, 60, rng)) / 9) + 0.06 * noise(h, w, 3, rng, 30))[..., None]
    )
    col = solid.lambert(b["N"], wood)
    skin = pitted(h, w, rng, 62) + 14 * noise(h, w, 120, rng)
    return solid.stand(
        img, s, np.where((b["material"] == 1)[..., None], glass(solid.bump(b, skin, 0.85), rng), col), b, 0.62
    )


def tiepin(rng, params):
    img, h, w = _plan(params, rng)
    Y, X = grid(h, w)
    a = np.radians(-16)
    u, v = (X - w / 2) * np.cos(a) + (Y - h / 2) * np.sin(a), -(X - w / 2) * np.sin(a) + (Y - h / 2) * np.cos(a)
    for dv, tone in ((20, 0.8), (0, 1.0)):
        bar = (np.abs(u) < w * 0.37) & (np.abs(v - dv) < 21)
        img = lay(img, silver(bar, 0, rng, 10) * tone, bar.astype(float), 12)
    cx, cy = w / 2 - 110 * np.cos(a), h / 2 - 110 * np.sin(a)
    cup = np.hypot(X - cx, Y - cy) < 58
    img = lay(img, silver(cup, 0, rng, 16), cup.astype(float), 8)
    return pebble(img, rng, cx, cy - 4, 52, 48, 20, 5)


def scatter(img, rng, spots):
    """Stones on a wide picture, for pages: (x, y, radius) in pixels."""
    for x, y, r in spots:
        img = pebble(img, rng, x, y, r, r * rng.uniform(0.78, 0.95), rng.uniform(0, 180), r * 0.2)
    return img
