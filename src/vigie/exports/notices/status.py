"""The status of watching, printed."""

from __future__ import annotations

from typing import IO

from vigie.exports.notices.values import one_line
from vigie.runs.watching.status import FeedLine, WatchStatus, short


def print_status(found: WatchStatus, stream: IO[str]) -> None:
    """Print feeds, saved filters and channels, each under its heading; what is wrong stands under its line."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)

    def show(headings: tuple[str, ...], rows: list[tuple[str, ...]], problems: list[tuple[str, str]]) -> None:
        if not rows:
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for number, heading in enumerate(headings):
            table.add_column(heading, no_wrap=number > 0, overflow="fold")
        for row in rows:
            table.add_row(*(Text(one_line(cell)) for cell in row))
        with console.capture() as printed:
            console.print(table)
        stream.writelines(f"{line.rstrip()}\n" for line in printed.get().splitlines())
        stream.writelines(f"  {one_line(name)}: {one_line(words)}\n" for name, words in problems)
        stream.write("\n")

    show(
        ("feed", "state", "next poll", "last good", "failures", "reports"),
        [
            (f.name, f.state.replace("_", " "), short(f.next_poll), short(f.last_good), str(f.failures), str(f.reports))
            for f in found.feeds
        ],
        [(f.name, words) for f in found.feeds if (words := _wrong(f))],
    )
    show(
        ("filter", "incidents told of"),
        [(f.name, "not begun" if f.told is None else str(f.told)) for f in found.filters],
        [],
    )
    show(
        ("channel", "waiting", "delivered", "given up", "last delivered"),
        [(c.name, str(c.waiting), str(c.delivered), str(c.given_up), short(c.last_delivered)) for c in found.channels],
        [(c.name, c.problem) for c in found.channels if c.problem],
    )


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
