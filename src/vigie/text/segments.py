"""Paragraphs, sentences and quotations: the values (finding them is in sentences.py and quotations.py)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]` of the normalised text; `paragraph` counts from 0; `title` for a headline line."""

    index: int
    start: int
    end: int
    paragraph: int
    title: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, without the marks. `closed` is False where the closing mark is missing
    and the quotation was taken to end with its paragraph."""

    start: int
    end: int
    closed: bool = True
