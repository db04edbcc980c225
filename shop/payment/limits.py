"""How much one shopper may keep off sale without having paid.

A reservation costs nothing, so without a limit one visitor could keep the whole shop off sale for a day. Open attempts
are counted by session, account, e-mail (of guests) and client address, under a lock, and each of them takes a numbered
place that a constraint gives to one attempt only.

Whoever is signed in is not counted by e-mail: anybody may type the address of somebody else, and must not keep them
from buying in their own account.
"""

import ipaddress
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from .errors import TooManyHeld, TooManyOpen
from .locks import lock_identities
from .models import OpenClaim, PaymentAttempt

Kind = OpenClaim.Kind


def identities(*, buyer: Any, email: str, session: str, client_address: str) -> dict[str, str]:
    """Kind → keyed digest of everything this shopper is counted by; what is empty is not counted.

    Digests, because neither an address nor a session may be read from the books, and keyed, because addresses are so
    few that a plain digest could be tried out.
    """
    known = {
        Kind.SESSION: session,
        Kind.ACCOUNT: str(buyer.pk) if buyer is not None else "",
        Kind.EMAIL: "" if buyer is not None else plain_email(email),
        Kind.ADDRESS: network(client_address),
    }
    return {
        str(kind): salted_hmac("shop.payment.limits", f"{kind}:{value}", algorithm="sha256").hexdigest()
        for kind, value in known.items()
        if value and kind in settings.PAYMENT_OPEN_ATTEMPTS
    }


def plain_email(email: str) -> str:
    """An e-mail address as it is compared: no letter case, no look-alike forms of one letter."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def network(client_address: str) -> str:
    """What one visitor has of an address: all of IPv4, and the first 64 bits of IPv6, of which everybody has
    millions. '' when it is none."""
    try:
        address = ipaddress.ip_address(client_address.strip())
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def make_room(digests: dict[str, str], *, units: int) -> list[OpenClaim]:
    """Places for one more open attempt of ``units`` held pieces, to be given to ``keep`` once there is an attempt.

    Call inside the transaction that makes the attempt. Raises ``TooManyOpen`` and ``TooManyHeld``; both name the open
    attempt when it is this very shopper's, by session or account, because only they may see it.
    """
    lock_identities(digests.values())
    claims = []
    for kind, digest in digests.items():
        limit = settings.PAYMENT_OPEN_ATTEMPTS[kind]
        there = list(OpenClaim.objects.filter(digest=digest).select_related("attempt").order_by("attempt_id"))
        open_ones = [claim for claim in there if claim.attempt.is_open]
        if len(open_ones) >= limit["attempts"]:
            raise TooManyOpen(_own(digests), until=min(claim.attempt.expires_at for claim in open_ones))
        if sum(claim.units for claim in open_ones) + units > limit["units"]:
            raise TooManyHeld(_own(digests), limit["units"])
        claims.append(OpenClaim(kind=kind, digest=digest, units=units, place=_free_place(there)))
    return claims


def keep(attempt: PaymentAttempt, claims: Iterable[OpenClaim]) -> None:
    for claim in claims:
        claim.attempt = attempt
    OpenClaim.objects.bulk_create(claims)


def forget(attempt: PaymentAttempt) -> None:
    """The attempt is not open any more: its places are free, and nothing tells any more where it came from.

    Last in its transaction, after every lock: whoever wants a place waits for this, and may have what this waits for.
    """
    OpenClaim.objects.filter(attempt=attempt).delete()


def _own(digests: dict[str, str]) -> PaymentAttempt | None:
    """The latest open attempt of this very session or account."""
    theirs = [digests[kind] for kind in (Kind.SESSION, Kind.ACCOUNT) if kind in digests]
    mine = PaymentAttempt.objects.filter(claims__digest__in=theirs, status__in=PaymentAttempt.OPEN)
    return mine.order_by("pk").last()


def _free_place(there: list[OpenClaim]) -> int:
    taken = {claim.place for claim in there}
    return next(place for place in range(1, len(taken) + 2) if place not in taken)
