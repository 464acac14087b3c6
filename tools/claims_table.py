"""Reported incidents from a table of claims about attacks on bases: facts, one claim a row, with the true incident.

The table (`reference/events/us_base_attack_claims.csv`, with the bases in `reference/gazetteer/us_coalition_bases.csv`)
lies beside the project, not in it. What the coder would give for such a claim is built from its columns: day, base,
weapon and number, outcome, tolls, who says so. The incident's key is the truth, and is not used for building.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vigie.mentions.gazetteer import load_gazetteer
from vigie.mentions.place_keys import name_key
from vigie.model import (
    Actor,
    Claim,
    CodedReport,
    Incident,
    Place,
    Quantity,
    Report,
    ReportedDate,
    Source,
    Target,
    WeaponUse,
)
from vigie.model.coded import Outcome, SourceKind, Stance
from vigie.model.record import ReportedIncident
from vigie.record.members import reported_incidents

EVENTS = Path("reference/events/us_base_attack_claims.csv")
BASES = Path("reference/gazetteer/us_coalition_bases.csv")

_WEAPONS: Mapping[str, tuple[str, ...]] = {
    "rocket": ("rocket",), "drone": ("drone",), "missile": ("missile",), "ballistic_missile": ("missile",),
    "drone+rocket": ("drone", "rocket"), "rocket+drone": ("rocket", "drone"), "air_strike": ("aerial_bomb",),
    "small_arms+rpg": ("firearm",),
}  # fmt: skip
_TYPES = {
    "rocket": "shelling_missile", "missile": "shelling_missile", "drone": "air_drone_strike",
    "aerial_bomb": "air_drone_strike", "firearm": "armed_clash",
}  # fmt: skip
_STANCES: Mapping[str, Stance] = {
    "asserts": "asserts", "assesses": "asserts", "attributes_origin": "accuses", "no_information": "no_information",
    "claims_responsibility": "claims_responsibility", "claims_resumption": "claims_responsibility",
    "denies_involvement": "denies", "denies_statement": "denies",
}  # fmt: skip
_KINDS: Mapping[str, SourceKind] = {
    "monitor": "monitor", "US": "military", "IQ": "military", "IRI": "armed_group", "KH": "armed_group",
    "SDF": "military", "media": "media", "IR": "government", "KH-adjacent": "media",
}  # fmt: skip
_NIGHT = re.compile(r"(\d{1,2})-(\d{1,2}) (?:Nov|Feb|Oct|Jul|Jan)")
_GROUPS = {"US": "US troops", "SDF": "SDF fighters"}


@dataclass(frozen=True, slots=True)
class Told:
    """One reported incident of the table and the key of the incident it is of."""

    member: ReportedIncident
    truth: str
    coded: CodedReport


def rows(shared: Path) -> list[dict[str, str]]:
    """The claims as they stand in the table."""
    with (shared / EVENTS).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(shared: Path, *, by_claim: bool = False) -> list[Told]:
    """The table's reported incidents: one for each incident that one address tells, or (`by_claim`) one for each
    claim, as if each stood in a report of its own."""
    bases = _bases(shared)
    reports: dict[str, list[dict[str, str]]] = {}
    for row in rows(shared):
        reports.setdefault(row["claim_id"] if by_claim else row["source_address"] or row["claim_id"], []).append(row)
    found = []
    for number, claims in enumerate(reports.values()):
        coded, keys = _coded(f"r{number:03}", claims, bases)
        found.extend(Told(m, k, coded) for m, k in zip(reported_incidents(coded), keys, strict=True))
    return found


def _bases(shared: Path) -> dict[str, dict[str, str]]:
    with (shared / BASES).open(encoding="utf-8", newline="") as file:
        return {row["base_key"]: row for row in csv.DictReader(file)}


def _coded(
    report_id: str, claims: Sequence[dict[str, str]], bases: Mapping[str, Mapping[str, str]]
) -> tuple[CodedReport, list[str]]:
    language = "fr" if claims[0]["lang"] == "fr" else "en"
    day = dt.date.fromisoformat(max(c["incident_date"] for c in claims))
    report = Report(
        id=report_id, sha256=report_id, text="", language=language, outlet=claims[0]["reported_via"] or report_id,
        published=ReportedDate(day, day, "day", "stated"),
    )  # fmt: skip
    by_incident: dict[str, list[dict[str, str]]] = {}
    for row in claims:
        by_incident.setdefault(row["incident_key"], []).append(row)
    speakers = list(dict.fromkeys(r["speaker"] for r in claims))
    sources = tuple(_source(f"s{n}", next(r for r in claims if r["speaker"] == s)) for n, s in enumerate(speakers, 1))
    out_claims: list[Claim] = []
    incidents = []
    for n, told_rows in enumerate(by_incident.values(), 1):
        for row in told_rows:
            source = f"s{speakers.index(row['speaker']) + 1}"
            out_claims.append(_claim(f"c{len(out_claims) + 1}", source, f"i{n}", row, bases))
        incidents.append(_incident(f"i{n}", told_rows, language, bases))
    return CodedReport(report, sources, tuple(out_claims), tuple(incidents)), list(by_incident)


def _source(source_id: str, row: Mapping[str, str]) -> Source:
    named = row["anonymity"] in ("named", "named_org", "named_group", "channel")
    media = row["speaker_side"] in ("media", "KH-adjacent")
    return Source(
        id=source_id,
        name=row["speaker"],
        terms="media" if media else "named" if named else "anonymous",
        kind=_KINDS.get(row["speaker_side"], "other"),
        evidence=(),
        country=row["speaker_side"] if row["speaker_side"] in ("US", "IQ", "IR") else None,
    )


def _claim(
    claim_id: str, source: str, incident: str, row: Mapping[str, str], bases: Mapping[str, Mapping[str, str]]
) -> Claim:
    values: dict[str, object] = {}
    killed, injured = _toll(row, "killed"), _toll(row, "wounded")
    if killed is not None:
        values["attackers_killed" if row["casualty_group"] == "attacker" else "killed"] = killed
    if injured is not None:
        values["injured"] = injured
    if _weapons(row):
        values["weapons"] = _weapons(row)
    values["date"] = _date(row)
    return Claim(claim_id, source, incident, _STANCES[row["stance"]], "stated", "indirect", values, ())


def _incident(
    incident_id: str, told_rows: Sequence[Mapping[str, str]], language: str, bases: Mapping[str, Mapping[str, str]]
) -> Incident:
    weapons = tuple({w.kind: w for r in reversed(told_rows) for w in _weapons(r)}.values())
    kinds = [_TYPES[w.kind] for w in weapons]
    if not kinds:
        blast = any("explosion" in r["weapon"] for r in told_rows)
        kinds = ["remote_explosive" if blast else "other_violence"]
    stopped = all(w.outcome == "intercepted" for w in weapons) and bool(weapons)
    first = told_rows[0]
    victims = [r for r in told_rows if r["casualty_group"] not in ("attacker",)]
    return Incident(
        id=incident_id,
        type="disrupted" if stopped else kinds[0],
        period="current",
        date=_date(first),
        place=_place(first["base_key"], first["country"], language, bases),
        evidence=(),
        actors=tuple(Actor(r["speaker"], "claimed", ()) for r in told_rows if r["stance"] == "claims_responsibility"),
        targets=tuple(
            Target(_GROUPS.get(g, g), "military", ())
            for g in dict.fromkeys(r["casualty_group"].split(":")[0] for r in victims)
            if g not in ("", "any")
        ),
        weapons=weapons,
        killed=next((q for r in victims for q in [_toll(r, "killed")] if q is not None), None),
        injured=next((q for r in victims for q in [_toll(r, "wounded")] if q is not None), None),
        claims=(),
    )


def _date(row: Mapping[str, str]) -> ReportedDate:
    day = dt.date.fromisoformat(row["incident_date"])
    night = _NIGHT.search(row["date_note"])
    if night and day.day in (int(night[1]), int(night[2])):
        start = day.replace(day=int(night[1]))
        return ReportedDate(start, start + dt.timedelta(1), "part_of_day", "stated")
    if row["date_note"].startswith("overnight"):
        return ReportedDate(day - dt.timedelta(1), day, "part_of_day", "stated")
    return ReportedDate(day, day, "day", "stated")


def _place(key: str, country: str, language: str, bases: Mapping[str, Mapping[str, str]]) -> Place | None:
    base = bases.get(key)
    if base is not None:
        name = base["name_fr"] if language == "fr" else base["name_en"]
        lat, lon = (float(base[c]) if base[c] else None for c in ("latitude", "longitude"))
        return Place(name, name, country, "site", lat=lat, lon=lon)
    town = next(iter(load_gazetteer().find(name_key(key.split("_")[0]))), None)
    if town is not None and town.country == country and town.lat is not None:
        return Place(town.name, key, country, "settlement", admin1=town.admin1, lat=town.lat, lon=town.lon)
    return Place(key, key, country, "country") if len(country) == 2 else None


def _weapons(row: Mapping[str, str]) -> tuple[WeaponUse, ...]:
    kinds = _WEAPONS.get(row["weapon"], ())
    low = int(row["count_low"]) if row["count_low"] else None
    high = int(row["count_high"]) if row["count_high"] else None
    counted = _counts(row["weapon_count_text"], kinds, low, high)
    outcome = _outcome(row["outcome"])
    return tuple(WeaponUse(kind, *counted[kind], outcome, ()) for kind in kinds)


def _counts(
    words: str, kinds: Iterable[str], low: int | None, high: int | None
) -> dict[str, tuple[int | None, int | None]]:
    """Bounds for each kind: of one kind those of the row, of two those that the words give each ("one drone and three
    rockets")."""
    kinds = list(kinds)
    if len(kinds) < 2:
        return dict.fromkeys(kinds, (low, high))
    numbers = {"one": 1, "two": 2, "three": 3, "four": 4}
    found: dict[str, tuple[int | None, int | None]] = dict.fromkeys(kinds, (None, None))
    for number, noun in re.findall(r"(\w+) (drone|rocket)", words):
        if number in numbers:
            found[noun] = (numbers[number], numbers[number])
    return found


def _outcome(words: str) -> Outcome:
    """The outcome of all of them; unknown where some came down and some did not."""
    stopped = re.search(r"shot down|thwarted|intercepted|repelled|downed", words)
    landed = re.search(r"\bhits?\b|impacted|exploded inside|fell (?:inside|in the base)", words)
    if stopped and not landed and not re.search(r"partly|failed|outside", words):
        return "intercepted"
    if landed and not stopped:
        return "hit"
    return "fell_near" if re.search(r"fell|landed outside|outskirts", words) and not stopped else "unknown"


def _toll(row: Mapping[str, str], name: str) -> Quantity | None:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if not low and not high:
        return None
    lower, upper = (int(low) if low else None), (int(high) if high else None)
    return Quantity(lower, upper, "exact" if lower == upper else "at_least", f"{low or '0'}–{high}")
