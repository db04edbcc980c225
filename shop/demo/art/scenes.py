"""Wide pictures for pages: cloth and process. Still lives are in ``still``, drawn people and places in ``places``."""

import numpy as np

from shop.demo.art import textile
from shop.demo.art.cloth import GOLD_LIGHT, fringe, pick, relit
from shop.demo.art.places import sea, stall, story_loom, story_marsh
from shop.demo.art.still import (
    craft_batik,
    craft_cual,
    craft_knit,
    craft_kopiah,
    craft_pewter,
    craft_plait,
    craft_satam,
)
from shop.demo.art.studio import blur, daylight, grid, ground, lay, mix, noise, rgb, shadow, smooth

__all__ = [
    "craft_batik",
    "craft_cual",
    "craft_knit",
    "craft_kopiah",
    "craft_pewter",
    "craft_plait",
    "craft_satam",
    "dye",
    "finish",
    "hero",
    "opening",
    "sea",
    "share",
    "stall",
    "story_loom",
    "story_marsh",
    "tie",
    "warp",
    "weave",
]


def _cual(h, w, rng, pal, motif, layout, heads=(False, False), grow=1.5, thread=4):
    return textile.weave(h, w, {"pal": pal, "m": motif, "layout": layout}, rng, heads, False, thread, grow)


def _folds(h, w, rng, angle, waves, tilt=1.0):
    Y, X = grid(h, w)
    a = np.radians(angle)
    p, q = X * np.cos(a) + Y * np.sin(a), -X * np.sin(a) + Y * np.cos(a)
    bend = 90 * np.sin(q / 520 + rng.uniform(0, 6)) + 40 * noise(h, w, 420, rng)
    z = np.zeros((h, w), "float32")
    for wave, amp in waves:
        s = np.sin(2 * np.pi * (p + bend) / wave + rng.uniform(0, 6))
        z += amp * (1 - 2 * np.abs(0.5 - (0.5 + 0.5 * s)) ** 1.6)
    return blur(z * tilt + 2 * noise(h, w, 80, rng), 10)


def _draped(h, w, rng, colour, gold, z, pull=26):
    Y, X = grid(h, w)
    gy, gx = np.gradient(z)
    y0, x0 = (colour.shape[0] - h) / 2, (colour.shape[1] - w) / 2
    ty, tx = Y + y0 - pull * gy, X + x0 - pull * gx
    return relit(pick(colour, ty, tx), pick(gold, ty, tx), z, 1.5)


def hero(rng, params):
    """Wide folds; the left stays calm and darker for the words laid over it."""
    h, w = 900, 1600
    colour, gold = _cual(h + 200, w + 200, rng, "gula", "rosette", "full", (False, True), 1.45, 3)
    z = _folds(h, w, rng, 24, ((560, 44), (300, 15), (150, 4)))
    img = _draped(h, w, rng, colour, gold, z)
    _, X = grid(h, w)
    return img * (0.50 + 0.58 * smooth(0.0, 0.62, X / w))[..., None]


def opening(rng, params):
    h, w = 900, 1600
    colour, gold = _cual(h + 200, w + 200, rng, "gula", "tumpal", "open", (False, True), 2.6, 5)
    z = _folds(h, w, rng, 8, ((900, 26), (420, 9)))
    img = _draped(h, w, rng, colour, gold, z)
    Y, _ = grid(h, w)
    return img * (0.62 + 0.46 * smooth(0.1, 0.75, Y / h))[..., None]


def share(rng, params):
    h, w = 630, 1200
    colour, gold = _cual(h + 160, w + 160, rng, "gula", "rosette", "full", (False, True), 1.3)
    return _draped(h, w, rng, colour, gold, _folds(h, w, rng, 16, ((520, 24), (240, 8))))


