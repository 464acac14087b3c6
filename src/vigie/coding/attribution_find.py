"""Finding who speaks in one sentence, by the words round a cue.

Speakers stand beside their cue: before the verb, after it where the order is turned round ("…, a indiqué X"),
after "selon", or after "par" in the passive. The rules work on words alone, so that they need no parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from vigie.coding.attribution_line import Line, entry_cue
from vigie.coding.attribution_names import Phrase, read_phrase
from vigie.language.pack import Match
from vigie.model.coded import Stance

Reference = Literal["he", "she", "they", "last", "subject"]
# A speaker may stand this many comma-bounded stretches before the verb ("X, chef de Y, interrogé par Z, a dit").
_MOST_STRETCHES = 5
_ACCORDING = ("selon", "d'après", "according", "per ")
_IRREGULAR_FR = frozenset(
    "soutenu maintenu répondu admis reconnu prévenu averti démenti poursuivi conclu cru craint prétendu renchéri réagi "
    "exclu promis prédit décrit".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as the words show it: the speaker's phrase, or how it refers back (`reference`).

    `segment` spans speaker and cue together; `cue` the cue alone; `after` whether what is said follows the
    segment. `citing`: the speaker is one that the sentence's other speaker passes on."""

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
    match: Match | None = None


def find_in_line(line: Line) -> list[Found]:
    """All attributions of one sentence, in text order."""
    found: list[Found] = []
    for first, last, match in line.cues:
        cue = entry_cue(match)
        if cue is None or cue.kind == "noun":
            continue
        if cue.kind == "report":
            # "Selon les informations de X": hearsay marks have a speaker when "de" follows.
            if match.text.lower().startswith(_ACCORDING) and line.low(last) in line.grammar.of:
                found.extend(_according(line, first, last + 1, match))
            continue
        if cue.kind == "according":
            found.extend(_according(line, first, last, match))
        else:
            found.extend(_verb(line, first, last, match, found))
    return sorted(found, key=lambda f: (f.segment, f.cue))


# ---------------------------------------------------------------------------------------------- according to


def _according(line: Line, first: int, last: int, match: Match) -> Iterator[Found]:
    g = line.grammar
    start = last
    lowered = match.text.lower()
    if "source" in lowered:
        # "de source policière": the noun is part of the cue.
        start = next(i for i in range(first, last) if "source" in line.low(i))
    elif match.entry.id in {"cite_par", "cited_by"} and not lowered.startswith(("rapport", "relat", "relay", "report")):
        return
    elif lowered.split()[0] in {"rapportés", "rapportées", "rapporté", "rapportée"} and last >= len(line.words):
        return
    while start < len(line.words) and (line.low(start) in {"même"}):
        start += 1
    low = line.low(start)
    for name, pronouns in (("he", g.he), ("she", g.she), ("they", g.they)):
        if (
            low in pronouns
            or low in {"him", "her", "them", "lui", "eux"}
            and low[:1] == {"he": "h", "she": "s", "they": "t"}[name]
        ):
            yield _found(line, None, name, (first, start + 1), match, False, True)  # type: ignore[arg-type]
            return
    if low in {"lui", "eux", "him", "them"}:
        yield _found(line, None, "they" if low in {"eux", "them"} else "he", (first, start + 1), match, False, True)
        return
    phrases = list(_phrases(line, start, len(line.words)))
    citing = match.entry.id in {"citant", "citing", "sur_la_foi_de"}
    for n, phrase in enumerate(phrases):
        if not _speaker(line, phrase, strict=True):
            continue
        begin = first if n == 0 else phrase.first
        yield replace(
            _found(line, phrase, None, (first, last), match, False, True),
            segment=(line.words[begin].start, line.words[phrase.last - 1].end),
            citing=citing,
        )


