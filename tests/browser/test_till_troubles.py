"""What happens to sales that wait when the world around the phone changes: nothing is lost, and the cashier is told."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import PATIENCE, ROOT
from .databases import postgres
from .phone import Phone
from .server import Server

pytestmark = pytest.mark.browser

STOCK = [40, 40, 2]
APP = "exhibitions/till"
PIECE, OTHER = "Karya 01", "Karya 02"


@pytest.fixture(scope="module")
def hall(django_db_blocker, tmp_path_factory) -> Iterator[tuple[Server, list[dict[str, Any]]]]:
    """A server, and a fair for each test."""
    local = tmp_path_factory.mktemp("hall")
    with django_db_blocker.unblock(), postgres(local) as environment:
        server = Server(environment, local)
        fairs = server.ask("open_fairs", stock=STOCK, fairs_wanted=5)
        try:
            server.start()
            yield server, fairs
        finally:
            server.stop()


@dataclass
class Seller:
    server: Server
    fair: int
    phone: Phone

    def told(self) -> dict[str, Any]:
        return self.server.ask("tell", fair=self.fair)


@pytest.fixture
def seller(hall, tmp_path, playwright, browser_type_launch_args) -> Iterator[Seller]:
    """A phone that is paired with a fair of its own, and Rina who sells with it. The server runs."""
    server, fairs = hall
    fair = fairs.pop()
    if not server.runs:
        server.start()
    phone = Phone(playwright, browser_type_launch_args, tmp_path / "phone", server.url)
    try:
        phone.switch_on().pair(fair["codes"][0], "HP Rina")
        phone.sign_on("Rina")
        yield Seller(server, fair["fair"], phone)
    finally:
        phone.switch_off()


def test_a_phone_that_was_shut_out_keeps_its_sales_and_hands_them_over_as_a_file(seller):
    phone, server = seller.phone, seller.server
    sent = phone.sell({PIECE: 1})
    phone.sees("synced")
    server.stop()
    waiting = [phone.sell({PIECE: 2}), phone.sell({PIECE: 1, OTHER: 1}, "qris"), phone.sell({OTHER: 1}, "card")]
    phone.sees("offline", waiting=3)
    assert server.ask("revoke", fair=seller.fair) == 1
    server.start()
    phone.hear_of_network()
    phone.sees("revoked", waiting=3)
    phone.lose_power()
    phone.switch_on().sees("revoked", waiting=3)
    expect(phone.page.get_by_text(phone.words["revoked_kept"].format(n=3))).to_be_visible()
    with phone.page.expect_download() as saved:
        phone.press("export_save")
    text = Path(saved.value.path()).read_text()
    kept, device = phone.kept()
    assert [record["state"] for record in kept] == ["waiting"] * 3
    file = json.loads(text)
    assert file["events"] == [record["event"] for record in kept]
    assert [event["id"] for event in file["events"]] == waiting
    assert set(seller.told()["sales"]) == {sent}

    assert server.ask("take_in", device=device["id"], text=text) == {"created": 3, "duplicate": 0, "refused": 0}
    assert server.ask("take_in", device=device["id"], text=text) == {"created": 0, "duplicate": 3, "refused": 0}
    told = seller.told()
    assert set(told["sales"]) == {sent, *waiting}
    assert told["checks"] == ["", "", ""]


def test_two_tabs_send_one_queue_once(seller):
    phone = seller.phone
    phone.lose_requests()
    tab = phone.second_tab()
    tab.bring_to_front()
    sold = []
    for page in (phone.page, tab, phone.page, tab, tab):
        page.bring_to_front()
        sold.append(phone.sell({PIECE: 1}, page=page))
    for page in (phone.page, tab):
        phone.sees("offline", page, waiting=5)
    phone.find_network()
    for page in (phone.page, tab):
        page.evaluate("dispatchEvent(new Event('online'))")
    for page in (phone.page, tab):
        phone.sees("synced", page)
    reached = [response.request.post_data or "" for response in phone.answered]
    came = Counter(event["id"] for body in reached for event in json.loads(body)["events"])
    assert came == dict.fromkeys(sold, 1)
    numbers = [record["event"]["data"]["number"] for record in phone.kept()[0]]
    assert numbers == ["A-0001", "A-0002", "A-0003", "A-0004", "A-0005"]
    assert set(seller.told()["sales"]) == set(sold)


def test_a_basket_that_another_tab_has_sold_is_not_sold_again(seller):
    phone = seller.phone
    phone.put_into_basket({PIECE: 1})
    tab = phone.second_tab()
    tab.locator("button.basket-open").click()
    for page in (phone.page, tab):
        page.locator(".pay-bar button").click()
        page.locator("button.way", has_text=phone.words["tender_qris"]).click()
    phone.page.locator(".pay form button[type=submit]").click()
    expect(phone.page.locator(".sold")).to_be_visible()
    expect(tab.locator("main")).to_contain_text(phone.words["basket_empty"])
    phone.sees("synced")
    assert len(phone.kept()[0]) == 1
    assert len(seller.told()["sales"]) == 1


def test_a_sale_that_comes_after_closing_is_shown_as_sent_and_told_to_the_curator(seller):
    phone, server = seller.phone, seller.server
    server.stop()
    sale = phone.sell({PIECE: 1})
    phone.sees("offline", waiting=1)
    assert server.ask("close", fair=seller.fair) == "counting"
    server.start()
    phone.hear_of_network()
    phone.sees("synced")
    phone.open_sale(sale)
    expect(phone.page.locator("main .state")).to_have_attribute("data-state", "sent")
    told = seller.told()
    assert told["sales"][sale]["is_late"] is True
    assert told["discrepancies"] == [["late_sale", None, 1]]
    assert told["checks"] == ["", "", ""]


def test_a_new_version_is_offered_and_taken_without_losing_what_waits(seller):
    phone, server = seller.phone, seller.server
    page = phone.page
    version = page.locator("body").get_attribute("data-version")
    phone.lose_requests()
    sold = [phone.sell({PIECE: 1}), phone.sell({OTHER: 2})]
    phone.put_into_basket({OTHER: 1})
    phone.sees("offline", waiting=2)

    newer = server.local / "next_version" / APP
    shutil.copytree(ROOT / "shop/exhibitions/static" / APP, newer, dirs_exist_ok=True)
    with (newer / "app.js").open("a") as module:
        module.write("// Newer than it was.\n")
    server.stop()
    server.start(DJANGO_SETTINGS_MODULE="tests.browser.next_version")
    try:
        page.reload()
        expect(page.locator(".banner")).to_contain_text(phone.words["update_ready"], timeout=PATIENCE)
        assert page.locator("body").get_attribute("data-version") == version
        phone.sees("offline", waiting=2)

        phone.press("update_take")
        expect(page.locator("body")).not_to_have_attribute("data-version", version)
        expect(page.locator(".banner")).to_be_hidden()
        phone.sees("offline", waiting=2)
        phone.find_network()
        sold.append(phone.pay("cash"))
        phone.sees("synced")
        assert {record["id"] for record in phone.kept()[0]} == set(sold) == set(seller.told()["sales"])
    finally:
        # The next test has the version of the tree again.
        server.stop()