def _threads(h, w, rng, gap, colour, along=0):
    """Parallel threads with their own light: along 0 runs across the picture, 1 down it."""
    Y, X = grid(h, w)
    place = (Y if along == 0 else X) + 1.5 * noise(h, w, 160, rng)
    run = X if along == 0 else Y
    i = np.floor(place / gap)
    f = place / gap - i
    body = np.sqrt(np.clip(1 - (2 * f - 1) ** 2, 0, 1))
    twist = 1 + 0.10 * np.sin(run / 5 + i * 2.1 + f * 4)
    tone = 1 + 0.06 * np.sin(i * 12.9898)
    return colour * (0.34 + 0.72 * body * twist * tone)[..., None], i, f


def tie(rng, params):
    """Weft stretched on a frame, bundles bound where the dye must not reach."""
    h, w = 900, 1200
    Y, X = grid(h, w)
    base = np.broadcast_to(rgb("efe4cd"), (h, w, 3)).copy()
    d = (np.abs(((X + 110) % 220) - 110) + np.abs(((Y + 100) % 200) - 100) * 1.1) / 220
    base = mix(base, rgb("e3cfa0"), smooth(0.5, 0.2, d) * 0.4)
    img, i, f = _threads(h, w, rng, 9, base)
    bundle = np.floor(Y / 36)
    within = Y / 36 - bundle
    img = img * (0.55 + 0.55 * np.sin(np.pi * np.clip(within, 0.03, 0.97)) ** 0.5)[..., None]
    centre = ((bundle * 36 + 18) + 100) % 200 - 100
    for k in range(-1, 7):
        for side in (-1, 1):
            at = 220 * k + 110 + side * (18 + np.abs(centre) * 0.85) + 4 * np.sin(bundle * 5.1 + k)
            t = (X - at) / 17
            on = (np.abs(t) < 1) & (within > 0.02) & (within < 0.98)
            lit = (0.30 + 0.75 * np.sin(np.pi * np.clip(within, 0.04, 0.96)) ** 0.6) * (
                0.8 + 0.25 * np.sin((X - at) * 1.15 + within * 3)
            )
            img = img * (1 - 0.35 * np.exp(-(((t - 1.1) / 0.4) ** 2)))[..., None]
            img = np.where(on[..., None], rgb("6b1220") * lit[..., None] * 1.35, img)
            tail = (np.abs(X - at - 8 - (Y - bundle * 36) * 0.5) < 2.4) & (within > 0.35)
            img = mix(img, rgb("8c2433"), tail * 0.85)
    for y0 in (-8, h - 46):
        bar = (y0 < Y) & (y0 + 54 > Y)
        wood = (
            rgb("7d5233")
            * (1 + 0.10 * noise(h, w, 3, rng, 40))[..., None]
            * (0.5 + 0.6 * np.sin(np.pi * np.clip((Y - y0) / 54, 0, 1)))[..., None]
        )
        img = shadow(img, bar.astype(float), 0, 12, 10, 0.5)
        img = mix(img, wood, bar.astype(float))
    return daylight(img, 0.26)


def dye(rng, params):
    """A vat from above: hanks hang over a stick, half in the red."""
    h, w = 900, 1200
    Y, X = grid(h, w)
    img = daylight(ground("stone", h, w, rng), 0.26)
    r = np.hypot((X - 600) / 1.12, Y - 470)
    rim = (r < 400).astype(float)
    steel = rgb("8f969c") * (0.75 + 0.5 * np.sin(np.arctan2(Y - 470, X - 600) - 2.4))[..., None]
    img = lay(img, steel, rim, 26)
    inner = r < 368
    ripple = noise(h, w, 40, rng, 2) + 0.6 * noise(h, w, 18, rng, 2)
    liquid = rgb("5a0f1b") * (0.80 + 0.10 * ripple)[..., None] + (
        np.clip(ripple - 1.1, 0, 1) * 0.25 + 0.14 * smooth(380, 120, np.hypot(X - 470, Y - 300))
    )[..., None] * rgb("d9b0a0")
    edge = smooth(300, 368, r)
    img = mix(img, liquid * (1 - 0.5 * edge)[..., None], inner.astype(float))
    for k in range(5):
        cx = 330 + 135 * k + rng.normal(0, 6)
        part = (slice(190, 640), slice(int(cx) - 120, int(cx) + 120))
        y, x, hank = Y[part], X[part], img[part]
        for s in range(34):
            off = (s - 17) * 3.4 * (1 + 0.1 * np.sin(s))
            place = cx + off * (1 + 0.35 * np.sin((y - 180) / 180)) + 14 * np.sin(y / 70 + s * 0.7)
            strand = (np.abs(x - place) < 2.4) & (y > 205) & (y < 560 + 60 * np.cos(off / 30))
            wet = smooth(300, 400, y + 18 * np.sin(s))
            tone = mix(np.broadcast_to(rgb("ecdcc0"), hank.shape), rgb("a3202b") * np.ones(hank.shape), wet)
            light = (0.62 + 0.38 * np.abs(np.sin(s * 1.7))) * (0.9 + 0.16 * np.sin(y / 4 + s))
            hank = mix(hank, tone * light[..., None], strand * (1 - 0.55 * smooth(470, 600, y)))
        img[part] = hank
    stick = np.abs(Y - 210 - 0.02 * (X - 600)) < 17
    wood = (
        rgb("9a6a42")
        * (0.55 + 0.6 * np.sqrt(np.clip(1 - ((Y - 210 - 0.02 * (X - 600)) / 17) ** 2, 0, 1)))[..., None]
        * (1 + 0.08 * noise(h, w, 3, rng, 50))[..., None]
    )
    return lay(img, wood, (stick & (X > 120) & (X < 1090)).astype(float), 16)


