"""Two hundred sales on two phones, while server, browsers and network die in every way we know: all count once.

Of the sales 27 are made by tapping through the screens as a cashier does, in every way of paying, with discounts,
several lines and units, split, voided and brought back. The other 173 are made by the app's own modules in its page
(``Till.add``, ``changeBasket``, ``sell``, ``reverse``: the verbs that the screens call, with the same store, the same
outbox and the same sync), because what is tested is what happens between the device's store and the server's books,
and a person at the screen adds nothing to that but minutes.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from shop.exhibitions import faults

from .databases import KINDS
from .phone import Phone
from .selling import STOCK, Buyers, as_kept, expected_journeys
from .server import Server

pytestmark = pytest.mark.browser

SALES = 200


@dataclass
class Stall:
    """A fair with two phones, its server, and what was sold so far."""

    server: Server
    fair: dict[str, Any]
    rina: Phone
    budi: Phone
    sold: list[str] = field(default_factory=list)
    tapped: int = 0

    def __post_init__(self) -> None:
        self.buyers = Buyers(self.fair["items"])
        self.titles = [item["title"] for item in self.fair["items"]]

    def tap(self, phone: Phone, lines: dict[int, int], *ways: str, **where: Any) -> str:
        """A sale through the screens; lines are units by piece, counted from 0."""
        self.sold.append(phone.sell({self.titles[at]: units for at, units in lines.items()}, *ways, **where))
        self.tapped += 1
        return self.sold[-1]

    def many(self, phone: Phone, number: int) -> list[str]:
        """Sales by the app's modules."""
        sold = phone.sell_many(self.buyers.plans(number))
        self.sold += sold
        return sold


@pytest.fixture(params=KINDS)
def stall(request, django_db_blocker, tmp_path, playwright, browser_type_launch_args) -> Iterator[Stall]:
    with django_db_blocker.unblock(), KINDS[request.param](tmp_path) as environment:
        server = Server(environment, tmp_path)
        (fair,) = server.ask("open_fairs", stock=STOCK)
        phones = [Phone(playwright, browser_type_launch_args, tmp_path / name, server.url) for name in ("rina", "budi")]
        try:
            server.start()
            yield Stall(server, fair, phones[0], phones[1])
        finally:
            server.stop()
            for phone in phones:
                phone.switch_off()


def test_two_hundred_sales_count_once_whatever_dies_on_the_way(stall):
    morning(stall)
    killed_before_anything_is_written(stall)
    killed_with_an_event_half_written(stall)
    killed_before_it_could_answer(stall)
    evening(stall)
    events = everything_is_sent_as_it_was_sold(stall)
    everything_sent_again_changes_nothing(stall, events)


def statuses(answers: list[dict[str, Any]]) -> Counter[str]:
    return Counter(answer["status"] for answer in answers)


def morning(stall: Stall) -> None:
    """All is well at first, but for a network that eats answers."""
    rina, budi = stall.rina, stall.budi
    for phone, code, name in ((rina, stall.fair["codes"][0], "Rina"), (budi, stall.fair["codes"][1], "Budi")):
        phone.switch_on().pair(code, f"HP {name}")
        phone.sign_on(name)
    rina.open_day(500_000)
    stall.tap(rina, {0: 1})
    stall.tap(rina, {1: 2, 2: 1}, "qris")
    stall.tap(rina, {3: 1}, "card")
    rina.put_into_basket({stall.titles[4]: 2, stall.titles[5]: 1})
    rina.give_discount("discount_on", "percent", 10, "Sedikit cacat", title=stall.titles[4])
    rina.give_discount("discount_whole", "amount", 5000, "Beli banyak")
    stall.sold.append(rina.pay("cash", "transfer", first=50_000))
    stall.tap(rina, {6: 3}, "transfer")
    stall.tap(budi, {0: 1, 7: 1})
    stall.tap(budi, {1: 1}, "qris")
    stall.tap(budi, {2: 1, 3: 1, 4: 1}, "card")
    stall.tapped += 1
    stall.many(rina, 12)
    stall.many(budi, 12)
    rina.sees("synced")
    budi.sees("synced")

    heard = len(budi.answered)
    budi.lose_answers()
    stall.many(budi, 6)
    budi.sees("offline", waiting=6)
    budi.find_network()
    budi.hear_of_network()
    budi.sees("synced")
    assert statuses(budi.answers(heard)) == {"duplicate": 6}
    assert len(stall.sold) == 38


