"""When, where and what kind: the setting of an incident, one vote for each copy family of reports that stand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from vigie.coding.areas import compare_areas
from vigie.coding.claims import COMPATIBLE_RELATIONS
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.record import AccountDifference, FieldValue, ReportedIncident, Side, ValueBasis
from vigie.record.accounts import Accounts
from vigie.record.extent import gap, is_fine
from vigie.record.held import Outcome, difference, grouped, holders, quoted
from vigie.record.incident_family import FAMILY
from vigie.record.wording import days, reports, share

T = TypeVar("T")
_PRECISION = ("site", "settlement", "district", "region", "country")
_GENERIC = frozenset({"other_violence", "attack"})  # types that say only that there was violence
_BOUNDARY = 1  # days by which one night, or another time zone, may shift a date


@dataclass(frozen=True, slots=True)
class Vote:
    """What one copy family tells: the value of its member that was published last."""

    member: ReportedIncident
    family: str
    voice: str
    value: Any


def votes(
    members: Sequence[ReportedIncident],
    family_of: Mapping[str, str],
    accounts: Accounts,
    value: Callable[[ReportedIncident], Any],
) -> list[Vote]:
    """One vote a family, in order of publication; a family whose members give no value has none."""
    found: dict[str, Vote] = {}
    for m in sorted(members, key=lambda m: m.order):
        given = value(m)
        if given is not None:
            family = family_of.get(m.report_id, m.report_id)
            found[family] = Vote(m, family, accounts.voices[m.report_id], given)
    return list(found.values())


def dates_of_accounts(given: Sequence[Vote], accounts: Accounts, members: Iterable[ReportedIncident]) -> list[Vote]:
    """Days that an account gives and that do not fit all of the reports': the claimant that dates it a day early."""
    by_key = {m.key: m for m in members}
    told = [v for v in given if is_fine(v.value)]
    return [
        Vote(by_key[h.statement.member], h.statement.family, h.account.id, h.value)
        for h in holders(accounts, "date")
        if isinstance(h.value, ReportedDate) and is_fine(h.value) and h.value.basis != "assumed"
        if told and not all(h.value.overlaps(v.value) for v in told)
    ]


def reconcile_date(given: Sequence[Vote]) -> Outcome:
    """The day on which most agree. Days that follow one another are one night, or one hour in two time zones, and give
    both days; days further apart are a conflict, and the one told by most stands."""
    told = [v for v in given if v.value.basis != "assumed"]
    fine = [v for v in told if is_fine(v.value)]
    rest = fine or told or list(given)
    if not rest:
        return Outcome()
    start, end = max(v.value.start for v in rest), min(v.value.end for v in rest)
    first, last = min(v.value.start for v in rest), max(v.value.end for v in rest)
    if start <= end:
        common = replace(_plainest(rest), start=start, end=end)
        return Outcome(_value("date", common, rest, _basis(rest), _on(common, rest)))
    near = max(gap(x.value, y.value) for x in rest for y in rest) <= _BOUNDARY
    sides = _sides(rest, lambda d: (d.start, d.end))
    if near:
        both = replace(_plainest(rest), start=first, end=last, grain="part_of_day")
        why = ("one night, or one hour in two time zones", "une nuit, ou une même heure sur deux fuseaux")
        told_apart = difference("date", "compatible", "date_boundary", sides, why)
        return Outcome(_value("date", both, rest, "disputed", why), (told_apart,))
    chosen = _most(rest, lambda d: (d.start, d.end))
    why = (f"{len(chosen)} of {len(rest)} give this day", f"{len(chosen)} sur {len(rest)} donnent ce jour")
    return Outcome(
        _value("date", chosen[0].value, chosen, "disputed", why),
        (difference("date", "conflict", "date", sides, ("days apart", "jours différents")),),
    )