def _phrases(line: Line, start: int, stop: int) -> Iterator[Phrase]:
    """A noun phrase and those joined to it by "et", "and" or commas."""
    g = line.grammar
    previous: Phrase | None = None
    while start < stop:
        phrase = read_phrase(line, start, stop)
        if phrase is None:
            return
        if previous is not None and not phrase.plausible:
            return
        phrase = apposed_after(line, phrase)
        same_person = (
            previous is not None
            and line.language == "en"
            and phrase.person
            and not phrase.determiner
            and previous.head is not None
            and not previous.determiner
            and not previous.person
            and not previous.head.text.endswith("s")
        )
        if previous is not None and not same_person:
            yield previous
        previous = phrase
        at = phrase.last
        comma = line.low(at) == ","
        if line.low(at) in g.and_ or (comma and line.low(at + 1) in g.and_):
            at += 2 if comma else 1
        elif comma and _list_goes_on(line, at + 1, stop):
            at += 1
        else:
            break
        nxt = at
        if not (
            line.low(nxt) in g.determiners or (nxt < len(line.words) and line.words[nxt].cap) or nxt in line.functions
        ):
            break
        start = at
    if previous is not None:
        yield previous


def _list_goes_on(line: Line, i: int, stop: int) -> bool:
    """Whether after a comma another speaker of a list stands, with "et" after it."""
    phrase = read_phrase(line, i, stop)
    return phrase is not None and phrase.plausible and line.low(phrase.last) in line.grammar.and_


def _speaker(line: Line, phrase: Phrase, strict: bool) -> bool:
    """Whether a phrase can be a speaker; `strict` where nothing but the preposition says that somebody speaks."""
    g = line.grammar
    if phrase.determiner in g.none:
        return False
    if phrase.determiner in {"toutes", "tous", "all"} and phrase.head is not None and not phrase.proper:
        return False  # "toutes les sources": those who have spoken, not one more
    if phrase.document:
        return bool(phrase.determiner) or any(
            line.low(i) in g.document_of or line.low(i) == "'s"
            for i in range(phrase.first, min(phrase.last + 1, len(line.words)))
        )
    if (
        phrase.determiner in g.possessive
        and phrase.head is not None
        and not phrase.proper
        and "source" in phrase.head.text.lower()
    ):
        return False
    first = line.low(phrase.name)
    if not phrase.proper and first in g.not_speakers:
        return False
    if line.words[phrase.name].time and not phrase.proper:
        return False
    if phrase.plausible:
        return True
    # "une Canadienne", "un Palestinien": somebody by origin.
    return (
        not strict
        and phrase.determiner in g.indefinite
        and line.words[phrase.name].cap
        and phrase.name not in line.places
    )


# --------------------------------------------------------------------------------------------------- verbs


