"""The till when hands slip: taps that come twice, fields half typed, baskets that end, a second window.

Nothing here waits for a moment: the app may send by itself whenever it likes.
"""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import till
from tests.browser.conftest import wait_until

pytestmark = pytest.mark.browser


def tap_twice(page: Page, name: str) -> None:
    """Two taps before anything can be kept, as a thumb that trembles gives them."""
    page.get_by_role("button", name=name).evaluate("(button) => { button.click(); button.click(); }")


def due(page: Page) -> int:
    return int("".join(filter(str.isdigit, page.locator(".due strong").inner_text())))


def pay_part(page: Page, way: str, amount: int) -> None:
    page.get_by_role("button", name=way).click()
    page.get_by_role("button", name="Bagi pembayaran").click()
    page.get_by_label("Jumlah dengan cara ini").fill(str(amount))


# --- Taps that come twice


def test_a_double_tap_takes_the_money_once(at_work):
    till.put_into_basket(at_work, 0)
    till.to_payment(at_work)
    whole = due(at_work)
    pay_part(at_work, "Tunai", 50_000)
    tap_twice(at_work, "Terima Rp50.000")
    expect(at_work.locator(".due strong")).to_have_text(f"Rp{whole - 50_000:,}".replace(",", "."))
    expect(at_work.locator(".taken li")).to_have_count(1)
    assert [each["amount"] for each in till.kept(at_work, "basket")["tenders"]] == [50_000]


def test_a_double_tap_keeps_a_contact_once(at_work, demo):
    at_work.goto(f"{demo.url}/kasir/#/tamu")
    at_work.get_by_label("Nama").fill("Tan Wei Ling")
    at_work.get_by_label("Telepon").fill("0812 3456 789")
    at_work.get_by_label("Yang bersangkutan setuju").check()
    tap_twice(at_work, "Simpan")
    expect(at_work.get_by_role("heading", name="Lainnya")).to_be_visible()
    assert len(till.events(at_work, "enquiry")) == 1


def test_a_pin_is_reckoned_once_however_it_is_entered(page, demo, stall):
    till.pair(page, demo.url, stall["codes"].pop())
    page.get_by_role("button", name="Rina").click()
    page.evaluate(
        """() => {
          const { deriveBits } = SubtleCrypto.prototype;
          globalThis.reckoned = 0;
          SubtleCrypto.prototype.deriveBits = function (...all) {
            globalThis.reckoned += 1;
            return deriveBits.apply(this, all);
          };
          const pin = document.querySelector("input.pin");
          pin.value = "1234";
          pin.dispatchEvent(new Event("input", { bubbles: true }));
          pin.form.requestSubmit();
        }"""
    )
    expect(page.get_by_role("searchbox")).to_be_visible()
    assert page.evaluate("globalThis.reckoned") == 1


# --- What is typed


@pytest.mark.parametrize(
    ("name", "phone", "email", "said"),
    [
        (" ", "0812", "", "Isi namanya."),
        ("Tan", " ", "", "Isi nomor telepon atau alamat e-mail."),
        ("Tan", "0812", "tan@gmail", "Alamat e-mail belum lengkap."),
    ],
)
def test_a_contact_the_server_must_refuse_is_not_kept(at_work, demo, name, phone, email, said):
    at_work.goto(f"{demo.url}/kasir/#/tamu")
    at_work.get_by_label("Nama").fill(name)
    at_work.get_by_label("Telepon").fill(phone)
    at_work.get_by_label("E-mail").fill(email)
    at_work.get_by_label("Yang bersangkutan setuju").check()
    at_work.get_by_role("button", name="Simpan").click()
    expect(at_work.locator(".field-problem")).to_contain_text(said)
    expect(at_work.locator("[aria-invalid=true]")).to_be_focused()
    assert till.events(at_work, "enquiry") == []


def test_a_note_being_typed_outlives_what_the_app_does_by_itself(at_work):
    till.put_into_basket(at_work, 1)
    at_work.get_by_role("button", name="Lihat keranjang").click()
    at_work.get_by_text("Catatan dan asal pembeli").click()
    at_work.get_by_label("Catatan", exact=True).press_sequentially("Kado untuk ")
    till.tell(at_work, "events")
    at_work.get_by_label("Catatan", exact=True).press_sequentially("Ibu")
    expect(at_work.get_by_label("Catatan", exact=True)).to_have_value("Kado untuk Ibu")
    # What stands in the field is not on the phone before its write is through.
    wait_until(lambda: till.kept(at_work, "basket")["note"] == "Kado untuk Ibu", 60, "the note was not kept")
    at_work.reload()
    expect(at_work.get_by_label("Catatan", exact=True)).to_have_value("Kado untuk Ibu")


