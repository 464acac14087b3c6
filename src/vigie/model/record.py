"""The record over many reports: what is compared, decided, linked and reconciled.

A `ReportedIncident` is what one report tells of one incident. A `RecordIncident` is derived from a cluster of them and
from people's decisions, and can be derived again at any time. Keys are strings that stay the same however often a
report is coded: `member_key` and `claim_key` below.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from vigie.model.coded import Claim, Incident, Source, SourceKind, Stance, Tally, Terms, Verdict
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.report import WireIdentity
from vigie.model.spans import Span

_NONE: Mapping[Any, Any] = MappingProxyType({})


def member_key(report_id: str, incident_id: str) -> str:
    """The key of an incident as one report tells it."""
    return f"{report_id}#{incident_id}"


def claim_key(report_id: str, claim_id: str) -> str:
    """The key of one claim of one report. Claim and incident ids differ by their letter, so the two never collide."""
    return f"{report_id}#{claim_id}"


def record_id(key: str) -> str:
    """The id of the record incident that is led by this member. Every member's own id also finds its incident."""
    return "I" + hashlib.sha256(key.encode()).hexdigest()[:10]


# --- copies -----------------------------------------------------------------------------------------------------------

CopyKind = Literal["copy", "revision", "correction", "withdrawal", "excerpt"]