def _verb(line: Line, first: int, last: int, match: Match, found: list[Found]) -> Iterator[Found]:
    g = line.grammar
    cue = entry_cue(match)
    assert cue is not None
    lowered = match.text.lower()
    if _infinitive(line, first, lowered) or (line.words[first].cap and first > 0):
        return
    if line.low(first - 1) in g.reflexive and line.low(first) not in g.reflexive and line.language == "fr":
        return
    voice, begin = _voice(line, first, last, lowered)
    if voice == "none":
        return
    if voice == "passive":
        yield from _agent(line, first, last, match)
        return
    if cue.clause and voice != "inverted" and not _has_clause(line, begin, last):
        return
    pronoun = _inverted_pronoun(lowered) if line.language == "fr" else None
    if pronoun is not None:
        if pronoun != "one":
            yield _found(line, None, pronoun, (first, last), match, True, False)
        return
    if voice in {"participle", "conjoined"}:
        if cue.clause or found or voice == "participle":
            yield _found(line, None, "subject", (first, last), match, True, True)
        return
    k = _skip_left(line, begin - 1)
    b = k
    while b > 0 and not line.boundary(b - 1) and b - 1 not in line.cue_words:
        b -= 1
    b = min(b, k + 1) if k >= 0 else 0
    if k in line.cue_words and not line.boundary(k):
        return
    if k < 0 or line.boundary(k):
        yield from _no_near_subject(line, k, begin, last, match)
        return
    cut = next((i for i in range(k, b - 1, -1) if _opens_clause(line, i)), None)
    if cut == k:
        if line.low(k) in g.who:
            yield from _relative(line, k, (first, last), match, found)
        elif line.low(k) in g.that or line.low(k) == "comme":
            yield from _inverted(line, begin, last, match, anything=True)
        elif line.low(k) in g.and_ and found:
            yield _found(line, None, "subject", (first, last), match, True, True)
        elif line.low(k) in g.subordinate and not (k < begin - 1 and line.low(begin - 1) in g.determiners):
            yield _found(line, None, "subject", (first, last), match, True, True)
        return
    low = line.low(k)
    for name, pronouns in (("he", g.he), ("she", g.she), ("they", g.they)):
        if low in pronouns:
            yield _found(line, None, name, (first, last), match, True, True)  # type: ignore[arg-type]
            return
    if low in g.one or (not line.words[k].cap and (low in g.determiners or low in g.prepositions or low in g.of)):
        return
    region = b if cut is None else cut + 1
    phrases = _subject(line, region, k + 1)
    if not phrases and cut is not None and line.low(cut) in g.who:
        yield from _relative(line, cut, (first, last), match, found)
        return
    if not phrases and cut is not None and line.low(cut) in g.and_ and found:
        yield _found(line, None, "subject", (first, last), match, True, True)
        return
    for phrase in phrases:
        if _speaker(line, phrase, strict=False) and not _noun_reading(line, first, last, lowered, phrase):
            yield _found(line, _apposed_before(line, phrase), None, (first, last), match, True, True)


def _opens_clause(line: Line, i: int) -> bool:
    low = line.low(i)
    g = line.grammar
    if line.words[i].cap and i > 0:
        return False
    if low in g.and_:
        # "X et Y ont dit" joins speakers; "… et a dit" joins verbs: the joint counts only beside the verb.
        return False
    return low in g.relative or low in g.that or low in g.subordinate


def _infinitive(line: Line, first: int, lowered: str) -> bool:
    return line.language == "en" and line.low(first - 1) == "to" and not lowered.endswith("ed")


def _voice(line: Line, first: int, last: int, lowered: str) -> tuple[str, int]:
    """("active", "passive", "participle", "conjoined" or "none") and the index where the verb group begins."""
    g = line.grammar
    final = line.words[last - 1].text.lower()
    head = line.low(first)
    if line.language == "fr":
        if lowered.endswith(" par"):
            return "passive", first
        if head in g.auxiliaries or "-t-" in lowered or "-il" in lowered or "-elle" in lowered:
            return "active", first
        words = lowered.split()
        participle = words[0].endswith(("é", "ée", "és", "ées")) or words[0] in _IRREGULAR_FR
        if participle and not (words[0] in {"reconnu"}):
            return _participle_voice(line, first, last)
        if final.endswith("ant") and len(words) == 1:
            return ("active", first) if line.low(first - 1) == "en" else ("participle", first)
        return "active", first
    before = first - 1
    while (
        before >= 0
        and (line.low(before) in g.adverbs or line.low(before) in g.negation)
        and line.low(before) not in g.auxiliaries
    ):
        before -= 1
    if head in g.auxiliaries:
        return "active", first
    if lowered.split()[0].endswith("ing"):
        if line.low(before) in g.be:
            return "active", before
        # "…, saying that" has a subject; "a system of reporting" is a noun.
        free = (
            line.boundary(before)
            or line.low(before) in g.and_
            or line.low(before) in g.subordinate
            or line.low(before) == "by"
        )
        return ("participle" if free else "none"), first
    if line.low(before) in g.be and (
        lowered.split()[0].endswith("ed") or lowered in {"said", "told", "found", "shown", "thought"}
    ):
        return ("passive", before) if "quoted" not in lowered else ("active", before)
    if lowered.split()[0].endswith("ed") and line.low(last) in g.by:
        return "passive", first
    if lowered.endswith(" by") and "claimed" in lowered:
        return "passive", first
    if line.low(before) in g.auxiliaries:
        return "active", before
    return "active", first