def warp(rng, params):
    """The warp running away to the far beam."""
    h, w = 900, 1200
    Y, X = grid(h, w)
    t = np.clip(Y / h, 0, 1)
    spread = 0.52 + 0.62 * t
    place = (X - w / 2) / spread
    i = np.floor(place / 8.2)
    f = place / 8.2 - i
    stripe = np.sin(i / 9.0) > 0.72
    tone = np.where((i % 41 < 3)[..., None], rgb("d9a94a"), np.where(stripe[..., None], rgb("9e2430"), rgb("6b1220")))
    body = np.sqrt(np.clip(1 - (2 * f - 1) ** 2, 0, 1))
    img = tone * (0.25 + 0.95 * body * (0.72 + 0.4 * t))[..., None]
    inside = np.abs(place) < 560
    img = np.where(inside[..., None], img, ground("wood", h, w, rng) * 0.55)
    haze = smooth(0.45, 0.0, t)[..., None]
    img = img * (1 - 0.35 * haze) + rgb("efe0c8") * 0.18 * haze
    for y0, tall, dark in ((40, 60, 0.8), (372, 30, 0.95), (470, 30, 1.0), (800, 84, 1.1)):
        bar = (y0 < Y) & (y0 + tall > Y)
        u = (Y - y0) / tall
        wood = (
            rgb("8b6340")
            * dark
            * (1 + 0.10 * noise(h, w, 3, rng, 60))[..., None]
            * (0.42 + 0.75 * np.sin(np.pi * np.clip(u * 0.9 + 0.05, 0, 1)))[..., None]
        )
        img = shadow(img, bar.astype(float), 0, 16, 12, 0.55)
        img = mix(img, wood, blur(bar, 0.8))
    loops = (Y > 402) & (Y < 470) & (np.abs(((place + 3) % 16.4) - 8) < 1.7) & inside
    img = mix(img, rgb("efe4cd"), loops * 0.8)
    return daylight(img, 0.22)


