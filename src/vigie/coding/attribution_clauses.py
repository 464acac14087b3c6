"""What stands round the subject of a verb of speech: clauses before it, asides in it, and who is told of in it."""

from __future__ import annotations

from vigie.coding.attribution_line import Line
from vigie.coding.attribution_names import Phrase, read_phrase
from vigie.coding.attribution_subject import adverbial_at, can_speak, phrase_ending_at

# So many words before a comma and a verb of speech are a clause: "Two shells hit the camp, said witnesses".
_CLAUSE = 3


def before_clause(line: Line, who: int) -> Phrase | None:
    """The subject whose clause with a verb of its own ends before the verb of speech: "Rebels who hold part of the
    region said"; None where no such noun opens the sentence's stretch."""
    phrase = phrase_ending_at(line, who)
    if phrase is None or phrase.head is None or not (phrase.first == 0 or line.boundary(phrase.first - 1)):
        return None
    return phrase if can_speak(line, phrase, strict=False) else None


def where_they_say(line: Line, i: int) -> Phrase | None:
    """The body at whose house "one" says it: « indique-t-on à la préfecture », « du côté de la police »."""
    i = adverbial_at(line, i) or i
    phrase = read_phrase(line, i + 1, len(line.words)) if line.low(i) in line.grammar.at_the_house_of else None
    said = phrase is not None and phrase.head is not None and getattr(phrase.head.entry, "body", False)
    return phrase if said else None


def opens_clause(line: Line, i: int) -> bool:
    low = line.low(i)
    g = line.grammar
    if line.words[i].cap and i > 0:
        return False
    if low in g.and_:
        # "X et Y ont dit" joins speakers; "… et a dit" joins verbs: the joint counts only beside the verb.
        return False
    return low in g.relative or low in g.that or low in g.subordinate


def clause_follows(line: Line, i: int) -> bool:
    """In English, whether the verb of a clause stands at a word, or a quotation that goes on from it."""
    if line.language != "en" or i >= len(line.words):
        return False
    g = line.grammar
    low = line.low(i)
    if line.words[i].text in '“«"':
        return not any(w.quoted for w in line.words[:i])
    return low in g.auxiliaries or low in g.be - {"'s"} or low in g.verb_signs


def name_after_outlet(line: Line, phrase: Phrase) -> Phrase | None:
    """The person whose name follows that of the outlet he spoke to ("à l'Agence Nord Paul Roux, chef de …")."""
    start = phrase.last - 2
    capitals = [i for i in range(phrase.first, phrase.last) if line.words[i].cap]
    named = phrase.head is not None and getattr(phrase.head.entry, "case", False)
    own = [i for i in capitals if phrase.head is None or line.words[i].start >= phrase.head.end]
    if phrase.head is None or not line.boundary(phrase.last) or (len(capitals) < 4 and not (named and len(own) == 2)):
        return None
    if capitals[-1] - start != 1:
        return None
    person = read_phrase(line, start, phrase.last)
    return person if person is not None and person.person else None


def in_parenthesis(line: Line, k: int) -> bool:
    """Whether what stands before the verb is a speaker and asides without a verb of their own: "X, who leads the
    band, believes …"."""
    if any(line.words[i].quoted for i in range(k + 1)):
        return False
    commas = [i for i in range(k + 1) if line.words[i].text == ","]
    if not commas or commas[-1] != k:
        return False
    g = line.grammar
    opener = 0
    while opener < commas[0] and line.low(opener) in g.subordinate | g.and_ | g.adverbs:
        opener += 1  # "But Paul Roux, the mayor, said"
    phrase = read_phrase(line, opener, commas[0])
    if phrase is None or not phrase.plausible or phrase.last < commas[0]:
        return False
    starts = [c + 1 for c in commas[:-1]]
    asides = [range(a, b) for a, b in zip(starts, commas[1:], strict=True)]
    return all(
        line.low(aside.start) in g.relative or not any(line.low(i) in g.auxiliaries | g.be for i in aside)
        for aside in asides
        if len(aside)
    )


def said_before(line: Line, k: int) -> bool:
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
    g = line.grammar
    return i >= _CLAUSE or any(line.low(j) in g.be or line.low(j) in g.auxiliaries for j in range(i))
