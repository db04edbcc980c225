import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, GroupPagePermission

from accounts import demo, roles
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_every_role_is_a_group_after_migrating():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


def test_every_permission_a_role_names_exists():
    assert roles.missing_permissions() == []


def test_sync_takes_away_what_the_table_does_not_name():
    editor = Group.objects.get(name=roles.EDITOR)
    stray = Group.objects.get(name=roles.ADMINISTRATOR).permissions.get(codename="delete_user")
    editor.permissions.add(stray)
    roles.sync()
    assert not editor.permissions.filter(pk=stray.pk).exists()


def test_editor_writes_pages_but_only_a_curator_publishes():
    def verbs(role):
        rows = GroupPagePermission.objects.filter(group__name=role)
        return set(rows.values_list("permission__codename", flat=True))

    assert verbs(roles.EDITOR) == {"add_page", "change_page"}
    assert "publish_page" in verbs(roles.CURATOR)


def test_curators_approve_what_editors_submit():
    groups = {group.name for task in GroupApprovalTask.objects.all() for group in task.groups.all()}
    assert groups == {roles.CURATOR}


def test_only_curators_and_administrators_are_staff():
    for role in roles.ROLES:
        user = User.objects.create_user(f"{role.replace(' ', '')}@example.com", "x")
        roles.grant(user, role)
        user.refresh_from_db()
        assert user.is_staff is (role in {roles.CURATOR, roles.ADMINISTRATOR}), role


def test_an_unknown_role_is_refused_and_gives_nothing():
    user = User.objects.create_user("a@example.com", "x")
    with pytest.raises(KeyError):
        roles.grant(user, "owner")
    assert user.groups.count() == 0


def test_demo_people_are_six_with_one_role_each_and_loading_twice_adds_none():
    demo.load()
    demo.load()
    assert User.objects.filter(email__endswith="@demo.test").count() == 6
    for email, _first, _last, role in demo.PEOPLE:
        assert [group.name for group in User.objects.get(email=email).groups.all()] == [role]


def test_demo_people_are_refused_outside_the_demo(settings):
    settings.IS_DEMO = False
    with pytest.raises(Exception, match="demo settings only"):
        demo.load()
    assert not User.objects.filter(email__endswith="@demo.test").exists()
