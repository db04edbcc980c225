"""Keeps the double away from production."""

import os
import sys
from collections.abc import Mapping


class ProductionRefused(RuntimeError):
    """Raised when something tries to start the double under production settings."""


def refuse_in_production(environment: Mapping[str, str] | None = None) -> None:
    """Raise :class:`ProductionRefused` when this process is meant for production.

    A shop that takes the double's word for a payment gives its goods away, so every way of starting it
    calls this first. Production is named by ``KRIYA_ENV=production``, by a ``DJANGO_SETTINGS_MODULE`` with a
    part called ``production``, or by Django settings already loaded from such a module.
    """
    environment = os.environ if environment is None else environment
    if environment.get("KRIYA_ENV", "").strip().lower() == "production":
        raise ProductionRefused("The payment sandbox never runs with KRIYA_ENV=production.")
    modules = [environment.get("DJANGO_SETTINGS_MODULE", "")]
    loaded = sys.modules.get("django.conf")
    if loaded is not None and loaded.settings.configured:
        modules.append(getattr(loaded.settings, "SETTINGS_MODULE", "") or "")
    for module in modules:
        if "production" in module.lower().split("."):
            raise ProductionRefused(f"The payment sandbox never runs under the settings {module}.")
