"""Plaited things that lie flat, seen from above."""

import numpy as np

from shop.demo.art import solid
from shop.demo.art.strips import finish, shaded, texture, tone_of
from shop.demo.art.studio import blur, daylight, grid, ground, lay, mix, noise, rgb, shadow, size, smooth, table


def _plan(params, rng):
    h, w = size()
    return daylight(ground(params["ground"], h, w, rng), 0.24), h, w


def _surface(h, w, u, v, mask, params, strip=17.0, diagonal=False, relief=6.5, extra=0.0, colour=None):
    """A plaited thing lying flat: shaded colours for texture places (u, v)."""
    N = np.zeros((h, w, 3))
    N[..., 2] = 1
    b = {"N": N, "mask": np.ones((h, w), bool)}
    col, height = texture(u, v, params, strip, diagonal)
    if colour is not None:
        col = colour(col)
    gy, gx = np.gradient(blur(np.asarray(extra, "float32") + np.zeros((h, w)), 1.0))
    b["N"] = np.stack([-gx, gy, np.ones((h, w))], -1)
    b["N"] /= np.linalg.norm(b["N"], axis=-1, keepdims=True)
    return shaded(b, col, height, relief, 0.42)


def _turn(h, w, degrees, cx=0.5, cy=0.5):
    Y, X = grid(h, w)
    a = np.radians(degrees)
    return (X - w * cx) * np.cos(a) + (Y - h * cy) * np.sin(a), -(X - w * cx) * np.sin(a) + (Y - h * cy) * np.cos(a)


def mat(rng, params):
    if params["view"] == "rolled":
        h, w = size()
        img = table(params["ground"], h, w, rng, 0.24)
        s = solid.Solids(h, w, base=h * 0.60, pitch=34)
        turn = np.radians(rng.uniform(14, 24))
        axis = np.array([np.cos(turn), 0, np.sin(turn)])
        s.tube([axis * -400 + [0, 104, 0], axis * 400 + [0, 104, 0]], 104)
        for k in (-220, 220):
            s.tube(
                [
                    axis * k + [0, 104 + 107 * np.sin(t), 0] + np.array([-axis[2], 0, axis[0]]) * 107 * np.cos(t)
                    for t in np.linspace(0, 6.28, 40)
                ],
                7,
                3,
            )
        rr, aa = np.meshgrid(np.arange(2, 104, 0.8), np.arange(0, 6.2832, 0.007))
        side = np.array([-axis[2], 0, axis[0]])
        for k in (-400, 400):
            P = (
                axis * k
                + [0, 104, 0]
                + rr.ravel()[:, None]
                * (np.cos(aa).ravel()[:, None] * side + np.sin(aa).ravel()[:, None] * np.array([0, 1, 0]))
            )
            s.add(P, np.tile(axis * np.sign(k), (len(P), 1)), aa.ravel(), rr.ravel(), 9)
        spiral = {
            9: lambda b: (
                np.broadcast_to(rgb("b9924f"), b["N"].shape)
                * (0.45 + 0.6 * np.sin(np.pi * (b["v"] + b["u"] / 6.2832 * 15) / 15) ** 2)[..., None]
            )
        }
        return finish(img, s, params, spiral, strip=19, diagonal=True)
    img, h, w = _plan(params, rng)
    u, v = _turn(h, w, rng.uniform(-8, 8), 0.5, 0.49)
    mask = (np.abs(u) < w * 0.36) & (np.abs(v) < h * 0.43)
    edge = np.minimum(w * 0.36 - np.abs(u), h * 0.43 - np.abs(v))
    out = _surface(h, w, u, v, mask, params, 11.0, True, 4.0, 7 * noise(h, w, 240, rng))
    out = out * (1 - 0.35 * np.exp(-(((edge - 16) / 3) ** 2)))[..., None]
    return daylight(lay(img, out, mask.astype(float), 8), 0.12)


