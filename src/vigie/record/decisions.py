"""The log of decisions: append-only, chained by hashes, and what stands of it.

State is a function of the log: nothing is ever taken out, an undo is one more line. Each line's hash covers the hash of
the line before it, so that a line changed or taken out later is found (Berkeley Protocol, HR/PUB/20/2: a custody log
that is chronological and append-only).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, get_args

from vigie.errors import DecisionError
from vigie.model.contract import plain
from vigie.model.record import Decided, Decision, DecisionKind, Quoted
from vigie.model.spans import Span
from vigie.record.field_values import FIELDS, value_from_json
from vigie.record.names import fold_name
from vigie.record.sources import PROFILE_FIELDS

KINDS: tuple[str, ...] = get_args(DecisionKind)
_PAIRS = ("same", "different", "unsure")
_VALUES = ("accept", "edit", "reject")
_NAMES = {"alias": 2, "unalias": 2, "profile": 1}
_TUPLES = ("members", "apart", "names")


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first line of a log that does not follow from the one before it."""

    number: int
    reason: str


def chained(previous: str, decision: Decision) -> str:
    """The hash of a decision after the line whose hash is `previous` ("" for the first): SHA-256, in hex, over that
    hash and the decision as JSON with sorted keys and without its own hash (and without `evidence` where there is none,
    so that lines keep the hash they had before decisions could have any)."""
    body = {k: v for k, v in to_json(decision).items() if k != "hash" and (k != "evidence" or v)}
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def append(log: Sequence[Decision], decision: Decision) -> Decision:
    """The decision with its number and hash, as the next line of the log; the caller keeps it.

    Raises DecisionError where it makes no sense: see `check`.
    """
    check(log, decision)
    previous = log[-1] if log else None
    numbered = replace(decision, number=previous.number + 1 if previous else 1, hash="")
    return replace(numbered, hash=chained(previous.hash if previous else "", numbered))


def verify(log: Iterable[Decision]) -> ChainFault | None:
    """The first broken link of a log, None where every line follows from the one before."""
    previous = ""
    for number, decision in enumerate(log, 1):
        if decision.number != number:
            return ChainFault(number, f"line {number} carries number {decision.number}: a line was taken out or moved")
        if decision.hash != chained(previous, decision):
            return ChainFault(number, f"the hash of decision {number} does not fit it and the line before")
        previous = decision.hash
    return None


def check(log: Sequence[Decision], decision: Decision) -> None:
    """Raises DecisionError where a decision lacks what its kind speaks of, or undoes what does not stand."""
    if decision.kind not in KINDS:
        raise DecisionError(f"no decision is called {decision.kind!r}; there are: {', '.join(KINDS)}")
    if not decision.who.strip():
        raise DecisionError("a decision says who made it: give a name")
    try:
        dt.datetime.fromisoformat(decision.when)
    except ValueError:
        raise DecisionError(f"{decision.when!r} is no time: give an ISO 8601 date and time in UTC") from None
    if decision.kind in _PAIRS and len(set(decision.members)) != 2:
        raise DecisionError(f"{decision.kind!r} is about two reported incidents: give two different member keys")
    if decision.kind in ("merge", "split") and len(set(decision.members)) < 2:
        raise DecisionError(f"{decision.kind!r} is about two or more reported incidents: give their keys")
    if decision.kind == "split" and not (decision.apart and set(decision.apart) < set(decision.members)):
        raise DecisionError("a split says which members leave (`apart`): some of `members`, not all of them")
    if decision.kind in _VALUES:
        _check_value(decision)
    elif decision.evidence:
        raise DecisionError(f"{decision.kind!r} is about no value, so that no words can be given for it")
    if len({fold_name(n) for n in decision.names} - {""}) < _NAMES.get(decision.kind, 0):
        raise DecisionError(f"{decision.kind!r} needs {_NAMES[decision.kind]} name(s) that are not the same")
    if decision.kind == "profile":
        _check_profile(decision)
    if decision.kind == "undo":
        _check_undo(log, decision)


def _check_value(decision: Decision) -> None:
    if (len(decision.members) == 1) == (decision.claim is not None):
        raise DecisionError(f"{decision.kind!r} is about one value: give one member key or one claim key, not both")
    if decision.field is None and not (decision.kind == "reject" and decision.claim is not None):
        raise DecisionError(f"{decision.kind!r} names a field; only a claim can be rejected as a whole")
    if decision.field is not None and decision.field not in FIELDS:
        raise DecisionError(f"no field is called {decision.field!r}; there are: {', '.join(FIELDS)}")
    if decision.field is not None and decision.value is not None:
        value_from_json(decision.field, decision.value)
    if any(not 0 <= q.span.start < q.span.end for q in decision.evidence):
        raise DecisionError("words of a report begin before they end: give offsets in its text")
    if decision.kind == "edit" and decision.value is None:
        raise DecisionError("an edit gives the value; to say that nothing is known, reject the field")


