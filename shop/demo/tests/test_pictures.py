"""The finished pictures: each one the data names is there, small enough, and says that it is an illustration."""

import json
from pathlib import Path

import pytest
from PIL import Image

DEMO = Path(__file__).resolve().parent.parent
PICTURES = DEMO / "pictures"


def read(name):
    return json.loads((DEMO / "data" / name).read_text(encoding="utf-8"))


PRODUCTS = [
    product for path in sorted((DEMO / "data/products").glob("*.json")) for product in json.loads(path.read_text())
]
OF_PRODUCTS = [picture for product in PRODUCTS for picture in product["pictures"]]
PORTRAITS = [maker["portrait"] for maker in read("makers.json")]
SCENES = read("scenes.json")
ALL = [*OF_PRODUCTS, *PORTRAITS, *SCENES]


@pytest.mark.parametrize(("group", "size"), [(OF_PRODUCTS, (640, 800)), (PORTRAITS, (800, 800))])
def test_pictures_are_webp_of_the_agreed_size(group, size):
    for entry in group:
        with Image.open(PICTURES / entry["file"]) as picture:
            assert (picture.format, picture.size) == ("WEBP", size), entry["file"]


def test_scenes_have_the_size_their_entry_says():
    for entry in SCENES:
        with Image.open(PICTURES / entry["file"]) as picture:
            assert (picture.format, picture.size) == ("WEBP", (entry["width"], entry["height"])), entry["file"]


def test_no_picture_is_over_120_kb_nor_all_of_them_over_20_mb():
    sizes = {entry["file"]: (PICTURES / entry["file"]).stat().st_size for entry in ALL}
    assert max(sizes.values()) <= 120 * 1024
    assert sum(sizes.values()) <= 20 * 1024 * 1024


def test_every_file_is_named_by_the_data_and_once_only():
    named = [entry["file"] for entry in ALL]
    assert len(named) == len(set(named))
    assert {path.name for path in PICTURES.iterdir()} == set(named)


def test_every_alternative_text_says_illustration():
    for entry in ALL:
        assert entry["alt_id"].startswith("Ilustrasi: "), entry["file"]
        assert entry["alt_en"].startswith("Illustration: "), entry["file"]


def test_every_featured_piece_and_at_least_forty_have_a_second_picture():
    for product in PRODUCTS:
        assert not product["is_featured"] or len(product["pictures"]) == 2, product["slug"]
    assert sum(len(product["pictures"]) == 2 for product in PRODUCTS) >= 40
