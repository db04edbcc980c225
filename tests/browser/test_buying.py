"""The first sale, as a person makes it: through the demo's own processes, to the ledger and back."""

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from tests.browser import shopping
from tests.browser.accessibility import violations
from tests.browser.conftest import wait_until

pytestmark = pytest.mark.browser


def ready_pieces(demo, count: int = 1, maker_differs: bool = False) -> list:
    """Pieces on the shelf, each of another product; of different makers when asked."""
    rows = demo.rows(
        "SELECT p.id, p.slug, p.maker_id, s.id AS record "
        "FROM catalogue_product p JOIN partner_stockrecord s ON s.product_id = p.id "
        "WHERE p.is_public AND p.made_to_order = 0 AND s.num_in_stock - COALESCE(s.num_allocated, 0) >= 2 ORDER BY p.id"
    )
    chosen: list = []
    for row in rows:
        if not (maker_differs and row["maker_id"] in {one["maker_id"] for one in chosen}):
            chosen.append(row)
        if len(chosen) == count:
            return chosen
    raise AssertionError("the demo has too few pieces on the shelf")


def path_of(piece) -> str:
    return f"/toko/karya/{piece['slug']}_{piece['id']}/"


def figures(demo, record: int) -> tuple[int, int]:
    row = demo.rows("SELECT num_in_stock, COALESCE(num_allocated, 0) FROM partner_stockrecord WHERE id = ?", record)[0]
    return row[0], row[1]


def places_of_moves(demo, record: int) -> list[tuple[str, str]]:
    """Where the record's units went since they were received, oldest first."""
    moves = demo.rows("SELECT source_id, target_id FROM stock_move WHERE stockrecord_id = ? ORDER BY id", record)
    return [(move[0], move[1]) for move in moves if move[0] != "outside"]


def test_a_guest_buys_a_piece_out_of_the_campaigns_story(demo, quiet_page):
    page = quiet_page
    page.goto("/")
    page.locator("main a[href*='/kampanye/kain-cual/']").first.click()
    piece_link = page.locator("main a[href*='/toko/karya/'][href*='source=']").first
    product_id = int(re.search(r"_(\d+)/", piece_link.get_attribute("href")).group(1))
    record = demo.value("SELECT id FROM partner_stockrecord WHERE product_id = ?", product_id)
    piece_link.click()
    stock, allocated = figures(demo, record)

    page.locator("form[data-add-to-basket] button[type=submit]").first.click()
    page.locator("dialog[data-basket-dialog] a[href$='/toko/checkout/']").click()
    shopping.fill_address(page)
    shopping.go_on(page)
    total = shopping.pay_with(page, "stripe")

    page.wait_for_url(re.compile(r"/c/pay/"))
    assert figures(demo, record) == (stock, allocated + 1), "availability falls at the hold"
    shopping.pay_on_the_sandbox(page)

    page.wait_for_url(re.compile(r"/toko/checkout/pesanan/"))
    assert shopping.rupiah(page.locator(".sums__total").last.inner_text()) == total
    order = demo.rows("SELECT * FROM order_order ORDER BY id DESC LIMIT 1")[0]
    assert (int(float(order["total_incl_tax"])), order["guest_email"]) == (total, shopping.GUEST)
    line = demo.rows("SELECT * FROM order_line WHERE order_id = ?", order["id"])[0]
    assert (line["product_id"], line["source"]) == (product_id, "kampanye-kain-cual")
    assert figures(demo, record) == (stock, allocated + 1)

    mail = wait_until(
        lambda: [m for m in demo.mails() if order["number"] in m and shopping.GUEST in m], 60, "no e-mail"
    )
    assert len(mail) == 1

    ship(page, demo, order["number"])
    assert figures(demo, record) == (stock - 1, allocated), "shipping takes it out of stock"
    assert places_of_moves(demo, record)[-3:] == [("shelf", "held"), ("held", "ordered"), ("ordered", "sold")]
    wait_until(lambda: any("TRACK-1" in m and shopping.GUEST in m for m in demo.mails()), 60, "no e-mail on shipping")
    demo.manage("check_stock")


