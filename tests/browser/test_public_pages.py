"""Every public page: accessible, self-contained, within its budget, and the same for every anonymous visitor."""

import gzip
import re
import urllib.error
import urllib.request

import pytest

from tests.browser.accessibility import violations
from tests.browser.pages import public_paths

pytestmark = pytest.mark.browser

KB = 1024
HTML_BUDGET, CSS_BUDGET, JS_BUDGET, FONT_BUDGET = 20 * KB, 15 * KB, 25 * KB, 75 * KB


def fetch(url: str) -> tuple[int, dict, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def gzipped(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_public_page(demo, quiet_page, scheme):
    quiet_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for path in public_paths(demo):
        if "tidak-ada" in path:
            continue  # its 404 is a console error by nature; looked at in a test of its own
        quiet_page.goto(path)
        if problems := violations(quiet_page):
            found[path] = problems
    assert found == {}


def test_axe_finds_nothing_on_the_not_found_page(demo, page):
    for path in ("/halaman-yang-tidak-ada/", "/en/halaman-yang-tidak-ada/"):
        assert page.goto(path).status == 404
        assert violations(page) == []


def test_no_page_scrolls_sideways_on_a_small_phone(demo, quiet_page):
    wide = []
    for path in public_paths(demo):
        if "tidak-ada" not in path:
            quiet_page.goto(path)
            if quiet_page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append(path)
    assert wide == []


def test_every_page_is_within_its_budget(demo):
    over = []
    for path in public_paths(demo):
        _status, _headers, body = fetch(demo.url + path)
        html = body.decode()
        sizes = {"html": (gzipped(body), HTML_BUDGET), "css": (0, CSS_BUDGET), "js": (0, JS_BUDGET)}
        for kind, pattern in (
            ("css", r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"'),
            ("js", r'<script[^>]+src="([^"]+)"'),
        ):
            total = sum(gzipped(fetch(demo.url + address)[2]) for address in set(re.findall(pattern, html)))
            sizes[kind] = (total, sizes[kind][1])
        fonts = set(re.findall(r'href="([^"]+\.woff2)"', html))
        sizes["fonts"] = (sum(len(fetch(demo.url + address)[2]) for address in fonts), FONT_BUDGET)
        over += [f"{path} {kind}: {size} of {budget}" for kind, (size, budget) in sizes.items() if size > budget]
    assert over == []


def test_public_pages_set_no_cookie_and_are_the_same_for_every_stranger(demo):
    uncached = ("/akun/", "/toko/keranjang/", "/toko/lacak/")
    different = []
    for path in public_paths(demo):
        if any(part in path for part in uncached):
            continue
        first, second = fetch(demo.url + path), fetch(demo.url + path)
        if "Set-Cookie" in first[1] or first[2] != second[2] or b"csrfmiddlewaretoken" in first[2]:
            different.append(path)
    assert different == []


def test_every_page_sends_the_strict_policy(demo):
    for path in public_paths(demo):
        policy = fetch(demo.url + path)[1].get("Content-Security-Policy", "")
        assert "script-src 'self';" in policy + ";", path
        assert "unsafe" not in policy, path


def test_every_public_page_answers_and_names_its_language_and_twin(demo):
    for path in public_paths(demo):
        status, _headers, body = fetch(demo.url + path)
        html = body.decode()
        assert status == (404 if "tidak-ada" in path else 200), path
        english = path.startswith("/en/")
        assert f'<html lang="{"en" if english else "id"}"' in html, path
        if status == 200:
            assert re.search(r'hreflang="(en|id)"', html), path
            twin = path.removeprefix("/en") if english else f"/en{path}"
            assert f'href="{twin}"' in html.replace("&amp;", "&") or f'{demo.url}{twin}"' in html.replace(
                "&amp;", "&"
            ), path
