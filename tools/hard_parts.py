"""How well each hard part of coding is done, by itself: the table of docs/hard-parts.md.

    tools/hard_parts.py            print the table
    tools/hard_parts.py write      put it into docs/hard-parts.md, between its marks

Scored on the test part of corpus/, whose codings say more than a scorer compares: the words by which an incident is
told, the stance of a speaker, what sounds like violence and tells of none. Each part counts only what is hard about
it: incidents told by a noun, the places of incidents that also have a target, reports without an incident that speak
of an exercise. What no field of the corpus holds (a speaker named by a pronoun, a place that is also a word) is left to
tests.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus import read_corpus, read_rows
from corpus_figures import is_told_by_noun, sentences_and_words
from train_coder import LANGUAGES, ROOT
from vigie.coding.coder import code_reports
from vigie.evaluation.matching import IncidentMatch, ReportMatch, match
from vigie.evaluation.names import same_name
from vigie.evaluation.scores import Score, total
from vigie.evaluation.sheet_files import sheet_of
from vigie.evaluation.slots import Slot, same_number
from vigie.model import CodedReport
from vigie.readers.reports import with_language

DOCUMENT = ROOT / "docs" / "hard-parts.md"
LONG = 400
"""Words from which a report is long."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A report of the corpus: its line, how it was coded, and the two held against one another."""

    row: Row
    coded: CodedReport
    match: ReportMatch

    def told(self) -> Iterator[tuple[Row, IncidentMatch]]:
        """Each incident of the line with its match, whose `coded` is None where it was missed."""
        by_label = {m.gold.label: m for m in self.match.incidents if m.gold}
        for number, incident in enumerate(self.row["incidents"], 1):
            yield incident, by_label[str(number)]


@dataclass(frozen=True, slots=True)
class Part:
    """A hard part, what is counted of it in one report, and whether something can be coded that is not of it: where
    nothing can, only the share found is told."""

    name: str
    score: Callable[[Case], Score]
    found_only: bool = False


def found_where(right: Callable[[Row], object]) -> Callable[[Case], Score]:
    """Of the incidents for which `right` holds, how many were found."""
    return lambda case: total(_one(m.coded is not None) for row, m in case.told() if right(row))


def slot_where(slot: Slot, right: Callable[[Row], object]) -> Callable[[Case], Score]:
    """The score of a slot over the incidents that were found and for which `right` holds."""
    return lambda case: total(m.score(slot) for row, m in case.told() if m.coded and right(row))


def speakers_where(right: Callable[[Row], object]) -> Callable[[Case], Score]:
    """Of the speakers for whom `right` holds, how many were found."""

    def score(case: Case) -> Score:
        found = {j for _, j in case.match.speakers}
        return total(_one(j in found) for j, row in enumerate(case.row["sources"]) if right(row))

    return score


def stance(which: str) -> Callable[[Case], Score]:
    """Speakers who are heard with this stance; one that was not found counts as missed."""

    def score(case: Case) -> Score:
        ours = [any(c.stance == which and c.source == s.id for c in case.coded.claims) for s in case.coded.sources]
        theirs = [row["stance"] == which for row in case.row["sources"]]
        right = sum(ours[i] and theirs[j] for i, j in case.match.speakers)
        return Score(right, sum(ours), sum(theirs))

    return score


def totals(case: Case) -> Score:
    """Counts over many incidents."""
    return Score(len(case.match.totals), len(case.match.coded.totals), len(case.match.gold.totals))


def terms(which: str) -> Callable[[Case], Score]:
    """Speakers on these terms, over those that both codings have."""

    def score(case: Case) -> Score:
        pairs = [
            (case.match.coded.speakers[i].terms, case.match.gold.speakers[j].terms) for i, j in case.match.speakers
        ]
        return total(Score(ours == theirs == which, ours == which, theirs == which) for ours, theirs in pairs)

    return score


def responsibility(value: str) -> Callable[[Case], Score]:
    """How often this responsibility is told and coded, over the incidents that were found."""

    def score(case: Case) -> Score:
        pairs = [(m.coded.responsibility, m.gold.responsibility) for m in case.match.pairs if m.coded and m.gold]
        return total(Score(ours == theirs == value, ours == value, theirs == value) for ours, theirs in pairs)

    return score


def incidents_where(right: Callable[[Row], object]) -> Callable[[Case], Score]:
    """The incidents of the reports for which `right` holds, those invented or cut in two among them."""
    return lambda case: (
        Score(len(case.match.pairs), len(case.match.coded.incidents), len(case.match.gold.incidents))
        if right(case.row)
        else Score()
    )


