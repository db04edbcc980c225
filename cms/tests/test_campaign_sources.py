"""The campaigns that a fair's till can name as what brought a buyer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.campaigns.queries import sources, titles
from cms.tests.factories import CampaignFactory, CampaignIndexFactory

pytestmark = pytest.mark.django_db


def test_only_live_campaigns_that_run_today_can_be_named():
    today, day = timezone.localdate(), timedelta(days=1)
    index = CampaignIndexFactory()
    CampaignFactory(parent=index, title="Tenun", slug="tenun", starts_on=today, ends_on=today)
    CampaignFactory(parent=index, title="Anyaman", slug="anyaman", starts_on=None, ends_on=None)
    CampaignFactory(parent=index, title="Lalu", slug="lalu", starts_on=None, ends_on=today - day)
    CampaignFactory(parent=index, title="Nanti", slug="nanti", starts_on=today + day, ends_on=None)
    CampaignFactory(parent=index, title="Naskah", slug="naskah", live=False)
    assert sources() == [("kampanye-anyaman", "Anyaman"), ("kampanye-tenun", "Tenun")]


def test_a_campaign_that_is_over_or_taken_down_keeps_its_title_for_reports():
    yesterday = timezone.localdate() - timedelta(days=1)
    index = CampaignIndexFactory()
    CampaignFactory(parent=index, title="Lalu", slug="lalu", ends_on=yesterday)
    CampaignFactory(parent=index, title="Naskah", slug="naskah", live=False)
    assert titles() == {"kampanye-lalu": "Lalu", "kampanye-naskah": "Naskah"}
