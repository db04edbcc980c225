"""Draws the icons of the installed till. They are committed; run it again when the mark or its colours change."""

from pathlib import Path

from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parents[2] / "static/exhibitions/till/icons"
GROUND, GOLD, THREAD = "#6b1220", "#c8963a", "#ebcb8f"
#: Drawn this many times larger, then made small: smooth edges.
FINER = 4
#: (file, pixels, share of the side the mark takes). A maskable icon may be cut to a circle.
ICONS = (("icon-192.png", 192, 0.8), ("icon-512.png", 512, 0.8), ("icon-maskable-512.png", 512, 0.58))


def draw(size: int, share: float) -> Image.Image:
    """The tumpal of the site's own mark, on a whole square."""
    whole = size * FINER
    image = Image.new("RGB", (whole, whole), GROUND)
    pen = ImageDraw.Draw(image)
    unit = whole * share / 48
    left, top = (whole - 48 * unit) / 2, (whole - 44 * unit) / 2

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * unit, top + y * unit

    pen.line([at(1, 40), at(24, 1.5), at(47, 40)], fill=THREAD, width=round(3.5 * unit), joint="curve")
    pen.polygon([at(12, 40), at(24, 20), at(36, 40)], fill=GOLD)
    pen.rectangle([at(0, 40), at(48, 44)], fill=THREAD)
    return image.resize((size, size), Image.Resampling.LANCZOS)


class Command(BaseCommand):
    help = "Draw the icons of the till."

    def handle(self, *args, **options):
        for name, size, share in ICONS:
            draw(size, share).save(FOLDER / name, optimize=True)
