"""The start page of Wagtail's admin names the pages whose translation is older than they are, or missing."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow
from wagtail_localize.models import Translation, TranslationSource

from cms.core.queries import behind

from .factories import StandardPageFactory, home, locale

pytestmark = pytest.mark.django_db


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def translate(page):
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale("en"))
    translation.save_target(publish=False)
    return page.get_translation(locale("en"))


def titles(user) -> list[str]:
    return [page.title for entry in behind(user) for page in entry.pages]


@pytest.fixture
def user(admin_client):
    return get_user_model().objects.get(email="kepala@example.org")


@pytest.fixture
def about(db):
    return publish(StandardPageFactory(title="Tentang", slug="tentang"))


def test_a_page_is_behind_until_its_translation_is_published_and_again_once_it_changes(user, about):
    assert titles(user) == ["Tentang"]
    twin = translate(about)
    assert titles(user) == ["Tentang"]
    publish(twin)
    assert titles(user) == []
    publish(about)
    assert titles(user) == ["Tentang"]
    publish(twin)
    assert titles(user) == []


def test_a_copy_is_no_translation(user, about):
    about.copy_for_translation(locale("en"), alias=True)
    assert titles(user) == ["Tentang"]


def test_drafts_homes_and_pages_of_others_are_not_told(user, about):
    StandardPageFactory(title="Rancangan", slug="rancangan", live=False)
    assert titles(user) == ["Tentang"]
    stranger = get_user_model().objects.create_user(email="orang@example.org", password="kata-sandi-panjang")
    assert titles(stranger) == []


def test_after_an_approval_the_curators_start_page_says_what_is_left_to_do(editor, curator, about):
    publish(translate(about))
    assert "Tentang" not in curator.get("/kelola/").content.decode()
    about.save_revision()
    Workflow.objects.get().start(about, get_user_model().objects.get(email="redaksi@example.org"))
    task = TaskState.objects.get()
    curator.post(reverse("wagtailadmin_pages:workflow_action", args=[about.pk, "approve", task.pk]), {"comment": ""})
    source = TranslationSource.objects.get()
    for desk in (curator, editor):
        html = desk.get("/kelola/").content.decode()
        assert "Halaman yang English-nya tertinggal" in html and "Lebih lama dari aslinya" in html
        assert f"/kelola/localize/update/{source.pk}/" in html


def test_a_page_without_translation_is_told_with_the_way_to_start_it(editor, about):
    html = editor.get("/kelola/").content.decode()
    assert "Belum diterjemahkan" in html
    assert f"/kelola/localize/submit/page/{about.pk}/?select_locale=en" in html


def test_ten_are_listed_newest_first_and_the_others_counted_at_the_same_cost(user, about):
    with CaptureQueriesContext(connection) as few:
        behind(user)
    for number in range(11):
        late = StandardPageFactory(title=f"Halaman {number}", slug=f"halaman-{number}")
        type(late).objects.filter(pk=late.pk).update(last_published_at=timezone.now() + timedelta(minutes=number))
    with CaptureQueriesContext(connection) as many:
        (entry,) = behind(user)
    assert len(many) == len(few)
    assert entry.language == locale("en")
    assert [row.title for row in entry.pages] == [f"Halaman {number}" for number in range(10, 0, -1)]
    assert entry.more == 2


def test_the_review_bears_this_houses_name():
    workflow = Workflow.objects.get()
    assert workflow.name == "Persetujuan kurator"
    assert [task.name for task in workflow.tasks] == ["Persetujuan kurator"]
    assert home().get_workflow() == workflow
