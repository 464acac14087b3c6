"""Loading a language pack and finding its phrases in a text."""

from __future__ import annotations

import importlib.resources
import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick_rs
import yaml
from pydantic import ValidationError

from vigie.errors import LanguageUnavailable, PackError
from vigie.language.folding import fold
from vigie.language.schema import FILES, Entry

_BRACES = re.compile(r"\{([^{}]*)\}")
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Match(NamedTuple):
    """One entry found in a text: offsets in that text, the pack file it comes from, the entry, the words."""

    start: int
    end: int
    file: str
    entry: Entry
    text: str


def expand(form: str) -> Iterator[str]:
    """All spellings a form with braces stands for: "mort{,s}" gives "mort" and "morts"."""
    if "{" not in form:
        yield form
        return
    parts = _BRACES.split(form)
    choices = [[p] if i % 2 == 0 else p.split(",") for i, p in enumerate(parts)]
    for chosen in itertools.product(*choices):
        yield "".join(chosen)


def _twice(form: str) -> Iterator[tuple[str, str]]:
    return ((spelling, spelling) for spelling in expand(form))


class Pack:
    """One language's vocabulary, and a matcher over all of it.

    language: ISO 639-1 code. entries: pack file name → entries, in file order.
    """

    def __init__(self, language: str, entries: dict[str, tuple[Entry, ...]]) -> None:
        self.language = language
        self.entries = entries
        patterns: list[str] = []
        self._owners: list[tuple[_Owner, ...]] = []
        by_form: dict[str, list[_Owner]] = {}
        for file, items in entries.items():
            for entry in items:
                exact = entry.case or entry.accents
                for form in entry.forms:
                    folded = fold(form)  # braces and commas stay, so that folding first spells the same forms
                    for spelling, key in zip(expand(form), expand(folded), strict=True) if exact else _twice(folded):
                        by_form.setdefault(key, []).append((file, entry.id, entry, spelling if exact else ""))
        for form, owners in by_form.items():
            patterns.append(form)
            self._owners.append(tuple(owners))
        self._automaton = ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.Standard)

    def find(self, text: str, folded: str | None = None) -> list[Match]:
        """All matches in `text`, sorted by start then longest first; of matches from one file that overlap
        only the longest (then leftmost) is kept. `folded` is fold(text) where the caller has it already."""
        folded = fold(text) if folded is None else folded
        length = len(folded)
        found: list[_Raw] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if (start and folded[start - 1].isalnum() and folded[start].isalnum()) or (
                end < length and folded[end].isalnum() and folded[end - 1].isalnum()
            ):
                continue
            for file, name, entry, spelling in self._owners[pattern]:
                if spelling and not _spelt(text[start:end], spelling, entry):
                    continue
                found.append((start, -end, file, name, len(found), entry))
        found.sort()  # no two are alike up to their number, so that entries are never compared
        return [
            Match(start, -minus_end, file, entry, text[start:-minus_end])
            for start, minus_end, file, _, _, entry in _longest(found)
        ]


# Pack file, id and entry of a form, and its spelling where case or accents count.
_Owner = tuple[str, str, Entry, str]
_Raw = tuple[int, int, str, str, int, Entry]


def _spelt(words: str, spelling: str, entry: Entry) -> bool:
    if entry.case and words != spelling:
        return False
    return not entry.accents or words.lower() == spelling.lower()


def _longest(matches: Sequence[_Raw]) -> Iterator[_Raw]:
    """Of sorted matches that overlap within one file the longest, then leftmost; still sorted."""
    last: dict[str, int] = {}  # by file the place of the match kept last
    kept: list[_Raw | None] = []
    for match in matches:
        start, minus_end, file = match[:3]
        place = last.get(file)
        before = kept[place] if place is not None else None
        if place is not None and before is not None and start < -before[1]:
            if (start, minus_end) == before[:2]:
                pass  # one form in two entries: the reader of the matches chooses
            elif -minus_end - start > -before[1] - before[0]:
                kept[place] = None
            else:
                continue
        last[file] = len(kept)
        kept.append(match)
    return (match for match in kept if match is not None)


def languages() -> tuple[str, ...]:
    """Codes of the languages there are packs for, sorted."""
    root = importlib.resources.files("vigie.language") / "data"
    return tuple(sorted(d.name for d in root.iterdir() if d.is_dir() and (d / "triggers.yaml").is_file()))


def read_entries(text: str, model: type[Entry], where: str) -> tuple[Entry, ...]:
    """Entries of one pack file. Raises PackError naming the file and entry that break the schema."""
    try:
        rows = yaml.load(text, Loader=_Loader) or []
    except yaml.YAMLError as error:
        raise PackError(f"{where}: not YAML: {error}") from error
    if not isinstance(rows, list):
        raise PackError(f"{where}: a list of entries is wanted at the top")
    found: list[Entry] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(model.model_validate(row))
        except ValidationError as error:
            name = row.get("id") if isinstance(row, dict) else row
            raise PackError(f"{where}: entry {number} ({name!r}): {error}") from error
    return tuple(found)


@cache
def load_pack(language: str) -> Pack:
    """The pack of a language. Raises LanguageUnavailable, or PackError where a file breaks the schema."""
    return Pack(language, {name: entries_of(language, name) for name in FILES})


def entries_of(language: str, file: str) -> tuple[Entry, ...]:
    """The entries of one file of a pack ("wire"), none where the pack has no such file. Raises as `load_pack` does."""
    if language not in languages():
        raise LanguageUnavailable(language, languages())
    path = importlib.resources.files("vigie.language") / "data" / language / f"{file}.yaml"
    return read_entries(path.read_text("utf-8"), FILES[file], f"{language}/{file}.yaml") if path.is_file() else ()
