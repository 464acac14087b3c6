"""What there is in the corpus, counted from its lines: the tables of corpus/README.md (the data card).

Hard parts are counted from the coding alone, by report: what no field holds (a speaker named by a pronoun, say) is not
counted here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from vigie.text.normal import normalise
from vigie.text.sentences import split_sentences

Row = Mapping[str, Any]
LANGUAGES = {"fr": "French", "en": "English"}

# Nouns that tell of violence: a trigger that opens with one (after an article or a number) is nominal.
_NOUN = re.compile(
    r"(?:(?:the|an?|any|no|its|their|this|that|le|la|les|un|une|des|cette|ce|cet|son|sa|leur|leurs|two|three|four|deux|"
    r"trois|quatre|plusieurs|several|\d+)\s+|l['’]|d['’])*(?:\w+\s+)?"
    r"(?:attacks?|airstrikes?|strikes?|raids?|bombings?|shellings?|ambush(?:es)?|killings?|murders?|massacres?|"
    r"shootings?|blasts?|explosions?|clash(?:es)?|fighting|kidnappings?|abductions?|assassinations?|stabbings?|"
    r"deaths?|gunfire|gunfights?|battles?|arson|rapes?|seizure|hijacking|assaults?|attaques?|frappes?|"
    r"bombardements?|tirs?|embuscades?|meurtres?|assassinats?|tueries?|fusillades?|explosions?|affrontements?|"
    r"combats?|enlèvements?|prises? d['’]otages?|attentats?|morts?|incendies?|viols?|assauts?|raids?|accrochages?|"
    r"échanges? de tirs|lynchages?|disparition|incursions?|rapts?|exécutions?)\b",
    re.IGNORECASE,
)


def is_told_by_noun(trigger: str) -> bool:
    """Whether the words that tell of an incident open with a noun of violence, after an article or a number."""
    return _NOUN.match(trigger) is not None


def _any(row: Row, what: str, right: Callable[[Mapping[str, Any]], object]) -> bool:
    return any(right(one) for one in row[what])


def _ranged(incident: Mapping[str, Any]) -> bool:
    """A toll of which both bounds are given and differ, or only the lower one: rival or rounded figures."""
    tolls = [incident.get(key) for key in ("killed", "injured")]
    return any(toll and toll["lower"] != toll["upper"] for toll in tolls)


def _current(row: Row) -> int:
    return sum(incident["period"] == "current" for incident in row["incidents"])


HARD_PARTS: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("a speaker who is not named, with the reason", lambda r: _any(r, "sources", lambda s: s.get("reason"))),
    ("a speaker on terms of anonymity", lambda r: _any(r, "sources", lambda s: s["terms"] == "anonymous")),
    ("a denial", lambda r: _any(r, "sources", lambda s: s["stance"] == "denies")),
    ("an accusation", lambda r: _any(r, "sources", lambda s: s["stance"] == "accuses")),
    ("doubt, or nothing known", lambda r: _any(r, "sources", lambda s: s["stance"] in {"doubts", "no_information"})),
    ("responsibility claimed", lambda r: _any(r, "incidents", lambda i: i["responsibility"] == "claimed")),
    ("responsibility denied", lambda r: _any(r, "incidents", lambda i: i["responsibility"] == "denied")),
    ("two or more current incidents", lambda r: _current(r) > 1),
    ("a background incident", lambda r: _any(r, "incidents", lambda i: i["period"] == "background")),
    ("a current and a background incident", lambda r: 0 < _current(r) < len(r["incidents"])),
    ("an incident told by a noun", lambda r: _any(r, "incidents", lambda i: any(map(is_told_by_noun, i["triggers"])))),
    ("one incident told more than once", lambda r: _any(r, "incidents", lambda i: len(i["triggers"]) > 1)),
    ("a toll that is a range (rival or rounded)", lambda r: _any(r, "incidents", _ranged)),
    ("attackers' dead apart", lambda r: _any(r, "incidents", lambda i: i.get("attackers_killed"))),
    ("a running total over many incidents", lambda r: bool(r["tallies"])),
    ("the size of a force", lambda r: bool(r["strengths"])),
    ("a place fired from", lambda r: _any(r, "incidents", lambda i: i.get("launch_place"))),
    ("violence that was stopped", lambda r: _any(r, "incidents", lambda i: i["type"] == "disrupted")),
    ("words of violence that tell of none", lambda r: bool(r["not_incidents"])),
)
"""What is hard about a report, and whether a line has it."""


def tables(rows: Sequence[tuple[Row, str]]) -> str:
    """The statistics of the data card as Markdown, from the lines and the part ("train" or "test") of each."""
    lines = [row for row, _ in rows]
    return "\n\n".join(
        (
            _sizes(rows),
            _by_language("hard part", "reports that have it", [(n, [r for r in lines if f(r)]) for n, f in HARD_PARTS]),
            _by_language(
                "what sounds like violence", "reports without an incident", _kinds_of_none(lines)
            ),
            _by_language("type of incident", "incidents", _grouped(_incidents(lines), lambda i: i["type"])),
            _by_language("style", "reports", _grouped(lines, lambda r: r["style"])),
            "Theatres (reports): " + _listed(Counter(row["theatre"] for row in lines)) + ".",
        )
    )  # fmt: skip


def sentences_and_words(row: Row) -> tuple[int, int]:
    """How many sentences the text has, as the reader of the project cuts them, and how many words (what lies between
    white space and holds a letter or a figure)."""
    text = normalise(row["text"]).text
    words = sum(any(c.isalnum() for c in word) for word in text.split())
    return len(split_sentences(text, row["lang"])), words


def _sizes(rows: Sequence[tuple[Row, str]]) -> str:
    columns: list[tuple[str, list[Row]]] = [
        (name, [r for r, _ in rows if r["lang"] == k]) for k, name in LANGUAGES.items()
    ]
    columns += [(f"{part} part", [r for r, p in rows if p == part]) for part in ("train", "test")]
    columns.append(("all", [r for r, _ in rows]))
    table = [["", *(name for name, _ in columns)]]
    counted = [_size(lines) for _, lines in columns]
    table += [[name, *(_number(column[name]) for column in counted)] for name in counted[0]]
    return _markdown(table)


def _size(lines: Sequence[Row]) -> dict[str, int]:
    lengths = [sentences_and_words(row) for row in lines]
    words = sorted(w for _, w in lengths)
    incidents = [i for row in lines for i in row["incidents"]]
    return {
        "reports": len(lines),
        "reports without an incident": sum(not row["incidents"] for row in lines),
        "sentences": sum(s for s, _ in lengths),
        "words": sum(words),
        "words of the shortest report": words[0],
        "words of the median report": words[len(words) // 2],
        "words of the longest report": words[-1],
        "styles": len({row["style"] for row in lines}),
        "theatres": len({row["theatre"] for row in lines}),
        "outlets": len({row["outlet"] for row in lines}),
        "incidents": len(incidents),
        "current incidents": sum(i["period"] == "current" for i in incidents),
        "background incidents": sum(i["period"] == "background" for i in incidents),
        "speakers": sum(len(row["sources"]) for row in lines),
        "running totals": sum(len(row["tallies"]) for row in lines),
        "stretches that sound like violence and tell of none": sum(len(row["not_incidents"]) for row in lines),
    }


def _incidents(lines: Iterable[Row]) -> list[Row]:
    return [{**incident, "lang": row["lang"]} for row in lines for incident in row["incidents"]]


def _kinds_of_none(lines: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Reports without an incident by what it is in them that sounds like one; a report can have several."""
    kinds: dict[str, list[Row]] = {}
    for row in lines:
        if not row["incidents"]:
            for why in {each["why"] for each in row["not_incidents"]}:
                kinds.setdefault(why, []).append(row)
    return sorted(kinds.items(), key=lambda kind: (-len(kind[1]), kind[0]))


def _grouped(lines: Iterable[Row], key: Callable[[Row], str]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in lines:
        groups.setdefault(key(row), []).append(row)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _by_language(name: str, what: str, groups: Iterable[tuple[str, Sequence[Row]]]) -> str:
    table = [[name, *(f"{what}, {language}" for language in LANGUAGES.values()), "all"]]
    for label, lines in groups:
        each = [sum(row["lang"] == language for row in lines) for language in LANGUAGES]
        table.append([f"`{label}`" if "_" in label else label, *map(_number, each), _number(len(lines))])
    return _markdown(table)


def _number(count: int) -> str:
    return f"{count:,}"


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _markdown(table: Sequence[Sequence[str]]) -> str:
    head, *rows = table
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
