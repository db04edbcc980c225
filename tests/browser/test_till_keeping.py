"""The till on a phone that is full, with a server that says no, after the fair, and on paper.

Nothing here waits for a moment: the app may send by itself whenever it likes.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import till
from tests.browser.conftest import wait_until

pytestmark = pytest.mark.browser


# --- A phone that does not keep


def test_a_full_phone_says_so_and_takes_the_money_once(at_work):
    page = at_work
    till.put_into_basket(page, 8)
    till.to_payment(page)
    page.get_by_role("button", name="Tunai").click()
    till.full(page, True)
    page.get_by_role("button", name="Terima Rp").click()
    expect(page.get_by_role("alert").filter(has_text="BELUM tersimpan")).to_be_visible()
    assert till.events(page, "sale") == []
    till.full(page, False)
    page.get_by_role("button", name="Terima Rp").click()
    expect(page.locator(".sold")).to_be_visible()
    (sale,) = till.events(page, "sale")
    assert [each["amount"] for each in sale["event"]["data"]["tenders"]] == [sale["event"]["data"]["total"]]


def test_a_piece_that_was_not_kept_is_not_in_the_basket(at_work):
    till.full(at_work, True)
    till.put_into_basket(at_work, 9)
    expect(at_work.get_by_role("dialog")).to_contain_text("HP ini gagal menyimpan")
    at_work.get_by_role("dialog").locator(".button").click()
    expect(at_work.locator(".basket-bar")).to_be_hidden()
    till.full(at_work, False)
    till.put_into_basket(at_work, 9)
    expect(at_work.get_by_role("button", name="Lihat keranjang")).to_contain_text("1 barang")


def test_a_browser_without_storage_is_told_so(page, demo):
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no storage', 'UnknownError'); };")
    page.goto("/kasir/")
    expect(page.get_by_role("heading", name="Kasir tidak bisa menyimpan apa pun")).to_be_visible()
    expect(page.get_by_role("button", name="Coba lagi")).to_be_visible()


# --- What the server says


def test_a_refusal_of_everything_is_shown_and_shuts_nobody_out(at_work):
    page = at_work
    page.route(
        "**/api/v1/till/events/",
        lambda route: route.fulfill(status=401, json={"code": "proxy", "message": "Masuk dulu ke jaringan hotel."}),
    )
    till.sell(page, 10)
    page.get_by_role("button", name="Penjualan", exact=True).click()
    expect(page.locator("main")).to_contain_text("Masuk dulu ke jaringan hotel.")
    till.expect_badge(page, "waiting", "1 menunggu")
    page.unroute("**/api/v1/till/events/")
    till.send_now(page)
    till.expect_badge(page, "synced", "Semua terkirim")
    expect(page.locator("main")).not_to_contain_text("jaringan hotel")


def test_after_the_fair_a_sale_is_asked_for(at_work):
    page = at_work
    till.cut_off(page)
    till.change_kept(page, "catalogue", "value.fair.status = 'counting'", "catalogue")
    expect(page.get_by_text("Pameran sudah ditutup")).to_be_visible()
    till.put_into_basket(page, 11)
    till.to_payment(page)
    expect(page.get_by_role("button", name="Tunai")).to_have_count(0)
    page.get_by_role("button", name="Tetap jual").click()
    page.get_by_role("button", name="Tunai").click()
    page.get_by_role("button", name="Terima Rp").click()
    expect(page.locator(".sold")).to_be_visible()


def test_what_another_fair_would_have_to_take_is_not_sent_again_here(at_work, demo):
    page = at_work
    page.route("**/api/v1/till/events/", lambda route: route.abort())
    till.sell(page, 14)
    page.evaluate(
        """async (path) => {
          const store = await (await import(path)).openStore();
          const [record] = (await store.events()).filter(({ state }) => state === "waiting");
          const code = "other_fair";
          await store.settle({ refused: [{ ...record, fair: record.fair + 1000, code }] });
          store.db.close();
        }""",
        f"{till.MODULES}/store.js",
    )
    page.goto(f"{demo.url}/kasir/#/ditolak")
    page.reload()
    expect(page.get_by_role("button", name="Simpan berkas")).to_be_visible()
    expect(page.get_by_role("button", name="Kirim ulang")).to_have_count(0)


def test_every_tile_has_its_picture_with_the_server_off(page, stall, server):
    till.pair(page, server.url, stall["codes"].pop())
    till.sign_on(page)
    till.wait_for_offline(page)
    wanted = {item["picture"] for item in till.kept(page, "catalogue")["items"]} - {None}
    assert len(wanted) > 10
    # Not ``wait_for_function``: it takes the promise of an answer for the answer.
    kept = "async () => (await (await caches.open('till-pictures')).keys()).length"
    wait_until(lambda: page.evaluate(kept) == len(wanted), 120, "the pictures did not come")
    server.stop()
    page.reload()
    page.locator(".tile").first.wait_for()
    # Asked again and again: a tile may be drawn anew while its picture is being decoded.
    widths = """() => [...document.querySelectorAll(".tile img")].map((image) => {
      image.loading = "eager";
      return image.complete ? image.naturalWidth : 0;
    })"""

    def seen():
        found = page.evaluate(widths)
        return found if found and min(found) > 0 else None

    assert len(wait_until(seen, 60, "a tile has no picture")) >= len(wanted)
    expect(page.locator(".tile .none")).to_have_count(0)


# --- Paper


def test_a_receipt_is_one_page_as_wide_as_the_roll(at_work):
    page = at_work
    till.put_into_basket(page, 12, 13)
    till.to_payment(page)
    page.get_by_role("button", name="Tunai").click()
    page.get_by_role("button", name="Terima Rp").click()
    expect(page.locator(".sold")).to_be_visible()
    document = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", document)
    assert len(boxes) == 1
    width, height = (float(points) / 72 * 25.4 for points in boxes[0])
    assert width == pytest.approx(58, abs=0.5)
    assert 60 < height < 297
