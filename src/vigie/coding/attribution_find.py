"""Finding who speaks in one sentence, by the words round a cue.

Speakers stand beside their cue: before the verb, after it where the order is turned round ("…, a indiqué X"),
after "selon", or after "par" in the passive. The rules work on words alone, so that they need no parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from vigie.coding.attribution_clauses import (
    before_clause,
    clause_follows,
    in_parenthesis,
    name_after_outlet,
    opens_clause,
    said_before,
    where_they_say,
)
from vigie.coding.attribution_kinds import was_there
from vigie.coding.attribution_line import Line, entry_cue
from vigie.coding.attribution_names import Phrase, read_phrase
from vigie.coding.attribution_subject import (
    adverbial_at,
    apposed_after,
    apposed_before,
    before_parenthesis,
    can_speak,
    listed_before,
    named_before,
    phrase_ending_at,
    skip_left,
    speaker_phrases,
    subject_phrases,
)
from vigie.coding.attribution_voice import (
    PAST_EN,
    has_clause,
    infinitive,
    inverted_pronoun,
    long_quotation,
    negated_at,
    noun_reading,
    unclaimed,
    voice_of,
)
from vigie.language.pack import Match
from vigie.model.coded import Stance

Reference = Literal["he", "she", "they", "last", "subject"]
_ACCORDING = ("selon", "d'après", "according", "per ")
# "rapporté par la radio" makes the radio speak; "cité par la radio" does not.
_PASSED_ON = ("rapport", "relat", "relay", "report")


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as the words show it: the speaker's phrase, or how it refers back (`reference`).

    `segment` spans speaker and cue together; `cue` the cue alone; `after` whether what is said follows the
    segment. `citing`: the speaker is one that the sentence's other speaker passes on. `disowned`: with a negation."""

    sentence: int
    phrase: Phrase | None
    reference: Reference | None
    cue: tuple[int, int]
    segment: tuple[int, int]
    stance: Stance
    verb: bool
    after: bool
    citing: bool = False
    weak: bool = False
    disowned: bool = False
    match: Match | None = None


def speaks_by(match: Match) -> bool:
    """Whether a cue can have a speaker: hearsay has one only where somebody's information is named."""
    cue = entry_cue(match)
    return cue is not None and (cue.kind in {"verb", "according"} or match.text.lower().startswith(_ACCORDING))


def find_in_line(line: Line) -> list[Found]:
    """All attributions of one sentence, in text order."""
    found: list[Found] = []
    passing_on = {first for first, _, m in line.cues if (c := entry_cue(m)) is not None and c.kind == "according"}
    for first, last, match in line.cues:
        cue = entry_cue(match)
        if cue is None or (cue.kind == "verb" and first in passing_on):
            continue
        if cue.kind in {"report", "noun"}:
            # "Selon les informations de X": hearsay marks have a speaker when "de" follows.
            if match.text.lower().startswith(_ACCORDING) and line.low(last) in line.grammar.of:
                found.extend(_according(line, first, last + 1, match))
            continue
        if cue.kind == "according":
            found.extend(_according(line, first, last, match))
        else:
            heard = (_named(line, f) for f in _verb(line, first, last, match, found))
            found.extend(f for f in heard if not cue.seen or was_there(line, f.phrase, f.disowned))
    if not found:
        found.extend(_before_colon(line))
    owned = [
        f
        for f in found
        if not (f.stance == "claims_responsibility" and (f.disowned or unclaimed(line, f.segment[0], f.cue[1])))
    ]
    return sorted(owned, key=lambda f: (f.segment, f.cue))


def _before_colon(line: Line) -> Iterator[Found]:
    """Who is named with a colon before what he says, and nothing else but where he says it: « Le maire, sur Twitter :
    "Deux hommes ont tiré." »."""
    g = line.grammar
    colon = next((i for i, w in enumerate(line.words) if w.text == ":"), None)
    if not colon or not long_quotation(line, line.words[min(colon + 1, len(line.words) - 1)].start):
        return
    phrase = read_phrase(line, 0, colon)
    if phrase is None or not can_speak(line, phrase, strict=True) or not (phrase.person or phrase.head is not None):
        return
    phrase = apposed_after(line, phrase)
    rest = phrase.last + 1 if line.low(phrase.last) == "," else phrase.last
    if rest >= colon or line.low(rest) in g.prepositions or line.words[rest].text == "(":
        start, end = line.words[phrase.first].start, line.words[phrase.last - 1].end
        stop = line.words[colon].end
        yield Found(line.sentence.index, phrase, None, (end, stop), (start, stop), "asserts", True, True)


