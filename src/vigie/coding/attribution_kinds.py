"""What a speaker's noun phrase makes of the speaker: the kind, the terms by its words alone, the short name."""

from __future__ import annotations

from vigie.coding.attribution_line import Line, entry_body, entry_speaker
from vigie.coding.attribution_names import Phrase
from vigie.coding.attribution_words import is_nationality
from vigie.model.coded import SourceKind

_BODY_KINDS: dict[str, SourceKind] = {
    "military": "military",
    "police": "police",
    "government": "government",
    "political": "government",
    "armed_group": "armed_group",
    "attacker": "armed_group",
    "medical": "medical",
    "media": "media",
    "international": "international",
    "aid": "monitor",
    "civilian": "witness",
    "crowd": "witness",
}


def phrase_kind(line: Line, phrase: Phrase) -> SourceKind:
    """The kind of speaker a phrase names, from its noun of function, else from the body it is."""
    if phrase.head and (speaker := entry_speaker(phrase.head)) and speaker.kind != "other":
        return speaker.kind
    if phrase.body and not phrase.person and (body := entry_body(phrase.body)):
        return _BODY_KINDS.get(body.kind, "other")
    place = line.places.get(phrase.name)  # "Moscow"; the "Sudan Medics Network" is no government
    return "government" if phrase.country is not None and place and place[0] >= phrase.name_end else "other"


def was_there(line: Line, phrase: Phrase | None, disowned: bool) -> bool:
    """Whether those speak who saw or heard it: residents, witnesses, reporters, by a verb that is not denied; not
    somebody's kin ("his father saw a leader in him")."""
    if phrase is None or phrase.head is None or disowned:
        return False
    if {phrase.determiner, phrase.head.text.lower().split()[0]} & line.grammar.possessive:
        return False
    speaker = entry_speaker(phrase.head)
    return speaker is not None and not speaker.body and speaker.kind in {"witness", "media"}


def short_name(line: Line, phrase: Phrase) -> str | None:
    """The short form a phrase gives of itself, or None."""
    return line.words[phrase.acronym[0]].text if phrase.acronym else None


def phrase_terms(line: Line, phrase: Phrase) -> str:
    """named, role, anonymous or media, from the words of the phrase alone.

    A proper name makes a speaker named; a body is also named by its country or town ("armée syrienne"); a
    person's function is not ("responsable américain")."""
    speaker = entry_speaker(phrase.head) if phrase.head else None
    if speaker is not None and speaker.terms != "role" and not phrase.person:
        return speaker.terms
    if phrase.person:
        return "named"
    actor = entry_body(phrase.body) if phrase.body else None
    # "the Islamic State group": the noun only says what the name is of.
    whole = speaker is None or speaker.body or speaker.kind == "armed_group"
    if actor is not None and actor.named and (whole or phrase.function is not None):
        return "named"
    if phrase.function is not None:
        return "named"
    if speaker is None:
        return "named" if phrase.proper else "role"
    if speaker.case:
        return "named" if speaker.terms == "role" else speaker.terms
    if not speaker.body:
        return "role"
    inside = phrase.head
    if inside is not None and any(w[:1].isupper() for w in inside.text.split()[1:]):
        return "named"  # « le ministère de la Santé », "the Interior Ministry": its field is its name
    for k in range(phrase.name, phrase.name_end):
        w = line.words[k]
        outside = inside is None or not inside.start <= w.start < inside.end
        if outside and (w.cap or k in line.places or is_nationality(w.low, line.language)):
            return "named"
    return "named" if phrase.name and line.words[phrase.name].cap and phrase.proper else "role"