def _participle_voice(line: Line, first: int, last: int) -> tuple[str, int]:
    g = line.grammar
    i, steps = first - 1, 0
    while i >= 0 and steps < 7 and not line.boundary(i):
        low = line.low(i)
        before = _adverbial_before(line, i)
        if before < i:
            i = before
            continue
        if low in g.auxiliaries:
            return "active", i
        if low in g.be or low.startswith("-t-") or low.startswith("-"):
            if low in g.be:
                return "passive", i
            i -= 1
            continue
        if low in g.adverbs or low in g.negation or low in g.clitics or low.endswith("ment") or line.words[i].time:
            i, steps = i - 1, steps + 1
            continue
        break
    for i in range(last, min(last + 6, len(line.words))):
        if line.low(i) in g.by and not _adverbial_at(line, i):
            return "passive", first
        if line.words[i].text in ",;:.()":
            break
    if line.low(first - 1) in g.and_ or line.low(_skip_left(line, first - 1)) in g.and_:
        return "conjoined", first
    return "none", first


def _agent(line: Line, first: int, last: int, match: Match) -> Iterator[Found]:
    """The one by whom, in the passive."""
    g = line.grammar
    if match.text.lower().endswith((" par", " by")):
        at = last
    else:
        i = last
        while i < min(last + 8, len(line.words)) and not (line.low(i) in g.by and not _adverbial_at(line, i)):
            i = max(i + 1, _adverbial_at(line, i))
        at = i + 1
        if line.low(i) not in g.by or any(line.words[j].text in ",;:.()" for j in range(last, i)):
            return
    for phrase in _phrases(line, at, len(line.words)):
        if _speaker(line, phrase, strict=True):
            yield _found(line, phrase, None, (first, last), match, True, False)


def _has_clause(line: Line, begin: int, last: int) -> bool:
    """Whether a clause or a quotation stands beside a verb that speaks only then."""
    for i in range(last, min(last + 7, len(line.words))):
        w = line.words[i]
        if w.low in line.grammar.that or w.text == ":":
            return True
        if w.mark and w.text in '«“"':
            return _long_quotation(line, w.start)
        if w.mark and w.text not in {"("}:
            break
    before = begin - 1
    while before >= 0 and line.words[before].text in {","}:
        before -= 1
    return before >= 0 and (line.words[before].quoted or line.words[before].text in '»”"')


def _long_quotation(line: Line, at: int) -> bool:
    """Whether the quotation that opens at an offset is a saying and not a name or a turn of phrase."""
    text = line.report.text
    return any(0 <= q.start - at <= 3 and len(text[q.start : q.end].split()) >= 4 for q in line.report.quotations)


def _inverted_pronoun(lowered: str) -> Reference | Literal["one"] | None:
    token = next((t for t in lowered.split() if "-" in t), "")
    if not token:
        return None
    last = token.rsplit("-", 1)[-1]
    return {"il": "he", "elle": "she", "ils": "they", "elles": "they", "on": "one"}.get(last)  # type: ignore[return-value]


def _adverbial_at(line: Line, i: int) -> int:
    """Index after an adverbial phrase of several words that begins at `i`, 0 where none does."""
    return next(
        (
            i + len(phrase)
            for phrase in line.grammar.adverbial_words
            if phrase[0] == line.low(i) and all(line.low(i + n) == word for n, word in enumerate(phrase))
        ),
        0,
    )


def _adverbial_before(line: Line, k: int) -> int:
    """Index of the word before an adverbial phrase that ends at `k`; `k` where none does."""
    for phrase in line.grammar.adverbial_words:
        first = k - len(phrase) + 1
        if phrase[-1] == line.low(k) and first >= 0 and all(line.low(first + n) == w for n, w in enumerate(phrase)):
            return first - 1
    return k


