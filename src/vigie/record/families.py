"""Copy families: reports that print one copy, and which of their versions stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vigie.model.record import CopyVerdict, Family, ReportCard
from vigie.record.groups import Groups

_VERSIONS = frozenset({"revision", "correction", "withdrawal"})


def families(cards: Iterable[ReportCard], verdicts: Iterable[CopyVerdict]) -> tuple[Family, ...]:
    """The families of these reports, each report in exactly one, sorted by id; the order of input changes nothing.

    A version is superseded by a later one of the same story, and withdrawn where the last one takes the story back. A
    copy printed elsewhere goes the way of the version it is most like. Verdicts on reports not given are left out.
    """
    by_id = {c.id: c for c in cards}
    known = sorted(
        {(v.a, v.b): v for v in verdicts if v.a in by_id and v.b in by_id}.values(), key=lambda v: (v.a, v.b)
    )
    groups = Groups(by_id)
    for verdict in known:
        groups.join(verdict.a, verdict.b)
    of_group: dict[str, list[CopyVerdict]] = {}
    for verdict in known:
        of_group.setdefault(groups.root(verdict.a), []).append(verdict)
    return tuple(_family(members, of_group.get(root, ()), by_id) for root, members in sorted(groups.members().items()))


def is_withdrawal(report: ReportCard) -> bool:
    """The item takes a story back: a kill notice, or a version withheld or canceled."""
    wire = report.wire
    return wire is not None and (wire.status in ("withheld", "canceled") or wire.mark == "kill")


def _family(members: Sequence[str], verdicts: Sequence[CopyVerdict], cards: Mapping[str, ReportCard]) -> Family:
    versions = [v for v in verdicts if v.kind in _VERSIONS]
    killing = {m for m in members if is_withdrawal(cards[m])}
    fate = {m: _fate(m, versions, killing) for m in members}
    of_story = {m for v in versions for m in (v.a, v.b)} | killing
    for member in members:
        if member not in of_story:
            fate[member] = _fate_of_copy(member, verdicts, fate, of_story)
    made_from_another = {_later(v) for v in verdicts if v.original is not None}
    first = [m for m in members if m not in made_from_another]
    return Family(
        id=min(members),
        members=tuple(sorted(members)),
        original=first[0] if len(first) == 1 else None,
        superseded=tuple(sorted(m for m in members if fate[m] == "superseded")),
        withdrawn=tuple(sorted(m for m in members if fate[m] == "withdrawn")),
        verdicts=tuple(verdicts),
    )


def _later(verdict: CopyVerdict) -> str:
    return verdict.b if verdict.original == verdict.a else verdict.a


def _fate(member: str, versions: Sequence[CopyVerdict], killing: set[str]) -> str:
    """What became of a version of a story: it stands until a later one replaces it; where the last that replace it
    all take the story back, it is withdrawn. A kill notice itself has nothing to tell."""
    replaced_by = {v.original: set[str]() for v in versions if v.original is not None}
    for v in versions:
        if v.original is not None:
            replaced_by[v.original].add(_later(v))
    later = replaced_by.get(member, set())
    if not later:
        return "withdrawn" if member in killing else "stands"
    last = {x for x in later if x not in replaced_by}
    return "withdrawn" if last <= killing else "superseded"


def _fate_of_copy(
    member: str,
    verdicts: Sequence[CopyVerdict],
    fate: Mapping[str, str],
    versions: set[str],
) -> str:
    """A copy goes the way of the version it was made from: the one it is most like, of equals the one that stands."""
    near = [
        ((v.likeness, v.containment, fate[other] == "stands", other), other)
        for v in verdicts
        if v.kind not in _VERSIONS and member in (v.a, v.b)
        for other in [v.b if v.a == member else v.a]
        if other in versions
    ]
    if not near:
        return "stands"
    return fate[max(near)[1]]
