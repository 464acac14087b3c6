"""The door for codings that come as JSON: what a hand coding and a machine's must look like.

A hand coding (docs/evaluation.md) is read strictly: a field nobody knows, a word that is in no closed list or bounds
the wrong way round would quietly lower every score. A machine's coding (docs/vocabulary.md) is read for what is
compared and no more: a type nobody knows is simply wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from vigie.evaluation.sheets import (
    Bounds,
    Days,
    LeftOut,
    Name,
    NamedPlace,
    RunningTotal,
    Sheet,
    SheetIncident,
    Spans,
    Speaker,
    UsedWeapon,
)
from vigie.language.schema import IncidentType, WeaponKind
from vigie.model import Span
from vigie.model.coded import Period, Responsibility, Terms

MOST_TARGETS = 3
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?![\d-])")


def _day(text: str) -> str:
    """A day, or a date and time of which the day counts. Raises ValueError for anything else."""
    try:
        if not _ISO_DAY.match(text):
            raise ValueError
        dt.date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f'"{text}" is no day: write YYYY-MM-DD') from None
    return text


def _named(value: Any) -> Any:
    """The name of an actor or a target given as an object."""
    return value.get("name") if isinstance(value, dict) else value


def _empty_is_none(value: Any) -> Any:
    return None if value == {} else value


Day = Annotated[str, AfterValidator(_day)]
NameText = Annotated[str, Field(min_length=1), BeforeValidator(_named)]
Count = Annotated[int, Field(ge=0)]


class _Strict(BaseModel):
    """What a person wrote: every field is known."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Open(BaseModel):
    """What a machine wrote: more fields than are compared."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Range(BaseModel):
    lower: Count | None = None
    upper: Count | None = None

    @model_validator(mode="after")
    def _right_way_round(self) -> _Range:
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"lower ({self.lower}) is more than upper ({self.upper})")
        return self


class GoldNumber(_Range, _Strict):
    """A number by hand; the words and the hedge may be noted."""

    hedge: str | None = None
    text: str | None = None


class GoldDays(_Strict):
    """Days by hand."""

    start: Day
    end: Day | None = None
    basis: Literal["stated", "relative", "assumed"] | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _right_way_round(self) -> GoldDays:
        if self.end is not None and self.end[:10] < self.start[:10]:
            raise ValueError(f"start ({self.start}) is after end ({self.end})")
        return self


class GoldPlace(_Strict):
    """A place by hand."""

    name: str | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class GoldWeapon(_Range, _Strict):
    """A weapon kind by hand."""

    kind: WeaponKind


class GoldIncident(_Strict):
    """An incident by hand."""

    type: IncidentType
    period: Period = "current"
    date: GoldDays | None = None
    place: Annotated[GoldPlace | None, BeforeValidator(_empty_is_none)] = None
    weapons: list[GoldWeapon] = []
    killed: GoldNumber | None = None
    injured: GoldNumber | None = None
    attackers_killed: GoldNumber | None = None
    actors: list[NameText] = []
    responsibility: Responsibility = "unknown"
    targets: Annotated[list[NameText], Field(max_length=MOST_TARGETS)] = []
    sources: list[Count] = []
    note: str | None = None


class GoldSource(_Strict):
    """A speaker by hand."""

    name: Annotated[str, Field(min_length=1)]
    terms: Terms
    quote: str | None = None
    note: str | None = None


class GoldTally(GoldNumber):
    """A running total by hand."""

    what: str = ""
    since: Day | None = None
    until: Day | None = None
    note: str | None = None


class GoldSpan(_Strict):
    """Words of a report that a value by hand rests on."""

    start: Count
    end: Count
    quote: str


class GoldLine(_Strict):
    """One line of a hand coding: one report. `evidence` holds the words of values by their path
    (`incidents[0].killed`); they are not compared."""

    id: Annotated[str, Field(min_length=1)]
    sources: list[GoldSource] = []
    incidents: list[GoldIncident] = []
    tallies: list[GoldTally] = []
    evidence: dict[str, list[GoldSpan]] = {}
    note: str | None = None

    @model_validator(mode="after")
    def _speakers_are_there(self) -> GoldLine:
        for n, incident in enumerate(self.incidents):
            for index in incident.sources:
                if index >= len(self.sources):
                    raise ValueError(f"incidents[{n}].sources names speaker {index}; there are {len(self.sources)}")
        return self

    def sheet(self) -> Sheet:
        """The line as a sheet."""
        return Sheet(
            id=self.id,
            speakers=tuple(Speaker(s.name, s.terms, s.quote) for s in self.sources),
            incidents=tuple(_gold_incident(i, n) for n, i in enumerate(self.incidents, 1)),
            totals=tuple(RunningTotal(Bounds(t.lower, t.upper), t.what) for t in self.tallies),
            language=language_of_id(self.id),
        )


class CodedSpan(_Open):
    """Words of a report."""

    start: int
    end: int
    quote: str


class _Told(_Open):
    evidence: list[CodedSpan] = []

    @property
    def words(self) -> Spans:
        """The spans of the value."""
        return tuple(Span(s.start, s.end, s.quote) for s in self.evidence)


class CodedNumber(_Range, _Told):
    """A number with its words."""


class CodedDays(_Told):
    """Days with their words."""

    start: Day | None = None
    end: Day | None = None
    basis: str | None = None


class CodedPlace(_Told):
    """A place with its words."""

    name: str | None = None
    country: str | None = None
    precision: str | None = None


class CodedWeapon(_Range, _Told):
    """A weapon kind with its words."""

    kind: str


class CodedName(_Told):
    """An actor or a target with its words."""

    name: str | None = None


def _as_object(value: Any) -> Any:
    """A bare name as the object it stands for."""
    return {"name": value} if isinstance(value, str) else value


NamedObject = Annotated[CodedName, BeforeValidator(_as_object)]


class CodedIncident(_Told):
    """An incident as coded."""

    id: str | None = None
    type: str | None = None
    period: str = "current"
    date: CodedDays | None = None
    place: Annotated[CodedPlace | None, BeforeValidator(_empty_is_none)] = None
    weapons: list[CodedWeapon] | None = None
    killed: CodedNumber | None = None
    injured: CodedNumber | None = None
    attackers_killed: CodedNumber | None = None
    actors: list[NamedObject] | None = None
    responsibility: str | None = None
    targets: list[NamedObject] | None = None


class CodedSource(_Told):
    """A speaker as coded."""

    name: str
    terms: str | None = None


class CodedTally(_Range, _Open):
    """A running total as coded."""

    what: str = ""


class CodedRejection(_Told):
    """Something seen and left out."""

    what: str = ""
    reason: str = ""


class CodedHead(_Open):
    """Which report it is."""

    id: Annotated[str, Field(min_length=1)]
    language: str | None = None


class CodedLine(_Open):
    """One coded report, cut down to what is compared. The report's id stands in `report`, or by itself."""

    report: CodedHead | None = None
    id: str | None = None
    sources: list[CodedSource] | None = None
    incidents: list[CodedIncident] | None = None
    tallies: list[CodedTally] | None = None
    rejections: list[CodedRejection] | None = None

    @model_validator(mode="after")
    def _named(self) -> CodedLine:
        if self.report is None and not self.id:
            raise ValueError("no id: a coded report has it in report.id")
        return self

    def sheet(self) -> Sheet:
        """The line as a sheet."""
        id = self.report.id if self.report else self.id or ""
        return Sheet(
            id=id,
            speakers=tuple(Speaker(s.name, s.terms, None, s.words) for s in self.sources or ()),
            incidents=tuple(_coded_incident(i, n) for n, i in enumerate(self.incidents or (), 1)),
            totals=tuple(RunningTotal(Bounds(t.lower, t.upper), t.what) for t in self.tallies or ()),
            language=(self.report.language if self.report else None) or language_of_id(id),
            left_out=tuple(LeftOut(r.what, r.reason, r.words) for r in self.rejections or ()),
        )


