"""The voice of a verb of speech: whether its speaker is the subject, the agent, or told elsewhere."""

from __future__ import annotations

from vigie.coding.attribution_line import Line
from vigie.coding.attribution_subject import adverbial_at, adverbial_before, skip_left

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
    if lowered == "suspected" and line.low(last) in g.of:
        return "none", first  # "men suspected of"
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
