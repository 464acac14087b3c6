"""Words, and the syntax of sentences: dependency trees over offsets of the text they were read from.

The trained pipelines in `models/` read words, not text: `split_words` cuts them as the treebanks do, and the
names, dates and quantities found beforehand go in as one word each.
"""

from __future__ import annotations

import bisect
import gc
import itertools
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from vigie.errors import LanguageUnavailable

MODELS = Path(__file__).parent / "models"

_ELISION_FR = r"(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu|quelqu|presqu)['’](?=\w)"
_CLITIC_FR = r"(?:-t)?-(?:ils?|elles?|on|je|tu|nous|vous|ce|les?|la|lui|leur|moi|toi|y|en|là|ci)(?![\w'’-])"
_FRENCH = re.compile(
    r"""
    (?:https?://|www\.)\S+[\w/]
    | aujourd['’]hui | quelqu['’]une?s?(?!\w) | prud['’]hom\w+ | presqu['’]îles? | c['’]est-à-dire | l['’]on(?!\w)
    | rendez-vous | peut-être | soi-disant
    | (?:celui|celle|ceux|celles)-(?:ci|là)(?!\w)
    | (?:J\.-C\.? | M\. | MM\. | Dr\. | Pr\. | St\. | etc\. | n[o°]s?\.? (?=\s*\d))
    | [A-Z]\.(?:-?[A-Z]\.)+ | [A-Z]\.(?=\s?[A-Z]\w)
    | ELISION
    | \d+(?:er|ère|re|e|è|ème|nd|nde|des?|s)(?!\w)
    | \d+(?:[.,/:]\d+)*
    | -\d+(?:[.,]\d+)*
    | CLITIC
    | [^\W\d_](?:\w++|(?!CLITIC)-(?=\w)|['’](?=\w))*
    | \.{2,} | -{2,} | !{2,} | \?{2,} | …
    | _+ | [^\w\s]
    """.replace("ELISION", _ELISION_FR).replace("CLITIC", _CLITIC_FR),
    re.VERBOSE | re.IGNORECASE,
)
_CONTRACTION_EN = r"(?:n['’]t|['’](?:s|m|re|ve|ll|d))(?!\w)"
_ABBREVIATION_EN = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Cpl|Capt|Cmdr|Brig|Adm|Gov|Sen|Rep|Rev|St|Ft|Mt|Jr|Sr|Inc|Corp|Co|Ltd|vs|etc"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|Hon|Pres|Spc|Pfc|Pvt|Ave)\."
)
_ENGLISH = re.compile(
    r"""
    (?:https?://|www\.)\S+[\w/]
    | can(?=not(?!\w)) | (?:gon|wan)(?=na(?!\w)) | got(?=ta(?!\w))
    | ABBREV | (?:i\.e|e\.g|a\.m|p\.m)\.? | (?:[a-z]\.){2,} | [a-z]\.(?=\s[A-Z]\w)
    | CONTRACTION
    | \d+(?:st|nd|rd|th|s)(?!\w)
    | \d+(?:[.,/:]\d+)*
    | [^\W\d_](?:[^\Wn]++|(?!CONTRACTION)(?:n|['’](?=\w)))*
    | \.{2,} | -{2,} | !{2,} | \?{2,} | …
    | _+ | [^\w\s]
    """.replace("CONTRACTION", _CONTRACTION_EN).replace("ABBREV", _ABBREVIATION_EN),
    re.VERBOSE | re.IGNORECASE,
)
_PATTERNS = {"fr": _FRENCH, "en": _ENGLISH}


