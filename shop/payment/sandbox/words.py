"""The page's words in the shopper's language.

The double runs without Django and before any ``.mo`` file is compiled, so it reads its ``.po`` file itself.
"""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("id", "en")
LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> dict[str, str]:
    """msgid → msgstr of one language; English needs none."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    entries: dict[str, str] = {}
    texts = {"msgid": "", "msgstr": ""}
    field = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']:
        if line.startswith(("msgid ", "msgstr ")):
            field, _, line = line.partition(" ")
            if field == "msgid":
                entries[texts["msgid"]] = texts["msgstr"]
                texts = {"msgid": "", "msgstr": ""}
        if line.startswith('"'):
            texts[field] += ast.literal_eval(line)
    entries.pop("", None)
    return entries


def translator(language: str) -> Callable[[str], str]:
    """A ``gettext`` for one language; a text without translation stays English."""
    texts = catalogue(language)
    return lambda text: texts.get(text) or text


def choose_language(asked: str | None, session: str | None, accepted: str) -> str:
    """The reader's own choice, else the session's locale, else the browser's, else Indonesian."""
    if asked in LANGUAGES:
        return asked
    if session and session != "auto":
        return "id" if session == "id" else "en"
    for part in accepted.split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return "id"
