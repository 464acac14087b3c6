"""One incident of the record as headings, rows and lines of words: what the terminal and Markdown printers both print.

Nothing is left out: every value with how it came about and the words it rests on, every account with all it said, where
accounts differ, what changed, which reports are copies of which, and what people decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vigie.exports.labels import Labels
from vigie.exports.phrasing import any_value, day, iso_day, one_of, quantity, quoted, weapon
from vigie.exports.phrasing import days as days_of
from vigie.exports.record_phrasing import place_name
from vigie.exports.view import Row
from vigie.model import Place, Quantity, ReportedDate
from vigie.model.record import Account, AccountDifference, Decision, FieldValue, Quoted, RecordIncident, Side, Statement
from vigie.record.field_values import value_from_json
from vigie.record.names import fold_name
from vigie.record.words import word
from vigie.store.inquiry import Dossier, Kept

_QUOTES = 4  # quotations shown of one value; JSON has all of them


@dataclass(frozen=True, slots=True)
class ValueView:
    """A field: its label, the record's value, how that came about and why, and the words it rests on."""

    label: str
    value: str
    basis: str
    why: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Where accounts differ: in what and how, why, and who holds what."""

    title: str
    why: str
    sides: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """What an account said once: when and how, the values, the words; `aside` where it does not count and why."""

    heading: str
    values: str
    quotes: tuple[str, ...]
    aside: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """All that one source says. `aside` where it is no witness of its own."""

    name: str
    terms: str
    aside: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report: its id, who printed it when in which language under which title, and what became of it."""

    id: str
    heading: str
    title: str
    aside: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """One incident. `notes` are remarks on the whole: that it does not count, under what other ids it is found."""

    id: str
    title: str
    counts: str
    notes: tuple[str, ...]
    values: tuple[ValueView, ...]
    differences: tuple[DifferenceView, ...]
    accounts: tuple[AccountView, ...]
    history: tuple[Row, ...]
    reports: tuple[ReportView, ...]
    copies: tuple[str, ...]
    decisions: tuple[str, ...]


def record_view(dossier: Dossier, labels: Labels) -> RecordView:
    """Everything of an incident that a person is shown, in the labels' language."""
    incident = dossier.incident
    names = names_of(dossier)
    return RecordView(
        id=incident.id,
        title=title(incident, labels),
        counts=", ".join(
            (labels.count("reports", len(incident.reports)), labels.count("accounts", incident.independent))
        ),
        notes=tuple(_notes(dossier, labels)),
        values=tuple(_value(value, labels) for value in incident.fields.values()),
        differences=tuple(_difference(difference, names, labels) for difference in incident.differences),
        accounts=tuple(_account(account, names, labels) for account in _in_order(incident)),
        history=tuple(_history(incident, names, labels)),
        reports=tuple(_report(dossier.reports[report], labels) for report in incident.reports),
        copies=tuple(_copies(dossier, labels)),
        decisions=tuple(decision_line(decision, labels) for decision in dossier.decisions),
    )


def title(incident: RecordIncident, labels: Labels) -> str:
    """What, where and when, in a line."""
    place, date = incident.value("place"), incident.value("date")
    return labels.record(
        "title_of",
        type=labels.value("type", incident.value("type") or "other_violence"),
        place=_where(place, labels) if isinstance(place, Place) else labels.record("no_place"),
        day=days_of(date.start, date.end, labels) if isinstance(date, ReportedDate) else labels.record("no_day"),
    )


def account_name(account: Account) -> str:
    """An account under the name it is printed with, the first one of several."""
    return account.names[0]


def names_of(dossier: Dossier) -> dict[str, str]:
    """The name of every account by its id, and of every outlet and agency by the id that its own voice would have."""
    printers = {
        fold_name(name): name
        for report in dossier.reports.values()
        for name in (report.outlet, report.agency)
        if name is not None
    }
    return {**printers, **{account.id: account_name(account) for account in dossier.incident.accounts}}


def decision_line(decision: Decision, labels: Labels, *, stands: bool = True) -> str:
    """A decision: its number and kind, what it is about, who made it when, and why."""
    what = word("decision_kind", decision.kind, labels.language)
    parts = [f"{decision.number}. {what}", _about(decision, labels), decision.who, _moment(decision.when, labels)]
    if not stands:
        parts.append(labels.record("undone"))
    line = " · ".join(part for part in parts if part)
    return f"{line} – {decision.why}" if decision.why else line


# --- the whole --------------------------------------------------------------------------------------------------------


def _notes(dossier: Dossier, labels: Labels) -> Iterator[str]:
    if dossier.standing in ("withdrawn", "superseded"):
        yield labels.record(f"standing_{dossier.standing}")
    others = [other for other in dossier.incident.ids if other != dossier.incident.id]
    if others:
        yield labels.record("also_known", ids=", ".join(others))


def _where(place: Place, labels: Labels) -> str:
    country = labels.country(place.country) if place.country else ""
    if place.precision == "country" or not country:
        return country or place_name(place.name)
    return f"{place_name(place.name)} ({country})"


