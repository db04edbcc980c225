import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from shop.exhibitions.tests.honest import Truth
from shop.exhibitions.tests.test_machine import AT_RANDOM

pytestmark = pytest.mark.django_db

#: Slips need company to do harm: more short walks find more than few long ones.
WALKS, STEPS = 20, 25


def test_among_honest_people_the_books_come_to_say_where_every_piece_is():
    Truth.finished = 0
    run_state_machine_as_test(
        Truth,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=not AT_RANDOM,
            phases=tuple(Phase) if AT_RANDOM else (Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Truth.finished >= WALKS
