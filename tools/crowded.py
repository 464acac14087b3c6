"""A crowded world for tests of the store: invented reports on few places and days, and decisions on them at random."""

from __future__ import annotations

import contextlib
import dataclasses
import random
from collections.abc import Callable, Sequence

import invented
from vigie.errors import DecisionError
from vigie.model import CodedReport, WireIdentity
from vigie.model.record import Decision, DecisionKind
from vigie.store.keeping import Arrival
from vigie.store.store import Store

PRODUCER = "invented/1"
WHEN = "2024-08-01T10:00:00Z"
KINDS: tuple[DecisionKind, ...] = (
    *("same", "same", "different", "unsure", "merge", "split", "accept", "edit", "reject"),
    *("alias", "unalias", "profile", "undo"),
)
NAMES = ("army spokesman", "police officer", "hospital director", "Levant Monitor", "Brigade of the Plain")


def world(seed: int, events: int = 10) -> list[CodedReport]:
    """Reports that crowd on few places and days: chains of likeness, copies, versions of wire stories, kill notices."""
    draw = random.Random(seed)
    reports: list[CodedReport] = []
    for number in range(events):
        happened = invented.event(seed * 1000 + number, places=3, days=9)
        for telling in range(draw.choice((1, 1, 2, 3))):
            reports.append(invented.report(happened, telling))
        if draw.random() < 0.4:
            reports.append(invented.report(happened, 7, copy_of=0))
        if draw.random() < 0.4:
            reports.append(elsewhere(invented.report(happened, 8, copy_of=0), draw.choice((None, "FR"))))
        if draw.random() < 0.4:
            reports += wire_story(happened, f"story:{seed}.{number}", draw.randrange(2, 4), killed=draw.random() < 0.4)
    return reports


def elsewhere(coded: CodedReport, country: str | None) -> CodedReport:
    """A copy whose coding has its incident somewhere else: in another country only the copied words lead to it."""
    places = [
        dataclasses.replace(i.place, name="Elsewhere", country=country or i.place.country)
        for i in coded.incidents
        if i.place
    ]
    moved = (dataclasses.replace(i, place=p) for i, p in zip(coded.incidents, places, strict=True))
    return dataclasses.replace(coded, incidents=tuple(moved))


def wire_story(happened: invented.Event, key: str, revisions: int, *, killed: bool) -> list[CodedReport]:
    """The versions of one story; the last may take it back."""
    return [
        invented.report(
            happened,
            20 + revision,
            id=f"{key}@{revision}",
            wire=WireIdentity(
                key=key,
                revision=revision,
                status="canceled" if killed and revision == revisions else "usable",
                slug=f"slug-{key}",
            ),
        )
        for revision in range(1, revisions + 1)
    ]


def fill(store: Store, reports: Sequence[CodedReport], sizes: Callable[[], int]) -> None:
    """Put reports in, in batches of such sizes."""
    start = 0
    while start < len(reports):
        size = sizes()
        store.add([Arrival(c, "invented") for c in reports[start : start + size]], PRODUCER)
        start += size


def decision(draw: random.Random, keys: Sequence[str]) -> Decision:
    """A decision of any kind on some of the members with these keys; not each makes sense."""
    kind = draw.choice(KINDS)
    some = tuple(draw.sample(keys, 4))
    plain = Decision(0, kind, "Ada", WHEN)
    if kind in ("same", "different", "unsure"):
        return dataclasses.replace(plain, members=some[:2])
    if kind in ("merge", "split"):
        return dataclasses.replace(plain, members=some, apart=some[:1] if kind == "split" else ())
    if kind == "edit":
        return dataclasses.replace(plain, members=some[:1], field="killed", value=draw.randrange(99))
    if kind in ("accept", "reject"):
        return dataclasses.replace(plain, members=some[:1], field="type")
    if kind == "profile":
        grade = {"reliability": draw.choice("ABCDEF")}
        return dataclasses.replace(plain, names=(draw.choice(NAMES),), value=grade)
    if kind == "undo":
        return dataclasses.replace(plain, undoes=draw.randrange(1, 8))
    return dataclasses.replace(plain, names=tuple(draw.sample(NAMES, 2)))


def decide(store: Store, draw: random.Random, count: int) -> None:
    """Take so many decisions at random; those that make no sense are refused, and left out."""
    keys = sorted(store.homes())
    for _ in range(count):
        with contextlib.suppress(DecisionError):
            store.decide(decision(draw, keys))
