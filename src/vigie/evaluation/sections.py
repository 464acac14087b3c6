"""An evaluation as sections to be printed: tables and lists of lines, the same for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vigie.evaluation.agreement import Agreement, Alpha, SlotAgreement
from vigie.evaluation.causes import OUTSIDE, CauseGroup, CodingError
from vigie.evaluation.changes import Change, Comparison
from vigie.evaluation.confusion import NOTHING, Confusion
from vigie.evaluation.evaluated import Evaluation
from vigie.evaluation.measures import CODING, NAMES, Measures, report_f1
from vigie.evaluation.scores import Score
from vigie.evaluation.words import Language, Words, words
from vigie.model.codebooks import label

_IDS_SHOWN = 10
_CODEBOOKS = {"type": "incident_type"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the first `text_columns` columns hold words, the others numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with its quotation: what is said, and the sentence it is said of."""

    line: str
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries under headings of their own."""

    title: str
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]


Section = Table | Listing


def evaluation_sections(evaluation: Evaluation, language: Language, examples: int) -> tuple[Section, ...]:
    """The sections of an evaluation. examples: how many errors of each cause, and how many changes, are shown."""
    say = words(language)
    shown: list[Section] = [_measures(evaluation, say), _languages(evaluation, say), _types(evaluation, language)]
    shown += [_confusion(c, language) for c in evaluation.confusions if c.mistaken]
    inside = [g for g in evaluation.causes if g.slot not in OUTSIDE]
    outside = [g for g in evaluation.causes if g.slot in OUTSIDE]
    shown += [_causes(say.titles["causes"], inside, say), _causes(say.titles["outside"], outside, say)]
    shown.append(_examples((*inside, *outside), say, examples))
    if evaluation.comparison is not None:
        shown += _comparison(evaluation.comparison, say, examples)
    shown.append(Listing(say.titles["remarks"], (("", tuple(_remarks(evaluation, say))),)))
    return tuple(s for s in shown if (s.rows if isinstance(s, Table) else any(entries for _, entries in s.groups)))


def agreement_sections(agreement: Agreement, language: Language) -> tuple[Section, ...]:
    """The sections of the agreement of two coders."""
    say = words(language)
    names = ("measure", "f1", "alpha", "units", "measured", "units", "level")
    table = Table(
        say.titles["agreement"],
        tuple(say.columns[n] for n in names),
        tuple(_agreement_row(s, say) for s in agreement.slots),
        note=say.said("same", n=agreement.reports),
    )
    left = (("only_first", agreement.only_first), ("only_second", agreement.only_second))
    remarks = tuple(Entry(say.said(key, ids=_ids(ids, say))) for key, ids in left if ids)
    return (table, *((Listing(say.titles["remarks"], (("", remarks),)),) if remarks else ()))


def _measures(evaluation: Evaluation, say: Words) -> Table:
    measures = evaluation.measures
    note = say.said("counts", reports=measures.reports, coded=measures.coded)
    if evaluation.interval is not None:
        low, high = evaluation.interval
        note += "\n" + say.said("interval", low=_figure(low), high=_figure(high))
    names = ("measure", "precision", "recall", "f1", "right", "coded", "gold")
    return Table(say.titles["measures"], tuple(say.columns[n] for n in names), tuple(_rows(measures, say)), note=note)


def _rows(measures: Measures, say: Words) -> Iterator[tuple[str, ...]]:
    for name in NAMES:
        score = measures.scores[name]
        yield say.slots[name], *_score(score), str(score.right), str(score.coded), str(score.gold)
        if name == CODING:
            yield say.slots["per_report"], "", "", _figure(measures.per_report), "", "", ""
    if measures.terms is not None:
        yield (
            say.slots["terms"],
            "",
            "",
            _figure(measures.terms),
            str(measures.terms_right),
            "",
            str(measures.terms_compared),
        )


def _languages(evaluation: Evaluation, say: Words) -> Table:
    shown = (CODING, "detection", "incidents_current", "sources")
    return Table(
        say.titles["by_language"],
        (say.columns["language"], say.columns["reports"], *(say.slots[n] for n in shown), say.slots["per_report"]),
        tuple(
            (language, str(m.reports), *(_figure(m.scores[n].f1) for n in shown), _figure(m.per_report))
            for language, m in evaluation.by_language.items()
        ),
    )


def _types(evaluation: Evaluation, language: Language) -> Table:
    say = words(language)
    names = ("type", "gold", "found", "missed", "invented", "slots")
    return Table(
        say.titles["by_type"],
        tuple(say.columns[n] for n in names),
        tuple(
            (
                _value("type", type, language),
                str(m.incidents.gold),
                str(m.incidents.right),
                str(m.incidents.gold - m.incidents.right),
                str(m.incidents.coded - m.incidents.right),
                _figure(m.slots.f1),
            )
            for type, m in evaluation.by_type.items()
        ),
    )


def _confusion(table: Confusion, language: Language) -> Table:
    """One row for each gold value: how often it was coded rightly, and what it was taken for."""
    say = words(language)
    rows = []
    for gold in table.values:
        wrong = [(coded, n) for value, coded, n in table.mistaken if value == gold]
        taken = ", ".join(
            f"{say.missed if coded == NOTHING else _value(table.field, coded, language)} {n}" for coded, n in wrong
        )
        if gold == NOTHING:
            rows.append((say.invented, taken, ""))
        elif wrong or (gold, gold) in table.counts:
            rows.append((_value(table.field, gold, language), taken, str(table.counts.get((gold, gold), 0))))
    title = say.titles["confusion"].format(field=say.fields[table.field])
    columns = tuple(say.columns[n] for n in ("value", "taken", "right"))
    return Table(title, columns, tuple(row for row in rows if row[1] or row[2]), text_columns=2)


def _causes(title: str, groups: Sequence[CauseGroup], say: Words) -> Table:
    lost = sum(g.lost for g in groups) or 1
    return Table(
        title,
        tuple(say.columns[n] for n in ("slot", "cause", "cases", "lost", "share")),
        tuple(
            (say.slots[g.slot], say.causes[g.cause], str(len(g.errors)), str(g.lost), f"{g.lost / lost:.1%}")
            for g in groups
        ),
        text_columns=2,
    )


def _examples(groups: Sequence[CauseGroup], say: Words, examples: int) -> Listing:
    return Listing(
        say.titles["examples"],
        tuple(
            (
                f"{say.slots[g.slot]}{say.colon}{say.causes[g.cause]}",
                (*(_example(e, say) for e in g.errors[:examples]), *_more(len(g.errors) - examples, say)),
            )
            for g in groups
            if examples > 0
        ),
    )


def _example(error: CodingError, say: Words) -> Entry:
    sides = ((say.said("by_hand"), error.gold), (say.said("coded"), error.coded))
    values = " · ".join(f"{name}{say.colon}{value if value is not None else say.none}" for name, value in sides)
    where = " ".join(part for part in (error.report, error.incident) if part)
    detail = f" ({error.detail})" if error.detail else ""
    return Entry(f"{where} · {values}{detail}", error.sentence)


def _comparison(comparison: Comparison, say: Words, examples: int) -> Iterator[Section]:
    before, after = comparison.before, comparison.after
    pairs = [(say.slots[n], before.scores[n].f1, after.scores[n].f1) for n in NAMES]
    pairs.insert(1, (say.slots["per_report"], before.per_report, after.per_report))
    share = comparison.share_better
    yield Table(
        say.titles["compared"],
        tuple(say.columns[n] for n in ("measure", "before", "after", "change")),
        tuple((name, _figure(one), _figure(other), f"{other - one:+.3f}") for name, one, other in pairs),
        note="" if share is None else say.said("share", share=round(100 * share)),
    )
    if not comparison.reports:
        yield Listing(say.titles["reports"], (("", (Entry(say.said("unchanged")),)),))
        return
    yield Table(
        say.titles["reports"],
        tuple(say.columns[n] for n in ("report", "before", "after", "answers")),
        tuple(
            (r.report, _figure(report_f1(r.before)), _figure(report_f1(r.after)), f"{r.gained:+d}")
            for r in comparison.reports
        ),
    )
    for title, better in (("better", True), ("worse", False)):
        changes = [c for c in comparison.changes if c.better is better]
        yield Listing(say.titles[title], tuple(_by_slot(changes, say, examples)))


def _by_slot(changes: Sequence[Change], say: Words, examples: int) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    for slot in dict.fromkeys(c.slot for c in changes):
        own = [c for c in changes if c.slot == slot]
        lines = (Entry(_change(c, say)) for c in own[:examples])
        yield f"{say.slots[slot]} ({len(own)})", (*lines, *_more(len(own) - examples, say))


def _change(change: Change, say: Words) -> str:
    where = " ".join(part for part in (change.report, change.incident) if part)
    instead = f" ({say.said('was')} {change.instead})" if change.instead else ""
    return f"{where} · {say.turns[change.turn]}{say.colon}{change.value}{instead}"


def _remarks(evaluation: Evaluation, say: Words) -> Iterator[Entry]:
    for key in ("not_coded", "not_gold", "no_text"):
        ids: tuple[str, ...] = getattr(evaluation, key)
        if ids:
            yield Entry(say.said(key, ids=_ids(ids, say)))
    for doubt in evaluation.doubts:
        yield Entry(say.said("doubt", name=doubt.name, report=doubt.report, field=doubt.field))


def _agreement_row(row: SlotAgreement, say: Words) -> tuple[str, ...]:
    measured = row.measured
    return (
        say.slots[row.slot],
        "" if row.f1 is None else _figure(row.f1),
        *_alpha(row.alpha),
        *_alpha(measured),
        "" if measured is None else say.levels[measured.level],
    )


def _alpha(alpha: Alpha | None) -> tuple[str, str]:
    if alpha is None:
        return "", ""
    return NOTHING if alpha.alpha is None else _figure(alpha.alpha), str(alpha.units)


def _score(score: Score) -> tuple[str, str, str]:
    return _figure(score.precision), _figure(score.recall), _figure(score.f1)


def _figure(number: float) -> str:
    return f"{number:.3f}"


def _value(field: str, id: str, language: Language) -> str:
    """A value of a closed list in words; as it stands where the list has it not."""
    try:
        return label(_CODEBOOKS.get(field, field), id, language)
    except KeyError:
        return id


def _ids(ids: Sequence[str], say: Words) -> str:
    more = len(ids) - _IDS_SHOWN
    return ", ".join(ids[:_IDS_SHOWN]) + (f" {say.said('more', n=more)}" if more > 0 else "")


def _more(n: int, say: Words) -> Iterable[Entry]:
    return (Entry(say.said("more", n=n)),) if n > 0 else ()
