"""Ways to show a cloth: hanging, draped, folded, flat, rolled, on a table, framed, as a cushion or a clutch.

Every function is given ``make(height, width, heads, sides, thread, grow)``, which weaves or draws the cloth itself, so
that cual and batik are shown by the same hands.
"""

import numpy as np
from scipy.ndimage import map_coordinates

from shop.demo.art import solid
from shop.demo.art.studio import blur, daylight, grid, ground, lay, mix, noise, rgb, shadow, size, smooth, table

GOLD_LIGHT = rgb("ffe9b0")


def pick(texture, y, x, order=1):
    if texture.ndim == 2:
        return map_coordinates(texture, [y, x], order=order, mode="nearest")
    return np.stack([map_coordinates(texture[..., i], [y, x], order=order, mode="nearest") for i in range(3)], -1)


def relit(colour, gold, z, strength=1.0):
    """Colour under the folds of the height field ``z`` (pixels): light from the upper left, gold answers first."""
    gy, gx = np.gradient(z)
    n = 1 / np.sqrt(1 + gx**2 + gy**2)
    lit = (0.55 * -gx * -1.0 * -1 + 0.45 * -gy + 0.95) * n
    lit = 1 + strength * (lit - 0.95)
    valley = blur(z, 24) - z
    lit = lit * (1 - 0.012 * np.clip(valley, 0, 30))
    out = colour * np.clip(lit, 0.18, 1.7)[..., None]
    shine = np.clip(lit - 1.06, 0, 0.5)
    return out + (gold * shine)[..., None] * GOLD_LIGHT * 0.55 + (np.clip(lit - 1.15, 0, 0.4) * 0.10)[..., None]


def fringe(img, x0, x1, y, length, colour, rng, bend=0.0, up=False, every=7):
    """Twisted ends of the warp, each with a shadow."""
    h, w = img.shape[:2]
    mask = np.zeros((h, w))
    tone = np.ones((h, w))
    for x in np.arange(x0, x1, every):
        n = int(length * (0.88 + 0.2 * rng.random()))
        t = np.arange(n)
        px = x + bend * t + 3.0 * np.sin(t / 17 + rng.random() * 6) * (t / n) + rng.normal(0, 0.6)
        yy = np.asarray(y(x) if callable(y) else y)
        py = (yy - t if up else yy + t).astype(int)
        for k in range(-2, 3):
            ix = np.rint(px + k).astype(int)
            ok = (ix >= 0) & (ix < w) & (py >= 0) & (py < h)
            mask[py[ok], ix[ok]] = 1
            tone[py[ok], ix[ok]] = (1.05 - 0.12 * abs(k + 1)) * (0.9 + 0.12 * np.sin(t[ok] / 2.4 + k))
    img = shadow(img, mask, 5, 6, 4, 0.38)
    return mix(img, colour * tone[..., None], mask * 0.96)


def hanging(make, rng, params):
    h, w = size()
    img = table("plaster", h, w, rng, horizon=1.4)
    width, length = int(w * rng.uniform(0.56, 0.66)), int(h * rng.uniform(0.74, 0.80))
    x0, top = int(w * 0.5 - width / 2 + rng.integers(-30, 20)), int(h * 0.085)
    colour, gold = make(length + 40, width + 40, (False, True), True, 3, 1.0)
    Y, X = grid(h, w)
    phase = rng.uniform(0, 6)
    count = rng.uniform(2.2, 3.4)

    def folds(u, v):
        soft = smooth(0.0, 0.5, v)
        return (
            np.sin(2 * np.pi * count * u + phase + 0.5 * np.sin(2.2 * v))
            + 0.5 * np.sin(2 * np.pi * (count * 1.9) * u + 1.7 * phase)
        ) * (0.35 + 0.65 * soft)

    for back in (True, False):
        dx, long = (26, length - rng.integers(70, 130)) if back else (0, length)
        u, v = (X - x0 - dx) / width, (Y - top) / long
        f = folds(u + (0.21 if back else 0), v)
        edge = 5 * f * v
        inside = (u > 0.006 * f * v) & (u < 1 + 0.006 * f * v) & (v > 0) & (top + long + edge > Y)
        squeeze = 0.030 * width * 0.4 * f
        ty = np.clip((Y - top) + (length - long) - edge * v, 0, length + 38)
        tx = np.clip((X - x0 - dx) + squeeze, 0, width + 38)
        c, g = pick(colour, ty, tx), pick(gold, ty, tx)
        c = relit(c, g, 11 * f + 1.2 * noise(h, w, 40, rng), 1.5)
        roll = np.clip((Y - top) / 26, 0, 1)
        c = c * (0.55 + 0.5 * np.sin(np.pi * (0.28 + 0.5 * roll)))[..., None] * 1.02
        if back:
            c = c * 0.55
        mask = inside.astype(float)
        img = shadow(img, mask, 34, 30, 26, 0.34)
        img = shadow(img, mask, 8, 8, 6, 0.28)
        end = rgb("000000") + pick(colour, np.array([length - 30.0]), np.array([width / 2]))[0]
        tassel = np.clip(mix(end, rgb("c9a25a"), 0.35), 0, 1) * (0.6 if back else 1)
        base = top + long

        def bottom(x, base=base, dx=dx):
            uu = (x - x0 - dx) / width
            return base + 5 * float(folds(np.array(uu), np.array(1.0))) - 2

        img = fringe(img, x0 + dx + 5, x0 + dx + width - 5, bottom, 62, tassel, rng)
        img = mix(img, c, blur(mask, 0.7))
    return _rail(img, top, rng, x0, width)


