"""What plaiting is made of: strips and ribs, how they cross, and how they take light.

Strips go over and under by rule, so every surface is woven again, never pasted on.
"""

import numpy as np

from shop.demo.art import solid
from shop.demo.art.studio import blur, mix, rgb, size, table

#: first strip, second strip, accent
TONES = {
    "jerami": ("dcbb7c", "b98a4f", "8a5b30"),
    "merah": ("dcbb7c", "cfa768", "94301f"),
    "hijau": ("dcbf84", "c9a766", "466b3c"),
    "gelap": ("d2ad6e", "5b3822", "8f5a30"),
    "bambu": ("e3cf96", "cfb574", "a58a4a"),
    "dua": ("e3cf96", "7a5430", "b58a4e"),
    "lidi": ("a5743f", "7d5230", "5a3820"),
    "alam": ("d3b47c", "b9935a", "8f6c3e"),
    "rukem": ("d8b878", "c6a161", "8c2028"),
}


def _fibre(along, across, seed):
    """Streaks along a strip."""
    return np.sin(across * 21 + seed) * 0.03 + np.sin(along * 0.11 + across * 37 + seed * 3) * 0.03


def tone_of(index, seed):
    value = np.sin(index * 127.1 + seed * 311.7) * 43758.5453
    return (value - np.floor(value) - 0.5) * 0.22


def woven(u, v, pal, figure="twill", strip=17.0, diagonal=False):
    """Colour and height at the texture places (u, v), for strips ``strip`` pixels wide."""
    first, second, accent = (rgb(c) for c in TONES[pal])
    if diagonal:
        u, v = (u + v) * 0.7071, (v - u) * 0.7071
    i, j = np.floor(u / strip).astype(int), np.floor(v / strip).astype(int)
    fu, fv = u / strip - i, v / strip - j
    sign = np.ones(i.shape, int)
    m = 24
    red_i, red_j = np.zeros(i.shape, bool), np.zeros(i.shape, bool)
    if figure == "diamond":
        sign = np.where(((i % m) < m / 2) ^ ((j % m) < m / 2), 1, -1)
        red_i, red_j = (i % m) % 12 < 3, (j % m) % 12 < 3
    elif figure == "stripe":
        red_i = (i % 14) < 3
    elif figure == "tumpal":
        red_i = (i % 10) < 2
    elif figure == "twill":
        red_i = (i % 16) < 1
    count = 2 if figure == "plain" else 4
    over = ((i + sign * j) % count) < count / 2
    half = count // 2
    step = (i + sign * j) % half if half > 1 else np.zeros(i.shape, int)

    def round_off(f):
        return np.clip(1 - (np.abs(f - 0.5) * 2) ** 6, 0, 1)

    def arch(position, f, s):
        p = np.where(s > 0, position, half - 1 - position)
        return np.sin(np.pi * np.clip((p + f) / half, 0.06, 0.94)) ** 0.45

    height = np.where(over, round_off(fu) * arch(step, fv, sign), round_off(fv) * arch(step, fu, np.ones(i.shape)))
    ca = np.where(red_i[..., None], accent, first) * (1 + tone_of(i, 1) + _fibre(v, fu, 2))[..., None]
    cb = np.where(red_j[..., None], accent, second) * (1 + tone_of(j, 5) + _fibre(u, fv, 4))[..., None]
    return np.where(over[..., None], ca, cb), height


def ribs(u, v, pal="lidi", gap=10.0, bind=96.0):
    """Ribs side by side along v, bound by a cord every ``bind`` pixels."""
    first, second, accent = (rgb(c) for c in TONES[pal])
    i = np.floor(u / gap).astype(int)
    f = u / gap - i
    height = np.sqrt(np.clip(1 - (2 * f - 1) ** 2, 0, 1))
    tone = np.clip(0.5 + tone_of(i, 3) * 3, 0, 1)
    colour = mix(np.broadcast_to(first, u.shape + (3,)), np.broadcast_to(second, u.shape + (3,)), tone)
    d = np.abs((v + bind / 2) % bind - bind / 2)
    cord = (d < 8) & ((i % 2 == 0) ^ (np.floor(v / bind + 0.5) % 2 == 0))
    return np.where(cord[..., None], accent * 0.9, colour * (1 + 0.04 * np.sin(v / 7 + i))[..., None]), np.where(
        cord, 1.25, height
    )


def texture(u, v, params, strip=17.0, diagonal=False):
    if params["pal"] == "lidi" or params.get("m") == "plain":
        return ribs(u, v)
    return woven(u, v, params["pal"], params.get("m", "twill"), strip, diagonal)


def shaded(b, colour, height, relief=6.5, ambient=0.33):
    N = solid.bump(b, height * relief, 0.8)
    gap = 0.46 + 0.60 * blur(height, 1.2)
    return solid.lambert(N, colour, ambient) * np.clip(gap, 0.2, 1.08)[..., None] * 1.10 + solid.gloss(N, 18, 0.05)


def stage(params, rng, base, pitch, horizon):
    h, w = size()
    return table(params["ground"], h, w, rng, horizon), solid.Solids(h, w, base=h * base, pitch=pitch)


def leather(b, colour="6a4228"):
    return solid.lambert(b["N"], np.broadcast_to(rgb(colour), b["N"].shape)) + solid.gloss(b["N"], 24, 0.12)


def finish(img, s, params, parts=None, strip=17.0, diagonal=False, inside=0.42):
    """Material 0 is plaited, 1 its inside, 2 leather or cord, 3 a rim of rattan; ``parts`` adds others."""
    b = s.render()
    colour, height = texture(b["u"], b["v"], params, strip, diagonal)
    out = shaded(b, colour, np.where(b["material"] <= 1, height, 0.8))
    out = np.where((b["material"] == 1)[..., None], out * inside, out)
    out = np.where((b["material"] == 2)[..., None], leather(b), out)
    rattan = rgb("b88a4c") * (1 + 0.16 * np.sin(b["v"] / 5.5))[..., None]
    out = np.where((b["material"] == 3)[..., None], solid.lambert(b["N"], rattan), out)
    for number, colour_of in (parts or {}).items():
        out = np.where((b["material"] == number)[..., None], colour_of(b), out)
    return solid.stand(img, s, out, b, 0.6)
