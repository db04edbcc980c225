"""Files as answers."""

from pathlib import PurePath
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.text import slugify

KINDS = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


def download(content: bytes, name: str) -> HttpResponse:
    """``content`` under a name that every system can keep. A PDF is shown, so that it can be printed from a phone."""
    path = PurePath(name)
    safe = f"{slugify(path.stem) or 'kriya'}{path.suffix}"
    way = "inline" if path.suffix == ".pdf" else "attachment"
    return HttpResponse(
        content,
        content_type=KINDS[path.suffix],
        headers={
            "Content-Disposition": f"{way}; filename=\"{safe}\"; filename*=UTF-8''{quote(safe)}",
            "Cache-Control": "private, no-store",
        },
    )
