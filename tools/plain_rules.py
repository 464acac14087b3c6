"""Rules for deriving a record that are quick and plain, for tests and timings of the store.

They have the shape of the real ones (`vigie.store.rules`) and the same awkward properties: scores on either side of
each threshold, copies and versions of wire stories, chains of likeness, decisions that overrule. What they say of real
news is of no interest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from vigie.model import CodedReport, Quantity, Report
from vigie.model.record import (
    AccountDifference,
    Cluster,
    Comparison,
    CopyVerdict,
    Decided,
    Family,
    FieldValue,
    RecordIncident,
    ReportCard,
    ReportedIncident,
    Side,
    Signature,
    Suggestion,
    Thresholds,
    record_id,
)
from vigie.record import linking
from vigie.record.families import families, is_withdrawal
from vigie.record.members import reported_incidents
from vigie.record.names import fold_name
from vigie.record.sources import Sources
from vigie.record.suggesting import suggestions
from vigie.store.candidates import Crowd


class PlainRules:
    """See the module. `version` can be given, to try what a store does when the rules change."""

    def __init__(self, version: str = "plain/1", crowd: Crowd | None = None) -> None:
        self.version = version
        self.thresholds = Thresholds()
        self.crowd = crowd or Crowd()

    def card(self, report: Report) -> ReportCard:
        """A card whose signature are the hashes of the sentences."""
        heads = tuple(dict.fromkeys(_hash(sentence) for sentence in _sentences(report.text)))
        return ReportCard(
            id=report.id,
            text=report.text,
            signature=Signature((), heads),
            title=report.title,
            language=report.language,
            outlet=report.outlet,
            agency=report.agency,
            published=report.published,
            wire=report.wire,
            shingles=frozenset(heads),
        )

    def bands(self, signature: Signature) -> tuple[str, ...]:
        """One key a sentence."""
        return tuple(f"s{head}" for head in signature.heads)

    def may_copy(self, x: frozenset[int], y: frozenset[int]) -> bool:
        """A sentence in common."""
        return bool(x & y)

    def near_copy(self, a: ReportCard, b: ReportCard) -> CopyVerdict | None:
        """Versions of one wire story, or more than half of the sentences in common."""
        if b.id < a.id:
            a, b = b, a
        x, y = set(_sentences(a.text)), set(_sentences(b.text))
        like = round(len(x & y) / max(1, len(x | y)), 4)
        if a.wire is not None and b.wire is not None and a.wire.key is not None and a.wire.key == b.wire.key:
            first, second = sorted((a, b), key=_version)
            kind = "withdrawal" if is_withdrawal(second) else "revision"
            return CopyVerdict(a.id, b.id, kind, first.id, like, like, "a version", "une version")  # type: ignore[arg-type]
        return CopyVerdict(a.id, b.id, "copy", None, like, like, "a copy", "une copie") if like > 0.5 else None

    def families(self, cards: Iterable[ReportCard], verdicts: Iterable[CopyVerdict]) -> tuple[Family, ...]:
        """Those of the record."""
        return families(cards, verdicts)

    def members(self, coded: CodedReport) -> tuple[ReportedIncident, ...]:
        """Those of the record."""
        return reported_incidents(coded)

    def keys(self, member: ReportedIncident) -> tuple[str, ...]:
        """Week and country, and day and place."""
        date, place = member.incident.date, member.incident.place
        if date is None or place is None:
            return ()
        week = date.start.toordinal() // 7
        return (f"w{week}.{place.country}.{member.incident.type}", f"d{date.start.toordinal()}.{place.name}")

    def source_keys(self, member: ReportedIncident) -> tuple[str, ...]:
        """The folded names."""
        return tuple(dict.fromkeys(fold_name(source.name) for source in member.sources))

    def compare(self, a: ReportedIncident, b: ReportedIncident, sources: Sources) -> Comparison:
        """A score of place, day, type, toll and shared sources, on any side of the thresholds."""
        if b.key < a.key:
            a, b = b, a
        x, y = a.incident, b.incident
        if x.place is None or y.place is None or x.date is None or y.date is None:
            return Comparison(a.key, b.key, (), 0.4)  # only copies are compared that have no key
        score = 0.45 if x.place.name == y.place.name else 0.02
        score += 0.2 if x.date.start == y.date.start else 0.0
        score += 0.1 if x.type == y.type else 0.0
        score += 0.15 if x.killed is not None and y.killed is not None and x.killed.lower == y.killed.lower else 0.0
        if any(sources.same(p.name, q.name) for p in a.sources for q in b.sources):
            score += 0.08
        return Comparison(a.key, b.key, (), round(score, 6))

    def cluster(
        self,
        members: Sequence[ReportedIncident],
        comparisons: Sequence[Comparison],
        decided: Decided,
        families: Sequence[Family],
    ) -> tuple[Cluster, ...]:
        """That of the record."""
        return linking.cluster(members, comparisons, decided, self.thresholds, families)

    def suggest(
        self,
        members: Sequence[ReportedIncident],
        comparisons: Sequence[Comparison],
        clusters: Sequence[Cluster],
        decided: Decided,
        families: Sequence[Family],
    ) -> tuple[Suggestion, ...]:
        """`record.suggesting.suggestions`."""
        return suggestions(members, comparisons, clusters, decided, self.thresholds, families)

    def reconcile(
        self, members: Sequence[ReportedIncident], families: Sequence[Family], decided: Decided, sources: Sources
    ) -> RecordIncident:
        """The values of the lead; the tolls of the others as differences."""
        lead = min(members, key=lambda m: m.order)
        keys = tuple(sorted(m.key for m in members))
        reports = tuple(sorted({m.report_id for m in members}))
        of = {report: f.id for f in families for report in f.members}
        edited = {field: d for (key, field), d in decided.values.items() if key in keys and d.kind == "edit"}
        fields = {}
        for name in ("type", "date", "place", "killed", "injured"):
            value, number = getattr(lead.incident, name), None
            if name in edited:
                value, number = Quantity(edited[name].value, edited[name].value, "exact", ""), edited[name].number
            fields[name] = FieldValue(name, value, "told", 1, (), (), "of the first", "du premier", number)
        tolls = {m.incident.killed.lower for m in members if m.incident.killed is not None}
        sides = tuple(Side((), toll) for toll in sorted(t for t in tolls if t is not None))
        accounts = {sources.family(s.name) or fold_name(s.name) for m in members for s in m.sources}
        return RecordIncident(
            id=record_id(lead.key),
            ids=tuple(sorted({record_id(key) for key in keys})),
            lead=lead.key,
            members=keys,
            reports=reports,
            families=tuple(sorted({of.get(report, report) for report in reports})),
            fields=fields,
            accounts=(),
            differences=(AccountDifference("killed", "conflict", "count", sides, "", ""),) if len(sides) > 1 else (),
            independent=sum(len(family.members) for family in families) + len(accounts),
            decisions=tuple(sorted(d.number for d in edited.values())),
        )


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in text.split(". ") if sentence]


def _version(card: ReportCard) -> tuple[int, str, str]:
    if card.wire is None:
        return (0, "", card.id)
    return (card.wire.revision or 0, card.wire.version_created or "", card.id)


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=4).digest(), "big")
