"""The till as a cashier meets it: small, installable, usable by everyone, and at work with the server off."""

import gzip
import json
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, expect

from tests.browser import till
from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser

FIRST_LOAD_BUDGET = 150 * 1024
#: Address → heading: an address the app does not know would show the pieces.
SCREENS = {
    "penjualan": "Penjualan hari ini",
    "lainnya": "Lainnya",
    "hari": "Buka kasir",
    "tamu": "Kontak atau permintaan",
    "ditolak": "Ditolak",
    "pengaturan": "Pengaturan",
    "pindai": "Pindai",
}
#: Not part of the budget: pictures and what reads codes, which come in the background.
APART = ("/media/", "/vendor/zxing/", "/icons/")


@contextmanager
def phone(browser_type, browser_type_launch_args, folder):
    """A browser with a profile that stays: closing it is what a dead battery does to the app."""
    context = browser_type.launch_persistent_context(
        str(folder), **browser_type_launch_args, viewport={"width": 360, "height": 740}, locale="id-ID"
    )
    try:
        yield context
    finally:
        context.close()


def test_first_load_stays_within_its_budget(page, demo):
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto("/kasir/")
    till.wait_for_offline(page)
    page.wait_for_load_state("networkidle")
    loaded = {}
    for request in list(finished):
        path, response = urlsplit(request.url).path, request.response()
        if response and response.ok and not any(part in path for part in APART):
            loaded[path] = len(gzip.compress(response.body()))
    assert "/static/exhibitions/till/app.js" in loaded
    assert "/static/cual/css/tokens.css" in loaded
    assert sum(loaded.values()) <= FIRST_LOAD_BUDGET, sorted(loaded.items(), key=lambda item: -item[1])[:8]


def test_chromium_would_install_it(browser_type, browser_type_launch_args, demo, tmp_path):
    with phone(browser_type, browser_type_launch_args, tmp_path) as context:
        page = context.pages[0]
        page.goto(f"{demo.url}/kasir/")
        till.wait_for_offline(page)
        found = context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert found["installabilityErrors"] == []


def test_every_main_screen_is_accessible(page, demo, stall):
    found = {}

    def look(name):
        found[name] = violations(page)

    page.goto(f"{demo.url}/kasir/?kode={stall['codes'].pop()}")
    page.get_by_role("button", name="Pasangkan").wait_for()
    look("pairing")
    page.get_by_role("button", name="Pasangkan").click()
    page.get_by_text("Siapa yang berjualan?").wait_for()
    look("people")
    page.get_by_role("button", name="Budi").click()
    look("PIN")
    page.get_by_label("PIN", exact=True).fill("567890")
    page.locator(".tile").first.wait_for()
    till.put_into_basket(page, 0)
    look("pieces")
    page.get_by_role("button", name="Lihat keranjang").click()
    look("basket")
    page.get_by_role("button", name="Diskon semua").click()
    look("discount")
    page.get_by_role("button", name="Tutup").click()
    page.get_by_role("button", name="Bayar Rp").click()
    look("ways to pay")
    for way in ("QRIS", "Kartu", "Tunai"):
        page.get_by_role("button", name=way).click()
        look(way)
        if way != "Tunai":
            page.get_by_role("button", name="Cara bayar lain").click()
    page.get_by_role("button", name="Terima Rp").click()
    page.locator(".sold").wait_for()
    look("receipt")
    for route, heading in SCREENS.items():
        page.goto(f"{demo.url}/kasir/#/{route}")
        expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_attached()
        look(route)
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_somebody_new_sells_three_pieces_with_change(at_work, demo):
    till.put_into_basket(at_work, 0, 1, 1)
    expect(at_work.get_by_role("button", name="Lihat keranjang")).to_contain_text("3 barang")
    till.to_payment(at_work)
    at_work.get_by_role("button", name="Tunai").click()
    due = int("".join(filter(str.isdigit, at_work.locator(".due strong").inner_text())))
    at_work.get_by_label("Uang diterima").fill(str(due + 20_000))
    expect(at_work.locator(".change strong")).to_have_text("Rp20.000")
    at_work.get_by_role("button", name="Terima Rp").click()
    expect(at_work.locator(".sold")).to_be_visible()
    number = till.receipt_number(at_work)
    till.expect_badge(at_work, "synced", "Semua terkirim")
    row = demo.rows("SELECT total FROM exhibitions_sale WHERE number = ? ORDER BY sold_at DESC", number)[0]
    assert row["total"] == due


