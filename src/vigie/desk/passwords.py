"""Passwords: how they are hashed (Argon2id), and which will do."""

from __future__ import annotations

import itertools
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
_COMMON = (
    "password", "passwort", "motdepasse", "azerty", "qwerty", "qwertz", "letmein", "welcome", "bienvenue", "changeme",
    "iloveyou", "jetaime", "admin", "administrator", "administrateur", "secret", "soleil", "sunshine", "princess",
    "football", "baseball", "dragon", "monkey", "master", "superman", "batman", "trustno", "abcdef", "123456", "654321",
    "111111", "000000", "vigie",
)  # fmt: skip
"""What guessers try first; a password that is little more than one of these will not do."""


class Passwords:
    """Hashes and compares passwords. Argon2id with the parameters of RFC 9106 for little memory (64 MiB, 3 passes).

    Few are hashed at once, so that many who try to sign in do not take the machine's memory.
    """

    def __init__(self, hasher: PasswordHasher | None = None, at_once: int = 2) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(at_once)
        self._nobody = self._hasher.hash("nobody's password")

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._turns:
            return self._hasher.hash(_normal(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one of a kept hash. Takes as long where there is none to compare with (None), so
        that the time does not tell which accounts there are."""
        if len(password) > 4 * LONGEST:
            return False
        with self._turns:
            try:
                return self._hasher.verify(kept or self._nobody, _normal(password)) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, kept: str) -> bool:
        """Whether a hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


def faults(password: str, name: str) -> tuple[str, ...]:
    """What is wrong with a new password: `short`, `long`, `common`, `name`, `monotonous`; none if it will do.

    Length counts, not kinds of characters: NIST SP 800-63B, section 5.1.1.2.
    """
    folded = _normal(password).casefold()
    found = []
    if len(password) < SHORTEST:
        found.append("short")
    if len(password) > LONGEST:
        found.append("long")
    if len(set(folded)) < 5 or _is_run(folded):
        found.append("monotonous")
    letters = "".join(c for c in folded if c.isalnum())
    if any(len(letters.replace(common, "")) < 6 for common in _COMMON if common in letters):
        found.append("common")
    if len(letters.replace("".join(c for c in name.casefold() if c.isalnum()), "")) < 6 <= len(letters):
        found.append("name")
    return tuple(found)


def _is_run(text: str) -> bool:
    """Whether a text only goes up or down the alphabet or the digits."""
    steps = {ord(b) - ord(a) for a, b in itertools.pairwise(text)}
    return len(text) > 1 and (steps <= {1, -9, -25} or steps <= {-1, 9, 25})


def _normal(password: str) -> str:
    # The same password typed on another keyboard may come composed differently (RFC 8265).
    return unicodedata.normalize("NFC", password)
