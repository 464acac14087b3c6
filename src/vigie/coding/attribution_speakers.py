"""One speaker over a whole report: whom a phrase or a pronoun means, and which phrases mean the same one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from vigie.coding.attribution_charged import Charged
from vigie.coding.attribution_find import Found, Reference
from vigie.coding.attribution_kinds import phrase_kind, phrase_terms, short_name
from vigie.coding.attribution_line import Line
from vigie.coding.attribution_names import Phrase, read_phrase
from vigie.language.folding import fold
from vigie.model.coded import SourceKind, Terms

# Written behind a person's name and no part of it.
_BEHIND_NAMES = frozenset("jr sr ii iii iv kc qc mp mep md phd obe cbe esq junior senior".split())
# A first name of so many letters alone means somebody named before.
_GIVEN = 5
_AFTER_HEAD = frozenset("of with close familiar briefed for in".split())
_STOP = frozenset("le la les l d de du des un une the a an of au aux ses son sa leur leurs his her its their".split())


@dataclass
class Speaker:
    """A speaker while the report is being read: filled as more of it is seen."""

    name: str
    words: tuple[str, ...]
    terms: Terms
    kind: SourceKind
    span: tuple[int, int]
    person: bool
    indefinite: bool
    plural: bool
    female: bool | None
    head: str = ""
    function: tuple[str, ...] = ()
    acronym: str | None = None
    body: str = ""
    thing: bool = False
    office: bool = False
    whole: tuple[int, int] = (0, 0)
    country: str | None = None
    via: int | None = None
    cited: list[Found] = field(default_factory=list)
    reason: tuple[int, int] | None = None
    collective: bool = False


@dataclass
class Cast:
    """The speakers of a report in the order in which they first speak; `charged`: whom somebody accused last."""

    speakers: list[Speaker] = field(default_factory=list)
    last: int | None = None
    english: bool = False
    charged: Charged | None = None

    def add(self, line: Line, phrase: Phrase, found: Found) -> int:
        """Index of the speaker that a phrase names, a new one where nobody fits."""
        new = _speaker(line, phrase)
        index = self._known(line, phrase, new)
        if index is None:
            self.speakers.append(new)
            index = len(self.speakers) - 1
        else:
            _enrich(self.speakers[index], new)
        self.speakers[index].cited.append(found)
        return index

    def known(self, line: Line, phrase: Phrase) -> int | None:
        """Index of the speaker that a phrase names, None where it would be a new one."""
        return self._known(line, phrase, _speaker(line, phrase))

    def _known(self, line: Line, phrase: Phrase, new: Speaker) -> int | None:
        for i in range(len(self.speakers) - 1, -1, -1):
            if _same(self.speakers[i], new, phrase, line):
                return i
        return None

    def refer(self, reference: Reference, sentence_speakers: Sequence[int]) -> int | None:
        """Whom a pronoun or "subject" means: the sentence's latest speaker, else the report's latest that fits."""
        if reference == "subject":
            return sentence_speakers[-1] if sentence_speakers else None
        order = [*reversed(sentence_speakers)] if reference == "last" else []
        if self.last is not None:
            order.append(self.last)
        order += range(len(self.speakers) - 1, -1, -1)
        for test in _TESTS[reference]:
            for i in order:
                if test(self.speakers[i]) and not (
                    self.english and self.speakers[i].thing and reference in {"he", "she"}
                ):
                    return i
        return None


def _one(speaker: Speaker) -> bool:
    return not speaker.plural and not (speaker.thing and speaker.kind == "media")


# Whom a pronoun can mean, the likelier first: "il" a man or a person of unknown sex before a body, "elle" a woman
# or a feminine noun ("la police") before one that does not tell.
_TESTS: dict[Reference, tuple[Callable[[Speaker], bool], ...]] = {
    "he": (
        lambda s: _one(s) and not s.thing and s.female is not True,
        lambda s: _one(s) and s.female is not True,
    ),
    "she": (lambda s: _one(s) and s.female is True, lambda s: _one(s) and s.female is None),
    "they": (lambda s: s.plural or not s.person,),
    "last": (lambda s: True,),
    "subject": (),
}


def content_words(name: str) -> tuple[str, ...]:
    """Folded words of a name without articles and plural endings."""
    flat = "".join(c if c.isalnum() else " " for c in fold(name))
    return tuple(w[:-1] if len(w) > 3 and w[-1] in "sx" else w for w in flat.split() if w not in _STOP)


def _person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name without what is only written behind it ("Paul Roux Jr.", "Ann Lee KC")."""
    words = content_words(name)
    while len(words) > 1 and words[-1] in _BEHIND_NAMES:
        words = words[:-1]
    return words


