"""Named points at which a test may let the server die, to see that nothing is lost or doubled.

Nothing happens here unless ``FAULT_POINTS`` names a function, which only test settings do; ``checks`` refuses to start
anything else with it.
"""

from django.conf import settings
from django.utils.module_loading import import_string

#: A batch has come; nothing of it is written.
BATCH_RECEIVED = "batch_received"
#: An event is written and not committed.
EVENT_WRITTEN = "event_written"
#: All of a batch is committed; the device has not been told.
BATCH_COMMITTED = "batch_committed"


def reach(point: str) -> None:
    """Tell the test, if there is one, that this point is reached. It may not return."""
    if settings.FAULT_POINTS:
        import_string(settings.FAULT_POINTS)(point)
