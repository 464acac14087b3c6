"""The context paragraph on what somebody typed: a place or an actor, over some days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from vigie.exports.bulletin.whole import Bulletin, background
from vigie.language.folding import fold
from vigie.model.record import RecordIncident
from vigie.store.filters import Filter, Named
from vigie.store.inquiry import Inquiry
from vigie.store.naming import body_named, place_named
from vigie.store.tally_checks import CheckedTally, checked_tallies

Days = tuple[dt.date | None, dt.date | None]


def bulletin_on(
    inquiry: Inquiry,
    typed: str,
    language: str,
    kind: Literal["place", "actor"] | None = None,
    days: Days = (None, None),
    most: int = 8,
) -> Bulletin:
    """What the record has on a place or an actor between two days; `most` incidents are told one by one, those that
    most accounts speak of. Without a `kind`, a name that the gazetteer or the record knows as a place is one.

    Raises QueryError where the days are the wrong way round, KeyError for a language without labels.
    """
    wanted = _filter(inquiry, typed, kind, days)
    records = list(inquiry.records(wanted))
    chosen = sorted(records, key=lambda r: (-r.independent, -len(r.reports), r.id))[:most]
    ids = {record.id for record in chosen}
    withdrawn = list(inquiry.records(replace(wanted, standing=("withdrawn",))))
    dossiers = inquiry.dossiers([*records, *withdrawn])
    kept, gone = dossiers[: len(records)], dossiers[len(records) :]
    return background(
        typed,
        kept,
        language,
        chosen=[dossier for dossier in kept if dossier.incident.id in ids],
        withdrawn=gone,
        tallies=_tallies(inquiry, typed, records, wanted),
    )


def _filter(inquiry: Inquiry, typed: str, kind: Literal["place", "actor"] | None, days: Days) -> Filter:
    first, last = days
    place = Filter(place=place_named(typed), first_day=first, last_day=last)
    actor = Filter(actor=body_named(typed, inquiry.sources), first_day=first, last_day=last)
    if kind is not None:
        return place if kind == "place" else actor
    known = isinstance(place.place, Named) and place.place.country is not None
    if known or inquiry.incidents(place, size=1).total or not inquiry.incidents(actor, size=1).total:
        return place
    return actor


def _tallies(inquiry: Inquiry, typed: str, records: Sequence[RecordIncident], wanted: Filter) -> list[CheckedTally]:
    """The tallies that count there, or what that actor did: their words name the subject, or another name of it."""
    name = wanted.place if wanted.place is not None else wanted.actor
    names = {fold(typed), *(fold(other) for other in name.names)} if isinstance(name, Named) else {fold(typed)}
    found = []
    for told in inquiry.tallies():
        tally, day = told.published.tally, told.report.published or ""
        said = tally.place if wanted.place is not None else (tally.actor or "", tally.what)
        named = any(each in fold(words) for words in said for each in names)
        after = wanted.last_day is not None and day > wanted.last_day.isoformat()
        before = wanted.first_day is not None and day < wanted.first_day.isoformat()
        if named and not after and not before:
            found.append(told)
    return checked_tallies(inquiry, found) if records else []