def _check_profile(decision: Decision) -> None:
    if not isinstance(decision.value, Mapping) or not set(decision.value) <= set(PROFILE_FIELDS):
        raise DecisionError(f"a profile decision gives some of: {', '.join(PROFILE_FIELDS)}")
    for name, allowed in PROFILE_FIELDS.items():
        given = decision.value.get(name)
        if given is not None and (not isinstance(given, str) or (allowed and given not in allowed)):
            raise DecisionError(f"{given!r} is no {name}; there are: {', '.join(allowed) or 'words'}")


def _check_undo(log: Sequence[Decision], decision: Decision) -> None:
    if decision.undoes is None or all(d.number != decision.undoes for d in log):
        raise DecisionError(f"there is no decision {decision.undoes} to undo")
    by = next((d for d in log if d.kind == "undo" and d.undoes == decision.undoes and _stands(log, d.number)), None)
    if by is not None:
        raise DecisionError(f"decision {decision.undoes} is already undone, by {by.number}: undo that to have it back")


def _stands(log: Sequence[Decision], number: int) -> bool:
    return number not in undone(log)


def undone(log: Sequence[Decision]) -> frozenset[int]:
    """Numbers that do not stand: undone by an undo which itself stands. An undo only reaches back, so that from the
    last line to the first each is settled before it is asked about."""
    found: set[int] = set()
    for decision in sorted(log, key=lambda d: -d.number):
        reaches_back = decision.undoes is not None and decision.undoes < decision.number
        if decision.kind == "undo" and decision.number not in found and reaches_back:
            found.add(decision.undoes or 0)
    return frozenset(found)


def state(log: Iterable[Decision]) -> Decided:
    """What stands of a log, whatever order its lines are given in."""
    lines = sorted(log, key=lambda d: d.number)
    gone = undone(lines)
    standing = [d for d in lines if d.number not in gone and d.kind != "undo"]
    pairs: dict[tuple[str, str], tuple[str, Decision]] = {}
    values: dict[tuple[str, str], Decision] = {}
    claims: dict[tuple[str, str], Decision] = {}
    profiles: dict[str, tuple[Decision, ...]] = {}
    for d in standing:
        for pair, verdict in _pairs(d):
            pairs.pop(pair, None)
            pairs[pair] = (verdict, d)
        if d.kind in _VALUES and d.claim is not None:
            claims[(d.claim, d.field or "")] = d
        elif d.kind in _VALUES:
            values[(d.members[0], d.field or "")] = d
        if d.kind == "profile":
            name = fold_name(d.names[0])
            profiles[name] = (*profiles.get(name, ()), d)
    by_verdict = {
        verdict: MappingProxyType({p: d for p, (v, d) in sorted(pairs.items()) if v == verdict}) for verdict in _PAIRS
    }
    return Decided(
        same=by_verdict["same"],
        different=by_verdict["different"],
        unsure=by_verdict["unsure"],
        values=MappingProxyType(values),
        claims=MappingProxyType(claims),
        aliases=tuple(d for d in standing if d.kind in ("alias", "unalias")),
        profiles=MappingProxyType(profiles),
        standing=tuple(d.number for d in standing),
    )


def _pairs(d: Decision) -> Iterable[tuple[tuple[str, str], str]]:
    """What a decision says of pairs. A merge ties each member to the first; a split parts those that leave from those
    that stay, and says nothing about the pairs on either side."""
    if d.kind in _PAIRS:
        yield _pair(d.members[0], d.members[1]), d.kind
    elif d.kind == "merge":
        first, *others = sorted(set(d.members))
        for other in others:
            yield _pair(first, other), "same"
    elif d.kind == "split":
        leaving = set(d.apart)
        for leaver in sorted(leaving):
            for stayer in sorted(set(d.members) - leaving):
                yield _pair(leaver, stayer), "different"


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def to_json(decision: Decision) -> dict[str, Any]:
    """A decision as a JSON object, every field present."""
    out: dict[str, Any] = plain(decision)
    return out


def from_json(row: Mapping[str, Any]) -> Decision:
    """The decision a JSON object stands for. Raises DecisionError where a key is not known or one is missing."""
    names = {f.name for f in fields(Decision)}
    unknown = sorted(set(row) - names)
    if unknown:
        raise DecisionError(f"decision {row.get('number')}: unknown keys {', '.join(unknown)}")
    for required in ("number", "kind", "who", "when"):
        if required not in row:
            raise DecisionError(f"decision {row.get('number')}: {required!r} is missing")
    values: dict[str, Any] = {k: tuple(v) if k in _TUPLES and isinstance(v, list) else v for k, v in row.items()}
    values["evidence"] = tuple(_quoted(row["number"], each) for each in row.get("evidence") or ())
    return Decision(**values)


def _quoted(number: Any, row: Any) -> Quoted:
    try:
        span = row["span"]
        return Quoted(str(row["report_id"]), Span(int(span["start"]), int(span["end"]), str(span["quote"])))
    except (KeyError, TypeError, ValueError):
        raise DecisionError(f"decision {number}: {row!r} are no words of a report") from None
