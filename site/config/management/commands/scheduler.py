"""Enqueues what ``settings.SCHEDULE`` lists, each at its own interval."""

import logging
import signal
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

#: A task still "running" after this long lost its worker to a kill or a power cut, and nobody will ever end its row.
LOST_AFTER = timedelta(minutes=15)


class Command(BaseCommand):
    help = "Enqueue the periodic tasks. Run one of these beside the background worker."

    def handle(self, *args, **options):
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        due = dict.fromkeys(settings.SCHEDULE, time.monotonic())
        while not stop.is_set():
            now = time.monotonic()
            for name, entry in settings.SCHEDULE.items():
                if due[name] <= now:
                    due[name] = now + entry["every"]
                    self._enqueue(name, entry["task"])
            stop.wait(max(0.2, min(due.values(), default=now + 60) - time.monotonic()))

    def _enqueue(self, name: str, path: str) -> None:
        """Enqueue unless the last run is still waiting or running: a slow worker must not find a heap of them.

        A run whose worker was killed does not count, or holds would never expire again and no payment be reconciled.
        """
        close_old_connections()
        try:
            lost = Q(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LOST_AFTER)
            unfinished = DBTaskResult.objects.filter(
                task_path=path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
            ).exclude(lost)
            if not unfinished.exists():
                import_string(path).enqueue()
        except DatabaseError:
            logger.exception("Could not enqueue %s; it is tried again at its next turn", name)
