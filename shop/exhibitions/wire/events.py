"""The kinds of events, field by field. They say what is well-formed; whether it can be counted the services decide."""

from typing import Any

from rest_framework import serializers
from rest_framework.settings import api_settings

from shop.exhibitions.models import Enquiry, Reversal, Tender, TillEvent

from .answers import Code, Refused
from .fields import MOST_IN_DRAWER, Identity, Moment, Money, Pattern, Strict, Text, Whole, Yes

Kind = TillEvent.Kind
#: The largest primary key, the most units of one line, the most lines of one sale.
MOST_ROWS, MOST_UNITS, MOST_LINES = 2**31 - 1, 9_999, 200
DAY = "The day at the drawer whose cash it moved, if one was open; its opening may come later."


def _does_not_add_up(where: str) -> serializers.ValidationError:
    return serializers.ValidationError({where: ["Does not add up"]}, code=Code.DOES_NOT_ADD_UP.value)


class SoldLine(Strict):
    item = Whole(min_value=1, max_value=MOST_ROWS, help_text="Id of the piece, as the catalogue has it.")
    quantity = Whole(min_value=1, max_value=MOST_UNITS)
    price = Money(help_text="Rupiah for one.")
    discount = Money(help_text="Rupiah off this line, its share of a discount on the whole sale included.")
    total = Money(help_text="price × quantity − discount")

    def validate(self, line: dict) -> dict:
        if line["total"] != line["price"] * line["quantity"] - line["discount"]:
            raise _does_not_add_up("total")
        return line


class SaleTender(Strict):
    kind = serializers.ChoiceField(Tender.Kind.choices)
    amount = Money(help_text="What counts towards the total, in rupiah.")
    received = Money(required=False, allow_null=True, help_text="What the buyer handed over; the rest is change.")
    reference = Text(required=False, allow_blank=True, max_length=80)

    def validate(self, tender: dict) -> dict:
        received = tender.get("received")
        if tender["kind"] == Tender.Kind.CASH and received is not None and received < tender["amount"]:
            raise _does_not_add_up("received")
        return tender


class SaleData(Strict):
    number = Text(max_length=24, help_text="Number of the receipt, for people: A-0001.")
    lines = SoldLine(many=True, allow_empty=False, max_length=MOST_LINES)
    subtotal = Money()
    discount = Money(help_text="Sum of the lines' discounts.")
    discount_reason = Text(required=False, allow_blank=True, max_length=120, help_text="Needed with a discount.")
    total = Money()
    tenders = SaleTender(many=True, max_length=20, help_text="Their amounts add up to the total.")
    source = Pattern(r"^[A-Za-z0-9._-]{1,64}\Z", required=False, allow_blank=True)
    note = Text(required=False, allow_blank=True, max_length=255)
    rev = Whole(required=False, min_value=0, max_value=MOST_ROWS, help_text="How often the receipt was put right.")
    day = Identity(required=False, allow_null=True, help_text=DAY)

    def validate(self, sale: dict) -> dict:
        lines = sale["lines"]
        sums = {
            "subtotal": sum(line["price"] * line["quantity"] for line in lines),
            "discount": sum(line["discount"] for line in lines),
            "total": sum(line["total"] for line in lines),
        }
        for name, expected in sums.items():
            if sale[name] != expected:
                raise _does_not_add_up(name)
        if sum(tender["amount"] for tender in sale["tenders"]) != sale["total"]:
            raise _does_not_add_up("tenders")
        if sale["discount"] and not sale.get("discount_reason"):
            raise serializers.ValidationError({"discount_reason": ["A discount has a reason"]})
        return sale


class ReversedLine(Strict):
    line = Whole(min_value=1, max_value=MOST_LINES, help_text="Position in the sale, from 1.")
    quantity = Whole(min_value=1, max_value=MOST_UNITS)
    amount = Money(help_text="Rupiah given back for these units.")
    damaged = Yes(required=False, default=False)


class ReversedTender(Strict):
    kind = serializers.ChoiceField(Tender.Kind.choices)
    amount = Money(min_value=1)