# --- values -----------------------------------------------------------------------------------------------------------


def _value(value: FieldValue, labels: Labels) -> ValueView:
    language = labels.language
    how = word("value_basis", value.basis, language)
    if value.independent:
        how = f"{how}, {labels.count('accounts', value.independent)}"
    return ValueView(
        label=labels.value("field", value.field),
        value=value_words(value.field, value.value, labels),
        basis=how,
        why=value.why_fr if language == "fr" else value.why_en,
        quotes=quotes(value.evidence, labels),
    )


def value_words(field: str, value: Any, labels: Labels) -> str:
    """A value of a field in words; words of the report only where they say more than the value."""
    if isinstance(value, str):
        return one_word(field, value, labels)
    if isinstance(value, ReportedDate):
        main = one_of(value.candidates, labels) if value.candidates else days_of(value.start, value.end, labels)
        fine = [labels.value("grain", value.grain)] if value.grain != "day" else []
        fine += [labels.value("date_basis", value.basis)] if value.basis == "assumed" else []
        return f"{main} ({', '.join(fine)})" if fine else main
    if isinstance(value, Place):
        relation = labels.value("relation", value.relation)
        names = [place_name(value.name), value.admin1 or "", labels.country(value.country) if value.country else ""]
        if value.precision == "country":
            names = names[2:] if value.country else names[:1]
        where = ", ".join(dict.fromkeys(name for name in names if name))
        return f"{relation + ' ' if relation else ''}{where} ({labels.value('precision', value.precision)})"
    if isinstance(value, Quantity):
        return quantity(value, labels)
    if isinstance(value, Sequence):
        return ", ".join(_one(each, labels) for each in value) or labels.word("none")
    return any_value(value, labels)


def one_word(field: str, value: str, labels: Labels) -> str:
    """A value of a field that is a word itself: the word for it where the field has a closed list, or where it is a
    side of a difference ("happened", "denied"); else as it is."""
    kind = {"where": "relation"}.get(field, field)
    return labels.value(kind, value) if kind in labels.table["values"] else _told(value, labels)


def _one(value: Any, labels: Labels) -> str:
    """One of several: an actor with how it is said to be one, a target with its kind, a weapon."""
    if hasattr(value, "outcome"):
        return weapon(value, labels)
    if hasattr(value, "basis"):
        return f"{value.name} ({labels.value('basis', value.basis)})"
    if hasattr(value, "kind") and hasattr(value, "name"):
        return f"{value.name} ({labels.value('target', value.kind)})"
    return _told(value, labels) if isinstance(value, str) else any_value(value, labels)


def _told(value: str, labels: Labels) -> str:
    """A side of a difference that is a word of the record's own ("happened", "denied"), else as it is."""
    return labels.record(value) if value in ("happened", "denied") else value


def quotes(evidence: Iterable[Quoted], labels: Labels) -> tuple[str, ...]:
    """Exact words, each once, with the report and the characters they stand at; how many more there are."""
    every = list(dict.fromkeys(evidence))
    shown = [
        f"{quoted(each.span.quote, labels)} [{each.report_id} {each.span.start}–{each.span.end}]"
        for each in every[:_QUOTES]
    ]
    more = len(every) - len(shown)
    return (*shown, labels.word("more", n=more)) if more else tuple(shown)


# --- differences, history ---------------------------------------------------------------------------------------------


def _difference(difference: AccountDifference, names: Mapping[str, str], labels: Labels) -> DifferenceView:
    language = labels.language
    kind = word("difference_kind", difference.kind, language)
    field = labels.value("field", difference.field)
    heading = field if field == kind else f"{field} · {kind}"
    return DifferenceView(
        title=f"{heading} – {labels.value('verdict', difference.verdict)}",
        why=difference.why_fr if language == "fr" else difference.why_en,
        sides=tuple(_side(difference.field, side, names, labels) for side in difference.sides),
    )


def _side(field: str, side: Side, names: Mapping[str, str], labels: Labels) -> Row:
    who = ", ".join(names.get(account, account) for account in side.accounts)
    when = f" ({labels.record('as_of')} {day(side.as_of, labels)})" if side.as_of is not None else ""
    return Row(f"{who}{when}", value_words(field, side.value, labels))


def _history(incident: RecordIncident, names: Mapping[str, str], labels: Labels) -> Iterator[Row]:
    steps: dict[tuple[str, str], list[str]] = {}
    for update in incident.updates:
        when = f" ({day(update.as_of, labels)})" if update.as_of is not None else ""
        value = value_words(update.field, update.value, labels)
        # What is claimed at last is no longer unclaimed, whoever said so: one line for the field.
        account = update.account if update.field != "responsibility" else ""
        who = f" [{names.get(update.account, update.account)}]" if not account else ""
        steps.setdefault((update.field, account), []).append(f"{value}{who}{when}")
    for (field, account), values in steps.items():
        label = labels.value("field", field)
        yield Row(f"{label}, {names.get(account, account)}" if account else label, " → ".join(values))