def _named(line: Line, found: Found) -> Found:
    """With its name where the speaker's phrase only says what it is."""
    if found.phrase is None or (name := named_before(line, found.phrase)) is found.phrase:
        return found
    start = min(found.segment[0], line.words[name.first].start)
    return replace(found, phrase=name, segment=(start, found.segment[1]))


def _according(line: Line, first: int, last: int, match: Match) -> Iterator[Found]:
    g = line.grammar
    start = last
    lowered = match.text.lower()
    if "source" in lowered:
        # "de source policière": the noun is part of the cue.
        start = next(i for i in range(first, last) if "source" in line.low(i))
        if line.low(first - 1) in g.pools:
            return  # "un réseau de sources"
    elif match.entry.id in {"cite_par", "cited_by"} and not lowered.startswith(_PASSED_ON):
        return  # "cité par la radio": the radio only asked
    pronoun = _pronoun(line, start, (g.him, g.her, g.them))
    if pronoun is not None and line.boundary(start + 1):
        yield _found(line, None, pronoun, (first, start + 1), match, False, True)
        return
    phrases = list(speaker_phrases(line, start, len(line.words)))
    citing = match.entry.id in {"citant", "citing", "sur_la_foi_de"}
    for n, phrase in enumerate(phrases):
        if not can_speak(line, phrase, strict=True):
            continue
        begin = first if n == 0 else phrase.first
        yield replace(
            _found(line, phrase, None, (first, last), match, False, True),
            segment=(line.words[begin].start, line.words[phrase.last - 1].end),
            citing=citing,
        )


def _verb(line: Line, first: int, last: int, match: Match, found: list[Found]) -> Iterator[Found]:
    g = line.grammar
    cue = entry_cue(match)
    if cue is None:
        return
    lowered = match.text.lower()
    if infinitive(line, first, lowered) or (line.words[first].cap and first > 0):
        return
    if line.low(first - 1) in g.reflexive and line.low(first) not in g.reflexive and line.language == "fr":
        return
    voice, begin = voice_of(line, first, last, lowered)
    if voice == "none":
        return
    if voice == "passive":
        if cue.passive or has_clause(line, begin, last):  # "drones lancés par la Russie": nobody speaks
            yield from _agent(line, first, last, match)
        return
    if cue.clause and voice != "inverted" and not has_clause(line, begin, last):
        return
    pronoun = inverted_pronoun(lowered) if line.language == "fr" else None
    if pronoun is not None:
        if pronoun != "one":
            yield _found(line, None, pronoun, (first, last), match, True, False)
        elif (house := where_they_say(line, last)) is not None:
            yield _found(line, house, None, (first, last), match, True, False)
        return
    if voice in {"participle", "conjoined"}:
        if cue.clause or found or voice == "participle":
            yield _found(line, None, "subject", (first, last), match, True, True)
        return
    k = skip_left(line, begin - 1)
    b = k
    while b > 0 and not line.boundary(b - 1) and b - 1 not in line.cue_words:
        b -= 1
    b = min(b, k + 1) if k >= 0 else 0
    if k in line.cue_words and not line.boundary(k):
        return
    if k < 0 or line.boundary(k):
        yield from _no_near_subject(line, k, begin, last, match)
        return
    cut = next((i for i in range(k, b - 1, -1) if opens_clause(line, i)), None)
    if cut == k:
        if line.low(k) in g.who:
            yield from _relative(line, k, (first, last), match, found)
        elif line.low(k) in g.that or line.low(k) == "comme":
            yield from _inverted(line, begin, last, match, anything=True)
        elif (line.low(k) in g.and_ and found) or (
            line.low(k) in g.subordinate and not (k < begin - 1 and line.low(begin - 1) in g.determiners)
        ):
            yield _found(line, None, "subject", (first, last), match, True, True)
        return
    low = line.low(k)
    subject = _pronoun(line, k, (g.he, g.she, g.they))
    if subject is not None:
        found_here = _found(line, None, subject, (first, last), match, True, True)
        yield replace(found_here, segment=(line.words[k].start, found_here.segment[1]))
        return
    if low in g.and_ and k > 0:
        # "X condemned the blast and said": the subject of the verb before.
        yield _found(line, None, "subject", (first, last), match, True, True)
        return
    if low in g.one or (not line.words[k].cap and (low in g.determiners or low in g.prepositions or low in g.of)):
        return
    region = b if cut is None else cut + 1
    phrases = subject_phrases(line, region, k + 1)
    own_verb = cut is not None and line.low(cut) in g.who and phrases and phrases[0].first > cut + 1
    antecedent = before_clause(line, cut) if cut is not None and own_verb else None
    if antecedent is not None:
        yield _found(line, antecedent, None, (first, last), match, True, True)
        return
    if not phrases and cut is None and b > 0 and b - 1 in line.cue_words:
        # "A source who asked not to be named said"
        who = next((i for i in range(b - 1, -1, -1) if line.low(i) in g.who or line.boundary(i)), None)
        antecedent = before_clause(line, who) if who is not None and line.low(who) in g.who else None
        if antecedent is not None:
            yield _found(line, antecedent, None, (first, last), match, True, True)
        return
    if not phrases and cut is not None and line.low(cut) in g.who:
        yield from _relative(line, cut, (first, last), match, found)
        return
    if not phrases and cut is not None and line.low(cut) in g.and_ and found:
        yield _found(line, None, "subject", (first, last), match, True, True)
        return
    if len(phrases) > 1 and cut is None:
        phrases = [*listed_before(line, phrases[0]), *phrases]
    if phrases and noun_reading(line, first, last, lowered, phrases[-1]):
        return
    for phrase in phrases:
        if can_speak(line, phrase, strict=False):
            yield _found(line, apposed_before(line, phrase), None, (first, last), match, True, True)


