"""Tolls over time as they are drawn: one small chart a field, a dot a figure, a line an account; per cent across and
pixels up, as the timeline of the incidents is."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.desk.incident_view import Step

HEIGHT = 120
_LEFT, _RIGHT = 8.0, 84.0  # per cent: room for the numbers before and the names after
_FORMS = ("solid", "dash", "dot", "long")
"""How the lines of accounts differ beside their colour; with more accounts they come round again."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure: its place, from the lower to the upper bound (`top` is the lesser pixel), and what it is."""

    x: float
    top: float
    bottom: float
    step: Step
    open_above: bool
    form: str
    number: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """From one figure of an account to its next."""

    x1: float
    y1: float
    x2: float
    y2: float
    form: str


@dataclass(frozen=True, slots=True)
class TollChart:
    """One field. `most` is the number at the top; `days` are those with figures, with their place. `names` are the
    accounts, each with its form, in the order of their last figure from the top."""

    field: str
    most: int
    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    days: tuple[tuple[float, dt.date], ...]
    names: tuple[tuple[str, str, int], ...]


def toll_charts(steps: Sequence[Step]) -> tuple[TollChart, ...]:
    """A chart for each field that has figures on more than one day or from more than one account."""
    charts = []
    for name in dict.fromkeys(step.field for step in steps):
        mine = [step for step in steps if step.field == name]
        if len({(step.as_of, step.account) for step in mine}) > 1:
            charts.append(_chart(name, mine))
    return tuple(charts)


def _chart(name: str, steps: Sequence[Step]) -> TollChart:
    most = max(1, *(step.value.upper if step.value.upper is not None else step.value.lower or 0 for step in steps))
    days = sorted({step.as_of for step in steps})
    first, span = days[0], max(1, (days[-1] - days[0]).days)

    def across(day: dt.date) -> float:
        middle = (_LEFT + _RIGHT) / 2
        return round(middle if len(days) == 1 else _LEFT + (day - first).days / span * (_RIGHT - _LEFT), 2)

    def up(number: int) -> float:
        return round(HEIGHT - number / most * HEIGHT, 1)

    accounts = list(dict.fromkeys(step.account for step in steps))
    dots = []
    for step in steps:
        low = step.value.lower or 0
        high = step.value.upper if step.value.upper is not None else low
        number = accounts.index(step.account)
        dots.append(
            Dot(
                across(step.as_of),
                up(high),
                up(low),
                step,
                step.value.upper is None,
                _FORMS[number % len(_FORMS)],
                number + 1,
            )
        )
    strokes = []
    for number, account in enumerate(accounts):
        own = [dot for dot in dots if dot.step.account == account]
        for a, b in itertools.pairwise(own):
            strokes.append(Stroke(a.x, _middle(a), b.x, _middle(b), _FORMS[number % len(_FORMS)]))
    named = {step.account: step.name for step in steps}
    return TollChart(
        field=name,
        most=most,
        dots=tuple(dots),
        strokes=tuple(strokes),
        days=tuple((across(day), day) for day in days),
        names=tuple((named[account], _FORMS[n % len(_FORMS)], n + 1) for n, account in enumerate(accounts)),
    )


def _middle(dot: Dot) -> float:
    return round((dot.top + dot.bottom) / 2, 1)
