"""The drawer, from its opening to its closing: what comes and goes is counted once, tender by tender."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import till

pytestmark = pytest.mark.browser

FLOAT = 500_000


def tap_twice(page: Page, name: str) -> None:
    """Two taps before anything can be kept, as a thumb that trembles gives them."""
    page.get_by_role("button", name=name).evaluate("(button) => { button.click(); button.click(); }")


def sell_two_for_cash(page: Page, tile: int) -> str:
    return till.sell(page, tile, tile)


def sell_split(page: Page, tile: int, cash: int) -> str:
    till.put_into_basket(page, tile)
    till.to_payment(page)
    page.get_by_role("button", name="Tunai").click()
    page.get_by_role("button", name="Bagi pembayaran").click()
    page.get_by_label("Jumlah dengan cara ini").fill(str(cash))
    page.get_by_role("button", name="Terima Rp").click()
    page.get_by_role("button", name="QRIS").click()
    page.get_by_role("button", name="Sudah saya lihat").click()
    number = till.receipt_number(page)
    page.get_by_role("button", name="Penjualan berikutnya").click()
    return number


def open_sale(page: Page, url: str, number: str) -> None:
    page.goto(f"{url}/kasir/#/penjualan")
    page.get_by_role("button", name=number).click()


def test_what_is_tapped_twice_moves_the_drawer_once(at_work, demo, stall):
    page, url = at_work, demo.url
    page.goto(f"{url}/kasir/#/hari")
    page.get_by_label("Uang awal di laci").fill(str(FLOAT))
    tap_twice(page, "Buka kasir")
    expect(page.get_by_role("searchbox")).to_be_visible()
    two, split = sell_two_for_cash(page, 7), sell_split(page, 8, 50_000)

    open_sale(page, url, two)
    page.get_by_role("button", name="Retur").click()
    page.get_by_role("button", name="Tambah").click()
    page.get_by_role("button", name="Ada cacat").click()
    tap_twice(page, "Terima retur")
    expect(page.locator("main").get_by_text("Diretur")).to_be_visible()
    open_sale(page, url, split)
    page.get_by_role("button", name="Batalkan penjualan").click()
    expect(page.locator("dl.sums div")).to_have_count(2)
    page.get_by_role("button", name="Salah barang").click()
    tap_twice(page, "Batalkan penjualan")
    expect(page.locator("main").get_by_text("Dibatalkan")).to_be_visible()

    sales = {each["event"]["data"]["number"]: each["event"]["data"] for each in till.events(page, "sale")}
    left = sales[two]["total"] // 2
    back = [each["event"]["data"] for each in till.events(page, "reversal")]
    assert [each["tenders"] for each in back] == [
        [{"kind": "cash", "amount": left}],
        [{"kind": "cash", "amount": 50_000}, {"kind": "qris", "amount": sales[split]["total"] - 50_000}],
    ]
    page.goto(f"{url}/kasir/#/hari")
    page.get_by_label("Hasil hitung").fill(str(FLOAT + left))
    expect(page.get_by_text("Cocok.")).to_be_visible()
    tap_twice(page, "Tutup kasir")
    expect(page.get_by_role("heading", name="Lainnya")).to_be_visible()
    assert [len(till.events(page, kind)) for kind in ("day_open", "day_close")] == [1, 1]
    till.expect_badge(page, "synced", "Semua terkirim")
    days = demo.rows(
        "SELECT expected, told, counted FROM exhibitions_cashday WHERE fair_id = ? AND closed_id IS NOT NULL",
        stall["fair"],
    )
    assert [tuple(map(int, day)) for day in days] == [(FLOAT + left,) * 3]
    assert (
        demo.rows("SELECT kind FROM exhibitions_discrepancy WHERE kind = 'cash' AND fair_id = ?", stall["fair"]) == []
    )


def test_what_the_server_must_refuse_does_not_leave_the_drawer(at_work, demo):
    page, url = at_work, demo.url
    page.goto(f"{url}/kasir/#/hari")
    page.get_by_label("Uang awal di laci").fill("2000000001")
    page.get_by_role("button", name="Buka kasir").click()
    expect(page.locator(".field-problem")).to_contain_text("paling banyak Rp2.000.000.000")
    page.get_by_label("Uang awal di laci").fill(str(FLOAT))
    page.get_by_role("button", name="Buka kasir").click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    number = till.sell(page, 7)
    open_sale(page, url, number)
    page.get_by_role("button", name="Batalkan penjualan").click()
    page.get_by_label("Alasan").fill(" ")
    page.get_by_role("button", name="Batalkan penjualan").click()
    expect(page.locator(".field-problem")).to_contain_text("Tulis alasannya.")
    page.goto(f"{url}/kasir/#/hari")
    page.get_by_label("Hasil hitung").fill("1")
    page.get_by_label("Kenapa?").fill(" ")
    page.get_by_role("button", name="Tutup kasir").click()
    expect(page.locator(".field-problem")).to_contain_text("Tulis mengapa berbeda.")
    assert till.events(page, "reversal") == till.events(page, "day_close") == []
    assert [each["event"]["data"]["float"] for each in till.events(page, "day_open")] == [FLOAT]


def test_a_reversal_of_what_had_come_back_before_took_nothing_from_the_drawer(page, demo):
    """One that is refused for another reason was paid all the same."""
    page.goto(f"{demo.url}/kasir/")
    in_drawer, undone = page.evaluate(
        """async (path) => {
          const { Till } = await import(`${path}/till.js`);
          const till = new Till({ store: {}, api: {} });
          const record = (kind, day, code, data) => ({ event: { kind, data }, day, code });
          const cash = (amount) => [{ kind: "cash", amount }];
          till.day = { id: "today", float: 100 };
          till.records = [
            record("day_open", "today", "", { day: "today", float: 100 }),
            record("sale", "today", "", { tenders: [...cash(50), { kind: "qris", amount: 30 }] }),
            record("sale", "yesterday", "", { tenders: cash(1000) }),
            record("reversal", "today", "reverses_too_much", { sale: "s", tenders: cash(20) }),
            record("reversal", "today", "sale_unknown", { sale: "s", tenders: cash(10) }),
            record("reversal", "today", "", { sale: "s", tenders: [{ kind: "qris", amount: 30 }] }),
          ];
          till.channel.close();
          return [till.inDrawer(), till.reversalsOf("s").length];
        }""",
        till.MODULES,
    )
    assert (in_drawer, undone) == (140, 2)
