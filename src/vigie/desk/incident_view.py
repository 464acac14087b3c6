"""An incident as its page shows it: what the record holds, and the accounts side by side, one column a source family
and one row a field, with what each value agrees with or differs from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from vigie.exports.record_view import names_of
from vigie.language.folding import fold
from vigie.model import Place, Quantity, ReportedDate, WeaponUse
from vigie.model.record import (
    Account,
    AccountDifference,
    FieldValue,
    Quoted,
    RecordIncident,
    ReportedIncident,
    Statement,
)
from vigie.record.accounts import asserts, counts
from vigie.record.field_values import FIELDS, TOLL_FIELDS
from vigie.store.inquiry import Dossier

Tone = Literal["agrees", "conflict", "compatible", "update"]
_STRENGTH: dict[Tone, int] = {"compatible": 1, "update": 2, "conflict": 3}
_SAID = ("claims_responsibility", "denies", "accuses", "doubts", "no_information")
_OF_STANCE = {"claims_responsibility": "claimed", "denies": "denied"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one account says of one field: its latest value (None where it only takes a stance), the words, and how it
    stands to the others. `kind` types a difference; `claim` is the key of the claim that gives it."""

    value: Any
    words: tuple[Quoted, ...]
    claim: str
    as_of: dt.date | None = None
    tone: Tone | None = None
    kind: str | None = None
    stance: str | None = None
    aside: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One account. `rests_on` names the one that it only repeats, so that it is no witness of its own. `outlets`
    printed it, in so many `reports` of so many copy `families`. `reasons` are those given for not naming the source."""

    account: Account
    name: str
    others: tuple[str, ...]
    rests_on: str | None
    outlets: tuple[str, ...]
    reports: tuple[str, ...]
    families: int
    reasons: tuple[str, ...]
    through: tuple[str, ...]
    stances: tuple[str, ...]
    aside: str | None

    @property
    def witness(self) -> bool:
        """Whether it counts as a witness of its own."""
        return self.rests_on is None and self.aside is None

    @property
    def copies(self) -> int:
        """How many of the reports only print another's copy."""
        return len(self.reports) - self.families


@dataclass(frozen=True, slots=True)
class Line:
    """One field: the record's value, and a cell for each column (None where that account says nothing of it). `told`
    are the words of the reports where no account gives the field by itself."""

    field: str
    value: FieldValue | None
    cells: tuple[Cell | None, ...]
    differences: tuple[AccountDifference, ...]
    told: tuple[Quoted, ...]

    @property
    def spoken(self) -> bool:
        """Whether some account speaks of the field."""
        return any(self.cells)


