"""Published tallies beside the record's own count under the same definition.

A tally is no incident. It says how many, of what, since when, where, by whose count; two tallies are only compared with
one another where all of that is the same (the Pentagon counts attacks on its forces in two countries from 17 October,
a monitor those in Syria from the 19th). Where a tally and the record differ, the days between two tallies of one
counter show where the record lacks something.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from vigie.coding.areas import compare_areas
from vigie.language.pack import languages, load_pack
from vigie.language.schema import Harm, Thing, Trigger, Weapon
from vigie.mentions.places import find_places
from vigie.model.coded import CodedReport, Tally
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.record import (
    PublishedTally,
    RecordIncident,
    TallyCheck,
    TallyDefinition,
    TallyStep,
    TallyUnit,
)
from vigie.record.incident_family import FAMILY
from vigie.record.names import Meaning, likeness, meaning
from vigie.record.sources import Sources
from vigie.record.wording import day

Membership = Literal["sure", "perhaps", "no"]
_NEAR = 300  # characters between a tally's words and those of the source that gives it
_GENERIC = frozenset({"attack", "other_violence"})  # what "attacks", "incidents" may be of any kind
_WITHIN = {"fr": "Attaque à {}.", "en": "Attack in {}."}


def published_tallies(coded: CodedReport) -> tuple[PublishedTally, ...]:
    """The tallies of a report: each with the source whose words stand nearest in its paragraph, and the day it is as
    of (the last day it counts where told, else the day of publication)."""
    report = coded.report
    day_of_report = report.published.end if report.published is not None else None
    return tuple(
        PublishedTally(
            tally=tally,
            report_id=report.id,
            as_of=_iso(tally.until) or day_of_report,
            counter=_counter(coded, tally),
            published=report.published,
        )
        for tally in coded.tallies
    )


def _counter(coded: CodedReport, tally: Tally) -> str | None:
    """The source of the tally's paragraph that stands nearest."""
    found = []
    for source in coded.sources:
        for mine in tally.evidence:
            for span in source.evidence:
                between = coded.report.text[min(mine.end, span.end) : max(mine.start, span.start)]
                if len(between) <= _NEAR and "\n" not in between:
                    found.append((len(between), source.id, source.name))
    return min(found)[2] if found else None


