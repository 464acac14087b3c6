"""Long answers, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def gathered(pieces: Iterable[str], size: int = 1 << 16) -> Iterator[str]:
    """Pieces joined to larger ones: each that is sent costs a turn of the server."""
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= size:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting)
