"""Cloth that was sewn: ties, shirts and shopping bags, shown flat or hung."""

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import distance_transform_edt

from shop.demo.art.cloth import pick, relit
from shop.demo.art.studio import blur, daylight, grid, ground, lay, mix, noise, rgb, shadow, size, table


def polygon(h, w, points):
    """A mask; points in fractions of the width and the height, edges softened by drawing it twice as large."""
    img = Image.new("L", (w * 2, h * 2))
    ImageDraw.Draw(img).polygon([(x * w * 2, y * h * 2) for x, y in points], fill=255)
    return np.asarray(img.resize((w, h), Image.Resampling.BOX), float) / 255


def turned(colour, gold, X, Y, cx, cy, degrees):
    """The cloth read with its thread turned, so that a sleeve or a bias cut does not run on like wallpaper."""
    a = np.radians(degrees)
    u = (X - cx) * np.cos(a) + (Y - cy) * np.sin(a) + colour.shape[1] / 2
    v = -(X - cx) * np.sin(a) + (Y - cy) * np.cos(a) + colour.shape[0] / 2
    u, v = np.abs(u) % (2 * colour.shape[1] - 2), np.abs(v) % (2 * colour.shape[0] - 2)
    u = np.where(u >= colour.shape[1], 2 * colour.shape[1] - 2 - u, u)
    v = np.where(v >= colour.shape[0], 2 * colour.shape[0] - 2 - v, v)
    return pick(colour, v, u), pick(gold, v, u)


def panel(img, mask, colour, gold, lift, extra=0.0, strength=1.2):
    soft = distance_transform_edt(mask > 0.5)
    z = 12 * np.sqrt(np.clip(1 - np.clip(1 - soft / 14, 0, 1) ** 2, 0, 1)) + extra
    return lay(img, relit(colour, gold, z, strength), mask, lift)


def tie(make, rng, params):
    h, w = size()
    img = daylight(ground(rng.choice(["linen", "stone", "wood"]), h, w, rng), 0.22)
    Y, X = grid(h, w)
    colour, gold = make(h + 200, w, (False, False), False, 2, 1.0)
    lean = rng.uniform(-0.05, 0.05)
    blades = (
        [(0.60, -0.02), (0.66, -0.02), (0.69 + lean, 0.70), (0.645 + lean, 0.76), (0.60 + lean, 0.70)],
        [(0.40, -0.02), (0.50, -0.02), (0.60 - lean, 0.82), (0.475 - lean, 0.93), (0.345 - lean, 0.82)],
    )
    for i, points in enumerate(blades):
        c, g = turned(colour, gold, X, Y, w * 0.45, h * 0.4, 45)
        if params["m"] == "tumpal" and i == 1:
            head, headg = make(300, int(w * 0.5), (False, True), False, 3, 1.0)
            ty, tx = Y - (h * 0.80 - 300), X - w * 0.23
            on = (ty > 150) & (ty < 299)
            c = np.where(on[..., None], pick(head, np.clip(ty, 0, 299), np.clip(tx, 0, w * 0.5 - 1)), c)
            g = np.where(on, pick(headg, np.clip(ty, 0, 299), np.clip(tx, 0, w * 0.5 - 1)), g)
        mask = polygon(h, w, points)
        ridge = 4 * np.exp(-(((X / w - (0.45 if i else 0.64)) / 0.05) ** 2)) + 0.8 * noise(h, w, 90, rng)
        img = panel(img, mask, c * (0.86 if i == 0 else 1), g, 11, ridge)
    return daylight(img, 0.12)


