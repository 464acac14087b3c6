"""Who says what, on what terms, and over which words of a report.

The speakers of one report are found sentence by sentence (attribution_find), named once over the whole report
(attribution_speakers), put on their terms (attribution_terms), and given the stretches they say
(attribution_content).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attribution_charged import charged_before, charged_by
from vigie.coding.attribution_content import Stretch, modality_of, mode_of, said_by
from vigie.coding.attribution_find import Found, find_in_line, speaks_by
from vigie.coding.attribution_line import Line, read_line
from vigie.coding.attribution_names import Phrase, read_phrase
from vigie.coding.attribution_persons import goes_by
from vigie.coding.attribution_relevance import says_any, speaks_of_violence
from vigie.coding.attribution_speakers import Cast, Speaker, author, content_words, without_document
from vigie.coding.attribution_subject import apposed_after
from vigie.coding.attribution_summary import stand_ins
from vigie.coding.attribution_terms import apply_terms
from vigie.coding.disowning import stance_of
from vigie.language.grammar import load_grammar
from vigie.language.schema import Body
from vigie.language.schema import Speaker as SpeakerEntry
from vigie.model import Quantity, Source, Span
from vigie.model.coded import Modality, Mode, SourceKind, Stance
from vigie.text.segments import Sentence

# What ends the sentence of a cue, so that a day behind it is not that of the speaking.
_ENDED = re.compile(r"[.!?\n]")
# Words of the evidence for a speaker; longer stretches are given as two spans, the name and the cue.
_EVIDENCE_WORDS = 12
# A pronoun that fits no speaker means a person named at the head of one of so many sentences before.
_LOOK_BACK = 5
# One who spoke so many sentences before is still meant by a bare "the diplomat".
_JUST_SPOKE = 5


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


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribution before its speaker has an id."""

    speaker: int
    found: Found
    content: tuple[Stretch, ...]
    span: tuple[int, int]


def find_attributions(report: AnnotatedReport) -> Attributed:
    """All speakers of a report to whom words about violence are attributed, and all their attributions.

    A speaker counts when something it says stands in a paragraph that speaks of violence (triggers, harm,
    weapons, actors of the pack), or claims an act; one who speaks only of other matters is left out. Measured
    on hand-coded reports: asking for such a word in the very words said loses a quarter of the speakers ("the
    suspect's wife was held") and keeps out hardly any wrong ones.
    """
    cast = Cast(english=report.pack.language == "en")
    said: list[_Said] = []
    lines: dict[int, Line] = {}
    last_spoken = -2
    for sentence in report.sentences:
        if sentence.title or sentence.end <= report.body:
            continue
        founds = _in_sentence(report, sentence, lines)
        if not founds:
            if said and _goes_on(report, sentence, last_spoken):
                latest = said[-1]
                said[-1] = replace(latest, content=(*latest.content, (sentence.start, sentence.end)))
                last_spoken = sentence.index
            continue
        line = lines[sentence.index]
        spoken: list[int] = []
        for found, content in zip(founds, said_by(report, founds), strict=True):
            index, span = _who(report, cast, line, found, spoken, lines, founds)
            if index is None:
                continue
            if found.citing and spoken and spoken[-1] != index:
                cast.speakers[index].via = spoken[-1]
            passed_on = bool(spoken) and not found.verb and cast.speakers[index].kind in {"media", "other"}
            spoken.append(index)
            cast.last = cast.last if passed_on else index  # "…, said Roux, confirming a report by the Herald"
            if found.stance == "accuses":
                cast.charged = charged_by(line, found) or cast.charged
            said.append(_Said(index, found, content, span))
            last_spoken = sentence.index
    apply_terms(report, cast.speakers)
    sentences: dict[int, list[int]] = {}
    for s in said:
        sentences.setdefault(s.speaker, []).append(s.found.sentence)
    stands_for = stand_ins(report, cast.speakers, sentences)
    said = [replace(s, speaker=stands_for.get(s.speaker, s.speaker)) for s in said]
    return _finish(report, cast, said)


