"""The noun phrases round a verb of speech: subject, apposition, antecedent of "qui", and what may stand between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vigie.coding.attribution_line import Line, entry_body
from vigie.coding.attribution_names import Phrase, opens_participle, read_phrase
from vigie.language.pack import Match
from vigie.language.schema import Speaker

# A speaker may stand this many comma-bounded stretches before the verb ("X, chef de Y, interrogé par Z, a dit").
_MOST_STRETCHES = 5
# So many words may stand in the clause of a participle between a function and a name.
_MOST_IN_CLAUSE = 8
# So many quoted words in a stretch are a turn of phrase; more are somebody's saying.
_TURN_OF_PHRASE = 4
# Endings of French nouns for something done.
_DOINGS = ("ment", "tion", "sion", "age", "ance", "ence", "ité", "ure")


def speaker_phrases(line: Line, start: int, stop: int) -> Iterator[Phrase]:
    """A noun phrase and those joined to it by "et", "and" or commas."""
    g = line.grammar
    previous: Phrase | None = None
    while start < stop:
        phrase = read_phrase(line, start, stop)
        if phrase is None:
            return
        if previous is not None and not phrase.plausible:
            break
        phrase = apposed_after(line, phrase)
        same_person = previous is not None and _same_person(line, previous, phrase)
        if previous is not None and not same_person:
            yield previous
        if previous is None or not same_person or phrase.person:
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


def _same_person(line: Line, left: Phrase, right: Phrase) -> bool:
    """Whether behind "and" a second function of one person is named: it has no article ("the governor and party
    leader", « le porte-parole du gouvernement et ministre »)."""
    if left.head is None or left.person or right.determiner or left.head.text.endswith("s"):
        return False
    if line.language == "en" and right.person and not left.determiner:
        return True
    office = right.head is not None and getattr(right.head.entry, "terms", None) == "role"
    offices = office and not any(getattr(p.head.entry, "body", False) for p in (left, right) if p.head)
    small = not line.words[right.name].cap or right.function is not None
    return (
        offices and bool(left.determiner) and small and not (right.head is not None and right.head.text.endswith("s"))
    )


def _list_goes_on(line: Line, i: int, stop: int) -> bool:
    """Whether after a comma another speaker of a list stands, with "et Z" after it and then a stop: in "Selon la
    police, le maire et sa femme ont fui" the list is the clause's subject."""
    phrase = read_phrase(line, i, stop)
    if phrase is None or not phrase.plausible or line.low(phrase.last) not in line.grammar.and_:
        return False
    final = read_phrase(line, phrase.last + 1, stop)
    return final is not None and final.plausible and line.boundary(final.last)


def listed_before(line: Line, phrase: Phrase) -> list[Phrase]:
    """The first of several speakers set apart by a comma: "police, residents and a teacher said"."""
    comma = phrase.first - 1
    if line.low(comma) != "," or phrase.person:
        return []
    start = comma
    while start > 0 and not line.boundary(start - 1):
        start -= 1
    left = read_phrase(line, start, comma) if start < comma else None
    whole = left is not None and left.last == comma and left.head is not None and not left.person
    return [left] if left is not None and whole and start > 0 else []


def can_speak(line: Line, phrase: Phrase, strict: bool) -> bool:
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
    if _is_act(line, phrase):
        return False
    first = line.low(phrase.name)
    if phrase.head is not None and phrase.head.text.lower() == "official" and line.low(phrase.last) in g.documents:
        return False  # "official records"
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


def _is_act(line: Line, phrase: Phrase) -> bool:
    """In French, whether an act is named before the word that could be a speaker's: « de tels raids militaires »."""
    if line.language != "fr" or phrase.head is None or phrase.person:
        return False
    if _is_doing(line, phrase):
        return True
    start = line.words[phrase.name].start
    found = line.report.matches_in(start, phrase.head.start, "triggers")
    return any(getattr(m.entry, "pos", None) == "noun" for m in found)


def _is_doing(line: Line, phrase: Phrase) -> bool:
    """In French, whether a phrase is of something done ("le lancement d'une mission") or of guilt ("coupable du meurtre
    de deux hommes"): the noun of function in it only completes it."""
    word = line.words[phrase.name]
    if word.cap or phrase.name in line.functions or phrase.name in line.bodies or phrase.head is None:
        return False
    of = any(line.low(i) in line.grammar.of and line.words[i].start < phrase.head.start for i in _inside(phrase))
    return of and (word.low.rstrip("s") == "coupable" or word.low.rstrip("s").endswith(_DOINGS))


def _inside(phrase: Phrase) -> range:
    return range(phrase.name, phrase.name_end)


def adverbial_at(line: Line, i: int) -> int:
    """Index after an adverbial phrase of several words that begins at `i`, 0 where none does."""
    for phrase in line.grammar.adverbials_by_first.get(line.low(i), ()):
        if all(line.low(i + n) == word for n, word in enumerate(phrase)):
            return i + len(phrase)
    return 0


def adverbial_before(line: Line, k: int) -> int:
    """Index of the word before an adverbial phrase that ends at `k`; `k` where none does."""
    for phrase in line.grammar.adverbials_by_last.get(line.low(k), ()):
        first = k - len(phrase) + 1
        if first >= 0 and all(line.low(first + n) == w for n, w in enumerate(phrase)):
            return first - 1
    return k


def skip_left(line: Line, k: int) -> int:
    """Index of the first word to the left that is no clitic, negation, adverb or date."""
    g = line.grammar
    while k >= 0 and not line.boundary(k):
        w = line.words[k]
        adverb = w.low in g.adverbs or (w.low.endswith("ment") and line.language == "fr" and not w.cap)
        adverb = adverb or (w.low.endswith("ly") and line.language == "en" and not w.cap)
        if k in line.functions or any(f < k < e[0] for f, e in line.functions.items()):
            adverb = False
        before = adverbial_before(line, k)
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


def subject_phrases(line: Line, b: int, stop: int) -> list[Phrase]:
    """The noun phrases of words `b`..`stop` that reach the verb: subject and those joined to it."""
    g = line.grammar
    best: list[Phrase] = []
    i = b
    while i < stop:
        low = line.low(i)
        w = line.words[i]
        skip = adverbial_at(line, i)
        if skip:
            i = skip
            continue
        if (low in g.prepositions or (low in g.of and i > b) or low in g.adverbs or low in g.and_) and not w.cap:
            i += 1
            continue
        if w.time and not w.cap:
            i += 1
            continue
        phrases = list(speaker_phrases(line, i, stop))
        if not phrases:
            i += 1
            continue
        end = phrases[-1].last
        after_preposition = i > b and (line.low(i - 1) in g.prepositions or line.low(i - 1) in g.of)
        reaches = skip_left(line, stop - 1) < end
        if reaches and not after_preposition:
            # "Officials from both sides said": what says where they are from is nobody
            told = not best or best[0].head is None or any(p.plausible for p in phrases)
            return phrases if told else best
        if not after_preposition and not best and any(p.plausible for p in phrases):
            best = phrases
        elif reaches and after_preposition and not best and any(p.plausible for p in phrases):
            # "Dans un communiqué le ministère a dit" is rare without a comma; "jeudi à Paris le maire" likewise.
            best = phrases if line.low(i) in g.determiners and line.low(i - 1) not in g.of and i - 1 > b else best
        i = max(end, i + 1)
    return best


def phrase_ending_at(line: Line, end: int) -> Phrase | None:
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
            return apposed_before(line, phrase)
    return None


def _ends_saying(line: Line, i: int) -> bool:
    """A closing quotation mark behind a stop: what was said ends there, no name in quotation marks does."""
    w = line.words[i]
    return bool(i and w.mark and w.text in '"”»' and line.words[i - 1].mark and line.words[i - 1].text in ",.!?…")


def before_parenthesis(line: Line, k: int) -> Phrase | None:
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
            (line.words[start - 1].mark and line.words[start - 1].text in ",()–—:;")
            or _ends_saying(line, start - 1)
            or (start < end and line.words[start - 1].quoted and not line.words[start].quoted)
        ):
            start -= 1
        if start >= end:
            break
        if (
            sum(line.words[i].quoted for i in range(start, end)) > _TURN_OF_PHRASE
            and read_phrase(line, start, end) is None
        ):
            break
        stretches.append((start, end))
        end = start
    if k > 0 and line.words[k].text == ",":
        pass
    second: Phrase | None = None
    for n, (start, stop) in enumerate(stretches):
        lead = start
        opens = False
        while (
            lead < stop
            and (
                line.low(lead) in line.grammar.adverbs
                or line.low(lead) in line.grammar.and_
                or line.low(lead) in line.grammar.subordinate
                or (opens and line.low(lead) in line.grammar.that)
                or (line.low(lead) in line.grammar.of and not line.words[lead].cap)
            )
            and lead not in line.functions
        ):
            opens = opens or line.low(lead) in line.grammar.subordinate
            lead += 1
        opens = opens and lead < stop
        if lead < stop and line.low(lead) in line.grammar.prepositions and not line.words[lead].cap:
            continue
        small = lead > 0 and not line.words[lead].cap
        if lead not in line.functions and (small or line.language == "fr") and opens_participle(line, lead):
            continue  # "X, affiliés au groupe, ont dit"
        phrase = read_phrase(line, lead, stop) if lead < stop else None
        if phrase is None or not phrase.plausible or phrase.last < stop - 1:
            if phrase is not None and phrase.plausible and n == len(stretches) - 1 and second is None:
                return phrase if start == 0 or not phrase.document else None
            if opens:
                break
            continue
        if second is None and start > 0 and line.words[start - 1].text == "(":
            continue  # the short form of the name before it
        if second is None:
            second = phrase
            if phrase.person and phrase.function is not None:
                return phrase
            if opens:
                break  # "while X, who …, said": further left stands another clause
            continue
        joined = _join(line, phrase, second)
        if joined is None and phrase.head is not None and not phrase.person and n + 1 < len(stretches):
            # "Paul Roux, a spokesman for the mission, a group of monitors, said"
            joined = _named_further(line, stretches[n + 1], phrase)
        return joined or phrase if joined or (phrase.person or phrase.head) else second
    alone = second is not None and second.head is not None and second.first == 0  # "Police, however, say"
    return second if second is not None and (second.determiner or second.proper or alone) else None


