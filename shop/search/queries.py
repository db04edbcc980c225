"""Finding pieces by words."""

import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from wagtail.search.backends import get_search_backend

from shop.catalogue import queries as catalogue

#: Beyond this many matches the words were too broad for their order to matter, and the newest stand for all.
MOST_MATCHES = 5_000
LONGEST_QUERY = 100


def cleaned(words: str) -> str:
    """The words as one line without control characters, which PostgreSQL refuses, and no longer than anybody types."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", words).split())[:LONGEST_QUERY].strip()


def matching_ids(words: str) -> list[int]:
    """Primary keys of pieces in whose entry every word stands, the last one as a beginning. One query.

    The index gives keys alone, in no order of relevance: ranking scores every match before it cuts (five seconds on
    SQLite for a word that all of 5,000 pieces have), and what the shop knows of a piece (public, in stock, price) is
    not in the index. Signs other than letters and digits are left out: to SQLite a quotation mark opens a phrase, and
    one that nobody closes is an error.
    """
    plain = " ".join(re.findall(r"\w+", words))
    if not plain:
        return []
    newest = catalogue.Product.objects.order_by("-id")
    found = get_search_backend().autocomplete(plain, newest, order_by_relevance=False)
    return list(found.get_queryset().values_list("pk", flat=True)[:MOST_MATCHES])


def matching(words: str) -> QuerySet:
    """Browsable pieces that match."""
    return catalogue.browsable().filter(pk__in=matching_ids(words))


def by_relevance(pieces: QuerySet, words: str) -> QuerySet:
    """Those with the words in their title first, then those of a maker of that name; in each, what can be bought,
    then the newest."""
    in_title = Q(title_ind__icontains=words) | Q(title_en__icontains=words)
    closeness = Case(
        When(in_title, then=Value(0)),
        When(maker__name__icontains=words, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ranked = catalogue.with_availability(pieces).annotate(closeness=closeness)
    return ranked.order_by("closeness", "-list_available", "-date_created", "-pk")
