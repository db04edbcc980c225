"""Production settings, each time in a process of their own: they read the environment when they are imported."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

COMPLETE = {
    "SECRET_KEY": "a-long-and-random-key-for-this-test-only-0123456789-abcdefghij-QRSTUVWXYZ",
    "ALLOWED_HOSTS": "kriyababel.example,www.kriyababel.example",
    "SITE_URL": "https://kriyababel.example",
    "DATABASE_URL": "postgres://user:password@127.0.0.1:1/kriya",
    "EMAIL_HOST": "mail.example",
    "DEFAULT_FROM_EMAIL": "Kriya Babel <halo@kriyababel.example>",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**clean, "DJANGO_SETTINGS_MODULE": "config.settings.production", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_deploy_check_is_clean():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize("name", COMPLETE)
def test_it_refuses_to_start_without_a_secret_or_place_and_names_it(name):
    done = manage("check", **{key: value for key, value in COMPLETE.items() if key != name})
    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr


def test_a_short_secret_is_refused():
    done = manage("check", **{**COMPLETE, "SECRET_KEY": "short"})
    assert done.returncode != 0
    assert "SECRET_KEY is too short" in done.stderr


def test_another_database_than_postgresql_is_refused():
    done = manage("check", **{**COMPLETE, "DATABASE_URL": "sqlite:///db.sqlite3"})
    assert done.returncode != 0
    assert "must name a PostgreSQL database" in done.stderr


def test_the_payment_double_never_starts_under_production_settings():
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "shop.payment.sandbox", "--port", "0"],
        cwd=settings.BASE_DIR,
        env={**clean, "DJANGO_SETTINGS_MODULE": "config.settings.production", **COMPLETE},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2


def test_the_demo_never_starts_under_production_settings():
    done = manage("demo", "--prepare-only", **COMPLETE)
    assert done.returncode != 0
    assert "demo settings only" in done.stderr


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