def _named_further(line: Line, stretch: tuple[int, int], function: Phrase) -> Phrase | None:
    """The person named in a stretch before a function, where the stretch holds nothing but the name."""
    name = read_phrase(line, *stretch)
    if name is None or not name.person or name.last < stretch[1]:
        return None
    return _join(line, name, function)


def _join(line: Line, left: Phrase, right: Phrase) -> Phrase | None:
    """A function and a name side by side, as one speaker: the name, with the function's noun."""
    if left.person and right.head is not None and not right.person:
        return replace(
            left, head=left.head or right.head, function=left.function or (right.first, right.last), last=right.last
        )
    if right.person and left.head is not None and not left.person and _can_be_person(left.head):
        return replace(right, head=right.head or left.head, function=(left.first, left.last), first=left.first)
    bare = not right.determiner or (right.head is None and right.determiner in line.grammar.definite)
    own_name = (right.proper and bare and (right.head is None or getattr(right.head.entry, "case", False))) or (
        getattr(right.body.entry if right.body else None, "named", False) and right.head is None
    )
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


def _can_be_person(head: Match) -> bool:
    """Whether a noun of function can be of a person who is named beside it: no medium is ("Le Monde, Paul Roux")."""
    return not (getattr(head.entry, "body", False) and getattr(head.entry, "kind", None) == "media")


