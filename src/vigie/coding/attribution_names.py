"""Reading a speaker's noun phrase: where it ends, what in it is the name, and what kind of speaker it names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vigie.coding.attribution_line import Line, entry_speaker
from vigie.coding.attribution_persons import (
    all_proper,
    before_of,
    first_of,
    known_words,
    name_after,
    rank_at,
    trailing_name,
)
from vigie.coding.attribution_words import is_nationality
from vigie.language.pack import Match

# A speaker's name with its title is rarely longer; the bound keeps a missed comma from swallowing a clause.
_MOST_WORDS = 16
# English adjectives that open a clause of their own behind a name.
_STANDING = frozenset("close loyal allied opposed aligned sympathetic faithful present".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase read as a speaker: word indices `first`..`last` (after it), the name's words
    `name`..`name_end`, the noun of function in it (`head`) or the body of actors.yaml (`body`).

    person: a person's proper name. proper: any proper name. determiner: folded, "" for none."""

    first: int
    last: int
    name: int
    name_end: int
    determiner: str = ""
    head: Match | None = None
    body: Match | None = None
    person: bool = False
    proper: bool = False
    function: tuple[int, int] | None = None
    acronym: tuple[int, int] | None = None
    document: bool = False
    country: str | None = None

    @property
    def plausible(self) -> bool:
        """Whether this can be somebody who speaks."""
        return self.head is not None or self.body is not None or self.proper


def read_phrase(line: Line, i: int, stop: int) -> Phrase | None:
    """The noun phrase that begins at word `i` and ends before word `stop`; None where none does."""
    g = line.grammar
    j, determiner, determined = _determiners(line, i, stop)
    if j >= stop:
        return None
    if line.words[j].mark:
        return _quoted_name(line, i, j, stop, determiner)
    if line.words[j].quoted:
        return None
    end = _extent(line, j, stop)
    if end <= j:
        return None
    if determiner in g.kept and determined is not None:
        j = determined
    while line.low(j) in g.another and j + 2 < end:
        j += 1  # "un autre responsable militaire" is told apart by what is left; "une autre source" is not
    phrase = _named(line, i, j, end, determiner)
    return _with_quoted_name(line, phrase, stop) if end < stop and line.words[end].mark else phrase


def _with_quoted_name(line: Line, phrase: Phrase, stop: int) -> Phrase:
    """A body whose name stands between quotation marks behind what it is: « le groupe "Aube du Nord" »."""
    j, g = phrase.last, line.grammar
    kind = phrase.body or phrase.head
    person = phrase.body is None and kind is not None and not _is_body(kind)
    if kind is None or person or phrase.proper or kind.end != line.words[j - 1].end:
        return phrase
    named = _quoted_name(line, phrase.first, j, stop, phrase.determiner)
    if named is None or phrase.determiner not in g.definite | g.indefinite or getattr(kind.entry, "named", False):
        return phrase
    return replace(named, head=phrase.head, body=named.body or phrase.body, function=(phrase.name, j))


def _is_medium(match: Match) -> bool:
    return getattr(match.entry, "terms", None) == "media"


def _is_body(match: Match) -> bool:
    """Whether a noun of function is no person's: a ministry, an armed group, an agency."""
    return getattr(match.entry, "body", False) or getattr(match.entry, "kind", None) in {"armed_group", "media"}


def _determiners(line: Line, i: int, stop: int) -> tuple[int, str, int | None]:
    """Index after the determiners at `i`, the first of them, and where the last one that stays begins."""
    g = line.grammar
    j, first, kept = i, "", None
    while j < stop and line.low(j) in g.determiners and j not in line.functions:
        first = first or line.low(j)
        if line.low(j) in g.kept:
            kept = j
        j += 1
    # "l'un des témoins", "one of the officials", "un de ses avocats": the group is the name.
    if j > i and line.low(j - 1) in g.partitive and line.low(j) in g.of and j + 1 < stop:
        j += 1
        while j < stop and line.low(j) in g.determiners:
            j += 1
    elif j == i and line.low(j) in g.partitive and line.low(j + 1) in g.of:
        first, j = line.low(j), j + 2
        while j < stop and line.low(j) in g.determiners:
            j += 1
    elif j > i and line.low(j - 1) in g.partitive and line.low(j) == "des":
        j += 1
    return j, first, kept