def placemats(rng, params):
    img, h, w = _plan(params, rng)
    for i, angle in enumerate((-24, -11, 3, 15)):
        u, v = _turn(h, w, angle + rng.uniform(-3, 3), 0.5 + 0.012 * i, 0.47 + 0.02 * i)
        mask = (np.abs(u) < w * 0.38) & (np.abs(v) < h * 0.215)
        own = {**params, "pal": ("gelap", "jerami")[i % 2]}
        out = _surface(h, w, u, v, mask, own, 14.0, False)
        edge = np.minimum(w * 0.38 - np.abs(u), h * 0.215 - np.abs(v))
        out = mix(out, out * 0.55 + rgb("5a3820") * 0.2, (edge < 13) * 0.75)
        img = lay(img, out, mask.astype(float), 8)
    return daylight(img, 0.12)


def tray(rng, params):
    img, h, w = _plan(params, rng)
    if params["shape"] == "round":
        Y, X = grid(h, w)
        r = np.hypot(X - w / 2, Y - h * 0.49)
        R = w * 0.43
        u, v = _turn(h, w, rng.uniform(0, 40), 0.5, 0.49)
        sunk = 26 * smooth(R * 0.80, R * 0.95, r)
        out = _surface(h, w, u, v, None, params, 15.0, True, extra=sunk)
        t = (r - R * 0.965) / (R * 0.045)
        rim = np.abs(t) < 1
        a = np.arctan2(Y - h * 0.49, X - w / 2)
        hoop = (
            rgb("b8894a") * (0.50 + 0.65 * np.sqrt(np.clip(1 - t**2, 0, 1)) * (1 - 0.25 * np.sin(a - 0.8)))[..., None]
        )
        hoop = hoop * (1 - 0.5 * (np.abs(((a * 16 / np.pi) % 1) - 0.5) < 0.07))[..., None]
        out = np.where(rim[..., None], hoop, out)
        return daylight(lay(img, out, (r < R).astype(float), 18), 0.12)
    u, v = _turn(h, w, rng.uniform(-9, 9), 0.5, 0.49)
    bx, by = w * 0.40, h * 0.255
    d = np.minimum(bx - np.abs(u), by - np.abs(v))
    wall = smooth(34, 0, d)
    out = _surface(h, w, u, v, None, params, 17.0, params["m"] == "diamond", extra=-22 * smooth(0, 34, d))
    t = (d - 15) / 15
    bar = rgb("a87a42") * (0.50 + 0.65 * np.sqrt(np.clip(1 - t**2, 0, 1)))[..., None]
    out = np.where((d < 30)[..., None], bar, out)
    inner = shadow(np.ones((h, w, 3)), (d < 30).astype(float), 12, 14, 9, 0.5)
    out = np.where((d >= 30)[..., None], out * inner, out)
    img = lay(img, out, (d > 0).astype(float), 18)
    for k in (-1, 1):
        ring = np.abs(np.hypot((u - k * bx) / 1.0, v / 2.1) - 40)
        grip = (ring < 10) & (k * u > bx - 6)
        img = lay(img, rgb("a87a42") * (1.15 - ring / 14)[..., None].clip(0.4, 1.2), grip.astype(float), 9)
    return daylight(img, 0.10) + 0 * wall[..., None]