def period(case: Case) -> Score:
    """In reports that tell of current and of background incidents, which of those found are current."""
    gold = case.match.gold
    if not 0 < len(gold.current) < len(gold.incidents):
        return Score()
    pairs = [(m.coded.current, m.gold.current) for m in case.match.pairs if m.coded and m.gold]
    return total(_one(ours == theirs) for ours, theirs in pairs)


def not_swapped(case: Case) -> Score:
    """Of the incidents found that have a place and a target, how many have neither taken for the other."""

    def apart(found: IncidentMatch) -> bool:
        coded, gold = found.coded, found.gold
        if coded is None or gold is None or gold.place is None:
            return False
        as_target = any(same_name(t.text, gold.place.name or "") for t in coded.targets)
        at = coded.place.name if coded.place else None
        return not as_target and not (at and any(same_name(at, t.text) for t in gold.targets))

    return total(_one(apart(m)) for row, m in case.told() if m.coded and _placed_target(row))


def attackers_dead(case: Case) -> Score:
    """The attackers' dead, over the incidents found."""

    def one(found: IncidentMatch) -> Score:
        ours, theirs = (i.attackers_killed if i else None for i in (found.coded, found.gold))
        return Score(same_number(ours, theirs), ours is not None, theirs is not None)

    return total(one(m) for m in case.match.pairs)


def launch_place(case: Case) -> Score:
    """Where something was fired from, over the incidents found."""
    coded = {i.id: i for i in case.coded.incidents}

    def one(row: Row, found: IncidentMatch) -> Score:
        ours = coded[found.coded.label].launch_place if found.coded else None
        theirs = row.get("launch_place")
        same = ours is not None and theirs is not None and same_name(ours.name or "", theirs["name"] or "")
        return Score(same, ours is not None, theirs is not None)

    return total(one(row, m) for row, m in case.told() if m.coded)


def strengths(case: Case) -> Score:
    """The size of a force, by its number."""
    ours = [(s.lower, s.upper) for s in case.coded.strengths]
    theirs = [(s["lower"], s["upper"]) for s in case.row["strengths"]]
    right = sum(min(ours.count(each), theirs.count(each)) for each in set(theirs))
    return Score(right, len(ours), len(theirs))


def left_empty(why: str) -> Callable[[Case], Score]:
    """Of the reports without an incident in which something sounds like one for this reason, how many are coded
    empty."""

    def score(case: Case) -> Score:
        if case.row["incidents"] or all(each["why"] != why for each in case.row["not_incidents"]):
            return Score()
        return _one(not case.match.coded.incidents)

    return score


def _one(right: bool) -> Score:
    return Score(int(right), 1, 1)


def _period(which: str) -> Callable[[Row], bool]:
    return lambda incident: incident["period"] == which


def _by_noun(incident: Row) -> bool:
    return is_told_by_noun(incident["triggers"][0])


def _exact(key: str) -> Callable[[Row], bool]:
    return lambda i: bool(i.get(key)) and i[key]["lower"] == i[key]["upper"]


def _ranged(key: str) -> Callable[[Row], bool]:
    return lambda i: bool(i.get(key)) and i[key]["lower"] != i[key]["upper"]


def _placed_target(incident: Row) -> bool:
    return bool((incident.get("place") or {}).get("name") and incident["targets"])


def _answered_for(incident: Row) -> bool:
    return incident["responsibility"] in {"claimed", "denied"}


def _attributed(incident: Row) -> bool:
    return incident["responsibility"] == "attributed"


def _basis(which: str) -> Callable[[Row], bool]:
    return lambda i: bool(i.get("date")) and i["date"].get("basis") == which


def _alone(row: Row) -> bool:
    return len(row["incidents"]) == 1 and len(row["incidents"][0]["triggers"]) > 1


def _several(row: Row) -> bool:
    return sum(i["period"] == "current" for i in row["incidents"]) > 1


def _long_dates(case: Case) -> Score:
    if sentences_and_words(case.row)[1] < LONG:
        return Score()
    return total(m.score("date") for m in case.match.pairs)


