"""What a device carries: everything that ever arrived, at today's price and stock, in as many queries for five pieces
as for twenty.
"""

import base64
import hashlib

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions.catalogue import catalogue_for
from shop.exhibitions.models import ConsignmentLine, Fair
from shop.exhibitions.tests.factories import CashierFactory, ConsignmentFactory, ConsignmentLineFactory
from shop.exhibitions.tests.stall import line, now, open_stall, piece
from shop.pictures.tests.factories import PictureFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/till/catalogue/"


@pytest.fixture
def stall():
    return open_stall(qris_payload=" 000201 ", receipt_note="Terima kasih")


def ask(stall, **headers):
    return stall.client.get(ADDRESS, headers=stall.headers(**headers))


def test_the_catalogue_tells_all_that_is_needed_to_sell(stall):
    record = stall.piece(3, price=175_000)
    told = ask(stall).json()
    fair = stall.fair
    assert told.pop("version")
    assert told.pop("server_time")[-6:] == "+07:00"
    assert told.pop("sources") == []
    assert told == {
        "device": {"id": stall.device.pk, "name": "HP Rina", "letter": "A"},
        "fair": {
            "id": fair.pk,
            "name": fair.name,
            "city": "Jakarta",
            "venue": "Balai Sidang",
            "stall": "A-12",
            "status": "open",
            "starts_on": fair.starts_on.isoformat(),
            "ends_on": fair.ends_on.isoformat(),
            "qris": "000201",
            "receipt_note": "Terima kasih",
        },
        "cashiers": [{"id": stall.cashier.pk, "name": stall.cashier.name, "pin": stall.cashier.pin}],
        "items": [
            {
                "id": record.pk,
                "sku": record.partner_sku,
                "title_id": record.product.title_ind,
                "title_en": record.product.title_en,
                "maker_id": record.partner.maker.pk,
                "maker": record.partner.maker.name,
                "craft": record.product.craft.name_ind,
                "price": 175_000,
                "stock": 3,
                "picture": None,
                "code": record.partner_sku,
            }
        ],
    }


def test_a_piece_that_is_sold_out_stays_with_nothing_left(stall):
    record = stall.piece(1)
    stall.send(stall.sale(line(record)))
    assert [(item["id"], item["stock"]) for item in ask(stall).json()["items"]] == [(record.pk, 0)]


def test_a_piece_that_did_not_arrive_is_not_there(stall):
    arrived = stall.piece(1)
    for fields in ({"status": "draft"}, {"status": "received", "received": 0}):
        record = ProductFactory().stockrecords.get()
        consignment = ConsignmentFactory(
            fair=stall.fair, status=fields["status"], signed_by="Ibu", handed_over_at=stall.fair.created_at
        )
        ConsignmentLineFactory(consignment=consignment, stockrecord=record, received=fields.get("received"))
    piece(open_stall().fair)
    assert [item["id"] for item in ask(stall).json()["items"]] == [arrived.pk]


def test_the_price_is_that_of_the_last_list(stall):
    record = stall.piece(1, price=100_000)
    consignment = ConsignmentFactory(
        fair=stall.fair, number=32_000, status="received", signed_by="Ibu", handed_over_at=stall.fair.created_at
    )
    ConsignmentLineFactory(consignment=consignment, stockrecord=record, received=1, price=120_000)
    assert [item["price"] for item in ask(stall).json()["items"]] == [120_000]


def test_the_upc_is_the_code_where_there_is_one(stall):
    record = piece(stall.fair, upc="8991234567890")
    assert ask(stall).json()["items"][0]["code"] == "8991234567890"
    assert record.partner_sku != "8991234567890"


def test_a_piece_has_its_smallest_picture(stall):
    picture = PictureFactory()
    piece(stall.fair, pictures=[picture])
    assert ask(stall).json()["items"][0]["picture"].startswith("/media/")


def test_only_active_cashiers_can_sign_on_but_what_another_sold_still_counts(stall):
    gone = CashierFactory(fair=stall.fair, is_active=False)
    CashierFactory()
    assert [cashier["id"] for cashier in ask(stall).json()["cashiers"]] == [stall.cashier.pk]
    assert stall.send(stall.sale(cashier=gone.pk))[0]["status"] == "created"


def test_a_pin_is_a_hash_that_a_phone_can_check_by_itself(stall):
    """PBKDF2 with SHA-256, as WebCrypto has it: the salt as UTF-8, 32 bytes, base64."""
    stall.cashier.pin = PBKDF2PasswordHasher().encode("4711", "garam", iterations=1_000)
    stall.cashier.save()
    algorithm, iterations, salt, digest = ask(stall).json()["cashiers"][0]["pin"].split("$")
    assert algorithm == "pbkdf2_sha256"
    expected = hashlib.pbkdf2_hmac("sha256", b"4711", salt.encode(), int(iterations))
    assert base64.b64decode(digest) == expected


def test_what_has_not_changed_is_not_sent_again(stall):
    record = stall.piece(2)
    first = ask(stall)
    tag = first["ETag"]
    assert tag == f'"{first.json()["version"]}"'
    assert first["Cache-Control"] == "private, no-cache"
    again = ask(stall, **{"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    stall.send(stall.sale(line(record)))
    changed = ask(stall, **{"if-none-match": tag})
    assert (changed.status_code, changed["ETag"] != tag) == (200, True)


def test_a_closed_fair_is_another_version_and_the_heartbeat_tells(stall):
    stall.piece(2)
    version = ask(stall).json()["version"]
    beat = {"waiting": 0, "app_version": "1.0.0", "at": now()}
    told = stall.post("heartbeat", beat).json()
    assert told.pop("server_time")
    assert told == {"fair_status": "open", "catalogue_version": version, "revoked": False}
    Fair.objects.filter(pk=stall.fair.pk).update(status="counting")
    told = stall.post("heartbeat", beat).json()
    assert told["fair_status"] == "counting"
    assert told["catalogue_version"] != version


@pytest.mark.parametrize("body", [{}, {"waiting": 0}, {"waiting": "0", "at": now()}, {"waiting": 0, "at": "x"}])
def test_a_heartbeat_that_is_not_as_agreed_is_refused(stall, body):
    response = stall.post("heartbeat", body)
    assert (response.status_code, response.json()["code"]) == (400, "bad_field")


def test_as_many_queries_for_twenty_pieces_as_for_five(stall):
    pictures = [PictureFactory()]

    def queries():
        stall.device.refresh_from_db()
        with CaptureQueriesContext(connection) as captured:
            items = catalogue_for(stall.device)["items"]
        return len(items), len(captured)

    for _number in range(5):
        piece(stall.fair, pictures=pictures)
    few, queries_of_few = queries()
    for _number in range(15):
        piece(stall.fair, pictures=pictures)
    many, queries_of_many = queries()
    assert (few, many) == (5, 20)
    assert queries_of_many == queries_of_few
    assert ConsignmentLine.objects.count() == 20


def test_each_event_of_a_batch_costs_the_same(stall):
    record = stall.piece(60)

    def queries(count):
        events = [stall.sale(line(record)) for _number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            stall.send(*events)
        return len(captured)

    queries(1)
    one, six, eleven = queries(1), queries(6), queries(11)
    assert eleven - six == six - one
    assert six - one == 5 * ((six - one) // 5)
    assert (six - one) // 5 <= 60
