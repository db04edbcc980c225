from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from shop.exhibitions.wire.json import NotJson, read_json

from .errors import BatchTooLarge

#: Bytes: a hundred events with room to spare, and no more than a weak phone line carries in one go.
MOST_BYTES = 512 * 1024


class BoundedJSONParser(BaseParser):
    """JSON, of a size that is known before it is read."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise BatchTooLarge
        try:
            return read_json(body)
        except NotJson as error:
            raise ParseError from error
