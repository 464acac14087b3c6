"""Statements: what somebody says of an incident without telling it again ("The army denied this", « Aucune
information », "The rebels claimed responsibility")."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport, mentions_any
from vigie.coding.attributions import Attributed, Attribution
from vigie.coding.authors import accused
from vigie.coding.disowning import calls_untrue, denies_part
from vigie.coding.joining import Group
from vigie.coding.owning import denies_deed
from vigie.coding.tellings import Telling
from vigie.language.grammar import Grammar
from vigie.language.schema import Cue

# Stretches so close (characters) are one.
_NEXT = 2
# A denial of so few words denies what was told right before ("The army denied this", « Kigali récuse »).
_BARE_WORDS = 2


def find_statements(
    report: AnnotatedReport, groups: Sequence[Group], attributed: Attributed, grammar: Grammar
) -> dict[int, list[Attribution]]:
    """For each group (by its index) the attributions that answer it and tell nothing themselves, in text order.

    They are of the group told of last before them; in a later paragraph than a background act, of the current one told
    before that.
    """
    tellings = sorted(
        ((t, k) for k, group in enumerate(groups) for t in group.tellings), key=lambda each: (each[0].start, each[1])
    )
    found: dict[int, list[Attribution]] = {}
    for a in attributed.attributions:
        if a.stance in {"asserts", "confirms"} or any(bears_on(a, t) for t, _ in tellings):
            continue
        owner = _told_before(report, a, tellings, groups)
        if owner is not None and _answers(report, a, grammar):
            found.setdefault(owner, []).append(a)
    return found


def bears_on(a: Attribution, telling: Telling) -> bool:
    """The attribution's words overlap the telling, or stand for the whole sentence where none are marked."""
    if not a.content:
        return a.sentence == telling.sentence
    return any(start < telling.end and telling.start < end for start, end in a.content)


def words_of(a: Attribution) -> list[tuple[int, int]]:
    """Who says it and what is said, as stretches that do not touch."""
    speaking = min(a.source_span[0], a.cue_span[0]), max(a.source_span[1], a.cue_span[1])
    words: list[tuple[int, int]] = []
    for start, end in sorted({speaking, *a.content}):
        if words and start - words[-1][1] <= _NEXT:
            words[-1] = (words[-1][0], max(words[-1][1], end))
        else:
            words.append((start, end))
    return words


def _told_before(
    report: AnnotatedReport, a: Attribution, tellings: Sequence[tuple[Telling, int]], groups: Sequence[Group]
) -> int | None:
    paragraph = report.sentences[a.sentence].paragraph
    before = [(t, k) for t, k in tellings if t.sentence <= a.sentence]
    if not before:
        return None
    last, owner = before[-1]
    if last.paragraph == paragraph or groups[owner].period == "current":
        return owner
    return next((k for _, k in reversed(before) if groups[k].period == "current"), owner)


def _answers(report: AnnotatedReport, a: Attribution, grammar: Grammar) -> bool:
    """Whether it speaks of the act: a claim always does; a denial of the act; an accusation that says whom; one who
    plainly knows or tells nothing; a doubt."""
    if a.stance == "denies":
        return denies_act(report, a, grammar)
    if a.stance == "accuses":
        return bool(accused(report, {a.sentence}, grammar))
    if a.stance == "no_information":
        cues = report.matches_in(*a.cue_span, "cues")  # of those that only a negation makes so, most speak of details
        return any(isinstance(m.entry, Cue) and m.entry.stance == a.stance for m in cues)
    return True


def denies_act(report: AnnotatedReport, a: Attribution, grammar: Grammar) -> bool:
    """Whether a denial is of an act told before: it names violence, a hand in it or what somebody was charged with,
    calls it untrue, or names nothing but "this"."""
    sentence = report.sentences[a.sentence]
    folded = report.normal.folded
    if any(isinstance(m.entry, Cue) and m.entry.kind == "according" for m in report.matches_in(*a.cue_span, "cues")):
        return True  # « Démenti de l'armée »
    bare = len(folded[a.cue_span[1] : sentence.end].strip(' .»”"').split()) <= _BARE_WORDS
    return (
        bare
        or denies_deed(report, sentence, grammar)
        or mentions_any(folded, sentence, grammar.allegations | grammar.refuses)
        or any(calls_untrue(report, *said, grammar) or denies_part(report, *said, grammar) for said in a.content)
    )
