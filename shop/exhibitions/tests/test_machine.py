import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from shop.exhibitions.tests.machine import Walk

pytestmark = pytest.mark.django_db

#: Enough to come through a whole fair now and then, and not to hold up everybody's tests.
WALKS, STEPS = 12, 40
#: The same walks for everybody, so that nobody's change fails on another's find; new ones with ``WALK_AT_RANDOM=1``.
AT_RANDOM = bool(os.environ.get("WALK_AT_RANDOM"))


def test_no_walk_of_fairs_and_shop_creates_loses_or_doubles_a_unit_or_a_rupiah():
    Walk.finished = 0
    run_state_machine_as_test(
        Walk,
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
    assert Walk.finished >= WALKS
