"""Solid things in three dimensions, drawn as clouds of points close enough to leave no hole.

Axes: x to the right, y up, z towards the viewer; the unit is one pixel of the large picture. The viewer looks down by
``pitch`` degrees. A point's screen place is (x, -y cos p + z sin p). Without this every craft would need its own way to
look round.
"""

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import map_coordinates

from shop.demo.art.studio import blur


class Solids:
    """Surfaces standing together on one table, rendered at once so that they hide each other rightly."""

    def __init__(self, h, w, base, pitch=14, cx=None):
        self.h, self.w = h, w
        self.base, self.cx = base, w / 2 if cx is None else cx
        self.pitch = np.radians(pitch)
        self.parts = []

    def add(self, points, normals, u, v, material=0, two_sided=False):
        """Any grid of points (n, 3) with unit normals, texture places and a material number."""
        self.parts.append(
            (
                points.astype("float32"),
                normals.astype("float32"),
                u.astype("float32"),
                v.astype("float32"),
                np.full(len(u), material, "int8"),
                two_sided,
            )
        )

    def loft(
        self, profile, at=(0, 0, 0), material=0, depth=1.0, power=2.0, inside=False, step=0.85, turn=0, smooth=True
    ):
        """A thing turned on a wheel, or, with ``power`` above 2, with rounded corners.

        ``profile`` is pairs of (height, half width) along the outline, in order; ``depth`` scales z.
        """
        prof = np.array(profile, float)
        run = np.r_[0, np.cumsum(np.hypot(*np.diff(prof, axis=0).T))]
        n = max(8, int(run[-1] / step))
        s = np.linspace(0, run[-1], n)
        if smooth:
            height, radius = PchipInterpolator(run, prof[:, 0])(s), PchipInterpolator(run, prof[:, 1])(s)
        else:
            height, radius = np.interp(s, run, prof[:, 0]), np.interp(s, run, prof[:, 1])
        m = max(40, int(2 * np.pi * max(radius.max(), 2) * max(1, depth) / step))
        phi = np.linspace(-np.pi, np.pi, m, endpoint=False)
        c, d = np.cos(phi), np.sin(phi)
        shape = (np.abs(c) ** power + np.abs(d) ** power) ** (-1 / power)
        ex, ez = d * shape, c * shape * depth
        X, Z = radius[:, None] * ex, radius[:, None] * ez
        Y = np.repeat(height[:, None], m, 1)
        P = np.stack([X, Y, Z], -1)
        ds, dp = np.gradient(P, axis=0), np.gradient(P, axis=1)
        N = np.cross(dp, ds)
        N /= np.linalg.norm(N, axis=-1, keepdims=True) + 1e-9
        if height[-1] < height[0]:
            N = -N
        outward = (N[..., 0] * X + N[..., 2] * Z).sum()
        if outward < 0:
            N = -N
        if inside:
            N = -N
        if turn:
            t = np.radians(turn)
            rot = np.array([[np.cos(t), 0, np.sin(t)], [0, 1, 0], [-np.sin(t), 0, np.cos(t)]])
            P, N = P @ rot.T, N @ rot.T
        around = np.cumsum(np.r_[0, np.hypot(np.diff(ex), np.diff(ez))])
        around -= around[m // 2]
        U = np.repeat((around * radius.max())[None, :], n, 0)
        V = np.repeat(s[:, None], m, 1)
        self.add(P.reshape(-1, 3) + np.array(at), N.reshape(-1, 3), U.ravel(), V.ravel(), material)

    def disc(self, height, radius, at=(0, 0, 0), material=0, depth=1.0, power=2.0, up=True):
        self.loft([(height, 0.5), (height + (0.01 if up else -0.01), radius)], at, material, depth, power, smooth=False)
        points, normals, u, v, mat, _ = self.parts.pop()
        normals = np.tile([0, 1.0 if up else -1.0, 0], (len(u), 1))
        self.add(points, normals, points[:, 0], points[:, 2], 0)
        self.parts[-1] = (points, normals, points[:, 0] - at[0], points[:, 2] - at[2], mat, False)

    def tube(self, path, radius, material=0, step=0.7, flat=1.0):
        """A rod along a path of points: handles, cords, rims, masts."""
        path = np.array(path, float)
        run = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
        n = max(6, int(run[-1] / step))
        s = np.linspace(0, run[-1], n)
        curve = np.stack([PchipInterpolator(run, path[:, i])(s) for i in range(3)], -1)
        T = np.gradient(curve, axis=0)
        T /= np.linalg.norm(T, axis=1, keepdims=True) + 1e-9
        ref = np.where(np.abs(T[:, 2:3]) > 0.85, np.array([[0, 1.0, 0]]), np.array([[0, 0, 1.0]]))
        A = np.cross(T, ref)
        A /= np.linalg.norm(A, axis=1, keepdims=True) + 1e-9
        B = np.cross(A, T)
        width = (
            np.broadcast_to(np.asarray(radius, float), (n,))
            if np.ndim(radius) == 0
            else np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(radius)), radius)
        )
        m = max(12, int(2 * np.pi * width.max() / step))
        a = np.linspace(0, 2 * np.pi, m, endpoint=False)
        N = A[:, None] * np.cos(a)[None, :, None] + B[:, None] * np.sin(a)[None, :, None]
        squash = A[:, None] * np.cos(a)[None, :, None] + B[:, None] * (np.sin(a) * flat)[None, :, None]
        P = curve[:, None] + squash * width[:, None, None]
        U = np.repeat((a * width.max())[None], n, 0)
        V = np.repeat(s[:, None], m, 1)
        self.add(P.reshape(-1, 3), N.reshape(-1, 3), U.ravel(), V.ravel(), material)

    def ring(self, height, radius, thick, at=(0, 0, 0), material=0, depth=1.0, power=2.0):
        """A rod bent round at one height: rims and feet."""
        phi = np.linspace(-np.pi, np.pi, 160)
        c, d = np.cos(phi), np.sin(phi)
        shape = (np.abs(c) ** power + np.abs(d) ** power) ** (-1 / power)
        path = np.stack(
            [at[0] + radius * d * shape, np.full(160, at[1] + height), at[2] + radius * c * shape * depth], -1
        )
        self.tube(path, thick, material)

    def project(self, P):
        c, s = np.cos(self.pitch), np.sin(self.pitch)
        return self.cx + P[:, 0], self.base - P[:, 1] * c + P[:, 2] * s, P[:, 1] * s + P[:, 2] * c

    def render(self):
        """Buffers of what is seen: ``mask``, ``N`` (view space, y up), ``u``, ``v``, ``material``, ``y`` (height)."""
        c, s = np.cos(self.pitch), np.sin(self.pitch)
        P = np.concatenate([p[0] for p in self.parts])
        N = np.concatenate([p[1] for p in self.parts])
        u, v = (np.concatenate([p[i] for p in self.parts]) for i in (2, 3))
        mat = np.concatenate([p[4] for p in self.parts])
        two = np.concatenate([np.full(len(p[2]), p[5]) for p in self.parts])
        Nv = np.stack([N[:, 0], N[:, 1] * c - N[:, 2] * s, N[:, 1] * s + N[:, 2] * c], -1)
        flip = two & (Nv[:, 2] < 0)
        Nv[flip] *= -1
        front = Nv[:, 2] > -0.02
        P, Nv, u, v, mat = P[front], Nv[front], u[front], v[front], mat[front]
        sx, sy, depth = self.project(P)
        ix, iy = np.rint(sx).astype(int), np.rint(sy).astype(int)
        ok = (ix >= 0) & (ix < self.w) & (iy >= 0) & (iy < self.h)
        order = np.argsort(depth[ok], kind="stable")
        flat = (iy[ok] * self.w + ix[ok])[order]
        pick = np.full(self.h * self.w, -1, int)
        pick[flat] = np.flatnonzero(ok)[order]
        mask = (pick >= 0).reshape(self.h, self.w)

        def out(values):
            return values[np.maximum(pick, 0)].reshape((self.h, self.w) + values.shape[1:])

        return {
            "mask": mask,
            "N": out(Nv),
            "u": out(u),
            "v": out(v),
            "material": np.where(mask, out(mat), -1),
            "y": out(P[:, 1]),
            "x": out(P[:, 0]),
            "depth": np.where(mask, out(depth[:]), -1e9),
        }

    def cast(self, slant=0.55, back=-0.12):
        """Where the shadow falls on the table, sharp; light from the upper left and a little from the front."""
        P = np.concatenate([p[0][::3] for p in self.parts])
        F = np.stack([P[:, 0] + slant * P[:, 1], np.zeros(len(P)), P[:, 2] + back * P[:, 1]], -1)
        sx, sy, _ = self.project(F)
        ix, iy = np.rint(sx).astype(int), np.rint(sy).astype(int)
        ok = (ix >= 0) & (ix < self.w) & (iy >= 0) & (iy < self.h)
        out = np.zeros((self.h, self.w))
        out[iy[ok], ix[ok]] = 1
        return np.clip(blur(out, 2) * 2.2, 0, 1)


