"""What every page of the theme promises: small, from this host alone, nothing inline, and as its README says."""

import gzip
import re
from pathlib import Path

import pytest

THEME = Path(__file__).resolve().parents[2] / "themes/cual"
STATIC = THEME / "static"
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
#: Mail clients know no style sheets.
PAGES = [path for path in TEMPLATES if "email" not in path.parts]

CSS_BUDGET = 15 * 1024
JS_BUDGET = 25 * 1024
FONT_BUDGET = 75 * 1024


def gzipped(names):
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def linked(text, ending):
    return set(re.findall(r"{% static '([^']+\." + ending + r")' %}", text))


def everywhere(name):
    return linked(
        (THEME / "templates/components/head.html").read_text() + (THEME / "templates/base.html").read_text(), name
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(THEME)))
def test_styles_and_scripts_of_a_page_stay_within_budget(page):
    text = page.read_text(encoding="utf-8")
    assert gzipped(everywhere("css") | linked(text, "css")) <= CSS_BUDGET
    assert gzipped(everywhere("js") | linked(text, "js")) <= JS_BUDGET


def test_faces_stay_within_budget():
    assert sum(path.stat().st_size for path in STATIC.rglob("*.woff2")) <= FONT_BUDGET


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(THEME)))
def test_nothing_in_a_page_is_inline(page):
    """The policy is ``script-src 'self'; style-src 'self'``: an inline handler or style would silently do nothing."""
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_no_style_or_script_names_another_host():
    named = {
        path.name: found
        for path in (*STATIC.rglob("*.css"), *STATIC.rglob("*.js"))
        if "vendor" not in path.parts
        and (found := re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8")))
    }
    assert named == {}


def test_every_static_file_a_template_names_exists():
    named = {
        name for page in TEMPLATES for name in re.findall(r"{% static '([^']+)' %}", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert {name for name in named if not (STATIC / name).is_file()} == set()


def test_every_icon_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "cual/img/icons.svg").read_text()))
    named = {
        name
        for page in TEMPLATES
        for name in re.findall(r'components/icon\.html" with name="([\w-]+)"', page.read_text(encoding="utf-8"))
    }
    assert named - drawn == set()


def test_every_component_has_its_row_in_the_readme_and_the_other_way_round():
    table = (THEME / "README.md").read_text(encoding="utf-8").split("## Components")[1].split("## Scripts")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    listed = {name for cell in cells for name in re.findall(r"`([\w]+)`", cell)}
    assert listed == {path.stem for path in (THEME / "templates/components").glob("*.html")}


def test_every_script_has_its_row_in_the_readme():
    table = (THEME / "README.md").read_text(encoding="utf-8").split("## Scripts")[1]
    assert set(re.findall(r"^\| `([\w-]+\.js)`", table, re.M)) == {
        path.name for path in (STATIC / "cual/js").glob("*.js")
    }
