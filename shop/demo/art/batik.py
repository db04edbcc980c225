"""Batik: figures kept white by wax and lines that may bend as they please, in two or three dye baths."""

import numpy as np
from PIL import Image
from scipy.ndimage import rotate

from shop.demo.art.motifs import figure
from shop.demo.art.studio import blur, mix, noise, rgb

#: dyed ground, second bath, figure, line and dot (white of the wax)
PALETTES = {
    "daun": ("2c5a3f", "1d3d2c", "8fb06a", "f1ead6"),
    "nila": ("22406e", "152a4d", "7fa0c4", "f2eee2"),
    "kopi": ("e9dcc2", "8a5f3c", "5d3a24", "fbf5e6"),
    "malam": ("1c2230", "10141f", "c98f3d", "f0dcae"),
    "bata": ("94402c", "5e2219", "d99a72", "f6e7d3"),
    "toska": ("2a7d80", "1a5560", "8ccac0", "f1f2e4"),
    "ungu": ("5b3568", "3b2147", "b491bd", "f3e9f0"),
    "kelabu": ("6d747b", "4b5259", "c3c8ca", "f6f4ee"),
    "kuning": ("d7a63c", "9a6b20", "f3dc98", "fff7e2"),
    "krem": ("efe3cb", "cdb48a", "9a6f45", "fffaf0"),
}


