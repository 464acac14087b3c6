"""Builders of reported incidents and reports. Every name, place and text here is invented or public fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from vigie.model import (
    Actor,
    Claim,
    CodedReport,
    Incident,
    Place,
    Quantity,
    Report,
    ReportedDate,
    Source,
    Span,
    Target,
    WeaponUse,
)
from vigie.model.record import Decision, ReportedIncident
from vigie.record import decisions
from vigie.record.members import reported_incidents

HARIR = ("base de Harir", 36.53, 44.35)
PLACES = {
    "harir_fr": Place("base de Harir", "base de Harir", "IQ", "site", "Arbil", 36.53, 44.35),
    "harir_en": Place("Harir airbase", "Harir airbase", "IQ", "site", "Erbil", 36.53, 44.35),
    "erbil": Place("Erbil", "Erbil", "IQ", "settlement", "Erbil", 36.19, 44.01),
    "omar": Place("champ pétrolier d'Al-Omar", "Al-Omar", "SY", "site", "Deir ez-Zor", 35.07, 40.47),
    "conoco": Place("champ gazier de Conoco", "Conoco", "SY", "site", "Deir ez-Zor", 35.18, 40.40),
    "deir": Place("province de Deir Ezzor", "province de Deir Ezzor", "SY", "region", "Deir ez-Zor"),
    "syria": Place("Syrie", "Syrie", "SY", "country"),
    "iraq": Place("Irak", "Irak", "IQ", "country"),
    "tower": Place("Tour 22", "Tour 22", "JO", "site", "Mafraq", 33.31, 38.70),
}


def date(text: str | None, **more: Any) -> ReportedDate | None:
    """ "2024-01-28", "2024-01-27/2024-01-28" or "2024-01" (a month)."""
    if text is None:
        return None
    if len(text) == 7:
        start = dt.date.fromisoformat(f"{text}-01")
        end = (start + dt.timedelta(32)).replace(day=1) - dt.timedelta(1)
        return ReportedDate(start, end, more.get("grain", "month"), more.get("basis", "stated"), text)
    start, _, end = text.partition("/")
    return ReportedDate(
        dt.date.fromisoformat(start),
        dt.date.fromisoformat(end or start),
        more.get("grain", "day"),
        more.get("basis", "stated"),
        text,
    )


def toll(text: int | str | None, at: int = 0) -> Quantity | None:
    """3, "5+" (at least), "2-4", "0"; `at` is where its words are said to stand."""
    if text is None:
        return None
    words = str(text)
    span = (Span(at, at + len(words), words),) if at else ()
    if words.endswith("+"):
        return Quantity(int(words[:-1]), None, "at_least", words, span)
    low, _, high = words.partition("-")
    return Quantity(int(low), int(high or low), "exact" if not high else "order_of", words, span)


def weapon(text: str) -> WeaponUse:
    """ "drone", "2 drone", "5+ rocket", "1 drone intercepted"."""
    words = text.split()
    outcome: Any = words.pop() if words[-1] in ("hit", "fell_near", "intercepted", "failed") else "unknown"
    count = toll(words[0]) if len(words) > 1 else None
    return WeaponUse(words[-1], count.lower if count else None, count.upper if count else None, outcome, ())


class Make:
    """Builds what the tests are about."""

    place = PLACES
    date = staticmethod(date)
    toll = staticmethod(toll)
    weapon = staticmethod(weapon)

    def incident(self, number: int = 1, **given: Any) -> Incident:
        """An incident from short words: day, place (key of `place`), weapons, killed, injured, actors, targets."""
        place = given.get("place", "harir_fr")
        return Incident(
            id=f"i{number}",
            type=given.get("type", "air_drone_strike"),
            period=given.get("period", "current"),
            date=date(given.get("day", "2024-03-14"), **{k: given[k] for k in ("grain", "basis") if k in given}),
            place=PLACES[place] if isinstance(place, str) else place,
            evidence=(),
            launch_place=PLACES[given["launch"]] if "launch" in given else None,
            actors=tuple(Actor(n, given.get("actor_basis", "stated"), ()) for n in given.get("actors", ())),
            responsibility=given.get("responsibility", "unknown"),
            targets=tuple(Target(n, given.get("target_kind", "military"), ()) for n in given.get("targets", ())),
            weapons=tuple(weapon(w) for w in given.get("weapons", ())),
            killed=toll(given.get("killed"), given.get("killed_at", 0)),
            injured=toll(given.get("injured"), given.get("injured_at", 0)),
            damage=given.get("damage", "unknown"),
        )

    def source(self, name: str, number: int = 1, **given: Any) -> Source:
        """A speaker."""
        return Source(
            id=f"s{number}",
            name=name,
            terms=given.get("terms", "named"),
            kind=given.get("kind", "other"),
            evidence=given.get("evidence", ()),
            country=given.get("country"),
            via=given.get("via"),
        )

    def claim(self, number: int, source: str | None, incident: str = "i1", **given: Any) -> Claim:
        """A claim; tolls and weapons in the short words above."""
        values: dict[str, Any] = {k: toll(given[k]) for k in ("killed", "injured", "attackers_killed") if k in given}
        if "weapons" in given:
            values["weapons"] = tuple(weapon(w) for w in given["weapons"])
        if "day" in given:
            values["date"] = date(given["day"])
        if "place" in given:
            values["place"] = PLACES[given["place"]]
        values.update({k: given[k] for k in ("where", "damage") if k in given})
        return Claim(
            id=f"c{number}",
            source=source,
            incident=incident,
            stance=given.get("stance", "asserts"),
            modality=given.get("modality", "stated"),
            mode="indirect" if source else "own_voice",
            values=values,
            evidence=(Span(number * 10, number * 10 + 4, "dit "),),
            said=date(given.get("said")),
        )

    def coded(
        self,
        report: str,
        incidents: Sequence[Incident],
        sources: Sequence[Source] = (),
        claims: Sequence[Claim] = (),
        **given: Any,
    ) -> CodedReport:
        """A coded report."""
        return CodedReport(
            Report(
                id=report,
                sha256=report,
                text=given.get("text", ""),
                language=given.get("language", "fr"),
                outlet=given.get("outlet", f"outlet of {report}"),
                agency=given.get("agency"),
                published=date(given.get("published", "2024-03-15")),
            ),
            tuple(sources),
            tuple(claims),
            tuple(incidents),
        )

    def members(
        self, report: str, incidents: Sequence[Incident], *more: Any, **given: Any
    ) -> tuple[ReportedIncident, ...]:
        """The reported incidents of a report that tells these."""
        return reported_incidents(self.coded(report, incidents, *more, **given))

    def member(self, report: str, **given: Any) -> ReportedIncident:
        """One reported incident of a report that tells nothing else."""
        about = {k: given.pop(k) for k in ("published", "language", "outlet", "agency") if k in given}
        return self.members(report, [self.incident(**given)], **about)[0]

    def log(self, *lines: dict[str, Any]) -> tuple[Decision, ...]:
        """A log of decisions by one person."""
        log: list[Decision] = []
        for line in lines:
            decision = Decision(number=0, who=line.pop("who", "Ana"), when="2024-03-20T10:00:00+00:00", **line)
            log.append(decisions.append(log, decision))
        return tuple(log)


@pytest.fixture(scope="session")
def make() -> Make:
    """The builders."""
    return Make()


@pytest.fixture(scope="session")
def report() -> Callable[..., Report]:
    """A report as read, from its text."""

    def build(report_id: str, text: str, **given: Any) -> Report:
        published = given.pop("published", None)
        given.setdefault("language", "fr")
        return Report(id=report_id, sha256=report_id, text=text, published=date(published), **given)

    return build
