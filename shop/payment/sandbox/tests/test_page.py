"""The hosted page: pay, be declined, pay later, walk away, come back."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polib
import pytest
import requests

from ..pricing import shown
from ..words import catalogue
from .factories import session_params

PACKAGE = Path(__file__).parent.parent


@pytest.fixture
def session(client):
    return client.v1.checkout.sessions.create(session_params())


def press(session, outcome, path=""):
    return requests.post(f"{session.url}{path}", data={"outcome": outcome}, allow_redirects=False, timeout=5)


def test_the_page_shows_shop_lines_total_and_that_no_real_money_moves(session):
    page = requests.get(session.url, timeout=5)
    assert page.status_code == 200
    for text in ["Kriya Babel", "Kain cual", "Rp150.000", "Pesanan 100123", "Bayar Rp150.000"]:
        assert text in page.text
    assert "Tidak ada uang sungguhan" in page.text
    assert 'href="http://127.0.0.1:8000/back/"' in page.text


def test_the_page_speaks_english_when_the_session_or_the_reader_asks(client, session):
    english = client.v1.checkout.sessions.create(session_params(locale="en"))
    assert "Pay IDR 150,000" in requests.get(english.url, timeout=5).text
    assert "Pay IDR 150,000" in requests.get(f"{session.url}?lang=en", timeout=5).text
    auto = client.v1.checkout.sessions.create(session_params(locale="auto"))
    answer = requests.get(auto.url, headers={"Accept-Language": "en-GB,en;q=0.9"}, timeout=5)
    assert '<html lang="en">' in answer.text


def test_a_browser_asking_for_an_icon_is_not_told_that_its_key_is_wrong(sandbox):
    assert requests.get(f"{sandbox.url}/favicon.ico", timeout=5).status_code == 204


def test_paying_leads_to_the_shop_with_the_session_filled_in(client, session):
    answer = press(session, "paid")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://127.0.0.1:8000/done/?session_id={session.id}"
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_double_clicks_pay_once(sandbox, session):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: press(session, "paid"), range(8)))
    assert {answer.headers["Location"] for answer in answers} == {
        f"http://127.0.0.1:8000/done/?session_id={session.id}"
    }
    assert len(sandbox.sandbox.store.newest_first("charge")) == 1
    assert [d["kind"] for d in sandbox.deliveries()].count("checkout.session.completed") == 1


def test_a_declined_card_comes_back_to_the_page_and_can_be_tried_again(client, session):
    answer = press(session, "declined")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/c/pay/{session.id}")
    assert 'role="alert"' in requests.get(session.url, timeout=5).text
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert press(session, "paid").headers["Location"].startswith("http://127.0.0.1:8000/done/")


def test_paying_later_leads_to_the_shop_and_the_page_waits_for_the_transfer(client, session):
    assert press(session, "later-paid").headers["Location"].startswith("http://127.0.0.1:8000/done/")
    page = requests.get(session.url, timeout=5).text
    assert "Menunggu transfer Anda" in page
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    press(session, "paid", "/settle")
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert "Sudah dibayar" in requests.get(session.url, timeout=5).text


def test_a_transfer_that_never_comes_is_said(session):
    press(session, "later-failed")
    press(session, "failed", "/settle")
    assert "Transfer tidak masuk" in requests.get(session.url, timeout=5).text


def test_a_paid_page_says_so_and_shows_the_way_back(sandbox, session):
    sandbox.pay(session.id)
    page = requests.get(session.url, timeout=5).text
    assert "Sudah dibayar" in page
    assert f"http://127.0.0.1:8000/done/?session_id={session.id}" in page
    assert "<form" not in page


def test_an_expired_page_says_so_and_cannot_be_paid(client, session):
    client.v1.checkout.sessions.expire(session.id)
    assert press(session, "paid").headers["Location"] == f"/c/pay/{session.id}"
    page = requests.get(session.url, timeout=5).text
    assert "sudah kedaluwarsa" in page
    assert 'href="http://127.0.0.1:8000/back/"' in page
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"


def test_an_unknown_page_is_404(sandbox):
    answer = requests.get(f"{sandbox.url}/c/pay/cs_test_none", timeout=5)
    assert answer.status_code == 404
    assert "tidak ditemukan" in answer.text


def test_what_comes_from_the_shop_is_escaped(client):
    line = session_params()["line_items"][0]
    line["price_data"]["product_data"]["name"] = "<b>Kain</b>"
    session = client.v1.checkout.sessions.create(session_params(line_items=[line]))
    page = requests.get(session.url, timeout=5).text
    assert "&lt;b&gt;Kain&lt;/b&gt;" in page
    assert "<b>Kain" not in page


def test_the_page_needs_no_script_and_its_policy_lets_the_form_reach_the_shop(session):
    page = requests.get(session.url, timeout=5)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'; style-src 'self'" in policy
    assert "form-action 'self' http://127.0.0.1:8000" in policy
    assert not re.search(r"<script|style=|\son\w+=", page.text)
    style = requests.get(session.url.split("/c/")[0] + "/assets/pay.css", timeout=5)
    assert (style.status_code, style.headers["Content-Type"]) == (200, "text/css; charset=utf-8")


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        (125_000_000, "idr", "id", "Rp1.250.000"),
        (125_000_000, "idr", "en", "IDR 1,250,000"),
        (125_000_050, "idr", "id", "Rp1.250.000,50"),
        (1_250, "usd", "en", "USD 12.50"),
        (500, "jpy", "id", "JPY 500"),
    ],
)
def test_amounts_read_as_people_write_them(amount, currency, language, text):
    assert shown(amount, currency, language) == text


def test_every_word_of_the_page_is_translated_and_none_is_left_over():
    source = (PACKAGE / "page_parts.py").read_text(encoding="utf-8")
    used = set(re.findall(r'_\(\s*"([^"]+)"\s*,?\s*\)', source))
    assert len(used) > 25
    texts = catalogue("id")
    assert set(texts) == used
    assert all(texts.values())


def test_the_reader_of_po_files_agrees_with_polib():
    path = PACKAGE / "locale" / "id" / "LC_MESSAGES" / "django.po"
    assert catalogue("id") == {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
