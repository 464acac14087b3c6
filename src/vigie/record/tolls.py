"""Tolls: what several accounts count, what is a part or more than the whole, and what stands.

Successive figures of one account are updates, the last one counts; figures of different accounts that cannot both be
true are a conflict, and the record's value is the range over them. A hospital's count and a region's are no rivals of
the incident's: nested tolls. What was counted over several incidents together bounds each from above.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vigie.coding.claims import WHOLE
from vigie.model.places import Place
from vigie.model.quantities import Hedge, Quantity, covering
from vigie.model.record import AccountDifference, Side, Update, ValueBasis
from vigie.record.accounts import Accounts
from vigie.record.extent import FINE_PLACES
from vigie.record.held import (
    Held,
    Outcome,
    counted,
    difference,
    field_value,
    grouped,
    holders,
    names_of,
)
from vigie.record.names import meaning
from vigie.record.wording import number

_HOSPITAL = "hospital"  # id of the packs' entries for hospitals
_COARSE = frozenset({"region", "country"})


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What accounts count, by what they count: the incident itself, a part, more than it, several together."""

    own: tuple[Held, ...] = ()
    part: tuple[Held, ...] = ()
    wider: tuple[Held, ...] = ()
    joint: tuple[Held, ...] = ()


def reconcile_toll(
    field: str, accounts: Accounts, place: Place | None, members: Iterable[str], history: Sequence[Update]
) -> Outcome:
    """The record's toll. `members` are the keys of the cluster: a toll told of two of them together is its own."""
    together = frozenset(members)
    held = holders(accounts, field)
    if not held:
        return Outcome(None, tuple(_updated(field, history)))
    kinds = _sort(field, held, place, together)
    differences = [*_updated(field, history), *_nested(field, kinds)]
    core = kinds.own or kinds.part or kinds.wider
    if not core:
        return _joint_only(field, kinds.joint, differences)
    if _agree([h.value for h in core]):
        agreed = _common([h.value for h in core])
        if len({_bounds(h.value) for h in core}) > 1:
            differences.append(
                difference(
                    field,
                    "compatible",
                    "count",
                    grouped(core, _bounds),
                    ("bounds that overlap", "bornes qui se recoupent"),
                )
            )
        basis: ValueBasis = "agreed" if len({h.account.id for h in core}) > 1 else "single"
        return Outcome(field_value(field, agreed, basis, core, _why_agreed(agreed, core)), tuple(differences))
    differences.append(difference(field, "conflict", "count", grouped(core, _bounds), _why_apart(core)))
    spread = covering([h.value for h in core])
    return Outcome(field_value(field, spread, "disputed", core, _why_apart(core)), tuple(differences))


def _sort(field: str, held: Sequence[Held], place: Place | None, members: frozenset[str]) -> _Sorted:
    found: dict[str, list[Held]] = {"own": [], "part": [], "wider": [], "joint": []}
    single = [h for h in held if not _is_joint(field, h, members)]
    whole = [h for h in single if not _is_coarse(h, place)]
    highest = max((_best(h.value) for h in whole), default=None)
    for h in held:
        if _is_joint(field, h, members):
            found["joint"].append(h)
        elif _is_coarse(h, place) and highest is not None and _best(h.value) > highest:
            found["wider"].append(h)
        elif _is_part(h, whole):
            found["part"].append(h)
        else:
            found["own"].append(h)
    return _Sorted(**{k: tuple(v) for k, v in found.items()})


def _is_joint(field: str, h: Held, members: frozenset[str]) -> bool:
    return any(name == field and not set(others) <= members for name, others in h.statement.joint)


def _is_coarse(h: Held, place: Place | None) -> bool:
    """Told of a region or a country where the incident has a place of its own: what is more than anybody counts there
    is counted over the wider area."""
    own = h.statement.values.get("place")
    return isinstance(own, Place) and own.precision in _COARSE and place is not None and place.precision in FINE_PLACES


def _is_part(h: Held, whole: Sequence[Held]) -> bool:
    """A hospital's count of those it took in; or a figure that one story gives, without naming who, so far below
    another of that story that it counts some of them. Other figures that low are rivals; nobody is no part: "no
    casualties" contradicts."""
    best = _best(h.value)
    higher = [o for o in whole if _best(o.value) > best]
    if best == 0 or not higher:
        return False
    beside = [o for o in higher if o.statement.family == h.statement.family and best < WHOLE * _best(o.value)]
    return _is_hospital(h) or ("named" not in h.account.terms and bool(beside))


def _is_hospital(h: Held) -> bool:
    return any(_HOSPITAL in meaning(name).nouns for name in h.account.names)


def _best(quantity: Quantity) -> int:
    return quantity.best or 0


def _bounds(quantity: Quantity) -> tuple[int | None, int | None]:
    return quantity.lower, quantity.upper


