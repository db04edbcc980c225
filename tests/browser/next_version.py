"""Settings of the server after an update of the site: the till's app is not quite what it was. For tests alone."""

from config.settings.test import *  # noqa: F403
from config.settings.test import LOCAL_DIR, STATICFILES_DIRS

STATICFILES_DIRS.insert(0, LOCAL_DIR / "next_version")