def weave(rng, params):
    """Where thread becomes cloth: the finished rows below, open warp above, the reed between."""
    h, w = 900, 1200
    Y, X = grid(h, w)
    colour, gold = _cual(h + 40, w + 40, rng, "gula", "kenanga", "full", (False, True), 1.5)
    cloth = relit(colour[20 : h + 20, 20 : w + 20], gold[20 : h + 20, 20 : w + 20], 9 * noise(h, w, 260, rng), 1.0)
    fell = 430 + 3 * noise(h, w, 60, rng)
    open_, i, _ = _threads(h, w, rng, 6, np.broadcast_to(rgb("7a1a27"), (h, w, 3)), 1)
    shed = 0.62 + 0.4 * (i % 2)
    img = np.where((fell < Y)[..., None], cloth, open_ * shed[..., None])
    img = img * (1 - 0.55 * np.exp(-(((Y - fell + 14) / 16) ** 2)))[..., None]
    pick_line = np.abs(Y - fell + 6) < 4
    img = mix(img, rgb("d9a94a") * (0.8 + 0.3 * np.sin(X / 4))[..., None], pick_line * 0.9)
    for y0, tall in ((150, 54), (296, 40)):
        u = (Y - y0) / tall
        bar = (u > 0) & (u < 1)
        wood = (
            rgb("8b6340")
            * (1 + 0.10 * noise(h, w, 3, rng, 60))[..., None]
            * (0.42 + 0.75 * np.sin(np.pi * np.clip(u * 0.9 + 0.05, 0, 1)))[..., None]
        )
        img = shadow(img, bar.astype(float), 0, 18, 14, 0.5)
        img = mix(img, wood, blur(bar, 0.8))
    teeth = (Y > 204) & (Y < 296) & (np.abs((X % 12) - 6) < 2.2)
    img = mix(img, rgb("c9a26a") * 0.9, teeth * 0.8)
    a = np.radians(-3)
    u, v = (X - 640) * np.cos(a) + (Y - 392) * np.sin(a), -(X - 640) * np.sin(a) + (Y - 392) * np.cos(a)
    shape = 1 - (np.abs(u) / 230) ** 2.4
    shuttle = (np.abs(v) < 30 * np.sqrt(np.clip(shape, 0, 1))) & (np.abs(u) < 230)
    wood = (
        rgb("b5824f")
        * (0.5 + 0.65 * np.sqrt(np.clip(1 - (v / 31) ** 2, 0, 1)))[..., None]
        * (1 + 0.07 * noise(h, w, 3, rng, 40))[..., None]
    )
    img = lay(img, wood, shuttle.astype(float), 12)
    spool = (np.abs(u) < 92) & (np.abs(v) < 14)
    img = lay(img, rgb("d9a94a") * (0.55 + 0.5 * np.abs(np.sin(u / 3)))[..., None], spool.astype(float), 2)
    return daylight(img, 0.22)


def finish(rng, params):
    """The end of the cloth, its fringe twisted and knotted."""
    h, w = 900, 1200
    img = daylight(ground("wood", h, w, rng), 0.24)
    Y, X = grid(h, w)
    colour, gold = _cual(600, w, rng, "rukem", "rukem", "open", (False, True), 1.5)
    a = np.radians(-3)
    v = (X - w / 2) * -np.sin(a) + (Y - 250) * np.cos(a) + 300
    u = (X - w / 2) * np.cos(a) + (Y - 250) * np.sin(a) + w / 2
    mask = (v < 598) & (u > 70) & (u < w - 70)
    cords = np.zeros((h, w))
    tone = np.ones((h, w))
    for k in range(46):
        at = 84 + k * 22.6
        sway = 5 * np.sin((v - 598) / 60 + k) * smooth(598, 760, v)
        d = np.abs(u - at - sway)
        long = 215 + 24 * np.sin(k * 2.7)
        on = (d < 6.2) & (v >= 596) & (v < 598 + long)
        cords[on] = 1
        tone = np.where(
            on,
            (0.50 + 0.6 * np.sqrt(np.clip(1 - (d / 6.4) ** 2, 0, 1))) * (0.86 + 0.2 * np.sin(v / 4.2 + (u - at) / 3)),
            tone,
        )
        knot = np.hypot(u - at - sway, v - 640 - 4 * np.sin(k)) < 10
        cords[knot] = 1
        tone = np.where(knot, 1.0 - 0.02 * (u - at + v - 640), tone)
    img = lay(img, rgb("a5482f") * tone[..., None], cords, 10)
    c = relit(pick(colour, np.clip(v, 0, 599), np.clip(u, 0, w - 1)), pick(gold, v, u), 8 * noise(h, w, 240, rng), 1.0)
    img = lay(img, c * 0.96, mask.astype(float), 10)
    img = fringe(img, 0, 0, 0, 1, GOLD_LIGHT, rng)
    return daylight(img, 0.12)
