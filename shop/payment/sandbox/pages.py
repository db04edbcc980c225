"""The hosted page: what ``session.url`` leads to.

It works without JavaScript, takes nothing from another host, and says that no real money moves.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .errors import ApiError
from .page_parts import open_page, plain_page, shell
from .resources import payments, sessions
from .wire import Request, Response
from .words import choose_language

if TYPE_CHECKING:
    from .core import Sandbox

STYLESHEET = Path(__file__).parent / "static" / "pay.css"


def handle(sandbox: "Sandbox", request: Request) -> Response:
    """The page itself (GET), a press of 'pay' (POST) or of a settle button (POST …/settle)."""
    if request.path == "/assets/pay.css":
        headers = {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=300"}
        return Response(200, STYLESHEET.read_bytes(), headers)
    identifier, _, verb = request.path.removeprefix("/c/pay/").partition("/")
    try:
        with sandbox.store.transaction():
            sandbox.catch_up()
            session = sessions.retrieve(sandbox, identifier)
    except ApiError:
        session = None
    if session is None or verb not in {"", "settle"}:
        return _not_found(sandbox, request)
    if request.method == "POST":
        return _press(sandbox, session, request, verb)
    return _show(sandbox, session, request)


def _press(sandbox: "Sandbox", session: dict[str, Any], request: Request, verb: str) -> Response:
    """Do it, then redirect, so that reloading or going back never pays a second time.

    A finished payment goes on to ``success_url`` with ``{CHECKOUT_SESSION_ID}`` filled in
    (https://docs.stripe.com/payments/checkout/custom-success-page); a declined one back to this page.
    """
    language = request.arguments().get("lang")
    here = f"/c/pay/{session['id']}" + (f"?lang={language}" if language in {"id", "en"} else "")
    outcome = request.form().get("outcome", "")
    try:
        if verb == "settle":
            payments.settle(sandbox, session["id"], outcome)
            return _redirect(here)
        session, _acted = payments.pay(sandbox, session["id"], outcome)
    except (payments.CannotPay, ValueError):
        return _redirect(here)
    return _redirect(success_url(session) if session["status"] == "complete" else here)


def success_url(session: dict[str, Any]) -> str:
    """Where a shopper who has paid goes."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _redirect(target: str) -> Response:
    return Response(303, b"", {"Location": target, "Cache-Control": "no-store"})


def _language(session: dict[str, Any] | None, request: Request) -> str:
    return choose_language(
        request.arguments().get("lang"),
        session["locale"] if session else None,
        request.headers.get("accept-language", ""),
    )


def _show(sandbox: "Sandbox", session: dict[str, Any], request: Request) -> Response:
    language = _language(session, request)
    shop, store = sandbox.options.shop_name, sandbox.store
    intent = store.find("payment_intent", session["payment_intent"] or "")
    if session["status"] == "open":
        declined = bool(intent and intent["last_payment_error"])
        title, main = open_page(session, store.beside(session["id"]), shop, language, declined)
    else:
        title, main = plain_page(_state(session, intent), session, shop, language, success_url(session))
    return _html(200, shell(title, main, shop, language, request.path), session)


def _state(session: dict[str, Any], intent: dict[str, Any] | None) -> str:
    if session["status"] == "expired":
        return "expired"
    if session["payment_status"] == "paid":
        return "paid"
    return "waiting" if intent and intent["status"] == "processing" else "failed"


def _not_found(sandbox: "Sandbox", request: Request) -> Response:
    language, shop = _language(None, request), sandbox.options.shop_name
    title, main = plain_page("missing", {}, shop, language, "")
    return _html(404, shell(title, main, shop, language, request.path), {})


def _html(status: int, page: str, session: dict[str, Any]) -> Response:
    """``form-action`` names the shop, because Chromium applies it to the redirect after the form as well."""
    origins = {
        f"{parts.scheme}://{parts.netloc}"
        for url in (session.get("success_url"), session.get("cancel_url"))
        if url and (parts := urlsplit(url))
    }
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action {' '.join([chr(39) + 'self' + chr(39), *sorted(origins)])}"
    )
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(status, page.encode(), headers)
