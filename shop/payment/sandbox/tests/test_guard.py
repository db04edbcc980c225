"""The double cannot start beside real money."""

import pytest

from .. import __main__ as command
from ..guard import ProductionRefused, refuse_in_production
from ..server import SandboxServer


@pytest.mark.parametrize(
    "environment",
    [
        {"KRIYA_ENV": "production"},
        {"KRIYA_ENV": " Production "},
        {"DJANGO_SETTINGS_MODULE": "config.settings.production"},
        {"DJANGO_SETTINGS_MODULE": "config.settings.production.eu"},
    ],
)
def test_production_is_refused(environment):
    with pytest.raises(ProductionRefused):
        refuse_in_production(environment)


@pytest.mark.parametrize("environment", [{}, {"KRIYA_ENV": "demo"}, {"DJANGO_SETTINGS_MODULE": "config.settings.demo"}])
def test_demo_and_development_are_not(environment):
    refuse_in_production(environment)


def test_the_command_and_the_helper_refuse_to_start_in_production(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("KRIYA_ENV", "production")
    state = tmp_path / "sandbox.sqlite3"
    assert command.main(["--port", "0", "--state", str(state)]) == 2
    assert "never runs with KRIYA_ENV=production" in capsys.readouterr().err
    assert not state.exists()
    with pytest.raises(ProductionRefused):
        SandboxServer()


@pytest.mark.parametrize("options", [{"host": "0.0.0.0"}, {"secret_key": "sk_live_real"}])  # noqa: S104
def test_only_loopback_and_test_keys_are_taken(options):
    with pytest.raises(ValueError, match="sandbox"):
        SandboxServer(**options)
