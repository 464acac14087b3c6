"""The record: incidents with all that is told of them, decisions, suggestions, tallies (docs/record.md)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from vigie.desk.api.schemas.coded import Tally
from vigie.desk.api.schemas.values import (
    Date,
    Gives,
    IncidentType,
    Known,
    Modality,
    Period,
    Place,
    SourceKind,
    Span,
    Stance,
    Terms,
    Verdict,
)
from vigie.model.places import PlacePrecision
from vigie.model.record import (
    CopyKind,
    DecisionKind,
    DifferenceKind,
    Reliability,
    Standing,
    TallyUnit,
    ValueBasis,
)


class Bounds(Gives):
    """Inclusive bounds of a number; null: none is told."""

    lower: Known | None
    upper: Known | None


class Days(Gives):
    """Inclusive days between which the incident happened."""

    start: dt.date
    end: dt.date


class Where(Gives):
    """Where the record has the incident, and how exactly."""

    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None


class IncidentLine(Gives):
    """One incident in a list. `standing` is `counts` where the words of one of its reports at least still stand."""

    id: str = Field(examples=["I0496550ee1"])
    type: IncidentType
    period: Period
    standing: Standing
    date: Days | None
    place: Where | None
    killed: Bounds | None
    injured: Bounds | None
    independent: Known = Field(description="Accounts that are witnesses of their own.")
    reports: Known
    disputed: bool
    reviewed: bool = Field(description="Whether a decision that stands bears on it.")


class Quoted(Gives):
    """Words of one report."""

    report_id: str
    span: Span


class Statement(Gives):
    """One claim of one report, as part of an account."""

    claim: str = Field(description="Key of the claim: report id, #, claim id.")
    member: str = Field(description="Key of the incident as that report tells it.")
    report_id: str
    family: str
    source_name: str
    stance: Stance
    modality: Modality
    values: dict[str, Any]
    as_of: dt.date | None
    evidence: list[Quoted]
    standing: Standing
    via: str | None
    joint: list[tuple[str, list[str]]]


class Account(Gives):
    """All that one source says of the incident, over all reports."""

    id: str
    names: list[str]
    kind: SourceKind
    country: str | None
    side: str | None
    terms: list[Terms]
    statements: list[Statement]
    values: dict[str, Any]
    rests_on: str | None = Field(description="The account that it only repeats.")
    reliability: Reliability


class FieldValue(Gives):
    """The record's value of one field, how it came about, and the words it rests on."""

    field: str
    value: Any
    basis: ValueBasis
    independent: Known
    accounts: list[str]
    evidence: list[Quoted]
    why_en: str
    why_fr: str
    decision: int | None


class Side(Gives):
    """One side of a difference: who holds it, and the value."""

    accounts: list[str]
    value: Any
    as_of: dt.date | None


class AccountDifference(Gives):
    """Where accounts do not say the same, typed."""

    field: str
    verdict: Verdict
    kind: DifferenceKind
    sides: list[Side]
    why_en: str
    why_fr: str


class Update(Gives):
    """One step in what an account said of a field over time."""

    field: str
    account: str
    as_of: dt.date | None
    value: Any
    claim: str


class Decision(Gives):
    """One line of the log of decisions."""

    number: int
    kind: DecisionKind
    who: str
    when: str
    why: str
    members: list[str]
    apart: list[str]
    claim: str | None
    field: str | None
    value: Any
    names: list[str]
    undoes: int | None
    evidence: list[Quoted]
    hash: str


class LogLine(Decision):
    """A decision as it stands in the log."""

    stands: bool = Field(description="Whether it holds: it was not undone.")


class ReportLine(Gives):
    """One report in a list."""

    id: str
    title: str | None
    outlet: str | None
    agency: str | None = None
    language: str | None
    url: str | None
    published: str | None
    standing: Standing
    family: str = Field(description="Id of the family of reports that print one copy.")
    incidents: list[str] = Field(description="Ids of the incidents of the record that it tells of.")


class Printed(Gives):
    """A report that tells of an incident: who printed it and when, and what became of it."""

    id: str
    title: str | None
    outlet: str | None
    agency: str | None
    language: str | None
    url: str | None
    published: str | None
    standing: Standing
    family: str


