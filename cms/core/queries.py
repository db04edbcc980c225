"""Reads about translations."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import TranslationSource


def languages_open_to(page: Page) -> QuerySet[Locale]:
    """Languages that have no page of this one yet, not even a copy, and have its parent."""
    taken = Page.objects.filter(translation_key=page.translation_key).values("locale")
    ready = Page.objects.filter(translation_key=page.get_parent().translation_key, alias_of=None).values("locale")
    return Locale.objects.filter(pk__in=ready).exclude(pk__in=taken)


@dataclass(frozen=True)
class Behind:
    """Live pages whose translation into ``language`` needs somebody."""

    language: Locale
    #: With ``twin_id``, ``twin_live`` and ``source_id``, each None where there is none.
    pages: list[Page]
    more: int


def behind(user, limit: int = 10) -> list[Behind]:
    """By language: live pages that ``user`` may edit and that are newer than their translation, or have none public.

    The newest first, at most ``limit``; ``more`` counts the others. Two queries a language however many pages there
    are.
    """
    originals = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    originals = originals.filter(
        live=True, alias_of=None, depth__gte=2, locale__language_code=settings.LANGUAGE_CODE
    ).order_by(F("last_published_at").desc(nulls_last=True), "pk")
    found = []
    for language in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        twin = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=language, alias_of=None)
        source = TranslationSource.objects.filter(
            object_id=OuterRef("translation_key"),
            locale=OuterRef("locale"),
            translations__target_locale=language,
            translations__enabled=True,
        )
        late = originals.annotate(
            twin_id=Subquery(twin.values("pk")[:1]),
            twin_live=Subquery(twin.values("live")[:1]),
            twin_published=Subquery(twin.values("last_published_at")[:1]),
            source_id=Subquery(source.values("pk")[:1]),
        ).filter(
            Q(twin_id=None)
            | Q(twin_live=False)
            | Q(twin_published__lt=F("last_published_at"))
            | Q(twin_published=None, last_published_at__isnull=False)
        )
        if pages := list(late[:limit]):
            found.append(Behind(language, pages, late.count() - len(pages)))
    return found
