"""The hosted page in a real Chromium: readable on a phone, accessible, and whole without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.install import find

from .factories import session_params

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium where there is one."""
    args = {**browser_type_launch_args, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}
    chromium = find()
    return {**args, "executable_path": chromium} if chromium else args


@pytest.mark.parametrize("state", ["open", "declined", "paid", "later", "expired"])
def test_every_state_of_the_page_is_accessible_and_fits_its_screen(sandbox, client, page, state):
    session = client.v1.checkout.sessions.create(session_params())
    if state == "expired":
        client.v1.checkout.sessions.expire(session.id)
    elif state != "open":
        sandbox.pay(session.id, state)
    for language, width in (("id", 360), ("en", 360), ("id", 768), ("id", 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{session.url}?lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        if width in (360, 1280):
            assert Axe().run(page).response["violations"] == []


def test_without_javascript_a_declined_card_is_tried_again_and_paid(sandbox, client, browser):
    back = f"{sandbox.url}/assets/pay.css?session_id={{CHECKOUT_SESSION_ID}}"
    session = client.v1.checkout.sessions.create(session_params(success_url=back))
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(session.url)
    page.get_by_label("Kartu, ditolak").check()
    page.get_by_role("button", name="Bayar Rp150.000").click()
    assert "Kartu ditolak" in page.get_by_role("alert").inner_text()
    page.get_by_label("Kartu, diterima").check()
    page.get_by_role("button", name="Bayar Rp150.000").click()
    page.wait_for_url(back.replace("{CHECKOUT_SESSION_ID}", session.id))
    page.go_back()
    assert page.get_by_role("heading", level=1).inner_text() == "Sudah dibayar"
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert len(sandbox.sandbox.store.newest_first("charge")) == 2
    page.context.close()
