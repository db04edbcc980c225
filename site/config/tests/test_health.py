import json

import pytest
from django.db import OperationalError

from config import views


@pytest.mark.django_db
def test_ready_when_database_migrations_and_cache_answer(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "failing": []})


@pytest.mark.parametrize("part", ["database", "migrations", "cache"])
def test_not_ready_names_the_part_that_fails(rf, monkeypatch, part):
    monkeypatch.setattr(views, "CHECKS", {name: (lambda name=name: name != part) for name in views.CHECKS})
    answer = views.readyz(rf.get("/readyz"))
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"ready": False, "failing": [part]}


def test_a_database_that_is_away_is_not_ready(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(views.connection, "cursor", away)
    assert views.CHECKS["database"]() is False


def test_a_cache_that_is_away_is_not_ready(monkeypatch):
    def away(*_):
        raise ConnectionError

    monkeypatch.setattr(views.cache, "set", away)
    assert views.CHECKS["cache"]() is False


def test_alive_asks_nothing_of_the_database(client):
    # No database mark: a query would fail this test.
    assert client.get("/healthz").content == b"ok\n"