def test_a_press_outlives_what_is_drawn_meanwhile(at_work):
    page = at_work
    till.cut_off(page)
    number = till.sell(page, 13)
    page.get_by_role("button", name="Penjualan", exact=True).click()
    row = page.get_by_role("button", name=number)
    box = row.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    till.refuse_kept(page)
    # The bar has heard of it, the list under the finger waits.
    till.expect_badge(page, "offline", "1 ditolak")
    expect(page.get_by_role("button", name="Kirim sekarang")).to_be_visible()
    page.mouse.up()
    expect(page.get_by_role("heading", name=number)).to_be_visible()


def test_new_stock_disturbs_neither_search_nor_tile(at_work):
    page = at_work
    till.cut_off(page)
    search = page.get_by_role("searchbox")
    search.fill("a")
    first = page.locator(".tile").first.element_handle()
    till.change_kept(page, "catalogue", "for (const item of value.items) item.stock = 77", "catalogue")
    expect(page.locator(".tile").first).to_contain_text("77")
    assert first.evaluate("(tile) => tile.isConnected && tile === document.querySelector('.tile')")
    expect(search).to_be_focused()
    expect(search).to_have_value("a")


def test_a_hand_scanner_is_heard_wherever_the_focus_is(at_work):
    page = at_work
    code = till.kept(page, "catalogue")["items"][3]["sku"]
    till.sell(page, 2)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.type(f"{code}\n")
    expect(page.get_by_role("button", name="Lihat keranjang")).to_contain_text("1 barang")
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_a_part_is_named_on_the_button_and_never_cut(at_work):
    page = at_work
    till.put_into_basket(page, 3)
    till.to_payment(page)
    whole = due(page)
    pay_part(page, "Kartu", 20_000)
    page.get_by_label("Nomor di struk kartu").fill("4711")
    expect(page.get_by_role("button", name="Terima Rp20.000", exact=True)).to_be_enabled()
    page.get_by_label("Jumlah dengan cara ini").fill("0")
    expect(page.locator(".pay [type=submit]")).to_be_disabled()
    page.get_by_label("Jumlah dengan cara ini").fill(str(whole + 1))
    expect(page.locator(".pay [type=submit]")).to_be_disabled()
    expect(page.get_by_role("alert").filter(has_text="Itu lebih dari sisa")).to_be_visible()


# --- Baskets that end


def test_nothing_of_an_emptied_basket_reaches_the_next_buyer(at_work):
    page = at_work
    till.put_into_basket(page, 4)
    page.get_by_role("button", name="Lihat keranjang").click()
    page.get_by_role("button", name="Diskon semua").click()
    page.get_by_role("radio", name="Persen").check()
    page.get_by_label("Potongan persen").fill("10 %")
    page.get_by_role("button", name="Hari terakhir").click()
    page.get_by_role("button", name="Pakai diskon").click()
    page.get_by_role("button", name="Bayar Rp").click()
    pay_part(page, "Tunai", 5_000)
    page.get_by_role("button", name="Terima Rp5.000").click()
    expect(page.locator(".taken li")).to_have_count(1)
    assert till.kept(page, "basket")["discount"] == {"kind": "percent", "value": 10}
    page.get_by_role("button", name="Kembali", exact=True).click()
    page.get_by_role("button", name="Kurangi", exact=False).click()
    expect(page.get_by_role("dialog")).to_contain_text("Rp5.000 sudah diterima")
    page.get_by_role("button", name="Sudah dikembalikan").click()
    expect(page.get_by_text("Keranjang kosong")).to_be_visible()
    assert till.kept(page, "basket") is None
    page.get_by_role("button", name="Pilih barang").click()
    till.put_into_basket(page, 4)
    basket = till.kept(page, "basket")
    assert (basket["discount"], basket["reason"], basket["tenders"]) == (None, "", [])


def test_a_basket_emptied_in_another_window_cannot_be_paid(at_work, demo):
    till.put_into_basket(at_work, 5)
    till.to_payment(at_work)
    other = at_work.context.new_page()
    other.goto(f"{demo.url}/kasir/#/keranjang")
    other.get_by_role("button", name="Kurangi", exact=False).click()
    expect(at_work.locator("main").get_by_text("Keranjang kosong")).to_be_visible()
    assert till.kept(at_work, "basket") is None


def test_a_sold_basket_that_a_late_window_wrote_back_is_let_go(at_work):
    page = at_work
    till.put_into_basket(page, 6)
    basket = till.kept(page, "basket")
    till.to_payment(page)
    page.get_by_role("button", name="Tunai").click()
    page.get_by_role("button", name="Terima Rp").click()
    number = till.receipt_number(page)
    page.get_by_role("button", name="Penjualan berikutnya").click()
    till.change_kept(page, "basket", f"value = {json.dumps(basket)}", "nothing")
    page.reload()
    till.put_into_basket(page, 7)
    again = till.kept(page, "basket")
    assert again["id"] != basket["id"]
    assert [line["quantity"] for line in again["lines"]] == [1]
    till.to_payment(page)
    page.get_by_role("button", name="Tunai").click()
    page.get_by_role("button", name="Terima Rp").click()
    assert till.receipt_number(page) != number