def lidi(rng, params):
    """Plates and bowls of nipah ribs: bundles crossing round the middle, opening at the lip."""
    img, h, w = _plan(params, rng)
    Y, X = grid(h, w)
    piles = ((0.50, 0.49, 0.43),) if params["shape"] == "bowl" else ((0.53, 0.45, 0.39), (0.47, 0.54, 0.39))
    for cx, cy, size_ in piles:
        R = w * size_
        dx, dy = (X - w * cx) / R, (Y - h * cy) / R
        r, a = np.hypot(dx, dy), np.arctan2(dy, dx) + rng.uniform(0, 3)
        out, best = np.zeros((h, w, 3)), np.full((h, w), -1.0)
        for k, twist in enumerate((1.9, -1.9, 0.9, -0.9)):
            s = a + twist * (r - 0.2) + 0.3 * k
            n = 22
            f = (s * n / (2 * np.pi)) % 1
            i = np.floor(s * n / (2 * np.pi))
            strand = np.abs(((f * 3.5) % 1) - 0.5) * 2
            body = np.sqrt(np.clip(1 - strand**2, 0, 1)) * (f < 0.86)
            level = body + 0.7 * np.sin(np.pi * 2 * (r * 4.2 + 0.5 * k)) + 0.08 * k
            level = np.where(body > 0.05, level, -0.9)
            tone = mix(
                rgb("b78248") * np.ones((h, w, 3)),
                rgb("6f4526") * np.ones((h, w, 3)),
                np.clip(0.42 + 2.2 * tone_of(i, 2.0 + k), 0, 1),
            )
            lit = (0.42 + 0.62 * body)[..., None] * tone
            out = np.where((level > best)[..., None], lit, out)
            best = np.maximum(best, level)
        well = 0.72 + 0.34 * smooth(0.3, 0.85, r) - 0.16 * smooth(0.2, 0.9, dx + dy)
        if params["shape"] == "bowl":
            well = 0.50 + 0.60 * smooth(0.2, 0.95, r) - 0.22 * dx * smooth(0.3, 0.9, r)
        out = out * np.clip(well, 0.3, 1.3)[..., None] * np.clip(0.75 + 0.4 * best, 0.3, 1.15)[..., None] * 1.25
        lip = 1.0 - 0.035 * np.abs(np.sin(a * 22))
        mask = (r < lip).astype(float)
        ring = np.abs(r - 0.955 * lip) < 0.022
        out = np.where(ring[..., None], rgb("8d5a30") * (0.75 + 0.4 * np.sin(a * 90))[..., None], out)
        img = lay(img, np.where((best > -0.5)[..., None], out, rgb("2c1a10")), mask, 17)
    return daylight(img, 0.12)


def clutch(rng, params):
    img, h, w = _plan(params, rng)
    u, v = _turn(h, w, rng.uniform(-12, 12), 0.5, 0.5)
    hw, hh = w * 0.36, h * 0.165
    d = np.minimum(hw - np.abs(u), hh - np.abs(v))
    plump = 16 * np.sqrt(np.clip(1 - np.clip(1 - d / 40, 0, 1) ** 2, 0, 1))
    img = lay(
        img, _surface(h, w, u, v, None, params, 13.0, params["m"] == "twill", extra=plump), (d > 0).astype(float), 13
    )
    flap = np.minimum(d, hh * 0.12 - v)
    top = _surface(h, w, u, v + 400, None, params, 13.0, params["m"] != "twill", extra=plump)
    if params["m"] == "stripe":
        lines = sum(np.abs(v - at) < 7 for at in (-hh * 0.10, -hh * 0.30, -hh * 0.50)) > 0
        top = np.where(lines[..., None], top * np.array([0.75, 0.28, 0.24]), top)
    img = shadow(img, (flap > 0).astype(float), 3, 8, 6, 0.45)
    img = mix(img, top, (flap > 0).astype(float))
    tongue = (np.abs(u) < 34) & (v > -hh * 0.2) & (v < hh * 0.45)
    if params["m"] == "twill":
        img = lay(img, _surface(h, w, u, v, None, {**params, "pal": "gelap"}, 12.0), tongue.astype(float), 4)
    return daylight(img, 0.10)


def straws(rng, params):
    img, h, w = _plan(params, rng)
    u, v = _turn(h, w, rng.uniform(52, 62), 0.5, 0.5)
    r = 13.0
    for layer in range(3):
        shift = (layer % 2) * r
        n = np.floor((v + shift) / (2 * r)).astype(int)
        f = (v + shift) / r - 2 * n - 1
        limit = (10 - 2 * layer) * r
        ends = 400 + 22 * np.sin(n * 7.3 + layer * 2)
        mask = (np.abs(v) < limit) & (np.abs(u + 18 * np.sin(n * 3.1 + layer)) < ends) & (np.abs(f) < 0.99)
        tone = (
            rgb("c9b06a")
            * (1 + tone_of(n, 3 + layer))[..., None]
            * (0.45 + 0.62 * np.sqrt(np.clip(1 - f**2, 0, 1)) * (1 - 0.25 * f))[..., None]
        )
        tone = mix(
            tone,
            rgb("8f9a58") * (0.6 + 0.4 * np.sqrt(np.clip(1 - f**2, 0, 1)))[..., None],
            0.30 + 0.2 * np.sin(n * 2.3),
        )
        img = lay(img, tone, mask.astype(float), 8)
    band = (np.abs(u) < 32) & (np.abs(v) < 10.6 * r)
    out = (
        _surface(h, w, u, v, None, {"pal": "gelap", "m": "twill"}, 16.0)
        * (1.05 - 0.5 * (np.abs(v) / (10.6 * r)) ** 3)[..., None]
    )
    return daylight(lay(img, out, band.astype(float), 6), 0.10)


