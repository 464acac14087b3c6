"""The voice of a verb of speech: whether its speaker is the subject, the agent, or told elsewhere."""

from __future__ import annotations

from typing import Literal

from vigie.coding.attribution_line import Line
from vigie.coding.attribution_names import Phrase
from vigie.coding.attribution_subject import adverbial_at, adverbial_before, skip_left
from vigie.text.segments import Quotation

_IRREGULAR_FR = frozenset(
    "soutenu maintenu répondu admis reconnu prévenu averti démenti poursuivi conclu cru craint prétendu renchéri réagi "
    "exclu promis prédit décrit".split()
)

# Within so many characters of a claim the words stand by which it is nobody's.
_BESIDE = 18
# So many words at most are the subject of a clause that no "that" opens.
_SUBJECT = 7


def bare_clause(line: Line, last: int) -> bool:
    """In English, whether a clause without "that" follows: a subject of a few words and its verb ("assesses no
    civilians were hurt")."""
    g = line.grammar
    for i in range(last, min(last + _SUBJECT, len(line.words)) if line.language == "en" else last):
        w = line.words[i]
        if w.mark or w.low in g.relative | g.and_ | g.subordinate | g.prepositions - g.of:
            return False
        if w.low in g.be | g.auxiliaries and i > last:
            return True
    return False


def unclaimed(line: Line, start: int, end: int) -> bool:
    """Whether words beside a claim (offsets) say that nobody makes it ("No individual or group claimed it")."""
    found = line.report.matches_in(start - _BESIDE, end + _BESIDE, "modality")
    return any(getattr(m.entry, "mark", None) == "unclaimed" for m in found)


def infinitive(line: Line, first: int, lowered: str) -> bool:
    """Whether a form at word `first` is an English infinitive ("to say"): nobody speaks by it."""
    return line.language == "en" and line.low(first - 1) == "to" and not lowered.endswith("ed")


# Participles that behind a noun tell what it is held for, by whomever.
_HELD_TO = frozenset("said believed thought alleged reported suspected feared known understood presumed".split())
_KNOWN_AS = frozenset("identified described known named".split())


# What violence claims and no speaker does.
_TAKEN = frozenset({"lives", "life"})
_TAKEN_WITHIN = 7
# A quotation of so many words is a saying and no turn of phrase; a subject has at most so many.
_SAYING_WORDS, _SUBJECT_WORDS = 4, 8


def _to_boundary(line: Line, last: int) -> range:
    """The words behind a verb up to the next comma or stop."""
    end = next((i for i in range(last, len(line.words)) if line.boundary(i)), len(line.words))
    return range(last, min(end, last + _TAKEN_WITHIN))


def voice_of(line: Line, first: int, last: int, lowered: str) -> tuple[str, int]:
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
        if words[0].startswith("soutenu") and line.low(last) in g.by:
            return "none", first  # backed by, not said by
        participle = words[0].endswith(("é", "ée", "és", "ées")) or words[0] in _IRREGULAR_FR
        if participle and words[0] not in {"reconnu"}:
            return _participle_voice(line, first, last)
        if final.endswith("ant") and len(words) == 1:
            return "participle", first  # « en annonçant »: whoever else speaks or acts in the sentence
        return "active", first
    if "claim" in lowered and any(line.low(i) in _TAKEN for i in _to_boundary(line, last)):
        return "none", first  # "the war has claimed thousands of lives"
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
    if lowered == "suspected" and line.low(last) in g.of:
        return "none", first  # "men suspected of"
    if (lowered in _HELD_TO and line.low(last) == "to") or (lowered in _KNOWN_AS and line.low(last) == "as"):
        return "none", first  # "a man believed to be the gunman", "the man identified as": nobody speaks
    return "active", first


def _participle_voice(line: Line, first: int, last: int) -> tuple[str, int]:
    g = line.grammar
    i, steps = first - 1, 0
    while i >= 0 and steps < 7 and not line.boundary(i):
        low = line.low(i)
        before = adverbial_before(line, i)
        if before < i:
            i = before
            continue
        if low in g.auxiliaries:
            return "active", i
        if low in g.be or low.startswith(("-t-", "-")):
            if low in g.be:
                return "passive", i
            i -= 1
            continue
        if low in g.adverbs or low in g.negation or low in g.clitics or low.endswith("ment") or line.words[i].time:
            i, steps = i - 1, steps + 1
            continue
        break
    for i in range(last, min(last + 6, len(line.words))):
        if line.low(i) in g.by and not adverbial_at(line, i):
            return "passive", first
        if line.words[i].text in ",;:.()":
            break
    if line.low(first - 1) in g.and_ or line.low(skip_left(line, first - 1)) in g.and_:
        return "conjoined", first
    return "none", first


