import pytest
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