def test_axe_finds_nothing_on_the_pages_that_sell(demo, quiet_page):
    page = quiet_page
    page.emulate_media(reduced_motion="reduce")
    for prefix in ("", "/en"):
        piece = ready_pieces(demo)[0]
        page.goto(f"{prefix}/toko/keranjang/konfirmasi/{piece['id']}/")
        assert violations(page) == []
        shopping.add_to_basket(page, prefix + path_of(piece))
        assert violations(page) == [], "with the dialog open"
        page.goto(f"{prefix}/toko/keranjang/")
        assert violations(page) == []
        page.goto(f"{prefix}/toko/checkout/")
        assert violations(page) == []
        shopping.fill_address(page, "axe@example.com") if not prefix else None
        shopping.go_on(page)
        expect(page.locator("button.pay-button")).to_be_visible()
        assert violations(page) == []
        shopping.pay_with(page, "bank_transfer" if not prefix else "stripe")
        if prefix:
            shopping.pay_on_the_sandbox(page)
            page.wait_for_url(re.compile(r"/toko/checkout/pesanan/"))
        else:
            expect(page.locator(".exact")).to_be_visible()
        assert violations(page) == []


def test_axe_finds_nothing_behind_the_account(demo, quiet_page):
    sign_in(quiet_page, "pembeli@demo.test")
    for path in ("/akun/", "/akun/pesanan/", "/akun/alamat/", "/akun/email/", "/akun/password/change/"):
        for prefix in ("", "/en"):
            assert quiet_page.goto(prefix + path).status == 200, path
            assert violations(quiet_page) == [], path


def test_an_abandoned_hold_frees_itself_while_the_demo_runs(demo, quiet_page):
    piece = ready_pieces(demo)[0]
    before = figures(demo, piece["record"])
    shopping.add_to_basket(quiet_page, path_of(piece))
    quiet_page.goto("/toko/checkout/")
    shopping.fill_address(quiet_page, "ditinggal@example.com")
    shopping.go_on(quiet_page)
    shopping.pay_with(quiet_page, "bank_transfer")
    expect(quiet_page.locator(".exact")).to_be_visible()
    assert figures(demo, piece["record"]) == (before[0], before[1] + 1)
    demo.let_time_pass("ditinggal@example.com")
    wait_until(lambda: figures(demo, piece["record"]) == before, 180, "the hold was not freed by the scheduler")


