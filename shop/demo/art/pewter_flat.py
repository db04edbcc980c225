"""Pewter cast flat, seen from above or from the side, and plates."""

import numpy as np
from scipy.ndimage import distance_transform_edt, rotate

from shop.demo.art import metal
from shop.demo.art.garment import polygon
from shop.demo.art.motifs import figure
from shop.demo.art.studio import blur, daylight, grid, ground, lay, mix, noise, rgb, size, smooth, table


def plate(rng, params):
    """Seen from above: rim, well and a drawing in the middle."""
    h, w = size()
    img = daylight(ground(params["ground"], h, w, rng), 0.28)
    Y, X = grid(h, w)
    R = w * rng.uniform(0.415, 0.44)
    dx, dy = (X - w / 2) / R, (Y - h * 0.49) / R
    r, th = np.hypot(dx, dy), np.arctan2(dy, dx) + rng.uniform(0, 1)
    z = (
        0.10 * smooth(0.58, 0.70, r)
        + 0.035 * np.exp(-(((r - 0.97) / 0.022) ** 2))
        + 0.02 * np.exp(-(((r - 0.715) / 0.012) ** 2))
    )
    rim, m = params["rim"], params["m"]
    if rim == "beads":
        step = 2 * np.pi * 0.925 / 72
        bead = np.hypot((((th / (2 * np.pi) * 72) % 1) - 0.5) * step, r - 0.925)
        z += 0.03 * np.sqrt(np.clip(1 - (bead / 0.027) ** 2, 0, 1))
        leaf = 0.055 * np.sin(16 * th)
        z -= 0.009 * np.exp(-(((r - 0.82 - leaf) / 0.008) ** 2)) + 0.009 * np.exp(-(((r - 0.82 + leaf) / 0.008) ** 2))
    elif rim == "wave":
        for i in range(3):
            line = 0.765 + 0.07 * i + 0.017 * np.sin(26 * th + i * 1.3)
            z += (0.022 - 0.004 * i) * np.exp(-(((r - line) / 0.013) ** 2))
    else:
        a = np.abs(((th / (2 * np.pi) * 48) % 1) - 0.5) * 2
        t = (r - 0.75) / 0.18
        z -= 0.012 * np.exp(-(((a - (1 - t)) * 0.8 / 0.12) ** 2)) * ((t > 0) & (t < 1))
        z -= 0.010 * np.exp(-(((r - 0.745) / 0.006) ** 2)) + 0.010 * np.exp(-(((r - 0.94) / 0.006) ** 2))
    if m in ("petal8", "rosette"):
        n = 4 if m == "petal8" else 6
        pet = 0.40 * (0.55 + 0.45 * np.abs(np.cos(n * th)))
        z -= 0.010 * np.exp(-(((r - pet) / 0.007) ** 2)) + 0.007 * np.exp(-(((r - pet * 0.72) / 0.006) ** 2))
        z -= 0.010 * np.exp(-(((r - 0.46) / 0.006) ** 2)) + 0.008 * np.exp(-(((r - 0.07) / 0.006) ** 2))
    z = blur(z + 0.006 * blur(rng.normal(0, 1, (h, w)), 8), 1.3) * R
    gy, gx = np.gradient(z)
    N = np.stack([-gx + 0.16 * dx, gy - 0.16 * dy + 0.08, np.ones_like(gx)], -1)
    N /= np.linalg.norm(N, axis=-1, keepdims=True)
    spin = 0.10 * np.cos(2 * (np.arctan2(dy, dx) - 2.2)) * smooth(0.06, 0.2, r)
    brush = metal.turned(r * 1200, rng, 0.03) + spin
    deep = np.clip(blur(z, 7) - z, 0, 5) / 5
    col = metal.pewter(N, rng, brush=brush, dark=deep * (0.9 if rim == "wave" else 0.35))
    return daylight(lay(img, col, np.clip((1 - r) * R / 1.5, 0, 1), 20), 0.10)


