"""What a tree says of a verb and the words round it: auxiliaries, participles, the passive."""

from __future__ import annotations

from vigie.language.parse import Parse, Token
from vigie.language.syntax import Syntax


def low(token: Token) -> str:
    """A word in lower case, accents kept."""
    return token.text.casefold()


def below(parse: Parse, i: int) -> list[Token]:
    """The words that hang on a word, in order."""
    return [parse.tokens[c] for c in parse.children(i)]


def auxiliaries(parse: Parse, i: int) -> list[Token]:
    """The auxiliaries of a verb."""
    return [t for t in below(parse, i) if t.index < i and (t.dep in ("aux", "aux:pass", "cop") or t.pos == "AUX")]


def group_start(parse: Parse, at: int) -> int:
    """Where the auxiliaries and adverbs right before a word begin; the word itself where there are none."""
    while at > 0 and parse.tokens[at - 1].pos in {"AUX", "ADV"}:
        at -= 1
    return at


def shared_auxiliaries(parse: Parse, i: int) -> list[Token]:
    """The auxiliaries of a verb or, where it has none, those of the verb it is joined to ("ont tiré et blessé")."""
    seen = {i}
    while not (helpers := auxiliaries(parse, i)) and parse.tokens[i].dep == "conj" and parse.tokens[i].head not in seen:
        i = parse.tokens[i].head
        seen.add(i)
    return helpers


def is_participle(token: Token) -> bool:
    """Whether a word is a past participle, which the parser may call an adjective."""
    return token.pos in ("VERB", "ADJ") and token.has("VerbForm=Part") and not token.has("Tense=Pres")


def is_finite(token: Token) -> bool:
    """Whether a word is a verb in a finite form or an infinitive."""
    return token.has("VerbForm=Fin") or token.has("VerbForm=Inf")


def is_date(token: Token, syntax: Syntax) -> bool:
    """Whether a word, which may be a glued date, names a day, a month or a part of the day."""
    words = low(token)
    if " " not in words:
        return words.strip(",.") in syntax.calendar
    return any(word.strip(",.") in syntax.calendar for word in words.split())


def is_passive(parse: Parse, verb: Token, syntax: Syntax) -> bool | None:
    """Whether a verb with auxiliaries is passive; None where nothing tells (no auxiliary)."""
    if verb.pos != "VERB" or is_finite(verb) or verb.has("Tense=Pres"):
        return None
    helpers = [low(t) for t in auxiliaries(parse, verb.index)]
    if not helpers:
        return None
    if not any(form in syntax.passive for form in helpers):
        return False if any(form in syntax.perfect for form in helpers) else None
    if low(verb) in syntax.etre:
        return False
    return not any(low(t) in syntax.reflexive and t.index < verb.index for t in below(parse, verb.index))
