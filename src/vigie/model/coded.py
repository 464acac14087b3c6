"""The coded report: what comes out for one report (docs/vocabulary.md gives each field's meaning)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.report import Report
from vigie.model.spans import Span

SCHEMA = "vigie/coded-report/1"

Terms = Literal["named", "role", "anonymous", "media"]
SourceKind = Literal[
    "military",
    "government",
    "police",
    "medical",
    "monitor",
    "armed_group",
    "witness",
    "media",
    "international",
    "other",
]
Stance = Literal["asserts", "confirms", "denies", "accuses", "claims_responsibility", "doubts", "no_information"]
Modality = Literal["stated", "hedged", "conditional", "planned", "threatened", "hypothetical", "negated"]
Mode = Literal["direct", "indirect", "own_voice"]
Period = Literal["current", "background"]
Responsibility = Literal["claimed", "denied", "attributed", "unclaimed", "unknown"]
ActorBasis = Literal["claimed", "accused", "stated", "suspected"]
TargetKind = Literal["military", "civilian", "government", "infrastructure", "aid", "media", "other"]
Outcome = Literal["hit", "fell_near", "intercepted", "failed", "unknown"]
Damage = Literal["none", "reported", "unknown"]
Verdict = Literal["conflict", "compatible", "update"]


@dataclass(frozen=True, slots=True)
class Source:
    """A person or body to whom words are attributed, and on what terms."""

    id: str
    name: str
    terms: Terms
    kind: SourceKind
    evidence: tuple[Span, ...]
    reason: str | None = None
    country: str | None = None
    side: str | None = None
    count: Quantity | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source asserts about one incident; `source` None is the outlet's own voice."""

    id: str
    source: str | None
    incident: str
    stance: Stance
    modality: Modality
    mode: Mode
    values: Mapping[str, Any]
    evidence: tuple[Span, ...]
    said: ReportedDate | None = None
    producer: str = "rules"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is said to have done it."""

    name: str
    basis: ActorBasis
    evidence: tuple[Span, ...]
    producer: str = "rules"


@dataclass(frozen=True, slots=True)
class Target:
    """What or who was hit."""

    name: str
    kind: TargetKind
    evidence: tuple[Span, ...]
    producer: str = "rules"


@dataclass(frozen=True, slots=True)
class WeaponUse:
    """A weapon kind as used in one incident, with the number used where said."""

    kind: str
    lower: int | None
    upper: int | None
    outcome: Outcome
    evidence: tuple[Span, ...]
    producer: str = "rules"


@dataclass(frozen=True, slots=True)
class GroupHarm:
    """Killed and injured of one named group of victims."""

    group: str
    country: str | None
    killed: Quantity | None
    injured: Quantity | None
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DifferenceValue:
    """One side of a difference: the claim and the value it gives."""

    claim: str
    value: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """Where accounts of one incident do not say the same."""

    field: str
    verdict: Verdict
    values: tuple[DifferenceValue, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Codes:
    """The incident's type in other codebooks (see model/codebooks)."""

    acled: Mapping[str, str]
    plover: Mapping[str, str | None]
    cameo: str | None
    ucdp: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Incident:
    """A real occurrence of violence as this report tells it, with reconciled values.

    `confidence` (0 to 1) is how likely a person would code it too, and `confidences` how likely each value of it is
    right, by its path ("killed", "actors[0]"), as held-out codings bear it out (docs/reliability.md); None and empty
    where nothing weighed it.
    """

    id: str
    type: str
    period: Period
    date: ReportedDate | None
    place: Place | None
    evidence: tuple[Span, ...]
    launch_place: Place | None = None
    actors: tuple[Actor, ...] = ()
    responsibility: Responsibility = "unknown"
    targets: tuple[Target, ...] = ()
    weapons: tuple[WeaponUse, ...] = ()
    killed: Quantity | None = None
    injured: Quantity | None = None
    attackers_killed: Quantity | None = None
    harm_by_group: tuple[GroupHarm, ...] = ()
    damage: Damage = "unknown"
    claims: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    codes: Codes | None = None
    sources: tuple[str, ...] = ()
    producers: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None
    confidences: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """A count over many incidents."""

    what: str
    lower: int | None
    upper: int | None
    text: str
    evidence: tuple[Span, ...]
    since: str | None = None
    until: str | None = None
    place: tuple[str, ...] = ()
    actor: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """Size of a force."""

    force: str
    country: str | None
    lower: int | None
    upper: int | None
    text: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Development:
    """A non-violent political event, by PLOVER category."""

    type: str
    date: ReportedDate | None
    place: Place | None
    actors: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A stated relation between two incidents of the report."""

    from_: str
    to: str
    kind: Literal["retaliation", "follows", "part_of_series"]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """What was seen and left out, with the reason."""

    what: str
    reason: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CodedReport:
    """Everything coded from one report."""

    report: Report
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    tallies: tuple[Tally, ...] = ()
    strengths: tuple[Strength, ...] = ()
    developments: tuple[Development, ...] = ()
    links: tuple[Link, ...] = ()
    rejections: tuple[Rejection, ...] = ()