# --- accounts ---------------------------------------------------------------------------------------------------------


def _in_order(incident: RecordIncident) -> list[Account]:
    """Witnesses of their own first, then those who repeat them; else by name."""
    return sorted(incident.accounts, key=lambda a: (a.rests_on is not None, account_name(a).casefold(), a.id))


def _account(account: Account, names: Mapping[str, str], labels: Labels) -> AccountView:
    terms = [labels.value("source_kind", account.kind), *(labels.value("terms", t) for t in account.terms)]
    if account.country:
        terms.append(labels.country(account.country))
    if account.reliability != "F":
        grade = f"{account.reliability}, {word('reliability', account.reliability, labels.language)}"
        terms.append(f"{labels.record('reliability')} {grade}")
    others = f" ({', '.join(account.names[1:])})" if len(account.names) > 1 else ""
    aside = labels.record("rests_on", name=names.get(account.rests_on, account.rests_on)) if account.rests_on else ""
    return AccountView(
        name=f"{account_name(account)}{others}",
        terms=", ".join(dict.fromkeys(terms)),
        aside=aside,
        statements=tuple(_statement(statement, labels) for statement in account.statements),
    )


def _statement(statement: Statement, labels: Labels) -> StatementView:
    manner = labels.value("modality", statement.modality)
    heading = labels.value("stance", statement.stance) + (f" ({manner})" if manner else "")
    if statement.via:
        heading = f"{heading}, {labels.record('through')} {statement.via}"
    if statement.as_of is not None:
        heading = f"{heading}, {day(statement.as_of, labels)}"
    aside = ""
    if statement.standing != "counts":
        aside = labels.record("not_counting", standing=word("standing", statement.standing, labels.language))
    values = "; ".join(
        labels.pair(labels.value("field", field), value_words(field, value, labels))
        for field, value in statement.values.items()
        if value not in (None, (), [], "", {})
    )
    return StatementView(heading, values, quotes(statement.evidence, labels), aside)


# --- reports, copies, decisions ---------------------------------------------------------------------------------------


def _report(report: Kept, labels: Labels) -> ReportView:
    published = iso_day(report.published, labels) if report.published else ""
    language = labels.language_name(report.language) if report.language else ""
    who = " / ".join(dict.fromkeys(name for name in (report.outlet, report.agency) if name))
    aside = "" if report.standing == "counts" else word("standing", report.standing, labels.language)
    return ReportView(report.id, ", ".join(p for p in (who, published, language) if p), report.title or "", aside)


def _copies(dossier: Dossier, labels: Labels) -> Iterator[str]:
    """The families of copies among the reports: which was made from which, and why that is thought."""
    mine = set(dossier.incident.reports)
    for family in dossier.families:
        members = [member for member in family.members if member in mine]
        if len(members) < 2:
            continue
        yield labels.pair(labels.count("of_one_text", len(members)), ", ".join(members))
        for verdict in family.verdicts:
            if verdict.a in mine and verdict.b in mine:
                kind = word("copy_kind", verdict.kind, labels.language)
                later = verdict.b if verdict.original == verdict.a else verdict.a
                earlier = verdict.a if later == verdict.b else verdict.b
                arrow = f"{later} ← {earlier}" if verdict.original else f"{verdict.a} = {verdict.b}"
                why = verdict.why_fr if labels.language == "fr" else verdict.why_en
                yield f"  {arrow} ({labels.pair(kind, why)})"


def _about(decision: Decision, labels: Labels) -> str:
    parts = []
    if decision.field is not None:
        parts.append(labels.value("field", decision.field))
    if decision.claim is not None:
        parts.append(decision.claim)
    elif decision.apart:
        parts.append(
            f"{', '.join(decision.apart)} | {', '.join(m for m in decision.members if m not in decision.apart)}"
        )
    elif decision.members:
        parts.append(", ".join(decision.members))
    if decision.names:
        parts.append(" = ".join(decision.names))
    if decision.value is not None:
        parts.append(f"→ {_decided_value(decision, labels)}")
    if decision.undoes is not None:
        parts.append(f"{decision.undoes}")
    return " ".join(parts)


def _decided_value(decision: Decision, labels: Labels) -> str:
    """The value of a decision in words, as far as it is one of the record's fields."""
    if decision.field is None:
        return _plain_value(decision.value)
    return value_words(decision.field, value_from_json(decision.field, decision.value), labels)


def _plain_value(value: Any) -> str:
    """A JSON value of a decision in a line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain_value(each)}" for key, each in value.items() if each is not None)
    if isinstance(value, list):
        return "; ".join(_plain_value(each) for each in value)
    return str(value)


def _moment(when: str, labels: Labels) -> str:
    """The day and minute of a decision, in UTC."""
    return f"{iso_day(when[:10], labels)} {when[11:16]} UTC"