class ReversalData(Strict):
    sale = Identity()
    kind = serializers.ChoiceField(Reversal.Kind.choices)
    reason = Text(max_length=120)
    lines = ReversedLine(many=True, allow_empty=False, max_length=MOST_LINES)
    tenders = ReversedTender(
        many=True,
        max_length=len(Tender.Kind.values),
        help_text="How the money went back, each kind once; their amounts add up. A void takes those of its sale, and "
        "no more of one than came in by it. A return may take others: what was paid by QRIS may be paid back in cash.",
    )
    amount = Money(help_text="Sum of the lines' amounts.")
    day = Identity(required=False, allow_null=True, help_text=DAY)

    def validate(self, reversal: dict) -> dict:
        positions = [line["line"] for line in reversal["lines"]]
        if len(set(positions)) != len(positions):
            raise serializers.ValidationError({"lines": ["Each line once"]})
        kinds = [tender["kind"] for tender in reversal["tenders"]]
        if len(set(kinds)) != len(kinds):
            raise serializers.ValidationError({"tenders": ["Each kind once"]})
        if reversal["amount"] != sum(line["amount"] for line in reversal["lines"]):
            raise _does_not_add_up("amount")
        if sum(tender["amount"] for tender in reversal["tenders"]) != reversal["amount"]:
            raise _does_not_add_up("tenders")
        return reversal


class EnquiryData(Strict):
    kind = serializers.ChoiceField(Enquiry.Kind.choices)
    name = Text(max_length=120)
    phone = Text(required=False, allow_blank=True, max_length=40)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    country = Text(required=False, allow_blank=True, max_length=60)
    message = Text(required=False, allow_blank=True, max_length=2000)
    consent = Yes(help_text="Must be true: without consent nothing is kept.")
    sale = Identity(required=False, allow_null=True)

    def validate(self, enquiry: dict) -> dict:
        if not enquiry["consent"]:
            raise serializers.ValidationError({"consent": ["Nothing is kept without consent"]})
        if not enquiry.get("phone") and not enquiry.get("email"):
            raise serializers.ValidationError({"phone": ["A way to answer"]})
        return enquiry


class DayOpenData(Strict):
    day = Identity(help_text="The id of this very event.")
    float = Money(max_value=MOST_IN_DRAWER, help_text="Rupiah in the drawer in the morning.")


class DayCloseData(Strict):
    day = Identity(help_text="The id of the event that opened the day.")
    expected = Money(help_text="What the device reckons; the server reckons for itself.")
    counted = Money(max_value=MOST_IN_DRAWER)
    note = Text(required=False, allow_blank=True, max_length=255)


class Envelope(Strict):
    """What every event has, whatever happened."""

    id = Identity(help_text="UUIDv7, made on the device when the thing begins.")
    kind = serializers.ChoiceField(Kind.choices)
    at = Moment(help_text="The device's clock, with its zone.")
    cashier = Whole(min_value=1, max_value=MOST_ROWS)


class SaleEvent(Envelope):
    data = SaleData()


class ReversalEvent(Envelope):
    data = ReversalData()


class EnquiryEvent(Envelope):
    data = EnquiryData()


class DayOpenEvent(Envelope):
    data = DayOpenData()


class DayCloseEvent(Envelope):
    data = DayCloseData()


EVENTS: dict[str, type[Envelope]] = {
    Kind.SALE.value: SaleEvent,
    Kind.REVERSAL.value: ReversalEvent,
    Kind.ENQUIRY.value: EnquiryEvent,
    Kind.DAY_OPEN.value: DayOpenEvent,
    Kind.DAY_CLOSE.value: DayCloseEvent,
}


def read(event: dict[str, Any]) -> dict[str, Any]:
    """The event in Python's types. Raises ``Refused``: ``unknown_kind``, ``bad_field`` or ``does_not_add_up``."""
    kind = event.get("kind")
    if not isinstance(kind, str) or kind not in EVENTS:
        raise Refused(Code.UNKNOWN_KIND)
    serializer = EVENTS[kind](data=event)
    if serializer.is_valid():
        return serializer.validated_data
    where, detail = first_error(serializer.errors)
    code = Code.DOES_NOT_ADD_UP if detail.code == Code.DOES_NOT_ADD_UP else Code.BAD_FIELD
    raise Refused(code, where)


def first_error(errors: Any, path: str = "") -> tuple[str, Any]:
    """Where the first error is, and which."""
    if isinstance(errors, dict):
        name, inner = next((name, inner) for name, inner in errors.items() if inner)
        if name == api_settings.NON_FIELD_ERRORS_KEY:
            return first_error(inner, path)
        step = f"[{name}]" if isinstance(name, int) else f".{name}" if path else str(name)
        return first_error(inner, path + step)
    if isinstance(errors, list):
        number, inner = next((number, inner) for number, inner in enumerate(errors) if inner)
        return first_error(inner, path if isinstance(inner, str) else f"{path}[{number}]")
    return path, errors