def _pronoun(line: Line, i: int, sets: tuple[frozenset[str], frozenset[str], frozenset[str]]) -> Reference | None:
    """Which pronoun stands at an index, of the sets for "he", "she" and "they"."""
    names: tuple[Reference, Reference, Reference] = ("he", "she", "they")
    return next((name for name, words in zip(names, sets, strict=True) if line.low(i) in words), None)


def _agent(line: Line, first: int, last: int, match: Match) -> Iterator[Found]:
    """The one by whom, in the passive."""
    g = line.grammar
    if match.text.lower().endswith((" par", " by")):
        at = last
    else:
        i = last
        while i < min(last + 8, len(line.words)) and not (line.low(i) in g.by and not adverbial_at(line, i)):
            i = max(i + 1, adverbial_at(line, i))
        at = i + 1
        if line.low(i) not in g.by or any(line.words[j].text in ",;:.()" for j in range(last, i)):
            return
    for phrase in speaker_phrases(line, at, len(line.words)):
        if can_speak(line, phrase, strict=True):
            yield _found(line, phrase, None, (first, last), match, True, False)


def _no_near_subject(line: Line, k: int, begin: int, last: int, match: Match) -> Iterator[Found]:
    """Nothing before the verb in its stretch: the speaker follows it, or stands before a parenthesis."""
    inverted = list(_inverted(line, begin, last, match, anything=said_before(line, k)))
    thrown_in = [] if inverted else _thrown_in(line, k, begin, last, match)
    if thrown_in:
        yield from thrown_in
        return
    final = match.text.lower().split()[-1]
    bare = (
        line.language == "en" and " " not in match.text and not final.endswith(("ed", "ing")) and final not in PAST_EN
    )
    if bare and not (k >= 0 and line.words[k].text in '»”",)'):
        return  # "…; reports describe …": a noun
    closed = k >= 0 and line.words[k].text == ")"
    turned = line.language == "fr" and any(
        f.phrase is not None and f.phrase.person and f.stance in {"asserts", "confirms"} for f in inverted
    )  # « Dix hommes, dont deux gardes, sont morts, a indiqué à l'agence Paul Roux »
    if (
        inverted
        and (turned or not in_parenthesis(line, k))
        and not (closed and before_parenthesis(line, k) is not None)
    ):
        yield from inverted
        return
    phrase = before_parenthesis(line, k)
    if phrase is not None:
        yield _found(line, phrase, None, _indices(line, match), match, True, True)
        return
    if k >= 0 and line.words[k].text in {",", "-", "–", "—"} and line.low(k + 1) in line.grammar.and_:
        yield _found(line, None, "subject", _indices(line, match), match, True, True)


def _thrown_in(line: Line, k: int, begin: int, last: int, match: Match) -> list[Found]:
    """Speakers told between two commas after the subject of what they say: « Les victimes, précise la police,
    rentraient chez elles »."""
    if not (k >= 1 and line.words[k].text == "," and not any(line.words[i].text == "," for i in range(k))):
        return []
    found = list(_inverted(line, begin, last, match, anything=True))
    ends = [f.phrase.last for f in found if f.phrase is not None]
    return found if ends and line.low(max(ends)) == "," else []