def slippers(rng, params):
    img, h, w = _plan(params, rng)
    for side in (-1, 1):
        u, v = _turn(h, w, side * 7, 0.5 + side * 0.185, 0.5)
        u = u * side
        t = v / (h * 0.36)
        half = w * (0.118 + 0.020 * np.sin(-t * 2.2 + 0.2) - 0.008 * t)
        curve = np.sqrt(np.clip(1 - np.abs(t) ** np.where(t > 0, 6.0, 3.2), 0, 1))
        mask = (np.abs(u - 12 * t) < half * curve) & (np.abs(t) < 1)
        out = _surface(h, w, u, v, None, params, 12.0, True)
        rim = half * curve - np.abs(u - 12 * t)
        edge = rgb("6b4a2c") if params["pal"] == "jerami" else rgb("7d1f22")
        out = mix(out, edge * (0.8 + 0.2 * np.sin(v / 3))[..., None], (rim < 10) * 1.0)
        img = lay(img, out, mask.astype(float), 14)
        strap = (t > -0.52) & (t < -0.10) & (np.abs(u - 12 * t) < half * curve + 6)
        f = (u - 12 * t) / (half + 8)
        cloth = (rgb("e6d7b8") if params["pal"] == "jerami" else rgb("92222a")) * (
            0.55 + 0.55 * np.sqrt(np.clip(1 - f**2, 0, 1)) - 0.15 * f
        )[..., None]
        cloth = cloth * (1 + 0.03 * np.sin(u / 1.6) * np.sin(v / 1.6))[..., None]
        stitch = (np.abs(np.abs(t + 0.31) - 0.185) < 0.006) & ((u % 12) < 7)
        img = lay(img, mix(cloth, rgb("c9a25a"), stitch * 0.8), strap.astype(float), 11)
    return daylight(img, 0.10)


def fan(rng, params):
    img, h, w = _plan(params, rng)
    u, v = _turn(h, w, rng.uniform(-16, 16), 0.5, 0.44)
    s = v / (h * 0.30)
    half = w * 0.34 * np.sqrt(np.clip(1 - np.abs(s) ** 2.3, 0, 1)) * (1 - 0.10 * s)
    mask = (np.abs(u) < half) & (np.abs(s) < 1)
    out = _surface(h, w, u, v, None, params, 15.0, True, extra=5 * noise(h, w, 200, rng))
    d = half - np.abs(u)
    out = mix(out, rgb("5c7a45") * (0.8 + 0.2 * np.sin(v / 4))[..., None], (d < 13) * 0.9)
    img = lay(img, out, mask.astype(float), 12)
    stick = (np.abs(u) < 15) & (v > -h * 0.24) & (v < h * 0.47)
    lit = rgb("cda964") * (0.55 + 0.55 * np.sqrt(np.clip(1 - (u / 15) ** 2, 0, 1)))[..., None]
    lit = lit * (1 - 0.4 * np.exp(-(((v - h * 0.36) / 4) ** 2)))[..., None]
    return daylight(lay(img, lit, stick.astype(float), 9), 0.10)


def weave_close(h, w, rng, pal="merah"):
    """Plaiting filling a picture, for pages."""
    y, x = grid(h, w)
    u, v = x + 3 * np.sin(y / 190), y + 3 * np.sin(x / 230)
    return (
        _surface(h, w, u, v, None, {"pal": pal, "m": "diamond"}, 40.0, True, 13.0)
        * (1.2 - 0.5 * np.hypot(x / w - 0.36, y / h - 0.3))[..., None]
    )
