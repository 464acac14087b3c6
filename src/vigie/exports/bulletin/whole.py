"""A context paragraph over several incidents, or of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vigie.exports.bulletin.names import Names
from vigie.exports.bulletin.sentences import Sentence, Teller
from vigie.exports.bulletin.words import Words, capital, words
from vigie.exports.phrasing import quoted
from vigie.exports.record_phrasing import place_name
from vigie.model import Place, Quantity, ReportedDate
from vigie.store.inquiry import Dossier, Kept
from vigie.store.tally_checks import CheckedTally

_TALLIES = 2  # told at most, the last published


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Paragraphs of sentences. `reports` are the ids of all that the sentences rest on, in the order in which they are
    first named: the first has note 1. `kept` are those reports."""

    subject: str
    language: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    reports: tuple[str, ...]
    kept: tuple[Kept, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)


def incident_paragraph(dossier: Dossier, language: str) -> tuple[Sentence, ...]:
    """One incident as sentences. Raises KeyError for a language without labels."""
    return Teller(dossier, words(language)).sentences()


def background(
    subject: str,
    dossiers: Sequence[Dossier],
    language: str,
    *,
    chosen: Sequence[Dossier] | None = None,
    withdrawn: Sequence[Dossier] = (),
    tallies: Sequence[CheckedTally] = (),
) -> Bulletin:
    """What the record has on a subject, as it was typed: how much there is, then each incident in the order of its
    days, then what others count, and what was withdrawn.

    `dossiers` are all incidents that count, `chosen` those that are told one by one (all without it). Raises KeyError
    for a language without labels.
    """
    spoken = words(language)
    told = sorted(chosen if chosen is not None else dossiers, key=_day)
    paragraphs = [tuple(_lead(subject, dossiers, len(told), spoken))]
    paragraphs += [Teller(dossier, spoken).sentences() for dossier in told]
    after = [*_counts(tallies, spoken), *_withdrawn(withdrawn, spoken)]
    if after:
        paragraphs.append(tuple(after))
    reports = tuple(dict.fromkeys(report for p in paragraphs for sentence in p for report in sentence.reports))
    kept = {id: report for dossier in (*dossiers, *withdrawn) for id, report in dossier.reports.items()}
    kept |= {told.report.id: told.report for each in tallies for told in each.told}
    return Bulletin(subject, language, tuple(paragraphs), reports, tuple(kept[report] for report in reports))


def _day(dossier: Dossier) -> tuple[dt.date, dt.date, str]:
    date = dossier.incident.value("date")
    if not isinstance(date, ReportedDate):
        return (dt.date.max, dt.date.max, dossier.incident.id)
    return (date.start, date.end, dossier.incident.id)


# --- how much there is ------------------------------------------------------------------------------------------------


def _lead(subject: str, dossiers: Sequence[Dossier], told: int, spoken: Words) -> Iterator[Sentence]:
    named = quoted(subject, spoken.labels)
    if not dossiers:
        yield Sentence(capital(spoken.say("nothing", subject=named)), ())
        return
    ids = tuple(sorted(dossier.incident.id for dossier in dossiers))
    kept = {id: report for dossier in dossiers for id, report in dossier.reports.items()}
    standing = tuple(sorted(id for id, report in kept.items() if report.standing == "counts")) or tuple(sorted(kept))
    outlets = {kept[id].outlet or kept[id].agency or id for id in standing}
    days = [d.incident.value("date") for d in dossiers]
    known = [date for date in days if isinstance(date, ReportedDate)]
    when = spoken.between(min(d.start for d in known), max(d.end for d in known)) if known else ""
    text = spoken.say(
        "lead",
        many=len(dossiers) > 1,
        subject=named,
        incidents=spoken.labels.count("incidents", len(dossiers)),
        when=when,
        reports=spoken.labels.count("reports", len(standing)),
        outlets=spoken.say("outlets", many=len(outlets) > 1, n=spoken.labels.number(len(outlets))),
    )
    yield Sentence(capital(text.replace(", ,", ",")), standing, ids)
    if len(dossiers) > 1:
        yield from _sums(dossiers, standing, ids, spoken)
    if told < len(dossiers):
        chosen = spoken.say("chosen", many=told > 1, n=spoken.labels.number(told))
        yield Sentence(capital(chosen), standing, ids)


def _sums(
    dossiers: Sequence[Dossier], reports: tuple[str, ...], ids: tuple[str, ...], spoken: Words
) -> Iterator[Sentence]:
    parts = []
    untold = set(ids)
    for field in ("killed", "injured"):
        tolls = [(d.incident.id, d.incident.value(field)) for d in dossiers]
        known = [(id, toll) for id, toll in tolls if isinstance(toll, Quantity)]
        untold -= {id for id, _ in known}
        if any(toll.upper != 0 for _, toll in known):
            lower = sum(toll.lower or 0 for _, toll in known)
            tops = [toll.upper for _, toll in known]
            upper = None if None in tops else sum(top for top in tops if top is not None)
            parts.append(spoken.counted(field, lower, upper))
    if parts:
        text = spoken.say("sums", parts=spoken.list(parts))
        if untold:
            text += spoken.say("sums_untold", many=len(untold) > 1, n=spoken.labels.number(len(untold)))
        yield Sentence(capital(text), reports, ids)


# --- what others count, what was withdrawn ----------------------------------------------------------------------------


def _counts(tallies: Sequence[CheckedTally], spoken: Words) -> Iterator[Sentence]:
    """The last tallies published that are somebody's and standing, beside the record's own count."""
    standing = [each for each in tallies if each.told[0].report.standing == "counts"]
    for each in sorted(standing, key=lambda t: t.told[0].report.published or "")[-_TALLIES:]:
        check, report = each.check, each.told[0].report
        since, published = check.definition.since, report.published
        printed = ""
        if published is not None and report.outlet is not None:
            printed = spoken.say(
                "tally_printed", outlet=report.outlet, day=spoken.day(dt.date.fromisoformat(published))
            )
        own = "0" if (check.lower, check.upper) == (0, 0) else spoken.number(check.lower, check.upper)
        values: dict[str, Any] = {
            "words": quoted(check.published.tally.text, spoken.labels),
            "since": spoken.say("tally_since", day=spoken.day(since)) if since is not None else "",
            "printed": printed,
            "own": own,
        }
        counter = check.published.counter
        text = spoken.say("tally", counter=counter, **values) if counter else spoken.say("tally_unnamed", **values)
        yield Sentence(capital(text), tuple(told.report.id for told in each.told), (*check.sure, *check.perhaps))


def _withdrawn(dossiers: Iterable[Dossier], spoken: Words) -> Iterator[Sentence]:
    for dossier in sorted(dossiers, key=_day):
        incident = dossier.incident
        date, place = incident.value("date"), incident.value("place")
        when = spoken.inside(date) if isinstance(date, ReportedDate) else ""
        where = ""
        if isinstance(place, Place):
            country = spoken.labels.country(place.country) if place.country else ""
            name = place_name(Names(dossier, spoken).place(place).name)
            where = f" ({', '.join(dict.fromkeys(part for part in (name, country) if part))})"
        text = spoken.say("withdrawn", when=when, where=where).replace("  ", " ")
        yield Sentence(capital(text), incident.reports, (incident.id,))
