"""Persons' names in a noun phrase: behind a function, a rank, or at its end."""

from __future__ import annotations

from vigie.coding.attribution_line import Line, entry_speaker
from vigie.coding.attribution_words import is_nationality
from vigie.language.pack import Match

# The name that an unnamed speaker goes by stands within so many words.
_NAME_WITHIN = 14


def rank_at(line: Line, j: int, end: int) -> int:
    """Where the rank begins before which a force or a department is named ("Karda Fire Department Capt. Paul Roux"),
    `j` where none is."""
    g = line.grammar
    for k in range(j + 1, end - 1):
        if line.low(k) in g.honorifics and line.words[k].cap and line.words[k - 1].cap and all_proper(line, k, end):
            return k
    return j


def before_of(line: Line, after: int, end: int) -> int:
    """In English, where the "of" that follows a person's name stands ("Prince Ali of Jordan")."""
    if line.language != "en":
        return end
    for k in range(after + 1, end):
        if line.low(k) in line.grammar.of and line.words[k - 1].cap and k - 1 not in line.functions:
            return k if line.low(after) not in line.grammar.of else end
    return end


def first_of(line: Line, j: int, end: int) -> int | None:
    return next((k for k in range(j, end) if line.low(k) in line.grammar.of), None)


def known_words(line: Line, start: int, end: int) -> bool:
    """Whether a place or a body stands in the words: then they are no person's name."""
    return any(
        k < end and after > start
        for table in (line.places, line.bodies, line.functions)
        for k, (after, *_) in table.items()
    )


def trailing_name(line: Line, j: int, end: int) -> int | None:
    """Where the two or more capitals begin that end a phrase opened by small words ("ancien gérant Paul Roux")."""
    k = end
    while k > j and (line.words[k - 1].cap or line.low(k - 1) in line.grammar.particles - line.grammar.of):
        k -= 1
    if (
        end - k < 2
        or k == j
        or not line.words[k].cap
        or line.low(k - 1) in line.grammar.of | line.grammar.prepositions | line.grammar.determiners
    ):
        return None
    if line.low(end - 1) in line.grammar.institutions or all(
        line.low(i) in line.grammar.determiners for i in range(j, k)
    ):
        return None
    if any(line.words[i].text.isupper() and len(line.words[i].text) > 2 for i in range(k, end)):
        return None
    return None if known_words(line, k, end) or line.words[k - 1].mark else k


def name_after(line: Line, j: int, k: int, after: int, end: int, match: Match) -> tuple[int, bool] | None:
    """Where the proper name that follows a function begins ("président Paul Roux", "chaîne NTV"), and whether
    it is a person's."""
    g = line.grammar
    speaker = entry_speaker(match)
    if speaker is None or speaker.case or after >= end:
        return None
    start = after
    complement = False
    if (speaker.body or speaker.kind == "armed_group") and k > j and line.words[k - 1].cap:
        return None  # "SOS Médias Burundi": the noun is inside the name
    while not speaker.body and start < end and is_nationality(line.low(start), line.language):
        start += 1
    if line.low(start) in g.of and not speaker.body:
        # "maire de Nantes Jean Roux", « ministre malien de l'Intérieur Jean Roux »: the name is what follows.
        behind = _complement(line, start + 1, end)
        if behind is None:
            return None
        start = behind
        complement = True
    elif line.low(start) in g.of:
        return None
    while start < end and not line.words[start].cap:
        if line.low(start) in g.of or line.low(start) in g.prepositions:
            return None
        start += 1
    if start >= end or (complement and start >= end):
        return None
    while start < end - 1 and line.low(start) in g.honorifics:
        start += 1
    person = not speaker.body and speaker.kind not in {"media", "armed_group"} and speaker.terms != "anonymous"
    if speaker.terms == "anonymous":
        return None
    if person and (start in line.places and line.places[start][0] == end and line.language == "fr"):
        return None
    if person and (not all_proper(line, start, end) or line.low(end - 1) in g.institutions):
        return None
    if speaker.body and speaker.kind not in {"media"} and line.language == "en":
        return None  # "police Superintendent …" is told by the later noun; "ministry X" is rare
    if speaker.body and speaker.kind != "media" and line.language == "fr" and start != after:
        return None
    return start, person


def _complement(line: Line, start: int, end: int) -> int | None:
    """Index after what a function is of: a place, a portfolio, a force or authority, a body by its short name."""
    g = line.grammar
    while start < end and line.low(start) in g.determiners:
        start += 1
    if start in line.places:
        return line.places[start][0]
    if line.low(start) in g.portfolios:
        return start + 1
    known = line.functions.get(start) or line.bodies.get(start)
    if known is not None and _is_authority(known[1]):
        after = known[0]  # "Superintendent of Police Paul Roux"
    elif start < end and line.words[start].text.isupper() and len(line.words[start].text) > 1:
        after = start + 1  # « le chef du MLK Paul Roux »
    else:
        return None
    while after < end and is_nationality(line.low(after), line.language):
        after += 1
    named = sum(line.words[k].cap for k in range(after, end))
    return after if named > 1 and all_proper(line, after, end) else None


def _is_authority(match: Match) -> bool:
    """A force or an authority: no person has its name, as a hospital has ("hôpital Paul Roux")."""
    speaker = entry_speaker(match)
    kind = speaker.kind if speaker is not None else getattr(match.entry, "kind", None)
    return kind in {"police", "military", "government"}


def all_proper(line: Line, start: int, end: int) -> bool:
    """Only capitals and the little words that names hold."""
    particles = line.grammar.particles
    return all(
        line.words[k].cap
        or line.low(k) in particles
        or line.words[k].text in {".", "-"}
        or line.words[k - 1].text == "-"
        for k in range(start, end)
    )


def goes_by(line: Line, start: int) -> tuple[int, int] | None:
    """The words (indices) of the name by which somebody spoken of before a word wants to be called: "a rebel commander
    who goes by the name of Lion", « un habitant se présentant comme Omar »."""
    for i in range(start, min(start + _NAME_WITHIN, len(line.words))):
        for phrase in line.grammar.goes_by_first.get(line.low(i), ()):
            if all(line.low(i + n) == word for n, word in enumerate(phrase)):
                first = last = i + len(phrase)
                while line.low(first) in line.grammar.of or line.words[min(first, len(line.words) - 1)].text == ",":
                    first = last = first + 1
                while last < len(line.words) and all_proper(line, last, last + 1) and not line.words[last].mark:
                    last += 1
                known = known_words(line, first, last)
                return None if first >= len(line.words) or not line.words[first].cap or known else (first, last)
    return None