def _rail(img, top, rng, x0, width):
    h, w = img.shape[:2]
    Y, X = grid(h, w)
    r = 15
    t = (Y - (top + 4)) / r
    bar = (np.abs(t) < 1) & ((x0 - 1 > X) | (x0 + width + 26 < X))
    wood = rgb("8b6340") * (1 + 0.10 * noise(h, w, 3, rng, 60))[..., None]
    shade = 0.42 + 0.75 * np.clip(np.cos((t + 0.35) * 1.25), 0, 1)
    under = (np.abs(X - w / 2) < w * 0.60) & (np.abs(Y - top - 4) < r)
    img = shadow(img, (bar & under).astype(float), 20, 34, 12, 0.28)
    return mix(img, wood * shade[..., None], blur(bar.astype(float), 0.7))


def draped(make, rng, params):
    """Falling in folds across the picture; the table shows at one corner."""
    h, w = size()
    tight = params.get("crop") == "tight" or params.get("detail")
    colour, gold = make(h + 260, w + 260, (False, not tight), False, 3, 1.25 if tight else 1.1)
    Y, X = grid(h, w)
    a = np.radians(rng.uniform(18, 34) * rng.choice([-1, 1]))
    p, q = X * np.cos(a) + Y * np.sin(a), -X * np.sin(a) + Y * np.cos(a)
    bend = 60 * np.sin(q / 380 + rng.uniform(0, 6)) + 26 * noise(h, w, 300, rng)
    z = np.zeros((h, w))
    for wave, amp in ((330, 21), (190, 8), (97, 2.5)):
        s = np.sin(2 * np.pi * (p + bend) / (wave * rng.uniform(0.9, 1.15)) + rng.uniform(0, 6))
        z += amp * (1 - 2 * np.abs(0.5 - (0.5 + 0.5 * s)) ** 1.6)  # round backs, narrow valleys
    z += 2.0 * noise(h, w, 60, rng)
    z = blur(z, 9)
    gy, gx = np.gradient(z)
    ty, tx = Y + 130 - 26 * gy, X + 130 - 26 * gx
    c, g = pick(colour, ty, tx), pick(gold, ty, tx)
    c = relit(c, g, z, 1.45)
    if tight:
        return daylight(c * 1.04, 0.30)
    img = daylight(ground(params.get("ground") or "wood", h, w, rng))
    cut = Y - h * 0.16 - (X / w - 0.25) * h * 0.20 * rng.choice([-1, 1]) - 22 * np.sin(p / 62) - 20 * np.sin(X / 240)
    mask = smooth(-1, 1, cut)
    hem = np.exp(-(((cut - 16) / 3) ** 2)) * 0.5 + np.exp(-(((cut - 4) / 5) ** 2)) * 0.5
    c = c * (1 - 0.35 * hem)[..., None] * (1 - 0.3 * np.exp(-cut / 26) * (cut > 0))[..., None]
    return daylight(lay(img, c, mask, 14), 0.16)