_LANGUAGE_OF_ID = re.compile(r"([a-z]{2}):")


def language_of_id(id: str) -> str | None:
    """The language in an id that begins with it ("fr:harir-1"); None where it does not."""
    found = _LANGUAGE_OF_ID.match(id)
    return found[1] if found else None


def _gold_incident(incident: GoldIncident, number: int) -> SheetIncident:
    return SheetIncident(
        label=str(number),
        type=incident.type,
        period=incident.period,
        days=_days(incident.date.start, incident.date.end, incident.date.basis) if incident.date else None,
        place=NamedPlace(incident.place.name, incident.place.country) if incident.place else None,
        weapons=tuple(UsedWeapon(w.kind, Bounds(w.lower, w.upper)) for w in incident.weapons),
        killed=_bounds(incident.killed),
        injured=_bounds(incident.injured),
        attackers_killed=_bounds(incident.attackers_killed),
        actors=tuple(Name(a) for a in incident.actors),
        responsibility=incident.responsibility,
        targets=tuple(Name(t) for t in incident.targets),
        speakers=tuple(incident.sources),
    )


def _coded_incident(incident: CodedIncident, number: int) -> SheetIncident:
    date, place = incident.date, incident.place
    return SheetIncident(
        label=incident.id or str(number),
        type=incident.type,
        period=incident.period,
        days=_days(date.start, date.end, date.basis, date.words) if date and date.start else None,
        place=NamedPlace(place.name, place.country, place.precision, place.words) if place else None,
        weapons=tuple(UsedWeapon(w.kind, Bounds(w.lower, w.upper, w.words)) for w in incident.weapons or ()),
        killed=_bounds(incident.killed),
        injured=_bounds(incident.injured),
        attackers_killed=_bounds(incident.attackers_killed),
        actors=tuple(Name(a.name, a.words) for a in incident.actors or () if a.name),
        responsibility=incident.responsibility,
        targets=tuple(Name(t.name, t.words) for t in incident.targets or () if t.name),
        words=incident.words,
    )


def _days(start: str, end: str | None, basis: str | None, words: Spans = ()) -> Days:
    first = dt.date.fromisoformat(start[:10])
    last = dt.date.fromisoformat((end or start)[:10])
    return Days(first, max(first, last), basis == "assumed", words)


def _bounds(number: GoldNumber | CodedNumber | None) -> Bounds | None:
    if number is None:
        return None
    return Bounds(number.lower, number.upper, number.words if isinstance(number, CodedNumber) else ())
