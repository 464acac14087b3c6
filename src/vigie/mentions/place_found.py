"""What the finders of places hand on to each other, and whether one place is told as holding another."""

from __future__ import annotations

from dataclasses import dataclass

from vigie.mentions.gazetteer import Reading
from vigie.mentions.place_evidence import Scene
from vigie.mentions.place_scan import Candidate
from vigie.model.places import PlacePrecision

PHRASE_GAP = 7  # words between a name and the place said to hold it


@dataclass(frozen=True)
class Found:
    """A place in words first..last-1 of the text. `core`: first word of the name itself. `readings` best first;
    empty for an unknown name. `narrow`: a part or site of the reading, whose coordinates are not its own."""

    first: int
    last: int
    core: int
    readings: tuple[Reading, ...]
    precision: PlacePrecision
    country: str | None
    strong: bool = False
    narrow: bool = False


def holds(scene: Scene, last: int, d: Candidate) -> bool:
    """True when candidate d stands after word `last` - 1 as the place that holds what ends there."""
    tokens, words = scene.tokens, scene.words
    if d.first - last > PHRASE_GAP:
        return False
    gap = tokens.text[tokens.ends[last - 1] : tokens.starts[d.first]]
    if any(c in ".!?;:\n)»" for c in gap):
        return False
    opening = tokens.gap(last)
    if d.first == last:
        return opening in (", ", " (")
    between = tokens.keys[last : d.first]
    linked = between[0] in words.prepositions or between[0] in words.apposed or opening in (" (", ", ")
    return (
        linked
        and all(
            k in words.prepositions
            or k in words.genitive
            or k in words.of
            or k in words.articles
            or k in words.directions
            or k in words.before
            or k in words.apposed
            or k in words.adjectives
            or k in ("a", "an", "un", "une", "the")
            for k in between
        )
        and not any(k in words.conjunctions for k in between)
    )
