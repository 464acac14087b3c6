"""Weapons: kinds, numbers and outcomes over accounts.

The same total of another make-up, other numbers, and another outcome are told apart. A cause that one account states
and another leaves open ("shot down", "fell") is no contradiction; nor is a blast that somebody heard a count of
munitions: it names no weapon.
"""

from __future__ import annotations

from collections.abc import Sequence

from vigie.model.coded import WeaponUse
from vigie.model.record import AccountDifference, DifferenceKind, Side, Update, ValueBasis
from vigie.record.accounts import Accounts
from vigie.record.held import Held, Outcome, counted, difference, field_value, grouped, holders, names_of

Weapons = tuple[WeaponUse, ...]
# What was shot down, or failed, also fell: outcomes with a cause, and one that leaves it open.
_CAUSES: frozenset[str] = frozenset({"intercepted", "failed"})
_FELL: frozenset[str] = frozenset({"fell_near"})


def reconcile_weapons(accounts: Accounts, history: Sequence[Update]) -> Outcome:
    """The record's weapons: every kind that an account names, with the bounds over all who count it."""
    held = [h for h in holders(accounts, "weapons") if h.value]
    differences = [*_updated(history)]
    if not held:
        return Outcome(None, tuple(differences))
    differences.extend(_make_ups(held))
    differences.extend(_outcomes(held))
    apart = any(d.verdict == "conflict" for d in differences)
    n = len({h.account.id for h in held})
    basis: ValueBasis = "single" if n == 1 else "disputed" if apart else "agreed"
    value = _merged(held, rivals=any(d.kind == "composition" and d.verdict == "conflict" for d in differences))
    if n == 1:
        why = (f"one account: {names_of(held, 'en')}", f"un seul récit : {names_of(held, 'fr')}")
    elif apart:
        why = (f"{counted(n, 'en')} differ", f"{counted(n, 'fr')} divergent")
    else:
        why = (f"{counted(n, 'en')} agree", f"{counted(n, 'fr')} concordent")
    return Outcome(field_value("weapons", value, basis, held, why), tuple(differences))


def same_weapons(a: Weapons, b: Weapons) -> bool:
    """The same kinds, numbers and outcomes."""
    return _key(a) == _key(b)


def _key(weapons: Weapons) -> tuple[tuple[str, int, int, str], ...]:
    return tuple(
        sorted(
            (w.kind, -1 if w.lower is None else w.lower, -1 if w.upper is None else w.upper, w.outcome) for w in weapons
        )
    )


def _bounds_of(weapons: Weapons) -> dict[str, tuple[int, int | None]]:
    """Bounds on the number of each kind, of those that are counted; uses of one kind with different outcomes add up."""
    found: dict[str, tuple[int, int | None]] = {}
    for w in weapons:
        if w.lower is None and w.upper is None:
            continue
        low, high = found.get(w.kind, (0, 0))
        found[w.kind] = (low + (w.lower or 0), None if w.upper is None or high is None else high + w.upper)
    return found


def _make_up(weapons: Weapons) -> dict[str, int]:
    """How many of each kind, at least, of those that are counted."""
    return {kind: low for kind, (low, _) in _bounds_of(weapons).items()}


def _make_ups(held: Sequence[Held]) -> list[AccountDifference]:
    """Differences in kinds and numbers between the accounts that count."""
    told = [(h, _make_up(h.value)) for h in held]
    told = [(h, m) for h, m in told if m]
    if len({tuple(sorted(m.items())) for _, m in told}) < 2:
        return []
    rivals = [h for h, _ in told]
    sides = grouped(rivals, lambda value: tuple(sorted(_make_up(value).items())))
    if not _rival(rivals):
        if len({frozenset(m) for _, m in told}) > 1:
            why = ("one tells of more weapons", "l'un parle de plus d'armes")
            return [difference("weapons", "compatible", "composition", sides, why)]
        why = ("numbers that overlap", "nombres qui se recoupent")
        return [difference("weapons", "compatible", "count", sides, why)]
    if len({sum(m.values()) for _, m in told}) == 1:
        why = ("same total, different make-up", "même total, composition différente")
        return [difference("weapons", "conflict", "composition", sides, why)]
    kinds: DifferenceKind = "count" if len({frozenset(m) for _, m in told}) == 1 else "composition"
    why = ("different numbers of weapons", "nombres d'armes différents")
    return [difference("weapons", "conflict", kinds, sides, why)]


