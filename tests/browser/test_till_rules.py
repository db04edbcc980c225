"""The till's pure rules, run in the browser they are written for and compared with those who know."""

import random
import re
from datetime import UTC, datetime

import pytest
import qriskit
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from rest_framework import serializers

pytestmark = pytest.mark.browser

MODULES = "/static/exhibitions/till"
STATIC_QRIS = (
    "00020101021126610016ID.CO.CONTOH.WWW01189360000000000000000208123456780303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10200000000010303UMI5204573153033605802ID5911KRIYA BABEL6013PANGKALPINANG610533111"
)


@pytest.fixture(scope="module")
def till_page(browser, demo):
    context = browser.new_context(base_url=demo.url)
    page = context.new_page()
    page.goto("/kasir/")
    yield page
    context.close()


@pytest.fixture
def run(till_page):
    """Run an expression with a module's functions at hand as ``m``, and one argument as ``a``."""

    def call(module, expression, argument=None):
        script = f"async ([path, a]) => {{ const m = await import(path); return {expression}; }}"
        return till_page.evaluate(script, [f"{MODULES}/{module}.js", argument])

    return call


def basket(*lines, discount=None):
    return {
        "id": "x",
        "lines": [
            {"item": at, "price": price, "quantity": units, "discount": off} for at, (price, units, off) in lines
        ],
        "discount": discount,
        "reason": "",
        "source": "",
        "note": "",
        "tenders": [],
    }


def static_qris(tags=""):
    body = f"{STATIC_QRIS}{tags}6304"
    return body + qriskit.crc.crc16(body)


# --- Money


def test_a_discount_on_the_whole_is_shared_to_the_last_rupiah(run):
    lines = enumerate([(33_333, 1, None), (33_333, 1, None), (33_334, 1, None)])
    told = run("basket", "m.reckon(a)", basket(*lines, discount={"kind": "amount", "value": 10_000}))
    assert [line["discount"] for line in told["lines"]] == [3333, 3333, 3334]
    assert (told["subtotal"], told["discount"], told["total"]) == (100_000, 10_000, 90_000)


def test_own_discounts_come_before_the_share_of_the_whole(run):
    lines = enumerate([(200_000, 1, {"kind": "percent", "value": 50}), (100_000, 3, None)])
    told = run("basket", "m.reckon(a)", basket(*lines, discount={"kind": "percent", "value": 10}))
    assert [line["discount"] for line in told["lines"]] == [110_000, 30_000]
    assert [line["total"] for line in told["lines"]] == [90_000, 270_000]


def test_shares_sum_exactly_for_random_baskets(run):
    dice = random.Random(7)
    cases = []
    for _each in range(200):
        weights = [dice.randrange(0, 10**9) for _line in range(dice.randrange(1, 12))]
        cases.append([dice.randrange(0, sum(weights) + 1), weights])
    told = run("basket", "a.map(([amount, weights]) => m.share(amount, weights))", cases)
    for (amount, weights), parts in zip(cases, told, strict=True):
        assert sum(parts) == (amount if sum(weights) else 0)
        for part, weight in zip(parts, weights, strict=True):
            exact = amount * weight / sum(weights)
            assert int(exact) <= part <= int(exact) + 1


@pytest.mark.parametrize(
    ("amount", "discount", "off"),
    [
        (999, {"kind": "percent", "value": 50}, 500),
        (250_000, {"kind": "percent", "value": 12.5}, 31_250),
        (250_000, {"kind": "percent", "value": 150}, 250_000),
        (250_000, {"kind": "amount", "value": 300_000}, 250_000),
        (250_000, {"kind": "amount", "value": -5}, 0),
        (900_000_000_000, {"kind": "percent", "value": 33.33}, 299_970_000_000),
        (250_000, None, 0),
    ],
)
def test_a_discount_is_whole_rupiah_and_never_more_than_there_is(run, amount, discount, off):
    assert run("basket", "m.discountOn(a[0], a[1])", [amount, discount]) == off


def test_quick_notes_are_round_and_more_than_the_amount(run):
    assert run("basket", "m.quickNotes(735000)") == [740_000, 750_000, 800_000]
    assert run("basket", "m.quickNotes(100000)") == []
    assert run("basket", "m.quickNotes(1000)") == [5000, 10_000, 20_000, 50_000]


