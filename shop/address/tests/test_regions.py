import pytest

from shop.address import regions


def test_provinces_stand_at_the_top():
    provinces = regions.children()
    assert len(provinces) == 38
    assert regions.Region("19", "Kepulauan Bangka Belitung") in provinces


def test_villages_know_their_postcode():
    assert regions.Region("19.71.02.1001", "Opas Indah", "33121") in regions.children("19.71.02")


def test_an_unknown_code_has_neither_name_nor_children():
    assert regions.find("99.99") is None
    assert regions.find("") is None
    assert regions.children("99.99") == ()


def test_lineage_names_every_level_above():
    assert regions.lineage("19.71.02.1001") == {
        "province": "19",
        "regency": "19.71",
        "district": "19.71.02",
        "village": "19.71.02.1001",
    }
    assert regions.lineage("") == {}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_list_of_regions_is_kept_by_browsers_and_sets_no_cookie(client, prefix):
    response = client.get(f"{prefix}/toko/wilayah/", {"parent": "19.71.02"})
    assert response.status_code == 200
    assert {"code": "19.71.02.1001", "name": "Opas Indah", "postcode": "33121"} in response.json()
    assert response["Cache-Control"] == "public, max-age=2592000"
    assert not response.cookies


def test_unknown_parents_are_not_found(client):
    assert client.get("/toko/wilayah/", {"parent": "<script>"}).status_code == 404
