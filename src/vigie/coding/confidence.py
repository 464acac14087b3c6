"""How likely each coded incident, and each of its values, is right: 0 to 1, borne out by held-out codings.

A small logistic regression over what a person would look at too (how the value came about, who gave it, how often and
where it is told, whether accounts agree, how likely the screening finds the incident), with weights kept as plain data
(weights/confidence.tsv) and a set of its own for every slot. docs/reliability.md holds the tables of how often values
of a given confidence are right; tools/reliability.py fits the weights and makes the tables.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from vigie.coding.linear import LinearModel, load_model
from vigie.mentions.values import DAYS
from vigie.model import Actor, Claim, CodedReport, Incident, Place, Quantity, ReportedDate, Span, Target

Features = Mapping[str, float]

_OPENING = 400  # characters within which headline and lead of most reports stand
_SHORT = 60  # words


@dataclass(frozen=True, slots=True)
class ValueFeatures:
    """One value of an incident. key: its path in the incident ("killed", "actors[0]"); "incident" for the incident as
    such. slot: the slot of evaluation that it fills. told: what tells it from others of its slot (a name, a kind of
    weapon), None where the slot has one value. features: what speaks for and against it."""

    key: str
    slot: str
    told: str | None
    features: Features


def with_confidence(coded: CodedReport) -> CodedReport:
    """The coded report with the confidence of each of its incidents and values; a value without one keeps none."""
    if not coded.incidents:
        return coded
    incidents = []
    for incident in coded.incidents:
        found = {
            key: round(_model_of(slot).probability(features), 2) for key, slot, _, features in _each(coded, incident)
        }
        incidents.append(replace(incident, confidence=found.pop("incident"), confidences=found))
    return replace(coded, incidents=tuple(incidents))


def value_features(coded: CodedReport, incident: Incident) -> Iterator[ValueFeatures]:
    """The incident and each of its values that a gold coding can bear out, with what speaks for and against it.
    `incident.confidence` must be the likelihood that the screening gave it."""
    for key, slot, told, features in _each(coded, incident):
        yield ValueFeatures(key, slot, told, {f"{slot}:{name}": value for name, value in features.items() if value})


@cache
def _model_of(slot: str) -> LinearModel:
    """The part of the model that is for one slot, its features without the name of the slot before them."""
    model, mark = load_model("confidence"), f"{slot}:"
    own = {name.removeprefix(mark): weight for name, weight in model.weights.items() if name.startswith(mark)}
    return LinearModel(model.name, own, model.bias)


def _each(coded: CodedReport, incident: Incident) -> Iterator[tuple[str, str, str | None, dict[str, float]]]:
    """Key, slot and told of each value as `ValueFeatures` has them, and its features by their bare names."""
    claims = [c for c in coded.claims if c.incident == incident.id]
    shared = _shared(coded, incident)
    for key, slot, told, own in _values(coded, incident, claims):
        yield key, slot, told, shared | own


def _shared(coded: CodedReport, incident: Incident) -> dict[str, float]:
    """What is the same for all values of an incident."""
    likelihood = min(0.99, max(0.01, 0.5 if incident.confidence is None else incident.confidence))
    current = sum(i.period == "current" for i in coded.incidents)
    words = len(coded.report.text.split())
    return {
        "one": 1.0,
        "likely": math.log(likelihood / (1 - likelihood)) / 4,
        "background": float(incident.period == "background"),
        "first": float(coded.incidents[0].id == incident.id),
        "alone": float(len(coded.incidents) == 1),
        "others": math.log(len(coded.incidents)) / 2,
        "current": math.log1p(current) / 2,
        "told": math.log1p(len(incident.evidence)) / 2,
        "told once": float(len(incident.evidence) == 1),
        "opening": float(_opens(incident.evidence)),
        "sources": math.log1p(len(incident.sources)) / 2,
        "no source": float(not incident.sources),
        "long": math.log1p(words) / 6,
        "short": float(words < _SHORT),
        "generic": float(incident.type in {"attack", "other_violence"}),
        f"language={coded.report.language}": 1.0,
    }


def _values(
    coded: CodedReport, incident: Incident, claims: list[Claim]
) -> Iterator[tuple[str, str, str | None, dict[str, float]]]:
    yield "incident", "incident", None, {f"type={incident.type}": 1.0, **_filled(incident)}
    yield "type", "type", None, {f"type={incident.type}": 1.0, "weapon": float(bool(incident.weapons))}
    if incident.date is not None:
        yield "date", "date", None, _of_date(incident.date) | _agreement("date", incident.date, incident, claims)
    if incident.place is not None:
        about = _of_place(incident.place, coded) | _agreement("place", incident.place, incident, claims)
        if incident.place.country:
            yield "country", "country", None, about
        if incident.place.name:
            yield "place", "place", None, about
    for name in ("killed", "injured"):
        toll: Quantity | None = getattr(incident, name)
        if toll is not None and (toll.lower is not None or toll.upper is not None):
            yield name, name, None, _of_toll(toll, incident) | _agreement(name, toll, incident, claims)
    if incident.responsibility != "unknown":
        actors = {"actors": float(len(incident.actors) > 1), "no actor": float(not incident.actors)}
        bases = {f"basis={a.basis}": 1.0 for a in incident.actors}
        yield "responsibility", "responsibility", None, {f"is={incident.responsibility}": 1.0, **actors, **bases}
    for number, actor in enumerate(incident.actors):
        yield f"actors[{number}]", "actor", actor.name, _of_name(actor, number, len(incident.actors)) | {
            f"basis={actor.basis}": 1.0, f"responsibility={incident.responsibility}": 1.0,
        }  # fmt: skip
    for number, target in enumerate(incident.targets):
        yield f"targets[{number}]", "target", target.name, _of_name(target, number, len(incident.targets)) | {
            f"kind={target.kind}": 1.0,
        }  # fmt: skip
    yield from _of_weapons(incident)


def _filled(incident: Incident) -> dict[str, float]:
    """What an incident has: one told in full is seldom none."""
    return {
        "date": float(incident.date is not None),
        "place": float(incident.place is not None),
        "toll": float(
            bool(incident.killed and incident.killed.lower) or bool(incident.injured and incident.injured.lower)
        ),
        "actor": float(bool(incident.actors)),
        "target": float(bool(incident.targets)),
        "weapon": float(bool(incident.weapons)),
    }


def _of_date(date: ReportedDate) -> dict[str, float]:
    return {
        f"basis={date.basis}": 1.0,
        "day": float(date.grain in DAYS),
        "one day": float(date.start == date.end),
        "open": float(len(date.candidates) > 1),
        "opening": float(_opens(date.evidence)),
    }


def _of_place(place: Place, coded: CodedReport) -> dict[str, float]:
    dateline = coded.report.dateline
    return {
        f"precision={place.precision}": 1.0,
        f"relation={place.relation}": 1.0,
        "located": float(place.lat is not None),
        "dateline": float(dateline is not None and dateline.name == place.name),
        "value opening": float(_opens(place.evidence)),
    }


def _of_toll(toll: Quantity, incident: Incident) -> dict[str, float]:
    lower = toll.lower or 0
    return {
        f"hedge={toll.hedge}": 1.0,
        "none": float(toll.upper == 0),
        "range": float(toll.lower != toll.upper),
        "size": math.log1p(lower) / 4,
        "single": float(lower == 1),
        "value opening": float(_opens(toll.evidence)),
        "in parts": float(len(toll.evidence) > 1),
        "groups": float(len(incident.harm_by_group) > 1),
        "attackers": float(incident.attackers_killed is not None),
    }


def _of_name(value: Actor | Target, number: int, among: int) -> dict[str, float]:
    return {
        f"by={value.producer}": 1.0,
        "proper": float(any(word[:1].isupper() for word in value.name.split())),
        "words": math.log1p(len(value.name.split())) / 2,
        "later": float(number > 0),
        "several": float(among > 1),
        "value opening": float(_opens(value.evidence)),
    }


def _of_weapons(incident: Incident) -> Iterator[tuple[str, str, str | None, dict[str, float]]]:
    """Of each kind the first one, as it is compared."""
    seen: set[str] = set()
    for number, weapon in enumerate(incident.weapons):
        if weapon.kind in seen:
            continue
        seen.add(weapon.kind)
        stated = weapon.lower is not None or weapon.upper is not None
        about = {
            f"kind={weapon.kind}": 1.0,
            f"outcome={weapon.outcome}": 1.0,
            "later": float(len(seen) > 1),
            "stated": float(stated),
        }
        yield f"weapons[{number}]", "weapon", weapon.kind, about
        if stated:
            count = {"range": float(weapon.lower != weapon.upper), "single": float(weapon.lower == 1)}
            yield f"weapons[{number}].number", "weapon_count", weapon.kind, about | count


def _agreement(field: str, value: Any, incident: Incident, claims: list[Claim]) -> dict[str, float]:
    """How many claims give the field, how many as it stands, and whether accounts are known to differ."""
    given = [c for c in claims if c.values.get(field) is not None]
    same = sum(_same(c.values[field], value) for c in given)
    return {
        "claims": math.log1p(len(given)) / 2,
        "same": math.log1p(same) / 2,
        "others say else": float(same < len(given)),
        "differs": float(any(d.field == field for d in incident.differences)),
        "nobody says": float(not given),
    }


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return (one.lower, one.upper) == (other.lower, other.upper)
    if isinstance(one, ReportedDate) and isinstance(other, ReportedDate):
        return (one.start, one.end) == (other.start, other.end)
    return isinstance(one, Place) and isinstance(other, Place) and one.name == other.name


def _opens(words: tuple[Span, ...]) -> bool:
    return any(span.start < _OPENING for span in words)
