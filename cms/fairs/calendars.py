"""iCalendar (RFC 5545) of one fair: an entry of whole days, which have no hour and so the same date in every zone."""

from datetime import UTC, timedelta

from icalendar import Calendar, Event
from icalendar.prop import vUri

from .models import FairPage

PRODUCT = "-//Kriya Babel//Pameran//ID"


def calendar_of(page: FairPage, address: str) -> bytes:
    """``address`` is the whole address of the page.

    The UID comes from the fair alone: both languages and every later download are one entry, and a changed date moves
    it in the visitor's calendar instead of adding a second: SEQUENCE grows with every change, in seconds since the fair
    was planned. DTSTAMP is when fair or page last changed, not now, so that the file is the same for everybody.
    """
    fair = page.fair
    changed = max(fair.changed_at, page.last_published_at or fair.changed_at)
    event = Event()
    event.add("uid", f"{fair.reference}@pameran.kriya-babel")
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("sequence", max(0, int((changed - fair.created_at).total_seconds())))
    event.add("dtstart", fair.starts_on)
    # The end is the first day that is over (RFC 5545, 3.6.1).
    event.add("dtend", fair.ends_on + timedelta(days=1))
    event.add("summary", page.title)
    event.add("location", ", ".join(filter(None, (fair.stall, fair.venue, fair.address, fair.city))))
    event.add("description", f"{page.summary}\n{address}")
    event["url"] = vUri(address)
    event.add("status", "CANCELLED" if fair.status == "cancelled" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
