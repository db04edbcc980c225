"""Kain cual: an ikat ground, gold picked into it in steps of a thread, heads with rows of bamboo shoots."""

import numpy as np
from scipy.ndimage import gaussian_filter1d

from shop.demo.art.motifs import stamp
from shop.demo.art.studio import blur, mix, noise, rgb

#: ground, dark, ikat middle, ikat light, shadow band, metal
PALETTES = {
    "gula": ("6b1220", "33080f", "9e2430", "d89a3c", "1d4a4c", "d9a94a"),
    "rukem": ("92222a", "4d1018", "bd473a", "e8b45a", "3a1a2e", "e0b257"),
    "hijau": ("1f5138", "0d2a1e", "3d7d4a", "cfa944", "5b1a22", "d8b058"),
    "biru": ("1b3f5e", "0c1f33", "2f6f8a", "b9c7b0", "4a1a2c", "d6b262"),
    "ungu": ("47244f", "22102a", "7a4a80", "c79a6a", "1f3a4a", "d0a45e"),
    "jingga": ("b8541f", "5f2410", "d98436", "f0cf8a", "5a1622", "e9c27a"),
    "kuning": ("c99528", "7a4a12", "dcb651", "f3e2a6", "7c1c22", "8c2a24"),
    "hitam": ("20232a", "0e1014", "7a1c26", "b98b48", "27424a", "d4a652"),
}
SOFT_METAL = {"copper": "c98a55", "ivory": "eee0c2"}
LIVING = {"bebek", "kudalaut", "merak", "hong", "garuda", "naga"}
BIG = {"merak": 60, "hong": 56, "garuda": 84, "naga": 92, "kudalaut": 50, "bebek": 38}


def _place(gold, figure, cy, cx):
    n, m = figure.shape
    y0, x0 = int(cy - n / 2), int(cx - m / 2)
    ya, xa = max(0, y0), max(0, x0)
    yb, xb = min(gold.shape[0], y0 + n), min(gold.shape[1], x0 + m)
    if ya < yb and xa < xb:
        gold[ya:yb, xa:xb] |= figure[ya - y0 : yb - y0, xa - x0 : xb - x0]


def _border(th, tw, y, x, kind):
    """Gold of a head panel; ``y`` threads from its outer edge. Returns gold and the height used."""
    tall = 64 if kind == "tall" else 44
    p = 26 if kind == "tall" else 20
    steps = np.floor(y / 2) * 2
    a = np.abs((x % p) - p / 2 + 0.5)
    reach = (tall + 6 - steps) * p / 2 / tall
    tri, inner = a < reach, a < reach - 3.2
    core = (a + np.abs(steps - 16) * 0.5) < 3.6
    band = (y > 7) & (y < tall + 6)
    gold = ((y > 2) & (y < 5)) | (band & ((tri & ~inner) | (core & inner)))
    lo = tall + 8
    s = np.abs((x % 12) - 6 + 0.5) + np.abs(y - lo - 8)
    gold |= ((y > lo) & (y < lo + 2)) | ((y > lo + 14) & (y < lo + 16)) | ((s < 5.5) & (s > 1.8))
    return gold, lo + 18


def _ikat(th, tw, X, Y, pitch, colours, strength, rng):
    """Diamonds dyed into the weft: soft edges along the thread, each thread a little off."""
    ground, dark, middle, light, band, _ = colours
    shift = (
        gaussian_filter1d(rng.normal(0, 1, th), 0.6)[:, None] * 1.5
        + gaussian_filter1d(rng.normal(0, 1, th), 7)[:, None] * 3
    )
    Xi = X + shift
    u = np.abs(((Xi + pitch / 2) % pitch) - pitch / 2)
    v = np.abs(((Y + pitch / 2) % pitch) - pitch / 2)
    d = (u + v) / pitch
    img = np.broadcast_to(ground, (th, tw, 3)).copy()

    def zone(lo, hi):
        return blur(((d >= lo) & (d < hi)).astype(float), (0.5, 1.9))

    img = mix(img, band, zone(0.40, 0.50) * 0.75 * strength)
    img = mix(img, dark, zone(0.33, 0.42) * 0.9 * strength)
    img = mix(img, middle, zone(0.14, 0.33) * 0.85 * strength)
    img = mix(img, dark, zone(0.09, 0.16) * 0.6 * strength)
    return mix(img, light, zone(0.0, 0.10) * strength)


