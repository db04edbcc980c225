"""The back button after a refused form: it leads to pages, never to the browser's question whether to send again."""

import pytest
from playwright.sync_api import expect

from tests.browser import shopping
from tests.browser.test_buying import path_of, ready_pieces, sign_in

pytestmark = pytest.mark.browser


def go_back(page) -> None:
    answer = page.go_back()
    assert answer is None or answer.status == 200, "a page kept by the browser, or one that the shop gives"
    expect(page.locator("main h1")).to_be_visible()
    assert page.url.startswith("http://127.0.0.1:"), "no error page of the browser's own"


def test_back_after_an_error_in_the_checkout_leads_to_its_pages(demo, quiet_page):
    page = quiet_page
    shopping.add_to_basket(page, path_of(ready_pieces(demo)[0]))
    page.goto("/toko/keranjang/")
    page.goto("/toko/checkout/")
    shopping.fill_address(page, "salah@")
    shopping.go_on(page)
    expect(page.locator("[data-form-errors] a[href='#id_email']")).to_be_visible()
    expect(page.locator("input[name=email]")).to_have_value("salah@")
    expect(page.locator("input[name=line1]")).to_have_value("Jalan Dipati Ukur 12")
    page.locator("input[name=email]").fill("mundur@example.com")
    shopping.go_on(page)
    page.wait_for_url("**/toko/checkout/bayar/")
    page.locator("button.pay-button").click()
    expect(page.locator("[data-form-errors] a[href='#id_terms']")).to_be_visible()
    go_back(page)
    go_back(page)
    go_back(page)
    page.goto("/toko/checkout/")
    expect(page.locator("input[name=email]")).to_have_value("mundur@example.com")
    assert page.locator("[data-form-errors]").count() == 0
    shopping.go_on(page)
    shopping.pay_with(page, "bank_transfer")
    expect(page.locator(".exact")).to_be_visible()


def test_back_after_an_error_in_the_address_book_leads_to_its_pages(demo, quiet_page):
    page = quiet_page
    sign_in(page, "pembeli@demo.test")
    page.goto("/akun/alamat/")
    page.goto("/akun/alamat/baru/")
    shopping.fill_address(page, None)
    page.locator("input[name=phone]").fill("12")
    page.locator("#address > button.btn").click()
    expect(page.locator("[data-form-errors] a[href='#id_phone']")).to_be_visible()
    expect(page.locator("input[name=line1]")).to_have_value("Jalan Dipati Ukur 12")
    page.locator("input[name=phone]").fill("0812 3456 7890")
    page.locator("#address > button.btn").click()
    page.wait_for_url("**/akun/alamat/")
    go_back(page)
    go_back(page)
