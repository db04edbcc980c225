"""Background tasks that send an e-mail, and try again when the mail server does not take it."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.utils import timezone
from django_tasks import task

logger = logging.getLogger(__name__)

#: How long to wait after the first failure and after the second; after the third the task fails for good.
DELAYS = (timedelta(minutes=2), timedelta(minutes=20))


def mail_task(send: Callable[..., None]) -> Any:
    """A task from a function that sends one e-mail. Without it a mail server that is away for a minute costs a shopper
    the e-mail: the queue never repeats what raised.

    Only ``OSError`` is tried again, which every SMTP and network error is; a broken template would fail again.
    """

    @wraps(send)
    def attempt_to_send(*args: Any, failures: int = 0, **kwargs: Any) -> None:
        try:
            send(*args, **kwargs)
        except OSError as error:
            # A queue that runs tasks at once cannot wait.
            if failures == len(DELAYS) or not mailing.get_backend().supports_defer:
                raise
            logger.warning("%s waits for the mail server: %s", send.__name__, error)
            later = mailing.using(run_after=timezone.now() + DELAYS[failures])
            later.enqueue(*args, failures=failures + 1, **kwargs)

    mailing: Any = task()(attempt_to_send)
    return mailing
