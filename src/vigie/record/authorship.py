"""Who did it and who was hit, who claims and who denies.

A claim ends "nobody has claimed it". An announcement that its alleged author disowns is no claim, and the attack
stands. To deny a part in an attack is not to deny that it took place. To have nothing to say is no denial.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vigie.model.coded import Actor, ActorBasis, Responsibility, Target
from vigie.model.record import (
    Account,
    AccountDifference,
    FieldValue,
    Quoted,
    ReportedIncident,
    Side,
    Statement,
    Update,
    ValueBasis,
)
from vigie.record.accounts import Accounts, alike, counts
from vigie.record.circumstances import Vote
from vigie.record.held import Outcome, difference, quoted
from vigie.record.names import likeness, meaning
from vigie.record.wording import listed, reports, share

_BASES: tuple[ActorBasis, ...] = ("claimed", "stated", "accused", "suspected")
_FACTS = frozenset(
    {"killed", "injured", "attackers_killed", "weapons", "damage"}
)  # what a denial of the facts speaks of
_PARTIES = frozenset({"government", "military", "police", "armed_group", "international"})


@dataclass(frozen=True, slots=True)
class _Named:
    """A name that one report gives, and what it gives it for."""

    member: ReportedIncident
    family: str
    voice: str
    thing: Actor | Target


def reconcile_actors(
    members: Sequence[ReportedIncident], family_of: Mapping[str, str], accounts: Accounts, kind: str | None
) -> Outcome:
    """All actors named, each once, on the best basis told. A word for anybody ("gunmen") gives way to a name. Rival
    names of different reports are a conflict, but not in a clash, where both sides act."""
    groups = _grouped(members, family_of, accounts, "actors")
    named = [g for g in groups if _is_name(g)]
    shown = [g for g in groups if g in named or not any(_covers(n, g) for n in named)]
    if not shown:
        return Outcome()
    actors = tuple(_best_actor(g) for g in shown)
    differences = []
    rivals = [] if kind == "armed_clash" else _rivals(named)
    if rivals:
        sides = [Side(tuple(sorted({n.voice for n in g})), _best_actor(g).name, _day(g)) for g in rivals]
        names = [_best_actor(g).name for g in rivals]
        why = (f"named as author: {listed(names, 'en')}", f"désignés comme auteurs : {listed(names, 'fr')}")
        differences.append(difference("actors", "conflict", "actor", sides, why))
    basis: ValueBasis = "disputed" if rivals else _basis(shown)
    return Outcome(_value("actors", actors, shown, basis), tuple(differences))


def reconcile_targets(members: Sequence[ReportedIncident], family_of: Mapping[str, str], accounts: Accounts) -> Outcome:
    """All that was hit, each once. Fighters by one account and civilians by another are a conflict."""
    groups = _grouped(members, family_of, accounts, "targets")
    if not groups:
        return Outcome()
    targets = tuple(_best_target(g) for g in groups)
    differences = []
    apart = _rival_victims(groups)
    if apart:
        sides = [Side(tuple(sorted({n.voice for n in g})), _best_target(g).name, _day(g)) for g in apart]
        names = [_best_target(g).name for g in apart]
        why = (f"victims are {listed(names, 'en')}", f"les victimes sont {listed(names, 'fr')}")
        differences.append(difference("targets", "conflict", "target", sides, why))
    return Outcome(_value("targets", targets, groups, "disputed" if apart else _basis(groups)), tuple(differences))


def _grouped(
    members: Sequence[ReportedIncident], family_of: Mapping[str, str], accounts: Accounts, field: str
) -> list[list[_Named]]:
    """Names that are plainly of one body or thing together, in the order in which they were first told."""
    groups: list[list[_Named]] = []
    for m in sorted(members, key=lambda m: m.order):
        for thing in getattr(m.incident, field):
            entry = _Named(m, family_of.get(m.report_id, m.report_id), accounts.voices[m.report_id], thing)
            home = next((g for g in groups if _alike(g, thing.name)), None)
            if home is None:
                groups.append([entry])
            else:
                home.append(entry)
    return groups


def _alike(group: Sequence[_Named], name: str) -> bool:
    return any(likeness(n.thing.name, name) in ("same", "alike") for n in group)


def _is_name(group: Sequence[_Named]) -> bool:
    """The name of some body, not a word for anybody."""
    told = [meaning(n.thing.name) for n in group]
    return any(m.named or m.words or m.countries for m in told)


def _covers(named: Sequence[_Named], group: Sequence[_Named]) -> bool:
    return any(likeness(n.thing.name, g.thing.name) == "compatible" for n in named for g in group)


def _rivals(groups: Sequence[Sequence[_Named]]) -> list[Sequence[_Named]]:
    """Groups of names that no report gives together."""
    apart = []
    for g in groups:
        reports = {n.member.report_id for n in g}
        others = [h for h in groups if h is not g]
        if others and not any(reports & {n.member.report_id for n in h} for h in others):
            apart.append(g)
    return apart if len(apart) > 1 else []


def _rival_victims(groups: Sequence[Sequence[_Named]]) -> list[Sequence[_Named]]:
    """Soldiers or fighters by one report, civilians by another, both by none."""
    fighters = [g for g in groups if _are(g, {"military", "armed_group"})]
    civilians = [g for g in groups if _are(g, {"civilian"})]
    if not fighters or not civilians or _reports(fighters) & _reports(civilians):
        return []
    return [fighters[0], civilians[0]]


def _are(group: Sequence[_Named], kinds: set[str]) -> bool:
    """People of these kinds, by every name of theirs; no thing that was hit."""
    told = [meaning(n.thing.name).kinds for n in group]
    return all(k and k <= kinds for k in told)


def _reports(groups: Iterable[Sequence[_Named]]) -> set[str]:
    return {n.member.report_id for g in groups for n in g}


def _best_actor(group: Sequence[_Named]) -> Actor:
    actors = [n.thing for n in group if isinstance(n.thing, Actor)]
    best = min(actors, key=lambda a: _BASES.index(a.basis))
    return replace(best, evidence=tuple(dict.fromkeys(s for a in actors for s in a.evidence if a.basis == best.basis)))


def _best_target(group: Sequence[_Named]) -> Target:
    targets = [n.thing for n in group if isinstance(n.thing, Target)]
    return next((t for t in targets if t.kind != "other"), targets[0])


def _day(group: Sequence[_Named]) -> dt.date | None:
    published = group[0].member.published
    return published.start if published is not None else None


def _basis(groups: Sequence[Sequence[_Named]]) -> ValueBasis:
    return "agreed" if max(len({n.family for n in g}) for g in groups) > 1 else "single"


def _value(field: str, value: Any, groups: Sequence[Sequence[_Named]], basis: ValueBasis) -> FieldValue:
    told = [n for g in groups for n in g]
    families = {n.family for n in told}
    first = groups[0][0].thing.name
    n = len({x.family for x in groups[0]})
    return FieldValue(
        field=field,
        value=value,
        basis=basis,
        independent=len(families),
        accounts=tuple(sorted({x.voice for x in told})),
        evidence=tuple(dict.fromkeys(q for x in told for q in quoted(x.member.report_id, x.thing.evidence))),
        why_en=f"{first}: named by {share(n, len(families), 'en')}",
        why_fr=f"{first} : selon {share(n, len(families), 'fr')}",
    )


# --- responsibility ---------------------------------------------------------------------------------------------------


def reconcile_responsibility(
    given: Sequence[Vote], accounts: Accounts, actors: Sequence[Actor]
) -> tuple[Outcome, tuple[Update, ...]]:
    """Whether somebody claims it, and the step from "nobody has" to a claim."""
    claims = _statements(accounts, "claims_responsibility")
    denials = _statements(accounts, "denies")
    disowned = [(a, s) for a, s in claims if any(_disowns(d, a, s) for d in denials)]
    standing = [(a, s) for a, s in claims if (a, s) not in disowned]
    differences = [*_statement_denied(disowned, denials), *_denials(denials, disowned, accounts, actors)]
    differences.extend(_no_information(accounts))
    told: dict[Responsibility, list[Vote]] = {}
    for vote in given:
        told.setdefault(vote.value, []).append(vote)
    value = _responsibility(told, standing, disowned, denials, actors)
    steps: tuple[Update, ...] = ()
    if value == "claimed" and "unclaimed" in told:
        steps = _expiry(told["unclaimed"], standing, told.get("claimed", []))
        sides = [Side((u.account,), u.value, u.as_of) for u in steps]
        why = ("“not claimed” ended with the claim", "« non revendiqué » a pris fin avec la revendication")
        differences.append(difference("responsibility", "update", "expired", sides, why))
    supporting = told.get(value, [])
    accused = [a.name for a in actors] if value in ("attributed", "denied") and not supporting else []
    ids = sorted({a.id for a, _ in standing} if value == "claimed" and standing else {v.voice for v in supporting})
    names = [a.names[0] for a, _ in standing]
    why = _why(value, list(dict.fromkeys(names)), accused, len(supporting))
    evidence: tuple[Quoted, ...] = tuple(dict.fromkeys(q for _, s in standing for q in s.evidence))
    field = FieldValue(
        "responsibility", value, "disputed" if disowned else "agreed" if len(ids) > 1 else "single", len(ids),
        tuple(ids), evidence, why[0], why[1],
    )  # fmt: skip
    return Outcome(field if value != "unknown" else None, tuple(differences)), steps


Spoken = tuple[Account, Statement]


def _statements(accounts: Accounts, stance: str) -> list[Spoken]:
    return [(a, s) for a in accounts.all for s in a.statements if counts(s) and s.stance == stance]


def _disowns(denial: Spoken, claimant: Account, claim: Statement) -> bool:
    """The alleged author says that the claim made in its name is none of its own: the same body, or one that the
    claimant's name names, after the claim."""
    account, statement = denial
    if not (account.id == claimant.id or alike(account, claimant) or _names(claimant, account)):
        return False
    return statement.as_of is None or claim.as_of is None or statement.as_of >= claim.as_of