def _skip_left(line: Line, k: int) -> int:
    """Index of the first word to the left that is no clitic, negation, adverb or date."""
    g = line.grammar
    while k >= 0 and not line.boundary(k):
        w = line.words[k]
        adverb = w.low in g.adverbs or w.low.endswith("ment") and line.language == "fr" and not w.cap
        adverb = adverb or (w.low.endswith("ly") and line.language == "en" and not w.cap)
        if k in line.functions or any(f < k < e[0] for f, e in line.functions.items()):
            adverb = False
        before = _adverbial_before(line, k)
        if before < k:
            k = before
            continue
        if w.low in g.clitics or w.low in g.negation or (adverb and w.low not in g.determiners) or w.time:
            k -= 1
            continue
        if w.low in g.auxiliaries and line.language == "en":
            k -= 1
            continue
        if w.low in g.before_times and k + 1 < len(line.words) and line.words[k + 1].time:
            k -= 1
            continue
        break
    return k


def _subject(line: Line, b: int, stop: int) -> list[Phrase]:
    """The noun phrases of words `b`..`stop` that reach the verb: subject and those joined to it."""
    g = line.grammar
    best: list[Phrase] = []
    i = b
    while i < stop:
        low = line.low(i)
        w = line.words[i]
        skip = _adverbial_at(line, i)
        if skip:
            i = skip
            continue
        if (low in g.prepositions or (low in g.of and i > b) or low in g.adverbs or low in g.and_) and not w.cap:
            i += 1
            continue
        if w.time and not w.cap:
            i += 1
            continue
        phrases = list(_phrases(line, i, stop))
        if not phrases:
            i += 1
            continue
        end = phrases[-1].last
        after_preposition = i > b and (line.low(i - 1) in g.prepositions or line.low(i - 1) in g.of)
        reaches = _skip_left(line, stop - 1) < end
        if reaches and not after_preposition:
            return phrases
        if not after_preposition and not best and any(p.plausible for p in phrases):
            best = phrases
        elif reaches and after_preposition and not best and any(p.plausible for p in phrases):
            # "Dans un communiqué le ministère a dit" is rare without a comma; "jeudi à Paris le maire" likewise.
            best = phrases if line.low(i) in g.determiners and line.low(i - 1) not in g.of and i - 1 > b else best
        i = max(end, i + 1)
    return best


def _no_near_subject(line: Line, k: int, begin: int, last: int, match: Match) -> Iterator[Found]:
    """Nothing before the verb in its stretch: the speaker follows it, or stands before a parenthesis."""
    inverted = list(_inverted(line, begin, last, match, anything=_said_before(line, k)))
    if inverted:
        yield from inverted
        return
    phrase = _before_parenthesis(line, k)
    if phrase is not None:
        yield _found(line, phrase, None, _indices(line, match), match, True, True)
        return
    if k >= 0 and line.words[k].text in {",", "-", "–", "—"} and line.low(k + 1) in line.grammar.and_:
        yield _found(line, None, "subject", _indices(line, match), match, True, True)


def _said_before(line: Line, k: int) -> bool:
    """Whether what stands before the verb is a quotation or a whole clause: then the speaker may follow."""
    if k < 0:
        return False
    i = k
    while i >= 0 and line.words[i].mark and not line.words[i].quoted:
        if line.words[i].text in '»”"':
            return True
        i -= 1
    if i >= 0 and line.words[i].quoted:
        return True
    return i >= 5


