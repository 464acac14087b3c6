"""The coded report of the contract (docs/vocabulary.md): what `vigie code --format jsonl` prints too."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from vigie.desk.api.schemas.values import (
    Actor,
    Damage,
    Date,
    Gives,
    IncidentType,
    Known,
    Modality,
    Mode,
    Period,
    Place,
    Quantity,
    Responsibility,
    SourceKind,
    Span,
    Stance,
    Target,
    Terms,
    Verdict,
    Weapon,
)
from vigie.model.report import WireMark, WireStatus


class Wire(Gives):
    """What a wire format says of the report as a version of a story."""

    key: str | None
    revision: int | None
    version_created: str | None
    status: WireStatus
    mark: WireMark | None
    slug: str | None
    ed_note: str | None


class ReportHead(Gives):
    """The report that was coded: who printed it, whose copy it is, when."""

    id: str
    sha256: str = Field(description="Of the bytes as received, in hex.")
    outlet: str | None
    agency: str | None
    language: str | None
    title: str | None
    url: str | None
    published: Date | None
    dateline: Place | None
    origin: str | None
    wire: Wire | None = None


class Source(Gives):
    """A person or body to whom words are attributed, and on what terms."""

    id: str
    name: str
    terms: Terms
    reason: str | None
    kind: SourceKind
    country: str | None
    side: str | None
    count: Quantity | None
    via: str | None = Field(description="Id of the source through which it reached the outlet.")
    evidence: list[Span]


class Claim(Gives):
    """What one source asserts about one incident; `source` null is the outlet's own voice."""

    id: str
    source: str | None
    incident: str
    stance: Stance
    modality: Modality
    mode: Mode
    said: Date | None
    values: dict[str, Any] = Field(description="Only what this claim says, by field.")
    evidence: list[Span]
    producer: str = "rules"


class GroupHarm(Gives):
    """Killed and injured of one named group of victims."""

    group: str
    country: str | None
    killed: Quantity | None
    injured: Quantity | None
    evidence: list[Span]


class DifferenceSide(Gives):
    """One side of a difference: a claim and its value."""

    claim: str
    value: Any


class Difference(Gives):
    """Where claims of one report about one incident do not say the same."""

    field: str
    verdict: Verdict
    values: list[DifferenceSide]
    note: str


class Codes(Gives):
    """The incident's type in other codebooks."""

    acled: dict[str, str]
    plover: dict[str, str | None]
    cameo: str | None
    ucdp: dict[str, int | None]


class Incident(Gives):
    """An incident as this report tells it."""

    id: str
    type: IncidentType
    period: Period
    date: Date | None
    place: Place | None
    launch_place: Place | None
    actors: list[Actor]
    responsibility: Responsibility
    targets: list[Target]
    weapons: list[Weapon]
    killed: Quantity | None
    injured: Quantity | None
    attackers_killed: Quantity | None
    harm_by_group: list[GroupHarm]
    damage: Damage
    claims: list[str]
    differences: list[Difference]
    codes: Codes | None
    sources: list[str]
    evidence: list[Span]
    producers: dict[str, str] = Field({}, description="What gave a value, by field, where it was not the rules.")
    confidence: float | None = Field(None, description="How likely a person would code it too, 0 to 1.")
    confidences: dict[str, float] = Field({}, description="How likely each value is right, 0 to 1, by its path.")


class Tally(Gives):
    """A count over many incidents, as published."""

    what: str
    lower: Known | None
    upper: Known | None
    since: str | None
    until: str | None
    place: list[str]
    actor: str | None
    target: str | None
    text: str
    evidence: list[Span]


class Strength(Gives):
    """The size of a force."""

    force: str
    country: str | None
    lower: Known | None
    upper: Known | None
    text: str
    evidence: list[Span]


class Development(Gives):
    """A political event without violence (PLOVER)."""

    type: str
    date: Date | None
    place: Place | None
    actors: list[str]
    evidence: list[Span]


class Link(Gives):
    """A relation between two incidents that the report itself states; `from` is the id of the first."""

    from_: str = Field(alias="from")
    to: str
    kind: Literal["retaliation", "follows", "part_of_series"]
    evidence: list[Span]


class Rejection(Gives):
    """What was seen and left out, with the reason."""

    what: str
    reason: str
    evidence: list[Span]


class CodedReport(Gives):
    """Everything coded from one report."""

    schema_: Literal["vigie/coded-report/1"] = Field(alias="schema")
    report: ReportHead
    sources: list[Source]
    claims: list[Claim]
    incidents: list[Incident]
    tallies: list[Tally]
    strengths: list[Strength]
    developments: list[Development]
    links: list[Link]
    rejections: list[Rejection]
