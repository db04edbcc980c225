"""What a shopper does, in the words of the site: each step acts through what is seen on the page."""

import re

from playwright.sync_api import Page, expect

GUEST = "tamu@example.com"
#: Coblong, Bandung: province, regency, district, village as the lists name them, and the postcode that fills itself in.
PLACE = (("province", "32"), ("regency", "32.73"), ("district", "32.73.02"), ("village", None))
PAY = re.compile(r"^(Bayar|Pay) (Rp|IDR\s)[\d.,]+$")


def rupiah(text: str) -> int:
    """``Rp1.250.000`` or ``IDR 1,250,000`` as a number."""
    return int(re.sub(r"\D", "", text))


def add_to_basket(page: Page, path: str) -> None:
    """Open a piece and put it in the basket, with the script's dialog."""
    page.goto(path)
    page.locator("form[data-add-to-basket] button[type=submit]").first.click()
    expect(page.locator("dialog[data-basket-dialog]")).to_be_visible()


def add_to_basket_without_script(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("form[data-add-to-basket] button[type=submit]").first.click()
    page.locator("main form[method=post] button").first.click()


def fill_address(page: Page, email: str | None = GUEST) -> None:
    """Contact and an address in Bandung, by the lists."""
    if email:
        page.locator("input[name=email]").fill(email)
    page.locator("input[name=full_name]").fill("Sari Dewi")
    page.locator("input[name=phone]").fill("0812 3456 7890")
    for name, code in PLACE:
        select = page.locator(f"select[name={name}]")
        expect(select.locator("option:not([value=''])").first).to_be_attached()
        select.select_option(code) if code else select.select_option(index=1)
    page.locator("input[name=line1]").fill("Jalan Dipati Ukur 12")
    expect(page.locator("input[name=postcode]")).to_have_value(re.compile(r"^\d{5}$"))


def fill_address_step_by_step(page: Page, email: str = GUEST) -> None:
    """The same without a script: every list comes with the next page, and nothing typed is lost."""
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=full_name]").fill("Sari Dewi")
    page.locator("input[name=phone]").fill("0812 3456 7890")
    for name, code in PLACE:
        select = page.locator(f"select[name={name}]")
        select.select_option(code) if code else select.select_option(index=1)
        page.locator("button[name=step][value=region]").click()
    page.locator("input[name=line1]").fill("Jalan Dipati Ukur 12")
    expect(page.locator("input[name=email]")).to_have_value(email)


def go_on(page: Page) -> None:
    page.locator("#details > button.btn--wide").click()


def pay_with(page: Page, gateway: str) -> int:
    """Choose the way to pay, agree, press the button; the total it named comes back."""
    page.locator(f"#gateway-{gateway}").check()
    page.locator("#id_terms").check()
    button = page.locator("button.pay-button")
    expect(button).to_have_text(PAY)
    total = rupiah(button.inner_text())
    button.click()
    return total


def pay_on_the_sandbox(page: Page, outcome: str = "paid") -> None:
    page.wait_for_url(re.compile(r"/c/pay/"))
    page.locator(f"#outcome-{outcome}").check()
    page.get_by_role("button", name=PAY).click()
