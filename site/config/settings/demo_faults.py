"""The demo whose server a browser test can let die at a named point (tests/faults.py). For tests alone."""

from .demo import *  # noqa: F403

FAULT_POINTS = "tests.faults.strike"