def _inverted(line: Line, begin: int, last: int, match: Match, *, anything: bool) -> Iterator[Found]:
    """The speaker after the verb: "…, a indiqué jeudi à l'AFP une source proche du dossier"."""
    g = line.grammar
    cue = entry_cue(match)
    if not anything or cue is None or (line.low(last) in g.of - g.determiners and not adverbial_at(line, last)):
        return  # "a fait état de morts": what is told of, not who tells it
    i = last
    steps = 0
    passed: Phrase | None = None
    while i < len(line.words) and steps < 14:
        w = line.words[i]
        skip = adverbial_at(line, i)
        if skip:
            i, steps = skip, steps + 1
            continue
        if (
            w.low in {"à", "au", "aux", "to", "auprès", "dans", "sur", "lors", "in", "on", "via", "par", "en"}
            and not w.cap
            and not w.mark
        ):
            if line.low(i + 1) in g.of:  # "auprès de l'AFP"
                i += 1
            ahead = read_phrase(line, i + 1, len(line.words))
            passed = name_after_outlet(line, ahead) if ahead is not None else None
            i = ahead.last if ahead is not None and ahead.last > i + 1 else i + 2
            steps += 1
            continue
        if w.time or w.low in g.adverbs or w.low in g.negation or w.low.endswith("ment"):
            if w.low in g.determiners and i + 1 < len(line.words) and not line.words[i + 1].time:
                break
            i, steps = i + 1, steps + 1
            continue
        if w.low == "le" and i + 1 < len(line.words) and line.words[i + 1].time:
            i, steps = i + 1, steps + 1
            continue
        if w.text == "," and steps:
            i += 1
            continue
        break
    if line.low(i) in g.that:
        return
    # "said in a statement X" keeps its order; a name right after a told person is the person told.
    if match.text.lower().split()[-1] in {"told", "tells", "informed", "accused", "blamed"}:
        return
    phrases = list(speaker_phrases(line, i, len(line.words)))
    if passed is not None:
        phrases = [apposed_after(line, passed)]
    if phrases and clause_follows(line, phrases[-1].last):
        return  # ", said an inquiry had been opened": the subject of what is said
    for phrase in phrases:
        if can_speak(line, phrase, strict=False):
            yield _found(line, phrase, None, _indices(line, match), match, True, False)


def _indices(line: Line, match: Match) -> tuple[int, int]:
    return next((a, b) for a, b, m in line.cues if m is match)


def _relative(line: Line, who: int, cue: tuple[int, int], match: Match, found: list[Found]) -> Iterator[Found]:
    """ "X, qui précise que": the speaker is what "qui" stands for."""
    end = who
    if found and line.words[who].start - found[-1].segment[1] <= 4 and found[-1].phrase is not None:
        # "…, a ajouté X, chef de Y pour Z, qui estime que"
        yield _found(line, None, "subject", cue, match, True, True)
        return
    if end > 0 and line.words[end - 1].text == ",":
        end -= 1
    phrase = phrase_ending_at(line, end)
    if phrase is None and end > 0:
        phrase = before_parenthesis(line, end)
    if found and (phrase is None or phrase.name in line.places):
        yield _found(line, None, "subject", cue, match, True, True)
        return
    if phrase is not None and can_speak(line, phrase, strict=False):
        yield _found(line, phrase, None, cue, match, True, True)


def _found(
    line: Line,
    phrase: Phrase | None,
    reference: Reference | None,
    cue: tuple[int, int],
    match: Match,
    verb: bool,
    after: bool,
) -> Found:
    entry = entry_cue(match)
    stance: Stance = entry.stance if entry else "asserts"
    start, end = line.words[cue[0]].start, line.words[min(cue[1], len(line.words)) - 1].end
    negated = verb and negated_at(line, cue)
    if negated:
        stance = "no_information" if stance in {"asserts", "confirms"} else "asserts" if stance == "denies" else stance
    low, high = start, end
    if phrase is not None:
        low = min(low, line.words[phrase.first].start)
        high = max(high, line.words[phrase.last - 1].end)
        after = after if not verb else line.words[phrase.first].start < start
    return Found(
        line.sentence.index,
        phrase,
        reference,
        (start, end),
        (low, high),
        stance,
        verb,
        after,
        disowned=negated,
        match=match,
    )
