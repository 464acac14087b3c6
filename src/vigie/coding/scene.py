"""What is the same for everybody who may have done an act or been hit by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport, lead_sentences, mentions_any
from vigie.coding.attributions import Attributed, Attribution
from vigie.coding.authors import sentences_of
from vigie.coding.joining import Group
from vigie.language.folding import fold
from vigie.language.grammar import Grammar

# Marks of the modality pack that say something of whoever stands beside them.
_TELLING_MARKS = frozenset(
    {"accuse", "suspected", "claim", "deny", "unclaimed", "intercepted", "another", "retaliation"}
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is the same for all candidates of one incident.

    told, telling, lead: indices of the sentences that speak of it, that tell it, and that open the report. speaking:
    attributions in the sentences that speak of it. title: the folded title that a reader gave apart from the text.
    marks: start, end and name of the marks anywhere in the report that say something of whoever stands beside them.
    """

    report: AnnotatedReport
    group: Group
    told: frozenset[int]
    telling: frozenset[int]
    acts: tuple[Act, ...]
    kind: str
    attributed: Attributed
    grammar: Grammar
    speaking: tuple[Attribution, ...]
    lead: frozenset[int]
    title: str
    marks: tuple[tuple[int, int, str], ...]


def scene_of(
    report: AnnotatedReport,
    group: Group,
    groups: Sequence[Group],
    kind: str,
    attributed: Attributed,
    grammar: Grammar,
) -> Scene:
    """The sentences and acts of one incident of type `kind`."""
    told = frozenset(sentences_of(group, groups, report))
    return Scene(
        report,
        group,
        told,
        frozenset(t.sentence for t in group.tellings),
        tuple(a for t in group.tellings for a in t.acts),
        kind,
        attributed,
        grammar,
        tuple(_speaking(report, told, attributed, grammar)),
        frozenset(lead_sentences(report)),
        fold(report.report.title or ""),
        tuple(
            (m.start, m.end, mark)
            for mark in sorted(_TELLING_MARKS)
            for m in report.marked.get(mark, ())
            if m.file == "modality"
        ),
    )


def _speaking(
    report: AnnotatedReport, told: frozenset[int], attributed: Attributed, grammar: Grammar
) -> Iterator[Attribution]:
    """Attributions in some sentences, but for those who claim most of what a tally counts."""
    for a in attributed.attributions:
        if a.sentence in told and not mentions_any(report.normal.folded, report.sentences[a.sentence], grammar.most):
            yield a
