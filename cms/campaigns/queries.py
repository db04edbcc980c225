"""Reads of campaigns."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from .models import CampaignPage


def running_campaign(locale_id: int) -> CampaignPage | None:
    """The newest live campaign that runs today in this language; None when none does."""
    today = timezone.localdate()
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=today)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    running = CampaignPage.objects.live().filter(begun, not_over, locale_id=locale_id)
    return running.select_related("locale", "picture").order_by("-first_published_at", "-pk").first()


def sources() -> list[tuple[str, str]]:
    """Source and title of every campaign that runs today, for the till of a fair to name what brought a buyer."""
    today = timezone.localdate()
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=today)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    campaigns = CampaignPage.objects.live().filter(begun, not_over, locale__language_code=settings.LANGUAGE_CODE)
    return [(campaign.source, campaign.title) for campaign in campaigns.order_by("title", "pk")]


def titles() -> dict[str, str]:
    """Title of every campaign by its source, over or not, in the active language: reports look back."""
    campaigns = list(CampaignPage.objects.select_related("locale").order_by("pk"))
    here = {one.translation_key: one.title for one in campaigns if one.locale.language_code == get_language()}
    return {one.source: here.get(one.translation_key, one.title) for one in campaigns}