def test_sales_and_basket_outlive_the_server_and_the_browser(
    browser_type, browser_type_launch_args, demo, stall, server, tmp_path
):
    with phone(browser_type, browser_type_launch_args, tmp_path) as context:
        page = context.pages[0]
        till.pair(page, server.url, stall["codes"].pop(), name="HP Baterai")
        till.sign_on(page)
        till.wait_for_offline(page)
        device = demo.value("SELECT max(id) FROM exhibitions_device WHERE name = 'HP Baterai'")
        server.stop()
        numbers = [till.sell(page, place) for place in (2, 3, 4)]
        till.put_into_basket(page, 5)
        till.expect_badge(page, "offline", "3 menunggu")
        # A read waits for the write that the tap began.
        assert till.kept(page, "basket")["lines"]
    with phone(browser_type, browser_type_launch_args, tmp_path) as context:
        page = context.pages[0]
        page.goto(f"{server.url}/kasir/")
        expect(page.get_by_role("button", name="Lihat keranjang")).to_contain_text("1 barang")
        till.expect_badge(page, "offline", "3 menunggu")
        sold = "SELECT number FROM exhibitions_sale WHERE device_id = ? ORDER BY number"
        assert demo.rows(sold, device) == []
        page.get_by_role("button", name="Penjualan", exact=True).click()
        expect(page.get_by_role("button", name="Kirim sekarang")).to_be_visible()
        server.start()
        till.send_now(page)
        till.expect_badge(page, "synced", "Semua terkirim")
        assert [row["number"] for row in demo.rows(sold, device)] == sorted(numbers)


def test_two_tabs_have_one_basket_and_one_queue(at_work, demo):
    till.put_into_basket(at_work, 6)
    other = at_work.context.new_page()
    other.goto(f"{demo.url}/kasir/#/keranjang")
    other.get_by_role("button", name="Tambah", exact=False).first.click()
    expect(at_work.get_by_role("button", name="Lihat keranjang")).to_contain_text("2 barang")
    till.to_payment(at_work)
    other.get_by_role("button", name="Bayar Rp").click()
    for tab in (at_work, other):
        tab.get_by_role("button", name="Tunai").click()
    other.get_by_role("button", name="Terima Rp").click()
    expect(other.locator(".sold")).to_be_visible()
    expect(at_work.get_by_text("Keranjang kosong")).to_be_visible()
    at_work.goto(f"{demo.url}/kasir/#/penjualan")
    expect(at_work.locator(".sale-row")).to_have_count(1)


def test_void_return_enquiry_and_the_day_reach_the_books(at_work, demo, stall):
    page = at_work
    page.get_by_role("button", name="Kasir belum dibuka").click()
    page.get_by_label("Uang awal di laci").fill("500000")
    page.get_by_role("button", name="Buka kasir").click()
    numbers = [till.sell(page, place) for place in (7, 8)]
    for number, verb, reason, yes, said in (
        (numbers[0], "Batalkan penjualan", "Salah barang", "Batalkan penjualan", "Dibatalkan"),
        (numbers[1], "Retur", "Ada cacat", "Terima retur", "Diretur"),
    ):
        page.goto(f"{demo.url}/kasir/#/penjualan")
        page.get_by_role("button", name=number).click()
        page.get_by_role("button", name=verb).click()
        if verb == "Retur":
            page.get_by_role("button", name="Tambah").click()
        page.get_by_role("button", name=reason).click()
        page.get_by_role("button", name=yes).click()
        expect(page.locator("main").get_by_text(said)).to_be_visible()
    page.get_by_role("button", name="Catat kontak pembeli").click()
    page.get_by_label("Nama").fill("Tan Wei Ling")
    page.get_by_label("E-mail").fill("tan@example.com")
    page.get_by_role("radio", name="Ekspor").check()
    page.get_by_label("Yang bersangkutan setuju").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("heading", name=numbers[1])).to_be_visible()
    page.goto(f"{demo.url}/kasir/#/hari")
    page.get_by_label("Hasil hitung").fill("500000")
    expect(page.get_by_text("Cocok.")).to_be_visible()
    till.expect_badge(page, "synced", "Semua terkirim")
    with page.expect_response("**/api/v1/till/events/"):
        page.get_by_role("button", name="Tutup kasir").click()
    till.expect_badge(page, "synced", "Semua terkirim")
    of_fair = "WHERE fair_id = ?"
    kinds = demo.rows(
        "SELECT r.kind FROM exhibitions_reversal r JOIN exhibitions_sale s ON s.id = r.sale_id "
        "WHERE s.fair_id = ? ORDER BY r.done_at",
        stall["fair"],
    )
    assert [row["kind"] for row in kinds] == ["void", "return"]
    assert demo.value(f"SELECT name FROM exhibitions_enquiry {of_fair}", stall["fair"]) == "Tan Wei Ling"
    assert demo.value(f"SELECT counted - expected FROM exhibitions_cashday {of_fair}", stall["fair"]) == 0