def _inverted(line: Line, begin: int, last: int, match: Match, *, anything: bool) -> Iterator[Found]:
    """The speaker after the verb: "…, a indiqué jeudi à l'AFP une source proche du dossier"."""
    g = line.grammar
    cue = entry_cue(match)
    if not anything or cue is None:
        return
    i = last
    steps = 0
    while i < len(line.words) and steps < 14:
        w = line.words[i]
        skip = _adverbial_at(line, i)
        if skip:
            i, steps = skip, steps + 1
            continue
        if (
            w.low in {"à", "au", "aux", "to", "auprès", "dans", "sur", "lors", "in", "on", "via", "par", "en"}
            and not w.cap
            and not w.mark
        ):
            ahead = read_phrase(line, i + 1, len(line.words))
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
    for phrase in _phrases(line, i, len(line.words)):
        if _speaker(line, phrase, strict=False):
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
    phrase = _ending_at(line, end)
    if phrase is None and end > 0:
        phrase = _before_parenthesis(line, end)
    if found and (phrase is None or phrase.name in line.places):
        yield _found(line, None, "subject", cue, match, True, True)
        return
    if phrase is not None and _speaker(line, phrase, strict=False):
        yield _found(line, phrase, None, cue, match, True, True)


def _ending_at(line: Line, end: int) -> Phrase | None:
    """The longest phrase that ends before word `end`."""
    b = end
    while b > 0 and not line.boundary(b - 1) and end - b < 14:
        b -= 1
    for i in range(b, end):
        low = line.low(i)
        if (low in line.grammar.prepositions or low in line.grammar.of) and not line.words[i].cap:
            continue
        if i > b and not (
            low in line.grammar.determiners
            or line.low(i - 1) in line.grammar.prepositions
            or line.low(i - 1) in line.grammar.that
            or i in line.functions
            or line.words[i].cap
        ):
            continue
        phrase = read_phrase(line, i, end)
        if phrase is not None and phrase.last >= end and phrase.plausible:
            return _apposed_before(line, phrase)
    return None


def _before_parenthesis(line: Line, k: int) -> Phrase | None:
    """The subject before one or more stretches between commas or brackets: "X, gouverneur de la ville, a dit"."""
    stretches: list[tuple[int, int]] = []
    end = k
    while end > 0 and len(stretches) < _MOST_STRETCHES:
        while (
            end > 0 and line.words[end - 1].mark and not line.words[end - 1].quoted and line.words[end - 1].text != ":"
        ):
            end -= 1
        start = end
        while start > 0 and not (
            line.words[start - 1].mark and line.words[start - 1].text in {",", "(", ")", "–", "—", ":", ";"}
        ):
            start -= 1
        if start >= end:
            break
        if any(line.words[i].quoted for i in range(start, end)) and read_phrase(line, start, end) is None:
            break
        stretches.append((start, end))
        end = start
    if k > 0 and line.words[k].text == ",":
        pass
    second: Phrase | None = None
    for n, (start, stop) in enumerate(stretches):
        lead = start
        while (
            lead < stop
            and (
                line.low(lead) in line.grammar.adverbs
                or line.low(lead) in line.grammar.and_
                or line.low(lead) in line.grammar.subordinate
                or (line.low(lead) in line.grammar.of and not line.words[lead].cap)
            )
            and lead not in line.functions
        ):
            lead += 1
        if lead < stop and line.low(lead) in line.grammar.prepositions and not line.words[lead].cap:
            continue
        phrase = read_phrase(line, lead, stop) if lead < stop else None
        if phrase is None or not phrase.plausible or phrase.last < stop - 1:
            if phrase is not None and phrase.plausible and n == len(stretches) - 1 and second is None:
                return phrase if start == 0 or not phrase.document else None
            continue
        if second is None and start > 0 and line.words[start - 1].text == "(":
            continue  # the short form of the name before it
        if second is None:
            second = phrase
            if phrase.function is not None:
                return phrase
            continue
        joined = _join(line, phrase, second)
        return joined or phrase if joined or (phrase.person or phrase.head) else second
    return second if second is not None and (second.determiner or second.proper) else None