def _quoted_name(line: Line, i: int, j: int, stop: int, determiner: str) -> Phrase | None:
    """A name between quotation marks after its article: "La « Résistance du Nord » a revendiqué"."""
    if line.words[j].text not in '«“"' or j + 1 >= stop or not determiner:
        return None
    k = j + 1
    while k < stop and line.words[k].quoted and k - j <= 8:
        k += 1
    known = any(j < first < k for first in line.functions)  # « coordination des comités »
    if k == j + 1 or k - j > 8 or not (known or line.words[j + 1].text[0].isupper()):
        return None
    body = next((m for first, (_, m) in line.bodies.items() if j < first < k), None)
    return Phrase(i, min(k + 1, len(line.words)), j + 1, k, determiner, body=body, proper=True)


def _extent(line: Line, j: int, stop: int) -> int:
    """Index after the last word of the noun phrase whose first word is `j`."""
    g = line.grammar
    k = j
    head_seen = False
    stop = min(stop, j + _MOST_WORDS)
    while k < stop:
        w = line.words[k]
        if w.low == "'s" and k > j and _possessed(line, k, stop):
            k += 1
            continue
        if w.quoted or (w.mark and w.text != ".") or (w.text == "." and not _initial(line, k)):
            break
        jump = _jump(line, k)
        if jump > k:
            if k in line.functions and head_seen and line.low(k - 1) not in g.of and not w.cap and _closed(line, k):
                break
            k = jump
            head_seen = True
            continue
        if w.time and not (w.cap and k + 1 < stop and line.words[k + 1].cap and not line.words[k + 1].time):
            break
        low = w.low
        if low in g.of and k > j:
            nxt = k + 1
            while nxt < stop and line.low(nxt) in g.determiners:
                nxt += 1
            if nxt >= stop or line.boundary(nxt) or line.words[nxt].time:
                break
            k = nxt
            continue
        if low in g.and_:
            after = k + 1
            if after < stop and k > j and _same_nature(line, k - 1, after):
                k = after + 1
                continue
            break
        if not w.cap and (low in g.determiners or low in g.relative or low in g.subordinate or low in g.that):
            break
        if not w.cap and (low in g.pronouns or low in g.one or low in g.auxiliaries or low in g.be or low in g.clitics):
            break
        if k in line.cue_words and (k > j or not w.cap):
            break
        if low == "au" and line.low(k + 1) == "sein" and line.low(k + 2) in g.of and head_seen:
            k += 3  # « une source au sein du mouvement »
            while k < stop and line.low(k) in g.determiners:
                k += 1
            continue
        if not w.cap and low in g.prepositions:
            if k - 2 >= j and _name_ended(line, k):
                break  # « a dit Paul Roux à la chaîne » : the name is told
            after = k + 2 if line.low(k + 1) in g.definite else k + 1
            if line.language == "fr" and after in line.functions and _is_medium(line.functions[after][1]):
                break  # « indique la police à l'AFP »
            if low in g.place_links and k > j and _place_follows(line, after, stop):
                k = after + 1
                continue
            break
        if not w.cap and low in g.adverbs and k > j:
            break
        if head_seen and not w.cap and line.words[k - 1].text != "-" and opens_participle(line, k):
            break
        if not w.cap and w.text != "-" and k - 2 >= j and _name_ended(line, k):
            break
        if w.cap:
            head_seen = True
        k += 1
    while k > j and (line.low(k - 1) in g.of or line.words[k - 1].text == "-" or line.low(k - 1) in g.and_):
        k -= 1
    return k


def _possessed(line: Line, k: int, stop: int) -> bool:
    """Whether the "'s" at a word makes one phrase with a body or a paper after it ("Mali's army", "Chad's interior
    ministry", "the prosecutor's statement")."""
    paper = next((i for i in range(k + 1, min(k + 4, stop)) if line.low(i) in line.grammar.documents), None)
    ends = paper is not None and (line.boundary(paper + 1) or paper + 1 in line.cue_words)
    if paper is not None and ends and not any(line.boundary(i) for i in range(k + 1, paper)):
        return True
    if not line.words[k - 1].cap:
        return False
    head = next((i for i in range(k + 1, min(k + 4, stop)) if i in line.functions), None)
    if head is None or any(line.boundary(i) for i in range(k + 1, head)):
        return False
    speaker = entry_speaker(line.functions[head][1])
    return speaker is not None and speaker.body and not line.boundary(head)


