"""One sentence as the attribution rules read it: its words, each with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from vigie.coding.annotated import AnnotatedReport, within
from vigie.coding.attribution_words import SpeechWords, load_speech_words
from vigie.language.pack import Match
from vigie.language.parse import split_words
from vigie.language.schema import Body, Cue, Speaker
from vigie.text.segments import Sentence

_QUOTES = frozenset('«»“”„"')
_BOUNDARIES = frozenset(",;:()–—[]…!?") | _QUOTES | {".", "...", "--"}


class Word(NamedTuple):
    """One word. `low` is in lower case (accents kept: "à" is not "a"); `cap` begins with a capital that is not
    only the sentence's; `mark` is punctuation; `quoted` stands between quotation marks; `time` is part of a date."""

    start: int
    end: int
    text: str
    low: str
    cap: bool
    mark: bool
    quoted: bool
    time: bool


@dataclass(frozen=True)
class Line:
    """A sentence with its words. `functions`, `bodies`, `places`, `cues` give, by the index of the word at
    which they begin, the index after their last word and the match (or place)."""

    report: AnnotatedReport
    sentence: Sentence
    language: str
    grammar: SpeechWords
    words: tuple[Word, ...]
    functions: dict[int, tuple[int, Match]] = field(default_factory=dict)
    bodies: dict[int, tuple[int, Match]] = field(default_factory=dict)
    places: dict[int, tuple[int, str | None]] = field(default_factory=dict)
    cues: tuple[tuple[int, int, Match], ...] = ()
    cue_words: frozenset[int] = frozenset()

    def low(self, i: int) -> str:
        """The word at an index in lower case; "" outside the sentence."""
        return self.words[i].low if 0 <= i < len(self.words) else ""

    def boundary(self, i: int) -> bool:
        """Whether a clause can end at an index: punctuation, a quotation, an edge of the sentence."""
        return not 0 <= i < len(self.words) or self.words[i].mark or self.words[i].quoted


def entry_speaker(match: Match) -> Speaker | None:
    """The entry of a match of speakers.yaml."""
    return match.entry if isinstance(match.entry, Speaker) else None


def entry_body(match: Match) -> Body | None:
    """The entry of a match of actors.yaml."""
    return match.entry if isinstance(match.entry, Body) else None


def entry_cue(match: Match) -> Cue | None:
    """The entry of a match of cues.yaml."""
    return match.entry if isinstance(match.entry, Cue) else None


