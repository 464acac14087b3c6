"""What a site lets robots fetch (RFC 9309), for the pages that entries lead to. A feed itself is published for programs
and named in the file by a person: it is not asked about."""

from __future__ import annotations

import urllib.robotparser

AGENT = "vigie"
"""The product token by which a site names this program in its robots.txt."""
_MOST = 500_000  # bytes that are looked at; the standard asks for as many at least


class Robots:
    """The rules of one site; without a text everything may be fetched."""

    def __init__(self, text: bytes = b"") -> None:
        self._parser = urllib.robotparser.RobotFileParser()
        self._parser.parse(text[:_MOST].decode("utf-8", "replace").splitlines())

    def let(self, url: str) -> bool:
        """Whether an address may be fetched."""
        return self._parser.can_fetch(AGENT, url)
