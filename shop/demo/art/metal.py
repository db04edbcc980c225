"""How pewter takes light: a soft studio with a window at the left, a strip at the right, a dark floor."""

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter1d

from shop.demo.art.studio import blur, noise, smooth

SATIN = np.array([0.93, 0.945, 0.955])


def studio_light(R):
    """Brightness seen in the direction R (view space, y up)."""
    x, y, z = R[..., 0], R[..., 1], R[..., 2]
    sky = 0.34 + 0.30 * smooth(-0.9, 0.9, y)
    window = 0.95 * np.exp(-(((x + 0.62) / 0.34) ** 2) - ((y - 0.30) / 0.52) ** 2)
    strip = 0.42 * np.exp(-(((x - 0.86) / 0.13) ** 2) - ((y - 0.1) / 0.7) ** 2)
    floor = -0.16 * smooth(0.25, -0.75, y)
    dark = -0.16 * np.exp(-(((x - 0.15) / 0.22) ** 2)) * smooth(0.75, 0.2, z)
    return sky + window + strip + floor + dark


def pewter(N, rng, brush=None, dark=None, tint=SATIN, rough=0.0):
    """Colour of pewter for normals N. ``brush`` 0-centred streaks, ``dark`` 0 to 1 where it was darkened."""
    h, w = N.shape[:2]
    fine = noise(h, w, 1.6, rng) * 0.007
    M = N.copy()
    if rough:
        M[..., 0] += rough * 0.13 * noise(h, w, 4, rng)
        M[..., 1] += rough * 0.13 * noise(h, w, 4, rng)
        M /= np.linalg.norm(M, axis=-1, keepdims=True) + 1e-9
    R = 2 * M[..., 2:3] * M
    R[..., 2] -= 1
    light = studio_light(R)
    soft = studio_light(M)
    light = 0.62 * light + 0.38 * soft + fine
    if brush is not None:
        light = light * (1 + brush)
    if dark is not None:
        light = light * (1 - 0.62 * dark)
    light = 0.06 + light * 1.22
    light = light / (1 + 0.22 * light)
    warm = np.clip(light - 0.75, 0, 1)[..., None] * np.array([0.10, 0.06, 0.0])
    floor = np.clip(-N[..., 1], 0, 1)[..., None] * np.array([0.055, 0.035, 0.02])
    return light[..., None] * tint + warm + floor


def turned(v, rng, amount=0.035):
    """The fine rings a lathe leaves, along the outline coordinate v."""
    rings = gaussian_filter1d(rng.normal(0, 1, 4000), 0.9)
    rings /= rings.std()
    return amount * rings[np.clip(v.astype(int), 0, 3999)]


def relief(mask, height, rng, dark=None, bevel=7.0, lift=1.0):
    """A flat piece seen from above: edges rounded by ``bevel`` pixels, drawing in ``height``."""
    d = distance_transform_edt(mask)
    t = np.clip(d / bevel, 0, 1)
    z = bevel * np.sqrt(np.clip(1 - (1 - t) ** 2, 0, 1)) * lift + height
    z = blur(z, 0.9)
    gy, gx = np.gradient(z)
    N = np.stack([-gx, gy, np.ones_like(gx)], -1)
    h, w = mask.shape
    y, x = np.mgrid[0:h, 0:w]
    N[..., 0] += 0.22 * (x / w - 0.5)
    N[..., 1] += 0.22 * (0.5 - y / h) + 0.10
    N /= np.linalg.norm(N, axis=-1, keepdims=True)
    return pewter(N, rng, dark=dark, rough=0.10)