def test_units_that_come_back_one_by_one_bring_back_the_whole_line(run):
    line = {"quantity": 3, "total": 100_000}
    assert run("basket", "m.worth(a, 1)", line) == 33_333
    assert run("basket", "m.worth(a, 1, {quantity: 2, amount: 66666})", line) == 33_334
    assert run("basket", "m.worth(a, 3)", line) == 100_000


def test_the_same_piece_at_the_same_price_shares_a_line(run):
    told = run("basket", "m.add(m.add(m.add(m.empty('x'), 5, 100), 5, 100), 5, 90)")
    assert [(line["price"], line["quantity"]) for line in told["lines"]] == [(100, 2), (90, 1)]


def test_typed_rupiah_are_read_however_they_are_grouped(run):
    assert run("texts", "['1.250.000', 'Rp 1250000', 'IDR 1,250,000', ''].map(m.digits)") == [1_250_000] * 3 + [0]
    assert run("texts", "[1250000, 0, -500].map(m.rupiah)") == ["Rp1.250.000", "Rp0", "−Rp500"]


# --- QRIS


@pytest.mark.parametrize("amount", [1, 50_000, 8_257_500, 999_999_999])
@pytest.mark.parametrize("tags", ["", "55020256041000", "550203570510.00"])
def test_a_qris_with_amount_is_the_one_the_library_makes(run, amount, tags):
    payload = static_qris() if not tags else _with_tip(tags)
    told = run("qris", "m.withAmount(a[0], a[1])", [payload, amount])
    parsed = qriskit.parse(told)
    assert qriskit.is_valid(told)
    assert (parsed.is_dynamic, parsed.amount, parsed.tip) == (True, amount, None)
    if not tags:
        assert told == qriskit.parse(payload).to_dynamic(amount).dumps()


def _with_tip(tags):
    body = STATIC_QRIS.replace("5802ID", f"{tags}5802ID") + "6304"
    return body + qriskit.crc.crc16(body)


@pytest.mark.parametrize("text", ["", "hello", static_qris()[:-1] + "x", static_qris()[:40], "6304FFFF"])
def test_text_that_is_no_qris_makes_no_code(run, text):
    assert run("qris", "m.isValid(a)", text) is False


# --- PIN


def test_a_pin_is_right_exactly_when_django_says_so(run):
    encoded = PBKDF2PasswordHasher().encode("4711", "garamlaut", iterations=100_000)
    assert run("pin", "m.matches('4711', a)", encoded) is True
    for wrong in ("4712", "471", "", "47110"):
        assert run("pin", f"m.matches('{wrong}', a)", encoded) is False
    assert run("pin", "m.matches('4711', 'md5$garam$0123')") is False


# --- Identity and time


def test_ids_are_uuid_version_7_and_sort_by_time(run):
    ids = run("ids", "[0, 1, 2].map((n) => m.uuidv7(1795000000000 + n))")
    assert ids == sorted(ids)
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", each) for each in ids
    )
    assert int(ids[0][:8] + ids[0][9:13], 16) == 1_795_000_000_000


def test_times_carry_their_zone(run):
    told = run("ids", "m.timestamp(new Date(1795000000000))")
    assert datetime.fromisoformat(told).astimezone(UTC) == datetime.fromtimestamp(1_795_000_000, UTC)


# --- The queue


def record(name, **more):
    return {"id": name, "seq": int(name[1:]), "fair": 1, "notBefore": 0, "event": {"id": name, "kind": "sale"}, **more}


def test_the_oldest_go_first_and_one_held_back_holds_nobody_back(run):
    records = [record("e1"), record("e2", notBefore=900), record("e3", fair=2), record("e4"), record("e5")]
    batch = run("outbox", "m.nextBatch(a, {now: 500, fair: 1, most: 2})", records)
    assert [each["id"] for each in batch] == ["e1", "e4"]


def test_a_large_event_goes_alone(run):
    large = record("e1", event={"id": "e1", "note": "x" * 300_000})
    assert [each["id"] for each in run("outbox", "m.nextBatch(a, {now: 0, fair: 1})", [large, record("e2")])] == ["e1"]