@dataclass(frozen=True, slots=True)
class Signature:
    """What near copies are found by. `minhash` are the minima of the permutations over the body's word shingles,
    `heads` hashes of its first long sentences (a copy cut short keeps those)."""

    minhash: tuple[int, ...]
    heads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What is needed of a report to tell whether it prints another's copy. `text` is the text as received; `credited`
    the agencies that the text names as the ones it copies ("avec AFP", "selon l'agence X"); `shingles` hashes of the
    body's word shingles, None where they are yet to be worked out from the text."""

    id: str
    text: str
    signature: Signature
    title: str | None = None
    language: str | None = None
    outlet: str | None = None
    agency: str | None = None
    credited: tuple[str, ...] = ()
    dateline: str | None = None
    published: ReportedDate | None = None
    wire: WireIdentity | None = None
    shingles: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class CopyVerdict:
    """Two reports (`a` < `b`) that print the same copy, and how we know.

    `original` is the id of the one that the other was made from, None where that cannot be told. For a revision, a
    correction or a withdrawal it is the earlier version. `likeness` is the Jaccard likeness of the shingles,
    `containment` the share of the shorter that stands in the longer; both 0..1.
    """

    a: str
    b: str
    kind: CopyKind
    original: str | None
    likeness: float
    containment: float
    why_en: str
    why_fr: str


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that print one copy: they count as one witness. `members` sorted; `id` is that of the smallest.

    `original` is the member that no other was told to precede, None where there are several. Claims of the reports in
    `superseded` (a later revision of the same wire item is there) and `withdrawn` do not count and stay in the record.
    """

    id: str
    members: tuple[str, ...]
    original: str | None = None
    superseded: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    verdicts: tuple[CopyVerdict, ...] = ()

    @property
    def standing(self) -> tuple[str, ...]:
        """The members whose claims count."""
        aside = {*self.superseded, *self.withdrawn}
        return tuple(m for m in self.members if m not in aside)


# --- what is linked ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportedIncident:
    """One incident as one report tells it, with the claims about it and the sources of those claims (and the sources
    through which they came). `published` is the report's own date, `wire` its identity as a version of a story.

    `joint` names the tolls that the report's words give to this and other incidents of it together, with the keys of
    those others ("the two attacks killed seven").
    """

    key: str
    report_id: str
    incident: Incident
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    published: ReportedDate | None = None
    language: str | None = None
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    wire: WireIdentity | None = None
    joint: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def order(self) -> tuple[str, str, str]:
        """What the lead of a cluster is chosen by: published day (9999 where unknown), report id, incident id."""
        day = self.published.start.isoformat() if self.published is not None else "9999"
        return (day, self.report_id, self.incident.id)


@dataclass(frozen=True, slots=True)
class Level:
    """How one field of two reported incidents compares: the level reached, its points (positive speaks for one
    incident, negative against), and a sentence for each language."""

    field: str
    name: str
    points: float
    why_en: str
    why_fr: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reported incidents (`a` < `b`, by key), level by level, and the score 0..1 that they are one."""

    a: str
    b: str
    levels: tuple[Level, ...]
    score: float

    def level(self, field_name: str) -> Level | None:
        """The level reached in one field, None if the field was not compared."""
        return next((level for level in self.levels if level.field == field_name), None)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from which a pair is suggested to a person (`suggest`), and from which it is joined without one
    (`automatic`). Two that score below `apart` never stand in one cluster, whatever stands between them. Where a
    telling without a day fits several incidents, it is joined only if the best fits better by `margin`."""

    suggest: float = 0.35
    automatic: float = 0.7
    apart: float = 0.05
    margin: float = 0.05


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reported incidents that are one record incident. `lead` is the member smallest by `ReportedIncident.order`;
    `members` sorted by key; `ids` holds the record id of every member, so that old ids still find it."""

    id: str
    lead: str
    members: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair for a person to decide on. `usefulness` 0..1 sorts them: how open the question is and how much hangs on
    it. `blocked` names what keeps a high-scoring pair apart (a decision, two incidents of one report)."""

    comparison: Comparison
    usefulness: float
    blocked: str | None
    why_en: str
    why_fr: str


# --- decisions --------------------------------------------------------------------------------------------------------

DecisionKind = Literal[
    "same",
    "different",
    "unsure",
    "accept",
    "edit",
    "reject",
    "merge",
    "split",
    "alias",
    "unalias",
    "profile",
    "undo",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log: what a person decided, when and why. Never changed, undone only by another.

    `number` counts from 1. What the kinds speak of:

    - `same`, `different`, `unsure`: `members`, two member keys.
    - `merge`, `split`: `members`, all member keys concerned; a split's `apart` are those that leave the others.
    - `accept`, `edit`, `reject`: a value. `members` holds one member key of the record incident (the value follows that
      member through later merges and splits) or is empty where `claim` names one claim; `field` is the field; `value`
      the JSON value that was accepted, that an edit puts there, or that is rejected (None rejects the field of the
      claim, or of the whole incident, whatever it says).
    - `alias`, `unalias`: `names`, two or more names of one source.
    - `profile`: `names` one name, `value` the fields of `SourceProfile` that are set.
    - `undo`: `undoes`, the number of an earlier decision (which may itself be an undo).

    `evidence` are the words that whoever decided on a value pointed at, in whichever report they stand. `when` is an
    ISO 8601 time in UTC. `hash` chains the log (`record.decisions`).
    """

    number: int
    kind: DecisionKind
    who: str
    when: str
    why: str = ""
    members: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    claim: str | None = None
    field: str | None = None
    value: Any = None
    names: tuple[str, ...] = ()
    undoes: int | None = None
    evidence: tuple[Quoted, ...] = ()
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What stands of a log: a function of its decisions, undone ones left out. Pairs are sorted tuples of keys; each
    maps to the decision that stands (the last one where several speak of the same thing).

    `values` is keyed by member key and field, `claims` by claim key and field ("" for the claim as a whole), `profiles`
    by the folded name; `standing` holds the numbers of all that stand, undo decisions themselves left out.
    """

    same: Mapping[tuple[str, str], Decision] = field(default_factory=lambda: _NONE)
    different: Mapping[tuple[str, str], Decision] = field(default_factory=lambda: _NONE)
    unsure: Mapping[tuple[str, str], Decision] = field(default_factory=lambda: _NONE)
    values: Mapping[tuple[str, str], Decision] = field(default_factory=lambda: _NONE)
    claims: Mapping[tuple[str, str], Decision] = field(default_factory=lambda: _NONE)
    aliases: tuple[Decision, ...] = ()
    profiles: Mapping[str, tuple[Decision, ...]] = field(default_factory=lambda: _NONE)
    standing: tuple[int, ...] = ()


# --- sources ----------------------------------------------------------------------------------------------------------

Reliability = Literal["A", "B", "C", "D", "E", "F"]


@dataclass(frozen=True, slots=True)
class SourceProfile:
    """Who a source is. `names` are its spellings in every language. `reliability` is the Admiralty grade, F ("cannot be
    judged") until a person grades it: it is never inferred."""

    name: str
    names: tuple[str, ...] = ()
    kind: SourceKind = "other"
    country: str | None = None
    side: str | None = None
    reliability: Reliability = "F"
    note: str | None = None


# --- the reconciled incident ------------------------------------------------------------------------------------------

Standing = Literal["counts", "superseded", "withdrawn", "rejected"]
DifferenceKind = Literal[
    "count",
    "composition",
    "outcome",
    "cause",
    "actor",
    "target",
    "date_boundary",
    "date",
    "place",
    "damage",
    "statement_denied",
    "denial",
    "no_information",
    "updated_toll",
    "expired",
    "joint_toll",
    "nested_toll",
]
ValueBasis = Literal["agreed", "single", "disputed", "told", "decided"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of one report. `span.quote` stands at its offsets in that report's text as received."""

    report_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of one report as part of an account. `claim` is its `claim_key`; `family` the copy family of the
    report; `as_of` the day it was said, else the day it was published. `standing` says whether it counts. `joint` names
    the tolls that are of this and other incidents together, with the keys of those."""

    claim: str
    member: str
    report_id: str
    family: str
    source_name: str
    stance: Stance
    modality: str
    values: Mapping[str, Any]
    as_of: dt.date | None
    evidence: tuple[Quoted, ...]
    standing: Standing = "counts"
    via: str | None = None
    joint: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """All that one source says of one record incident, over all reports. `id` is the folded family name of the source
    (or, for an unnamed source, of the copy family whose words it stands in). `names` as printed. `values` are its
    latest, by field. `rests_on` is the account it only repeats (a medium citing another's source), so that it is no
    witness of its own."""

    id: str
    names: tuple[str, ...]
    kind: SourceKind
    country: str | None
    side: str | None
    terms: tuple[Terms, ...]
    statements: tuple[Statement, ...]
    values: Mapping[str, Any]
    rests_on: str | None = None
    reliability: Reliability = "F"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference: the accounts that hold it (ids) and the value."""

    accounts: tuple[str, ...]
    value: Any
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AccountDifference:
    """Where accounts of one incident do not say the same, typed. Sides in the order in which they were told."""

    field: str
    verdict: Verdict
    kind: DifferenceKind
    sides: tuple[Side, ...]
    why_en: str
    why_fr: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The record's value for one field, how it came about and the words it rests on.

    `value` is a model value (`Quantity`, `ReportedDate`, `Place`, names, weapons …) or None. `independent` counts the
    accounts that are witnesses of their own and give this value. `decision` is the number of the decision that put it
    there, None where the record's own rules did.
    """

    field: str
    value: Any
    basis: ValueBasis
    independent: int
    accounts: tuple[str, ...]
    evidence: tuple[Quoted, ...]
    why_en: str
    why_fr: str
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """One step in what an account said of a field over time: successive tolls, an expired "nobody has claimed it"."""

    field: str
    account: str
    as_of: dt.date | None
    value: Any
    claim: str


@dataclass(frozen=True, slots=True)
class RecordIncident:
    """A record incident: what the record holds, account by account. A function of members and decisions."""

    id: str
    ids: tuple[str, ...]
    lead: str
    members: tuple[str, ...]
    reports: tuple[str, ...]
    families: tuple[str, ...]
    fields: Mapping[str, FieldValue]
    accounts: tuple[Account, ...]
    differences: tuple[AccountDifference, ...]
    independent: int
    updates: tuple[Update, ...] = ()
    decisions: tuple[int, ...] = ()

    def value(self, field_name: str) -> Any:
        """The record's value of a field, None where it has none."""
        found = self.fields.get(field_name)
        return found.value if found is not None else None


# --- tallies ----------------------------------------------------------------------------------------------------------


TallyUnit = Literal["incidents", "killed", "injured", "weapons"]


@dataclass(frozen=True, slots=True)
class PublishedTally:
    """A tally as published: the words and bounds, who counted, and as of which day (the day it was said where told,
    else the day of publication)."""

    tally: Tally
    report_id: str
    as_of: dt.date | None
    counter: str | None = None
    published: ReportedDate | None = None


@dataclass(frozen=True, slots=True)
class TallyDefinition:
    """What a tally counts, as far as its words tell: from and to which day (inclusive), in which countries and places,
    which types of incident and weapons, by whom and against whom. Empty means that no limit was told."""

    since: dt.date | None
    until: dt.date | None
    countries: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    types: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    actor: str | None = None
    target: str | None = None
    counts: TallyUnit = "incidents"


@dataclass(frozen=True, slots=True)
class TallyCheck:
    """A published tally beside the record's own count under the same definition.

    `sure` are the record's incidents that fall under it, `perhaps` those that may (their day or place is too coarse to
    tell, or a field is not known); `lower`..`upper` counts with none and with all of those. `missing` is how many more
    the tally counts than the record can (positive), or how many fewer than it must (negative); 0 where they fit.
    """

    published: PublishedTally
    definition: TallyDefinition
    lower: int
    upper: int | None
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]
    missing: int
    why_en: str
    why_fr: str


@dataclass(frozen=True, slots=True)
class TallyStep:
    """From one tally of a counter to its next, in the order of the days they are as of: how many it adds, how many
    incidents the record has between the two (`sure`, `perhaps`), and how many it lacks. `falls`: the later figure is
    the lower one, so that it is of an older day than its report, or counts something else."""

    before: PublishedTally
    after: PublishedTally
    added: int
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]
    missing: int
    falls: bool