_EMPTY = "negated metaphor accident general history exercise sport threat hypothetical film business plot trial".split()
PARTS: tuple[Part, ...] = (
    Part("an incident first told by a verb: found", found_where(lambda i: not _by_noun(i)), found_only=True),
    Part("an incident first told by a noun: found", found_where(_by_noun), found_only=True),
    Part("one incident told more than once: incidents", incidents_where(_alone)),
    Part("two or more current incidents: incidents", incidents_where(_several)),
    Part("a current incident: found", found_where(_period("current")), found_only=True),
    Part("a background incident: found", found_where(_period("background")), found_only=True),
    Part("current told apart from background", period, found_only=True),
    Part("a named speaker: found", speakers_where(lambda s: s["terms"] == "named"), found_only=True),
    Part("a speaker known by a role: found", speakers_where(lambda s: s["terms"] == "role"), found_only=True),
    Part("an anonymous speaker: found", speakers_where(lambda s: s["terms"] == "anonymous"), found_only=True),
    Part("who denies", stance("denies")),
    Part("who accuses", stance("accuses")),
    Part("who claims an act", stance("claims_responsibility")),
    Part("who has no information", stance("no_information")),
    Part("terms: anonymous", terms("anonymous")),
    Part("terms: by role", terms("role")),
    Part("terms: another medium", terms("media")),
    Part("responsibility claimed", responsibility("claimed")),
    Part("responsibility denied", responsibility("denied")),
    Part("responsibility attributed", responsibility("attributed")),
    Part("nobody has claimed it", responsibility("unclaimed")),
    Part("actors where one claims or denies", slot_where("actor", _answered_for)),
    Part("actors where one is only said to have done it", slot_where("actor", _attributed)),
    Part("place, where there is a target too", slot_where("place", _placed_target)),
    Part("target, where there is a place too", slot_where("target", _placed_target)),
    Part("neither place nor target taken for the other", not_swapped, found_only=True),
    Part("killed: an exact number", slot_where("killed", _exact("killed"))),
    Part("killed: rival or rounded numbers", slot_where("killed", _ranged("killed"))),
    Part("injured: an exact number", slot_where("injured", _exact("injured"))),
    Part("injured: rival or rounded numbers", slot_where("injured", _ranged("injured"))),
    Part("attackers' dead", attackers_dead),
    Part("running totals", totals),
    Part("the size of a force", strengths),
    Part("a place fired from", launch_place),
    Part("a day told by another (\"Tuesday\", « la veille »)", slot_where("date", _basis("relative"))),
    Part("a day told by its number", slot_where("date", _basis("stated"))),
    Part(f"days in reports of {LONG} words and more", _long_dates),
    *(Part(f"no incident but words of one ({why}): left empty", left_empty(why), found_only=True) for why in _EMPTY),
)  # fmt: skip


def cases() -> Iterator[Case]:
    """The reports of the corpus's test part, coded."""
    pairs = [(c, row) for c, (row, part) in zip(read_corpus(), read_rows(), strict=True) if part == "test"]
    coded = code_reports(with_language(c.report, LANGUAGES) for c, _ in pairs)
    for (by_hand, row), mine in zip(pairs, coded, strict=True):
        yield Case(row, mine, match(by_hand.sheet, sheet_of(mine)))


def table(some: Sequence[Case]) -> str:
    """The table as Markdown: how many there are of each part, and how many are right, in both languages and each."""
    lines = [
        "| hard part | there are | right | precision | recall | F1 | French | English |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    return "\n".join([*lines, *(_line(part, some) for part in PARTS)])


def _line(part: Part, some: Iterable[Case]) -> str:
    scores = [(case.row["lang"], part.score(case)) for case in some]
    whole = total(score for _, score in scores)
    each = [total(score for lang, score in scores if lang == language) for language in LANGUAGES]
    one = "recall" if part.found_only else "f1"
    cells = [
        f"{whole.gold}",
        f"{whole.right}",
        "" if part.found_only else f"{whole.precision:.2f}",
        f"{whole.recall:.2f}",
    ]
    cells += ["" if part.found_only else f"{whole.f1:.2f}"]
    cells += [f"{getattr(score, one):.2f}" if score.gold else "–" for score in each]
    return f"| {part.name} | {' | '.join(cells)} |"


def main() -> int:
    """Print the table, or put it into the document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", choices=("print", "write"), default="print")
    arguments = parser.parse_args()
    made = table(list(cases()))
    if arguments.command == "print":
        print(made)
        return 0
    text = DOCUMENT.read_text("utf-8")
    marked = re.sub(
        r"(<!-- table -->\n).*?(<!-- end -->\n)", lambda m: f"{m[1]}\n{made}\n\n{m[2]}", text, flags=re.DOTALL
    )
    DOCUMENT.write_text(marked, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
