"""Against forged requests: each page carries a token that another site cannot read, and each change sends it back.

The token is the visitor's secret under a mask that is new each time, so that compression gives nothing away (the
BREACH attack); the way of Django, https://docs.djangoproject.com/en/stable/ref/csrf/. The secret is derived from the
session's token; who has no session has one in a cookie.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

SECRET_BYTES = 32
FIELD, HEADER = "csrf_token", "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def secret_of(session_token: str) -> str:
    """The secret of a session, as hexadecimal digits."""
    return hashlib.sha256(b"vigie form " + session_token.encode()).hexdigest()


def is_secret(text: str) -> bool:
    """Whether a cookie's value has the form of a secret."""
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None


def token(secret: str) -> str:
    """A fresh token for a page."""
    mask = secrets.token_bytes(SECRET_BYTES)
    return (mask + _xor(mask, bytes.fromhex(secret))).hex()


def fits(given: str, secret: str) -> bool:
    """Whether a token that came back was made from this secret."""
    if re.fullmatch(r"[0-9a-f]{128}", given) is None or not is_secret(secret):
        return False
    both = bytes.fromhex(given)
    return hmac.compare_digest(_xor(both[:SECRET_BYTES], both[SECRET_BYTES:]), bytes.fromhex(secret))


def _xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))
