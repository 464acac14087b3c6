"""Score a syntax pipeline on marked sentences: precision, recall and F1 of each role.

python tools/score_roles.py tests/language/roles/fr.yaml --language fr [--model DIR] [--raw] [--errors]
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from vigie.language.parse import Parse, Parser, load_parser, load_pipeline

ROLES = ("subject", "patient", "object", "agent", "speaker", "of")
RELATIONS = {
    "subject": ("nsubj",),
    "patient": ("nsubj:pass",),
    "object": ("obj", "iobj"),
    "agent": ("obl:agent",),
    "speaker": ("nsubj",),
    "of": ("nmod",),
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its glued spans and, for each predicate's offset, its (role, offset of the word) pairs."""

    text: str
    glued: tuple[tuple[int, int], ...]
    predicates: dict[int, frozenset[tuple[str, int]]]


def read(path: Path) -> list[Marked]:
    """Read a file of marked sentences. Raises ValueError naming the sentence where a mark fits no word of it."""
    return [mark(line) for line in yaml.safe_load(path.read_text(encoding="utf8"))]


def mark(line: str) -> Marked:
    """Read one marked sentence (the format is explained at the top of `fr.yaml`)."""
    sentence, *parts = (part.strip() for part in line.split(" | "))
    text, glued = "", []
    for i, piece in enumerate(re.split(r"[{}]", sentence)):
        if i % 2:
            glued.append((len(text), len(text) + len(piece)))
        text += piece
    predicates = {}
    for part in parts:
        predicate, *roles = part.split()
        pairs = set()
        for role, words in (pair.split("=") for pair in roles):
            if role not in ROLES:
                raise ValueError(f"no such role as {role!r}: {line}")
            pairs.update((role, find(text, word, line)) for word in words.split(","))
        predicates[find(text, predicate, line)] = frozenset(pairs)
    return Marked(text, tuple(glued), predicates)


def find(text: str, word: str, line: str) -> int:
    """Offset of a word, or of its n-th occurrence ("word#n"). Raises ValueError where there is none."""
    form, _, number = word.partition("#")
    before, after = (r"(?<!\w)" if form[0].isalnum() else ""), (r"(?!\w)" if form[-1].isalnum() else "")
    found = [m.start() for m in re.finditer(before + re.escape(form) + after, text)]
    if len(found) < int(number or 1):
        raise ValueError(f"{word!r} is not in: {line}")
    return found[int(number or 1) - 1]


def found_roles(parse: Parse, predicate: int, wanted: frozenset[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The (role, offset) pairs a parse gives for the predicate at an offset."""
    verb = parse.at(predicate)
    if verb is None:
        return
    asked = {role for role, _ in wanted}
    for child in map(parse.tokens.__getitem__, parse.children(verb)):
        for role, relations in RELATIONS.items():
            if child.dep not in relations:
                continue
            if role == "subject" and "speaker" in asked:
                continue
            if role == "speaker" and "speaker" not in asked:
                continue
            if role == "of" and "of" not in asked:
                continue
            yield role, child.index


def score(parser: Parser, sentences: list[Marked], *, repair: bool = True) -> tuple[dict[str, float], list[str]]:
    """F1 of each role and of all together ("all"), in per cent, and a line for every error."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    errors = []
    for sentence in sentences:
        (parse,) = parser.parse(sentence.text, [(0, len(sentence.text))], sentence.glued, repair=repair)
        for predicate, pairs in sentence.predicates.items():
            gold = {(role, parse.at(offset)) for role, offset in pairs}
            got = set(found_roles(parse, predicate, pairs))
            for role, _ in gold & got:
                right[role] += 1
            for role, _ in got:
                given[role] += 1
            for role, _ in gold:
                marked[role] += 1
            word = parse.tokens[parse.at(predicate) or 0].text
            for sign, pair in [("-", p) for p in sorted(gold - got, key=str)] + [("+", p) for p in sorted(got - gold)]:
                errors.append(f"{sign} {word} {pair[0]}={parse.tokens[pair[1] or 0].text} :: {parse!r}")
    scores = {role: f1(right[role], given[role], marked[role]) for role in ROLES}
    scores["all"] = f1(right.total(), given.total(), marked.total())
    return scores, errors


def f1(right: int, given: int, marked: int) -> float:
    """F1 in per cent, one decimal."""
    return round(200 * right / (given + marked), 1) if given + marked else 0.0


def main() -> None:
    """Command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sentences", type=Path)
    arguments.add_argument("--language", required=True)
    arguments.add_argument("--model", type=Path, help="a pipeline on disk in place of the one of the package")
    arguments.add_argument("--raw", action="store_true", help="without the repairs")
    arguments.add_argument("--errors", action="store_true", help="print every error with its parse")
    chosen = arguments.parse_args()
    parser = load_pipeline(chosen.language, chosen.model) if chosen.model else load_parser(chosen.language)
    scores, errors = score(parser, read(chosen.sentences), repair=not chosen.raw)
    if chosen.errors:
        print(*errors, sep="\n")
    print(scores)


if __name__ == "__main__":
    main()
