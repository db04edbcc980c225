"""The house's own background work: keeping its tables small, and Wagtail's index of what refers to what."""

from django.apps import apps
from django.core.management import call_command
from django_tasks import task
from wagtail.tasks import update_reference_index_task

#: Days a finished task's row is kept; one that failed is wanted longer, by whoever looks into it.
KEEP_DAYS = 14
KEEP_FAILED_DAYS = 60


@task()
def prune_task_results() -> None:
    """Every mail, picture and index entry leaves a row behind. Periodic."""
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=KEEP_DAYS,
        failed_min_age_days=KEEP_FAILED_DAYS,
        verbosity=1,
    )


@task()
def clear_sessions() -> None:
    """Every basket of a stranger is a session; Django never deletes the ended ones by itself. Periodic."""
    call_command("clearsessions")


@task()
def update_reference_index(app_label: str, model_name: str, pk: str) -> None:
    """Wagtail's task, for what is still there when its turn comes.

    Publishing a page deletes the rows of its lists (a story's makers and pieces) and writes them anew, so the task of
    the old row finds nothing. Wagtail's fails with a traceback for each of them, and whoever looks for a real failure
    has to read past hundreds.
    """
    if apps.get_model(app_label, model_name)._base_manager.filter(pk=pk).exists():
        update_reference_index_task.func(app_label, model_name, pk)
