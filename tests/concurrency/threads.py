"""Real threads, each with a database connection of its own, let go at the same moment."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Barrier, Thread
from typing import Any

from django.db import connections

#: Seconds. A thread that has not come by then is lost, and the test fails instead of waiting for ever.
PATIENCE = 300


def run_together(workers: int | Sequence[Callable[[], Any]], work: Callable[[int], Any] | None = None) -> list[Any]:
    """Run ``work(0)`` … ``work(n - 1)``, or each of a list of functions, at once; results come in that order.

    A result is what the function returned or the exception it raised. Every thread opens its connection before the
    start, so that none is late because it was still connecting, and closes it after. Use with
    ``django_db(transaction=True)``.
    """
    if isinstance(workers, int):
        assert work is not None
        jobs: list[Callable[[], Any]] = [partial(work, number) for number in range(workers)]
    else:
        jobs = list(workers)
    barrier = Barrier(len(jobs))
    results: list[Any] = [TimeoutError("never came back")] * len(jobs)

    def run(number: int, job: Callable[[], Any]) -> None:
        try:
            connections["default"].ensure_connection()
            barrier.wait(PATIENCE)
            results[number] = job()
        except BaseException as error:  # noqa: BLE001
            results[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair, daemon=True) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results


def errors(results: Sequence[Any], *expected: type[BaseException]) -> list[BaseException]:
    """The exceptions among the results. One that is not ``expected`` is raised: no failure may pass for a refusal."""
    found = [result for result in results if isinstance(result, BaseException)]
    for error in found:
        if expected and not isinstance(error, expected):
            raise error
    return found
