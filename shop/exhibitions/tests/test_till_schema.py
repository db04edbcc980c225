"""The description of the API: complete, without warnings, and it names every code a device can meet."""

import pytest
from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from shop.exhibitions.api.errors import Code as ErrorCode
from shop.exhibitions.models import TillEvent
from shop.exhibitions.wire.answers import Code as RefusalCode

TILL = "/api/v1/till"


@pytest.fixture
def schema():
    GENERATOR_STATS.reset()
    described = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS
    validate_schema(described)
    return described


def test_it_describes_the_till_and_nothing_else(schema):
    operations = {
        (path, method, operation["operationId"])
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }
    assert operations == {
        (f"{TILL}/pair/", "post", "pair"),
        (f"{TILL}/catalogue/", "get", "catalogue"),
        (f"{TILL}/events/", "post", "events"),
        (f"{TILL}/heartbeat/", "post", "heartbeat"),
    }


def test_it_names_every_code(schema):
    components = schema["components"]["schemas"]
    assert components["ErrorCode"]["enum"] == ErrorCode.values
    assert components["RefusalCode"]["enum"] == RefusalCode.values


def test_it_knows_every_kind_of_event(schema):
    mapping = schema["components"]["schemas"]["EventRequest"]["discriminator"]["mapping"]
    assert set(mapping) == set(TillEvent.Kind.values)


def test_only_pairing_goes_without_a_token(schema):
    security = {
        path: operation.get("security") for path, methods in schema["paths"].items() for operation in methods.values()
    }
    assert security == {
        f"{TILL}/pair/": None,
        f"{TILL}/catalogue/": [{"device": []}],
        f"{TILL}/events/": [{"device": []}],
        f"{TILL}/heartbeat/": [{"device": []}],
    }


@pytest.mark.django_db
def test_anybody_can_read_it(client):
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    assert b"operationId: events" in response.content


@pytest.mark.django_db
def test_the_command_that_writes_it_warns_of_nothing(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert "device_revoked" in (tmp_path / "schema.yml").read_text()
