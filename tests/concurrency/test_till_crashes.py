"""The server dies while it takes a batch, at three points and between two events, and the device sends it again."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shop.exhibitions import faults
from shop.exhibitions.models import Discrepancy, Sale, SaleLine
from shop.exhibitions.tests.stall import PRICE, batch, line, open_stall
from shop.settlement.models import Entry, Posting
from shop.stock import travel
from shop.stock.audit import differences
from tests.faults import EXIT_CODE, arm, is_armed

from .threads import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def server(local: Path):
    """The site in a process of its own, on this test's database. Its address and the process come."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = connection.settings_dict
    process = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{port}"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "KRIYA_LOCAL": str(local),
            "TEST_PG_NAME": database["NAME"],
            "TEST_PG_HOST": database["HOST"],
            "TEST_PG_PORT": str(database["PORT"]),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait(PATIENCE)


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, "The server did not start"
        try:
            urllib.request.urlopen(address, timeout=PATIENCE)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The server did not answer in time")


def send(address: str, stall, events: list) -> list[str]:
    """The statuses of the answers. Raises what a device meets when the server is gone."""
    request = urllib.request.Request(
        f"{address}/api/v1/till/events/",
        json.dumps(batch(*events)).encode(),
        {"Authorization": f"Device {stall.token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return [one["status"] for one in json.load(answer)["answers"]]


def test_whatever_the_server_was_doing_when_it_died_every_sale_counts_once(tmp_path):
    assert connection.vendor == "postgresql"
    stall = open_stall()
    record = stall.piece(50)
    batches = [[stall.sale(line(record), number=f"A-{n:04}") for n in range(10)] for _batch in range(4)]
    deaths = [
        (faults.BATCH_RECEIVED, 0, 0),
        (faults.EVENT_WRITTEN, 0, 0),
        (faults.EVENT_WRITTEN, 6, 6),
        (faults.BATCH_COMMITTED, 0, 10),
    ]
    for number, (point, passes, survivors) in enumerate(deaths):
        with server(tmp_path) as (address, process):
            for again in batches[:number][-1:]:
                _last, _passes, counted = deaths[number - 1]
                assert send(address, stall, again) == ["duplicate"] * counted + ["created"] * (10 - counted)
            arm(tmp_path, point, passes)
            with pytest.raises((urllib.error.URLError, HTTPException, ConnectionError)):
                send(address, stall, batches[number])
            assert process.wait(PATIENCE) == EXIT_CODE
        assert not is_armed(tmp_path)
        assert Sale.objects.count() == 10 * number + survivors
    with server(tmp_path) as (address, _process):
        assert send(address, stall, [event for events in batches for event in events]) == ["duplicate"] * 40
    assert Sale.objects.count() == SaleLine.objects.count() == Entry.objects.count() == 40
    assert {sale.total for sale in Sale.objects.all()} == {PRICE}
    takings = Posting.objects.filter(account=f"takings:{stall.fair.reference}:cash")
    assert sum(posting.amount for posting in takings) == 40 * PRICE
    told = travel.journeys(stall.fair.reference)[record.pk]
    assert (told.stall, told.sold, told.unexplained) == (10, 40, 0)
    assert not Discrepancy.objects.exists()
    assert list(differences(connection)) == []