def _in_sentence(report: AnnotatedReport, sentence: Sentence, lines: dict[int, Line]) -> list[Found]:
    """The attributions of one sentence; a sentence without a cue costs next to nothing."""
    cues = report.matches_in(sentence.start, sentence.end, "cues")
    if not any(speaks_by(m) for m in cues) and not _quoted_behind_colon(report, sentence):
        return []
    line = lines[sentence.index] = read_line(report, sentence)
    return find_in_line(line)


def _quoted_behind_colon(report: AnnotatedReport, sentence: Sentence) -> bool:
    """Whether a quotation stands behind a colon in a sentence: whoever is named before it may be who says it."""
    colon = report.text.find(":", sentence.start, sentence.end)
    return colon > sentence.start and any(colon < q.start <= colon + 4 for q in report.quotations)


def _goes_on(report: AnnotatedReport, sentence: Sentence, last_spoken: int) -> bool:
    """Whether a sentence without a cue lies in quotation marks right after a speaker's words."""
    if sentence.index != last_spoken + 1:
        return False
    return any(q.start <= sentence.start + 2 and q.end >= sentence.end - 3 for q in report.quotations)


def _who(
    report: AnnotatedReport,
    cast: Cast,
    line: Line,
    found: Found,
    spoken: Sequence[int],
    lines: dict[int, Line],
    founds: Sequence[Found],
) -> tuple[int | None, tuple[int, int]]:
    """Index of the speaker of one attribution and the offsets of the words that name it there."""
    phrase = found.phrase
    if phrase is not None:
        span = (line.words[phrase.first].start, line.words[phrase.last - 1].end)
        if _points_back(report, line, phrase) and not _of_another_body(report, cast, line, phrase):
            charged = charged_before(report, line, span[0], found, founds, cast.charged)
            if charged is not None:
                return cast.add(*charged, found), span
            index = cast.refer("last", spoken)
            if index is not None:
                return index, span
        if _speaks_for_last(cast, line, phrase):
            return cast.last, span
        goes_on = _goes_on_as(report, cast, line, phrase, found)
        if goes_on is not None:
            return goes_on, span
        if phrase.document or _owned_document(line, phrase):
            maker = author(line, phrase)
            if maker is not None:
                phrase = maker
            elif phrase.document:
                definite = phrase.determiner in line.grammar.definite | line.grammar.demonstrative
                definite = definite and not line.low(phrase.name_end - 1).endswith("s")
                return (cast.refer("last", spoken) if definite else None), span
        phrase = _called(line, without_document(line, phrase))
        named = _named_elsewhere(report, line, phrase)
        if named is not None:
            return cast.add(*named, found), span
        return cast.add(line, phrase, found), span
    span = found.cue
    if found.reference == "subject":
        index = cast.refer("subject", spoken)
        if index is None:
            opener = _subject_of(line)
            # "Confirming the toll, …": the verb that opens the sentence is nobody's name.
            own = opener is not None and line.words[opener[1]].start >= found.cue[0]
            if opener is not None and opener[0].plausible and not own:
                return cast.add(line, opener[0], found), span
        return index, span
    charged = charged_before(report, line, found.segment[0], found, founds, cast.charged)
    if charged is not None:
        return cast.add(*charged, found), span
    antecedent = _antecedent(report, line, found, lines) if found.reference != "last" else None
    if antecedent is not None:
        before, phrase = antecedent
        return cast.add(before, phrase, found), span
    index = cast.refer(found.reference or "last", spoken)
    if index is None and found.reference in {"he", "she"}:
        person = _last_person(report, line, lines)
        if person is not None:
            return cast.add(*person, found), span
    if index is not None:
        speaker = cast.speakers[index]
        speaker.cited.append(found)
        if speaker.female is None and found.reference in {"he", "she"}:
            speaker.female = found.reference == "she"
    return index, span