def apposed_after(line: Line, phrase: Phrase) -> Phrase:
    """The phrase with the name or function that follows it between commas."""
    comma = _comma_behind(line, phrase.last)
    if comma is None:
        return phrase
    stop = comma + 1
    while stop < len(line.words) and not line.boundary(stop):
        stop += 1
    right = read_phrase(line, comma + 1, stop)
    if right is None or not right.plausible:
        return phrase
    if comma > phrase.last and not (right.person and right.function is None and right.last >= stop):
        return phrase
    if (right.person or right.proper) and right.last >= stop and right.function is None and not right.determiner:
        return _join(line, phrase, right) or phrase
    if phrase.person and right.head is not None and not right.person:
        return _join(line, phrase, right) or phrase
    ranked = right.determiner in line.grammar.definite or (line.language == "en" and not right.determiner)
    rank = right.person and right.function is not None and ranked
    if rank and right.last >= stop and _holds_office(phrase):
        return _join(line, phrase, right) or phrase  # "sa porte-parole, la commandante Rose Roux"
    return phrase


def _comma_behind(line: Line, i: int) -> int | None:
    """The comma at a word, or behind what may stand before it and tells no more of who somebody is: « le chef de la
    mission par intérim, X », « le responsable installé par Y, X »."""
    i = adverbial_at(line, i) or i
    if line.low(i) == ",":
        return i
    if i >= len(line.words) or not opens_participle(line, i):
        return None
    stop = next((k for k in range(i, min(i + _MOST_IN_CLAUSE, len(line.words))) if line.boundary(k)), None)
    return stop if stop is not None and line.low(stop) == "," else None