def killed_before_anything_is_written(stall: Stall) -> None:
    """The server dies with a batch in its hands, then a phone's battery; another tab joins while all of it is sent."""
    server, rina, budi = stall.server, stall.rina, stall.budi
    server.let_die_at(faults.BATCH_RECEIVED)
    stall.many(rina, 14)
    server.wait_for_death()
    rina.sees("offline", waiting=14)
    for lines, way in (({0: 2}, "cash"), ({1: 1, 8: 1}, "qris"), ({2: 1}, "transfer"), ({9: 1}, "cash")):
        stall.tap(rina, lines, way)
    for lines, way in (({3: 1}, "card"), ({4: 1, 9: 1}, "cash"), ({9: 1}, "qris")):
        stall.tap(budi, lines, way)
    stall.many(rina, 6)
    stall.many(budi, 8)
    budi.sees("offline", waiting=11)

    rina.put_into_basket({stall.titles[5]: 2})
    assert rina.units_in_basket() == 2
    rina.lose_power()
    rina.switch_on().sees("offline", waiting=24)
    rina.page.locator("button.basket-open", has_text=rina.words["pieces"].format(n=2)).click()
    stall.sold.append(rina.pay("cash"))
    rina.sees("offline", waiting=25)
    stall.tapped += 1

    rina.lose_requests()
    server.start()
    rina.hold_requests()
    rina.hear_of_network()
    rina.sees("syncing")
    tab = rina.second_tab()
    rina.sees("waiting", tab, waiting=25)
    stall.tap(rina, {6: 1}, page=tab)
    rina.release()
    for page in (rina.page, tab):
        rina.sees("synced", page)
    tab.close()
    budi.hear_of_network()
    budi.sees("synced")
    assert len(stall.sold) == 75


def killed_with_an_event_half_written(stall: Stall) -> None:
    """Seven events of a batch are committed, the eighth is written and not committed. Sales are undone meanwhile."""
    server, rina, budi = stall.server, stall.rina, stall.budi
    server.let_die_at(faults.EVENT_WRITTEN, passes=7)
    stall.many(budi, 16)
    server.wait_for_death()
    budi.sees("offline", waiting=16)
    undone = [stall.tap(rina, {0: 2}), stall.tap(rina, {1: 2, 2: 1}, "qris")]
    rina.void(undone[0])
    rina.take_back(undone[1], stall.titles[1])
    rina.to_pieces()
    stall.tap(rina, {3: 1}, "card")
    by_modules = stall.many(rina, 12)
    plenty = {item["id"] for item in stall.buyers.plenty}
    sales = [record for record in rina.kept()[0] if record["id"] in by_modules]
    sales = [one for one in sales if {line["item"] for line in one["event"]["data"]["lines"]} <= plenty]
    ways = (("void", False), ("return", False), ("return", True), ("return", True))
    rina.bring_back_many(
        [{"sale": sale["id"], "kind": kind, "damaged": bad} for sale, (kind, bad) in zip(sales, ways, strict=False)]
    )
    rina.sees("offline", waiting=3 + 2 + 12 + 4)
    stall.tap(budi, {5: 1})
    stall.tap(budi, {6: 1, 0: 1}, "transfer")
    stall.many(budi, 8)

    budi.switch_off()
    budi.switch_on().sees("offline", waiting=26)
    server.start()
    for phone in (rina, budi):
        phone.hear_of_network()
        phone.sees("synced")
    assert statuses(budi.answers()) == {"duplicate": 7, "created": 19}
    assert len(stall.sold) == 116