def _name_ended(line: Line, k: int) -> bool:
    """Whether a small word follows a person's first and last name: the name ends there ("Paul Roux salue")."""
    pair = (k - 2, k - 1)
    return (
        all(line.words[i].cap and not line.words[i].text.isupper() for i in pair)
        and line.low(k) not in line.grammar.particles
        and line.words[k - 1].text != "-"
        and not any(start <= k - 1 < end[0] for table in (line.functions, line.bodies) for start, end in table.items())
    )


def _closed(line: Line, k: int) -> bool:
    """Whether a second function noun in lower case begins a new phrase: only one that nothing joins on."""
    alone = k < 2 or line.low(k - 2) in line.grammar.of | line.grammar.determiners  # « du Haut commandement »
    return line.language == "fr" and line.words[k - 1].cap and not alone


def _initial(line: Line, k: int) -> bool:
    return k > 0 and len(line.words[k - 1].text) <= 2 and line.words[k - 1].cap and k + 1 < len(line.words)


def _jump(line: Line, k: int) -> int:
    """Index after the longest known noun, body or place that begins at `k`; `k` where none does."""
    ends = [table[k][0] for table in (line.functions, line.bodies) if k in table]
    if k in line.places and (line.words[k].cap):
        ends.append(line.places[k][0])
    return max(ends, default=k)


def _same_nature(line: Line, left: int, right: int) -> bool:
    """ "irakiens et américains": two adjectives of country under one noun."""
    a, b = line.words[left], line.words[right]
    both = (a.low, b.low)
    if line.language == "en" and b.text.replace(".", "").isupper() and is_nationality(a.low, "en"):
        return right + 1 in line.functions  # "Iraqi and U.S. officials"
    return not (a.mark or b.mark) and a.cap == b.cap and all(is_nationality(w, line.language) for w in both)


def _place_follows(line: Line, k: int, stop: int) -> bool:
    return k < stop and line.words[k].cap and not line.words[k].time and not line.words[k].quoted


def opens_participle(line: Line, k: int) -> bool:
    """A word after the noun that opens a participle clause ("basée à", "speaking from")."""
    word = line.words[k].text
    if line.low(k + 1) in line.grammar.by:
        return True
    if line.language == "en":
        if line.low(k) in _STANDING and line.low(k + 1) in line.grammar.prepositions:
            return True  # "the group al Nur close to the front"
        return word.endswith(("ing", "ed")) and word not in {"united"} and len(word) > 4
    if line.low(k - 1) in line.grammar.determiners - line.grammar.clitics or word.endswith("ité"):
        return False  # « de la localité de »
    if line.low(k) in {"joint", "jointe", "joints", "jointes"} and line.low(k + 1) in line.grammar.prepositions:
        return True
    return (
        word.endswith(("é", "ée", "és", "ées", "ant"))
        and len(word) > 4
        and line.low(k + 1) in (line.grammar.prepositions | line.grammar.by | line.grammar.of)
    )


