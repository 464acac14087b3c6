"""How far the vocabulary of each language pack reaches, side by side.

Prints one Markdown table a pack file: a row for each cell of the file's key dimension (for triggers the
incident type, part of speech and strength; for weapons the kind; for modality the mark …), a column a
language, and in each cell the number of entries and of spellings they stand for. A cell that one language
fills and another leaves empty is a gap.

    python tools/pack_parity.py          # prints the tables, exits 1 where there is a gap
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from vigie.language.pack import Pack, expand, languages, load_pack
from vigie.language.schema import Body, Entry, Harm, Term, Thing, Trigger, Weapon

Cell = tuple[str, ...]


def _trigger(entry: Entry) -> Iterable[Cell]:
    trigger = cast(Trigger, entry)
    kind = trigger.type or "(no type)"
    yield kind, trigger.pos, trigger.strength
    if trigger.weapon:
        yield "weapon implied", trigger.weapon, "-"
    for flag in ("killed", "injured"):
        if getattr(trigger, flag):
            yield "harm implied", flag, trigger.pos


def _harm(entry: Entry) -> Iterable[Cell]:
    harm = cast(Harm, entry)
    yield harm.harm, harm.pos, "violent" if harm.violent else "any cause"


def _weapon(entry: Entry) -> Iterable[Cell]:
    weapon = cast(Weapon, entry)
    yield weapon.kind, "countable" if weapon.countable else "mass", "fired" if weapon.fired else "not fired"


def _body(entry: Entry) -> Iterable[Cell]:
    body = cast(Body, entry)
    yield body.kind, "named" if body.named else "common", "acronym" if body.case else "words"


def _thing(entry: Entry) -> Iterable[Cell]:
    thing = cast(Thing, entry)
    yield thing.kind, "place" if thing.place else "venue"


def _mark(entry: Entry) -> Iterable[Cell]:
    yield (cast(Term, entry).mark,)


DIMENSIONS: Mapping[str, Callable[[Entry], Iterable[Cell]]] = {
    "triggers": _trigger,
    "harm": _harm,
    "weapons": _weapon,
    "actors": _body,
    "targets": _thing,
    "modality": _mark,
    "frames": _mark,
    "developments": _mark,
}


def count(pack: Pack, file: str) -> dict[Cell, tuple[int, int]]:
    """Cells of one pack file's key dimension → (entries, spellings)."""
    entries: Counter[Cell] = Counter()
    spellings: Counter[Cell] = Counter()
    for entry in pack.entries[file]:
        forms = sum(1 for form in entry.forms for _ in expand(form))
        for cell in DIMENSIONS[file](entry):
            entries[cell] += 1
            spellings[cell] += forms
    return {cell: (entries[cell], spellings[cell]) for cell in entries}


def gaps(file: str, packs: Iterable[Pack]) -> list[tuple[Cell, str]]:
    """(cell, language) for every cell that some pack fills and that language's pack leaves empty."""
    counted = {pack.language: count(pack, file) for pack in packs}
    cells = sorted({cell for cells in counted.values() for cell in cells})
    return [(cell, language) for cell in cells for language, found in counted.items() if cell not in found]


def table(file: str, packs: Iterable[Pack]) -> str:
    """One pack file as a Markdown table: entries / spellings for each cell and language."""
    counted = {pack.language: count(pack, file) for pack in packs}
    lines = [f"## {file}", "", "| cell | " + " | ".join(counted) + " |", "|---|" + "---:|" * len(counted)]
    for cell in sorted({cell for cells in counted.values() for cell in cells}):
        numbers = [f"{n[0]} / {n[1]}" if (n := found.get(cell)) else "**none**" for found in counted.values()]
        lines.append(f"| {' · '.join(cell)} | " + " | ".join(numbers) + " |")
    return "\n".join(lines)


def main() -> int:
    """Print every table; 1 where a language leaves a cell empty that another fills."""
    packs = [load_pack(language) for language in languages()]
    missing = 0
    for file in DIMENSIONS:
        print(table(file, packs), end="\n\n")
        missing += len(gaps(file, packs))
    print("No gaps." if not missing else f"{missing} gaps.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
