"""What the device keeps, and how: each promise of the till's store on a database of its own."""

import pytest

pytestmark = pytest.mark.browser

MODULES = "/static/exhibitions/till"
#: A device's database with a pairing, an open day, a basket and the cashiers' PINs.
BEGIN = f"""
  const {{ openStore, Gone, NotKept }} = await import("{MODULES}/store.js");
  const store = await openStore(`test-${{crypto.randomUUID()}}`);
  const device = (id, fair, letter = "A") => ({{ id, letter, name: "HP", fair: {{ id: fair }}, token: "t" }});
  const where = {{ fair: 1, device: {{ id: 7, letter: "A", name: "HP" }}, day: "d" }};
  const put = {{
    device: device(7, 1), counter: 4, session: {{ cashier: 1 }}, catalogue: {{ cashiers: [{{ pin: "p" }}] }},
    day: {{ id: "d", float: 500 }}, basket: {{ id: "b", lines: [1] }}, settings: {{ language: "id" }},
  }};
  for (const [key, value] of Object.entries(put)) await store.set(key, value);
  const all = async () => Object.fromEntries(
    await Promise.all(Object.keys(put).map(async (key) => [key, (await store.get(key)) ?? null])),
  );
  const event = (id, kind = "sale", data = {{}}) => ({{ id, kind, at: "2026-11-24T09:00:00+07:00", cashier: 1, data }});
  const states = async () => (await store.events()).map(({{ id, state, code }}) => [id, state, code]);
  const told = (error) => error.constructor.name;
"""


@pytest.fixture(scope="module")
def till_page(browser, demo):
    context = browser.new_context(base_url=demo.url)
    page = context.new_page()
    page.goto("/kasir/")
    yield page
    context.close()


@pytest.fixture
def run(till_page):
    """Run a piece of JavaScript on a new database; what it returns comes back."""

    def call(script):
        return till_page.evaluate(f"async () => {{ {BEGIN} {script} }}")

    return call


# --- Pairing


def test_pairing_again_with_the_same_fair_keeps_day_basket_and_counter(run):
    kept = run("await store.pair(device(7, 1)); return all();")
    assert (kept["day"], kept["basket"], kept["counter"]) == ({"id": "d", "float": 500}, {"id": "b", "lines": [1]}, 4)
    assert (kept["session"], kept["catalogue"]) == (None, None)


def test_another_letter_counts_its_receipts_anew_and_keeps_the_day(run):
    kept = run("await store.pair(device(8, 1, 'B')); return all();")
    assert (kept["counter"], kept["day"], kept["device"]["letter"]) == (None, {"id": "d", "float": 500}, "B")


def test_another_fair_begins_empty_and_refuses_what_waits_for_the_old_one(run):
    kept, states = run(
        "await store.record(event('e1'), where); await store.pair(device(8, 2)); return [await all(), await states()];"
    )
    assert (kept["day"], kept["basket"], kept["counter"]) == (None, None, None)
    assert states == [["e1", "refused", "other_fair"]]


def test_a_pairing_that_breaks_off_changes_nothing(run):
    before, error, after = run(
        """const before = await all();
        const honest = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
        const error = await store.pair(device(8, 2)).catch(told);
        IDBObjectStore.prototype.put = honest;
        return [before, error, await all()];"""
    )
    assert error == "NotKept"
    assert before == after


# --- The basket, and two windows


def test_changes_of_two_windows_at_once_are_all_kept(run):
    kept = run(
        """const add = (piece) => store.changeBasket((basket) => ({ ...basket, lines: [...basket.lines, piece] }));
        await Promise.all([2, 3, 4].map(add));
        return store.get("basket");"""
    )
    assert kept["lines"] == [1, 2, 3, 4]


