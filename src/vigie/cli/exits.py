"""Exit codes, documented in docs/cli.md, and the one way to say that a command was used wrongly."""

from __future__ import annotations

import sys

ALL_CODED, SOME_REJECTED, USAGE, NOTHING_CODED, STORE_FAILED, NOT_THERE, CONFLICT = 0, 1, 2, 3, 4, 5, 6


def usage(message: str) -> int:
    """Say on standard error what is wrong with the use of a command; the exit code for it."""
    print(f"vigie: {message}", file=sys.stderr)
    return USAGE
