from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail import signal_handlers
from wagtail.models import Page, ReferenceIndex

from config import tasks
from config.management.commands.scheduler import Command

pytestmark = pytest.mark.django_db

SCHEDULED = ["config.tasks.clear_sessions", "config.tasks.prune_task_results"]


def test_the_scheduler_enqueues_what_keeps_the_tables_small(settings, transactional_db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    paths = [entry["task"] for entry in site_settings.SCHEDULE.values()]
    for path in SCHEDULED:
        assert path in paths
        Command()._enqueue(path, path)
    assert sorted(DBTaskResult.objects.values_list("task_path", flat=True)) == SCHEDULED


def test_rows_of_finished_tasks_go_after_a_while_and_the_others_stay(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def row(status, days):
        ended = None if status == TaskResultStatus.READY else timezone.now() - timedelta(days=days)
        return DBTaskResult.objects.create(
            task_path="config.tasks.clear_sessions",
            status=status,
            finished_at=ended,
            backend_name="default",
            args_kwargs={"args": [], "kwargs": {}},
        ).pk

    gone = {row(TaskResultStatus.SUCCESSFUL, 15), row(TaskResultStatus.FAILED, 61)}
    kept = {
        row(TaskResultStatus.SUCCESSFUL, 13),
        row(TaskResultStatus.FAILED, 59),
        row(TaskResultStatus.READY, 99),
    }
    tasks.prune_task_results.func()
    left = set(DBTaskResult.objects.filter(pk__in=gone | kept).values_list("pk", flat=True))
    assert left == kept


def test_ended_sessions_are_deleted():
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, expire_date=timezone.now() + timedelta(days=days))
    tasks.clear_sessions.func()
    assert list(Session.objects.values_list("pk", flat=True)) == ["new"]


def test_what_is_gone_before_its_turn_is_no_failure():
    assert signal_handlers.update_reference_index_task is tasks.update_reference_index
    tasks.update_reference_index.func("wagtailcore", "page", "987654")


def test_what_is_there_is_indexed_as_wagtail_does(monkeypatch):
    page = Page.objects.get(depth=1)
    seen = []
    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", lambda instance: seen.append(instance.pk))
    tasks.update_reference_index.func("wagtailcore", "page", str(page.pk))
    assert seen == [page.pk]
