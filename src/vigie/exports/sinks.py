"""Writing a stream of coded reports in one of the output formats."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Protocol

from vigie.exports.jsonlines import json_array, json_line
from vigie.exports.labels import labels
from vigie.model import CodedReport

FORMATS = ("table", "json", "jsonl", "md")


class Sink(Protocol):
    """Writes coded reports as they come."""

    def write(self, reports: Iterable[CodedReport]) -> None: ...


class _Json:
    def __init__(self, stream: IO[str], *, lines: bool) -> None:
        self._stream, self._lines = stream, lines

    def write(self, reports: Iterable[CodedReport]) -> None:
        if self._lines:
            self._stream.writelines(json_line(coded) + "\n" for coded in reports)
        else:
            self._stream.writelines(json_array(reports))


class _Markdown:
    def __init__(self, stream: IO[str], language: str, *, explained: bool) -> None:
        self._stream, self._language, self._explained = stream, language, explained

    def write(self, reports: Iterable[CodedReport]) -> None:
        from vigie.exports.markdown import markdown

        for number, coded in enumerate(reports):
            self._stream.write(
                ("\n" if number else "") + markdown(coded, labels(self._language), explained=self._explained)
            )


class _Terminal:
    def __init__(self, stream: IO[str], language: str, *, explained: bool) -> None:
        self._stream, self._language, self._explained = stream, language, explained

    def write(self, reports: Iterable[CodedReport]) -> None:
        from rich.console import Console

        from vigie.exports.terminal import print_report

        console = Console(file=self._stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
        for coded in reports:
            with console.capture() as printed:
                print_report(coded, labels(self._language), console, explained=self._explained)
            self._stream.writelines(f"{line.rstrip()}\n" for line in printed.get().splitlines())


def sink(format: str, stream: IO[str], language: str, *, explained: bool = False) -> Sink:
    """The writer of a format (one of FORMATS) onto a text stream, with labels in a language.

    Raises KeyError for another format.
    """
    if format in ("json", "jsonl"):
        return _Json(stream, lines=format == "jsonl")
    if format == "md":
        return _Markdown(stream, language, explained=explained)
    if format == "table":
        return _Terminal(stream, language, explained=explained)
    raise KeyError(format)
