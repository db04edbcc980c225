"""The points at which a test may kill the server exist for tests alone."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import Error

from shop.exhibitions import faults
from shop.exhibitions.checks import fault_points_are_for_tests
from tests.faults import arm, is_armed, strike

#: Imports the settings and says what they hold.
ASK = "import sys; sys.path.insert(0, 'site'); from {} import FAULT_POINTS; print(FAULT_POINTS)"


def fault_points_of(module, **environment):
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(module)],
        cwd=settings.BASE_DIR,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


def test_production_and_the_demo_have_none_whatever_the_environment_says():
    environment = {
        "FAULT_POINTS": "tests.faults.strike",
        "SECRET_KEY": "a-long-and-random-key-for-this-test-only-0123456789-abcdefghij-QRSTUVWXYZ",
        "ALLOWED_HOSTS": "kriyababel.example",
        "SITE_URL": "https://kriyababel.example",
        "DATABASE_URL": "postgres://user:password@127.0.0.1:1/kriya",
        "EMAIL_HOST": "mail.example",
        "DEFAULT_FROM_EMAIL": "halo@kriyababel.example",
    }
    assert fault_points_of("config.settings.production", **environment) == "None"
    assert fault_points_of("config.settings.demo", **environment) == "None"
    assert fault_points_of("config.settings.demo_faults") == "tests.faults.strike"


def test_settings_that_have_them_and_are_no_demo_are_refused(settings):
    assert fault_points_are_for_tests(None) == []
    settings.IS_DEMO = False
    (error,) = fault_points_are_for_tests(None)
    assert isinstance(error, Error)
    assert error.id == "exhibitions.E001"
    settings.FAULT_POINTS = None
    assert fault_points_are_for_tests(None) == []


def test_nothing_happens_at_a_point_without_them(settings, monkeypatch):
    settings.FAULT_POINTS = None
    monkeypatch.setattr(faults, "import_string", lambda path: pytest.fail("looked for a function"))
    faults.reach(faults.EVENT_WRITTEN)


def test_an_armed_process_dies_once_at_its_point_after_so_many_passes(settings, monkeypatch, tmp_path):
    settings.LOCAL_DIR = tmp_path
    exits = []
    monkeypatch.setattr("tests.faults.os._exit", exits.append)
    strike(faults.EVENT_WRITTEN)
    arm(tmp_path, faults.EVENT_WRITTEN, passes=2)
    for _time in range(2):
        faults.reach(faults.EVENT_WRITTEN)
    faults.reach(faults.BATCH_COMMITTED)
    assert (exits, is_armed(tmp_path)) == ([], True)
    faults.reach(faults.EVENT_WRITTEN)
    assert (exits, is_armed(tmp_path)) == ([137], False)
    faults.reach(faults.EVENT_WRITTEN)
    assert exits == [137]
