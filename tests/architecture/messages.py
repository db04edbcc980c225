"""Finds every translatable string in our sources, without the gettext programs (they are not on every machine)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from tests.architecture.file_sizes import ROOT, tracked_files

#: Function name → (index of the context argument or None, indices of the message arguments).
CALLS = {
    "_": (None, (0,)),
    "gettext": (None, (0,)),
    "gettext_lazy": (None, (0,)),
    "gettext_noop": (None, (0,)),
    "ngettext": (None, (0, 1)),
    "ngettext_lazy": (None, (0, 1)),
    "pgettext": (0, (1,)),
    "pgettext_lazy": (0, (1,)),
    "npgettext": (0, (1, 2)),
    "npgettext_lazy": (0, (1, 2)),
}
TEMPLATE_CALL = re.compile(r"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(")

#: ``(context or None, singular, plural or None)``
Message = tuple[str | None, str, str | None]


def _message(name: str, arguments: list) -> Message | None:
    context_at, message_at = CALLS[name]
    wanted = [*message_at] if context_at is None else [context_at, *message_at]
    if any(index >= len(arguments) or not isinstance(arguments[index], str) for index in wanted):
        return None
    context = None if context_at is None else arguments[context_at]
    texts = [arguments[index] for index in message_at]
    return context, texts[0], texts[1] if len(texts) > 1 else None


def _from_tree(tree: ast.AST) -> Iterator[tuple[int, Message]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in CALLS:
                literals = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
                if message := _message(name, literals):
                    yield node.lineno, message


def in_python(path: Path) -> Iterator[tuple[int, Message]]:
    yield from _from_tree(ast.parse(path.read_text(encoding="utf-8")))


def in_template(path: Path) -> Iterator[tuple[int, Message]]:
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for match in TEMPLATE_CALL.finditer(text):
        call = _balanced(text, match.start(1))
        if call:
            line = text.count("\n", 0, match.start()) + 1
            yield from ((line, message) for _line, message in _from_tree(ast.parse(call.replace("\n", " "))))


def _balanced(text: str, start: int) -> str | None:
    """The shortest call from ``start`` that Python can read."""
    end = text.find(")", start)
    while end != -1 and end - start < 4000:
        candidate = text[start : end + 1]
        try:
            ast.parse(candidate.replace("\n", " "))
        except SyntaxError:
            end = text.find(")", end + 1)
        else:
            return candidate
    return None


def all_messages() -> dict[Message, list[str]]:
    """Every message of ours and where it stands, as ``path:line``. Tests and vendored files are left out."""
    found: dict[Message, list[str]] = {}
    for path in tracked_files():
        name = path.relative_to(ROOT)
        if "tests" in name.parts or "vendor" in name.parts or "migrations" in name.parts:
            continue
        if name.parts[0] not in {"site", "shop", "cms", "themes"} or "oscar_migrations" in name.parts:
            continue
        if path.suffix == ".py":
            hits = in_python(path)
        elif path.suffix in {".html", ".txt"} and "templates" in name.parts:
            hits = in_template(path)
        else:
            continue
        for line, message in hits:
            found.setdefault(message, []).append(f"{name}:{line}")
    return found
