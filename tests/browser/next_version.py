"""Settings of the server after an update of the site: the till's page is not quite what it was. For tests alone."""

from config.settings.test import *  # noqa: F403
from config.settings.test import LOCAL_DIR, TEMPLATES

TEMPLATES[0]["DIRS"].insert(0, LOCAL_DIR / "next_version")