def no_news(a: Quantity, b: Quantity) -> bool:
    """The second figure changes nothing: the same number, with or without "at least"."""
    return a.lower == b.lower and (a.upper == b.upper or None in (a.upper, b.upper))


def same_toll(a: Quantity, b: Quantity) -> bool:
    """The same bounds, whatever the words."""
    return _bounds(a) == _bounds(b)


def _agree(quantities: Sequence[Quantity]) -> bool:
    """One number can satisfy all of them."""
    low = max((q.lower or 0) for q in quantities)
    return low <= min(math.inf if q.upper is None else q.upper for q in quantities)


def _common(quantities: Sequence[Quantity]) -> Quantity:
    """The bounds that satisfy all: "at least five" and "more than five" agree from six."""
    if len({_bounds(q) for q in quantities}) == 1:
        return quantities[0]
    lowers = [q.lower for q in quantities if q.lower is not None]
    uppers = [q.upper for q in quantities if q.upper is not None]
    lower, upper = (max(lowers) if lowers else None), (min(uppers) if uppers else None)
    hedge: Hedge = "exact" if lower == upper else "at_least" if upper is None else "order_of"
    evidence = tuple(dict.fromkeys(s for q in quantities for s in q.evidence))
    return Quantity(lower, upper, hedge, " / ".join(dict.fromkeys(q.text for q in quantities)), evidence)


def _why_agreed(agreed: Quantity, core: Sequence[Held]) -> tuple[str, str]:
    n = len({h.account.id for h in core})
    if n == 1:
        return (
            f"one account: {names_of(core, 'en')} says {number(agreed, 'en')}",
            f"un seul récit : {number(agreed, 'fr')} selon {names_of(core, 'fr')}",
        )
    return (
        f"{counted(n, 'en')} agree on {number(agreed, 'en')}",
        f"{counted(n, 'fr')} s'accordent sur {number(agreed, 'fr')}",
    )


def _why_apart(core: Sequence[Held]) -> tuple[str, str]:
    ordered = sorted(core, key=lambda h: (_best(h.value), h.account.id))
    low = [h for h in ordered if _best(h.value) == _best(ordered[0].value)]
    high = [h for h in ordered if _best(h.value) == _best(ordered[-1].value)]
    n = len({h.account.id for h in core})
    return (
        f"{counted(n, 'en')} differ: lowest {number(low[0].value, 'en')} by {names_of(low, 'en')}, highest "
        f"{number(high[0].value, 'en')} by {names_of(high, 'en')}",
        f"{counted(n, 'fr')} divergent : au plus bas {number(low[0].value, 'fr')} selon {names_of(low, 'fr')}, au plus "
        f"haut {number(high[0].value, 'fr')} selon {names_of(high, 'fr')}",
    )


def _joint_only(field: str, joint: Sequence[Held], differences: list[AccountDifference]) -> Outcome:
    """Nothing but a toll over several incidents: none of them can have more."""
    top = min((h.value for h in joint), key=_best)
    others = len({o for h in joint for _, keys in h.statement.joint for o in keys})
    bound = replace(top, lower=0, hedge="at_most", upper=top.upper)
    value = field_value(
        field, bound, "told", joint,
        (
            f"{number(top, 'en')} counted over {others + 1} incidents together",
            f"{number(top, 'fr')} comptés sur {others + 1} incidents ensemble",
        ),
    )  # fmt: skip
    return Outcome(value, tuple(differences))


def _nested(field: str, kinds: _Sorted) -> Iterable[AccountDifference]:
    core = kinds.own or kinds.part or kinds.wider
    if kinds.own and kinds.part:
        yield difference(
            field, "compatible", "nested_toll", grouped([*kinds.part, *kinds.own], _bounds),
            ("a part of the whole toll", "une partie du bilan"),
        )  # fmt: skip
    if kinds.wider and core is not kinds.wider:
        yield difference(
            field, "compatible", "nested_toll", grouped([*core, *kinds.wider], _bounds),
            ("counted over a wider area", "compté sur une zone plus large"),
        )  # fmt: skip
    if kinds.joint:
        yield difference(
            field, "compatible", "joint_toll", grouped([*core, *kinds.joint], _bounds),
            ("counted over several incidents together", "compté sur plusieurs incidents ensemble"),
        )  # fmt: skip


def _updated(field: str, history: Sequence[Update]) -> Iterable[AccountDifference]:
    """One difference for each account that changed its figure."""
    steps: dict[str, list[Update]] = {}
    for update in history:
        if update.field == field:
            steps.setdefault(update.account, []).append(update)
    for account, told in sorted(steps.items()):
        sides = [Side((account,), u.value, u.as_of) for u in told]
        en = ", then ".join(number(u.value, "en") for u in told)
        fr = ", puis ".join(number(u.value, "fr") for u in told)
        yield difference(
            field, "update", "updated_toll", sides, (f"successive figures: {en}", f"bilans successifs : {fr}")
        )