class CopyVerdict(Gives):
    """Two reports that print the same copy, and how we know."""

    a: str
    b: str
    kind: CopyKind
    original: str | None
    likeness: float
    containment: float
    why_en: str
    why_fr: str


class CopyFamily(Gives):
    """Reports that print one copy: they count as one witness."""

    id: str
    members: list[str]
    original: str | None
    superseded: list[str]
    withdrawn: list[str]
    verdicts: list[CopyVerdict]


class RecordIncident(Gives):
    """An incident of the record: every account of it, where they differ, and what people decided."""

    schema_: Literal["vigie/incident/1"] = Field(alias="schema")
    id: str
    ids: list[str] = Field(description="All ids by which it is found: its own, and those of its parts.")
    lead: str
    members: list[str] = Field(description="Keys of the incidents of reports that it is made of.")
    reports: list[Printed]
    families: list[CopyFamily]
    fields: dict[str, FieldValue]
    accounts: list[Account]
    differences: list[AccountDifference]
    independent: Known
    updates: list[Update]
    standing: Standing
    decisions: list[Decision]


class Level(Gives):
    """How one field of two reported incidents compares: positive points speak for one incident, negative against."""

    field: str
    name: str
    points: float
    why_en: str
    why_fr: str


class OpenPair(Gives):
    """Two tellings of which it is open whether they are of one incident. `blocked` says what keeps apart a pair that
    the score alone would join."""

    kind: Literal["pair"]
    incidents: list[str] = Field(description="The incidents of the record that the two are in now.")
    members: list[str] = Field(description="The keys that a decision on them names.")
    score: float
    usefulness: float
    blocked: str | None
    levels: list[Level]


class OpenValue(Gives):
    """A value that nobody has decided on and that is worth a look; `grounds` say why (docs/record.md)."""

    kind: Literal["value"]
    incident: str
    field: str
    usefulness: float
    grounds: list[str]


class TallyDefinition(Gives):
    """What a tally counts, as far as its words tell."""

    since: dt.date | None
    until: dt.date | None
    countries: list[str]
    places: list[Place]
    types: list[str]
    weapons: list[str]
    actor: str | None
    target: str | None
    counts: TallyUnit


class PublishedTally(Gives):
    """A tally as published, who counted, and as of which day."""

    tally: Tally
    report_id: str
    as_of: dt.date | None
    counter: str | None
    published: Date | None


class TallyStep(Gives):
    """From one tally of a counter to its next, in the order of the days they are as of: how many it adds, which
    incidents the record has between the two, and how many it lacks. `falls`: the later figure is the lower one."""

    before: PublishedTally
    after: PublishedTally
    added: int
    sure: list[str]
    perhaps: list[str]
    missing: int
    falls: bool


class TallyCheck(Gives):
    """A published tally beside the record's own count under the same definition. `sure` are the incidents that fall
    under it, `perhaps` those that may; `elsewhere` those that neither the reports of the tally nor its counter tell
    of."""

    published: PublishedTally
    definition: TallyDefinition
    lower: Known
    upper: Known | None
    sure: list[str]
    perhaps: list[str]
    missing: int = Field(description="How many more it counts than the record can; negative: how many fewer.")
    why_en: str
    why_fr: str
    reports: list[Printed] = Field(description="The copies of the text that gives it.")
    elsewhere: list[str]
    step: TallyStep | None = Field(description="From the counter's earlier tally under the same definition.")


class Profile(Gives):
    """Who a source is, as far as is known. `reliability` is the Admiralty grade, F ("cannot be judged") until a person
    gives another."""

    name: str
    names: list[str]
    kind: SourceKind
    country: str | None
    side: str | None
    reliability: Reliability
    note: str | None


class SourceLine(Gives):
    """One source in a list, with how much it tells: numbers are of incidents. `alone`: no other account is a witness
    of its own; `contradicted`: another account cannot be true with its own; `updated`: it has said something else
    later."""

    source: str = Field(description="Its key.", examples=["observatoire syrien droits homme"])
    names: list[str] = Field(description="As printed, the most frequent first.")
    voice: Literal["named", "unnamed", "media"]
    kind: SourceKind
    country: str | None
    terms: list[Terms]
    statements: Known
    incidents: Known
    alone: Known
    contradicted: Known
    updated: Known
    first_day: dt.date | None
    last_day: dt.date | None
    profile: Profile