def killed_before_it_could_answer(stall: Stall) -> None:
    """All of a batch is committed and nobody was told. Both batteries die too."""
    server, rina, budi = stall.server, stall.rina, stall.budi
    server.let_die_at(faults.BATCH_COMMITTED)
    stall.many(rina, 20)
    server.wait_for_death()
    rina.sees("offline", waiting=20)
    stall.many(budi, 20)
    stall.tap(rina, {1: 1})
    stall.tap(rina, {2: 1}, "qris")
    stall.many(rina, 14)
    for phone, waiting in ((rina, 36), (budi, 20)):
        phone.lose_power()
        phone.switch_on().sees("offline", waiting=waiting)
    server.start()
    for phone in (rina, budi):
        phone.hear_of_network()
        phone.sees("synced")
    assert statuses(rina.answers()) == {"duplicate": 20, "created": 16}
    assert statuses(budi.answers()) == {"created": 20}
    assert len(stall.sold) == 172


def evening(stall: Stall) -> None:
    """The rest is sold with all in order."""
    stall.tap(stall.rina, {3: 1})
    stall.tap(stall.rina, {4: 1, 5: 2}, "card")
    stall.tap(stall.budi, {6: 1}, "qris")
    stall.many(stall.rina, 12)
    stall.many(stall.budi, SALES - len(stall.sold))
    for phone in (stall.rina, stall.budi):
        phone.sees("synced")


def everything_is_sent_as_it_was_sold(stall: Stall) -> dict[str, Any]:
    """Phones and books tell the same, each line and total; what the phones say is reckoned up again here."""
    events: list[Any] = []
    sales: dict[str, Any] = {}
    for phone, letter in ((stall.rina, "A"), (stall.budi, "B")):
        kept, device = phone.kept()
        assert {record["state"] for record in kept} == {"sent"}
        assert device["letter"] == letter
        own = [record["event"] for record in kept]
        events += own
        numbers = [event["data"]["number"] for event in own if event["kind"] == "sale"]
        assert numbers == [f"{letter}-{n:04}" for n in range(1, len(numbers) + 1)]
        sales |= {event["id"]: as_kept(event, letter) for event in own if event["kind"] == "sale"}
        assert phone.problems == []
    told = stall.server.ask("tell", fair=stall.fair["fair"])
    assert len(stall.sold) == len(set(stall.sold)) == len(told["sales"]) == SALES
    assert stall.tapped == 27
    assert sales.keys() == set(stall.sold)
    assert told["sales"] == sales
    assert len(told["reversals"]) == 6
    assert told["events"] == len(events) == SALES + 6 + 1
    assert told["refused"] == []
    assert [device["waiting"] for device in told["devices"]] == [0, 0]
    journeys = expected_journeys(stall.fair["items"], events)
    assert told["journeys"] == journeys
    gone = {int(pk): -journey["unexplained"] for pk, journey in journeys.items() if journey["unexplained"]}
    assert len(gone) == 3
    named: Counter[int] = Counter()
    for kind, item, units in told["discrepancies"]:
        assert kind == "oversold"
        named[item] += units
    assert named == gone
    assert told["checks"] == ["", "", ""]
    for phone in (stall.rina, stall.budi):
        phone.to_pieces()
        phone.hear_of_network()
        for item in stall.fair["items"]:
            phone.sees_stock(item["title"], journeys[str(item["id"])]["stall"])
    return told


def everything_sent_again_changes_nothing(stall: Stall, told: dict[str, Any]) -> None:
    """Every batch that ever left a phone, once more by hand, word for word."""
    for phone in (stall.rina, stall.budi):
        token = phone.kept()[1]["token"]
        for body in phone.posts:
            assert set(statuses(stall.server.post("events", body, token)["answers"])) == {"duplicate"}
    again = stall.server.ask("tell", fair=stall.fair["fair"])
    assert again == told
