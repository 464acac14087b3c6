"""Reading a speaker's noun phrase: where it ends, what in it is the name, and what kind of speaker it names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vigie.coding.attribution_line import Line, entry_speaker
from vigie.coding.attribution_words import is_nationality
from vigie.language.pack import Match

# A speaker's name with its title is rarely longer; the bound keeps a missed comma from swallowing a clause.
_MOST_WORDS = 16


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
        if not w.cap and low in g.prepositions:
            after = k + 2 if line.low(k + 1) in g.definite else k + 1
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
    """Whether the "'s" at a word makes one name with a body after it ("Mali's army", "Chad's interior ministry")."""
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
    return line.language == "fr" and line.words[k - 1].cap


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
    return not (a.mark or b.mark) and a.cap == b.cap and all(is_nationality(w, line.language) for w in both)


def _place_follows(line: Line, k: int, stop: int) -> bool:
    return k < stop and line.words[k].cap and not line.words[k].time and not line.words[k].quoted


def opens_participle(line: Line, k: int) -> bool:
    """A word after the noun that opens a participle clause ("basée à", "speaking from")."""
    word = line.words[k].text
    if line.low(k + 1) in line.grammar.by:
        return True
    if line.language == "en":
        return word.endswith(("ing", "ed")) and word not in {"united"} and len(word) > 4
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
        stop = _before_of(line, after, end)
        cut = _name_after(line, j, k, after, stop, match)
        if cut is not None:
            start, person = cut
            return Phrase(
                first, last, start, stop, determiner, match, body, person, True, (j, start), acronym, country=country
            )
    run = _trailing_name(line, j, end)
    person_head = main is None or not getattr(main.entry, "body", False)
    if run is not None and person_head:
        return Phrase(first, last, run, end, determiner, main, None, True, True, (j, run), acronym, country=country)
    if main is None or getattr(main.entry, "case", False) or _outside_head(line, main, j, end):
        stop = _before_of(line, j, end)
        if (
            line.language == "en"
            and stop < end
            and stop - j >= 2
            and _all_proper(line, j, stop)
            and not _known(line, j, stop)
        ):
            # "Ann Lee of the Coast Watch"
            return Phrase(first, last, j, stop, determiner, main, None, True, True, (j, j), acronym, country=country)
    name_end = end
    lead = _service(line, j, end)  # "Army Col. X", "police Maj. Y"
    while lead < end - 1 and line.low(lead) in g.honorifics:
        lead += 1
        if line.words[lead].text == "." and lead < end - 1:
            lead += 1
    person = (
        not main and body is None and lead not in line.places and len(capitals) >= 2 and _all_proper(line, lead, end)
    )
    if line.language == "fr" and determiner in g.definite and not is_nationality(line.low(lead), "fr"):
        person = False  # "le Front du Nord": a body; persons have no article but with their country ("la Malienne X")
    if lead > j:  # "M. Dah joint au téléphone": a name in capitals, with what joins its words
        person = True
        name_end = next((k for k in range(lead + 1, end) if not _all_proper(line, k, k + 1)), end)
    proper = bool(capitals) and not (main and _only_function(line, heads, capitals))
    if proper and main is None and body is None and determiner in g.indefinite and len(capitals) == 1:
        proper = not line.words[j].cap  # "une Canadienne", "a Palestinian": a person by origin, not by name
        main = None
    paper = end - 1 if line.language == "en" else j
    document = main is None and body is None and line.low(paper) in g.documents
    if line.language == "fr":
        # "un nouveau bilan de la protection civile": what stands before the first "de" is a paper.
        before_of = _first_of(line, j, end)
        document = any(line.low(k) in g.documents for k in range(j, end if before_of is None else before_of)) and (
            main is None or before_of is not None
        )
    return Phrase(first, last, lead, name_end, determiner, main, body, person, proper, None, acronym, document, country)


def _service(line: Line, j: int, end: int) -> int:
    """Where the rank begins before which a force is named, `j` where none is."""
    known = line.bodies.get(j) or line.functions.get(j)
    after = known[0] if known is not None else j
    return after if j < after < end - 1 and line.low(after) in line.grammar.honorifics else j


def _in_complement(line: Line, j: int, k: int) -> bool:
    """Whether a word only says where ("criticism within Serbia"): it makes no proper name of what is before."""
    return any(line.low(i) in line.grammar.place_links and not line.words[i].cap for i in range(j + 1, k)) and not (
        line.words[j].cap
    )


def _before_of(line: Line, after: int, end: int) -> int:
    """In English, where the "of" that follows a person's name stands ("Prince Ali of Jordan")."""
    if line.language != "en":
        return end
    for k in range(after + 1, end):
        if line.low(k) in line.grammar.of and line.words[k - 1].cap and k - 1 not in line.functions:
            return k if line.low(after) not in line.grammar.of else end
    return end


def _first_of(line: Line, j: int, end: int) -> int | None:
    return next((k for k in range(j, end) if line.low(k) in line.grammar.of), None)


def _outside_head(line: Line, main: Match, j: int, end: int) -> bool:
    """In English, whether the noun of function stands after an "of", in what completes the name."""
    of = _first_of(line, j, end)
    return line.language == "en" and of is not None and main.start > line.words[of].start


def _known(line: Line, start: int, end: int) -> bool:
    """Whether a place or a body stands in the words: then they are no person's name."""
    return any(
        k < end and after > start
        for table in (line.places, line.bodies, line.functions)
        for k, (after, *_) in table.items()
    )


def _trailing_name(line: Line, j: int, end: int) -> int | None:
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
    return None if _known(line, k, end) or line.words[k - 1].mark else k


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


def _name_after(line: Line, j: int, k: int, after: int, end: int, match: Match) -> tuple[int, bool] | None:
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
        start += 1
        while start < end and line.low(start) in g.determiners:
            start += 1
        if start in line.places:
            start = line.places[start][0]
        elif line.low(start) in g.portfolios:
            start += 1
        else:
            return None
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
    if person and (not _all_proper(line, start, end) or line.low(end - 1) in g.institutions):
        return None
    if speaker.body and speaker.kind not in {"media"} and line.language == "en":
        return None  # "police Superintendent …" is told by the later noun; "ministry X" is rare
    if speaker.body and speaker.kind != "media" and line.language == "fr" and start != after:
        return None
    return start, person


def _all_proper(line: Line, start: int, end: int) -> bool:
    """Only capitals and the little words that names hold."""
    particles = line.grammar.particles
    return all(
        line.words[k].cap
        or line.low(k) in particles
        or line.words[k].text in {".", "-"}
        or line.words[k - 1].text == "-"
        for k in range(start, end)
    )


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
        if 2 <= len(word) <= 12 and sum(c.isupper() for c in word) >= 2:
            return end + 1, end + 2
    return None
