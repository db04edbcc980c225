"""Nothing an editor does is public before a curator says so, whatever address is asked for it."""

import pytest
from django.urls import resolve, reverse
from wagtail.models import Page, TaskState, TranslatableMixin
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, TranslationSource

from .factories import StandardPageFactory, StoryFactory, StoryIndexFactory, block, body, home, locale

pytestmark = pytest.mark.django_db


def start_address(page) -> str:
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def alias_address(page) -> str:
    return f"/kelola/localize/page/{page.pk}/convert_to_alias/"


def start(desk, page):
    return desk.post(start_address(page), {"locales": [locale("en").pk]})


def refused(answer) -> bool:
    """Wagtail's admin tells a refusal on its home page."""
    return (answer.status_code, getattr(answer, "url", "")) == (302, "/kelola/")


@pytest.fixture
def about(db):
    return StandardPageFactory(
        title="Tentang", slug="tentang", body=body(block("chapter", heading="Isi", text="<p>Halo.</p>"))
    )


@pytest.fixture
def translation(about, editor) -> Translation:
    assert start(editor, about).status_code == 302
    return Translation.objects.get()


@pytest.fixture
def live(translation, curator):
    """The English page, published."""
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()
    return translation.get_target_instance()


def write(desk, translation: Translation, indonesian: str, english: str) -> None:
    segment = translation.source.stringsegment_set.get(string__data=indonesian)
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    answer = desk.put(address, f"value={english}", content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 201)


def hand_in(desk, translation):
    return desk.post(reverse("hand_in_translation", args=[translation.pk]))


def test_an_editor_starts_a_translation_and_it_is_a_draft(editor, client, about):
    answer = start(editor, about)
    twin = about.get_translation(locale("en"))
    assert (answer.status_code, answer.url) == (302, edit_address(twin))
    assert (twin.slug, twin.live) == ("tentang", False)
    assert client.get("/en/tentang/").status_code == 404
    assert Translation.objects.get().source == TranslationSource.objects.get(locale=about.locale)
    assert "js-translation-editor" in editor.get(edit_address(twin)).content.decode()


def test_a_curators_translation_starts_as_a_draft_too(curator, client, about):
    start(curator, about)
    assert not about.get_translation(locale("en")).live
    assert client.get("/en/tentang/").status_code == 404


def test_what_an_editor_hands_in_waits_for_the_curator_and_is_public_once_approved(
    editor, curator, client, about, translation
):
    write(editor, translation, "Halo.", "Hello.")
    assert hand_in(editor, translation).status_code == 302
    twin = about.get_translation(locale("en"))
    assert not twin.live and client.get("/en/tentang/").status_code == 404
    task = TaskState.objects.get()
    assert (task.status, task.revision.object_id) == (TaskState.STATUS_IN_PROGRESS, str(twin.pk))
    assert reverse("wagtailadmin_pages:workflow_action", args=[twin.pk, "approve", task.pk]) in (
        curator.get("/kelola/").content.decode()
    )
    curator.post(reverse("wagtailadmin_pages:workflow_action", args=[twin.pk, "approve", task.pk]), {"comment": ""})
    shown = client.get("/en/tentang/")
    assert shown.status_code == 200 and "Hello." in shown.content.decode()


def test_handing_in_a_change_leaves_the_live_page_as_it_is(editor, curator, client, translation, live):
    write(editor, translation, "Halo.", "Good day.")
    hand_in(editor, translation)
    assert "Halo." in client.get("/en/tentang/").content.decode()
    task = TaskState.objects.get()
    curator.post(reverse("wagtailadmin_pages:workflow_action", args=[live.pk, "approve", task.pk]), {"comment": ""})
    assert "Good day." in client.get("/en/tentang/").content.decode()


def test_a_translation_that_was_sent_back_is_handed_in_again_to_the_same_review(editor, curator, about, translation):
    hand_in(editor, translation)
    twin = about.get_translation(locale("en"))
    task = TaskState.objects.get()
    curator.post(
        reverse("wagtailadmin_pages:workflow_action", args=[twin.pk, "reject", task.pk]), {"comment": "Masih Indonesia"}
    )
    assert "Masih Indonesia" in editor.get(edit_address(twin)).content.decode()
    write(editor, translation, "Halo.", "Hello.")
    hand_in(editor, translation)
    assert [state.status for state in TaskState.objects.order_by("pk")] == ["rejected", "in_progress"]
    assert TaskState.objects.values("workflow_state").distinct().count() == 1