def _body(gold, spec, X, Y, y0, y1, tw):
    """Gold figures of the middle of the cloth."""
    name, full = spec["m"], spec["layout"] == "full"
    if name in ("limar", "tumpal"):
        return
    n = BIG.get(name, 34 if full else 26)
    n = max(9, int(n * spec["grow"]))
    pitch = spec["pitch"]
    if name in LIVING:
        wide = n * (1.15 if full else 1.5)
        tall = n * (1.05 if full else 1.9)
        flip = False
        rows = np.arange(y0 + tall * 0.6, y1 - n * 0.3, tall)
        for j, cy in enumerate(rows):
            flip = j % 2 == 1 if name != "bebek" or not full else False
            start = tw / 2 - wide * np.ceil(tw / 2 / wide)
            for i, cx in enumerate(np.arange(start, tw + wide, wide)):
                one = name in ("naga",) or (name == "kudalaut" and full)
                turned = (i % 2 == 1) if one else flip
                _place(gold, stamp(name, n, turned), cy, cx + (0 if full or name == "bebek" else (j % 2) * wide / 2))
                if full:
                    _place(gold, stamp("tabur", 9), cy + tall / 2, cx + wide / 2)
        return
    if full:
        for cy in np.arange(y0 - pitch, y1 + pitch, pitch):
            for cx in np.arange(tw / 2 - pitch * np.ceil(tw / 2 / pitch), tw + pitch, pitch):
                _place(gold, stamp(name, n), cy + pitch / 2, cx + pitch / 2)
                _place(gold, stamp("leaf4", int(n * 0.8)), cy, cx)
        a = np.abs(((X - tw / 2) % pitch) - pitch / 2) + np.abs((Y - y0 + pitch) % pitch - pitch / 2)
        net = np.abs(np.floor(a / 2) * 2 - pitch * 0.5) < 1.2
        gold |= net & (y0 < Y) & (y1 > Y) & ((np.floor(X / 2) + np.floor(Y / 2)) % 2 < 1)
    else:
        step = pitch * (0.92 if name == "tabur" else 1.15)
        for j, cy in enumerate(np.arange(y0 + step * 0.6, y1 - n * 0.4, step)):
            start = tw / 2 - step * np.ceil(tw / 2 / step) + (j % 2) * step / 2
            for cx in np.arange(start, tw + step, step):
                _place(gold, stamp(name, n), cy, cx)


def weave(height, width, params, rng, heads=(False, True), sides=True, thread=3, grow=1.0):
    """A piece of cual of so many pixels: its colours, and where the gold lies (0 or 1)."""
    th, tw = int(np.ceil(height / thread)), int(np.ceil(width / thread))
    Y, X = np.mgrid[0:th, 0:tw].astype(float)
    colours = [rgb(c) for c in PALETTES[params["pal"]]]
    jitter = rng.normal(0, 0.010, 3)
    colours = [np.clip(c + jitter * (i < 4), 0, 1) for i, c in enumerate(colours)]
    if params.get("metal"):
        colours[5] = rgb(SOFT_METAL[params["metal"]])
    spec = {
        "m": params["m"],
        "layout": params.get("layout", "open"),
        "pitch": int((46 + rng.integers(-4, 8)) * grow),
        "grow": grow,
    }
    limar = params["m"] == "limar"
    strength = 1.0 if limar else (0.85 if spec["layout"] == "full" else 0.0)
    pitch = spec["pitch"] * (1.0 if not limar else 1.15)
    img = _ikat(th, tw, X - tw / 2, Y, pitch, colours, strength, rng)
    if strength == 0:
        line = np.exp(-((((Y + 9 * np.sin(X / 40)) % (pitch * 1.7)) / 2.2) ** 2))
        img = mix(img, colours[2], 0.32 * blur(line, (0.6, 4)))
    gold = np.zeros((th, tw), bool)
    kind = "tall" if params["m"] == "tumpal" or limar else "short"
    y0, y1, used = 0, th, 0
    panels = []
    for at_end, present in zip(("top", "bottom"), heads, strict=True):
        if present:
            dist = Y if at_end == "top" else th - 1 - Y
            edge, used = _border(th, tw, dist, X - tw / 2, kind)
            panels.append((dist < used, edge))
            y0, y1 = (used, y1) if at_end == "top" else (y0, th - used)
    _body(gold, spec, X, Y, y0, y1, tw)
    for area, edge in panels:
        stripe = (np.abs((X % 20) - 10) < 4) * 0.35
        img = np.where(area[..., None], mix(np.broadcast_to(colours[1], img.shape), colours[0], stripe), img)
        gold = np.where(area, edge, gold)
    if sides:
        d = np.minimum(X, tw - 1 - X)
        rim = d < 9
        img = np.where(rim[..., None], colours[1], img)
        gold = np.where(rim, ((d > 2) & (d < 4)) | ((d > 6) & (d < 8) & (Y % 4 < 2)), gold)
    if limar and params.get("gold") == "0":
        gold[:] = False
    return _threads(img, gold, colours[5], thread, rng, height, width)


def _threads(img, gold, metal, thread, rng, height, width):
    th, tw = gold.shape
    gold = gold & (rng.random((th, tw)) > 0.012)
    tone = gaussian_filter1d(rng.normal(0, 1, th), 1)[:, None] * 0.09 + rng.normal(0, 0.07, (th, tw))
    under = np.roll(blur(gold.astype(float), 0.6), 1, 0) * ~gold
    img = img * (1 - 0.45 * under[..., None])
    img = np.where(gold[..., None], np.clip(metal * (1 + tone[..., None]), 0, 1), img)
    img = img.repeat(thread, 0).repeat(thread, 1)[:height, :width]
    lit = gold.repeat(thread, 0).repeat(thread, 1)[:height, :width].astype(float)
    y, x = np.mgrid[0:height, 0:width]
    warp = 0.93 + 0.07 * np.sin(np.pi * (x + 0.5) / thread) ** 2
    weft = 0.88 + 0.14 * np.sin(np.pi * ((y % thread) + 0.5) / thread)
    twill = 1 + 0.07 * (((x // thread + y // thread) % 2) - 0.5)
    slub = 1 + 0.014 * noise(height, width, 1.5, rng, 20)
    return img * (np.where(lit > 0, weft * twill, warp * weft) * slub)[..., None] * 1.06, lit