def _names(channel: Account, body: Account) -> bool:
    """ "A Telegram channel linked to X" names X."""
    named = {n for name in body.names for n in meaning(name).named}
    return any(named & meaning(name).named for name in channel.names)


def _statement_denied(disowned: Sequence[Spoken], denials: Sequence[Spoken]) -> Iterable[AccountDifference]:
    if not disowned:
        return
    deniers = [d for d in denials if any(_disowns(d, a, s) for a, s in disowned)]
    sides = [
        Side(tuple(sorted({a.id for a, _ in disowned})), "claimed", disowned[0][1].as_of),
        Side(tuple(sorted({a.id for a, _ in deniers})), "denied", deniers[0][1].as_of),
    ]
    why = (
        "the claim is disowned by its alleged author; the attack stands",
        "la revendication est désavouée par son auteur présumé ; l'attaque demeure",
    )
    yield difference("responsibility", "conflict", "statement_denied", sides, why)


def _denials(
    denials: Sequence[Spoken], disowned: Sequence[Spoken], accounts: Accounts, actors: Sequence[Actor]
) -> Iterable[AccountDifference]:
    """Denials of a part in it, by those who may have done it; and denials that it happened, by anybody else."""
    others = [d for d in denials if not any(_disowns(d, a, s) for a, s in disowned)]
    parts = [d for d in others if _may_have(d[0], actors)]
    facts = [d for d in others if d not in parts]
    asserting = tuple(sorted(a.id for a in accounts.witnesses()))
    if parts:
        accused = tuple(a.name for a in actors)
        sides = [
            Side(asserting, accused or None, None),
            Side(tuple(sorted({a.id for a, _ in parts})), "denied", parts[0][1].as_of),
        ]
        why = (
            "denies a part in it, not that it happened",
            "nie y avoir pris part, non que l'attaque ait eu lieu",
        )
        yield difference("responsibility", "conflict", "denial", sides, why)
    if facts and asserting:
        sides = [
            Side(asserting, "happened", None),
            Side(tuple(sorted({a.id for a, _ in facts})), "denied", facts[0][1].as_of),
        ]
        yield difference(
            "incident",
            "conflict",
            "denial",
            sides,
            ("says that it did not happen so", "dit que cela n'a pas eu lieu ainsi"),
        )


