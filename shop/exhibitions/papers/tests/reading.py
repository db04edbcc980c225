"""Reads the text of a PDF back from its own streams, as far as the type in it is plain ASCII."""

import base64
import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
SHOWN = re.compile(rb"\(((?:\\.|[^\\)])*)\)\s*Tj", re.S)
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.S)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def strings(pdf: bytes) -> list[str]:
    """Each string the file shows, in order."""
    found = []
    for raw in STREAM.findall(pdf):
        content = _inflated(raw.strip())
        found += [_plain(shown) for shown in SHOWN.findall(content)]
    return found


def words(pdf: bytes) -> str:
    """All of it, with one space between any two words."""
    return " ".join(" ".join(strings(pdf)).replace("\u00a0", " ").split())


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompress(
            base64.a85decode(raw, adobe=False) if not raw.endswith(b"~>") else base64.a85decode(raw[:-2])
        )
    except (ValueError, zlib.error):
        return b""


def _plain(shown: bytes) -> str:
    def one(match: re.Match) -> bytes:
        inner = match.group(1)
        return bytes([int(inner, 8)]) if len(inner) == 3 else inner

    return ESCAPED.sub(one, shown).decode("latin-1")
