"""Indonesian and English are both complete: the message ids are English, so every one needs an Indonesian text."""

from typing import Any

import polib
import pytest
from django.conf import settings
from django.utils.translation import trans_real

from config.management.commands.compile_translations import po_files
from tests.architecture import messages

SEPARATOR = "\x04"


def _indonesian(message: messages.Message) -> str | None:
    """What a page shows for ``message`` in Indonesian, from our catalogues or a library's; ``None`` when nothing."""
    context, singular, plural = message
    key = singular if context is None else f"{context}{SEPARATOR}{singular}"
    catalogue: Any = trans_real.translation("id")._catalog  # type: ignore[attr-defined]
    if plural is None:
        return catalogue.get(key)
    return catalogue.get((key, 0))


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    from django.core.management import call_command

    call_command("compile_translations", verbosity=0)
    trans_real._translations.clear()


def test_every_string_of_ours_has_an_indonesian_text():
    # The payment double runs without Django and reads its own catalogue.
    sandbox = polib.pofile(str(settings.BASE_DIR / "shop/payment/sandbox/locale/id/LC_MESSAGES/django.po"))
    own = {entry.msgid for entry in sandbox if entry.translated()}
    missing = {
        f"{places[0]}: {message[1]!r}"
        for message, places in messages.all_messages().items()
        if not _indonesian(message)
        if not (places[0].startswith("shop/payment/sandbox/") and message[1] in own)
    }
    assert sorted(missing) == []


def test_the_search_for_strings_sees_each_kind(tmp_path):
    template = tmp_path / "x.html"
    template.write_text(
        "{% load i18n %}{% translate 'One' %}{% translate 'Two' context 'of' %}"
        "{% blocktranslate count n=n %}a {{ n }}{% plural %}b {{ n }}{% endblocktranslate %}{{ _('Three') }}"
    )
    python = tmp_path / "x.py"
    python.write_text("_('Four')\npgettext('of', 'Five')\nngettext('a', 'b', 3)\ngettext(name)\n")
    assert {message for _line, message in messages.in_template(template)} == {
        (None, "One", None),
        ("of", "Two", None),
        (None, "a %(n)s", "b %(n)s"),
        (None, "Three", None),
    }
    assert {message for _line, message in messages.in_python(python)} == {
        (None, "Four", None),
        ("of", "Five", None),
        (None, "a", "b"),
    }


@pytest.mark.parametrize("path", list(po_files()), ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_catalogue_has_no_empty_fuzzy_or_broken_entry(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    for entry in catalogue:
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        for name in messages.re.findall(r"%\((\w+)\)s", entry.msgid):
            assert any(f"%({name})s" in text for text in texts), f"{entry.msgid!r} lost %({name})s"