def _rival(held: Sequence[Held]) -> bool:
    """Some two count one kind in ways that cannot both be true, or each counts a kind that the other leaves out."""
    for i, h in enumerate(held):
        for other in held[:i]:
            x, y = _bounds_of(h.value), _bounds_of(other.value)
            if set(x) - set(y) and set(y) - set(x):
                return True
            for kind in set(x) & set(y):
                tops = [top for top in (x[kind][1], y[kind][1]) if top is not None]
                if tops and max(x[kind][0], y[kind][0]) > min(tops):
                    return True
    return False


def _outcomes(held: Sequence[Held]) -> list[AccountDifference]:
    """Differences in what became of the weapons of one kind."""
    found = []
    for kind in sorted({w.kind for h in held for w in h.value}):
        told = [(h, frozenset(w.outcome for w in h.value if w.kind == kind and w.outcome != "unknown")) for h in held]
        telling = [(h, o) for h, o in told if o]
        verdicts = {_compare_outcomes(x, y) for _, x in telling for _, y in telling if x != y}
        sides = _sides(telling)
        if "outcome" in verdicts:
            why = (f"another outcome told of the {kind}", "une autre issue")
            found.append(difference("weapons", "conflict", "outcome", sides, why))
        elif "cause" in verdicts:
            why = (
                "a cause stated by one and left open by another",
                "une cause affirmée par l'un, laissée ouverte par l'autre",
            )
            found.append(difference("weapons", "compatible", "cause", sides, why))
        elif "more" in verdicts:
            why = (f"one tells more of the {kind}", "l'un en dit plus que l'autre")
            found.append(difference("weapons", "compatible", "outcome", sides, why))
    return found


def _compare_outcomes(x: frozenset[str], y: frozenset[str]) -> str:
    """ "more" where one tells all that the other does, "cause" where what fell for the one was shot down or failed for
    the other, else "outcome"."""
    only_x, only_y = x - y, y - x
    if not only_x or not only_y:
        return "more"
    for stated, left_open in ((only_x, only_y), (only_y, only_x)):
        if stated <= _CAUSES and left_open <= _FELL:
            return "cause"
    return "outcome"


def _sides(telling: Sequence[tuple[Held, frozenset[str]]]) -> list[Side]:
    groups: dict[frozenset[str], list[Held]] = {}
    for h, outcomes in telling:
        groups.setdefault(outcomes, []).append(h)
    return [
        Side(tuple(h.account.id for h in g), tuple(sorted(outcomes)), g[0].statement.as_of)
        for outcomes, g in sorted(groups.items(), key=lambda item: sorted(item[0]))
    ]


def _merged(held: Sequence[Held], *, rivals: bool) -> Weapons:
    """Each kind named, with the numbers on which those who count it agree, else the range over them. Where accounts
    are made up of different kinds, a kind that half of them leave out may not have been there: its lower bound is 0."""
    found = []
    counting = [h for h in held if _bounds_of(h.value)]
    for kind in sorted({w.kind for h in held for w in h.value}):
        bounds = [b[kind] for h in held for b in [_bounds_of(h.value)] if kind in b]
        without = sum(all(w.kind != kind for w in h.value) for h in counting)
        missing = rivals and 2 * without >= len(counting) > 0
        lower, upper = _range(bounds)
        outcomes = {w.outcome for h in held for w in h.value if w.kind == kind} - {"unknown"}
        evidence = tuple(dict.fromkeys(s for h in held for w in h.value if w.kind == kind for s in w.evidence))
        found.append(
            WeaponUse(
                kind=kind,
                lower=0 if missing else lower,
                upper=upper,
                outcome=next(iter(outcomes)) if len(outcomes) == 1 else "unknown",
                evidence=evidence,
            )
        )
    return tuple(found)


def _range(bounds: Sequence[tuple[int, int | None]]) -> tuple[int | None, int | None]:
    if not bounds:
        return None, None
    tops = [top for _, top in bounds if top is not None]
    low, top = max(low for low, _ in bounds), min(tops) if tops else None
    if top is None or low <= top:
        return low, top
    return min(low for low, _ in bounds), None if len(tops) < len(bounds) else max(tops)


def _updated(history: Sequence[Update]) -> list[AccountDifference]:
    """One difference for each account that came to tell of other weapons."""
    steps: dict[str, list[Update]] = {}
    for update in history:
        if update.field == "weapons":
            steps.setdefault(update.account, []).append(update)
    why = ("its later word replaces the earlier", "sa dernière version remplace la précédente")
    return [
        difference("weapons", "update", "composition", [Side((account,), u.value, u.as_of) for u in told], why)
        for account, told in sorted(steps.items())
    ]