def test_each_event_follows_its_own_answer(run):
    sale = {"kind": "sale", "data": {"total": 100, "lines": [{"item": 1, "quantity": 1, "total": 100}]}}
    echo = {"total": 100, "lines": [{"item": 1, "quantity": 1, "total": 100}]}
    batch = [record(f"e{n}", event={"id": f"e{n}", **sale}) for n in range(1, 8)]
    answers = [
        {"id": "e1", "status": "created", "echo": echo},
        {"id": "e2", "status": "duplicate", "echo": echo},
        {"id": "e3", "status": "refused", "code": "bad_field", "message": "…"},
        {"id": "e4", "status": "refused", "code": "sale_unknown", "message": "…"},
        {"id": "e5", "status": "created", "echo": {**echo, "total": 99}},
        {"id": "e6", "status": "something new"},
        {"id": "another", "status": "created", "echo": echo},
    ]
    verdict = run("outbox", "m.judge(a[0], a[1], 1000, () => 0)", [batch, answers])
    assert [each["id"] for each in verdict["done"]] == ["e1", "e2"]
    assert [(each["id"], each["code"]) for each in verdict["refused"]] == [("e3", "bad_field"), ("e5", "echo_differs")]
    assert [(each["id"], each["notBefore"]) for each in verdict["again"]] == [("e4", 3000)]


def test_an_event_is_not_tried_for_ever(run):
    waiting = record("e4", tries=11)
    answer = {"id": "e4", "status": "refused", "code": "sale_unknown", "message": "…"}
    verdict = run("outbox", "m.judge([a[0]], [a[1]], 0)", [waiting, answer])
    assert [each["id"] for each in verdict["refused"]] == ["e4"]


def test_pauses_double_up_to_a_minute_and_differ_by_chance(run):
    assert run("outbox", "[0, 1, 2, 3, 6, 20].map((n) => m.delay(n, () => 1))") == [0, 2000, 4000, 8000, 60_000, 60_000]
    assert run("outbox", "m.delay(3, () => 0)") == 4000


# --- Stock on the stall


def test_stock_counts_what_the_server_has_not_counted_yet(run):
    def sold(name, item, **more):
        return {**record(name, **more), "event": {"kind": "sale", "data": {"lines": [{"item": item, "quantity": 2}]}}}

    back = {"kind": "reversal", "data": {"sale": "e1", "lines": [{"line": 1, "quantity": 1, "damaged": False}]}}
    records = [
        sold("e1", 7, state="waiting"),
        sold("e2", 7, state="sent", doneAt=100),
        sold("e3", 7, state="sent", doneAt=300),
        sold("e4", 9, state="refused", code="bad_field", doneAt=100),
        {**record("e5", state="waiting"), "event": back},
    ]
    assert run("catalogue", "[...m.goneSince(a, 200)]", records) == [[7, 3], [9, 2]]


def test_a_code_is_found_as_typed_scanned_or_as_the_address_of_the_piece(run):
    items = [
        {
            "id": 4,
            "sku": "CUAL-004",
            "code": "8991234567890",
            "title_id": "Kain",
            "title_en": "",
            "maker": "",
            "craft": "",
        }
    ]
    found = run(
        "catalogue",
        "a[1].map((text) => m.findByCode(m.prepare({items: a[0]}), text)?.id ?? null)",
        [items, ["cual-004", " 8991234567890 ", "https://kriya.test/karya/CUAL-004/?dari=label", "CUAL-00", ""]],
    )
    assert found == [4, 4, 4, None, None]


# --- Presses


def test_a_second_press_while_the_first_is_kept_does_nothing(run):
    pressed = """(async () => {
      const ends = [];
      const seen = [];
      const press = m.once(() => { seen.push("run"); return new Promise((resolve) => ends.push(resolve)); });
      const form = m.h("form", { onsubmit: press }, m.h("button", {}), m.h("button", { disabled: true }));
      document.body.append(form);
      const shut = () => [...form.querySelectorAll("button")].map((each) => each.disabled);
      form.requestSubmit();
      form.dispatchEvent(new Event("submit", { cancelable: true }));
      seen.push(shut());
      ends[0]();
      await new Promise((resolve) => setTimeout(resolve));
      seen.push(shut());
      form.requestSubmit();
      form.remove();
      return seen;
    })()"""
    assert run("dom", f"await {pressed}") == ["run", [True, True], [False, True], "run"]