def _is_thing(line: Line, phrase: Phrase) -> bool:
    """A body or a country, not a person: "il" rarely means one, "he" never."""
    if phrase.person:
        return False
    institution = phrase.head is not None and bool(getattr(phrase.head.entry, "body", False))
    named = phrase.head is None and phrase.proper and (phrase.determiner in line.grammar.definite)
    return institution or named or phrase.body is not None or phrase.name in line.places


def _gender(line: Line, phrase: Phrase) -> bool | None:
    """True for a woman or a feminine noun, False for a man or a masculine one, None where the words do not tell."""
    g = line.grammar
    lows = {line.low(i) for i in range(phrase.first, phrase.last)}
    if lows & g.female or phrase.determiner in {"une", "cette", "la"}:
        return True
    if lows & g.male or phrase.determiner in {"un", "ce", "cet", "le"}:
        return False
    return None


def _head_noun(head: str, language: str) -> str:
    """The noun of a function: the first word in French, in English the last before a preposition."""
    words = head.split()
    if language == "fr":
        return words[0]
    stop = next((n for n, w in enumerate(words) if n and w in _AFTER_HEAD), len(words))
    return words[stop - 1]


def _speaker(line: Line, phrase: Phrase) -> Speaker:
    text = line.report.text
    start, end = line.words[phrase.name].start, line.words[phrase.name_end - 1].end
    name = " ".join(text[start:end].split())
    head = line.report.normal.folded[phrase.head.start : phrase.head.end] if phrase.head else ""
    first = _head_noun(head, line.language) if head else content_words(name)[0] if content_words(name) else ""
    function: tuple[str, ...] = ()
    if phrase.function is not None and phrase.function[1] > phrase.function[0]:
        a, b = phrase.function
        function = content_words(text[line.words[a].start : line.words[b - 1].end])
    elif phrase.head is not None:
        function = content_words(name)
    terms = phrase_terms(line, phrase)
    plural = (
        not phrase.person
        and (first.endswith(("s", "x")) or first in {"police", "media", "people"})
        and not name[0:2].isupper()
    )
    if phrase.proper and not phrase.person:
        plural = plural and bool(phrase.determiner in {"les", "des"})
    female = _gender(line, phrase)
    country = phrase.country
    return Speaker(
        name=name,
        words=_person_words(name) if phrase.person else content_words(name),
        terms=terms,  # type: ignore[arg-type]
        kind=phrase_kind(line, phrase),
        span=(start, end),
        person=phrase.person,
        indefinite=phrase.determiner in line.grammar.indefinite,
        plural=plural,
        female=female,
        head=first.rstrip("s") if phrase.head is not None else "",
        function=function,
        acronym=short_name(line, phrase),
        body=phrase.body.entry.id if phrase.body and getattr(phrase.body.entry, "named", False) else "",
        thing=_is_thing(line, phrase),
        office=phrase.head is not None and not phrase.person and not getattr(phrase.head.entry, "body", False),
        country=country,
        whole=(line.words[phrase.first].start, line.words[phrase.last - 1].end),
    )


def _enrich(old: Speaker, new: Speaker) -> None:
    """What a later mention adds: a fuller name, the function, an acronym."""
    fuller = old.person and new.person and len(new.words) > len(old.words)
    names_function = new.person and not old.person and old.terms == "role"
    holds = bool(new.function) and set(new.function) <= set(old.words) and not new.indefinite
    if fuller or (names_function and (not old.indefinite or holds or old.words == new.function)):
        old.name, old.words, old.span, old.person = new.name, new.words, new.span, new.person
        old.terms, old.whole, old.plural, old.thing = new.terms, new.whole, new.plural, new.thing
    old.function = old.function or new.function
    old.acronym = old.acronym or new.acronym
    old.country = old.country or new.country
    old.female = old.female if old.female is not None else new.female
    if old.kind == "other":
        old.kind = new.kind