def test_a_device_that_is_shut_out_keeps_what_waits_and_gives_it_as_a_file(at_work, demo, stall):
    page = at_work
    page.route("**/api/v1/till/events/", lambda route: route.abort())
    number = till.sell(page, 9)
    till.expect_badge(page, "offline", "1 menunggu")
    demo.manage(
        "shell", "-v0", "-c",
        "from shop.exhibitions.models import Device; from shop.exhibitions.services import devices; "
        f"devices.revoke(Device.objects.filter(fair_id={stall['fair']}).latest('pk'))",
    )  # fmt: skip
    page.unroute("**/api/v1/till/events/")
    page.reload()
    expect(page.get_by_role("heading", name="Akses HP ini dicabut")).to_be_visible()
    till.expect_badge(page, "revoked", "1 menunggu")
    assert violations(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Simpan berkas").click()
    kept = json.loads(waiting.value.path().read_text())
    assert [event["data"]["number"] for event in kept["events"]] == [number]
    page.reload()
    till.expect_badge(page, "revoked", "1 menunggu")
    page.get_by_label("Kode").fill(stall["codes"].pop())
    page.get_by_role("button", name="Pasangkan").click()
    expect(page.get_by_text("Siapa yang berjualan?")).to_be_visible()
    till.expect_badge(page, "synced", "Semua terkirim")
    assert (
        demo.value("SELECT count(*) FROM exhibitions_sale WHERE id = ?", kept["events"][0]["id"].replace("-", "")) == 1
    )


def test_a_refused_sale_blocks_nobody_and_is_explained(at_work, demo, stall):
    page = at_work
    answers = {"status": "refused", "code": "unknown_item", "message": "Tidak dikenal.", "echo": None}

    def refuse(route):
        events = route.request.post_data_json["events"]
        told = [{"id": event["id"], **answers} for event in events]
        route.fulfill(json={"server_time": events[0]["at"], "answers": told})

    page.route("**/api/v1/till/events/", refuse)
    refused = till.sell(page, 10)
    till.expect_badge(page, "refused", "1 ditolak")
    page.unroute("**/api/v1/till/events/")
    sent = till.sell(page, 11)
    expect(page.locator(".badge")).to_have_text("1 ditolak")
    counted = "SELECT count(*) FROM exhibitions_sale WHERE number = ? AND fair_id = ?"
    assert demo.value(counted, sent, stall["fair"]) == 1
    page.locator(".badge").click()
    expect(page.locator("main")).to_contain_text(refused)
    expect(page.locator("main")).to_contain_text("Tidak dikenal.")
    assert violations(page) == []
    page.get_by_role("button", name="Kirim ulang").click()
    till.expect_badge(page, "synced", "Semua terkirim")


def test_the_other_language_needs_no_network(at_work, demo):
    page = at_work
    till.wait_for_offline(page)
    page.context.set_offline(True)
    page.goto(f"{demo.url}/kasir/#/pengaturan")
    page.get_by_role("radio", name="English").check()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()


def test_somebody_signed_in_pairs_without_a_code(page, demo, stall):
    page.goto("/akun/login/")
    page.get_by_label("Alamat email").or_(page.locator("input[name=login]")).first.fill("kasir@demo.test")
    page.locator("input[name=password]").fill("demo-babel")
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("/kasir/")
    page.get_by_role("button", name=f"Jual di {stall['name']}", exact=True).click()
    expect(page.get_by_text("Siapa yang berjualan?")).to_be_visible()