def sign_in(page, email: str) -> None:
    page.goto("/akun/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill("demo-babel")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)


def ship(page, demo, number: str) -> None:
    """A curator packs and sends every parcel of the order."""
    context = page.context.browser.new_context(base_url=demo.url, viewport={"width": 1280, "height": 900})
    staff = context.new_page()
    sign_in(staff, "kurator@demo.test")
    staff.goto(f"/kelola/toko/orders/{number}/")
    while staff.locator("form[action$='/pack/']").count():
        with staff.expect_navigation():
            staff.locator("form[action$='/pack/'] button").first.click()
    while staff.locator("form[action$='/ship/']").count():
        form = staff.locator("form[action$='/ship/']").first
        form.locator("[name$=courier]").fill("Kurir Contoh")
        form.locator("[name$=tracking_number]").fill("TRACK-1")
        with staff.expect_navigation():
            form.locator("button[type=submit]").click()
    context.close()


def test_a_declined_card_keeps_the_pieces_and_a_second_try_pays(demo, quiet_page):
    piece = ready_pieces(demo)[0]
    stock, allocated = figures(demo, piece["record"])
    shopping.add_to_basket(quiet_page, path_of(piece))
    quiet_page.goto("/toko/checkout/")
    shopping.fill_address(quiet_page, "ditolak@example.com")
    shopping.go_on(quiet_page)
    total = shopping.pay_with(quiet_page, "stripe")
    shopping.pay_on_the_sandbox(quiet_page, "declined")
    expect(quiet_page.locator("[role=alert]")).to_be_visible()
    assert demo.value("SELECT COUNT(*) FROM order_order WHERE guest_email = 'ditolak@example.com'") == 0
    assert figures(demo, piece["record"]) == (stock, allocated + 1)
    shopping.pay_on_the_sandbox(quiet_page)
    quiet_page.wait_for_url(re.compile(r"/toko/checkout/pesanan/"))
    paid = demo.rows("SELECT total_incl_tax FROM order_order WHERE guest_email = 'ditolak@example.com'")
    assert [int(float(row[0])) for row in paid] == [total]


def test_walking_away_from_the_payment_page_frees_the_piece_on_request(demo, quiet_page):
    piece = ready_pieces(demo)[0]
    before = figures(demo, piece["record"])
    shopping.add_to_basket(quiet_page, path_of(piece))
    quiet_page.goto("/toko/checkout/")
    shopping.fill_address(quiet_page, "batal@example.com")
    shopping.go_on(quiet_page)
    shopping.pay_with(quiet_page, "stripe")
    quiet_page.wait_for_url(re.compile(r"/c/pay/"))
    quiet_page.locator("a.cancel").click()
    quiet_page.locator("form[action$='/batal/'] button").click()
    quiet_page.wait_for_url(re.compile(r"/toko/keranjang/"))
    assert figures(demo, piece["record"]) == before
    assert piece["slug"] in quiet_page.content(), "the piece is back in the basket"


def test_the_back_button_after_paying_leads_to_the_order_and_never_to_a_second_one(demo, quiet_page):
    piece = ready_pieces(demo)[0]
    shopping.add_to_basket(quiet_page, path_of(piece))
    quiet_page.goto("/toko/checkout/")
    shopping.fill_address(quiet_page, "kembali@example.com")
    shopping.go_on(quiet_page)
    shopping.pay_with(quiet_page, "stripe")
    quiet_page.wait_for_url(re.compile(r"/c/pay/"))
    payment_page = quiet_page.url
    shopping.pay_on_the_sandbox(quiet_page)
    quiet_page.wait_for_url(re.compile(r"/toko/checkout/pesanan/"))
    quiet_page.goto(payment_page)
    quiet_page.locator("a.back").click()
    quiet_page.wait_for_url(re.compile(r"/toko/checkout/pesanan/"))
    assert demo.value("SELECT COUNT(*) FROM order_order WHERE guest_email = 'kembali@example.com'") == 1


def test_buying_without_a_script(demo, browser):
    context = browser.new_context(base_url=demo.url, java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    piece = ready_pieces(demo)[0]
    shopping.add_to_basket_without_script(page, path_of(piece))
    page.goto("/toko/checkout/")
    shopping.fill_address_step_by_step(page, "tanpaskrip@example.com")
    shopping.go_on(page)
    total = shopping.pay_with(page, "stripe")
    shopping.pay_on_the_sandbox(page)
    page.wait_for_url(re.compile(r"/toko/checkout/pesanan/"))
    assert shopping.rupiah(page.locator(".sums__total").last.inner_text()) == total
    assert demo.value("SELECT COUNT(*) FROM order_order WHERE guest_email = 'tanpaskrip@example.com'") == 1
    context.close()


def test_buying_in_english_and_abroad(demo, quiet_page):
    page = quiet_page
    piece = ready_pieces(demo)[0]
    shopping.add_to_basket(page, "/en" + path_of(piece))
    page.goto("/en/toko/checkout/")
    page.locator("select[name=country]").select_option("SG")
    expect(page.locator("input[name=city]")).to_be_visible()
    page.locator("input[name=email]").fill("abroad@example.com")
    page.locator("input[name=full_name]").fill("Mei Tan")
    page.locator("input[name=phone]").fill("+65 8123 4567")
    page.locator("input[name=line1]").fill("12 Tanjong Pagar Road")
    page.locator("input[name=city]").fill("Singapore")
    page.locator("input[name=postcode]").fill("088444")
    shopping.go_on(page)
    total = shopping.pay_with(page, "stripe")
    page.wait_for_url(re.compile(r"/c/pay/"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    shopping.pay_on_the_sandbox(page)
    page.wait_for_url(re.compile(r"/en/toko/checkout/pesanan/"))
    shown = page.locator(".sums__total").last.inner_text()
    assert f"IDR {total:,}" in shown.replace("\xa0", " ")
    mail = wait_until(lambda: [m for m in demo.mails() if "abroad@example.com" in m], 60, "no e-mail")
    assert "Thank you" in mail[0] or "Your order" in mail[0]


def test_buying_by_transfer_waits_for_a_person_to_confirm(demo, quiet_page):
    page = quiet_page
    piece = ready_pieces(demo)[0]
    stock, allocated = figures(demo, piece["record"])
    shopping.add_to_basket(page, path_of(piece))
    page.goto("/toko/checkout/")
    shopping.fill_address(page, "transfer@example.com")
    shopping.go_on(page)
    total = shopping.pay_with(page, "bank_transfer")
    page.wait_for_url(re.compile(r"/toko/checkout/bayar/"))
    exact = shopping.rupiah(page.locator(".exact").inner_text())
    assert 0 < exact - total < 1000, "the unique code is at most three digits"
    assert demo.value("SELECT COUNT(*) FROM order_order WHERE guest_email = 'transfer@example.com'") == 0
    assert figures(demo, piece["record"]) == (stock, allocated + 1)

    context = page.context.browser.new_context(base_url=demo.url, viewport={"width": 1280, "height": 900})
    staff = context.new_page()
    sign_in(staff, "kurator@demo.test")
    staff.goto("/kelola/toko/orders/transfers/")
    row = staff.locator("tr", has_text="transfer@example.com")
    row.locator("a[href$='/confirm/']").click()
    staff.locator("[name$=received]").fill(str(exact))
    staff.locator("[name$=reference]").fill("BCA 123")
    staff.locator("form:has([name$=received]) button[type=submit]").click()
    staff.wait_for_url(lambda url: "/confirm/" not in url)
    context.close()

    order = demo.rows("SELECT number, total_incl_tax FROM order_order WHERE guest_email = 'transfer@example.com'")
    assert len(order) == 1
    page.reload()
    page.goto("/toko/lacak/")
    page.locator("input[name=number]").fill(order[0]["number"])
    page.locator("input[name=email]").fill("transfer@example.com")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/toko/checkout/pesanan/"))


def test_pieces_of_two_makers_become_two_parcels_of_one_order(demo, quiet_page):
    page = quiet_page
    for piece in ready_pieces(demo, 2, maker_differs=True):
        shopping.add_to_basket(page, path_of(piece))
    page.goto("/toko/checkout/")
    shopping.fill_address(page, "dua@example.com")
    shopping.go_on(page)
    total = shopping.pay_with(page, "stripe")
    shopping.pay_on_the_sandbox(page)
    page.wait_for_url(re.compile(r"/toko/checkout/pesanan/"))
    order = demo.rows("SELECT id, total_incl_tax FROM order_order WHERE guest_email = 'dua@example.com'")[0]
    parcels = demo.rows("SELECT partner_id, shipping_charge FROM order_parcel WHERE order_id = ?", order["id"])
    lines = demo.rows("SELECT parcel_id, line_price_incl_tax FROM order_line WHERE order_id = ?", order["id"])
    assert len({row["partner_id"] for row in parcels}) == len(parcels) == 2
    assert len({row["parcel_id"] for row in lines}) == 2
    goods = sum(float(row["line_price_incl_tax"]) for row in lines)
    delivery = sum(float(row["shipping_charge"]) for row in parcels)
    assert int(goods + delivery) == int(float(order["total_incl_tax"])) == total


def test_whatsapp_takes_the_piece_and_its_address_along(demo, quiet_page):
    piece = ready_pieces(demo)[0]
    quiet_page.goto(path_of(piece))
    link = quiet_page.locator("main a[href^='https://wa.me/']").first.get_attribute("href")
    text = urllib.parse.parse_qs(urllib.parse.urlparse(link).query)["text"][0]
    assert f"{demo.url}{path_of(piece)}" in text
