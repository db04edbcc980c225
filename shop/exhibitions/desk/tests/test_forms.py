"""Forms speak the language of the page, also where a library judges what was typed."""

import pytest
from django.utils import translation
from qriskit.crc import crc16

from shop.exhibitions.demo.stall import QRIS
from shop.exhibitions.desk import qris
from shop.exhibitions.desk.forms import FairForm

pytestmark = pytest.mark.django_db


def signed(text: str) -> str:
    """The text without its checksum, with the one that fits."""
    return f"{text}6304{crc16(f'{text}6304')}"


BODY = QRIS[:-8]


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ("bukan QRIS", "ini bukan teks QRIS"),
        (f"{QRIS[:-4]}0000", "teksnya terpotong atau berubah, empat karakter terakhirnya tidak cocok"),
        (signed(BODY.replace("5303360", "5303840")), "mata uangnya bukan rupiah"),
        (signed(BODY.replace("5802ID", "5802SG")), "negaranya bukan Indonesia"),
        (signed(BODY.replace("5802ID", "")), "ada bagian yang hilang atau tidak terbaca"),
    ],
)
def test_a_qris_that_would_not_be_paid_is_refused_in_the_language_of_the_page(payload, why):
    with translation.override("id"):
        form = FairForm({"qris_payload": payload})
        assert form.errors["qris_payload"] == [f"QRIS ini tidak akan bisa dibayar: {why}. Pindai sekali lagi."]


def test_a_qris_that_would_be_paid_is_taken():
    assert qris.reasons(QRIS) == []
    assert qris.reasons(signed(BODY)) == []


def test_no_field_of_a_fair_is_named_in_english_on_the_indonesian_form():
    with translation.override("id"):
        labels = {name: str(field.label) for name, field in FairForm().fields.items()}
    assert labels["slug"] == "Nama di alamat"
    with translation.override("en"):
        english = {name: str(field.label) for name, field in FairForm().fields.items()}
    assert [name for name in labels if labels[name] == english[name]] == []
