"""Editors at work: the forms open, a page is saved, previewed and translated."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.pages.models import StandardPage

from .factories import (
    PAGE_FACTORIES,
    CampaignFactory,
    CampaignIndexFactory,
    CraftIndexFactory,
    FairIndexFactory,
    FairPageFactory,
    Stage,
    StandardPageFactory,
    StoryIndexFactory,
    body,
    home,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", PAGE_FACTORIES)
def test_editor_opens_the_form_of_every_page_type(editor, factory):
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[factory().pk])).status_code == 200


def test_editor_opens_the_home_page_and_a_campaign_with_every_block(editor):
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[home().pk])).status_code == 200
    page = CampaignFactory(body=body(*Stage().blocks(link_to=StandardPageFactory(slug="tentang"))))
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (home, {"CampaignIndexPage", "CraftIndexPage", "FairIndexPage", "StoryIndexPage", "StandardPage"}),
        (CampaignIndexFactory, {"CampaignPage"}),
        (CraftIndexFactory, {"CraftPage"}),
        (FairIndexFactory, {"FairPage"}),
        (FairPageFactory, set()),
        (StoryIndexFactory, {"StoryPage"}),
        (StandardPageFactory, set()),
    ],
)
def test_each_page_type_grows_only_where_it_belongs(parent, children):
    assert {model.__name__ for model in parent().specific_class.creatable_subpage_models()} == children


def test_a_saved_draft_stays_off_the_site_until_a_curator_publishes_it(editor):
    data = nested_form_data(
        {
            "title": "Pertanyaan",
            "slug": "pertanyaan",
            "intro": "",
            "notice": "",
            "body": streamfield([("chapter", {"heading": "Isi", "text": rich_text("<p>Teks baru.</p>")})]),
        }
    )
    url = reverse("wagtailadmin_pages:add", args=["cms_pages", "standardpage", home().pk])
    assert editor.post(url, data).status_code == 302
    page = StandardPage.objects.get(slug="pertanyaan")
    assert not page.live
    assert page.get_latest_revision_as_object().body[0].value["heading"] == "Isi"
    assert editor.get("/pertanyaan/").status_code == 404


def test_preview_shows_what_is_being_written_and_may_be_framed_by_the_editor_only(editor):
    page = StandardPageFactory(title="Syarat")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = nested_form_data(
        {
            "title": "Syarat baru",
            "slug": page.slug,
            "intro": "",
            "notice": "",
            "body": streamfield([("chapter", {"heading": "", "text": rich_text("<p>Belum tersimpan.</p>")})]),
        }
    )
    assert editor.post(url, data).json() == {"is_valid": True, "is_available": True}
    response = editor.get(url)
    html = response.content.decode()
    assert "Syarat baru" in html and "Belum tersimpan." in html
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert "Belum tersimpan." not in editor.get(page.get_url()).content.decode()


def test_lists_exist_once_below_a_home():
    CampaignIndexFactory()
    assert "CampaignIndexPage" not in {model.__name__ for model in _creatable_at(home())}


def _creatable_at(parent: Page):
    return [model for model in parent.specific_class.creatable_subpage_models() if model.can_create_at(parent)]