def _dots(h, w, rng, step, avoid):
    y, x = np.mgrid[0:h, 0:w].astype(float)
    a = ((x + 3 * np.sin(y / 37)) % step) - step / 2
    b = ((y + np.where((x // step) % 2 == 0, 0, step / 2) + 3 * np.sin(x / 41)) % step) - step / 2
    return (np.hypot(a, b) < 2.6) & ~avoid


def _vine(h, w, rng, gap):
    y, x = np.mgrid[0:h, 0:w].astype(float)
    shift = ((x + 26 * np.sin(y / 60) + gap / 2) % gap) - gap / 2
    return np.exp(-((shift / 3.0) ** 2))


def _waves(h, w, gap):
    """Scales of water, row behind row: distance lines of staggered half circles."""
    y, x = np.mgrid[0:h, 0:w].astype(float)
    row = np.floor(y / (gap * 0.5))
    out = np.zeros((h, w))
    for back in (1, 0):
        r = row + back
        cx = ((x + np.where(r % 2 == 0, 0, gap / 2)) % gap) - gap / 2
        d = np.hypot(cx, (r + 1) * gap * 0.5 - y)
        inside = d < gap * 0.5
        ring = np.abs(((d / gap * 7.2) % 1) - 0.5) < 0.19
        out = np.where(inside, ring * 1.0, out)
    return out


def _spread(h, w, name, rng, big, gap, turn, white, body):
    for j, cy in enumerate(np.arange(gap * 0.3, h + gap, gap * 0.86)):
        for cx in np.arange((j % 2) * gap / 2, w + gap, gap):
            n = int(big * rng.uniform(0.9, 1.06))
            fill, cut = figure(name, n)
            if turn:
                angle = rng.uniform(*turn)
                fill, cut = (rotate(m, angle, reshape=False, order=1) for m in (fill, cut))
            if name == "fish" and j % 2:
                fill, cut = fill[:, ::-1], cut[:, ::-1]
            y0, x0 = int(cy + rng.normal(0, 3) - n / 2), int(cx + rng.normal(0, 3) - n / 2)
            ya, xa, yb, xb = max(0, y0), max(0, x0), min(h, y0 + n), min(w, x0 + n)
            if ya >= yb or xa >= xb:
                continue
            part = (slice(ya - y0, yb - y0), slice(xa - x0, xb - x0))
            body[ya:yb, xa:xb] = np.maximum(body[ya:yb, xa:xb], fill[part])
            halo = np.clip(blur(fill, 1.6) * 2.4, 0, 1) - fill
            lines = np.clip(cut + np.clip(halo, 0, 1), 0, 1)
            white[ya:yb, xa:xb] = np.maximum(white[ya:yb, xa:xb], lines[part])


def draw(height, width, params, rng, heads=(False, True), sides=True, thread=3, grow=1.0):
    """A piece of batik of so many pixels; the second value says where gold lies, and there is none."""
    h, w = height, width
    ground, dark, figure_tone, line = (rgb(c) for c in PALETTES[params["pal"]])
    name = params["m"]
    scale = grow * (thread / 3) ** 0.5
    body, white = np.zeros((h, w)), np.zeros((h, w))
    sea = None
    if name == "waves":
        white = _waves(h, w, 118 * scale)
    elif name == "nagabatik":
        sea = _waves(h, w, 84 * scale)
        _spread(h, w, "naga", rng, int(230 * scale), 250 * scale, (-8, 8), white, body)
    else:
        big = {"simpor": 120, "fish": 104, "coffee": 108, "pepper": 150, "simporbloom": 118, "kenanga": 110}[name]
        turn = {"simpor": (-70, 70), "simporbloom": (0, 72), "fish": (-16, 16), "kenanga": (0, 45)}.get(name, (-5, 5))
        gap = big * (1.12 if name != "pepper" else 1.18)
        if name == "simpor":
            _spread(h, w, name, rng, int(big * 1.15 * scale), gap * scale, turn, np.zeros((h, w)), body)
        under = body.copy()
        body[:] = 0
        if grow > 3:
            scale, gap = 3.4, 4000
            _single(h, w, name, white, body, int(w * 0.74))
        else:
            _spread(h, w, name, rng, int(big * scale), gap * scale, turn, white, body)
        if name == "simpor":
            sea = under * (1 - np.clip(body * 3, 0, 1))
    bath = noise(h, w, 90, rng)
    img = np.broadcast_to(ground, (h, w, 3)) * (1 + 0.030 * bath)[..., None]
    if name == "waves":
        img = mix(img, dark, np.clip(0.15 + 0.75 * np.mgrid[0:h, 0:w][0] / h, 0, 1))
    if sea is not None:
        img = mix(img, dark if name == "simpor" else figure_tone, np.clip(sea, 0, 1) * 0.7)
    dots = _dots(h, w, rng, 17, blur(body + white, 5) > 0.05)
    if name != "waves":
        img = mix(img, line if params["pal"] not in ("kopi", "krem") else dark, dots * 0.85)
    if name == "pepper":
        img = mix(img, dark, _vine(h, w, rng, 150 * 1.18 * scale) * 0.6)
    tone = np.clip(0.5 + 0.25 * noise(h, w, 34, rng), 0, 1)
    filled = mix(np.broadcast_to(figure_tone, (h, w, 3)), dark if name != "coffee" else figure_tone * 0.8, tone * 0.28)
    img = mix(img, filled, np.clip(body, 0, 1))
    img = mix(img, line, np.clip(blur(white, 0.8), 0, 1) * 0.94)
    if name == "fish" and params["pal"] == "kelabu":
        orange = np.zeros((h, w))
        orange[int(h * 0.45) : int(h * 0.45) + 118, int(w * 0.42) : int(w * 0.42) + 110] = 1
        img = mix(img, rgb("d9772e"), body * orange * 0.9)
    crack = np.abs(noise(h, w, 46, rng) + 0.5 * noise(h, w, 17, rng))
    img = mix(img, dark, (crack < 0.022) * np.clip(body + white, 0, 1) * 0.5)
    for present, edge in zip(heads, (0, 1), strict=True):
        if present:
            img = _edge(img, h, w, edge, (ground, dark, figure_tone, line))
    weave = np.asarray(Image.fromarray((rng.random((h, w)) * 255).astype("uint8")), float) / 255 - 0.5
    img = img * (1 + 0.05 * weave + 0.02 * blur(weave, (0.5, 4)) * 6)[..., None]
    return np.clip(img, 0, 1), np.zeros((h, w))


def _single(h, w, name, white, body, n):
    fill, cut = figure(name, n)
    y0, x0 = int(h * 0.52 - n / 2), int(w / 2 - n / 2)
    ya, yb = max(0, y0), min(h, y0 + n)
    body[ya:yb, x0 : x0 + n] = fill[ya - y0 : yb - y0]
    white[ya:yb, x0 : x0 + n] = cut[ya - y0 : yb - y0]


def _edge(img, h, w, edge, colours):
    """A plain band with a row of small triangles along one end."""
    _, dark, figure_tone, line = colours
    y, x = np.mgrid[0:h, 0:w].astype(float)
    d = y if edge == 0 else h - 1 - y
    band = d < 74
    img = np.where(band[..., None], mix(np.broadcast_to(dark, img.shape), img, 0.12), img)
    a = np.abs((x % 40) - 20)
    tri = (d > 14) & (a < (64 - d) * 20 / 50) & band
    inner = (d > 20) & (a < (52 - d) * 20 / 50) & band
    img = mix(img, line, (tri & ~inner) * 0.92)
    img = mix(img, figure_tone, inner * 0.85)
    return mix(img, line, ((np.abs(d - 8) < 2) | (np.abs(d - 70) < 2.5)) * 0.92)
