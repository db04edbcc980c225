"""Lists in pages whose address may be old or mistyped."""

from typing import Any

from django.core.paginator import Page, Paginator


def page_of(paginator: Paginator, asked: str | None) -> Page:
    """The page asked for; a number beyond the last is the last, and what is no page at all the first.

    Django answers 404, so a link kept while pieces were sold would be dead for ever.
    """
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    return paginator.page(min(max(number, 1), paginator.num_pages))


class ForgivingPages:
    """For a ``ListView``: the same answer to the same mistakes."""

    request: Any
    page_kwarg: str

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        paginator = self.get_paginator(queryset, page_size)  # type: ignore[attr-defined]
        page = page_of(paginator, self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()
