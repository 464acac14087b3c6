"""Notices by POST: one request a notice, a JSON body, signed.

    POST …
    Content-Type: application/json
    Idempotency-Key: <key of the notice, the same at each attempt>
    Vigie-Timestamp: <seconds since 1970, of this attempt>
    Vigie-Signature: sha256=<HMAC-SHA256 of "<timestamp>." and the body, in hex>

A receiver that checks the signature and refuses old timestamps takes nothing from others and no replay; one that
remembers keys takes every notice once. Beside the fields of the notice the body holds `text`, a few words in the
language of the channel, which chat services show as they are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence

from vigie.errors import AddressRefused, DeliveryFailed, FetchFailed
from vigie.runs.watching.channels import Delivery, Wording
from vigie.runs.watching.plan import Webhook
from vigie.store.watch_notices import Notice, Waiting

Post = Callable[[str, bytes, Mapping[str, str]], None]
"""Hands a body over to an address. Raises FetchFailed, AddressRefused (`fetching.Fetcher.post`)."""

_TRY_AGAIN = frozenset((408, 409, 425, 429))


def deliver(
    webhook: Webhook, notices: Sequence[Waiting], post: Post, wording: Wording, now: Callable[[], dt.datetime]
) -> Delivery:
    """Hand notices over, one after the other, until the receiver cannot be reached. One that it refuses does not hold
    up the others."""
    taken: list[Waiting] = []
    refused: list[tuple[Waiting, str]] = []
    for each in notices:
        content = body(each.notice, wording.text([each.notice], webhook.language))
        try:
            post(webhook.url.get_secret_value(), content, headers(webhook, each.notice, content, now()))
        except FetchFailed as error:
            if error.status is not None and 400 <= error.status < 500 and error.status not in _TRY_AGAIN:
                refused.append((each, error.reason))
                continue
            failure = DeliveryFailed(error.reason, wait=error.wait)
            return Delivery(tuple(taken), tuple(refused), (each,), failure)
        except AddressRefused as error:  # without the address: many hold a key
            way_out = f" ({error.way_out})" if error.way_out else ""
            return Delivery(tuple(taken), tuple(refused), (each,), DeliveryFailed(f"{error.reason}{way_out}"))
        taken.append(each)
    return Delivery(tuple(taken), tuple(refused))


def body(notice: Notice, text: str) -> bytes:
    """The body for a notice: the same at each attempt."""
    return json.dumps({**notice.body, "text": text}, ensure_ascii=False, separators=(",", ":")).encode()


def headers(webhook: Webhook, notice: Notice, content: bytes, now: dt.datetime) -> dict[str, str]:
    """The headers for a body that is sent at a time."""
    timestamp = str(int(now.timestamp()))
    found = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": notice.key,
        "Vigie-Timestamp": timestamp,
    }
    if webhook.secret is not None:
        signed = signature(webhook.secret.get_secret_value().encode(), timestamp, content)
        found["Vigie-Signature"] = f"sha256={signed}"
    return found


def signature(secret: bytes, timestamp: str, content: bytes) -> str:
    """HMAC-SHA256 (RFC 2104) of the timestamp, a dot and the body, in hex."""
    return hmac.new(secret, timestamp.encode("ascii") + b"." + content, hashlib.sha256).hexdigest()