def _flat(rng, params, mask, height, bevel=8.0, dark=None, lift=10):
    h, w = mask.shape
    img = daylight(ground(params["ground"], h, w, rng), 0.24)
    return daylight(lay(img, metal.relief(mask > 0.5, height, rng, dark=dark, bevel=bevel), mask, lift), 0.10)


def placed(name, h, w, cx, cy, n, degrees=0.0):
    """A figure on the large picture: its mask and its open lines."""
    out = np.zeros((2, h, w))
    for i, part in enumerate(figure(name, n)):
        part = rotate(part, degrees, reshape=False, order=1) if degrees else part
        y0, x0 = int(cy * h - n / 2), int(cx * w - n / 2)
        ya, xa, yb, xb = max(0, y0), max(0, x0), min(h, y0 + n), min(w, x0 + n)
        out[i, ya:yb, xa:xb] = part[ya - y0 : yb - y0, xa - x0 : xb - x0]
    return out


def steel_ring(img, cx, cy, r, rng):
    h, w = img.shape[:2]
    Y, X = grid(h, w)
    for k, dx in ((1.0, 0.0), (0.985, 5.0)):
        d = np.abs(np.hypot(X - cx - dx, Y - cy) - r * k)
        lit = 0.55 + 0.45 * np.sin(np.arctan2(Y - cy, X - cx) * 2 + 2.2) * np.cos(d / 5)
        img = lay(
            img, rgb("c9ccd0") * lit[..., None] * (1.15 - 0.1 * d)[..., None].clip(0.4, 1.2), (d < 5.5).astype(float), 5
        )
    return img


def keychain(rng, params):
    h, w = size()
    name = {"leaf": "simpor", "seahorse": "kudalaut", "pepper": "pepper"}[params["m"]]
    tilt = rng.uniform(-16, 16)
    fill, cut = placed(name, h, w, 0.5, 0.60, 560, tilt)
    Y, X = grid(h, w)
    a = np.radians(-tilt)
    ex, ey = w * 0.5 + 285 * np.sin(a), h * 0.60 - 285 * np.cos(a)
    eye = np.abs(np.hypot(X - ex, Y - ey) - 26) < 10
    mask = np.clip(fill + eye, 0, 1)
    height = -8 * blur(cut, 1.6)
    img = _flat(rng, params, mask, height, 16, np.clip(blur(cut, 2) * 1.2, 0, 1) * (0.9 if name == "kudalaut" else 0.4))
    return steel_ring(img, ex + 62 * np.sin(a), ey - 88, 96, rng)


def brooch(rng, params):
    h, w = size()
    name = params["m"]
    fill, cut = placed(name, h, w, 0.5, 0.5, 620, rng.uniform(-12, 12))
    if name == "hong":
        fill = np.clip(fill - cut, 0, 1)
    return _flat(
        rng, params, fill, -9 * blur(cut, 2.2) + 10 * blur(fill, 26), 18, np.clip(blur(cut, 3), 0, 1) * 0.6, 14
    )


def bookmark(rng, params):
    h, w = size()
    points = [(0.415, 0.10), (0.585, 0.10), (0.60, 0.74), (0.50, 0.93), (0.40, 0.74)]
    mask = polygon(h, w, points)
    Y, X = grid(h, w)
    hole = np.hypot(X - w * 0.5, Y - h * 0.135) < 15
    mask = mask * ~hole
    t = (Y / h - 0.20) / 0.07
    a = np.abs(X / w - 0.5) / 0.075
    rows = np.abs(a - (t % 1)) < 0.13
    lines = blur((rows & (t > 0) & (t < 8) & (a < 1)).astype(float), 1.2)
    img = _flat(rng, params, mask, -5 * lines, 6, lines * 0.6, 6)
    path = np.abs(X - w * 0.5 - 46 * np.sin((Y - h * 0.135) / 90) * (h * 0.135 > Y)) < 5
    cord = path & (h * 0.14 > Y)
    return lay(img, rgb("6b1220") * (0.85 + 0.25 * np.sin(Y / 3))[..., None], cord.astype(float), 4)


