import pytest

from shop.shipping.weights import chargeable_grams, chargeable_kilograms, volumetric_grams


def test_a_box_counts_by_its_room():
    assert volumetric_grams(30, 20, 20, 6000) == 2000
    assert volumetric_grams(30, 20, 20, 5000) == 2400


def test_a_started_gram_of_room_counts():
    assert volumetric_grams(10, 10, 1, 6000) == 17


def test_an_unknown_side_leaves_the_actual_weight_to_decide():
    assert volumetric_grams(30, 0, 20, 6000) == 0
    assert chargeable_grams(1400, 0) == 1400


def test_the_greater_weight_is_charged_and_never_less_than_a_kilogram():
    assert chargeable_grams(1400, 2000) == 2000
    assert chargeable_grams(2600, 2000) == 2600
    assert chargeable_grams(150, 90) == 1000


@pytest.mark.parametrize(
    ("grams", "tolerance", "kilograms"),
    [
        (1, 0, 1),
        (1000, 0, 1),
        (1001, 0, 2),
        (2300, 300, 2),
        (2301, 300, 3),
        (200, 300, 1),
    ],
)
def test_a_started_kilogram_counts_once_past_the_tolerance(grams, tolerance, kilograms):
    assert chargeable_kilograms(grams, tolerance) == kilograms
