from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from config.management.commands.scheduler import Command

DATABASE_BACKEND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PATH = f"{__name__}.tick"


@task()
def tick():
    """Something to enqueue."""


@pytest.fixture
def queue(settings, transactional_db):
    settings.TASKS = DATABASE_BACKEND
    return DBTaskResult.objects.filter(task_path=PATH)


def test_a_task_still_waiting_is_not_enqueued_again(queue):
    Command()._enqueue("tick", PATH)
    Command()._enqueue("tick", PATH)
    assert queue.count() == 1


def test_a_task_that_ended_is_enqueued_anew(queue):
    Command()._enqueue("tick", PATH)
    queue.update(status=TaskResultStatus.SUCCESSFUL)
    Command()._enqueue("tick", PATH)
    assert queue.count() == 2


@pytest.mark.parametrize("minutes, runs", [(20, 2), (10, 1)])
def test_a_run_whose_worker_was_killed_does_not_stop_the_next_for_ever(queue, minutes, runs):
    Command()._enqueue("tick", PATH)
    queue.update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(minutes=minutes))
    Command()._enqueue("tick", PATH)
    assert queue.count() == runs


@pytest.mark.parametrize("name", site_settings.SCHEDULE)
def test_every_scheduled_task_exists(name):
    entry = site_settings.SCHEDULE[name]
    assert callable(import_string(entry["task"]).enqueue)
    assert entry["every"] > 0
