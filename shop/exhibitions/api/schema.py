from typing import Any


def only_the_till(endpoints: list[tuple], **kwargs: Any) -> list[tuple]:
    """Wagtail's admin has an API too, for itself alone: it is not described."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/")]
