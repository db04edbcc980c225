"""The HTML of the hosted page, a part a function; every value that comes from outside is escaped."""

from collections.abc import Callable
from html import escape
from typing import Any

from .pricing import shown
from .words import translator

Gettext = Callable[[str], str]


def shell(title: str, main: str, shop: str, language: str, path: str) -> str:
    """The whole document around ``main``."""
    _ = translator(language)
    other, name = ("en", "English") if language == "id" else ("id", "Bahasa Indonesia")
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)} · {escape(shop)}</title>
<link rel="stylesheet" href="/assets/pay.css">
</head>
<body>
<header>
<div class="top">
<p class="shop">{escape(shop)}</p>
<a class="language" href="{escape(path)}?lang={other}" hreflang="{other}" lang="{other}">{name}</a>
</div>
<div class="test"><p><strong>{escape(_("Test payment"))}</strong>
{escape(_("No real money moves on this page."))}</p></div>
</header>
<main>
{main}
</main>
<footer><p>{escape(_("A stand-in for Stripe, for trying things out."))}</p></footer>
</body>
</html>
"""


def open_page(
    session: dict[str, Any], beside: dict[str, Any], shop: str, language: str, declined: bool
) -> tuple[str, str]:
    """Title and content while the session can be paid."""
    _ = translator(language)
    total = shown(session["amount_total"], session["currency"], language)
    title = _("Pay %(shop)s") % {"shop": shop}
    alert = ""
    if declined:
        text = _("The card was declined and nothing was taken. Try again, or choose another way.")
        alert = f'<p class="alert" role="alert">{escape(text)}</p>'
    main = f"""{alert}<section class="summary" aria-labelledby="summary-title">
<h1 id="summary-title">{escape(title)}</h1>
<p class="total">{escape(total)}</p>
{_reference(beside["intent"].get("description"), _)}
<ul class="lines">
{"".join(_line(line, language, _) for line in beside["lines"])}
</ul>
<p class="sum"><span>{escape(_("Total"))}</span> <strong>{escape(total)}</strong></p>
</section>
<section class="ways">
<form method="post">
<fieldset>
<legend>{escape(_("How should this test payment go?"))}</legend>
{"".join(_way(value, label, hint, value == "paid") for value, label, hint in _ways(_))}
</fieldset>
<button type="submit">{escape(_("Pay %(amount)s") % {"amount": total})}</button>
</form>
{_link(session["cancel_url"], _("Cancel and go back to %(shop)s") % {"shop": shop}, "cancel")}
</section>"""
    return title, main


def _ways(_: Gettext) -> list[tuple[str, str, str]]:
    return [
        ("paid", _("Card, accepted"), _("The payment succeeds at once.")),
        ("declined", _("Card, declined"), _("The bank says no, and you can try again.")),
        (
            "later-paid",
            _("Virtual account, paid later"),
            _("You go back to the shop now, and the transfer arrives a little later."),
        ),
        (
            "later-failed",
            _("Virtual account, never paid"),
            _("You go back to the shop now, and the transfer never arrives."),
        ),
    ]


def _way(value: str, label: str, hint: str, checked: bool) -> str:
    mark = " checked" if checked else ""
    return f"""<div class="way">
<input type="radio" name="outcome" id="outcome-{value}" value="{value}" aria-describedby="hint-{value}"{mark}>
<label for="outcome-{value}">{escape(label)}</label>
<p id="hint-{value}">{escape(hint)}</p>
</div>
"""


def _line(line: dict[str, Any], language: str, _: Gettext) -> str:
    amount = shown(line["amount_total"], line["currency"], language)
    detail = ""
    if line["quantity"] > 1:
        each = shown(line["price"]["unit_amount"], line["currency"], language)
        text = _("%(count)s × %(each)s") % {"count": line["quantity"], "each": each}
        detail = f"<small>{escape(text)}</small>"
    return f"<li><span>{escape(line['description'])} {detail}</span> <span>{escape(amount)}</span></li>\n"


def _reference(number: str | None, _: Gettext) -> str:
    """The payment's description, where the shop puts the order number a person knows."""
    if not number:
        return ""
    return f'<p class="reference">{escape(_("Order %(number)s") % {"number": number})}</p>'


def _link(url: str | None, text: str, kind: str) -> str:
    return f'<p><a class="{kind}" href="{escape(url)}">{escape(text)}</a></p>' if url else ""


def plain_page(state: str, session: dict[str, Any], shop: str, language: str, success_url: str) -> tuple[str, str]:
    """Title and content when there is nothing left to pay: paid, waiting, failed, expired or missing."""
    _ = translator(language)
    amount = shown(session["amount_total"], session["currency"], language) if session else ""
    title, text = {
        "paid": (
            _("Already paid"),
            _("%(amount)s has been received. You do not need to pay again."),
        ),
        "waiting": (
            _("Waiting for your transfer"),
            _("%(amount)s is on its way. The shop is told as soon as it arrives."),
        ),
        "failed": (
            _("The transfer did not arrive"),
            _("Nothing was taken. You can order again in the shop."),
        ),
        "expired": (
            _("This payment page has expired"),
            _("Nothing was taken. Go back to the shop to start the payment again."),
        ),
        "missing": (
            _("There is no such payment page"),
            _("The address may be incomplete. Go back to the shop and try again."),
        ),
    }[state]
    back = {"expired": session.get("cancel_url"), "missing": None}.get(state, success_url)
    main = f"""<section class="notice {state}">
<h1>{escape(title)}</h1>
<p>{escape(text % {"amount": amount})}</p>
{_link(back, _("Back to %(shop)s") % {"shop": shop}, "back")}
{_settle_form(session, _) if state == "waiting" else ""}
</section>"""
    return title, main


def _settle_form(session: dict[str, Any], _: Gettext) -> str:
    return f"""<form method="post" action="/c/pay/{escape(session["id"])}/settle" class="settle">
<p>{escape(_("While trying things out, you decide what the bank does:"))}</p>
<button type="submit" name="outcome" value="paid" class="quiet">{escape(_("Let the transfer arrive now"))}</button>
<button type="submit" name="outcome" value="failed" class="quiet">{escape(_("Let it never arrive"))}</button>
</form>"""