def spoon(rng, params):
    h, w = size()
    Y, X = grid(h, w)
    y = Y / h
    cx = w * 0.5 + 14 * np.sin(y * 8)
    bowl_part = ((X - cx) / 118) ** 2 + ((y - 0.78) / 0.135) ** 2
    stem = np.abs(X - cx) < 11 + 9 * smooth(0.55, 0.68, y)
    stem &= (y > 0.30) & (y < 0.72)
    leaf, cut = placed("simpor", h, w, 0.5, 0.215, 330, 4)
    mask = np.clip((bowl_part < 1) + stem + leaf, 0, 1).astype(float)
    twist = 5 * np.sin(y * 150 + (X - cx) / 5) * stem * (y > 0.36) * (y < 0.56)
    hollow = -46 * np.clip(1 - bowl_part / 0.80, 0, 1) ** 0.75
    return _flat(rng, params, blur(mask, 1.2), hollow + twist - 7 * blur(cut, 1.6), 12, None, 13)


def frame(rng, params):
    h, w = size()
    Y, X = grid(h, w)
    u, v = np.abs(X - w / 2) / (w * 0.36), np.abs(Y - h / 2) / (h * 0.40)
    outer = (u < 1) & (v < 1)
    inner = (u < 0.70) & (v < 0.77)
    d = distance_transform_edt(outer & ~inner)
    ring = distance_transform_edt(outer)
    along = np.where(u / 1.0 * 0.36 * w > v * 0.40 * h - (0.40 * h - 0.36 * w), Y, X)
    wave = 8 * np.sin(ring / 9.5 + 1.6 * np.sin(along / 23)) * np.clip(d / 20, 0, 1)
    img = daylight(ground(params["ground"], h, w, rng), 0.24)
    photo = mix(np.broadcast_to(rgb("cfd8d3"), (h, w, 3)), rgb("7fa3a6"), smooth(0.35, 0.72, Y / h))
    hill = (Y / h > 0.60 + 0.03 * np.sin(X / 90) + 0.015 * np.sin(X / 37)).astype(float)
    photo = mix(photo, rgb("4c6a5c"), hill)
    photo = mix(photo, rgb("e9dcc0"), smooth(0.69, 0.70, Y / h))
    img = mix(img, photo, inner.astype(float))
    col = metal.relief(outer & ~inner, wave, rng, dark=np.clip(-wave / 9, 0, 1) * 0.35, bevel=12)
    return daylight(lay(img, col, (outer & ~inner).astype(float), 16), 0.10)


def plaque(rng, params):
    h, w = size()
    Y, X = grid(h, w)
    u, v = (X - w / 2) / (w * 0.36), (Y - h * 0.48) / (h * 0.37)
    mask = ((np.abs(u) < 1) & (np.abs(v) < 1)).astype(float)
    fill, cut = placed("kudalaut", h, w, 0.5, 0.40, 430)
    d = distance_transform_edt(mask > 0.5)
    side = np.where(np.abs(u) * w * 0.36 - w * 0.36 > np.abs(v) * h * 0.37 - h * 0.37, Y, X)
    a = np.abs((side / 40) % 1 - 0.5) * 2
    t = (d - 22) / 44
    tri = np.exp(-(((a - (1 - t)) / 0.16) ** 2)) * ((t > 0) & (t < 1))
    lines = sum(np.exp(-(((v - at) / 0.006) ** 2)) * (np.abs(u) < 0.5) for at in (0.62, 0.70))
    height = 15 * blur(fill, 5) - 7 * blur(cut, 1.6) - 5 * blur(tri, 1) - 3 * lines
    height += -4 * np.exp(-(((d - 74) / 3) ** 2))
    dark = np.clip(blur(height, 9) - height, 0, 6) / 6
    return _flat(rng, params, mask, height, 10, dark * 0.9, 20)


