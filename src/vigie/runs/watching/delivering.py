"""From what has changed in the store to those who want to know: notices are put down, then handed to their channels.

Putting down is one transaction with the note of what was told; handing over is noted afterwards. A notice is therefore
handed over at least once, and again, under the same key, only where the process was killed in between, or where a
channel had taken it and the answer was lost.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

from vigie.errors import DeliveryFailed
from vigie.record.sources import Sources
from vigie.runs.watching import schedule
from vigie.runs.watching.channels import Delivery, mail, webhook
from vigie.runs.watching.config_filters import lately, meant
from vigie.runs.watching.means import Means
from vigie.runs.watching.plan import Channel, Mail, Printing, SavedFilter, Webhook
from vigie.runs.watching.telling import Telling
from vigie.store.watch_notices import Question, Waiting
from vigie.store.watch_times import moment

_TOGETHER = 200  # notices that a channel is given at once


class Delivering:
    """Tells of changes over the channels of a plan. `failed` holds the channels whose last delivery in this run went
    wrong; `told` counts the notices that were put down."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._busy: set[str] = set()
        kept = means.store.notices.channels()
        self._sent = {name: moment(kept[name].last_delivered) for name in kept}
        self._first = True
        self.failed: set[str] = set()
        self.told = 0

    @property
    def busy(self) -> bool:
        """Whether notices are on their way."""
        return bool(self._busy)

    def tell(self) -> None:
        """Put down what there is to be told of changes since the last time."""
        now = self._means.now()
        if self._first:
            self._means.store.notices.clear(now)
            self._first = False
        for saved in self._means.plan.filters:
            self._tell(saved, now)

    def deliver(self) -> None:
        """Hand what is due to the channels that are free."""
        for channel in self._means.plan.channels:
            if channel.name not in self._busy and self._gathered(channel):
                waiting = self._means.store.notices.waiting(channel.name, self._means.now(), _TOGETHER)
                if waiting:
                    self._hand(channel, waiting)

    def next_due(self) -> dt.datetime | None:
        """When there is something to be handed over, apart from what is on its way."""
        times = []
        for channel in self._means.plan.channels:
            due = self._means.store.notices.next_due(channel.name) if channel.name not in self._busy else None
            if due is not None:
                times.append(max(due, self._free(channel) or due))
        return min(times, default=None)

    # --- telling ------------------------------------------------------------------------------------------------------

    def _tell(self, saved: SavedFilter, now: dt.datetime) -> None:
        store, telling = self._means.store, Telling(saved, now)
        if store.notices.idle(saved.name, _digest(saved)):
            return
        question = self._question(saved, now)
        while not self._means.workers.stopped and not store.notices.begin(question, telling):
            pass
        while not self._means.workers.stopped:
            notices = store.notices.tell(question, telling, now)
            if notices is None:
                return
            self.told += len(notices)

    def _question(self, saved: SavedFilter, now: dt.datetime) -> Question:
        wanted = meant(saved.wanted, self._sources)
        return Question(
            name=saved.name,
            digest=_digest(saved),
            wanted=wanted,
            fresh=lately(wanted, saved.within, now),
            existing=saved.existing,
            channels=saved.channels,
        )

    def _sources(self) -> Sources:
        with self._means.store.inquiry() as inquiry:
            return inquiry.sources

    # --- delivering ---------------------------------------------------------------------------------------------------

    def _free(self, channel: Channel) -> dt.datetime | None:
        """From when on a channel that gathers may be used again."""
        sent = self._sent.get(channel.name)
        return sent + channel.every if isinstance(channel, Mail) and sent is not None else None

    def _gathered(self, channel: Channel) -> bool:
        free = self._free(channel)
        return free is None or free <= self._means.now()

    def _hand(self, channel: Channel, waiting: Sequence[Waiting]) -> None:
        self._busy.add(channel.name)
        if isinstance(channel, Printing):
            self._means.show([each.notice for each in waiting], channel.language)
            self._handed(channel, Delivery(taken=tuple(waiting)))
            return
        self._means.workers.start(self._job(channel, waiting), lambda delivery: self._handed(channel, delivery))

    def _job(self, channel: Mail | Webhook, waiting: Sequence[Waiting]) -> Callable[[], Delivery]:
        means = self._means
        batch = means.store.notices.bind(waiting) if isinstance(channel, Mail) else ""

        def job() -> Delivery:
            try:
                if isinstance(channel, Webhook):
                    return webhook.deliver(channel, waiting, means.fetcher.post, means.wording, means.now)
                return mail.deliver(channel, waiting, batch, means.guard, means.wording, means.now(), means.tls)
            except Exception as error:  # whatever it was, it must not take the watcher with it
                reason = f"a fault in vigie: {type(error).__name__}: {error}"
                return Delivery(tried=tuple(waiting), failure=DeliveryFailed(reason))

        return job

    def _handed(self, channel: Channel, delivery: Delivery) -> None:
        """Note what became of notices."""
        self._busy.discard(channel.name)
        notices, now = self._means.store.notices, self._means.now()
        if delivery.taken:
            notices.delivered(delivery.taken, now)
            self._sent[channel.name] = now
            self.failed.discard(channel.name)
        for each, reason in delivery.refused:
            notices.failed([each], reason, None, now)
            self._complain(channel, f"notice {each.notice.key} given up: {reason}")
        if delivery.failure is not None and not isinstance(channel, Printing):
            self._put_off(channel, delivery.tried, delivery.failure, now)

    def _put_off(
        self, channel: Mail | Webhook, tried: Sequence[Waiting], failure: DeliveryFailed, now: dt.datetime
    ) -> None:
        attempts = max(each.attempts for each in tried) + 1
        wait = schedule.after_refusal(channel.name, attempts, self._means.plan.polling, self._means.seed, failure.wait)
        spent = [each for each in tried if each.attempts + 1 >= channel.attempts]
        left = [each for each in tried if each.attempts + 1 < channel.attempts]
        if spent:
            self._means.store.notices.failed(spent, failure.reason, None, now)
            self._complain(channel, f"{len(spent)} notices given up after {attempts} attempts: {failure.reason}")
        if left:
            self._means.store.notices.failed(left, failure.reason, now + wait, now)
            self._complain(channel, f"{failure.reason} (next attempt {now + wait:%Y-%m-%d %H:%M} UTC)")

    def _complain(self, channel: Channel, words: str) -> None:
        self.failed.add(channel.name)
        self._means.say(f"channel {channel.name!r}: {words}")


def _digest(saved: SavedFilter) -> str:
    """Changes with what a filter wants, and with nothing else of it."""
    return hashlib.sha256(repr(saved.wanted).encode()).hexdigest()[:32]
