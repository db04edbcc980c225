"""Every text colour of the theme can be read on the grounds it stands on, in light and in dark (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "themes/cual/static/cual/css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")

GROUNDS = ("cotton", "paper", "linen")
STATE_GROUNDS = ("good-ground", "bad-ground", "warn-ground", "info-ground")

#: (text, ground): 4.5:1. A component that puts a colour on another ground adds its pair here.
TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "ink-soft", "gula", "gula-deep") for ground in GROUNDS],
    *[(text, ground) for text in ("sungkit-text", "laut", "pewter", "bad") for ground in ("cotton", "paper")],
    *[("ink", ground) for ground in STATE_GROUNDS],
    ("good", "good-ground"),
    ("bad", "bad-ground"),
    ("warn", "warn-ground"),
    ("laut", "info-ground"),
    ("on-deep", "deep"),
    ("on-deep-soft", "deep"),
    ("on-deep-gold", "deep"),
    ("on-fill", "fill"),
    ("on-fill", "fill-hover"),
    ("on-fill-light", "fill-light"),
    ("on-fill-light", "on-deep-gold"),
    ("cotton", "ink"),
]

#: (mark, ground): 3:1, for what is not text but must be seen: edges of fields, focus rings, filled buttons.
MARK_PAIRS = [
    ("edge", "paper"),
    ("edge", "cotton"),
    ("laut", "cotton"),
    ("laut", "paper"),
    ("on-deep-gold", "deep"),
    ("bad", "paper"),
    ("good", "cotton"),
]


def colours(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})\s*;", block))


def modes():
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    return {"light": colours(light), "dark": colours(light) | colours(dark)}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_pair_reaches_4_5(mode):
    palette = modes()[mode]
    weak = {
        f"{t} on {g}": round(contrast(palette[t], palette[g]), 2)
        for t, g in TEXT_PAIRS
        if contrast(palette[t], palette[g]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_mark_reaches_3(mode):
    palette = modes()[mode]
    weak = {
        f"{t} on {g}": round(contrast(palette[t], palette[g]), 2)
        for t, g in MARK_PAIRS
        if contrast(palette[t], palette[g]) < 3
    }
    assert weak == {}


def test_every_colour_used_for_text_is_in_a_measured_pair():
    measured = {text for text, _ground in TEXT_PAIRS}
    used = {
        name
        for sheet in CSS.glob("*.css")
        for name in re.findall(r"(?<![\w-])color:\s*var\(--([\w-]+)\)", sheet.read_text(encoding="utf-8"))
    }
    # --edge colours the stroke between breadcrumbs, which is ornament and hidden from screen readers.
    assert used - measured == {"edge"}


def test_ornament_gold_never_carries_text():
    for sheet in CSS.glob("*.css"):
        assert not re.search(r"(?<![\w-])color:\s*var\(--sungkit\)", sheet.read_text(encoding="utf-8")), sheet.name


def test_colours_are_named_in_the_tokens_and_nowhere_else():
    """Without this a new theme, or dark mode, leaves islands of the old colours behind."""
    strays = {
        sheet.name: found
        for sheet in CSS.glob("*.css")
        if sheet.name != "tokens.css"
        and (found := list(re.findall(r"#[0-9a-fA-F]{3,8}\b", _without_print(sheet.read_text(encoding="utf-8")))))
    }
    assert strays == {}


def _without_print(text):
    return text.split("@media print")[0]