def shirt(make, rng, params):
    h, w = size()
    img = table("plaster", h, w, rng, horizon=1.5)
    Y, X = grid(h, w)
    colour, gold = make(h, w, (False, False), False, 2, 0.72)
    long = params["pal"] == "nila"
    hem = 0.86
    cuff = 0.80 if long else 0.47
    out = 0.055 if long else 0.03
    left = [(0.36, 0.185), (0.235, 0.23), (out, cuff - 0.03), (out + 0.145, cuff + 0.02), (0.285, 0.44), (0.30, 0.3)]
    right = [(1 - x, y) for x, y in left]
    body = [
        (0.40, 0.165),
        (0.60, 0.165),
        (0.745, 0.225),
        (0.755, 0.40),
        (0.765, hem),
        (0.5, hem + 0.012),
        (0.235, hem),
        (0.245, 0.40),
        (0.255, 0.225),
    ]
    hook = np.abs(np.hypot(X - w * 0.5, Y - h * 0.085) - 24) < 3.5
    hook &= ~((w * 0.5 > X) & (h * 0.085 < Y))
    rod = (np.abs(X - w * 0.5) < 3.5) & (h * 0.10 < Y) & (h * 0.17 > Y)
    img = lay(img, rgb("8a8d90"), (hook | rod).astype(float), 6)
    wrinkle = 3.2 * noise(h, w, 120, rng) + 5 * np.sin(X / 66 + 1.5 * np.sin(Y / 220)) * np.clip((Y / h - 0.35), 0, 1)
    for mask_points, angle, cx in ((left, 24 if not long else 12, 0.2), (right, -24 if not long else -12, 0.8)):
        c, g = turned(colour, gold, X, Y, w * cx, h * 0.35, angle)
        img = panel(img, polygon(h, w, mask_points), c * 0.93, g, 16, wrinkle)
    c, g = turned(colour, gold, X, Y, w * 0.5, h * 0.5, 0)
    if long:
        plain = rgb("24365c") * (1 + 0.02 * noise(h, w, 3, rng))[..., None]
        c = np.where((w * 0.5 < X)[..., None], plain, c)
    img = panel(img, polygon(h, w, body), c, g, 18, wrinkle)
    placket = (np.abs(X - w * 0.5) < 20) & (h * 0.24 < Y) & (h * hem > Y)
    edge = np.exp(-(((X - w * 0.5 - 20) / 2.2) ** 2)) * ((h * 0.24 < Y) & (h * hem > Y))
    img = img * (1 - 0.42 * edge)[..., None]
    img = np.where(placket[..., None], img * 1.03, img)
    for k in range(6):
        by = h * (0.285 + 0.098 * k)
        d = np.hypot(X - w * 0.5, Y - by)
        img = lay(img, rgb("4d3626") * (1.25 - 0.02 * (X - w * 0.5 + Y - by))[..., None], (d < 8).astype(float), 3)
    neck = polygon(h, w, [(0.435, 0.163), (0.565, 0.163), (0.5, 0.262)])
    img = mix(img, rgb("2b2320") * 0.9, neck)
    for s in (-1, 1):
        p = [
            (0.5 + s * 0.105, 0.150),
            (0.5 + s * 0.045, 0.148),
            (0.5 + s * 0.002, 0.248),
            (0.5 + s * 0.085, 0.268),
            (0.5 + s * 0.135, 0.190),
        ]
        c, g = turned(colour, gold, X, Y, w * 0.5, h * 0.2, 40 * s)
        img = panel(img, polygon(h, w, p), c * 1.02, g, 7)
    pocket = polygon(h, w, [(0.585, 0.36), (0.715, 0.36), (0.715, 0.47), (0.65, 0.487), (0.585, 0.47)])
    rim = blur(pocket, 2) * (1 - pocket)
    return img * (1 - 0.5 * np.clip(rim * 1.6, 0, 1))[..., None]


def tote(make, rng, params):
    h, w = size()
    img = table("plaster", h, w, rng, horizon=1.5)
    Y, X = grid(h, w)
    colour, gold = make(int(h * 0.62), int(w * 0.80), (False, False), False, 3, 3.4)
    strap = rgb("d9c6a4")
    for dx, tone in ((0.03, 0.72), (0.0, 1.0)):
        d = np.abs(np.abs(X - w * (0.5 + dx)) - w * 0.155 * np.clip((Y / h - 0.02) / 0.34, 0, 1) ** 0.55)
        band = (d < 13) & (h * 0.06 < Y) & (h * 0.42 > Y)
        img = lay(img, strap * tone * (1 + 0.05 * np.sin(Y / 2))[..., None], band.astype(float), 9)
    peg = np.hypot(X - w * 0.5, Y - h * 0.055)
    img = lay(
        img, rgb("7a5638") * (1.3 - 0.012 * (X - w * 0.5 + Y - h * 0.055))[..., None], (peg < 22).astype(float), 12
    )
    sway = 6 * np.sin(Y / 160)
    bag = polygon(h, w, [(0.135, 0.375), (0.865, 0.375), (0.885, 0.65), (0.875, 0.935), (0.125, 0.935), (0.115, 0.65)])
    ty, tx = Y - h * 0.375 + 40, X - w * 0.10 + sway
    z = 5 * noise(h, w, 200, rng) + 7 * np.sin(X / 90 + 1.2 * np.sin(Y / 200)) * np.clip(Y / h - 0.35, 0, 1)
    ch, cw = colour.shape[:2]
    c = pick(colour, np.clip(ty, 0, ch - 1), np.clip(tx, 0, cw - 1))
    img = panel(img, bag, c, np.zeros((h, w)), 22, z)
    seam = (np.abs(Y - h * 0.41) < 1.4) & ((X % 11) < 7) & (bag > 0.9)
    img = mix(img, rgb("efe3c8"), seam * 0.6)
    return shadow(img, np.zeros((h, w)), 0, 0, 1, 0)