def _called(line: Line, phrase: Phrase) -> Phrase:
    """An unnamed person with the name he goes by ("who gave his name only as Omar")."""
    if phrase.person or phrase.proper or phrase.head is None or getattr(phrase.head.entry, "body", False):
        return phrase
    name = goes_by(line, phrase.last)
    if name is None:
        return phrase
    function = (phrase.name, phrase.name_end)
    return replace(phrase, name=name[0], name_end=name[1], person=True, proper=True, function=function)


def _speaks_for_last(cast: Cast, line: Line, phrase: Phrase) -> bool:
    """ "son porte-parole", "its spokesman", without a name: the body that spoke last speaks."""
    if cast.last is None or phrase.person or phrase.determiner not in line.grammar.possessive or phrase.head is None:
        return False
    body = cast.speakers[cast.last]
    if phrase.head.entry.id not in {"porte_parole", "spokesman"} or body.person:
        return False
    return body.thing or body.terms == "named" or body.kind == "armed_group"


def _goes_on_as(report: AnnotatedReport, cast: Cast, line: Line, phrase: Phrase, found: Found) -> int | None:
    """The person who has just spoken, by another word for what he is: "a ajouté le diplomate"."""
    if cast.last is None or phrase.person or phrase.head is None or phrase.determiner not in line.grammar.definite:
        return None
    speaker = cast.speakers[cast.last]
    plural = line.low(phrase.name).endswith("s") or bool(getattr(phrase.head.entry, "body", False))
    if plural or not speaker.person:
        return None
    # « a précisé le magistrat »: a word for what he is that says no more than that
    bare = phrase.name_end - phrase.name == 1 and line.low(phrase.name) in line.grammar.anaphoric
    just = bool(speaker.cited) and line.sentence.index - speaker.cited[-1].sentence <= _JUST_SPOKE
    if not (bare and just) and not says_any(report.text, *found.cue, line.grammar.goes_on):
        return None
    return cast.last if cast.known(line, phrase) is None else None


def _owned_document(line: Line, phrase: Phrase) -> bool:
    """Whether a phrase is somebody's paper or words ("Roy's statement")."""
    owner = next((i for i in range(phrase.first, phrase.last) if line.low(i) == "'s"), phrase.last)
    return any(line.low(i) in line.grammar.documents for i in range(owner, phrase.last))


def _last_person(report: AnnotatedReport, line: Line, lines: dict[int, Line]) -> tuple[Line, Phrase] | None:
    """The person whose name opens the nearest of the sentences before."""
    for index in range(line.sentence.index - 1, max(-1, line.sentence.index - 1 - _LOOK_BACK), -1):
        before = lines.get(index) or read_line(report, report.sentences[index])
        opener = _subject_of(before)
        if opener is not None and opener[0].person:
            return before, opener[0]
    return None


def _named_elsewhere(report: AnnotatedReport, line: Line, phrase: Phrase) -> tuple[Line, Phrase] | None:
    """The person who holds a function that is named alone here ("The Foreign Secretary said"), where an earlier
    sentence gives function and name together."""
    head = phrase.head
    if (
        head is None
        or phrase.person
        or phrase.determiner not in line.grammar.definite
        or phrase.name_end - phrase.name > 4
    ):
        return None
    folded = report.normal.folded
    wanted = folded[line.words[phrase.name].start : line.words[phrase.name_end - 1].end]
    at = folded.find(wanted)
    while 0 <= at < line.sentence.start:
        sentence = report.sentence_at(at)
        if sentence is not None and not sentence.title:
            before = read_line(report, sentence)
            i = next((n for n, w in enumerate(before.words) if w.start == at), None)
            named = read_phrase(before, i, len(before.words)) if i is not None else None
            named = apposed_after(before, named) if named is not None else None
            if named is not None and named.person and named.function is not None:
                return before, named
        at = folded.find(wanted, at + 1)
    return None


