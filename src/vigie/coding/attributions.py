"""What attribution finding gives: who speaks, on what terms, and over which words."""

from __future__ import annotations

from dataclasses import dataclass

from vigie.model import Source
from vigie.model.coded import Modality, Mode, Stance


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source's words: offsets (normalised text) of the source's name, of the cue, and of what is said
    (`content` may be several stretches). `incident` follows later; `said` is the offset pair of a date that
    belongs to the speaking ("a indiqué vendredi"), not to what is told."""

    source: str
    sentence: int
    source_span: tuple[int, int]
    cue_span: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    stance: Stance = "asserts"
    modality: Modality = "stated"
    mode: Mode = "indirect"
    said: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Attributed:
    """All speakers of a report and all their attributions, in text order."""

    sources: tuple[Source, ...] = ()
    attributions: tuple[Attribution, ...] = ()
