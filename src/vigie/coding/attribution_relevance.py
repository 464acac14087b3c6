"""Which attributions tell of violence, and which only react to it, keep silent, or speak of other matters."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport, mentions_any
from vigie.coding.attribution_content import Stretch
from vigie.coding.attribution_find import Found
from vigie.coding.attribution_words import load_speech_words
from vigie.coding.disowning import stance_of
from vigie.language.grammar import load_grammar
from vigie.model.coded import SourceKind, Terms

# Pack files whose words show that a paragraph speaks of violence, and those that do so of a saying itself.
_VIOLENCE = ("triggers", "harm", "weapons", "actors")
TELLING = ("triggers", "harm", "weapons")
# Kinds of speaker who mostly speak as those who saw, did, treated or investigate it.
CLOSE: frozenset[SourceKind] = frozenset({"police", "medical", "witness", "military", "armed_group", "media"})

# A denial of so few words denies what was told before it, within so many sentences.
_BARE_WORDS, _ANSWERED = 2, 3


def speaks_of_violence(
    report: AnnotatedReport, found: Found, content: Sequence[Stretch], kind: SourceKind, terms: Terms
) -> bool:
    """Whether an attribution counts its speaker among those of the report.

    It does when it claims an act, or when its very words tell of violence. Words of reaction alone (condolences,
    solidarity, calls for unity) and refusals to comment do not. Other words count by what they stand beside: any
    violence in the paragraph for those close to the events (police, doctors, witnesses, the parties), some in the
    sentence or the next ones for officials and others. All count where the pack has no words of violence.
    """
    own = report.sentences[found.sentence]
    if found.stance == "claims_responsibility" and mentions_any(
        report.normal.folded, own, load_grammar(report.pack.language).most
    ):
        return False  # "have claimed most of the attacks in the region": of none in particular
    if found.stance == "claims_responsibility" or not any(report.pack.entries.get(name) for name in _VIOLENCE):
        return True
    words = load_speech_words(report.pack.language)
    if found.stance == "no_information" and says_any(report.text, *found.cue, words.silence):
        return False
    if any(report.matches_in(start, end, *TELLING) for start, end in content):
        return True
    if _answers(report, found, content, kind):
        return True
    stretches = [*content, found.segment]
    if any(says_any(report.text, start, end, words.reaction) for start, end in stretches):
        return False
    first = last = own.index
    reach = len(report.sentences) if kind in CLOSE or terms == "anonymous" else 2
    while first > 0 and own.index - first < reach and report.sentences[first - 1].paragraph == own.paragraph:
        first -= 1
    while (
        last + 1 < len(report.sentences)
        and last - own.index < reach
        and report.sentences[last + 1].paragraph == own.paragraph
    ):
        last += 1
    files = _VIOLENCE if reach > 1 else TELLING
    return bool(report.matches_in(report.sentences[first].start, report.sentences[last].end, *files)) or any(
        report.matches_in(start, end, *_VIOLENCE) for start, end in content
    )


def _answers(report: AnnotatedReport, found: Found, content: Sequence[Stretch], kind: SourceKind) -> bool:
    """Whether somebody answers an account of violence in the sentences before him, in whatever paragraph: denies that
    and nothing else ("Damascus denies it."), or what somebody was charged with, or calls it untrue."""
    own = report.sentences[found.sentence]
    first = max(0, own.index - _ANSWERED)
    if not report.matches_in(report.sentences[first].start, own.start, *TELLING):
        return False
    grammar = load_grammar(report.pack.language)
    if found.stance != "denies":
        return stance_of(report, found.stance, found.cue[1], content, kind, grammar) == "denies"
    rest = report.normal.folded[max(found.cue[1], found.segment[1]) : own.end].strip(' .»”"')
    return len(rest.split()) <= _BARE_WORDS or mentions_any(
        report.normal.folded, own, grammar.allegations | grammar.disowns | grammar.refuses
    )


def says_any(text: str, start: int, end: int, phrases: frozenset[str]) -> bool:
    """Whether one of some phrases stands in a stretch of the text, at the beginning of a word."""
    stretch = f" {text[start:end].lower()}"
    return any(at >= 0 and not stretch[at - 1].isalnum() for phrase in phrases for at in (stretch.find(phrase, 1),))