def ship(rng, params):
    """A model on its stand, seen from the side."""
    large = params["size"] == "large"
    h, w = size()
    img = table(params["ground"], h, w, rng, 0.66)
    base = polygon(h, w, [(0.22, 0.80), (0.78, 0.80), (0.82, 0.86), (0.18, 0.86)])
    wood = rgb("6d452b") * (1 + 0.12 * noise(h, w, 3, rng, 40))[..., None]
    Y, X = grid(h, w)
    img = lay(img, wood * (1.2 - 0.5 * smooth(0.78, 0.88, Y / h))[..., None], base, 18)
    for x in (0.38, 0.62):
        img = lay(
            img,
            rgb("b98b48") * (1.2 - np.abs(X - x * w) / 20)[..., None].clip(0.4, 1.2),
            polygon(h, w, [(x - 0.008, 0.70), (x + 0.008, 0.70), (x + 0.008, 0.81), (x - 0.008, 0.81)]),
            5,
        )
    masts = (0.33, 0.51, 0.68) if large else (0.40, 0.61)
    lines, sails, height = np.zeros((h, w)), [], np.zeros((h, w))
    deck = 0.635
    for i, m in enumerate(masts):
        top = (0.14, 0.10, 0.18)[i] if large else (0.16, 0.22)[i]
        img = lay(
            img,
            metal.relief(
                polygon(h, w, [(m - 0.006, top), (m + 0.006, top), (m + 0.009, deck), (m - 0.009, deck)]) > 0.5,
                0 * Y,
                rng,
                bevel=5,
            ),
            polygon(h, w, [(m - 0.006, top), (m + 0.006, top), (m + 0.009, deck), (m - 0.009, deck)]),
            8,
        )
        rows = 4 if large and i < 2 else (3 if large else 2)
        for j in range(rows):
            y0 = top + 0.03 + (deck - top - 0.07) * j / rows
            y1 = top + 0.03 + (deck - top - 0.07) * (j + 0.86) / rows
            wide = (0.052 + 0.022 * j) * (1.15 if large else 1.7)
            sails.append(
                [
                    (m - wide * 0.8, y0),
                    (m + wide * 0.8, y0),
                    (m + wide * 1.16, (y0 + y1) / 2),
                    (m + wide, y1),
                    (m, y1 - 0.012),
                    (m - wide, y1),
                    (m - wide * 0.72, (y0 + y1) / 2),
                ]
            )
        for end in (0.13, 0.90):
            t = np.clip((X / w - m) / (end - m + 1e-9), 0, 1)
            lines = np.maximum(
                lines,
                (np.abs(Y / h - (top + 0.01 + t * (deck - top - 0.02))) < 0.0011) & (t > 0) & (t < 1) & (Y / h < deck),
            )
    img = lay(img, rgb("6d7378"), lines.astype(float), 3)
    for points in sails:
        mask = polygon(h, w, points)
        cx = np.mean([p[0] for p in points]) * w
        belly = 26 * np.cos(np.clip((X - cx) / (0.09 * w), -1.5, 1.5)) + 2 * np.sin(X / 14)
        img = lay(img, metal.relief(mask > 0.5, blur(belly, 3), rng, bevel=4), mask, 9)
    hull = [
        (0.09, 0.585),
        (0.155, 0.622),
        (0.5, 0.640),
        (0.80, 0.618),
        (0.915, 0.560),
        (0.895, 0.66),
        (0.82, 0.725),
        (0.5, 0.752),
        (0.25, 0.735),
        (0.14, 0.675),
    ]
    mask = polygon(h, w, hull)
    sag = (X / w - 0.5) ** 2
    planks = np.sin((Y / h + 0.10 * sag) * 360)
    height = 22 * blur(np.clip((Y / h - 0.58) * 6, 0, 1) * mask, 8) - 2.6 * (planks > 0.86)
    dark = np.clip((planks > 0.86) * 0.8 + 0.4 * smooth(0.70, 0.76, Y / h), 0, 1)
    img = lay(img, metal.relief(mask > 0.5, height, rng, dark=dark, bevel=16), mask, 14)
    rail = np.abs(Y / h - 0.636 + 0.13 * sag * 1.4 + 0.06 * (X / w - 0.5)) < 0.003
    return lay(img, rgb("d7dade"), rail * mask, 3)