def _holds_office(phrase: Phrase) -> bool:
    """Whether a phrase names somebody by an office, of which a name with its rank can follow: no onlooker, no body."""
    speaker = phrase.head.entry if phrase.head is not None else None
    if not isinstance(speaker, Speaker) or phrase.person or speaker.body or speaker.terms != "role":
        return False
    return speaker.kind not in {"witness", "media", "monitor", "armed_group"}


def apposed_before(line: Line, phrase: Phrase) -> Phrase:
    """The phrase with the function or the name that stands before it and a comma."""
    if line.low(phrase.first - 1) == ")" and phrase.person and phrase.function is None:
        return _behind_short_form(line, phrase)
    function = phrase.head is not None and not phrase.person and not getattr(phrase.head.entry, "body", False)
    if line.low(phrase.first - 1) != "," or not (function or (phrase.person and phrase.function is None)):
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
    if left is None or left.last < stop:
        return phrase
    if phrase.person:
        return phrase if left.head is None else _join(line, left, phrase) or phrase
    return _join(line, left, phrase) or phrase if left.person else phrase


def _behind_short_form(line: Line, phrase: Phrase) -> Phrase:
    """A person's name behind a function and its short form: "Director General of Police (DGP) Paul Roux"."""
    opening = phrase.first - 3
    if opening < 1 or line.low(opening) != "(" or not line.words[opening + 1].text.isupper():
        return phrase
    function = phrase_ending_at(line, opening)
    joined = _join(line, function, phrase) if function is not None and not function.person else None
    return phrase if joined is None else replace(joined, acronym=(opening + 1, opening + 2))


def named_before(line: Line, phrase: Phrase) -> Phrase:
    """The body that words for what it is stand beside: "The Front du Nord (FN), an armed group, has claimed"."""
    if phrase.person or phrase.determiner not in line.grammar.indefinite or line.low(phrase.first - 1) != ",":
        return phrase
    stop = phrase.first - 1
    start = stop
    while start > 0 and not (line.words[start - 1].mark and line.words[start - 1].text not in "()-"):
        start -= 1
    left = read_phrase(line, start, stop)
    if left is None or left.last != stop or not left.proper:
        return phrase
    body = entry_body(left.body) if left.body is not None else None
    return left if left.acronym is not None or (body is not None and body.named and not left.person) else phrase