def _may_have(account: Account, actors: Sequence[Actor]) -> bool:
    """One that is accused, or a party to a conflict that says nothing but no."""
    accused = any(likeness(n, a.name) in ("same", "alike") for n in account.names for a in actors)
    denied = [s for s in account.statements if counts(s) and s.stance == "denies"]
    silent = not any(_FACTS & set(s.values) for s in denied)
    return accused or (silent and account.kind in _PARTIES)


def _no_information(accounts: Accounts) -> Iterable[AccountDifference]:
    silent = _statements(accounts, "no_information")
    asserting = tuple(sorted(a.id for a in accounts.witnesses() if a.id not in {x.id for x, _ in silent}))
    if silent and asserting:
        sides = [
            Side(asserting, "happened", None),
            Side(tuple(sorted({a.id for a, _ in silent})), None, silent[0][1].as_of),
        ]
        why = ("has no information: no denial", "n'a pas d'information : ce n'est pas un démenti")
        yield difference("incident", "compatible", "no_information", sides, why)


def _responsibility(
    told: Mapping[Responsibility, Sequence[Vote]],
    standing: Sequence[Spoken],
    disowned: Sequence[Spoken],
    denials: Sequence[Spoken],
    actors: Sequence[Actor],
) -> Responsibility:
    if standing or ("claimed" in told and not disowned):
        return "claimed"
    accused = [a for a in actors if a.basis != "claimed"]
    denied = "denied" in told or any(_may_have(a, actors) for a, _ in denials if not disowned)
    if denied and not disowned and (accused or "denied" in told):
        return "denied"
    if "attributed" in told or accused:
        return "attributed"
    return "unclaimed" if "unclaimed" in told or disowned else "unknown"


def _expiry(unclaimed: Sequence[Vote], standing: Sequence[Spoken], claimed: Sequence[Vote]) -> tuple[Update, ...]:
    first = unclaimed[0]
    day = first.member.published.end if first.member.published is not None else None
    before = Update("responsibility", first.voice, day, "unclaimed", first.member.key)
    if standing:
        account, statement = min(standing, key=lambda x: (x[1].as_of or dt.date.max, x[0].id))
        return before, Update("responsibility", account.id, statement.as_of, "claimed", statement.claim)
    member = claimed[0].member
    day = member.published.end if member.published is not None else None
    return before, Update("responsibility", claimed[0].voice, day, "claimed", member.key)


def _why(value: Responsibility, names: Sequence[str], accused: Sequence[str], told: int) -> tuple[str, str]:
    if value == "claimed" and names:
        return f"claimed by {listed(names, 'en')}", f"revendiqué par {listed(names, 'fr')}"
    if accused:
        return f"{listed(accused, 'en')} named as author", f"{listed(accused, 'fr')} : auteur désigné"
    if not told:
        return "the claim is disowned", "la revendication est désavouée"
    return f"told so by {reports(told, 'en')}", f"donné ainsi par {reports(told, 'fr')}"