def _on(date: ReportedDate, rest: Sequence[Vote]) -> tuple[str, str]:
    n = len(rest)
    if n == 1:
        return (f"told by one report: {days(date, 'en')}", f"donné par un seul article : {days(date, 'fr')}")
    return (f"{n} reports agree on {days(date, 'en')}", f"{n} articles s'accordent sur {days(date, 'fr')}")


def _plainest(given: Sequence[Vote]) -> ReportedDate:
    """The narrowest of several dates, a stated one before a relative one."""
    chosen: ReportedDate = min(given, key=lambda v: (v.value.days, v.value.basis != "stated", v.member.order)).value
    return chosen


def reconcile_place(given: Sequence[Vote], accounts: Accounts) -> Outcome:
    """The finest place on which most agree, and where accounts put it elsewhere."""
    differences: list[AccountDifference] = list(_relations(accounts))
    if not given:
        return Outcome(None, tuple(differences))
    groups = _same_places(given)
    chosen = max(groups, key=lambda g: (len(g), -_fineness(g), _day_order(g)))
    apart = [g for g in groups if g is not chosen and compare_areas(g[0].value, chosen[0].value) == "apart"]
    supporting = [v for v in given if not any(v in g for g in apart)]
    finest = min(supporting, key=lambda v: (_rank(v.value), v.value.lat is None, -_as_many(v, groups), v.member.order))
    if apart:
        sides = [Side((v.voice,), v.value, _day(v)) for g in (chosen, *apart) for v in g[:1]]
        differences.append(difference("place", "conflict", "place", sides, ("places apart", "lieux différents")))
    n = len(supporting)
    why = (
        f"the finest place told; fits {share(n, len(given), 'en')}",
        f"le lieu le plus précis ; convient à {share(n, len(given), 'fr')}",
    )
    basis: ValueBasis = "disputed" if apart else _basis(supporting)
    return Outcome(_value("place", finest.value, supporting, basis, why), tuple(differences))


def _same_places(given: Sequence[Vote]) -> list[list[Vote]]:
    groups: list[list[Vote]] = []
    for vote in given:
        home = next((g for g in groups if compare_areas(g[0].value, vote.value) == "same"), None)
        if home is None:
            groups.append([vote])
        else:
            home.append(vote)
    return groups


def _rank(place: Place) -> int:
    return _PRECISION.index(place.precision)


def _fineness(group: Sequence[Vote]) -> int:
    return min(_rank(v.value) for v in group)


def _day_order(group: Sequence[Vote]) -> tuple[int, ...]:
    """Earlier first, as a key for `max`."""
    return (-min(_ordinal(v) for v in group),)


def _ordinal(vote: Vote) -> int:
    day = _day(vote)
    return day.toordinal() if day is not None else dt.date.max.toordinal()


def _as_many(vote: Vote, groups: Iterable[Sequence[Vote]]) -> int:
    return next((len(g) for g in groups if vote in g), 0)


def _relations(accounts: Accounts) -> Iterable[AccountDifference]:
    """Inside and outside a place contradict; near and outside it do not."""
    held = holders(accounts, "where")
    relations = {h.value for h in held}
    if len(relations) < 2:
        return
    sides = grouped(held, lambda value: value)
    if relations <= COMPATIBLE_RELATIONS:
        why = ("near and outside can both be true", "près et dehors peuvent être vrais tous deux")
        yield difference("place", "compatible", "place", sides, why)
    else:
        why = ("inside and outside cannot both be true", "dedans et dehors ne peuvent être vrais tous deux")
        yield difference("place", "conflict", "place", sides, why)


def reconcile_type(given: Sequence[Vote]) -> Outcome:
    """The type that most tell; a word for any violence gives way to one that says of what kind."""
    if not given:
        return Outcome()
    specific = [v for v in given if v.value not in _GENERIC] or list(given)
    chosen = _most(specific, lambda kind: kind)
    families = {FAMILY[v.value] for v in specific}
    differences: tuple[AccountDifference, ...] = ()
    if len(families) > 1:
        sides = _sides(specific, lambda kind: FAMILY[kind])
        differences = (difference("type", "conflict", "cause", sides, ("another cause", "une autre cause")),)
    why = (
        f"told so by {share(len(chosen), len(given), 'en')}",
        f"donné ainsi par {share(len(chosen), len(given), 'fr')}",
    )
    basis: ValueBasis = "disputed" if differences else _basis(chosen)
    return Outcome(_value("type", chosen[0].value, chosen, basis, why), differences)