def stand(img, solids, colour, buffers, strength=0.5):
    """Puts rendered solids into the picture with the shadows they throw on the table."""
    fall = solids.cast()
    contact = blur(fall, 26) * 0.6 + blur(fall, 7) * 0.4
    img = img * (1 - strength * np.clip(contact, 0, 1)[..., None] * np.array([0.9, 0.96, 1.0]))
    edge = blur(buffers["mask"].astype(float), 0.8)
    return img * (1 - edge[..., None]) + colour * edge[..., None]


def bump(buffers, height, amount):
    """Normals bent by a height picture, in screen space; edges of the thing keep their own."""
    N, mask = buffers["N"], buffers["mask"]
    gy, gx = np.gradient(blur(height, 0.7))
    inner = blur(mask.astype(float), 1.5) > 0.97
    out = N.copy()
    out[..., 0] -= amount * gx * inner
    out[..., 1] += amount * gy * inner
    return out / (np.linalg.norm(out, axis=-1, keepdims=True) + 1e-9)


LIGHT = np.array([-0.55, 0.62, 0.56])
LIGHT = LIGHT / np.linalg.norm(LIGHT)


def lambert(N, albedo, ambient=0.34, wrap=0.25):
    """Matt things in window light, with a warm bounce from below."""
    lit = np.clip((N @ LIGHT + wrap) / (1 + wrap), 0, 1)
    sky = 0.5 + 0.5 * N[..., 1]
    shade = ambient * (0.62 + 0.5 * sky) + 0.92 * lit
    warm = 0.06 * np.clip(-N[..., 1], 0, 1)[..., None] * np.array([1, 0.8, 0.6])
    return albedo * shade[..., None] + albedo * warm


def gloss(N, sharp=30, amount=0.25):
    """A soft highlight from the window."""
    half = LIGHT + np.array([0, 0, 1])
    half = half / np.linalg.norm(half)
    return amount * np.clip(N @ half, 0, 1)[..., None] ** sharp


def wrapped(texture, u, v):
    """A texture picture read at (u, v) pixels, repeating."""
    h, w = texture.shape[:2]
    if texture.ndim == 2:
        return map_coordinates(texture, [v % h, u % w], order=1, mode="wrap")
    return np.stack([map_coordinates(texture[..., i], [v % h, u % w], order=1, mode="wrap") for i in range(3)], -1)
