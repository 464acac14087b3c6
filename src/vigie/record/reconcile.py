"""From the members of a cluster to one record incident: values with their reasons, accounts, differences, history.

A function of members, copy families, decisions and sources: it can be worked out again at any time and gives the same.
Claims of reports that were superseded or withdrawn do not count, and stay listed with their standing. A person's
decision on a value stands before anything worked out here, and is named in the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from vigie.model.contract import plain
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.record import (
    Account,
    Decided,
    Decision,
    Family,
    FieldValue,
    RecordIncident,
    ReportedIncident,
    Update,
    record_id,
)
from vigie.record.accounts import Accounts, asserts, build_accounts, standing_of
from vigie.record.authorship import reconcile_actors, reconcile_responsibility, reconcile_targets
from vigie.record.circumstances import (
    dates_of_accounts,
    reconcile_damage,
    reconcile_date,
    reconcile_launch,
    reconcile_place,
    reconcile_type,
    votes,
)
from vigie.record.field_values import FIELDS, TOLL_FIELDS, value_from_json
from vigie.record.held import Outcome, updates
from vigie.record.sources import Sources
from vigie.record.tolls import no_news, reconcile_toll, same_toll
from vigie.record.weaponry import reconcile_weapons, same_weapons


def reconcile(
    members: Sequence[ReportedIncident], families: Iterable[Family], decided: Decided, sources: Sources
) -> RecordIncident:
    """The record incident of a cluster's members, of which there is at least one.

    `families` are the copy families of their reports (others are left out; a report in none is one of its own);
    `sources` as decisions leave them (`Sources.with_decisions`). The order of members changes nothing.
    """
    ordered = sorted(members, key=lambda m: m.order)
    keys = frozenset(m.key for m in ordered)
    of_report = {r: f for f in families for r in f.members}
    family_of = {m.report_id: of_report[m.report_id].id for m in ordered if m.report_id in of_report}
    accounts = build_accounts(ordered, of_report, decided, sources)
    standing = [m for m in ordered if standing_of(m.report_id, of_report.get(m.report_id)) == "counts"]
    rejected = _rejected(keys, decided)
    outcomes, steps = _outcomes(ordered, standing, family_of, _without(accounts, rejected), keys)
    fields = {name: o.value for name, o in outcomes.items() if o.value is not None}
    fields, used = _apply(fields, keys, decided)
    witnesses = accounts.witnesses()
    spoken = any(asserts(s) for a in accounts.all for s in a.statements)
    lead = ordered[0]
    return RecordIncident(
        id=record_id(lead.key),
        ids=tuple(sorted(record_id(k) for k in keys)),
        lead=lead.key,
        members=tuple(sorted(keys)),
        reports=tuple(sorted({m.report_id for m in ordered})),
        families=tuple(sorted({family_of.get(m.report_id, m.report_id) for m in ordered})),
        fields=MappingProxyType(fields),
        accounts=accounts.all,
        differences=tuple(d for o in outcomes.values() for d in o.differences),
        independent=max(len(witnesses), 1 if spoken else 0),
        updates=steps,
        decisions=_decisions(used, keys, accounts, decided),
    )


def _outcomes(
    members: Sequence[ReportedIncident],
    standing: Sequence[ReportedIncident],
    family_of: Mapping[str, str],
    accounts: Accounts,
    keys: frozenset[str],
) -> tuple[dict[str, Outcome], tuple[Update, ...]]:
    """Every field reconciled, and the history of those that changed. Where nothing stands any more, day, place and
    kind are still told, so that it can be seen what was withdrawn."""
    setting = standing or members
    kinds = reconcile_type(votes(setting, family_of, accounts, lambda m: m.incident.type))
    place = reconcile_place(votes(setting, family_of, accounts, lambda m: m.incident.place), accounts)
    where: Place | None = place.value.value if place.value is not None else None
    days = votes(setting, family_of, accounts, lambda m: m.incident.date)
    out = {
        "type": kinds,
        "date": reconcile_date([*days, *dates_of_accounts(days, accounts, standing)]),
        "place": place,
        "launch_place": reconcile_launch(votes(standing, family_of, accounts, lambda m: m.incident.launch_place)),
    }
    out["actors"] = reconcile_actors(
        standing, family_of, accounts, kinds.value.value if kinds.value is not None else None
    )
    actors = out["actors"].value.value if out["actors"].value is not None else ()
    told = votes(
        standing,
        family_of,
        accounts,
        lambda m: None if m.incident.responsibility == "unknown" else m.incident.responsibility,
    )
    out["responsibility"], claimed = reconcile_responsibility(told, accounts, actors)
    out["targets"] = reconcile_targets(standing, family_of, accounts)
    arms = updates(accounts, "weapons", same_weapons)
    out["weapons"] = reconcile_weapons(accounts, arms)
    history = [*claimed, *arms]
    for name in TOLL_FIELDS:
        steps = updates(accounts, name, no_news)
        history.extend(steps)
        out[name] = reconcile_toll(name, accounts, where, keys, steps)
    out["damage"] = reconcile_damage(
        votes(standing, family_of, accounts, lambda m: None if m.incident.damage == "unknown" else m.incident.damage),
        accounts,
    )
    return {name: out[name] for name in FIELDS}, tuple(history)


# --- decisions on values ----------------------------------------------------------------------------------------------


def _on_members(keys: Iterable[str], decided: Decided) -> dict[str, Decision]:
    """For each field the newest standing decision on any member; it holds for the incident that holds the member."""
    newest: dict[str, Decision] = {}
    for key in keys:
        for name in FIELDS:
            decision = decided.values.get((key, name))
            if decision is not None and (name not in newest or decision.number > newest[name].number):
                newest[name] = decision
    return newest


def _rejected(keys: Iterable[str], decided: Decided) -> dict[str, Any]:
    """Values that people have rejected, by field."""
    return {
        name: value_from_json(name, d.value)
        for name, d in _on_members(keys, decided).items()
        if d.kind == "reject" and d.value is not None
    }


def _without(accounts: Accounts, rejected: Mapping[str, Any]) -> Accounts:
    """The accounts without the claims' values that people have rejected: the field is worked out from the rest."""
    if not rejected:
        return accounts

    def cleaned(account: Account) -> Account:
        statements = tuple(
            replace(s, values=MappingProxyType({k: v for k, v in s.values.items() if not _is_rejected(k, v, rejected)}))
            for s in account.statements
        )
        return replace(account, statements=statements)

    return replace(accounts, all=tuple(cleaned(a) for a in accounts.all))


