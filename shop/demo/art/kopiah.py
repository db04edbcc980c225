"""Kopiah resam: a cap woven with a needle from fern fibre, on a wooden mould or a stone."""

import numpy as np

from shop.demo.art import solid
from shop.demo.art.studio import mix, rgb, size, table

#: fibre, deeper fibre, pattern
TONES = {
    "madu": ("b98a4a", "8d6230", "4f331c"),
    "cokelat": ("7d5531", "573a20", "c79c5c"),
    "tua": ("4f3420", "352113", "c9a062"),
    "hitam": ("2f2620", "1d1713", "7a5a34"),
}
CELL = {"fine": 6.5, "medium": 10.0, "coarse": 16.0}


def _weave(u, v, cell):
    """Rows wound over stakes: each row leans one way, its neighbour the other. Height from 0 to 1."""
    row = np.floor(v / cell)
    fv = v / cell - row
    lean = np.where(row % 2 == 0, 1.0, -1.0)
    fu = ((u + lean * fv * cell * 0.9) / (cell * 1.5) + 0.5 * (row % 2)) % 1
    return (
        np.sqrt(np.clip(1 - (2 * fv - 1) ** 2, 0, 1)) * (0.35 + 0.65 * np.sqrt(np.clip(1 - (2 * fu - 1) ** 2, 0, 1))),
        row,
        fu,
    )


def _pattern(b, kind, wall):
    t = b["y"] / wall
    if kind == "stripe":
        return (np.abs(t - 0.30) < 0.035) | (np.abs(t - 0.46) < 0.035)
    if kind == "zigzag":
        a = np.abs((b["u"] / 66) % 1 - 0.5) * 2
        return ((t - 0.08) / 0.62 < 1 - a) & (t > 0.08) & ((t - 0.08) / 0.62 > 0.42 - a)
    return np.zeros(t.shape, bool)


def cap(rng, params):
    h, w = size()
    top = params["view"] == "top"
    pitch, base, horizon = {"side": (13, 0.74, 0.60), "three": (27, 0.72, 0.42), "top": (52, 0.66, 0.14)}[
        params["view"]
    ]
    img = table(params["ground"], h, w, rng, horizon)
    s = solid.Solids(h, w, base=h * base, pitch=pitch)
    k = 0.84 if params.get("small") else 1.0
    wall, r = int(262 * k), int(318 * k)
    turn = rng.uniform(-50, 50)
    profile = [
        (0, r),
        (wall * 0.55, r * 0.985),
        (wall * 0.86, r * 0.955),
        (wall * 0.97, r * 0.90),
        (wall * 1.05, r * 0.74),
        (wall * 1.10, r * 0.45),
        (wall * 1.115, 3),
    ]
    s.loft(profile, depth=1.10, turn=turn)
    b = s.render()
    cell = CELL[params["weave"]] * k
    height, row, fu = _weave(b["u"], b["v"], cell)
    fibre, deep, accent = (rgb(c) for c in TONES[params["tone"]])
    grain = np.sin(row * 12.9898 + np.floor(b["u"] / (cell * 1.5)) * 4.1414) * 43758.5453
    grain = grain - np.floor(grain)
    colour = mix(
        np.broadcast_to(fibre, b["N"].shape), np.broadcast_to(deep, b["N"].shape), np.clip(0.15 + 0.55 * grain, 0, 1)
    )
    mark = _pattern(b, params.get("band"), wall)
    colour = mix(colour, np.broadcast_to(accent, b["N"].shape), mark * 0.92)
    lip = b["y"] < cell * 2.2
    colour = np.where(lip[..., None], colour * 0.78, colour)
    crown = np.abs(b["y"] - wall * 0.965) < cell * 0.8
    N = solid.bump(b, height * cell * 0.55, 0.9)
    out = solid.lambert(N, colour, 0.36) * np.clip(0.42 + 0.66 * height, 0.25, 1.08)[..., None] * 1.18
    out = out * (1 - 0.22 * crown)[..., None] + solid.gloss(N, 16, 0.10 if params["weave"] != "coarse" else 0.05)
    lift = 1.08 if top else 1.0
    return solid.stand(img, s, out * lift, b, 0.62)