def _named(line: Line, first: int, j: int, end: int, determiner: str) -> Phrase:
    """The phrase of words `j`..`end` with its name cut out."""
    g = line.grammar
    heads = [(k, *line.functions[k]) for k in range(j, end) if k in line.functions and line.functions[k][0] <= end]
    body = next((line.bodies[k][1] for k in range(j, end) if k in line.bodies and line.bodies[k][0] <= end), None)
    country = next((line.places[k][1] for k in range(j, end) if k in line.places and line.places[k][0] <= end), None)
    main = _main_head(line, heads, j)
    if main is not None and getattr(main.entry, "case", False):
        country = None  # a proper name that is also some place's
    capitals = [k for k in range(j, end) if line.words[k].cap and not _in_complement(line, j, k)]
    acronym = _acronym(line, end)
    last = end if acronym is None else acronym[1] + 1
    for k, after, match in reversed(heads):
        if line.language == "fr" and any(line.low(i) in g.of for i in range(heads[0][1], k)):
            continue  # « un porte-parole de l'hôpital Karda » is none of that name
        stop = before_of(line, after, end)
        cut = name_after(line, j, k, after, stop, match)
        if cut is not None:
            start, person = cut
            return Phrase(
                first, last, start, stop, determiner, match, body, person, True, (j, start), acronym, country=country
            )
    run = trailing_name(line, j, end)
    person_head = main is None or not getattr(main.entry, "body", False)
    if run is not None and person_head:
        return Phrase(first, last, run, end, determiner, main, None, True, True, (j, run), acronym, country=country)
    if main is None or getattr(main.entry, "case", False) or _outside_head(line, main, j, end):
        stop = before_of(line, j, end)
        if (
            line.language == "en"
            and stop < end
            and stop - j >= 2
            and all_proper(line, j, stop)
            and not known_words(line, j, stop)
        ):
            # "Ann Lee of the Coast Watch"
            return Phrase(first, last, j, stop, determiner, main, None, True, True, (j, j), acronym, country=country)
    name_end = end
    lead = rank_at(line, j, end)  # "Army Col. X", "police Maj. Y"
    while lead < end - 1 and line.low(lead) in g.honorifics:
        lead += 1
        if line.words[lead].text == "." and lead < end - 1:
            lead += 1
    person = (
        not main and body is None and lead not in line.places and len(capitals) >= 2 and all_proper(line, lead, end)
    )
    if line.language == "fr" and determiner in g.definite and not is_nationality(line.low(lead), "fr"):
        person = False  # "le Front du Nord": a body; persons have no article but with their country ("la Malienne X")
    if lead > j:  # "M. Dah joint au téléphone": a name in capitals, with what joins its words
        person = True
        name_end = next((k for k in range(lead + 1, end) if not all_proper(line, k, k + 1)), end)
    proper = bool(capitals) and not (main and _only_function(line, heads, capitals))
    if proper and main is None and body is None and determiner in g.indefinite and len(capitals) == 1:
        proper = not line.words[j].cap  # "une Canadienne", "a Palestinian": a person by origin, not by name
        main = None
    paper = end - 1 if line.language == "en" else j
    document = main is None and body is None and line.low(paper) in g.documents
    if line.language == "fr":
        # "un nouveau bilan de la protection civile": what stands before the first "de" is a paper.
        paper_end = first_of(line, j, end)
        document = any(line.low(k) in g.documents for k in range(j, end if paper_end is None else paper_end)) and (
            main is None or paper_end is not None
        )
    return Phrase(first, last, lead, name_end, determiner, main, body, person, proper, None, acronym, document, country)


def _in_complement(line: Line, j: int, k: int) -> bool:
    """Whether a word only says where ("criticism within Serbia"): it makes no proper name of what is before."""
    return any(line.low(i) in line.grammar.place_links and not line.words[i].cap for i in range(j + 1, k)) and not (
        line.words[j].cap
    )


def _outside_head(line: Line, main: Match, j: int, end: int) -> bool:
    """In English, whether the noun of function stands after an "of", in what completes the name."""
    of = first_of(line, j, end)
    return line.language == "en" and of is not None and main.start > line.words[of].start


def _main_head(line: Line, heads: list[tuple[int, int, Match]], j: int) -> Match | None:
    """The noun that the phrase is about: the first in French, in English the last before an "of"."""
    if not heads:
        return None
    if line.language == "fr":
        return heads[0][2]
    chosen = heads[0]
    for candidate in heads[1:]:
        between = range(chosen[1], candidate[0])
        if any(line.low(k) in line.grammar.of or line.low(k) in line.grammar.prepositions for k in between):
            break
        chosen = candidate
    return chosen[2]


def _only_function(line: Line, heads: list[tuple[int, int, Match]], capitals: list[int]) -> bool:
    """Whether every capital belongs to a common noun of function or to what says of which country or body a
    person is: then the phrase names nobody ("Turkish officials", "porte-parole de l'ONU")."""
    inside = {
        k for first, after, match in heads if not getattr(match.entry, "case", False) for k in range(first, after)
    }
    return all(k in inside for k in capitals)


def _acronym(line: Line, end: int) -> tuple[int, int] | None:
    """The short name in brackets after a name: "(OSDH)"; its word index and that of the closing bracket."""
    if end + 2 < len(line.words) and line.words[end].text == "(" and line.words[end + 2].text == ")":
        word = line.words[end + 1].text
        if 2 <= len(word) <= 12 and word[0].isupper() and sum(c.isupper() or c.isdigit() for c in word) >= 2:
            return end + 1, end + 2
    return None