def test_a_translation_is_handed_in_once(editor, about, translation):
    button = f'action="{reverse("hand_in_translation", args=[translation.pk])}"'
    twin = about.get_translation(locale("en"))
    assert button in editor.get(edit_address(twin)).content.decode()
    hand_in(editor, translation)
    hand_in(editor, translation)
    assert TaskState.objects.count() == 1
    assert button not in editor.get(edit_address(twin)).content.decode()


def test_a_stranger_hands_nothing_in(client, translation):
    assert client.post(reverse("hand_in_translation", args=[translation.pk])).status_code == 302
    assert TaskState.objects.count() == 0


def test_an_editor_does_not_publish_in_the_translation_editor(editor, client, about, translation):
    twin = about.get_translation(locale("en"))
    assert refused(editor.post(edit_address(twin), {"action": "publish"}))
    assert client.get("/en/tentang/").status_code == 404


def test_syncing_a_changed_page_publishes_for_curators_only(
    editor, curator, client, about, translation, live, django_capture_on_commit_callbacks
):
    about.body = body(block("chapter", heading="Isi", text="<p>Selamat datang.</p>"))
    about.save()
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    assert 'type="checkbox" name="publish_translations"' not in editor.get(address).content.decode()
    assert 'type="checkbox" name="publish_translations"' in curator.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address, {"publish_translations": "on"})
    # The editor has the new words to translate, and the public page its old ones.
    assert translation.source.stringsegment_set.filter(string__data="Selamat datang.").exists()
    assert "Halo." in client.get("/en/tentang/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        curator.post(address, {"publish_translations": "on"})
    assert "Selamat datang." in client.get("/en/tentang/").content.decode()


def test_an_editor_starts_no_translation_below_a_page_without_one(editor):
    """The package would lay a live copy of the parent into the other language."""
    story = StoryFactory(parent=StoryIndexFactory())
    before = Page.objects.count()
    start(editor, story)
    assert Page.objects.count() == before
    assert "js-translation-editor" not in editor.get(start_address(story), follow=True).content.decode()


def test_an_editors_translation_takes_no_subpages_along(editor):
    """Below there may be live pages, and the package writes into them."""
    stories = StoryIndexFactory()
    StoryFactory(parent=stories)
    editor.post(start_address(stories), {"locales": [locale("en").pk], "include_subtree": "on"})
    assert stories.get_translation(locale("en")).get_children().count() == 0


def test_an_editor_does_not_turn_a_live_copy_into_a_translation(editor, client, about):
    about.copy_for_translation(locale("en"), alias=True)
    start(editor, about)
    assert about.get_translation(locale("en")).alias_of_id == about.pk
    assert Translation.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_cannot_overwrite_a_live_translation_past_the_curator(editor, translation, live, method):
    write(editor, translation, "Tentang", "About us")
    assert refused(getattr(editor, method)(alias_address(live)))
    live.refresh_from_db()
    assert (live.title, live.alias_of_id) == ("Tentang", None)
    assert Translation.objects.count() == 1


@pytest.mark.parametrize("is_stopped", [False, True])
def test_the_button_for_a_copy_is_shown_to_those_who_may(editor, curator, translation, live, is_stopped):
    """In the translation editor, and on the plain page once the translation was stopped."""
    Translation.objects.update(enabled=not is_stopped)
    told = "localize-convert-to-alias" if is_stopped else alias_address(live)
    assert told in curator.get(edit_address(live)).content.decode()
    assert told not in editor.get(edit_address(live)).content.decode()


def test_a_curator_may_turn_a_translation_into_a_copy(curator, live, about):
    assert curator.post(alias_address(live)).status_code == 302
    live.refresh_from_db()
    assert live.alias_of_id == about.pk


def test_the_guards_stand_before_the_packages_own_addresses(about):
    for address, guard in (
        ("/kelola/localize/page/1/convert_to_alias/", "convert_to_alias_if_publisher"),
        ("/kelola/localize/submit/page/1/", "StartTranslationView"),
        ("/kelola/localize/update/1/", "SyncTranslationsView"),
    ):
        view = _innermost(resolve(address).func)
        assert getattr(view, "view_class", view).__name__ == guard


def test_no_snippet_is_translated_since_the_packages_address_for_them_publishes():
    assert [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)] == []


def test_homes_are_there_in_both_languages_so_that_first_pages_have_a_parent():
    assert home("id").get_translation(locale("en")) == home("en")


def _innermost(view):
    while hasattr(view, "__wrapped__") and not hasattr(view, "view_class"):
        view = view.__wrapped__
    return view
