"""How watching goes: every feed, saved filter and channel, as the store knows them, whether or not a watcher runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from vigie.errors import AddressRefused
from vigie.runs.watching.addresses import taken_apart
from vigie.runs.watching.plan import Plan
from vigie.store.store import Store
from vigie.store.watch_feeds import FeedState
from vigie.store.watch_notices import ChannelState
from vigie.store.watch_times import stamp

State = Literal["new", "ok", "unreadable", "failing", "gone", "not_in_file"]


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed. `state`: `new` was never polled, `unreadable` answers with what cannot be read, `failing` does not
    answer, `gone` says that it is no more, `not_in_file` was polled once and is not asked for now. Times are ISO 8601
    in UTC; `last_good` is when it last answered as it should; `reports` were new to the store; `pages` are still to be
    fetched."""

    name: str
    host: str
    state: State
    next_poll: str | None
    last_poll: str | None
    last_good: str | None
    failures: int
    failing_since: str | None
    http_status: int | None
    problem: str | None
    moved_to: str | None
    polls: int
    reports: int
    pages: int


@dataclass(frozen=True, slots=True)
class FilterLine:
    """A saved filter and how many incidents it has told of; None where it has not begun."""

    name: str
    told: int | None


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A channel in numbers of notices, when it took the last one, and what is wrong with it."""

    name: str
    waiting: int
    delivered: int
    given_up: int
    last_delivered: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class WatchStatus:
    """Everything, by name. `bad` counts feeds and channels that something is wrong with."""

    feeds: tuple[FeedLine, ...]
    filters: tuple[FilterLine, ...] = field(default=())
    channels: tuple[ChannelLine, ...] = field(default=())

    @property
    def bad(self) -> int:
        wrong = [f for f in self.feeds if f.state in ("unreadable", "failing", "gone")]
        return len(wrong) + sum(c.problem is not None for c in self.channels)


def status(store: Store, plan: Plan | None) -> WatchStatus:
    """How watching goes; with a plan, also of what has not been begun yet, in the order of the plan."""
    kept, pages = store.feeds.feeds(), store.feeds.pages_waiting()
    asked = {feed.name: feed.url for feed in plan.feeds} if plan is not None else None
    feeds = []
    for name in dict.fromkeys((*(asked or ()), *kept)):
        known = kept.get(name)
        if asked is not None and known is not None and name in asked and known.url != asked[name]:
            known = None
        url = asked[name] if asked is not None and name in asked else kept[name].url
        feeds.append(_feed(name, url, known, pages.get(name, 0), in_file=asked is None or name in asked))
    told = store.notices.filters()
    filters = [each.name for each in plan.filters] if plan is not None else list(told)
    numbers = store.notices.channels()
    channels = [each.name for each in plan.channels] if plan is not None else []
    return WatchStatus(
        tuple(feeds),
        tuple(FilterLine(name, told.get(name)) for name in filters),
        tuple(_channel(name, numbers.get(name)) for name in dict.fromkeys((*channels, *numbers))),
    )


def _feed(name: str, url: str, known: FeedState | None, pages: int, *, in_file: bool) -> FeedLine:
    try:
        host = taken_apart(url).host
    except AddressRefused:
        host = ""
    if known is None:
        return FeedLine(name, host, "new", None, None, None, 0, None, None, None, None, 0, 0, pages)
    return FeedLine(
        name=name,
        host=host,
        state=_state(known) if in_file else "not_in_file",
        next_poll=stamp(known.due) if in_file else None,
        last_poll=stamp(known.polled_at),
        last_good=stamp(known.fresh_at),
        failures=known.failures,
        failing_since=stamp(known.failing_since),
        http_status=known.status,
        problem=known.problem,
        moved_to=known.moved_to,
        polls=known.polls,
        reports=known.taken,
        pages=pages,
    )


def _state(known: FeedState) -> State:
    if known.failures:
        return "gone" if known.status == 410 else "failing"
    return "unreadable" if known.problem is not None else "ok"


def _channel(name: str, numbers: ChannelState | None) -> ChannelLine:
    if numbers is None:
        return ChannelLine(name, 0, 0, 0, None, None)
    return ChannelLine(
        name, numbers.waiting, numbers.delivered, numbers.given_up, numbers.last_delivered, numbers.problem
    )


def short(time: str | None) -> str:
    """A time of the status for people: "2024-08-01 12:00", a dash for none."""
    return "-" if time is None else dt.datetime.fromisoformat(time).strftime("%Y-%m-%d %H:%M")
