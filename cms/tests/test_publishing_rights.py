import pytest

from accounts import demo
from accounts.models import User

from .factories import StoryFactory, StoryIndexFactory

pytestmark = pytest.mark.django_db


def address(page) -> str:
    return f"/kelola/localize/page/{page.pk}/convert_to_alias/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_cannot_overwrite_a_live_translation_past_the_curator(client, method):
    demo.load()
    page = StoryFactory(parent=StoryIndexFactory(), title="Tetap begini")
    client.force_login(User.objects.get(email="editor@demo.test"))
    answer = getattr(client, method)(address(page))
    # Wagtail's admin tells a refusal on its home page.
    assert (answer.status_code, answer.url) == (302, "/kelola/")
    page.refresh_from_db()
    assert (page.title, page.alias_of_id) == ("Tetap begini", None)


@pytest.mark.parametrize("email", ["editor@demo.test"])
def test_editors_do_not_start_translations_which_publish_at_once(email):
    demo.load()
    assert not User.objects.get(email=email).has_perm("wagtail_localize.submit_translation")


def test_the_guard_stands_before_the_packages_own_address():
    from django.urls import resolve

    view = _innermost(resolve("/kelola/localize/page/1/convert_to_alias/").func)
    assert view.__name__ == "convert_to_alias_if_publisher"


def _innermost(view):
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view