def _same(old: Speaker, new: Speaker, phrase: Phrase, line: Line) -> bool:
    """Whether a new mention means a speaker already known.

    Names: equal words; an acronym and its full name; a surname and the full name. Functions: a definite
    mention ("le parquet", "cette source") means the one of that function that spoke before; an indefinite one
    with other words ("un autre responsable") is somebody else."""
    if not old.words or not new.words:
        return False
    alias = line.grammar.alias_of
    known = alias.get(old.name.lower())
    if known is not None and known == alias.get(new.name.lower()):
        return True
    if old.words == new.words:
        # « des habitants », then « un habitant » by himself
        one_of = old.plural and not new.plural and new.indefinite and new.terms == "role"
        return not (new.terms in {"role", "anonymous"} and (one_of or _another(line, phrase)))
    a, b = set(old.words), set(new.words)
    for one, other in ((old, new), (new, old)):
        if one.acronym and other.words == content_words(one.acronym):
            return True
        if _initials(one.name) and other.name.isupper() and len(other.name) >= 3 and _initials(one.name) == other.name:
            return True
    if old.body and old.body == new.body and old.terms == new.terms == "named" and not (old.person or new.person):
        return True
    if new.person and not old.person and old.terms == "role" and old.words == new.function:
        return True  # "un de ses avocats", then "Paul Roux, l'un de ses avocats"
    if (
        new.person
        and not old.person
        and old.terms == "role"
        and old.head == new.head
        and not (old.plural or not old.head)
    ):
        # « un porte-parole du ministère de la Santé », then « le porte-parole du ministère Paul Roux »
        return bool(new.function) and not new.indefinite and set(new.function) <= a
    if old.person and new.person:
        # the surname alone, or the first name where that is the one people go by
        given = len(b) == 1 and old.words[0] == new.words[0] and len(new.words[0]) >= _GIVEN
        return given or (old.words[-1] == new.words[-1] and (a <= b or b <= a))
    if old.person != new.person and old.terms == new.terms == "named":
        short, long = (new, old) if len(new.words) < len(old.words) else (old, new)
        if len(short.words) == 1 and long.person and short.words[0] == long.words[-1] and not short.head:
            return True
    definite = phrase.determiner in line.grammar.definite or phrase.determiner in line.grammar.demonstrative
    if definite and old.terms == new.terms == "named" and old.head == new.head != "" and not (old.person or new.person):
        return b <= a  # « le ministère malien de la Défense », then « le ministère de la Défense »
    if old.kind == new.kind == "media" and definite and not phrase.proper and not new.plural and len(new.words) == 1:
        return not old.plural  # "Le Matin", then « le quotidien »
    if (not new.person and new.terms != "named" and definite) or (
        line.language == "en" and not new.person and new.terms == "role" and not phrase.determiner
    ):
        if old.person:
            held = bool(old.function) and set(new.words) <= set(old.function) and new.head != ""
            return held and not new.thing  # "the police" is not the police officer who spoke before
        bare = not phrase.determiner and len(b) == 1  # "police" after "city police"
        fits = b <= a or (definite and a <= b and (old.terms == "anonymous" or len(a) == 1))
        return new.head == old.head and fits and (definite or bare)
    if new.terms == "named" and old.terms == "role" and not old.indefinite and not new.person and not old.plural:
        return new.head == old.head and a <= b and len(a) == 1 and bool(old.head) and old.kind == new.kind and definite
    return False


def _another(line: Line, phrase: Phrase) -> bool:
    return any(line.low(i) in line.grammar.another for i in range(phrase.first, phrase.last))


def _initials(name: str) -> str:
    parts = content_words(name)  # « Réseau national de défense des droits humains » is the RNDDH
    return "".join(w[0] for w in parts).upper() if len(parts) >= 3 else ""


def author(line: Line, phrase: Phrase) -> Phrase | None:
    """Who stands behind a paper or recording that speaks ("rapport de l'ONU", "Roy's statement"); None where
    only the paper is named."""
    g = line.grammar
    for i in range(phrase.first, min(phrase.last + 1, len(line.words) - 1)):
        low = line.low(i)
        if i > phrase.name and (low in g.document_of or low == "from") and not line.boundary(i + 1):
            begin = i + 2 if line.low(i + 1) in g.by else i + 1  # « le texte diffusé par l'état-major »
            inner = read_phrase(line, begin, len(line.words))
            if inner is not None and inner.plausible and not inner.document:
                return inner
        if low == "'s" and i > phrase.first:
            inner = read_phrase(line, phrase.first, i)
            if inner is not None and inner.plausible:
                return inner
    return None


def without_document(line: Line, phrase: Phrase) -> Phrase:
    """ "a Defense Ministry statement": the body without the paper at the end of its name."""
    if line.language != "en" or phrase.document:
        return phrase
    end = phrase.name_end
    for i in range(phrase.name, phrase.name_end):
        if line.low(i) == "'s" and any(line.low(j) in line.grammar.documents for j in range(i, phrase.name_end)):
            end = i
            break
    while end - 1 > phrase.name and line.low(end - 1) in line.grammar.documents | {"news", "press", "joint"}:
        if phrase.head is not None and line.words[end - 1].start < phrase.head.end:
            break
        end -= 1
    return phrase if end == phrase.name_end else replace(phrase, name_end=end, last=max(end, phrase.first + 1))
