"""Model values from the plain JSON values that `contract.plain` makes of them: the way back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from vigie.model.coded import Actor, CodedReport, GroupHarm, Target, WeaponUse
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.report import Report
from vigie.model.spans import Span

T = TypeVar("T")
_Decoder = Callable[[Any], Any]
# What may stand where the model says Any (the values of claims and differences), told by its keys.
_LOOSE = (Quantity, ReportedDate, Place, WeaponUse, Actor, Target, GroupHarm, Span)


def decoded(kind: type[T], value: Any) -> T:
    """A model value of a type from its JSON. Raises ValueError, naming the type, where the JSON has another shape."""
    try:
        hashable: Any = kind
        result: T = _decoder(hashable)(value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no {kind.__name__} in the JSON: {type(error).__name__}: {error}") from error
    return result


def coded_report(value: Mapping[str, Any], text: str, raw: bytes = b"") -> CodedReport:
    """A coded report from the contract's JSON and the report's text (which that leaves out), as `coded_report_json` was
    given it. Raises ValueError where the JSON has another shape."""
    if not isinstance(value, Mapping) or not isinstance(value.get("report"), Mapping):
        raise ValueError("no CodedReport in the JSON: it has no report")
    return decoded(CodedReport, {**value, "report": {**value["report"], "text": text, "raw": raw}})


def loose(value: Any) -> Any:
    """A value whose type only its shape tells: a model value where it has the keys of one, else as it is, lists as
    tuples."""
    if isinstance(value, Mapping):
        kind = _by_keys().get(frozenset(value))
        return _decoder(kind)(value) if kind is not None else {k: loose(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return tuple(loose(v) for v in value)
    return value


@cache
def _by_keys() -> dict[frozenset[str], type]:
    return {frozenset(f.name for f in dataclasses.fields(kind)): kind for kind in _LOOSE}


@cache
def _decoder(kind: Any) -> _Decoder:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return loose
    if kind is dt.date:
        return dt.date.fromisoformat
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _of_dataclass(kind)
    if origin in (typing.Union, types.UnionType):
        (inner,) = (a for a in arguments if a is not type(None))
        decode = _decoder(inner)
        return lambda value: None if value is None else decode(value)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            each = _decoder(arguments[0])
            return lambda value: tuple([each(v) for v in value])
        parts = [_decoder(a) for a in arguments]
        return lambda value: tuple([decode(v) for decode, v in zip(parts, value, strict=True)])
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        each = _decoder(arguments[1])
        return lambda value: {k: each(v) for k, v in value.items()}
    return _same  # a scalar or one of a closed list


def _of_dataclass(kind: type) -> _Decoder:
    hints = typing.get_type_hints(kind)
    fields = [(f.name, f.name.rstrip("_"), hints[f.name]) for f in dataclasses.fields(kind) if f.init]
    required = {
        key for f, (_, key, _) in zip([f for f in dataclasses.fields(kind) if f.init], fields, strict=True)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }  # fmt: skip
    # Looked up when first used, because a type may hold values of its own type; and once, because hashing a type hint
    # takes longer than decoding what it describes.
    ready: tuple[tuple[str, str, _Decoder], ...] | None = None

    def decode(value: Any) -> Any:
        nonlocal ready
        if ready is None:
            ready = tuple((name, key, _decoder(hint)) for name, key, hint in fields)
        missing = required - value.keys()
        if missing:
            raise KeyError(sorted(missing)[0])
        return kind(**{name: each(value[key]) for name, key, each in ready if key in value})

    return decode


def _same(value: Any) -> Any:
    return value


def report_from(value: Mapping[str, Any], text: str, raw: bytes = b"") -> Report:
    """A report from its plain JSON without text and bytes, and these."""
    return decoded(Report, {**value, "text": text, "raw": raw})