def _iso(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


# --- what a tally counts ----------------------------------------------------------------------------------------------


def definition(published: PublishedTally) -> TallyDefinition:
    """What a tally counts, as far as its words tell."""
    tally = published.tally
    places = [p for name in tally.place for p in [_place(name)] if p is not None]
    types, weapons, counts = _kinds(tally.what)
    return TallyDefinition(
        since=_iso(tally.since),
        until=_iso(tally.until) or published.as_of,
        countries=tuple(sorted({p.country for p in places if p.precision == "country" and p.country})),
        places=tuple(p for p in places if p.precision != "country"),
        types=types,
        weapons=weapons,
        actor=tally.actor,
        target=tally.target or _thing(tally.what),
        counts=counts,
    )


@lru_cache(maxsize=2_000)
def _place(name: str) -> Place | None:
    """The place a name means by itself."""
    for language, sentence in _WITHIN.items():
        found = find_places(sentence.format(name), language)
        if found:
            return found[0].place
    return None


@lru_cache(maxsize=2_000)
def _kinds(what: str) -> tuple[tuple[str, ...], tuple[str, ...], TallyUnit]:
    """Types of incident and kinds of weapon that the words name, and what is counted. Dead people are counted where
    no act is named ("3 900 morts"), weapons where nothing but weapons is ("20 drones")."""
    types: set[str] = set()
    weapons: set[str] = set()
    acts = False
    harm: set[str] = set()
    for language in languages():
        for match in load_pack(language).find(what):
            entry = match.entry
            if isinstance(entry, Trigger):
                acts = True
                if entry.type is not None:
                    types.add(entry.type)
                if entry.weapon is not None:
                    weapons.add(entry.weapon)
            elif isinstance(entry, Weapon):
                weapons.add(entry.kind)
            elif isinstance(entry, Harm):
                harm.add(entry.harm)
    counts: TallyUnit = "incidents"
    if not acts and "killed" in harm:
        counts = "killed"
    elif not acts and "injured" in harm:
        counts = "injured"
    elif not acts and weapons:
        counts = "weapons"
    weapons.discard("other")  # "devices", "projectiles": any weapon
    if types & _GENERIC:  # "attacks" may be of any kind, unless a weapon says of which
        types = set()
    return tuple(sorted(types)), tuple(sorted(weapons)), counts


@lru_cache(maxsize=2_000)
def _thing(what: str) -> str | None:
    """The thing that the words say is hit: "attacks on ships"."""
    for language in languages():
        for match in load_pack(language).find(what):
            if isinstance(match.entry, Thing):
                return match.text
    return None


# --- checking ---------------------------------------------------------------------------------------------------------


def check(published: PublishedTally, incidents: Iterable[RecordIncident]) -> TallyCheck:
    """A tally beside the record's own count. Incidents that no standing report tells are not counted."""
    defined = definition(published)
    sure, perhaps = _split(defined, incidents)
    lower = sum(_counted(i, defined.counts)[0] for i in sure)
    tops = [_counted(i, defined.counts)[1] for i in (*sure, *perhaps)]
    upper = None if any(top is None for top in tops) else sum(top for top in tops if top is not None)
    missing = _missing(published.tally, lower, upper)
    why = _why(published, defined, lower, upper, missing)
    return TallyCheck(
        published=published,
        definition=defined,
        lower=lower,
        upper=upper,
        sure=tuple(sorted(i.id for i in sure)),
        perhaps=tuple(sorted(i.id for i in perhaps)),
        missing=missing,
        why_en=why[0],
        why_fr=why[1],
    )


def _split(
    defined: TallyDefinition, incidents: Iterable[RecordIncident]
) -> tuple[list[RecordIncident], list[RecordIncident]]:
    found: dict[Membership, list[RecordIncident]] = {"sure": [], "perhaps": [], "no": []}
    for incident in incidents:
        if incident.independent:
            found[membership(defined, incident)].append(incident)
    return found["sure"], found["perhaps"]


def _counted(incident: RecordIncident, counts: TallyUnit) -> tuple[int, int | None]:
    """How much one incident adds: one, or its bounds on people or weapons."""
    if counts == "incidents":
        return 1, 1
    if counts == "weapons":
        uses = incident.value("weapons") or ()
        tops = [w.upper for w in uses]
        return sum(w.lower or 0 for w in uses), None if not uses or None in tops else sum(t for t in tops if t)
    toll = incident.value(counts)
    return (toll.lower or 0, toll.upper) if isinstance(toll, Quantity) else (0, None)


def _missing(tally: Tally, lower: int, upper: int | None) -> int:
    if tally.lower is not None and upper is not None and tally.lower > upper:
        return tally.lower - upper
    if tally.upper is not None and tally.upper < lower:
        return tally.upper - lower
    return 0


def membership(defined: TallyDefinition, incident: RecordIncident) -> Membership:
    """Whether an incident falls under a definition: surely, perhaps, or not."""
    answers = (
        _in_time(defined, incident.value("date")),
        _in_place(defined, incident.value("place")),
        _of_kind(defined, incident),
        _by_name(defined.actor, [a.name for a in incident.value("actors") or ()]),
        _by_name(defined.target, [t.name for t in incident.value("targets") or ()]),
    )
    return "no" if "no" in answers else "perhaps" if "perhaps" in answers else "sure"


def _in_time(defined: TallyDefinition, date: ReportedDate | None) -> Membership:
    if defined.since is None and defined.until is None:
        return "perhaps"
    if date is None:
        return "perhaps"
    since, until = defined.since or dt.date.min, defined.until or dt.date.max
    if date.end < since or date.start > until:
        return "no"
    return "sure" if since <= date.start and date.end <= until and defined.since is not None else "perhaps"


def _in_place(defined: TallyDefinition, place: Place | None) -> Membership:
    if not defined.countries and not defined.places:
        return "sure"
    if place is None or place.country is None:
        return "perhaps"
    if place.country in defined.countries:
        return "sure"
    areas = [compare_areas(place, p) for p in defined.places]
    if "same" in areas:
        return "sure"
    if "within" in areas:
        fine = place.precision not in ("region", "country") and any(p.precision != "region" for p in defined.places)
        return "sure" if fine else "perhaps"  # how far a region reaches is not known
    return "no"


def _of_kind(defined: TallyDefinition, incident: RecordIncident) -> Membership:
    kind, weapons = incident.value("type"), {w.kind for w in incident.value("weapons") or ()}
    if not defined.types and not defined.weapons:
        return "sure"
    if weapons & set(defined.weapons):
        return "sure"
    if defined.weapons and weapons - {"other"}:
        return "no"
    if kind in defined.types:
        return "sure" if not defined.weapons else "perhaps"
    if kind is None or (kind in _GENERIC and not weapons):
        return "perhaps"
    families = {FAMILY[t] for t in defined.types}
    return "perhaps" if FAMILY[kind] in families else "no"


def _by_name(wanted: str | None, names: Sequence[str]) -> Membership:
    """Whether one of the names is who the tally speaks of. Names leave much open: only another country, or another
    named body, says no."""
    if wanted is None:
        return "sure"
    if any(likeness(wanted, n) in ("same", "alike") for n in names):
        return "sure"
    told = [meaning(n) for n in names]
    want = meaning(wanted)
    if told and all(
        _excludes(want.named, m.named) or _excludes(want.countries, m.countries) or _another_thing(want, m)
        for m in told
    ):
        return "no"
    return "perhaps"


def _another_thing(want: Meaning, told: Meaning) -> bool:
    """Ships are no bases."""
    things = (frozenset(k for k in m.kinds if k.startswith("thing:")) for m in (want, told))
    return _excludes(*things) and not want.nouns & told.nouns


def _excludes(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b and not a & b)


def _why(
    published: PublishedTally, defined: TallyDefinition, lower: int, upper: int | None, missing: int
) -> tuple[str, str]:
    since = (defined.since, defined.until)
    en_days = " – ".join(day(d, "en") if d else "?" for d in since)
    fr_days = " – ".join(day(d, "fr") if d else "?" for d in since)
    counter = published.counter or "?"
    own = f"{lower}" if upper == lower else f"{lower}–{upper if upper is not None else '?'}"
    en = f"{counter}: {published.tally.text} ({en_days}); the record counts {own}"
    fr = f"{counter} : {published.tally.text} ({fr_days}) ; le dossier en compte {own}"
    if missing > 0:
        return f"{en}: {missing} not in the record", f"{fr} : {missing} n'y sont pas"
    if missing < 0:
        return f"{en}: {-missing} more than the tally", f"{fr} : {-missing} de plus que le décompte"
    return en, fr


# --- one counter over time --------------------------------------------------------------------------------------------


def in_order(tallies: Iterable[PublishedTally]) -> tuple[PublishedTally, ...]:
    """Tallies by the day they are as of, then by what they count; those without a day last. The order in which they
    were published says little: an older figure is often printed after a newer one."""
    return tuple(sorted(tallies, key=lambda t: (t.as_of or dt.date.max, t.tally.lower or 0, t.report_id, t.tally.what)))


def series(
    tallies: Iterable[PublishedTally], incidents: Iterable[RecordIncident], sources: Sources
) -> tuple[TallyStep, ...]:
    """The steps between tallies of one counter and one definition, beside what the record has for the days between."""
    known = tuple(incidents)
    lines: dict[tuple[object, ...], list[PublishedTally]] = {}
    for t in in_order(tallies):
        defined = definition(t)
        if t.counter is None or defined.since is None or t.as_of is None or t.tally.lower is None:
            continue
        counter = sources.family(t.counter) or t.counter
        places = tuple(sorted(p.name for p in defined.places))
        key = (counter, defined.since, defined.countries, places, defined.types, defined.weapons, defined.counts)
        lines.setdefault(key, []).append(t)
    return tuple(
        _step(before, after, known)
        for line in lines.values()
        for before, after in itertools.pairwise(line)
        if before.tally.lower != after.tally.lower or before.as_of != after.as_of
    )


def _step(before: PublishedTally, after: PublishedTally, incidents: Sequence[RecordIncident]) -> TallyStep:
    added = (after.tally.lower or 0) - (before.tally.lower or 0)
    earlier = {i.id: membership(definition(before), i) for i in incidents if i.independent}
    sure, perhaps = [], []
    for incident in incidents:
        if not incident.independent or earlier[incident.id] == "sure":
            continue
        now = membership(definition(after), incident)
        if now == "sure" and earlier[incident.id] == "no":
            sure.append(incident.id)
        elif now != "no":
            perhaps.append(incident.id)
    most = len(sure) + len(perhaps)
    return TallyStep(
        before=before,
        after=after,
        added=added,
        sure=tuple(sorted(sure)),
        perhaps=tuple(sorted(perhaps)),
        missing=max(0, added - most),
        falls=added < 0,
    )