# English forms that are a past tense though they have no "-ed".
PAST_EN = frozenset(
    "said told wrote found saw heard read put thought knew held spoke swore made gave took laid cast foresaw".split()
)
# English bare forms that are verbs and no nouns: "Two men were shot, police say."
_BARE_VERBS = frozenset(
    "say tell allege believe admit deny confirm announce add insist argue warn think describe suggest maintain reveal "
    "acknowledge explain declare assert affirm concede contend conclude indicate inform recall write".split()
)
# Endings of forms that are no noun's plural ("denies", "testifies", "says", "tells").
_NEVER_NOUNS = ("ies", "says", "tells")


def noun_reading(line: Line, first: int, last: int, lowered: str, phrase: Phrase) -> bool:
    """Whether an English form that is also a noun ("a UN report", "the claims") is one here: a bare form has a
    plural subject when it is a verb, and neither is followed by "of", a verb "to be" or the sentence's end."""
    if line.language != "en" or last - first != 1 or lowered.endswith(("ed", "ing")) or lowered in PAST_EN:
        return False
    following = line.words[last] if last < len(line.words) else None
    ends = following is None or following.mark or following.low in line.grammar.of or following.low in line.grammar.be
    if lowered.endswith(_NEVER_NOUNS) or lowered in _BARE_VERBS:
        return False
    before = phrase.first - 1 if phrase.first else 0
    told_before = before > 0 and line.words[before].text in ',”"'
    if lowered.endswith("s"):
        return ends and not (told_before and phrase.proper)  # "…, the Karda Herald reports."
    end = phrase.name_end
    if phrase.head is not None and not phrase.person:
        # "Police in Karda say": the noun before what says where tells the number
        end = next((i for i in range(phrase.name, end) if line.words[i].end == phrase.head.end), end - 1) + 1
    final = line.low(end - 1)
    plural = final.endswith("s") or final in {"police", "people", "media", "and"}
    return not plural or (ends and not (told_before and not phrase.determiner))  # "…, residents report."


def negated_at(line: Line, cue: tuple[int, int]) -> bool:
    """Whether a negation stands about a cue; one that is part of the cue ("pleaded not guilty") does not count."""
    g = line.grammar
    if any(line.low(i) in g.negation for i in range(*cue)):
        return False
    around = [line.low(i) for i in range(max(0, cue[0] - 4), min(len(line.words), cue[1] + 1))]
    if line.language == "fr":
        if any(cue[0] >= k and line.low(cue[0] - k) in {"n'", "ne"} for k in (5, 6)):
            around.append("ne")  # "n'a cependant pas été revendiquée"
        return any(w in {"n'", "ne"} for w in around) and any(w in g.negation for w in around)
    return any(w in g.negation for w in around[: 4 + 1])


def inverted_pronoun(lowered: str) -> Literal["he", "she", "they", "one"] | None:
    """Which pronoun a French verb has behind it (« a-t-il dit »)."""
    token = next((t for t in lowered.split() if "-" in t), "")
    if not token:
        return None
    last = token.rsplit("-", 1)[-1]
    return {"il": "he", "elle": "she", "ils": "they", "elles": "they", "on": "one"}.get(last)  # type: ignore[return-value]


def has_clause(line: Line, begin: int, last: int) -> bool:
    """Whether a clause or a quotation stands beside a verb that speaks only then."""
    if line.low(last - 1) in line.grammar.that:
        return True  # "found that", « croit que »
    for i in range(last, min(last + 7, len(line.words))):
        w = line.words[i]
        if w.low in line.grammar.that or w.text == ":":
            return True
        if w.mark and w.text in '«“"':
            return long_quotation(line, w.start)
        if w.mark and w.text not in {"("}:
            break
    before = begin - 1
    while before >= 0 and line.words[before].text in {","}:
        before -= 1
    quoted = before >= 0 and (line.words[before].quoted or line.words[before].text in '»”"')
    return quoted or _quoted_before_subject(line, begin) or bare_clause(line, last)


def _quoted_before_subject(line: Line, begin: int) -> bool:
    """Whether a saying ends right before the subject of a verb: '"We were shot at," the officer insisted'."""
    i = begin - 1
    while i >= 0 and not line.words[i].mark and begin - i <= _SUBJECT_WORDS:
        i -= 1
    while i >= 0 and line.words[i].text == ",":
        i -= 1
    closing = i >= 0 and line.words[i].text in '»”"' and i < begin - 2
    return closing and any(0 <= line.words[i].start - q.end <= 2 for q in line.report.quotations if _saying(line, q))


def _saying(line: Line, quotation: Quotation) -> bool:
    return len(line.report.text[quotation.start : quotation.end].split()) >= _SAYING_WORDS


def long_quotation(line: Line, at: int) -> bool:
    """Whether the quotation that opens at an offset is a saying and not a name or a turn of phrase."""
    return any(0 <= q.start - at <= 3 and _saying(line, q) for q in line.report.quotations)
