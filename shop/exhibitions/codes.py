"""What is printed on a piece and read by the till, the certificate and the public page of the piece alike."""

from typing import Any


def code_of(record: Any) -> str:
    """The code of a piece: its product's UPC, else the SKU of its stock record.

    One place says so, because a label that the till cannot find is a sale typed by hand in front of a queue.
    """
    return record.product.upc or record.partner_sku