def _points_back(report: AnnotatedReport, line: Line, phrase: Phrase) -> bool:
    """ "ce dernier", "cette ONG", "la même source", "the group": words for whoever spoke last."""
    words = report.text[line.words[phrase.first].start : line.words[phrase.last - 1].end].lower()
    if phrase.person or phrase.function is not None:
        return False
    if words in line.grammar.last_named:
        return True
    return phrase.determiner in line.grammar.demonstrative and not phrase.proper


def _of_another_body(report: AnnotatedReport, cast: Cast, line: Line, phrase: Phrase) -> bool:
    """ "The ministry" behind words of somebody who is of none: it is the one that speaks."""
    if cast.last is None or phrase.head is None or phrase.determiner not in line.grammar.definite:
        return False
    last, entry = cast.speakers[cast.last], phrase.head.entry
    institution = isinstance(entry, SpeakerEntry) and entry.body and entry.kind == "government"
    same = line.low(phrase.name) in report.text[slice(*last.whole)].lower() or last.head in line.grammar.institutions
    return institution and last.terms == "role" and not same


def _subject_of(line: Line) -> tuple[Phrase, int] | None:
    """The noun phrase that opens a sentence."""
    i = 0
    while i < len(line.words) and (
        line.words[i].mark
        or line.low(i) in line.grammar.adverbs
        or line.low(i) in line.grammar.subordinate
        or (line.words[i].time and not line.words[i].cap)
    ):
        i += 1
    phrase = read_phrase(line, i, _opener_end(line, i)) if i < len(line.words) else None
    return (apposed_after(line, phrase), i) if phrase is not None else None


def _opener_end(line: Line, i: int) -> int:
    """In English, where the noun phrase that opens a sentence ends at the latest: at the first small word after
    a capital or a noun of function (the verb comes next)."""
    if line.language != "en":
        return len(line.words)
    seen = False
    k = i
    while k < len(line.words):
        jump = max((t[k][0] for t in (line.functions, line.bodies) if k in t), default=k)
        if jump > k:
            seen, k = True, jump
            continue
        w = line.words[k]
        small = (
            not w.cap
            and not w.mark
            and w.text != "-"
            and line.low(k - 1) != "-"
            and w.low not in line.grammar.of | line.grammar.determiners | line.grammar.particles
        )
        if seen and small:
            return k
        seen = seen or w.cap
        k += 1
    return k


def _antecedent(
    report: AnnotatedReport, line: Line, found: Found, lines: dict[int, Line]
) -> tuple[Line, Phrase] | None:
    """The person that opens the sentence before a pronoun, where it has not spoken yet ("X est venu. Il a dit")."""
    index = line.sentence.index - 1
    if index < 0 or report.sentences[index].paragraph != line.sentence.paragraph or found.reference == "they":
        return None
    before = lines.get(index)
    if before is not None:
        return None  # it has a speaker of its own
    before = read_line(report, report.sentences[index])
    opener = _subject_of(before)
    if opener is None:
        return None
    phrase = opener[0]
    wrong = {"he": {"une", "la", "cette"}, "she": {"un", "le", "ce"}}.get(found.reference or "", set())
    of = next((w.start for w in before.words[phrase.name : phrase.last] if w.low in before.grammar.of), phrase.last)
    own = phrase.head is not None and (of == phrase.last or phrase.head.start < of)
    several = not phrase.person and before.low(phrase.name_end - 1).endswith("s")  # "The rebels fled. He said"
    if not (phrase.person or own) or phrase.determiner in wrong or several:
        return None
    return before, phrase


def _finish(report: AnnotatedReport, cast: Cast, said: Sequence[_Said]) -> Attributed:
    """Sources with ids and evidence, for the speakers that speak of violence."""
    speaking = {
        s.speaker
        for s in said
        if speaks_of_violence(report, s.found, s.content, cast.speakers[s.speaker].kind, cast.speakers[s.speaker].terms)
    }
    outlet = content_words(report.report.outlet or "")
    speaking = {i for i in speaking if not outlet or cast.speakers[i].words != outlet}
    speaking |= {via for i in speaking if (via := cast.speakers[i].via) is not None}
    order = sorted(speaking, key=lambda i: (cast.speakers[i].span, i))
    ids = {index: f"s{number}" for number, index in enumerate(order, 1)}
    sources = tuple(_source(report, cast.speakers[i], ids, i, said) for i in order)
    kinds = [s.kind for s in cast.speakers]
    attributions = tuple(_attribution(report, s, ids[s.speaker], kinds[s.speaker]) for s in said if s.speaker in ids)
    return Attributed(sources, attributions)


