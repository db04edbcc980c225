"""From the name of a recipe in the data to the hand that draws it."""

from importlib import import_module

from shop.demo.art import batik, cloth, garment, textile
from shop.demo.art.studio import GROUNDS

SEWN = {"tie", "shirt", "tote"}


def _detail(img):
    """A close look: the middle of the picture at nearly twice the size."""
    h, w = img.shape[:2]
    return img[int(h * 0.34) : int(h * 0.86), int(w * 0.22) : int(w * 0.74)]


def _of_cloth(maker, layout):
    show = getattr(garment if layout in SEWN else cloth, layout)

    def drawn(rng, params):
        def make(height, width, heads, sides, thread, grow):
            return maker(height, width, params, rng, heads, sides, thread, grow)

        if params.get("detail"):
            return cloth.draped(make, rng, params)
        return show(make, rng, {"ground": None, **params})

    return drawn


#: How much nearer the camera stands, and the height it looks at, for things drawn small on the large picture.
NEAR = {
    "pewter.mug": (1.38, 0.64),
    "pewter.vase": (1.16, 0.56),
    "pewter.box": (1.30, 0.55),
    "pewter.tin": (1.30, 0.60),
    "pewter.candle": (1.14, 0.56),
    "pewter.bowl": (1.24, 0.58),
    "pewter.ship": (1.08, 0.48),
    "kopiah.cap": (1.16, 0.56),
    "satam.ring": (1.2, 0.54),
}


def _nearer(img, factor, middle):
    h, w = img.shape[:2]
    ch, cw = int(h / factor), int(w / factor)
    y0 = min(max(0, int(h * middle - ch / 2)), h - ch)
    x0 = (w - cw) // 2
    return img[y0 : y0 + ch, x0 : x0 + cw]


def _grounded(draw, name):
    def drawn(rng, params):
        named = params.get("ground")
        if named not in GROUNDS:
            params = {**params, "ground": "linen"}
        img = draw(rng, params)
        if name in NEAR:
            img = _nearer(img, *NEAR[name])
        return _detail(img) if params.get("detail") else img

    return drawn


def recipe(name):
    """The function (rng, params) → large picture for ``module.shape``."""
    module, shape = name.split(".")
    if module == "textile":
        return _of_cloth(textile.weave, shape)
    if module == "batik":
        return _of_cloth(batik.draw, shape)
    made = getattr(import_module(f"shop.demo.art.{module}"), shape)
    return made if module in ("portrait", "scenes") else _grounded(made, name)
