"""How well reported incidents are linked: pairwise and B³ precision, recall and F1 against known incidents.

    score_linking.py [--shared ../shared] [--floor 0.95] [--errors 20]

Scored are (a) a table of claims about attacks on bases, where attacks on one base a day or a week apart are hard
siblings: each address as one report, and each claim as a report of its own; (b) the sample stream as coded by hand:
linking alone; (c) the stream and the linking corpus as `vigie` codes them: what a user gets. Pairs of a French and an
English telling are counted apart as well. The floor is for (a) and (b): what is wrong in (c) is mostly the coding.

B³: A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing" (1998): the mean over all tellings of the
precision and recall of the cluster each is in.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import claims_table
import linked_corpora
from linked_corpora import Corpus
from vigie.model.record import Comparison, Family, ReportedIncident, Thresholds
from vigie.record import blocking, compare, linking
from vigie.record.sources import Sources, seeded


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean; `pairs` is how many true pairs there are."""

    precision: float
    recall: float
    pairs: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  ({self.pairs} pairs)"


def candidates(members: Sequence[ReportedIncident], families: Iterable[Family] = ()) -> set[tuple[str, str]]:
    """Pairs of keys that share a blocking key, or stand in reports of one copy family."""
    holders: dict[str, list[str]] = defaultdict(list)
    of_report = {r: f.id for f in families for r in f.members if len(f.members) > 1}
    for m in members:
        for key in blocking.keys(m):
            holders[key].append(m.key)
        if m.report_id in of_report:
            holders[f"family {of_report[m.report_id]}"].append(m.key)
    return {(min(a, b), max(a, b)) for keys in holders.values() for a, b in itertools.combinations(keys, 2) if a != b}


def link(
    members: Sequence[ReportedIncident],
    families: Sequence[Family] = (),
    sources: Sources | None = None,
    thresholds: Thresholds | None = None,
) -> tuple[dict[str, str], list[Comparison]]:
    """Cluster id of each member, and all comparisons made."""
    by_key = {m.key: m for m in members}
    known = sources or seeded()
    compared = [compare.compare(by_key[a], by_key[b], known) for a, b in sorted(candidates(members, families))]
    clusters = linking.cluster(members, compared, thresholds=thresholds or Thresholds(), families=families)
    return {key: c.id for c in clusters for key in c.members}, compared


def pairwise(found: Mapping[str, str], truth: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> Score:
    """Precision and recall over pairs of tellings."""
    both = Counter((found[a] == found[b], truth[a] == truth[b]) for a, b in pairs)
    hit, wrong, missed = both[True, True], both[True, False], both[False, True]
    return Score(
        precision=hit / (hit + wrong) if hit + wrong else 1.0,
        recall=hit / (hit + missed) if hit + missed else 1.0,
        pairs=hit + missed,
    )


def b_cubed(found: Mapping[str, str], truth: Mapping[str, str]) -> Score:
    """B³ precision and recall over all tellings."""
    by_found, by_truth = defaultdict(set), defaultdict(set)
    for key in truth:
        by_found[found[key]].add(key)
        by_truth[truth[key]].add(key)
    precision = recall = 0.0
    for key in truth:
        mine, true = by_found[found[key]], by_truth[truth[key]]
        precision += len(mine & true) / len(mine)
        recall += len(mine & true) / len(true)
    pairs = sum(len(s) * (len(s) - 1) // 2 for s in by_truth.values())
    return Score(precision / len(truth), recall / len(truth), pairs)


def report(name: str, members: Sequence[ReportedIncident], truth: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """Print the scores of one set; gives its B³."""
    languages = {m.key: m.language for m in members}
    pairs = list(itertools.combinations(sorted(truth), 2))
    across = [(a, b) for a, b in pairs if languages[a] != languages[b]]
    overall = b_cubed(found, truth)
    print(f"{name}: {len(truth)} tellings of {len(set(truth.values()))} incidents, {len(set(found.values()))} clusters")
    print(f"  pairwise         {pairwise(found, truth, pairs)}")
    print(f"  French–English   {pairwise(found, truth, across)}")
    print(f"  B³               {overall}")
    return overall


def errors(
    members: Sequence[ReportedIncident],
    truth: Mapping[str, str],
    found: Mapping[str, str],
    compared: Iterable[Comparison],
    most: int,
) -> None:
    """Print pairs wrongly joined or left apart, with their levels."""
    by_pair = {(c.a, c.b): c for c in compared}
    shown = 0
    for a, b in itertools.combinations(sorted(truth), 2):
        if (found[a] == found[b]) == (truth[a] == truth[b]) or shown >= most:
            continue
        shown += 1
        c = by_pair.get((a, b))
        what = "joined" if found[a] == found[b] else "left apart"
        levels = " ".join(f"{x.field}:{x.name}" for x in c.levels if x.points) if c else "not compared"
        print(f"  {what} {truth[a]} {a} / {truth[b]} {b}  {c.score if c else '-'}  {levels}")


def score_claims(shared: Path, most: int) -> list[tuple[str, Score]]:
    """Scores on the table of claims; none where it is not there."""
    if not (shared / claims_table.EVENTS).is_file():
        print(f"claims: no {shared / claims_table.EVENTS} here, not scored")
        return []
    scores = []
    for name, by_claim in (("claims, by report", False), ("claims, each alone", True)):
        told = claims_table.told(shared, by_claim=by_claim)
        members, truth = [t.member for t in told], {t.member.key: t.truth for t in told}
        found, compared = link(members)
        scores.append((name, report(name, members, truth, found)))
        errors(members, truth, found, compared, most)
    return scores


def score_corpus(corpus: Corpus, most: int) -> tuple[str, Score]:
    """Scores on a corpus; what the coder did not find is counted beside, not in them."""
    found, compared = link(corpus.members, corpus.families)
    score = report(corpus.name, corpus.members, corpus.truth, found)
    untrue = sum(key.startswith("nothing true") for key in corpus.truth.values())
    if untrue or corpus.missed:
        print(f"  of the coder: {len(corpus.missed)} tellings not found, {untrue} of nothing true")
    errors(corpus.members, corpus.truth, found, compared, most)
    return corpus.name, score


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the scores; 1 where linking what was coded by hand or from a table is under the floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--floor", type=float, default=0.0)
    parser.add_argument("--errors", type=int, default=0)
    given = parser.parse_args(arguments)
    scores = score_claims(given.shared, given.errors)
    scores.append(score_corpus(linked_corpora.stream_by_hand(), given.errors))
    for corpus in (linked_corpora.stream(), linked_corpora.cases()):
        score_corpus(corpus, given.errors)
    return 1 if any(s.f1 < given.floor for _, s in scores) else 0


if __name__ == "__main__":
    sys.exit(main())