@dataclass(frozen=True, slots=True)
class Printing:
    """A report of the incident. `of` is the report whose copy it is (None for an original), `kind` how (a copy, a
    revision …) and `why` how that is known, in English and French."""

    id: str
    member: tuple[str, ...]
    of: str | None
    kind: str | None
    why_en: str
    why_fr: str


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of one account on one day. `latest` is the one that stands, `joint` a toll of several incidents."""

    field: str
    account: str
    name: str
    as_of: dt.date
    value: Any
    words: tuple[Quoted, ...]
    latest: bool
    joint: bool


@dataclass(frozen=True, slots=True)
class IncidentView:
    """All of it. `names` are those of the accounts by id."""

    incident: RecordIncident
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    printings: tuple[Printing, ...]
    steps: tuple[Step, ...]
    names: Mapping[str, str]


def incident_view(dossier: Dossier) -> IncidentView:
    """The view of an incident with everything it rests on."""
    incident = dossier.incident
    names = names_of(dossier)
    accounts = sorted(
        incident.accounts,
        key=lambda a: (not any(counts(s) for s in a.statements), a.rests_on is not None, -len(a.values), a.names[0]),
    )
    columns = tuple(_column(account, names, dossier) for account in accounts)
    lines = tuple(_line(name, accounts, incident) for name in FIELDS)
    return IncidentView(
        incident=incident,
        columns=columns,
        lines=tuple(line for line in lines if line.value is not None or line.spoken or line.differences),
        printings=_printings(dossier),
        steps=tuple(_steps(incident)),
        names=names,
    )


# --- accounts ---------------------------------------------------------------------------------------------------------


def _column(account: Account, names: Mapping[str, str], dossier: Dossier) -> Column:
    reports = tuple(dict.fromkeys(s.report_id for s in account.statements))
    told = [dossier.tellings[s.member] for s in account.statements if s.member in dossier.tellings]
    standing = {s.standing for s in account.statements}
    return Column(
        account=account,
        name=account.names[0],
        others=account.names[1:],
        rests_on=names.get(account.rests_on, account.rests_on) if account.rests_on else None,
        outlets=tuple(dict.fromkeys(_outlet(dossier, report) for report in reports)),
        reports=reports,
        families=len({s.family for s in account.statements}),
        reasons=tuple(dict.fromkeys(_reasons(account, told))),
        through=tuple(dict.fromkeys(s.via for s in account.statements if s.via)),
        stances=tuple(stance for stance in _SAID if any(s.stance == stance and counts(s) for s in account.statements)),
        aside=None if "counts" in standing else sorted(standing)[0],
    )


def _outlet(dossier: Dossier, report_id: str) -> str:
    report = dossier.reports.get(report_id)
    return (report.outlet or report.agency or report.id) if report is not None else report_id


def _reasons(account: Account, told: Iterable[ReportedIncident]) -> Iterable[str]:
    for member in told:
        for source in member.sources:
            if source.reason and source.name in account.names:
                yield source.reason


# --- fields -----------------------------------------------------------------------------------------------------------


def _line(name: str, accounts: Sequence[Account], incident: RecordIncident) -> Line:
    value = incident.fields.get(name)
    differences = tuple(d for d in incident.differences if d.field == name)
    cells = _agreeing([_cell(name, account, differences) for account in accounts])
    alone = not any(cells) and value is not None
    return Line(name, value, cells, differences, value.evidence if alone and value is not None else ())


def _cell(name: str, account: Account, differences: Sequence[AccountDifference]) -> Cell | None:
    told = [s for s in account.statements if name in s.values]
    latest = next((s for s in reversed(told) if asserts(s)), None)
    if latest is None:
        latest = told[-1] if told else None
        if latest is None:
            return _stance(name, account)
    tone, kind = _tone(account.id, differences)
    return Cell(
        value=latest.values[name],
        words=_words(latest, name),
        claim=latest.claim,
        as_of=latest.as_of,
        tone=tone if asserts(latest) else None,
        kind=kind if asserts(latest) else None,
        stance=latest.stance if latest.stance != "asserts" else None,
        aside=latest.standing if latest.standing != "counts" else None,
    )


def _agreeing(cells: Sequence[Cell | None]) -> tuple[Cell | None, ...]:
    """The cells, those that say the same as another and differ from none marked so."""
    said = Counter(_same(cell.value) for cell in cells if cell is not None and cell.aside is None)
    return tuple(
        replace(cell, tone="agrees")
        if cell is not None and cell.tone is None and cell.aside is None and said[_same(cell.value)] > 1
        else cell
        for cell in cells
    )


def _same(value: Any) -> str:
    """What two values have in common that say the same, whatever their words."""
    if isinstance(value, Quantity):
        return f"{value.lower} {value.upper}"
    if isinstance(value, ReportedDate):
        return f"{value.start} {value.end}"
    if isinstance(value, Place):
        at = f"{value.lat} {value.lon}" if value.lat is not None else fold(value.name)
        return f"{at} {value.country} {value.relation}"
    if isinstance(value, tuple | list):
        return " ".join(sorted(_same(each) for each in value))
    if isinstance(value, WeaponUse):
        return f"{value.kind} {value.lower} {value.upper}"
    return fold(str(getattr(value, "name", value)))


def _stance(name: str, account: Account) -> Cell | None:
    """Who claims an attack or denies it speaks of the responsibility, without any value."""
    if name != "responsibility":
        return None
    for statement in reversed(account.statements):
        if statement.stance in _OF_STANCE and counts(statement):
            return Cell(
                _OF_STANCE[statement.stance], statement.evidence, statement.claim, statement.as_of,
                stance=statement.stance,
            )  # fmt: skip
    return None


def _tone(account: str, differences: Sequence[AccountDifference]) -> tuple[Tone | None, str | None]:
    """How an account's value differs from the others': the strongest that is told of it."""
    found: list[tuple[Tone, str | None]] = [
        (d.verdict, d.kind) for d in differences if any(account in side.accounts for side in d.sides)
    ]
    return max(found, key=lambda each: _STRENGTH[each[0]], default=(None, None))


def _words(statement: Statement, name: str) -> tuple[Quoted, ...]:
    """The words of a value: its own, else those of the claim."""
    value = statement.values[name]
    spans = getattr(value, "evidence", None)
    if spans is None and isinstance(value, tuple | list):
        spans = tuple(span for each in value for span in getattr(each, "evidence", ()))
    own = tuple(Quoted(statement.report_id, span) for span in spans or ())
    return own or statement.evidence


# --- over time --------------------------------------------------------------------------------------------------------


def _steps(incident: RecordIncident) -> Iterable[Step]:
    """Every figure that some account gave on some day, the first one first; of copies, one."""
    found: dict[tuple[Any, ...], Step] = {}
    for account in incident.accounts:
        for name in TOLL_FIELDS:
            told = [
                s for s in account.statements if name in s.values and s.as_of is not None and s.standing != "rejected"
            ]
            for statement in told:
                toll = statement.values[name]
                key = (name, account.id, statement.as_of, toll.lower, toll.upper)
                found.setdefault(
                    key,
                    Step(
                        field=name,
                        account=account.id,
                        name=account.names[0],
                        as_of=statement.as_of or dt.date.min,
                        value=toll,
                        words=_words(statement, name),
                        latest=statement.claim == told[-1].claim or toll == told[-1].values[name],
                        joint=any(field == name for field, _ in statement.joint),
                    ),
                )
    return sorted(found.values(), key=lambda s: (FIELDS.index(s.field), s.as_of, s.name))


# --- reports ----------------------------------------------------------------------------------------------------------


def _printings(dossier: Dossier) -> tuple[Printing, ...]:
    """The reports, the first published first, each with the one it is a copy of."""
    found = []
    verdicts = [v for family in dossier.families for v in family.verdicts]
    mine = set(dossier.incident.reports)
    for report in sorted(dossier.reports.values(), key=lambda r: (r.published or "9999", r.id)):
        made = [
            v
            for v in verdicts
            if report.id in (v.a, v.b) and {v.a, v.b} <= mine and v.original not in (None, report.id)
        ]
        best = max(made, key=lambda v: (v.likeness, v.containment), default=None)
        found.append(
            Printing(
                id=report.id,
                member=tuple(key for key, told in dossier.tellings.items() if told.report_id == report.id),
                of=best.original if best is not None else None,
                kind=best.kind if best is not None else None,
                why_en=best.why_en if best is not None else "",
                why_fr=best.why_fr if best is not None else "",
            )
        )
    return tuple(found)
