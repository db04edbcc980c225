"""The demo catalogue as data: whole, consistent, and in both languages, before anything loads it."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from lokal import wilayah

DATA = Path(__file__).resolve().parent.parent / "data"
PRICES = {
    "tenun-cual": (200_000, 6_000_000),
    "pewter": (30_000, 20_000_000),
    "anyaman": (25_000, 600_000),
    "batik": (100_000, 1_500_000),
    "kopiah-resam": (100_000, 2_000_000),
    "rajutan": (50_000, 500_000),
    "batu-satam": (300_000, 1_500_000),
}


def read(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


CRAFTS = read("crafts.json")
MOTIFS = read("motifs.json")
REGENCIES = read("regencies.json")
ATTRIBUTES = {attribute["code"]: attribute for attribute in read("attributes.json")}
MAKERS = {maker["slug"]: maker for maker in read("makers.json")}
PRODUCTS = [product for craft in CRAFTS for product in read(f"products/{craft['slug']}.json")]


def texts(entry):
    """Every pair of texts in an entry, and in the entries inside it, as (name, Indonesian, English)."""
    if isinstance(entry, list):
        for one in entry:
            yield from texts(one)
    elif isinstance(entry, dict):
        for key, value in entry.items():
            if key.endswith("_id"):
                yield key, value, entry.get(key[:-3] + "_en")
            else:
                yield from texts(value)


def test_there_are_24_makers_and_160_products_by_craft():
    assert len(MAKERS) == 24
    assert Counter(product["craft"] for product in PRODUCTS) == {
        "tenun-cual": 44, "pewter": 28, "anyaman": 32, "batik": 22, "kopiah-resam": 14, "rajutan": 12, "batu-satam": 8,
    }  # fmt: skip


def test_every_craft_names_a_drawing_of_its_own():
    scenes = {scene["file"] for scene in read("scenes.json")}
    files = [craft["picture"] for craft in CRAFTS]
    assert len(set(files)) == len(files) == 7
    assert set(files) <= scenes


def test_slugs_and_skus_are_unique():
    for values in ([p["slug"] for p in PRODUCTS], [p["sku"] for p in PRODUCTS], [m["slug"] for m in MOTIFS]):
        assert len(values) == len(set(values))


@pytest.mark.parametrize("name", ["crafts.json", "motifs.json", "makers.json", "attributes.json", "scenes.json"])
def test_every_text_is_there_in_both_languages(name):
    for key, indonesian, english in texts(read(name)):
        assert indonesian and english, key


def test_every_product_text_is_there_in_both_languages_and_none_is_said_twice():
    for key, indonesian, english in texts(PRODUCTS):
        assert indonesian and english, key
    for field in ("title_id", "title_en", "description_id", "description_en"):
        assert len({product[field] for product in PRODUCTS}) == 160, field


def test_descriptions_and_stories_have_the_agreed_length():
    for product in PRODUCTS:
        for field in ("description_id", "description_en"):
            assert 40 <= len(product[field].split()) <= 90, (product["slug"], field)
    for maker in MAKERS.values():
        for field in ("story_id", "story_en"):
            assert 80 <= len(maker[field].split()) <= 140, (maker["slug"], field)


def test_prices_are_plausible_for_their_craft():
    for product in PRODUCTS:
        low, high = PRICES[product["craft"]]
        assert isinstance(product["price"], int)
        assert low <= product["price"] <= high, product["slug"]


def test_a_piece_has_stock_or_a_lead_time_and_never_both():
    for product in PRODUCTS:
        assert (product["stock"] is None) == product["made_to_order"] == (product["lead_time_days"] is not None)
    assert Counter(product["stock"] for product in PRODUCTS)[1] == 52
    assert Counter(product["stock"] for product in PRODUCTS)[0] == 4
    assert sum(product["made_to_order"] for product in PRODUCTS) == 20


def test_every_regency_and_craft_has_a_maker_with_pieces():
    assert {maker["regency"] for maker in MAKERS.values()} == {regency["code"] for regency in REGENCIES}
    assert {craft for maker in MAKERS.values() for craft in maker["crafts"]} == {craft["slug"] for craft in CRAFTS}
    assert {product["maker"] for product in PRODUCTS} == set(MAKERS)
    for product in PRODUCTS:
        assert product["craft"] in MAKERS[product["maker"]]["crafts"], product["slug"]


def test_regencies_and_villages_are_the_official_ones():
    for regency in REGENCIES:
        assert wilayah.wilayah_name(regency["code"]) == regency["name"]
    for maker in MAKERS.values():
        villages = {
            village.name
            for district in wilayah.list_wilayah(maker["regency"])
            for village in wilayah.list_wilayah(district.code)
        }
        assert maker["village"] in villages, maker["slug"]


def test_motifs_and_attributes_of_products_are_known():
    motifs = {motif["slug"] for motif in MOTIFS}
    for product in PRODUCTS:
        assert set(product["motifs"]) <= motifs, product["slug"]
        for code, value in product["attributes"].items():
            choices = {choice["code"] for choice in ATTRIBUTES[code]["values"]}
            assert not choices or value in choices, (product["slug"], code)
    assert {motif["certainty"] for motif in MOTIFS} == {"documented", "told", "uncertain"}


def test_telephone_numbers_are_plainly_made_up():
    for maker in MAKERS.values():
        assert re.fullmatch(r"62811000001\d\d", maker["whatsapp"])


def test_pewter_and_satam_say_nothing_they_should_not():
    for product in PRODUCTS:
        words = f"{product['description_id']} {product['description_en']}".lower()
        for claim in ("food-safe", "food safe", "aman untuk makanan", "meteor", "only in belitung"):
            assert claim not in words, product["slug"]
