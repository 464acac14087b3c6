"""The status of watching, printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

from vigie.exports.notices.values import one_line
from vigie.exports.tables import Column, console_on, print_table
from vigie.runs.watching.status import FeedLine, WatchStatus, short


def print_status(found: WatchStatus, stream: IO[str]) -> None:
    """Print feeds, saved filters and channels, each under its heading; what is wrong stands under its lines."""
    feeds = [
        (f.name, f.state.replace("_", " "), short(f.next_poll), short(f.last_good), str(f.failures), str(f.reports))
        for f in found.feeds
    ]
    of_feeds = ("feed", "state", "next poll", "last good", "failures", "reports")
    _section(of_feeds, feeds, [(f.name, _wrong(f)) for f in found.feeds], stream)
    filters = [(f.name, "not begun" if f.told is None else str(f.told)) for f in found.filters]
    _section(("filter", "incidents told of"), filters, [], stream)
    channels = [
        (c.name, str(c.waiting), str(c.delivered), str(c.given_up), short(c.last_delivered)) for c in found.channels
    ]
    of_channels = ("channel", "waiting", "delivered", "given up", "last delivered")
    _section(of_channels, channels, [(c.name, c.problem) for c in found.channels], stream)


def _section(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    problems: Iterable[tuple[str, str | None]],
    stream: IO[str],
) -> None:
    if not rows:
        return
    columns = [Column(heading, kept=number > 0) for number, heading in enumerate(headings)]
    print_table(columns, ([one_line(cell) for cell in row] for row in rows), console_on(stream))
    stream.writelines(f"  {one_line(name)}: {one_line(words)}\n" for name, words in problems if words)
    stream.write("\n")


def _wrong(feed: FeedLine) -> str:
    parts = []
    if feed.problem:
        since = f", since {short(feed.failing_since)} UTC" if feed.failing_since else ""
        parts.append(feed.problem + since)
    if feed.moved_to:
        parts.append(f"has moved for good to {feed.moved_to}: change the file")
    if feed.pages:
        parts.append(f"{feed.pages} pages still to be fetched")
    return "; ".join(parts)
