"""Whom somebody has just accused: "the latter", « ceux-ci » who then deny it are they, not the one who spoke last."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attribution_find import Found
from vigie.coding.attribution_line import Line
from vigie.coding.attribution_names import Phrase, read_phrase

# Within so many words behind "of" the act is named.
_ACT_WITHIN = 4
Charged = tuple[Line, Phrase]
"""The accused, and the sentence that accuses them."""


def charged_by(line: Line, found: Found) -> Charged | None:
    """Whom an accusation names right behind its verb, without the act it is of ("the rebels of the attack")."""
    first = next((i for i, w in enumerate(line.words) if w.start >= found.cue[1] and not w.time), None)
    if first is None:
        return None
    phrase = read_phrase(line, first, _before_charge(line, first))
    return (line, phrase) if phrase is not None and phrase.plausible else None


def _before_charge(line: Line, first: int) -> int:
    """Index of the "of", « de » behind which an act is named."""
    for i in range(first + 1, len(line.words)):
        if line.low(i) in line.grammar.of and not line.words[i].cap:
            behind = line.words[min(i + _ACT_WITHIN, len(line.words) - 1)]
            if line.report.matches_in(line.words[i].start, behind.end, "triggers", "harm"):
                return i
    return len(line.words)


def charged_before(
    report: AnnotatedReport, line: Line, start: int, found: Found, founds: Sequence[Found], before: Charged | None
) -> Charged | None:
    """Whom the sentence accuses, or the one before it (`before`), where "the latter", « celle-ci » at an offset then
    denies it."""
    if found.stance != "denies" or not report.text[start:].lower().startswith(tuple(line.grammar.latter)):
        return None
    charge = next((f for f in reversed(founds) if f.stance == "accuses" and f.cue[1] <= found.cue[0]), None)
    if charge is not None:
        return charged_by(line, charge)
    near = before is not None and line.sentence.index - before[0].sentence.index <= 1
    return before if near else None
