"""Draws the pictures of the demo catalogue again: ``python -m shop.demo.art.generate [--only slug] [--missing]``.

Deterministic: the same data gives the same picture, because every picture has its own seed.
"""

import argparse
import json
import sys
import time
import zlib
from pathlib import Path

import numpy as np

from shop.demo.art import studio

HERE = Path(__file__).resolve().parent
DATA, PICTURES = HERE.parent / "data", HERE.parent / "pictures"


def jobs():
    """Every picture the data names: (the slug it belongs to, its entry, width, height)."""
    for path in sorted((DATA / "products").glob("*.json")):
        for product in json.loads(path.read_text(encoding="utf-8")):
            for picture in product["pictures"]:
                yield product["slug"], picture, 640, 800
    for maker in json.loads((DATA / "makers.json").read_text(encoding="utf-8")):
        yield maker["slug"], maker["portrait"], 800, 800
    for scene in json.loads((DATA / "scenes.json").read_text(encoding="utf-8")):
        yield scene["file"], scene, scene["width"], scene["height"]


def draw(picture, width, height):
    """One picture, finished."""
    from shop.demo.art.recipes import recipe

    rng = np.random.default_rng([picture["seed"], zlib.crc32(picture["recipe"].encode())])
    return studio.finish(recipe(picture["recipe"])(rng, picture["params"]), width, height)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="part of a slug, a file or a recipe")
    parser.add_argument("--missing", action="store_true", help="leave finished pictures alone")
    parser.add_argument("--into", type=Path, default=PICTURES)
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    for slug, picture, width, height in jobs():
        target = options.into / picture["file"]
        if options.only and options.only not in f"{slug} {picture['file']} {picture['recipe']}":
            continue
        if options.missing and target.exists():
            continue
        start = time.perf_counter()
        target.write_bytes(studio.to_webp(draw(picture, width, height)))
        sys.stdout.write(
            f"{picture['file']}  {target.stat().st_size // 1024} KB  {time.perf_counter() - start:.1f} s\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
