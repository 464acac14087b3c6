"""Published tallies beside the record's own count under the same definition, and what is missing from either side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vigie.language.folding import fold
from vigie.language.pack import languages
from vigie.mentions.gazetteer import country_names
from vigie.model.record import PublishedTally, RecordIncident, TallyCheck, TallyStep
from vigie.record.names import fold_name
from vigie.record.sources import Sources
from vigie.record.tallies import check, definition, series
from vigie.store.inquiry import Inquiry, ToldTally


@dataclass(frozen=True, slots=True)
class CheckedTally:
    """A tally as one or several copies of a text give it (`told`), beside what the record has.

    `counted` are the record's incidents that fall under its definition, surely or perhaps. `elsewhere` are the ids of
    those that neither the report of the tally nor its counter tells of: what the record has from other reports. `step`
    leads to it from the counter's earlier tally under the same definition.
    """

    told: tuple[ToldTally, ...]
    check: TallyCheck
    counted: Mapping[str, RecordIncident]
    elsewhere: tuple[str, ...]
    step: TallyStep | None = None


@dataclass(frozen=True, slots=True)
class TallyFilter:
    """Which tallies are wanted: counted at a place or by somebody, whose names have these words or mean the same;
    published between two days. What is left out sets no limit."""

    place: str | None = None
    counter: str | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None

    def among(self, told: Iterable[ToldTally], sources: Sources) -> list[ToldTally]:
        """Those that are wanted."""
        return [each for each in told if self._wants(each, sources)]

    def _wants(self, each: ToldTally, sources: Sources) -> bool:
        published, day = each.published, each.report.published or ""
        if self.first_day is not None and day < self.first_day.isoformat():
            return False
        if self.last_day is not None and not "" < day <= self.last_day.isoformat():
            return False
        if self.place is not None and not any(fold(self.place) in fold(name) for name in _places(published)):
            return False
        if self.counter is None:
            return True
        known = published.counter or ""
        return bool(known) and (fold(self.counter) in fold(known) or sources.same(self.counter, known))


def _places(published: PublishedTally) -> Iterator[str]:
    """The names of the places of a tally, and of their countries in every language."""
    defined = definition(published)
    yield from published.tally.place
    for code in {*defined.countries, *(place.country for place in defined.places)} - {None}:
        yield from (country_names(language).get(code or "", "") for language in languages())


def grouped(told: Iterable[ToldTally]) -> list[tuple[ToldTally, ...]]:
    """Tallies with those that copies of one text give, in the order given."""
    groups: dict[tuple[str, str, str | None, str | None], list[ToldTally]] = {}
    for each in told:
        tally = each.published.tally
        groups.setdefault((each.report.family, tally.text, tally.since, tally.until), []).append(each)
    return [tuple(group) for group in groups.values()]


def checked_tallies(
    inquiry: Inquiry, told: Sequence[ToldTally], among: Sequence[ToldTally] | None = None
) -> list[CheckedTally]:
    """Each tally beside the record, in the order given; what copies of one text give stands together. The earlier
    tallies of the counters are looked for `among` more than those given, if there are more."""
    found = [_checked(inquiry, group) for group in grouped(told)]
    everything = {id: incident for each in found for id, incident in each.counted.items()}
    counting = [
        group[0].published
        for group in grouped(told if among is None else among)
        if group[0].report.standing == "counts"
    ]
    leading = {id(step.after): step for step in series(counting, everything.values(), inquiry.sources)}
    return [replace(each, step=leading.get(id(each.told[0].published))) for each in found]


def _checked(inquiry: Inquiry, told: tuple[ToldTally, ...]) -> CheckedTally:
    published = told[0].published
    incidents = {incident.id: incident for incident in inquiry.under(definition(published))}
    result = check(published, incidents.values())
    counted = {id: incidents[id] for id in (*result.sure, *result.perhaps)}
    reports = {each.report.id for each in told}
    elsewhere = tuple(
        id
        for id, incident in counted.items()
        if reports.isdisjoint(incident.reports) and not _tells(published.counter, incident, inquiry.sources)
    )
    return CheckedTally(told, result, counted, elsewhere)


def _tells(counter: str | None, incident: RecordIncident, sources: Sources) -> bool:
    """The counter has an account of the incident."""
    if counter is None:
        return False
    family = sources.family(counter) or fold_name(counter)
    names = {name for account in incident.accounts for name in (account.id, *map(fold_name, account.names))}
    return family in names or fold_name(counter) in names