def _is_rejected(name: str, value: Any, rejected: Mapping[str, Any]) -> bool:
    return name in rejected and _same(value, rejected[name])


def _same(a: Any, b: Any) -> bool:
    """The same value, whatever words and spans it rests on."""
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return same_toll(a, b)
    if isinstance(a, Place) and isinstance(b, Place):
        return a.name == b.name and a.country == b.country
    return json.dumps(_bare(plain(a)), sort_keys=True) == json.dumps(_bare(plain(b)), sort_keys=True)


_WORDS = frozenset({"evidence", "text", "producer", "candidates", "basis", "hedge"})


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k not in _WORDS}
    return [_bare(v) for v in value] if isinstance(value, list) else value


def _apply(
    fields: dict[str, FieldValue], keys: frozenset[str], decided: Decided
) -> tuple[dict[str, FieldValue], list[Decision]]:
    """The fields after people's decisions on them, and the decisions that had a say."""
    used = []
    for name, decision in _on_members(keys, decided).items():
        used.append(decision)
        computed = fields.get(name)
        if decision.kind == "reject":
            if decision.value is None:
                fields.pop(name, None)
            elif computed is not None and _same(computed.value, value_from_json(name, decision.value)):
                del fields[name]  # nothing but what was rejected
            elif computed is not None:
                fields[name] = _named(computed, decision)
            continue
        value = value_from_json(name, decision.value) if decision.value is not None else None
        if value is None and computed is None:
            continue
        fields[name] = _decided(name, value, computed, decision)
    return {name: fields[name] for name in FIELDS if name in fields}, used


def _decided(name: str, value: Any, computed: FieldValue | None, decision: Decision) -> FieldValue:
    """What a person put there, or took as it was worked out."""
    same = computed is not None and (value is None or _same(value, computed.value))
    held = computed if same and computed is not None else None
    return FieldValue(
        field=name,
        value=held.value if held is not None else value,
        basis="decided",
        independent=held.independent if held is not None else 0,
        accounts=held.accounts if held is not None else (),
        evidence=tuple(dict.fromkeys((*decision.evidence, *(held.evidence if held is not None else ())))),
        why_en=_by(decision, "en"),
        why_fr=_by(decision, "fr"),
        decision=decision.number,
    )


def _named(computed: FieldValue, decision: Decision) -> FieldValue:
    return replace(
        computed,
        why_en=f"{computed.why_en}; {_by(decision, 'en')}",
        why_fr=f"{computed.why_fr} ; {_by(decision, 'fr')}",
        decision=decision.number,
    )


def _by(decision: Decision, language: str) -> str:
    """Who decided, in a sentence."""
    verbs = {
        "en": {"accept": "accepted by", "edit": "set by", "reject": "another value rejected by"},
        "fr": {"accept": "accepté par", "edit": "saisi par", "reject": "une autre valeur rejetée par"},
    }[language]
    reason = f": {decision.why}" if decision.why and language == "en" else f" : {decision.why}" if decision.why else ""
    number = f"decision {decision.number}" if language == "en" else f"décision {decision.number}"
    return f"{verbs[decision.kind]} {decision.who} ({number}){reason}"


def _decisions(used: Iterable[Decision], keys: frozenset[str], accounts: Accounts, decided: Decided) -> tuple[int, ...]:
    """Numbers of the decisions that bear on this incident: on its values, its claims and its members."""
    claims = {s.claim for a in accounts.all for s in a.statements}
    numbers = {d.number for d in used}
    numbers |= {d.number for (claim, _), d in decided.claims.items() if claim in claims}
    for pairs in (decided.same, decided.different, decided.unsure):
        numbers |= {d.number for (a, b), d in pairs.items() if a in keys or b in keys}
    return tuple(sorted(numbers))