def flat(make, rng, params):
    """The whole cloth on the ground, seen from above, ends fringed."""
    h, w = size()
    img = daylight(ground(params.get("ground") or "linen", h, w, rng), 0.2)
    width, length = int(w * 0.66), int(h * 0.76)
    colour, gold = make(length, width, (True, True), True, 2, 1.15)
    a = np.radians(rng.uniform(-7, 7))
    Y, X = grid(h, w)
    yy = (X - w / 2) * -np.sin(a) + (Y - h / 2) * np.cos(a) + length / 2
    xx = (X - w / 2) * np.cos(a) + (Y - h / 2) * np.sin(a) + width / 2
    wobble = 3 * np.sin(yy / 130 + rng.uniform(0, 6))
    z = 9 * noise(h, w, 240, rng) + 2.2 * noise(h, w, 70, rng)
    z += 7 * np.exp(-(((xx - width * 0.5) / 15) ** 2)) + 5 * np.exp(-(((yy - length * 0.52) / 14) ** 2))
    mask = (yy > 0) & (yy < length) & (xx > wobble) & (xx < width + wobble)
    c = relit(pick(colour, yy, xx - wobble), pick(gold, yy, xx - wobble), z, 1.0)
    tassel = mix(colour[length // 2, 12], rgb("c9a25a"), 0.4)
    rotated = np.zeros((h, w))
    tone = np.ones((h, w))
    comb = np.abs(((xx - wobble + 3.0 * np.sin(yy / 11 + xx / 60)) % 8) - 4) < 2.9
    ends = ((yy > -48) & (yy <= 0)) | ((yy >= length) & (yy < length + 48))
    rotated[comb & ends & (xx > wobble + 3) & (xx < width + wobble - 3)] = 1
    tone *= 0.9 + 0.15 * np.sin(yy / 2.2)
    img = lay(img, tassel * tone[..., None], rotated, 5)
    return daylight(lay(img, c, mask.astype(float), 9), 0.14)


def _sheet(s, path, half, x_texture0=0.0, material=0, yaw=0.0, step=0.8, at=(0, 0)):
    """A cloth sheet whose section (z, y) runs along ``path``; u across, v along."""
    path = np.array(path, float)
    run = np.r_[0, np.cumsum(np.hypot(*np.diff(path, axis=0).T))]
    t = np.arange(0, run[-1], step)
    z, y = np.interp(t, run, path[:, 0]), np.interp(t, run, path[:, 1])
    x = np.arange(-half, half, step)
    dz, dy = np.gradient(z, t), np.gradient(y, t)
    n = np.stack([np.zeros_like(t), dz, -dy], -1)
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    n = np.where(n[:, 1:2] * 1 + n[:, 2:3] * 0.4 < 0, -n, n)
    P = np.stack(np.broadcast_arrays(x[None, :], y[:, None], z[:, None]), -1).reshape(-1, 3)
    N = np.repeat(n, len(x), 0)
    c, d = np.cos(np.radians(yaw)), np.sin(np.radians(yaw))
    R = np.array([[c, 0, d], [0, 1, 0], [-d, 0, c]])
    P, N = P @ R.T + np.array([at[0], 0, at[1]]), N @ R.T
    u, v = np.meshgrid(x + half + x_texture0, t)
    s.add(P, N, u.ravel(), v.ravel(), material)


def _stadium(y, t, front, back, n=24):
    """Section of one folded layer: top from the back to the front, round the fold, and back below."""
    a = np.linspace(np.pi / 2, -np.pi / 2, n)
    r = t / 2
    nose = [(front + r * np.cos(k), y + r + r * np.sin(k)) for k in a]
    return [(back, y + t), *nose, (back, y)]


def folded(make, rng, params):
    """Folded in layers on a table, the head of the cloth turned to the front."""
    h, w = size()
    name = params.get("ground") or rng.choice(["wood", "linen", "stone"])
    img = table(name, h, w, rng, horizon=0.20)
    s = solid.Solids(h, w, base=h * 0.585, pitch=44)
    half, depth, layers, t = 372, 560, int(rng.integers(3, 6)), 30
    yaw = rng.uniform(-15, 15)
    for i in range(layers):
        inset = rng.uniform(-7, 7)
        _sheet(
            s, _stadium(i * t, t - 2, depth * 0.5 + inset, -depth * 0.5), half + rng.uniform(-3, 3), material=i, yaw=yaw
        )
    b = s.render()
    colour, gold = make(int(depth + 3 * t + 130), 2 * half + 20, (False, True), True, 3, 1.0)
    n = colour.shape[0]
    top = b["material"] == layers - 1
    v = np.where(top, b["v"] + n - depth - t * 1.2, n * 0.3 + b["v"])
    c, g = pick(colour, np.clip(v, 0, n - 1), b["u"]), pick(gold, np.clip(v, 0, n - 1), b["u"])
    z = 1.6 * noise(h, w, 90, rng) + 0.7 * noise(h, w, 30, rng)
    N = solid.bump(b, z, 1.2)
    lit = solid.lambert(N, c, ambient=0.36)
    lit += (g * np.clip(N @ solid.LIGHT - 0.55, 0, 1))[..., None] * GOLD_LIGHT * 0.35
    under = (b["y"] % t) / t
    crease = np.where(top & (b["N"][..., 1] > 0.5), 1, 0.60 + 0.40 * np.sin(np.pi * np.clip(under, 0.02, 0.98)) ** 0.6)
    return solid.stand(img, s, lit * crease[..., None] * 0.92, b, 0.62)


def rolled(make, rng, params):
    """Loosely rolled, its end running out over the table."""
    h, w = size()
    name = params.get("ground") or rng.choice(["linen", "wood", "stone"])
    img = table(name, h, w, rng, horizon=0.20)
    s = solid.Solids(h, w, base=h * 0.50, pitch=40)
    half, r, yaw = 345, 112, rng.uniform(-24, -12)
    a = np.linspace(-np.pi / 2, 1.5 * np.pi, 120)
    roll = [(-40 + r * np.cos(k), r + r * np.sin(k)) for k in a[::-1]]
    _sheet(s, roll, half, material=0, yaw=yaw)
    _sheet(s, [(-40, 3), (160, 4), (330, 6), (440, 3)], half, material=1, yaw=yaw)
    c0, d0 = np.cos(np.radians(yaw)), np.sin(np.radians(yaw))
    rr, aa = np.meshgrid(np.arange(2, r, 0.8), np.arange(0, 2 * np.pi, 0.008))
    flat_disc = np.stack([np.full(rr.size, half), (r + rr * np.sin(aa)).ravel(), (-40 + rr * np.cos(aa)).ravel()], -1)
    R = np.array([[c0, 0, d0], [0, 1, 0], [-d0, 0, c0]])
    for side in (1, -1):
        disc = flat_disc * np.array([side, 1, 1])
        s.add(disc @ R.T, np.tile(R @ np.array([side, 0, 0.0]), (rr.size, 1)), aa.ravel(), rr.ravel(), 2)
    b = s.render()
    colour, gold = make(980, 2 * half + 20, (False, True), True, 3, 0.92)
    v = np.where(b["material"] == 1, np.clip(980 - 485 + b["v"], 0, 979), np.clip(b["v"] + 40, 0, 979))
    c, g = pick(colour, v, b["u"]), pick(gold, v, b["u"])
    spiral = b["v"] + b["u"] / (2 * np.pi) * 11
    rings = 0.55 + 0.45 * np.sin(2 * np.pi * spiral / 11) ** 2
    end = colour[500, 30] * 0.9 + 0.05
    c = np.where((b["material"] == 2)[..., None], end * rings[..., None], c)
    g = np.where(b["material"] == 2, 0, g)
    N = solid.bump(b, 1.8 * noise(h, w, 80, rng), 1.2)
    lit = solid.lambert(N, c, ambient=0.36) + (g * np.clip(N @ solid.LIGHT - 0.5, 0, 1))[..., None] * GOLD_LIGHT * 0.35
    return solid.stand(img, s, lit * 1.05, b, 0.6)


def runner(make, rng, params):
    """Along a table and over its edge."""
    h, w = size()
    img = table("plaster", h, w, rng, horizon=1.5)
    s = solid.Solids(h, w, base=h * 0.56, pitch=36)
    half, depth = int(w * 0.24), 560
    board = [(-depth, 0), (170, 0)]
    _sheet(s, board, int(w * 0.60), material=0)
    _sheet(s, [(171, 0), (172, -70)], int(w * 0.60), material=1)
    a = np.linspace(np.pi / 2, 0, 14)
    nose = [(171 + 9 * np.cos(k), -4 + 9 * np.sin(k)) for k in a]
    _sheet(s, [(-depth, 5), (171, 5), *nose, (184, -300)], half, material=2, at=(rng.uniform(-30, 30), 0))
    b = s.render()
    n = depth + 171 + 14 + 296
    colour, gold = make(n, 2 * half + 10, (False, True), True, 3, 0.9)
    y, x = grid(h, w)
    wood = ground("wood", h, w, rng)
    c, g = pick(colour, np.clip(b["v"], 0, n - 1), b["u"]), pick(gold, np.clip(b["v"], 0, n - 1), b["u"])
    cloth = b["material"] == 2
    N = solid.bump(b, np.where(cloth, 2.2 * noise(h, w, 110, rng), 0), 1.4)
    wave = 1 + 0.10 * np.sin(b["u"] / 46 + 1) * smooth(depth + 190, depth + 420, b["v"])
    lit = solid.lambert(N, np.where(cloth[..., None], c * wave[..., None] * 0.88, wood), ambient=0.38)
    lit += (g * cloth * np.clip(N @ solid.LIGHT - 0.5, 0, 1))[..., None] * GOLD_LIGHT * 0.3
    near = shadow(np.ones((h, w, 3)), cloth.astype(float), 9, 7, 6, 0.45)
    lit = np.where(cloth[..., None], lit, lit * near)
    mask = b["mask"].astype(float)
    img = img * (0.72 + 0.28 * smooth(h * 0.9, h * 0.2, y))[..., None]
    img = mix(img, lit, blur(mask, 0.8))
    tassel = mix(colour[n // 2, 12], rgb("c9a25a"), 0.4)
    xs = np.flatnonzero(cloth[int(np.flatnonzero(cloth.any(1)).max()) - 2])
    return fringe(img, xs.min() + 4, xs.max() - 4, float(np.flatnonzero(cloth.any(1)).max()), 46, tassel, rng)


def framed(make, rng, params):
    h, w = size()
    img = table("plaster", h, w, rng, horizon=1.5)
    Y, X = grid(h, w)
    fw, fh, bar = int(w * 0.70), int(h * 0.66), 34
    u, v = X - w / 2, Y - h * 0.47
    d = np.minimum(fw / 2 - np.abs(u), fh / 2 - np.abs(v))
    img = shadow(img, (d > 0).astype(float), 26, 34, 24, 0.5)
    img = shadow(img, (d > 0).astype(float), 6, 8, 6, 0.3)
    vertical = np.abs(u) / fw > np.abs(v) / fh
    grain = np.where(vertical, noise(w, h, 3, rng, 40).T, noise(h, w, 3, rng, 40))
    wood = rgb(rng.choice(["5d3a26", "7a5234", "3f2a20"])) * (1 + 0.10 * grain)[..., None]
    t = np.clip(d / bar, 0, 1)
    side = np.where(vertical, np.sign(u), np.sign(v))
    wood = (
        wood
        * (
            1 + 0.35 * (np.abs(t - 0.5) < 0.5) * np.sin(np.pi * t * 1.0) * np.where(side < 0, 1, 0.3) - 0.25 * (t > 0.8)
        )[..., None]
    )
    img = mix(img, wood, smooth(0, 1.5, d))
    inner = d - bar
    mat = ground("cotton", h, w, rng)
    drop = np.exp(-np.clip((u + fw / 2 - bar) / 16, 0, 9)) + np.exp(-np.clip((v + fh / 2 - bar) / 16, 0, 9))
    img = mix(img, mat * (1 - 0.42 * np.clip(drop, 0, 1))[..., None], smooth(0, 1.5, inner))
    cw, ch = fw - 2 * bar - 120, fh - 2 * bar - 170
    colour, gold = make(ch, cw, (False, True), False, 3, 0.95)
    ty, tx = v + ch / 2, u + cw / 2
    inside = (ty > 0) & (ty < ch) & (tx > 0) & (tx < cw)
    z = 1.5 * noise(h, w, 90, rng)
    c = relit(pick(colour, np.clip(ty, 0, ch - 1), np.clip(tx, 0, cw - 1)), pick(gold, ty, tx), z, 1.0)
    tassel = mix(colour[12, 12], rgb("c9a25a"), 0.4)
    img = fringe(img, w / 2 - cw / 2 + 3, w / 2 + cw / 2 - 3, h * 0.47 + ch / 2, 36, tassel, rng)
    return lay(img, c, inside.astype(float), 5)


def cushion(make, rng, params):
    h, w = size()
    name = params.get("ground") or rng.choice(["wood", "linen"])
    img = table(name, h, w, rng, horizon=0.66)
    s = solid.Solids(h, w, base=h * 0.80, pitch=8)
    r = int(w * 0.36)
    k = np.linspace(-1, 1, int(2 * r / 0.75))
    B, A = np.meshgrid(k, k)
    x, y = r * A * (1 - 0.085 * (1 - B**2) * np.abs(A) ** 3), r * B * (1 - 0.085 * (1 - A**2) * np.abs(B) ** 3)
    z = 0.46 * r * np.clip((1 - A**2) * (1 - B**2), 0, 1) ** 0.55
    z += 3 * noise(*z.shape, 120, rng) * (1 - np.maximum(np.abs(A), np.abs(B)) ** 2)
    lean = -0.16 * y
    P = np.stack([x, y + r, z + lean], -1)
    N = np.cross(np.gradient(P, axis=1), np.gradient(P, axis=0))
    N /= np.linalg.norm(N, axis=-1, keepdims=True) + 1e-9
    N = np.where(N[..., 2:3] < 0, -N, N)
    s.add(P.reshape(-1, 3), N.reshape(-1, 3), ((A + 1) * r).ravel(), ((1 - B) * r).ravel(), 0)
    b = s.render()
    colour, gold = make(2 * r + 2, 2 * r + 2, (False, False), True, 3, 1.35)
    c, g = pick(colour, b["v"], b["u"]), pick(gold, b["v"], b["u"])
    N = solid.bump(b, 1.5 * noise(h, w, 36, rng), 1.2)
    lit = solid.lambert(N, c, ambient=0.34) + (g * np.clip(N @ solid.LIGHT - 0.45, 0, 1))[..., None] * GOLD_LIGHT * 0.35
    return solid.stand(img, s, lit * 1.06, b, 0.6)


def clutch(make, rng, params):
    h, w = size()
    name = params.get("ground") or rng.choice(["linen", "stone"])
    img = daylight(ground(name, h, w, rng), 0.24)
    Y, X = grid(h, w)
    a = np.radians(rng.uniform(-9, 9))
    u = (X - w / 2) * np.cos(a) + (Y - h * 0.5) * np.sin(a)
    v = -(X - w / 2) * np.sin(a) + (Y - h * 0.5) * np.cos(a)
    hw, hh, corner = w * 0.375, h * 0.185, 34

    def rounded(bx, by, cy):
        qx, qy = np.abs(u) - bx + corner, np.abs(v - cy) - by + corner
        return corner - np.hypot(np.maximum(qx, 0), np.maximum(qy, 0)) - np.minimum(np.maximum(qx, qy), 0)

    body = rounded(hw, hh, 0)
    point = hh * 0.30 - 0.42 * np.abs(u) * (hh / hw) * 1.2
    flap = np.minimum(body, point - v)
    colour, gold = make(int(2 * hh + 60), int(2 * hw + 40), (False, params["m"] != "limar"), False, 3, 0.9)
    ch, cw = colour.shape[:2]
    ty, tx = np.clip(v + hh + 20, 0, ch - 1), np.clip(u + cw / 2, 0, cw - 1)
    plump = 26 * np.sqrt(np.clip(1 - (np.clip(1 - body / 60, 0, 1)) ** 2, 0, 1))
    z = plump + 1.3 * noise(h, w, 60, rng)
    lower = relit(pick(colour, ty, tx) * 0.9, pick(gold, ty, tx), z, 1.1)
    img = lay(img, lower, (body > 0).astype(float), 16)
    f = flap > 0
    img = shadow(img, f.astype(float) * (body > 0), 4, 9, 7, 0.5)
    fz = z + 7 * smooth(0, 8, flap)
    top = relit(pick(colour, np.clip(ch - 1 - ty, 0, ch - 1), tx), pick(gold, ch - 1 - ty, tx), fz, 1.1)
    img = mix(img, top, blur(f.astype(float), 0.7))
    stitch = (np.abs(flap - 9) < 1.2) & (((u + 3000) % 12) < 7)
    img = mix(img, rgb("e7d3a0"), stitch * 0.75)
    bx, by = 0, hh * 0.30 - 34
    button = 17 - np.hypot(u - bx, v - by)
    knob = np.clip(0.75 - ((u - bx) * 0.02 + (v - by) * 0.025), 0.3, 1.3)
    return lay(img, rgb("c79a4b") * knob[..., None], (button > 0).astype(float), 4)