def test_a_sold_basket_never_comes_back(run):
    seen, late, kept = run(
        """const basket = await store.get("basket");
        await store.sell("b", ({ id }) => event(id), where);
        await store.set("basket", basket);
        const late = await store.sell("b", ({ id }) => event(id), where).catch(told);
        const seen = [];
        await store.changeBasket((was) => { seen.push(was); return null; });
        return [seen, late, (await store.get("basket")) ?? null];"""
    )
    assert (seen, late, kept) == ([None], "Gone", None)


def test_a_basket_that_changed_meanwhile_is_not_sold_unlooked(run):
    late, counter, states = run(
        """const late = await store.sell("b", () => { throw new Gone("due"); }, where).catch(told);
        return [late, await store.get("counter"), await states()];"""
    )
    assert (late, counter, states) == ("Gone", 4, [])


# --- A phone that is full, or closes the database


def test_a_database_the_browser_closed_is_opened_again(run):
    assert run("store.db.close(); await store.set('counter', 5); return store.get('counter');") == 5


def test_what_cannot_be_kept_is_told_as_such(run):
    told = run(
        """const honest = IDBObjectStore.prototype.add;
        IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
        const error = await store.record(event("e1"), where, { day: undefined }).catch(told);
        IDBObjectStore.prototype.add = honest;
        return [error, (await all()).day, await states()];"""
    )
    assert told == ["NotKept", {"id": "d", "float": 500}, []]


# --- Pictures


def test_pictures_that_are_missing_are_fetched_and_those_of_no_piece_dropped(run):
    told = run(f"""const {{ missing }} = await import("{MODULES}/pictures.js");
        return missing(["a", "b", "b", "c"], ["c", "d"]);""")
    assert told == {"fetch": ["a", "b"], "drop": ["d"]}


# --- People's data


def test_a_contact_leaves_the_phone_once_the_server_has_it(run):
    waiting, sent = run(
        """const waiting = await store.record(event("e1", "enquiry", { name: "Tan", phone: "0812" }), where);
        await store.settle({ done: [{ ...waiting, doneAt: 1 }] });
        return [waiting.event.data, (await store.events()).map(({ id, event }) => [id, event.kind, event.data])];"""
    )
    assert waiting == {"name": "Tan", "phone": "0812"}
    assert sent == [["e1", "enquiry", {}]]


def test_a_device_that_is_shut_out_keeps_what_the_books_lack_and_nothing_else(run):
    kept, states, revoked = run(
        """const made = [];
        for (const id of ["e1", "e2", "e3"]) made.push(await store.record(event(id), where));
        await store.settle({ done: [{ ...made[0], doneAt: 1 }], refused: [{ ...made[1], code: "bad_field" }] });
        await store.shutOut({ day: { id: "d", float: 500, carried: 100 } });
        return [await all(), await states(), await store.get("revoked")];"""
    )
    assert (kept["catalogue"], kept["session"], revoked) == (None, None, True)
    assert kept["day"] == {"id": "d", "float": 500, "carried": 100}
    assert states == [["e2", "refused", "bad_field"], ["e3", "waiting", ""]]


def test_the_drawer_of_an_open_day_still_agrees_after_the_device_was_shut_out(run):
    before, after, kept = run(
        f"""const {{ Till }} = await import("{MODULES}/till.js");
        await store.set("day", {{ id: "d", float: 500_000 }});
        const paid = (amount) => ({{ lines: [], total: amount, tenders: [{{ kind: "cash", amount }}] }});
        const sent = await store.record(event("e1", "sale", paid(70_000)), where);
        await store.record(event("e2", "sale", paid(30_000)), where);
        await store.settle({{ done: [{{ ...sent, doneAt: Date.now() }}] }});
        await store.set("catalogue", {{ items: [], cashiers: [], fair: {{}} }});
        const till = new Till({{ store, api: {{}} }});
        await till.load();
        const before = till.inDrawer();
        await till.setPhase("revoked");
        till.channel.close();
        return [before, till.inDrawer(), [till.catalogue, ...till.records.map(({{ id }}) => id)]];"""
    )
    assert (before, after, kept) == (600_000, 600_000, [None, "e2"])