def _source(
    report: AnnotatedReport, speaker: Speaker, ids: dict[int, str], index: int, said: Sequence[_Said]
) -> Source:
    own = [s for s in said if s.speaker == index]
    first = next((s for s in own if s.span[0] <= speaker.span[0] < s.span[1]), own[0])
    reason = report.normal.span(*speaker.reason).quote if speaker.reason else None
    return Source(
        id=ids[index],
        name=report.normal.span(*speaker.span).quote,
        terms=speaker.terms,
        kind=speaker.kind,
        evidence=tuple(_evidence(report, speaker.span, first)),
        reason=reason,
        country=speaker.country or _nationality(report, speaker),
        count=_count(report, speaker),
        via=ids.get(speaker.via) if speaker.via is not None else None,
    )


def _nationality(report: AnnotatedReport, speaker: Speaker) -> str | None:
    """The country that a speaker's name or function gives by an adjective ("source sécuritaire irakienne"), or that of
    the body it names ("Pentagon")."""
    start, end = speaker.whole
    named = next((country for a, b, country in report.demonyms if start <= a and b <= end), None)
    bodies = (m.entry for m in report.matches_in(start, end, "actors"))
    return named or next((e.country for e in bodies if isinstance(e, Body) and e.named and e.country), None)


def _evidence(report: AnnotatedReport, name: tuple[int, int], said: _Said) -> Iterable[Span]:
    """The name and the cue in one span where they stand close, else each in its own."""
    cue = said.found.cue
    start, end = min(said.span[0], cue[0]), max(said.span[1], cue[1])
    if len(report.text[start:end].split()) <= _EVIDENCE_WORDS:
        yield report.normal.span(start, end)
    else:
        yield report.normal.span(*name)
        yield report.normal.span(*cue)
    if not start <= name[0] < end:
        yield report.normal.span(*name)


def _count(report: AnnotatedReport, speaker: Speaker) -> Quantity | None:
    """The number of speakers where it is told ("deux sources")."""
    for mention in report.quantities:
        beside = report.text[mention.end : speaker.span[0]] == " " if mention.end < speaker.span[0] else False
        if beside and mention.unit == "count":
            return mention.quantity
    return None


def _attribution(report: AnnotatedReport, said: _Said, source: str, kind: SourceKind) -> Attribution:
    grammar = load_grammar(report.pack.language)
    stance = stance_of(report, said.found.stance, said.found.cue[1], said.content, kind, grammar)
    return Attribution(
        source=source,
        sentence=said.found.sentence,
        source_span=said.span,
        cue_span=said.found.cue,
        content=said.content,
        stance=stance,
        modality=modality_of(report, said.content),
        mode=mode_of(report, said.content),
        said=_said_on(report, said),
    )


def _said_on(report: AnnotatedReport, said: _Said) -> tuple[int, int] | None:
    """A date that stands right after the cue or between speaker and cue: the day of the speaking."""
    start = min(said.found.segment[0], said.found.cue[0])
    end = max(said.found.segment[1], said.found.cue[1])
    for date in report.dates:
        gap = date.start - said.found.cue[1]
        beside = said.found.verb and 0 <= gap <= 4 and not _ENDED.search(report.text, said.found.cue[1], date.start)
        if (start <= date.start and date.end <= end and not _within(date.start, said.span)) or beside:
            return date.start, date.end
    return None


def _within(offset: int, span: tuple[int, int]) -> bool:
    return span[0] <= offset < span[1]