def split_words(text: str, language: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Cut `text[start:end]` into words as the treebanks do; return their offsets in `text`.

    Raises KeyError for a language without rules. A word that crosses `end` is cut there.
    """
    stop = len(text) if end is None else end
    words: list[tuple[int, int]] = []
    for match in _PATTERNS[language].finditer(text, start):
        span = match.span()
        if span[1] > stop:
            if span[0] < stop:
                words.append((span[0], stop))
            break
        words.append(span)
    return words


class Token(NamedTuple):
    """One word of a parse. `head` is an index in the parse; the root is its own head."""

    index: int  # type: ignore[assignment]
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: str

    def has(self, feature: str) -> bool:
        """Whether the morphology holds a feature, given as "Name=Value"."""
        return feature in self.morph and feature in self.morph.split("|")


class Parse:
    """The tree of one sentence: `tokens` in order, `start` and `end` in the text. Not to be changed."""

    __slots__ = ("_children", "_ends", "_words", "end", "start", "tokens")

    def __init__(self, tokens: tuple[Token, ...], start: int, end: int) -> None:
        self.tokens = tokens
        self.start = start
        self.end = end
        self._children: tuple[tuple[int, ...], ...] | None = None
        self._ends: list[int] | None = None
        self._words: frozenset[str] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parse) and (self.start, self.end, self.tokens) == (
            other.start,
            other.end,
            other.tokens,
        )

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.tokens))

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __repr__(self) -> str:
        return f"Parse({self.start}, {self.end}, {' '.join(f'{t.text}/{t.dep}>{t.head}' for t in self.tokens)})"

    @property
    def root(self) -> int:
        """Index of the root; -1 where the sentence has no words."""
        return next((token.index for token in self.tokens if token.head == token.index), -1)

    @property
    def words(self) -> frozenset[str]:
        """The words of the sentence in lower case, accents kept."""
        if self._words is None:
            self._words = frozenset([token.text.casefold() for token in self.tokens])
        return self._words

    def children(self, i: int) -> tuple[int, ...]:
        """Indices of the words that depend on word `i`, in order."""
        if self._children is None:
            lists: list[list[int]] = [[] for _ in self.tokens]
            for k, token in enumerate(self.tokens):
                head = token.head
                if head != k:
                    lists[head].append(k)
            self._children = tuple(map(tuple, lists))
        return self._children[i]

    def subtree(self, i: int) -> tuple[int, ...]:
        """Sorted indices of word `i` and of all that hangs on it."""
        found, queue = [i], [i]
        while queue:
            below = self.children(queue.pop())
            found.extend(below)
            queue.extend(below)
        return tuple(sorted(found))

    def at(self, offset: int) -> int | None:
        """Index of the word that covers a character offset, or None between words."""
        i = self._first_after(offset)
        return i if i < len(self.tokens) and self.tokens[i].start <= offset else None

    def _first_after(self, offset: int) -> int:
        """Index of the first word that ends behind a character offset; the number of words where none does."""
        if self._ends is None:
            self._ends = [token.end for token in self.tokens]
        return bisect.bisect_right(self._ends, offset)

    def covering(self, start: int, end: int) -> tuple[int, ...]:
        """Indices of the words that share a character with `text[start:end]`."""
        first = last = self._first_after(start)
        while last < len(self.tokens) and self.tokens[last].start < end:
            last += 1
        return tuple(range(first, last))

    def head_of(self, start: int, end: int) -> int | None:
        """Syntactic head of a span: its first word whose own head lies outside (words before punctuation and
        function words); None where the span holds no word."""
        inside = self.covering(start, end)
        if len(inside) < 2:
            return inside[0] if inside else None
        outside = [i for i in inside if self.tokens[i].head == i or not inside[0] <= self.tokens[i].head <= inside[-1]]
        full = [i for i in outside if self.tokens[i].dep not in _FUNCTION]
        return (full or outside or list(inside))[0]

    def path_to_root(self, i: int) -> tuple[int, ...]:
        """Indices from word `i` up to the root, both included."""
        path = [i]
        while self.tokens[path[-1]].head != path[-1]:
            path.append(self.tokens[path[-1]].head)
        return tuple(path)

    def changed(self, changes: Mapping[int, Token]) -> Parse:
        """A parse with some words replaced; the caller keeps it a tree."""
        if not changes:
            return self
        tokens = list(self.tokens)
        for i, token in changes.items():
            tokens[i] = token
        return Parse(tuple(tokens), self.start, self.end)


_BATCH = 256  # sentences; more of them take memory and gain no time
_KEPT_WORDS = 30_000  # words the vocabulary keeps from text to text; about 0.5 KB each
_NO_TOKENIZER = "vigie.no_tokenizer.v1"
_READ = ["HEAD", "DEP", "POS", "LEMMA", "MORPH"]
_UNSIGNED = 2**64 - 1
_FUNCTION = frozenset({"punct", "case", "det", "cc", "mark", "aux", "aux:pass", "cop"})


class Passage(NamedTuple):
    """What to parse of a text: the offsets of its sentences, and the sorted spans that are one word each."""

    text: str
    segments: Sequence[tuple[int, int]]
    glued: Sequence[tuple[int, int]] = ()


class Parser:
    """A trained pipeline with the repairs of its parse; made by `load_parser`."""

    def __init__(self, language: str, nlp: Any, repair: Callable[[Parse], Parse]) -> None:
        self.language = language
        self._nlp = nlp
        self._labels = _Labels(nlp.vocab.strings)
        self._repair = repair

    def parse(
        self,
        text: str,
        segments: Sequence[tuple[int, int]],
        glued: Sequence[tuple[int, int]] = (),
        *,
        repair: bool = True,
    ) -> list[Parse]:
        """Parse sentences of a text.

        text: the whole text. segments: offsets of the sentences; each gives exactly one tree, in their order.
        glued: sorted spans that do not overlap (names, dates, quantities), each made one word; one that is not
        wholly inside a sentence counts for nothing. repair: whether to mend the known faults of the trees.
        """
        return self.parse_all([Passage(text, segments, glued)], repair=repair)[0]

    def parse_all(self, passages: Sequence[Passage], *, repair: bool = True) -> list[list[Parse]]:
        """Parse sentences of several texts together, which takes less time; the trees of each text, as `parse` gives
        them."""
        spans = [[self._spans(p.text, segment, p.glued) for segment in p.segments] for p in passages]
        with self._zone():
            docs = [
                self._doc(p.text, words)
                for p, sentences in zip(passages, spans, strict=True)
                for words in sentences
                if words
            ]
            filled = iter(list(self._nlp.pipe(docs, batch_size=_BATCH)))
            parses = [
                [
                    _read(next(filled) if words else None, self._labels, p.text, words, segment)
                    for words, segment in zip(sentences, p.segments, strict=True)
                ]
                for p, sentences in zip(passages, spans, strict=True)
            ]
        return [[self._repair(parse) for parse in trees] for trees in parses] if repair else parses

    def _zone(self) -> AbstractContextManager[object]:
        """Where the words a text brings are forgotten after it. The first ones are kept for good: they come again in
        every report, and making a word known takes longer than reading it."""
        return nullcontext() if len(self._nlp.vocab) < _KEPT_WORDS else self._nlp.memory_zone()

    def _spans(
        self, text: str, segment: tuple[int, int], glued: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int, bool]]:
        """The words of a segment as (start, end, whether glued)."""
        words: list[tuple[int, int, bool]] = []
        position, stop = segment
        low = bisect.bisect_left(glued, (position, -1))
        for start, end in itertools.islice(glued, low, None):
            if start >= stop:
                break
            if start < position or end > stop or start >= end:
                continue
            words += [(a, b, False) for a, b in split_words(text, self.language, position, start)]
            words.append((start, end, True))
            position = end
        words += [(a, b, False) for a, b in split_words(text, self.language, position, stop)]
        return words

    def _doc(self, text: str, words: Sequence[tuple[int, int, bool]]) -> Any:
        """A spaCy Doc of words already cut, which the parser may not split into sentences."""
        from spacy.tokens import Doc

        forms = [model_form(text[a:b], self.language) if glued else text[a:b] for a, b, glued in words]
        return Doc(self._nlp.vocab, words=forms, sent_starts=([1] + [-1] * len(forms))[: len(forms)])


class _Labels(dict[int, str]):
    """Fills itself with the words for spaCy's numbers of labels: parts of speech, relations, features."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        self[number] = label = str(self._strings[number])
        return label


def _read(
    doc: Any, labels: _Labels, text: str, words: Sequence[tuple[int, int, bool]], segment: tuple[int, int]
) -> Parse:
    """Copy a parsed Doc into a Parse with the offsets and spelling of the text."""
    if doc is None:
        return Parse((), *segment)
    tokens: list[Token] = []
    root = -1
    strings, new = doc.vocab.strings, tuple.__new__
    # One call for the sentence instead of six a word.
    for i, ((start, end, glued), row) in enumerate(zip(words, doc.to_array(_READ).tolist(), strict=True)):
        offset, dep, pos, lemma, morph = row
        dep, pos, lemma, morph = labels[dep], labels[pos], strings[lemma], labels[morph]
        head = (i + offset) & _UNSIGNED  # kept as an offset from the word, which the array wraps round
        if head == i:
            dep = "root"
            if root < 0:
                root = i
            else:
                head, dep = root, "parataxis"
        form = text[start:end]
        lemma = form if glued else lemma or form
        tokens.append(new(Token, (i, start, end, form, lemma, pos, dep, head, "" if morph == "_" else morph)))
    return Parse(tuple(tokens), *segment)


_CALENDAR = {
    "fr": (
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août "
        "septembre octobre novembre décembre"
    ),
    "en": (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december"
    ),
}
_DATE_WORDS = {language: frozenset(words.split()) for language, words in _CALENDAR.items()}
_PERIODS = {
    "fr": "veille lendemain semaine week-end mois an année matin matinée soir soirée nuit jour journée après-midi aube",
    "en": "week weekend month year morning evening night day afternoon dawn",
}
_DAY = {"fr": "mardi", "en": "Tuesday"}
_ADVERB = {"fr": "hier", "en": "yesterday"}
_ADVERBIAL = {
    "fr": "dans en depuis à au du de dès pendant durant vers avant après entre jusqu'à fin début mi courant",
    "en": "on in since during at by before after between until from over around",
}


def model_form(words: str, language: str) -> str:
    """The one word by which the pipeline is shown a glued span.

    A quantity is shown as its last word ("plus de 175" → "175", "2 500" → "2500") and a name as its words joined by
    "_". A date is shown as "hier" ("yesterday") where it brings its own preposition or is a period ("la veille"), as a
    weekday where it has a day of the month, else as its last weekday or month.
    """
    parts = words.split()
    if len(parts) == 1:
        return words
    lowered = [part.casefold().strip(",.") for part in parts]
    dates = [part for part, low in zip(parts, lowered, strict=True) if low in _DATE_WORDS[language]]
    if dates:
        if lowered[0] in _ADVERBIAL[language].split():
            return _ADVERB[language]
        return _DAY[language] if any(re.match(r"\d{1,2}(?!\d)", part) for part in parts) else dates[-1].strip(",.")
    number = re.search(r"\d{1,3}(?: \d{3})+$|[\d.,]*\d$", words)
    if number:
        return number[0].replace(" ", "")
    if not any(character.isupper() for character in words):
        last = next((part for part in reversed(re.split(r"[\s']", words)) if part), words)
        return _ADVERB[language] if lowered[-1] in _PERIODS[language].split() else last
    return "_".join(parts)


def languages() -> tuple[str, ...]:
    """Codes of the languages with a trained pipeline, sorted."""
    if not MODELS.is_dir():
        return ()
    return tuple(sorted(path.name for path in MODELS.iterdir() if (path / "config.cfg").is_file()))


@cache
def load_parser(language: str) -> Parser:
    """The parser of a language, loaded once a process.

    language: ISO 639-1 code. Raises LanguageUnavailable where there is no trained pipeline for it.
    """
    if language not in _PATTERNS or language not in languages():
        raise LanguageUnavailable(language, languages())
    parser = load_pipeline(language, MODELS / language)
    # Pipelines, packs and gazetteer stay as long as the process: a full collection of garbage, which comes every
    # hundred reports or so, took nearly a tenth of a second to look through them.
    gc.freeze()
    return parser


def load_pipeline(language: str, folder: Path) -> Parser:
    """A parser from a pipeline on disk, for trials; `load_parser` gives the one of the package.

    Raises OSError where the folder holds no pipeline.
    """
    from vigie.language.repairs import load_repairs

    spacy = _spacy()
    # Words come in already cut; spaCy's own tokenizer takes a tenth of a second to build and is never asked.
    spacy.registry.tokenizers(_NO_TOKENIZER, func=_no_tokenizer)
    without = {"nlp": {"tokenizer": {"@tokenizers": _NO_TOKENIZER}}}
    nlp = spacy.load(folder, exclude=["tokenizer"], config=without)
    return Parser(language, nlp, load_repairs(language))


def _no_tokenizer() -> Callable[[Any], Callable[[str], Any]]:
    def create(_: Any) -> Callable[[str], Any]:
        def refuse(text: str) -> Any:
            raise TypeError("the pipeline reads words, not text: use Parser.parse")

        return refuse

    return create


def _spacy() -> Any:
    """The spaCy module, loaded without its command line.

    `import spacy` pulls in its project and download tools with a web client, which take over a third of the time;
    for the length of that import an empty module stands in their place.
    """
    if "spacy" not in sys.modules:
        package, command = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
        package.__dict__["__path__"] = []
        command.__dict__["info"] = None
        sys.modules.update({"spacy.cli": package, "spacy.cli.info": command})
        try:
            import spacy
        finally:
            for name in ("spacy.cli", "spacy.cli.info"):
                sys.modules.pop(name, None)
        spacy.__dict__.pop("cli", None)
    import spacy

    return spacy