def _join(line: Line, left: Phrase, right: Phrase) -> Phrase | None:
    """A function and a name side by side, as one speaker: the name, with the function's noun."""
    if left.person and right.head is not None and not right.person:
        return replace(
            left, head=left.head or right.head, function=left.function or (right.first, right.last), last=right.last
        )
    if right.person and left.head is not None and not left.person:
        return replace(right, head=right.head or left.head, function=(left.first, left.last), first=left.first)
    own_name = (
        right.proper and not right.determiner and (right.head is None or getattr(right.head.entry, "case", False))
    ) or (getattr(right.body.entry if right.body else None, "named", False) and right.head is None)
    if (
        left.head is not None
        and own_name
        and left.function is None
        and not left.person
        and not getattr(left.head.entry, "case", False)
    ):
        # "l'agence de presse du groupe, Amaq, …"
        return replace(right, head=right.head or left.head, function=(left.first, left.last), first=left.first)
    return None


def apposed_after(line: Line, phrase: Phrase) -> Phrase:
    """The phrase with the name or function that follows it between commas."""
    if line.low(phrase.last) != ",":
        return phrase
    stop = phrase.last + 1
    while stop < len(line.words) and not line.boundary(stop):
        stop += 1
    right = read_phrase(line, phrase.last + 1, stop)
    if right is None or not right.plausible:
        return phrase
    if (right.person or right.proper) and right.last >= stop and right.function is None and not right.determiner:
        return _join(line, phrase, right) or phrase
    if phrase.person and right.head is not None and not right.person:
        return _join(line, phrase, right) or phrase
    return phrase


def _apposed_before(line: Line, phrase: Phrase) -> Phrase:
    """The phrase with the function that stands before it and a comma."""
    if not phrase.person or phrase.function is not None or line.low(phrase.first - 1) != ",":
        return phrase
    stop = phrase.first - 1
    start = stop
    while start > 0 and not line.boundary(start - 1):
        start -= 1
    while start < stop and not (
        line.low(start) in line.grammar.determiners or line.words[start].cap or start in line.functions
    ):
        start += 1
    left = read_phrase(line, start, stop) if start < stop else None
    if left is None or left.last < stop or left.head is None:
        return phrase
    return _join(line, left, phrase) or phrase


# English forms that are a past tense though they have no "-ed".
_PAST_EN = frozenset(
    "said told wrote found read put thought knew held spoke swore made gave took laid cast foresaw made".split()
)


def _noun_reading(line: Line, first: int, last: int, lowered: str, phrase: Phrase) -> bool:
    """Whether an English form that is also a noun ("a UN report", "the claims") is one here: a bare form has a
    plural subject when it is a verb, and neither is followed by "of", a verb "to be" or the sentence's end."""
    if line.language != "en" or last - first != 1 or lowered.endswith(("ed", "ing")) or lowered in _PAST_EN:
        return False
    following = line.words[last] if last < len(line.words) else None
    ends = following is None or following.mark or following.low in line.grammar.of or following.low in line.grammar.be
    if lowered.endswith("s"):
        return ends
    final = line.low(phrase.name_end - 1)
    plural = final.endswith("s") or final in {"police", "people", "media", "and"}
    return not plural or ends


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
    if verb and _negated(line, cue):
        stance = "no_information" if stance in {"asserts", "confirms"} else "asserts" if stance == "denies" else stance
    low, high = start, end
    if phrase is not None:
        low = min(low, line.words[phrase.first].start)
        high = max(high, line.words[phrase.last - 1].end)
        after = after if not verb else line.words[phrase.first].start < start
    return Found(line.sentence.index, phrase, reference, (start, end), (low, high), stance, verb, after, match=match)


def _negated(line: Line, cue: tuple[int, int]) -> bool:
    g = line.grammar
    around = [line.low(i) for i in range(max(0, cue[0] - 4), min(len(line.words), cue[1] + 1))]
    if line.language == "fr":
        return any(w in {"n'", "ne"} for w in around) and any(w in g.negation for w in around)
    return any(w in g.negation for w in around[: 4 + 1])