def test_work_that_fails_can_be_pressed_again(run):
    pressed = """(async () => {
      const press = m.once(async () => { throw new Error("full"); });
      return [await press().catch(String), await press().catch(String)];
    })()"""
    assert run("dom", f"await {pressed}") == ["Error: full"] * 2


# --- What people type


def test_no_address_is_kept_that_the_server_must_refuse(run):
    ours = {"tan@gmail.com": True, "a.b+c@x-y.co.id": True, "T@EXAMPLE.SG": True}
    ours |= dict.fromkeys(["tan@gmail", "tan", "@x.id", "a..b@x.id", "a b@x.id", "a@x..id", "a@-x.id", "a@x.i"], False)
    ours |= dict.fromkeys(["a@x.c-", f"{'a' * 250}@x.id", "é@x.id", "a@x.id\n"], False)
    told = run("rules", "a.map((text) => m.isEmail(text))", list(ours))
    assert told == list(ours.values())
    field = serializers.EmailField(max_length=254)
    for text in (text for text, taken in zip(ours, told, strict=True) if taken):
        assert field.run_validation(text) == text


def test_what_is_typed_is_kept_as_the_server_keeps_it(run):
    typed = ["  ", " Tan\u0000\n Wei ", "a\u0085", "\u3000a\u001f", "ke\r\ndua"]
    assert run("rules", "a.map((text) => m.clean(text))", typed) == ["", "Tan   Wei", "a", "a", "ke dua"]
    assert run("rules", "m.clean(a, {lines: true})", "ke\r\ndua\n") == "ke\ndua"


def test_a_percentage_is_read_with_its_sign_and_nothing_else_passes_for_none(run):
    typed = ["10%", "7,5 %", "100", "", "101", "sepuluh", "1,5,0", "-5", "."]
    told = run("basket", "a.map(m.percentOf)", typed)
    assert told == [10, 7.5, 100, 0, None, None, None, None, None]


def test_a_number_for_whatsapp_begins_with_its_country(run):
    written = {
        "0812 3456-7890": "6281234567890",
        "812 34567890": "6281234567890",
        "6281234567890": "6281234567890",
        "+62 0812 34567890": "6281234567890",
        "+62 (0) 812 34567890": "6281234567890",
        "0062 812 34567890": "6281234567890",
        "+65 9123 4567": "6591234567",
        "0065 9123 4567": "6591234567",
        "+81 90 1234 5678": "819012345678",
        "": "",
    }
    assert run("receipt", "a.map(m.whatsAppNumber)", list(written)) == list(written.values())


# --- Codes


def test_a_label_in_view_counts_once_until_it_was_gone(run):
    """Two labels of the same piece are one; held in view for a minute it is still one."""
    seen = [[0, 4], [200, 4], [2400, 9], [2600, 4], [4800, 9], [4900, 4], [7300, 4], [9800, 4], [9900, 9]]
    told = run("scan", "((seen) => a.map(([at, item]) => m.counts(seen, item, at)))(new Map())", seen)
    assert told == [True, False, True, False, False, False, False, True, True]


@pytest.mark.parametrize("text", ["CUAL-004", "https://kriya.test/karya/CUAL-004/"])
def test_a_label_is_read_by_the_reader_that_comes_with_the_app(run, text):
    """The page's policy lets its WebAssembly run, and nothing is fetched from elsewhere."""
    drawing = """(async () => {
      const { encode } = await import("/static/exhibitions/till/vendor/uqr.js");
      const { data } = encode(a, { border: 4 });
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = data.length * 6;
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = "#000";
      data.forEach((row, y) => row.forEach((dark, x) => dark && pen.fillRect(x * 6, y * 6, 6, 6)));
      delete globalThis.BarcodeDetector;
      const read = await m.codeReader();
      return await read(canvas);
    })()"""
    assert run("scan", f"await {drawing}", text) == [text]
