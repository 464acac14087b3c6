"""Accounts: all that one source says of one incident, over all reports, and which accounts are witnesses of their own.

Who a claim counts for: a body or person named, in whatever spelling or language, is one account. An anonymous source is
one account within one outlet's or agency's copy, and never taken for one in another's: nobody tries to tell who it is.
The outlet's own voice is the account of the agency whose copy it is, else of the outlet; it is a witness of its own
only where the report attributes nothing to anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from vigie.model.coded import Claim, Source, Terms
from vigie.model.quantities import Quantity
from vigie.model.record import (
    Account,
    Decided,
    Family,
    Quoted,
    ReportedIncident,
    Standing,
    Statement,
    claim_key,
)
from vigie.record.field_values import TOLL_FIELDS, value_from_json
from vigie.record.groups import Groups
from vigie.record.names import fold_name, likeness, same_name
from vigie.record.sources import Sources, institution_of, office_of, source_family

UNNAMED = " | "
"""Parts the two halves of the id of an account that is somebody unnamed within one outlet's or agency's copy."""
# Stances and modalities by which nothing is asserted of the incident.
NOT_ASSERTING = frozenset({"denies", "doubts", "no_information"})
UNREAL = frozenset({"planned", "threatened", "hypothetical", "negated"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose account a claim is part of. `own` is the outlet's own voice."""

    id: str
    name: str
    source: Source | None
    own: bool


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one incident, sorted by id; `own` the ids of those that are an outlet's own voice, `voices` that
    of each report."""

    all: tuple[Account, ...]
    own: frozenset[str]
    voices: Mapping[str, str]

    def witnesses(self) -> tuple[Account, ...]:
        """Accounts that assert something and do not rest on another."""
        return tuple(a for a in self.all if a.rests_on is None and any(asserts(s) for s in a.statements))


def counts(statement: Statement) -> bool:
    """The statement stands: it is neither superseded, withdrawn nor rejected."""
    return statement.standing == "counts"


def asserts(statement: Statement) -> bool:
    """The statement stands and says that something was so."""
    return counts(statement) and statement.stance not in NOT_ASSERTING and statement.modality not in UNREAL


def build_accounts(
    members: Sequence[ReportedIncident], families: Mapping[str, Family], decided: Decided, sources: Sources
) -> Accounts:
    """All accounts of one incident. `families` maps each report to its copy family, where it has one."""
    voices = _voices(members, families, sources)
    speakers: dict[str, list[Speaker]] = {}
    statements: dict[str, list[tuple[tuple[Any, ...], Statement]]] = {}
    for member in sorted(members, key=lambda m: m.order):
        family = families.get(member.report_id)
        standing = standing_of(member.report_id, family)
        for claim in member.claims or (_of_its_own(member),):
            speaker = _speaker(member, claim, voices[member.report_id], sources)
            statement = _statement(member, claim, speaker, family, standing, decided)
            speakers.setdefault(speaker.id, []).append(speaker)
            statements.setdefault(speaker.id, []).append((_order(member, statement), statement))
    _join_spellings(speakers, statements, sources)
    built = [
        _account(account, speakers[account], [s for _, s in sorted(told, key=lambda x: x[0])], sources)
        for account, told in sorted(statements.items())
    ]
    own = frozenset(s.id for told in speakers.values() for s in told if all(x.own for x in told))
    return Accounts(
        tuple(replace(a, rests_on=_rests_on(a, built, own, voices)) for a in built), own, MappingProxyType(voices)
    )


def _join_spellings(
    speakers: dict[str, list[Speaker]],
    statements: dict[str, list[tuple[tuple[Any, ...], Statement]]],
    sources: Sources,
) -> None:
    """Make one account of those whose names are spellings of one name, where no list knows them. A name that a person
    has taken out of a family stays apart."""
    free = sorted(
        account
        for account, told in speakers.items()
        if all(s.source is not None and s.source.terms == "named" for s in told)
        and account not in sources.profiles
        and account not in sources.parted
    )
    groups = Groups(free)
    for i, a in enumerate(free):
        for b in free[:i]:
            kinds = {s.source.kind for s in (*speakers[a], *speakers[b]) if s.source is not None} - {"other"}
            if len(kinds) < 2 and same_name(speakers[a][0].name, speakers[b][0].name):
                groups.join(a, b)
    for root, joined in groups.members().items():
        for account in joined:
            if account != root:
                speakers[root].extend(speakers.pop(account))
                statements[root].extend(statements.pop(account))


def standing_of(report_id: str, family: Family | None) -> Standing:
    """What became of a report's claims within its copy family."""
    if family is None:
        return "counts"
    if report_id in family.withdrawn:
        return "withdrawn"
    return "superseded" if report_id in family.superseded else "counts"


def _voices(members: Sequence[ReportedIncident], families: Mapping[str, Family], sources: Sources) -> dict[str, str]:
    """For each report whose own voice it speaks with: the agency's where a report of the family names one, else that
    of the first to print it."""
    groups: dict[str, list[ReportedIncident]] = {}
    for m in sorted(members, key=lambda m: m.order):
        family = families.get(m.report_id)
        groups.setdefault(family.id if family is not None else m.report_id, []).append(m)
    voices: dict[str, str] = {}
    for family_id, group in groups.items():
        name = next((m.agency for m in group if m.agency), None) or next((m.outlet for m in group if m.outlet), None)
        voice = (sources.family(name) or fold_name(name)) if name else f"report {family_id}"
        voices.update({m.report_id: voice for m in group})
    return voices


