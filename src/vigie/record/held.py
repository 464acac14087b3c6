"""What accounts hold of one field: the values that rival or agree, with who holds each and since when."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vigie.model.record import (
    Account,
    AccountDifference,
    DifferenceKind,
    FieldValue,
    Quoted,
    Side,
    Statement,
    Update,
    ValueBasis,
)
from vigie.model.spans import Span
from vigie.record.accounts import Accounts, asserts
from vigie.record.wording import listed


@dataclass(frozen=True, slots=True)
class Held:
    """The latest that one account asserts of a field, and the statement in which it does."""

    account: Account
    statement: Statement
    value: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reconciling a field gives: its value, if it has one, and how the accounts of it differ."""

    value: FieldValue | None = None
    differences: tuple[AccountDifference, ...] = ()


def holders(accounts: Accounts, field: str) -> tuple[Held, ...]:
    """The accounts that are witnesses of their own for a field, with their latest value of it.

    An outlet's own voice is none where its copy attributes the field to somebody; a medium is none where the source it
    rests on speaks of the field itself.
    """
    told = [h for a in accounts.all for h in [_latest(a, field)] if h is not None]
    attributed = {
        s.family
        for h in told
        if h.account.id not in accounts.own
        for s in h.account.statements
        if asserts(s) and field in s.values
    }
    speaking = {h.account.id for h in told}
    kept = []
    for h in told:
        if h.account.id in accounts.own:
            if h.statement.family in attributed:
                continue
        elif h.account.rests_on in speaking:
            continue
        kept.append(h)
    return tuple(kept)


def _latest(account: Account, field: str) -> Held | None:
    found = [s for s in account.statements if asserts(s) and field in s.values]
    return Held(account, found[-1], found[-1].values[field]) if found else None


def grouped(held: Iterable[Held], key: Callable[[Any], Hashable]) -> tuple[Side, ...]:
    """The sides of a difference: accounts that hold the same value together, the earliest held first."""
    groups: dict[Hashable, list[Held]] = {}
    for h in sorted(held, key=lambda h: (h.statement.as_of is None, h.statement.as_of, h.account.id)):
        groups.setdefault(key(h.value), []).append(h)
    return tuple(Side(tuple(h.account.id for h in g), g[0].value, g[0].statement.as_of) for g in groups.values())


def words_of(held: Held) -> tuple[Quoted, ...]:
    """The words of a value: its own where it has any, else those of the claim."""
    return quoted(held.statement.report_id, getattr(held.value, "evidence", ())) or held.statement.evidence


def quoted(report_id: str, spans: Iterable[Span]) -> tuple[Quoted, ...]:
    """Spans of a report with the report they are of."""
    return tuple(Quoted(report_id, s) for s in spans)


def field_value(field: str, value: Any, basis: ValueBasis, held: Sequence[Held], why: tuple[str, str]) -> FieldValue:
    """A field's value resting on what these accounts hold."""
    return FieldValue(
        field=field,
        value=value,
        basis=basis,
        independent=len({h.account.id for h in held}),
        accounts=tuple(sorted({h.account.id for h in held})),
        evidence=tuple(dict.fromkeys(q for h in held for q in words_of(h))),
        why_en=why[0],
        why_fr=why[1],
    )


def difference(
    field: str, verdict: str, kind: DifferenceKind, sides: Iterable[Side], why: tuple[str, str]
) -> AccountDifference:
    """A difference between accounts."""
    return AccountDifference(field, verdict, kind, tuple(sides), why[0], why[1])  # type: ignore[arg-type]


def updates(accounts: Accounts, field: str, same: Callable[[Any, Any], bool]) -> tuple[Update, ...]:
    """Each account's steps in a field over time, of the accounts that took more than one. Versions that a later one
    replaced are steps too; what was withdrawn or rejected is none."""
    found: list[Update] = []
    for account in accounts.all:
        steps: list[Update] = []
        for s in account.statements:
            told = asserts(s) or (s.standing == "superseded" and s.stance not in ("denies", "doubts", "no_information"))
            if told and field in s.values and (not steps or not same(steps[-1].value, s.values[field])):
                steps.append(Update(field, account.id, s.as_of, s.values[field], s.claim))
        if len(steps) > 1:
            found.extend(steps)
    return tuple(found)


def names_of(held: Iterable[Held], language: str) -> str:
    """Who holds it, in a sentence: at most three names."""
    names = list(dict.fromkeys(h.account.names[0] for h in held))
    if len(names) > 3:
        rest = len(names) - 2
        names = [*names[:2], f"{rest} autres" if language == "fr" else f"{rest} others"]
    return listed(names, language)


def counted(n: int, language: str) -> str:
    """ "one account", "3 independent accounts"."""
    if language == "fr":
        return "un seul récit" if n == 1 else f"{n} récits indépendants"
    return "one account" if n == 1 else f"{n} independent accounts"