def reconcile_launch(given: Sequence[Vote]) -> Outcome:
    """Where it was fired from, as most tell."""
    if not given:
        return Outcome()
    groups = _same_places(given)
    chosen = max(groups, key=lambda g: (len(g), _day_order(g)))
    apart = [g for g in groups if g is not chosen and compare_areas(g[0].value, chosen[0].value) == "apart"]
    differences: tuple[AccountDifference, ...] = ()
    if apart:
        sides = [Side((g[0].voice,), g[0].value, _day(g[0])) for g in (chosen, *apart)]
        why = ("another launch place", "un autre lieu de tir")
        differences = (difference("launch_place", "conflict", "place", sides, why),)
    why = (f"told by {reports(len(chosen), 'en')}", f"donné par {reports(len(chosen), 'fr')}")
    return Outcome(
        _value("launch_place", chosen[0].value, chosen, "disputed" if apart else _basis(chosen), why), differences
    )


def reconcile_damage(given: Sequence[Vote], accounts: Accounts) -> Outcome:
    """Damage, where somebody tells of any; none only where nobody does."""
    held = holders(accounts, "damage")
    told = [v for v in given if v.value != "unknown"]
    values = {h.value for h in held} | {v.value for v in told}
    if not values:
        return Outcome()
    value = "reported" if "reported" in values else "none"
    differences: tuple[AccountDifference, ...] = ()
    if len(values) > 1:
        sides = grouped(held, lambda v: v) or _sides(told, lambda v: v)
        why = ("damage told by one and denied by another", "dégâts signalés par l'un, exclus par l'autre")
        differences = (difference("damage", "conflict", "damage", sides, why),)
    supporting = [v for v in told if v.value == value] or told or list(given)
    basis: ValueBasis = "disputed" if differences else _basis(supporting)
    why = (f"told by {reports(len(supporting), 'en')}", f"donné par {reports(len(supporting), 'fr')}")
    return Outcome(_value("damage", value, supporting, basis, why), differences)


def _most(given: Sequence[Vote], key: Callable[[Any], Hashable]) -> list[Vote]:
    """The votes for the value most vote for; of equals the one first published."""
    tally = Counter(key(v.value) for v in given)
    first = {k: i for i, k in reversed(list(enumerate(key(v.value) for v in given)))}
    best = min(tally, key=lambda k: (-tally[k], first[k]))
    return [v for v in given if key(v.value) == best]


def _sides(given: Sequence[Vote], key: Callable[[Any], Hashable]) -> list[Side]:
    groups: dict[Hashable, list[Vote]] = {}
    for vote in given:
        groups.setdefault(key(vote.value), []).append(vote)
    return [Side(tuple(dict.fromkeys(v.voice for v in g)), g[0].value, _day(g[0])) for g in groups.values()]


def _day(vote: Vote) -> dt.date | None:
    return vote.member.published.start if vote.member.published is not None else None


def _basis(given: Sequence[Vote]) -> ValueBasis:
    return "agreed" if len({v.family for v in given}) > 1 else "single"


def _value(field: str, value: Any, given: Sequence[Vote], basis: ValueBasis, why: tuple[str, str]) -> FieldValue:
    evidence = tuple(
        dict.fromkeys(q for v in given for q in quoted(v.member.report_id, getattr(v.value, "evidence", ())))
    )
    return FieldValue(
        field=field,
        value=value,
        basis=basis,
        independent=len({v.family for v in given}),
        accounts=tuple(sorted({v.voice for v in given})),
        evidence=evidence,
        why_en=why[0],
        why_fr=why[1],
    )