def _of_its_own(member: ReportedIncident) -> Claim:
    """An incident without claims (told in passing) is told in the outlet's own voice."""
    incident = member.incident
    values = {name: v for name in (*TOLL_FIELDS, "date", "place") if (v := getattr(incident, name)) is not None}
    if incident.weapons:
        values["weapons"] = incident.weapons
    return Claim(incident.id, None, incident.id, "asserts", "stated", "own_voice", values, incident.evidence)


def _speaker(member: ReportedIncident, claim: Claim, voice: str, sources: Sources) -> Speaker:
    source = next((s for s in member.sources if s.id == claim.source), None)
    if source is None:
        return Speaker(voice, member.agency or member.outlet or member.report_id, None, own=True)
    family = source_family(source, sources)
    if family is None and source.terms in ("named", "role"):
        place = member.incident.place
        institution = institution_of(source.name)
        country = source.country or (place.country if place is not None else None)
        if institution is not None and country is not None:
            family = f"{institution} {country}"  # "the police", of the country where it happened
    if family is None and source.terms in ("named", "role"):
        family = office_of(source.name)
    if family is None and source.terms in ("named", "media"):
        family = fold_name(source.name)
    if family is None:
        family = f"{voice}{UNNAMED}{fold_name(source.name)}"
    return Speaker(family, source.name, source, own=False)


def _statement(
    member: ReportedIncident,
    claim: Claim,
    speaker: Speaker,
    family: Family | None,
    standing: Standing,
    decided: Decided,
) -> Statement:
    key = claim_key(member.report_id, claim.id)
    values, rejected = _decided_values(key, claim, decided)
    said = claim.said or member.published
    via = next((s.name for s in member.sources if speaker.source is not None and s.id == speaker.source.via), None)
    told = member.incident
    joint = tuple(
        (name, others) for name, others in member.joint if _same_bounds(values.get(name), getattr(told, name))
    )
    return Statement(
        claim=key,
        member=member.key,
        report_id=member.report_id,
        family=family.id if family is not None else member.report_id,
        source_name=speaker.name,
        stance=claim.stance,
        modality=claim.modality,
        values=MappingProxyType(values),
        as_of=said.end if said is not None else None,
        evidence=tuple(Quoted(member.report_id, s) for s in claim.evidence),
        standing="rejected" if rejected and standing == "counts" else standing,
        via=via,
        joint=joint,
    )


def _same_bounds(a: Any, b: Any) -> bool:
    return isinstance(a, Quantity) and isinstance(b, Quantity) and (a.lower, a.upper) == (b.lower, b.upper)


def _decided_values(key: str, claim: Claim, decided: Decided) -> tuple[dict[str, Any], bool]:
    """The claim's values after decisions on it, and whether it was rejected as a whole."""
    values = dict(claim.values)
    whole = decided.claims.get((key, ""))
    for name in list(values):
        decision = decided.claims.get((key, name))
        if decision is not None and decision.kind == "reject":
            del values[name]
    for (claim_, name), decision in decided.claims.items():
        if claim_ == key and name and decision.kind == "edit":
            values[name] = value_from_json(name, decision.value)
    return values, whole is not None and whole.kind == "reject"


def _order(member: ReportedIncident, statement: Statement) -> tuple[Any, ...]:
    """The order in which an account's statements were made, as far as can be told."""
    wire = member.wire
    day = statement.as_of or dt.date.min
    return (
        day,
        (wire.version_created or "") if wire is not None else "",
        wire.revision if wire is not None and wire.revision is not None else -1,
        statement.report_id,
        len(statement.claim),
        statement.claim,
    )


def _account(
    account_id: str, speakers: Sequence[Speaker], statements: Sequence[Statement], sources: Sources
) -> Account:
    latest: dict[str, Any] = {}
    for statement in statements:
        if asserts(statement):
            latest.update(statement.values)
    told = [s.source for s in speakers if s.source is not None]
    profile = sources.profile(speakers[0].name)
    known = sources.family(speakers[0].name) in sources.profiles
    terms: list[Terms] = [s.terms for s in told] or ["media"]
    kinds = [s.kind for s in told if s.kind != "other"]
    return Account(
        id=account_id,
        names=tuple(dict.fromkeys(s.name for s in speakers)),
        kind=profile.kind if known else kinds[0] if kinds else "other" if told else "media",
        country=profile.country if known else next((s.country for s in told if s.country), None),
        side=profile.side if known else next((s.side for s in told if s.side), None),
        terms=tuple(dict.fromkeys(terms)),
        statements=tuple(statements),
        values=MappingProxyType(latest),
        reliability=profile.reliability,
    )


def _rests_on(
    account: Account, accounts: Iterable[Account], own: frozenset[str], voices: Mapping[str, str]
) -> str | None:
    """The account that this one only repeats.

    An outlet's own voice rests on those whom its copy quotes; a medium that others cite rests on those whom its own
    report quotes.
    """
    if account.id not in own and account.kind != "media":
        return None
    families = {s.family for s in account.statements if counts(s)} if account.id in own else set()
    reports = {r for r, voice in voices.items() if voice == account.id}
    for other in accounts:
        if other.id == account.id or other.id in own:
            continue
        if any(asserts(s) and (s.family in families or s.report_id in reports) for s in other.statements):
            return other.id
    return None


def alike(a: Account, b: Account) -> bool:
    """Two accounts whose names are plainly of one body: a channel of a group, a spokesman of an army."""
    return any(likeness(x, y) in ("same", "alike") for x in a.names for y in b.names)
