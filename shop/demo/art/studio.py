"""The studio every picture is taken in: colours, noise, grounds, shadows and the way a picture is saved."""

import io

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

#: Pictures are drawn larger and scaled down, which smooths every edge at once.
SUPERSAMPLE = 1.5
MAX_BYTES = 118_000

GROUNDS = {
    "linen": "e4d9c6",
    "wood": "8a6244",
    "stone": "a9a49b",
    "plaster": "e6dccd",
    "paper": "f1eadd",
    "cotton": "efe6d8",
    "dark": "3b2a25",
}


def rgb(code):
    """A colour as three floats from 0 to 1."""
    return np.array([int(code[i : i + 2], 16) for i in (0, 2, 4)], "float32") / np.float32(255)


def blur(field, sigma):
    """A Gaussian blur; a wide one is done on a smaller picture, which looks the same and takes a tenth of the time."""
    if np.ndim(sigma) or sigma < 3 or field.ndim != 2:
        return gaussian_filter(np.asarray(field, "float32"), sigma)
    h, w = field.shape
    k = max(2, int(sigma / 1.6))
    box = Image.fromarray(np.asarray(field, "float32"), "F").resize(
        (max(2, w // k), max(2, h // k)), Image.Resampling.BOX
    )
    soft = gaussian_filter(np.asarray(box), sigma / k)
    return np.asarray(Image.fromarray(soft, "F").resize((w, h), Image.Resampling.BICUBIC))


def mix(a, b, t):
    """Between two colours or pictures; ``t`` may be a number or a mask."""
    t = np.asarray(t, "float32")
    if t.ndim == 2:
        t = t[..., None]
    return a * (1 - t) + b * t


def smooth(low, high, x):
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def noise(h, w, scale, rng, stretch=1.0):
    """Soft noise, mean 0 and deviation about 1, with blobs of ``scale`` pixels, ``stretch`` times as wide."""
    small_h = max(3, int(h / scale) + 2)
    small_w = max(3, int(w / (scale * stretch)) + 2)
    field = Image.fromarray(rng.normal(0, 1, (small_h, small_w)).astype("float32"), "F")
    out = np.asarray(field.resize((w, h), Image.Resampling.BICUBIC))
    return out / np.float32(out.std() + 1e-9)


def size(width=640, height=800):
    return int(height * SUPERSAMPLE), int(width * SUPERSAMPLE)


def grid(h, w):
    return np.mgrid[0:h, 0:w].astype("float32")


def _linen(h, w, rng, colour):
    y, x = grid(h, w)
    warp = np.sin(np.pi * x / 2.6 + 0.5 * noise(h, w, 60, rng))
    weft = np.sin(np.pi * y / 2.6 + 0.5 * noise(h, w, 60, rng))
    slub = 0.8 * noise(h, w, 2, rng, 30) + 0.8 * noise(w, h, 2, rng, 30).T
    return colour * (1 + 0.022 * warp + 0.022 * weft + 0.028 * slub + 0.012 * noise(h, w, 160, rng))[..., None]


def _wood(h, w, rng, colour):
    y, _ = grid(h, w)
    broad = noise(h, w, 16, rng, 30)
    fine = noise(h, w, 2, rng, 40)
    ring = np.sin((y + 22 * noise(h, w, 60, rng, 10)) / 15)
    out = colour * (1 + 0.085 * broad + 0.06 * fine + 0.05 * ring)[..., None]
    plank = h / 3.4
    seam = np.exp(-((((y + plank * 0.35) % plank) / 1.8) ** 2))
    index = np.floor((y + plank * 0.35) / plank).astype(int)
    tone = rng.normal(1, 0.06, 12)[index]
    return out * tone[..., None] * (1 - 0.6 * seam)[..., None]


def _stone(h, w, rng, colour):
    grain = noise(h, w, 3, rng)
    out = colour * (1 + 0.045 * noise(h, w, 70, rng) + 0.05 * grain)[..., None]
    dark = blur((rng.random((h, w)) < 0.006).astype(float), 1.5) * 9
    pink = blur((rng.random((h, w)) < 0.004).astype(float), 2.2) * 14
    out = mix(out, rgb("3d3c3b"), np.clip(dark, 0, 0.7))
    return mix(out, rgb("c9b3a4"), np.clip(pink, 0, 0.55))


def _plaster(h, w, rng, colour):
    trowel = noise(h, w, 26, rng, 2.5)
    return colour * (1 + 0.012 * noise(h, w, 180, rng) + 0.009 * trowel + 0.006 * noise(h, w, 1, rng))[..., None]


def ground(name, h, w, rng):
    """A surface seen from above, in even light."""
    colour = rgb(GROUNDS[name])
    if name in ("linen", "cotton"):
        return _linen(h, w, rng, colour)
    if name in ("wood", "dark"):
        return _wood(h, w, rng, colour)
    if name == "stone":
        return _stone(h, w, rng, colour)
    return _plaster(h, w, rng, colour)


def table(name, h, w, rng, horizon=0.6):
    """A wall and the edge-on surface things stand on: the light comes from a window at the upper left."""
    wall = _plaster(h, w, rng, rgb("e2d8c9"))
    y, x = grid(h, w)
    light = 1.06 - 0.26 * smooth(0.1, 1.1, x / w) - 0.10 * smooth(0.0, 1.0, y / h)
    wall = wall * light[..., None]
    top = ground("linen" if name == "plaster" else name, h, w, rng)
    near = smooth(horizon, 1.05, y / h)
    top = top * (0.80 + 0.24 * near - 0.12 * smooth(0.3, 1.2, x / w))[..., None]
    edge = smooth(horizon * h - 2, horizon * h + 2, y)
    haze = np.exp(-(((y - horizon * h) / (0.02 * h)) ** 2)) * 0.14
    return mix(wall, top, edge) * (1 - haze)[..., None]


def daylight(img, strength=0.24):
    """Light that falls off from the upper left, for things seen from above."""
    h, w = img.shape[:2]
    y, x = grid(h, w)
    r = np.hypot(x / w - 0.34, y / h - 0.28)
    return img * (1.08 - strength * r**1.3 * 1.5)[..., None]


def shadow(img, mask, dx, dy, radius, strength):
    """Darkens where ``mask`` throws its shadow."""
    moved = np.zeros(mask.shape, "float32")
    dx, dy = int(dx), int(dy)
    h, w = mask.shape
    moved[max(dy, 0) : h + min(dy, 0), max(dx, 0) : w + min(dx, 0)] = mask[
        max(-dy, 0) : h + min(-dy, 0), max(-dx, 0) : w + min(-dx, 0)
    ]
    soft = blur(moved, radius)
    return img * (1 - strength * np.clip(soft, 0, 1)[..., None] * np.array([0.92, 0.97, 1.0], "float32"))


def lay(img, colour, mask, lift=10):
    """Puts a flat thing on the ground with a close and a wide shadow."""
    img = shadow(img, mask, lift * 0.9, lift * 1.1, lift * 1.3, 0.42)
    img = shadow(img, mask, 2, 3, 3, 0.35)
    return mix(img, colour, blur(mask, 0.7))


def finish(img, width=640, height=800, grade=1.0):
    """The finished picture: scaled down, a soft curve, a breath of grain-free warmth."""
    img = np.clip(img, 0, 1.25)
    img = img / (1 + 0.12 * img) * 1.12
    img = np.clip(img, 0, 1) ** (1 / grade)
    picture = Image.fromarray((np.clip(img, 0, 1) * 255).astype("uint8"))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def to_webp(picture):
    """The picture as WebP bytes, at the best quality that stays below the limit."""
    for quality in (82, 76, 70, 62, 54, 46, 38, 30, 24, 18):
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        if out.tell() <= MAX_BYTES:
            break
    return out.getvalue()
