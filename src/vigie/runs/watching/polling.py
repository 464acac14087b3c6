"""Feeds and the pages that their entries lead to: what is due is fetched, read and taken into the store.

What is known of a feed is kept only after everything that it held is in the store, or noted there as a page to be
fetched: whenever the process is killed, the next one asks for the same again, and nothing is missed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from vigie.errors import AddressRefused, FetchFailed
from vigie.runs.batch import Input
from vigie.runs.watching import schedule
from vigie.runs.watching.addresses import taken_apart
from vigie.runs.watching.fetching import Answer, Wish
from vigie.runs.watching.means import Means
from vigie.runs.watching.plan import Feed
from vigie.runs.watching.reading import read_answer, read_page
from vigie.runs.watching.robots import Robots
from vigie.store.watch_feeds import FeedState, HostState, PageState

_PAGES = 20  # pages of one feed that are looked at together
_PAGE_INTERVAL = dt.timedelta(minutes=5)
_PAGE_FAILURES = 4  # after so many an entry is taken in without its page
_NO_PAGE = frozenset((401, 402, 403, 404, 410, 451))
_ROBOTS_KEPT = dt.timedelta(hours=24)
_ROBOTS_FAILED = dt.timedelta(hours=1)

_AT_ONCE = dt.datetime.fromtimestamp(0, dt.UTC)

Outcome = Answer | FetchFailed | AddressRefused


class _Due(NamedTuple):
    """Something to be asked of a host: since when, and how it is begun. `fresh`: it has not failed before."""

    at: dt.datetime
    host: str
    start: Callable[[], None]
    fresh: bool = False


class Poller:
    """Polls the feeds of a plan. `failed` holds the feeds whose last poll in this run went wrong; `taken` counts the
    reports that were new."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._feeds = {feed.name: feed for feed in means.plan.feeds}
        self._states = self._known()
        self._hosts = means.store.feeds.hosts()
        self._pages: list[PageState] | None = None
        self._robots: dict[str, tuple[Robots | None, dt.datetime]] = {}
        self._busy: set[str] = set()
        self._settled = False
        self.failed: set[str] = set()
        self.taken = 0

    @property
    def busy(self) -> bool:
        """Whether somebody is being asked."""
        return bool(self._busy)

    def start_due(self) -> bool:
        """Ask whom it is time to ask: one question a host at a time, and so many hosts at once. Whether something was
        settled without asking."""
        now = self._means.now()
        self._settled = False
        for each in sorted(self._due(), key=lambda due: due.at):
            if len(self._busy) >= self._means.plan.polling.at_once:
                break
            if each.host not in self._busy and self._when(each) <= now:
                self._busy.add(each.host)
                each.start()
        return self._settled

    def next_due(self, horizon: dt.datetime | None = None) -> dt.datetime | None:
        """When somebody is to be asked next, apart from those who are being asked. With a `horizon`, only of what was
        due by then, or has come up since and not failed, and not of hosts that want to be left alone."""
        waiting = [each for each in self._due() if each.host not in self._busy]
        if horizon is not None:
            waiting = [each for each in waiting if (each.fresh or each.at <= horizon) and not self._shut(each.host)]
        return min((self._when(each) for each in waiting), default=None)

    # --- what is due --------------------------------------------------------------------------------------------------

    def _known(self) -> dict[str, FeedState]:
        """The states of the feeds in the plan; one that is new, or has another address, comes before all others."""
        kept = self._means.store.feeds.feeds()
        states = {}
        for name, feed in self._feeds.items():
            state = kept.get(name)
            if state is None or state.url != feed.url:
                state = FeedState(name, feed.url, _AT_ONCE)
            elif state.polled_at is not None and not state.failures:  # the interval may be shorter now
                longest = feed.interval * (1 + self._means.plan.polling.jitter)
                state = dataclasses.replace(state, due=min(state.due, state.polled_at + longest))
            states[name] = state
        return states

    def _due(self) -> Iterator[_Due]:
        for name, feed in self._feeds.items():
            yield _Due(self._states[name].due, taken_apart(feed.url).host, partial(self._poll, feed))
        if self._pages is None:
            self._pages = self._means.store.feeds.pages(_PAGES)
        for page in self._pages:
            yield self._due_page(page)

    def _due_page(self, page: PageState) -> _Due:
        fresh = page.failures == 0
        try:
            address = taken_apart(page.url)
        except AddressRefused as error:
            return _Due(page.due, "", partial(self._came, page, "", error), fresh)
        site = f"{address.scheme}://{address.url.netloc.decode('ascii')}"
        known = self._robots.get(site)
        if known is None or known[1] <= self._means.now():
            return _Due(page.due, address.host, partial(self._ask_robots, site, address.host), fresh)
        return _Due(page.due, address.host, partial(self._fetch, page, address.host, known[0]), fresh)

    def _when(self, due: _Due) -> dt.datetime:
        free = schedule.host_free(due.host, self._hosts, self._means.plan.polling.host_interval)
        return max(due.at, free)

    def _shut(self, host: str) -> bool:
        state = self._hosts.get(host)
        return state is not None and state.not_before is not None and state.not_before > self._means.now()

    def _ask(self, wish: Wish, then: Callable[[Outcome], None]) -> None:
        def job() -> Outcome:
            try:
                return self._means.fetcher.get(wish)
            except (FetchFailed, AddressRefused) as error:
                return error
            except Exception as error:  # whatever it was, it must not take the watcher with it
                return FetchFailed(f"a fault in vigie: {type(error).__name__}: {error}")

        self._means.workers.start(job, then)

    def _asked(self, host: str, outcome: Outcome) -> HostState:
        """Note that a host has been asked."""
        self._busy.discard(host)
        status = outcome.status if isinstance(outcome, Answer | FetchFailed) else None
        wait = outcome.wait if isinstance(outcome, FetchFailed) else None
        self._hosts[host] = schedule.host_after(host, self._means.now(), status, wait)
        return self._hosts[host]

    # --- feeds --------------------------------------------------------------------------------------------------------

    def _poll(self, feed: Feed) -> None:
        state = self._states[feed.name]
        wish = Wish(feed.url, state.etag, state.modified, feed.credentials)
        self._ask(wish, lambda outcome: self._polled(feed, outcome))

    def _polled(self, feed: Feed, outcome: Outcome) -> None:
        host = self._asked(taken_apart(feed.url).host, outcome)
        if not isinstance(outcome, Answer):
            self._keep(feed, self._after_failure(feed, outcome), host)
            return
        state = self._after_answer(feed, outcome)
        if not outcome.fresh:
            self._keep(feed, state, host)
            return
        read = read_answer(outcome, feed, self._means.now())
        if read.digest == state.digest:
            self._keep(feed, dataclasses.replace(state, etag=outcome.etag, modified=outcome.modified), host)
            return
        known = self._means.store.feeds.pages_known(feed.name, [page.entry.id for page in read.pages])
        pages = [page for page in read.pages if page.entry.id not in known]
        taken = self._take_in(read.inputs)
        if taken is None:
            return
        if read.problem is not None and not read.pages:
            now = self._means.now()
            state = dataclasses.replace(
                state, fresh_at=self._states[feed.name].fresh_at, problem=read.problem, etag=None, modified=None,
                digest=None, failing_since=self._states[feed.name].failing_since or now,
            )  # fmt: skip
        else:
            state = dataclasses.replace(
                state, etag=outcome.etag, modified=outcome.modified, digest=read.digest, taken=state.taken + taken
            )
        self._keep(feed, state, host, pages)

    def _keep(self, feed: Feed, state: FeedState, host: HostState, pages: Iterable[PageState] = ()) -> None:
        before = self._states[feed.name]
        self._means.store.feeds.keep(state, host, pages)
        self._states[feed.name], self._pages = state, None
        (self.failed.add if state.problem is not None else self.failed.discard)(feed.name)
        if state.problem is not None and state.problem != before.problem:
            self._means.say(f"feed {feed.name!r}: {state.problem} (next poll {state.due:%Y-%m-%d %H:%M} UTC)")
        elif state.problem is None and before.problem is not None:
            self._means.say(f"feed {feed.name!r}: answers again")
        if state.moved_to is not None and state.moved_to != before.moved_to:
            self._means.say(f"feed {feed.name!r}: has moved for good to {state.moved_to}: change the file")

    def _after_answer(self, feed: Feed, answer: Answer) -> FeedState:
        state, now = self._states[feed.name], self._means.now()
        polls = state.polls + 1
        wait = schedule.after_success(feed.name, polls, feed.interval, self._means.plan.polling, self._means.seed)
        return dataclasses.replace(
            state, due=now + wait, polls=polls, polled_at=now, fresh_at=now, failures=0, failing_since=None,
            status=answer.status, problem=None, moved_to=answer.moved_to,
        )  # fmt: skip

    def _after_failure(self, feed: Feed, error: FetchFailed | AddressRefused) -> FeedState:
        state, now = self._states[feed.name], self._means.now()
        status, asked = (error.status, error.wait) if isinstance(error, FetchFailed) else (None, None)
        polls, failures = state.polls + 1, state.failures + 1
        wait = schedule.after_failure(
            feed.name, polls, failures, feed.interval, self._means.plan.polling, self._means.seed,
            status=status, wait=asked,
        )  # fmt: skip
        return dataclasses.replace(
            state, due=now + wait, polls=polls, polled_at=now, failures=failures,
            failing_since=state.failing_since or now, status=status, problem=str(error),
        )  # fmt: skip

    def _take_in(self, inputs: Iterable[Input]) -> int | None:
        """Take inputs into the store; how many were new, None where it was time to finish before all were in."""
        summary = self._means.take_in(self._until_stopped(inputs))
        self.taken += summary.new
        return None if self._means.workers.stopped else summary.new

    def _until_stopped(self, inputs: Iterable[Input]) -> Iterator[Input]:
        for each in inputs:
            if self._means.workers.stopped:
                return
            yield each

    # --- pages --------------------------------------------------------------------------------------------------------

    def _ask_robots(self, site: str, host: str) -> None:
        def then(outcome: Outcome) -> None:
            self._means.store.feeds.keep_host(self._asked(host, outcome))
            status = outcome.status if isinstance(outcome, Answer | FetchFailed) else None
            now = self._means.now()
            if isinstance(outcome, Answer):
                self._robots[site] = Robots(outcome.body), now + _ROBOTS_KEPT
            elif isinstance(outcome, AddressRefused) or (status is not None and 400 <= status < 500 and status != 429):
                # There is none (RFC 9309, 2.3.1.3); or the page itself will be refused.
                self._robots[site] = Robots(), now + _ROBOTS_KEPT
            else:
                self._robots[site] = None, now + _ROBOTS_FAILED  # nothing is fetched until it can be had (2.3.1.4)

        self._ask(Wish(f"{site}/robots.txt"), then)

    def _fetch(self, page: PageState, host: str, robots: Robots | None) -> None:
        if robots is None:
            self._came(page, host, FetchFailed("the site's robots.txt cannot be had"))
        elif not robots.let(page.url):
            self._came(page, host, AddressRefused(page.url.split("?")[0], "the site's robots.txt does not let it"))
        else:
            self._ask(Wish(page.url), lambda outcome: self._came(page, host, outcome, self._asked(host, outcome)))

    def _came(self, page: PageState, host: str, outcome: Outcome, asked: HostState | None = None) -> None:
        """Take a page in, or its entry where there will be no page; else put it off."""
        self._busy.discard(host)
        self._pages, self._settled = None, True
        feed = self._feeds.get(page.feed)
        if isinstance(outcome, Answer) and outcome.fresh:
            found = read_page(outcome, page, self._means.now())
        elif feed is None or self._no_page(page, outcome):
            found = Input(page.url, page.entry)
        else:
            self._means.store.feeds.page_failed(self._put_off(page, outcome), asked)
            return
        if self._take_in([found]) is not None:
            self._means.store.feeds.page_done(page, asked)

    def _no_page(self, page: PageState, outcome: Outcome) -> bool:
        if isinstance(outcome, Answer | AddressRefused):
            return True
        return outcome.status in _NO_PAGE or page.failures + 1 >= _PAGE_FAILURES

    def _put_off(self, page: PageState, outcome: Outcome) -> PageState:
        failures = page.failures + 1
        wait = schedule.after_failure(
            f"{page.feed} {page.url}", failures, failures, _PAGE_INTERVAL, self._means.plan.polling, self._means.seed,
            wait=outcome.wait if isinstance(outcome, FetchFailed) else None,
        )  # fmt: skip
        return dataclasses.replace(page, due=self._means.now() + wait, failures=failures, problem=str(outcome))
