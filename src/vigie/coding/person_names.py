"""The shape of a person's whole name as news writes it, for the patterns that look for one."""

from __future__ import annotations

# A given name or initial and up to four further words: names, initials, particles ("Omar al Bashir", "J. de la Cruz").
# It holds no group of its own, so that a pattern puts it into whichever it needs.
_WORD = r"(?:[A-ZÀ-Þ][\w'’-]+|[A-Z]\.)"
PERSON = rf"{_WORD}(?: (?:{_WORD}|[Aa]l|ben|bin|de|van|von|el)(?!\w)){{1,4}}"
