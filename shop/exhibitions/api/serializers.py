"""Bodies of requests and answers. Those of requests are strict; those of answers are for the description."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from shop.exhibitions.models import Fair
from shop.exhibitions.wire.answers import Code as RefusalCode
from shop.exhibitions.wire.answers import Status
from shop.exhibitions.wire.events import EVENTS, MOST_ROWS
from shop.exhibitions.wire.fields import Moment, Pattern, Strict, Text, Whole

from .errors import BatchTooLarge, Code

MOST_EVENTS = 100
WHERE = "The part that is wrong, such as data.lines[0].item, or empty. For whoever mends the app, not for cashiers."


@extend_schema_field(PolymorphicProxySerializer("Event", EVENTS, resource_type_field_name="kind"))
class AnyEvent(serializers.Field):
    """An event as it came: what is wrong with one is answered for it alone."""

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class Events(serializers.ListField):
    child = AnyEvent(allow_null=True)

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        if len(data) > MOST_EVENTS:
            raise BatchTooLarge
        return data


class Pairing(Strict):
    code = Pattern(r"^[0-9]{8}\Z", help_text="Eight digits from the curator's page.")
    name = Text(max_length=60, help_text="What people call this phone.")
    app_version = Text(required=False, allow_blank=True, max_length=40)


class Batch(Strict):
    app_version = Text(required=False, allow_blank=True, max_length=40)
    sent_at = Moment(help_text="The device's clock now; ours less this tells how wrong it is.")
    waiting = Whole(min_value=0, max_value=MOST_ROWS, help_text="Events on the device, these included.")
    events = Events(help_text=f"At most {MOST_EVENTS}, and 512 KB in all.")


class Heartbeat(Strict):
    waiting = Whole(min_value=0, max_value=MOST_ROWS)
    app_version = Text(required=False, allow_blank=True, max_length=40)
    at = Moment(help_text="The device's clock now.")


class Refusal(serializers.Serializer):
    """Every answer that is not 2xx or 304."""

    code = serializers.ChoiceField(Code.choices)
    message = serializers.CharField(help_text="In the language of Accept-Language, Indonesian by default.")
    where = serializers.CharField(allow_blank=True, help_text=WHERE)


class DeviceTold(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    letter = serializers.CharField(help_text="Stands before its receipt numbers.")


class FairNamed(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class Paired(serializers.Serializer):
    token = serializers.CharField(help_text="Shown once: keep it.")
    device = DeviceTold()
    fair = FairNamed()


class FairTold(FairNamed):
    city = serializers.CharField()
    venue = serializers.CharField()
    stall = serializers.CharField()
    status = serializers.ChoiceField(Fair.Status.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    qris = serializers.CharField(help_text="The merchant's static QRIS text, or empty.")
    receipt_note = serializers.CharField()


class CashierTold(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    pin = serializers.CharField(help_text="pbkdf2_sha256$iterations$salt$hash")


class SourceTold(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class ItemTold(serializers.Serializer):
    id = serializers.IntegerField()
    sku = serializers.CharField()
    title_id = serializers.CharField()
    title_en = serializers.CharField()
    maker_id = serializers.IntegerField()
    maker = serializers.CharField()
    craft = serializers.CharField()
    price = serializers.IntegerField(help_text="Rupiah.")
    stock = serializers.IntegerField(help_text="Units at the stall; selling more is recorded all the same.")
    picture = serializers.CharField(allow_null=True)
    code = serializers.CharField(help_text="What the QR or Code 128 of its label holds.")


class CatalogueTold(serializers.Serializer):
    version = serializers.CharField(help_text="Also the ETag.")
    server_time = serializers.DateTimeField()
    device = DeviceTold()
    fair = FairTold()
    cashiers = CashierTold(many=True)
    sources = SourceTold(many=True)
    items = ItemTold(many=True)


class EchoLine(serializers.Serializer):
    item = serializers.IntegerField()
    quantity = serializers.IntegerField()
    total = serializers.IntegerField()


class Echo(serializers.Serializer):
    """A sale as the books have it: the device compares."""

    total = serializers.IntegerField()
    lines = EchoLine(many=True)


class AnswerTold(serializers.Serializer):
    id = serializers.CharField()
    status = serializers.ChoiceField(
        Status.choices, help_text="A device lets go of an event on created and duplicate alone."
    )
    code = serializers.ChoiceField(
        RefusalCode.choices,
        allow_blank=True,
        help_text="Empty unless refused. sale_unknown and day_unknown are to be sent again: what they refer to may "
        "still be on another device.",
    )
    message = serializers.CharField(allow_blank=True, help_text="For people, as of every refusal.")
    where = serializers.CharField(allow_blank=True, help_text=WHERE)
    echo = Echo(allow_null=True, help_text="Of sales that are counted.")


class BatchAnswered(serializers.Serializer):
    server_time = serializers.DateTimeField()
    answers = AnswerTold(many=True, help_text="One an event, in their order.")


class HeartbeatAnswered(serializers.Serializer):
    server_time = serializers.DateTimeField()
    fair_status = serializers.ChoiceField(Fair.Status.choices)
    catalogue_version = serializers.CharField()
    revoked = serializers.BooleanField(help_text="Always false here: a revoked device gets 401 device_revoked.")
