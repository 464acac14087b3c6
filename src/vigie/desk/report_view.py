"""A report as its page shows it: text, values, what people decided, copies and versions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vigie.desk.passages import Mark, Piece, pieces
from vigie.desk.readings import Group, Kind, LeftOut, groups_of, left_out
from vigie.exports.labels import Labels
from vigie.model import CodedReport
from vigie.model.record import CopyVerdict, Decided, Decision, Family
from vigie.store.inquiry import Inquiry, Kept

KIND_OF_FIELD: Mapping[str, Kind] = MappingProxyType(
    {
        "type": "what", "date": "when", "place": "where", "launch_place": "where", "actors": "who",
        "responsibility": "who", "targets": "target", "damage": "target", "weapons": "weapon", "killed": "toll",
        "injured": "toll", "attackers_killed": "toll",
    }
)  # fmt: skip
"""How the words of a field are marked."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Another report of the same copy family, and what is known of the two: `verdict` is None where they are copies by
    way of a third."""

    report: Kept
    verdict: CopyVerdict | None
    original: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything on the page of a coded report. `homes` gives the record incident of each member; `decisions` are those
    on what the report tells, with whether each stands."""

    coded: CodedReport
    groups: tuple[Group, ...]
    left_out: tuple[LeftOut, ...]
    pieces: tuple[Piece, ...]
    decisions: tuple[tuple[Decision, bool], ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)
    relatives: tuple[Relative, ...] = ()

    def decided(self, member: str) -> list[Decision]:
        """The decisions that stand on values of a member, by field."""
        return [d for d, stands in self.decisions if stands and member in d.members and d.field is not None]


def view_of(
    coded: CodedReport,
    labels: Labels,
    *,
    decisions: Iterable[tuple[Decision, bool]] = (),
    homes: Mapping[str, str] | None = None,
    relatives: Iterable[Relative] = (),
    asked: tuple[int, int] | None = None,
) -> ReportView:
    """The view of a coded report. `asked` are the offsets of words that somebody came to see."""
    told = tuple(decisions)
    groups = groups_of(coded, labels)
    skipped = left_out(coded)
    return ReportView(
        coded=coded,
        groups=groups,
        left_out=skipped,
        pieces=pieces(coded.report.text, _marks(coded.report.id, groups, skipped, told, asked)),
        decisions=told,
        homes=homes or {},
        relatives=tuple(relatives),
    )


def _marks(
    report_id: str,
    groups: Iterable[Group],
    skipped: Iterable[LeftOut],
    decisions: Iterable[tuple[Decision, bool]],
    asked: tuple[int, int] | None,
) -> Iterable[Mark]:
    for group in groups:
        for reading in group.readings:
            for span in reading.spans:
                yield Mark(span.start, span.end, reading.id, reading.kind, reading.wide)
    for out in skipped:
        for span in out.spans:
            yield Mark(span.start, span.end, out.id, "out")
    for decision, stands in decisions:
        for quoted in decision.evidence if stands else ():
            if quoted.report_id == report_id:
                kind = KIND_OF_FIELD.get(decision.field or "", "what")
                yield Mark(quoted.span.start, quoted.span.end, f"d{decision.number}", kind)
    if asked is not None:
        yield Mark(asked[0], asked[1], "asked", "asked")


def relatives_of(asked: Inquiry, kept: Kept) -> tuple[Relative, ...]:
    """The other reports of a report's copy family, in the order in which they were published."""
    family = asked.families([kept.family]).get(kept.family)
    if family is None:
        return ()
    others = asked.reports([m for m in family.members if m != kept.id])
    ordered = sorted(others.values(), key=lambda other: (other.published or "9999", other.id))
    return tuple(Relative(o, _verdict(family, kept.id, o.id), family.original == o.id) for o in ordered)


def _verdict(family: Family, one: str, other: str) -> CopyVerdict | None:
    return next((v for v in family.verdicts if {v.a, v.b} == {one, other}), None)


def decisions_on(
    lines: Iterable[Decision], decided: Decided, members: Collection[str], report_id: str
) -> tuple[tuple[Decision, bool], ...]:
    """The decisions that speak of what a report tells, with whether each stands, the newest first."""
    keys, standing = frozenset(members), frozenset(decided.standing)
    own = [
        d
        for d in lines
        if not keys.isdisjoint((*d.members, *d.apart))
        or (d.claim is not None and d.claim.rpartition("#")[0] == report_id)
    ]
    return tuple((d, d.number in standing) for d in reversed(own))