def read_line(report: AnnotatedReport, sentence: Sentence) -> Line:
    """The words of a sentence of `report` with what the earlier stages know of them."""
    language = report.pack.language
    text = report.text
    grammar = load_speech_words(language)
    quoted, dated, times = report.quoted, report.dated, grammar.times
    words: list[Word] = []
    opening = True
    for start, end in split_words(text, language, sentence.start, sentence.end):
        form = text[start:end]
        low = form.lower()
        mark = not form[0].isalnum() and (form in _BOUNDARIES or not any(c.isalnum() for c in form))
        if form == "-" and text[start - 1 : start].isalnum() and text[end : end + 1].isalnum():
            mark = False  # inside a name that is cut at its hyphens
        upper = form[0].isupper() or ("-" in form and _prefixed(form, grammar))
        cap = upper and not (opening and (low in grammar.determiners or _plain_opener(low, grammar)))
        # A French weekday with a capital is part of a name ("Journal du Dimanche").
        named_day = upper and language == "fr" and not opening
        time = dated[start] > 0 or (low in times and not named_day)
        words.append(Word(start, end, form, low, cap, mark, quoted[start] > 0, time))
        opening = (opening or form in '.:?!«“"–—') if mark else False
    by_start = {word.start: i for i, word in enumerate(words)}
    by_end = {word.end: i for i, word in enumerate(words)}
    functions: dict[int, tuple[int, Match]] = {}
    bodies: dict[int, tuple[int, Match]] = {}
    cues: list[tuple[int, int, Match]] = []
    for match in report.matches_in(sentence.start, sentence.end, "speakers", "actors", "cues"):
        first, last = by_start.get(match.start), by_end.get(match.end)
        if match.file == "cues":
            # Elided and hyphenated words are cut finer or coarser than the phrases of the pack.
            first = _covering(words, match.start) if first is None else first
            last = _covering(words, match.end - 1) if last is None else last
            if first is None or last is None or words[first].quoted or text[match.end : match.end + 1] == "-":
                continue
            if language == "en" and text[match.start - 1 : match.start] == "-":
                continue  # "self-proclaimed"
            if words[first].cap and first > 0 and not words[first - 1].mark:
                continue  # "State", "Report": part of a name
            if match.text.lower() in grammar.kinds_of_place and not text.startswith(" that", match.end):
                continue  # "Niger state", "state police spokesman"
            cues.append((first, last + 1, match))
            continue
        if first is None or last is None:
            continue
        table = functions if match.file == "speakers" else bodies
        if first not in table or table[first][0] < last + 1:
            table[first] = (last + 1, match)
    places: dict[int, tuple[int, str | None]] = {}
    for place in within(report.places, sentence.start, sentence.end):
        first, last = by_start.get(place.start), by_end.get(place.end)
        if first is not None and last is not None:
            places[first] = (last + 1, place.place.country)
    verb_starts = {first for first, _, match in cues if (cue := entry_cue(match)) and cue.kind == "verb"}
    cues = [
        c
        for c in cues
        if not _part_of_noun(words, c[0], c[1], functions, grammar)
        and not (language == "en" and _paper_that_speaks(words, c[0], c[1], verb_starts, grammar))
    ]
    verbs = frozenset(
        i for first, last, match in cues if (cue := entry_cue(match)) and cue.kind == "verb" for i in range(first, last)
    )
    return Line(report, sentence, language, grammar, tuple(words), functions, bodies, places, tuple(cues), verbs)


def _part_of_noun(
    words: list[Word], first: int, last: int, functions: dict[int, tuple[int, Match]], grammar: SpeechWords
) -> bool:
    """Whether the form of a verb of speech is a noun or part of one here: "State television", "un juge"."""
    for start, (end, _) in functions.items():
        if (
            start <= first
            and last <= end
            and (end - start > last - first or words[first - 1].low in grammar.determiners)
        ):
            return True
    if last - first != 1 or first == 0:
        return False
    before, form = words[first - 1].low, words[first].low
    as_noun = before in grammar.noun_before and not form.endswith(("ed", "ing", "said", "told"))
    return before in grammar.indefinite | grammar.demonstrative or as_noun


def _paper_that_speaks(words: list[Word], first: int, last: int, verbs: set[int], grammar: SpeechWords) -> bool:
    """Whether a form of a verb of speech is the paper that speaks by the next one: "the UN report later concluded"."""
    if last - first != 1 or words[first].low not in grammar.documents:
        return False
    while last < len(words) and words[last].low in grammar.adverbs:
        last += 1
    return last in verbs


def _prefixed(form: str, grammar: SpeechWords) -> bool:
    """Whether a word is a name's that a small article opens ("al-Dari")."""
    prefix, hyphen, rest = form.partition("-")
    return bool(hyphen) and rest[:1].isupper() and prefix in grammar.name_prefixes


def _plain_opener(low: str, grammar: SpeechWords) -> bool:
    """Words that take a capital only because they open a sentence."""
    return (
        low in grammar.prepositions
        or low in grammar.adverbs
        or low in grammar.subordinate
        or low in grammar.pronouns
        or low in grammar.one
        or low in grammar.and_
        or low in grammar.of
        or low in grammar.times
    )


def _covering(words: list[Word], offset: int) -> int | None:
    return next((i for i, w in enumerate(words) if w.start <= offset < w.end), None)
