"""What the tree must and must not hold: no long files, no other hosts, no machine's paths, no registry's addresses."""

import re
import tomllib

from tests.architecture.file_sizes import LIMIT, ROOT, too_long, tracked_files

TEXT = {".py", ".html", ".txt", ".md", ".toml", ".js", ".css", ".json", ".in", ".po", ".svg", ".yml", ".yaml", ""}


def _texts(*endings):
    for path in tracked_files():
        if path.suffix in (endings or TEXT) and "vendor" not in path.parts:
            try:
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_is_over_the_limit():
    assert too_long(tracked_files()) == []


def test_the_limit_sees_a_long_file(tmp_path, monkeypatch):
    path = ROOT / "tests" / "architecture" / "file_sizes.py"
    monkeypatch.setattr("tests.architecture.file_sizes.LIMIT", 5)
    assert too_long([path]) != []
    assert LIMIT == 400


def test_no_path_of_a_machine_and_no_registry_address_is_tracked():
    bad = re.compile(r"/(root|home|farm|work)/[a-z.]+/|--(extra-)?index-url|files\.pythonhosted|registry\.npmjs")
    found = [str(name) for name, text in _texts() if name.name != "test_tree.py" and bad.search(text)]
    assert found == []


def test_every_python_requirement_is_pinned_with_hashes():
    for name in ("base", "dev", "uv"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        for block in re.split(r"\n(?=[a-z])", text):
            first = block.strip().splitlines()[0] if block.strip() else ""
            if first and not first.startswith("#"):
                assert "==" in first, first
                assert "--hash=sha256:" in block, first


def test_public_templates_have_no_inline_script_style_or_handler():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|<style|\sstyle=|\son[a-z]+=[\"']|javascript:",
        re.IGNORECASE,
    )
    found = [
        f"{name}: {inline.search(text).group(0)}"
        for name, text in _texts(".html")
        if name.parts[0] == "themes" and "email" not in name.parts and "vendor" not in name.parts
        if inline.search(text)
    ]
    assert found == []


def test_public_templates_and_styles_name_no_other_host():
    # schema.org names a vocabulary and is never fetched; wa.me and the map are links a person follows.
    foreign = re.compile(
        r"(?:src|href|url\()\s*=?\s*[\"'(]?https?://(?!wa\.me|www\.openstreetmap\.org|schema\.org|example)", re.I
    )
    found = [str(name) for name, text in _texts(".html", ".css") if name.parts[0] == "themes" if foreign.search(text)]
    assert found == []


def test_third_party_files_are_named_with_licence_and_version():
    notice = (ROOT / "THIRD_PARTY.md").read_text()
    vendored = [p for p in tracked_files() if "vendor" in p.parts or p.suffix == ".woff2"]
    assert vendored != []
    assert [path.name for path in vendored if path.suffix in {".js", ".woff2"} and path.name not in notice] == []


def test_the_project_has_its_fixed_top_level():
    names = {path.name for path in ROOT.iterdir()}
    assert {"site", "shop", "cms", "themes", "manage.py", "pyproject.toml", "README.md"} <= names
    assert not (ROOT / "site" / "__init__.py").exists(), "Python's own site module owns that name"


def test_build_metadata_names_every_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == [
        "site/config",
        "site/accounts",
        "shop",
        "cms",
    ]
