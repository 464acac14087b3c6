"""The corpus of hand-coded reports (corpus/): its shape, how it is read, and its faults.

    tools/corpus.py check [FOLDER]      validate every file; exit code 1 with what is wrong
    tools/corpus.py count [FOLDER]      what there is, as the tables of the data card
    tools/corpus.py agreement [FOLDER]  how far the second coding agrees with the first, as in `vigie agreement`
    tools/corpus.py card [FOLDER]       write both into FOLDER/README.md, between its marks
    tools/corpus.py standoff GOLD RAW   hand codings of texts that stay elsewhere, as offsets without a word of the text

`corpus/reports/*.jsonl` holds texts written for the project with their coding; `corpus/standoff/*.jsonl` holds codings
of open-licence texts that are not in the project: character offsets into title, a line break and text, and the SHA-256
of that, so that a coding is never read over another text. `corpus/second/*.jsonl` holds a second coding of some of the
reports, made without sight of the first: lines by id, without the text.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from corpus_figures import tables
from vigie.evaluation.agreement import Agreement, agreement
from vigie.evaluation.door import GoldLine
from vigie.evaluation.printing import print_agreement
from vigie.evaluation.sheets import Sheet
from vigie.model import Report, ReportedDate
from vigie.readers.published import read_published
from vigie.readers.reports import make_report

CORPUS = Path(__file__).parent.parent / "corpus"
# Keys of a coding by hand that are compared; the corpus says more (triggers, words, cues).
_INCIDENT = ("type", "period", "date", "place", "weapons", "killed", "injured", "attackers_killed", "actors",
             "responsibility", "targets", "sources")  # fmt: skip
_DATE = ("start", "end", "basis")
_PLACE = ("name", "country")
_BOUNDS = ("lower", "upper")
_SOURCE = ("name", "terms", "quote")


@dataclass(frozen=True, slots=True)
class CodedByHand:
    """One report with its coding, and where in the corpus it belongs. part: "train" or "test". screening: the
    screening may be trained on it (see splits.yaml)."""

    report: Report
    sheet: Sheet
    part: str
    style: str
    theatre: str
    screening: bool = True


class CorpusFault(Exception):
    """A file of the corpus is not what it should be; the message names file, line and field."""


def read_corpus(folder: Path = CORPUS) -> Iterator[CodedByHand]:
    """Every report of `folder`/reports with its coding. Raises CorpusFault at the first that is wrong."""
    splits = yaml.safe_load((folder / "splits.yaml").read_text("utf-8"))
    for path in sorted((folder / "reports").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            where = f"{path.name}:{number} ({row.get('id')})"
            test = row["theatre"] in splits["test_theatres"] or row["style"] in splits["test_styles"]
            report = report_of(row)
            part = "test" if test else "train"
            screening = path.stem in splits["screening_files"]
            yield CodedByHand(report, _sheet(row, where), part, row["style"], row["theatre"], screening)


def read_rows(folder: Path = CORPUS) -> Iterator[tuple[dict[str, Any], str]]:
    """Every line of `folder`/reports as it stands, with its part ("train" or "test")."""
    for coded, line in zip(read_corpus(folder), _report_lines(folder), strict=True):
        yield json.loads(line), coded.part


def _report_lines(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "reports").glob("*.jsonl")):
        yield from path.read_text("utf-8").splitlines()


def read_second(folder: Path = CORPUS) -> Iterator[tuple[Sheet, Sheet]]:
    """The first and the second coding of every report that has two.

    Raises CorpusFault where a line of the second coding is no coding of a report of the corpus: an id that is not
    there or stands twice, a name or a word that is not in the report's text, a field that is not as it should be.
    """
    first = {row["id"]: row for row, _ in read_rows(folder)}
    seen: set[str] = set()
    for path in sorted((folder / "second").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            where = f"{path.name}:{number} ({row.get('id')})"
            if row["id"] not in first or row["id"] in seen:
                raise CorpusFault(f"{where}: {'coded twice here' if row['id'] in seen else 'no report has this id'}")
            seen.add(row["id"])
            strange = words_not_in(row, _whole(first[row["id"]]))
            if strange:
                raise CorpusFault(f"{where}: {strange[0]!r} is not in the text")
            yield _sheet(first[row["id"]], f"reports ({row['id']})"), _sheet(row, where)


def words_not_in(row: dict[str, Any], whole: str) -> list[str]:
    """The names and words of a coding that do not stand in the text as they are."""
    words = [s["name"] for s in row["sources"]]
    for incident in row["incidents"]:
        words += [*incident["triggers"], *(incident.get("actors") or []), *(incident.get("targets") or [])]
        words += [place["name"] for key in ("place", "launch_place") if (place := incident.get(key)) and place["name"]]
    return [word for word in words if word not in whole]


def second_agreement(folder: Path = CORPUS) -> Agreement:
    """How far the second coding agrees with the first, over the reports that have both. Raises CorpusFault."""
    first, second = zip(*read_second(folder), strict=True)
    return agreement(first, second)


_MARKED = re.compile(r"(<!-- (?P<what>count|agreement) -->\n).*?(<!-- end -->\n)", re.DOTALL)


def card(text: str, folder: Path = CORPUS) -> str:
    """The data card with the figures as they are now between its marks."""
    return _MARKED.sub(lambda m: f"{m[1]}\n{_FIGURES[m['what']](folder)}\n\n{m[3]}", text)


def _agreement_table(folder: Path) -> str:
    printed = io.StringIO()
    print_agreement(second_agreement(folder), printed, format="md", language="en")
    return printed.getvalue().split("\n", 1)[1].strip()  # without its heading: the data card has its own


_FIGURES = {"count": lambda folder: tables(list(read_rows(folder))), "agreement": _agreement_table}


def read_standoff(path: Path, texts: dict[str, dict[str, Any]]) -> Iterator[CodedByHand]:
    """Codings of `texts` (raw reports by id) that stand in `path` as offsets. A report whose text is not there or is
    another is left out."""
    for text, coding, part in standoff_rows(path, texts):
        sheet = _sheet({"id": text["id"], **coding}, f"{path.name} ({text['id']})")
        yield CodedByHand(report_of(text), sheet, part, "news", "any")


def standoff_rows(path: Path, texts: dict[str, dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """The text, the coding with its words and the part ("train" or "test") of each of these codings."""
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        text = texts.get(row["id"])
        if text is not None and hashlib.sha256(_whole(text).encode()).hexdigest() == row["sha256"]:
            yield text, _with_words(row["coding"], _whole(text)), row["part"]


def read_gold(reports: Path, gold: Path, part: str = "train") -> Iterator[CodedByHand]:
    """Reports as JSON Lines with their coding in another file (samples, ../shared/gold)."""
    rows = {r["id"]: r for r in map(json.loads, reports.read_text("utf-8").splitlines())}
    for number, line in enumerate(gold.read_text("utf-8").splitlines(), 1):
        coding = json.loads(line)
        if coding["id"] in rows:
            sheet = _sheet(coding, f"{gold.name}:{number}")
            yield CodedByHand(report_of(rows[coding["id"]]), sheet, part, "gold", "any")


def report_of(row: dict[str, Any]) -> Report:
    text = row["text"]
    return make_report(
        text.encode(), text, id=row["id"], title=row.get("title"), language=row.get("lang") or row["id"][:2],
        outlet=row.get("outlet"), published=_published(row.get("published")),
    )  # fmt: skip


def _published(day: str | None) -> ReportedDate | None:
    return read_published(day) if day else None


def _sheet(row: dict[str, Any], where: str) -> Sheet:
    try:
        return GoldLine.model_validate(_cut(row)).sheet()
    except ValidationError as error:
        raise CorpusFault(f"{where}: {error}") from error


def _cut(row: dict[str, Any]) -> dict[str, Any]:
    """Only what is compared."""

    def keep(value: dict[str, Any] | None, keys: tuple[str, ...]) -> dict[str, Any] | None:
        return None if value is None else {k: value[k] for k in keys if value.get(k) is not None}

    incidents = []
    for incident in row.get("incidents") or []:
        one = {k: incident.get(k) for k in _INCIDENT if incident.get(k) is not None}
        for key, keys in (("date", _DATE), ("place", _PLACE), ("killed", _BOUNDS), ("injured", _BOUNDS),
                          ("attackers_killed", _BOUNDS)):  # fmt: skip
            if key in one:
                one[key] = keep(one[key], keys)
        one["weapons"] = [keep(w, ("kind", *_BOUNDS)) for w in incident.get("weapons") or []]
        incidents.append(one)
    return {
        "id": row["id"],
        "sources": [keep(s, _SOURCE) for s in row.get("sources") or []],
        "incidents": incidents,
        "tallies": [keep(t, ("what", *_BOUNDS, "since", "text")) for t in row.get("tallies") or []],
    }


def _whole(row: dict[str, Any]) -> str:
    return f"{row.get('title') or ''}\n{row['text']}"


def _with_offsets(coding: Any, whole: str, where: str) -> Any:
    """A coding with every stretch of the text as [start, end]."""
    if isinstance(coding, dict):
        return {k: _as_span(v, whole, f"{where}.{k}") if k in _WORDS else _with_offsets(v, whole, f"{where}.{k}")
                for k, v in coding.items()}  # fmt: skip
    if isinstance(coding, list):
        return [_with_offsets(v, whole, where) for v in coding]
    return coding


# Keys whose values are words of the text; "actors" and "targets" are lists of them.
_WORDS = frozenset({"name", "quote", "text", "trigger", "triggers", "killed_text", "injured_text", "actors", "targets"})


def _as_span(value: Any, whole: str, where: str) -> Any:
    if isinstance(value, list):
        return [_as_span(v, whole, where) for v in value]
    if isinstance(value, dict):
        return _with_offsets(value, whole, where)
    if value is None:
        return None
    start = whole.find(value)
    if start < 0:
        raise CorpusFault(f"{where}: {value!r} is not in the text")
    return [start, start + len(value)]


def _with_words(coding: Any, whole: str) -> Any:
    if isinstance(coding, dict):
        return {k: _as_words(v, whole) if k in _WORDS else _with_words(v, whole) for k, v in coding.items()}
    if isinstance(coding, list):
        return [_with_words(v, whole) for v in coding]
    return coding


def _as_words(value: Any, whole: str) -> Any:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value):
        return whole[value[0] : value[1]]
    if isinstance(value, list):
        return [_as_words(v, whole) for v in value]
    return _with_words(value, whole) if isinstance(value, dict) else value


def make_standoff(gold: Path, raw: Path, test_every: int = 3) -> Iterator[str]:
    """JSON lines of standoff codings; one report in `test_every`, by the hash of its id, goes to the test part."""
    texts = {r["id"]: r for r in map(json.loads, raw.read_text("utf-8").splitlines())}
    for line in gold.read_text("utf-8").splitlines():
        coding = json.loads(line)
        id, whole = coding.pop("id"), _whole(texts[json.loads(line)["id"]])
        for tally in coding.get("tallies", []):
            tally.pop("what", None)
        part = "test" if int(hashlib.sha256(id.encode()).hexdigest(), 16) % test_every == 0 else "train"
        row = {"id": id, "sha256": hashlib.sha256(whole.encode()).hexdigest(), "part": part,
               "coding": _with_offsets(coding, whole, id)}  # fmt: skip
        yield json.dumps(row, ensure_ascii=False)


def _checked(folder: Path) -> str:
    """Every file read to its end. Raises CorpusFault with what is wrong, a line each."""
    rows = list(read_rows(folder))
    strange = [
        f"{row['id']}: {word!r} is not in the text" for row, _ in rows for word in words_not_in(row, _whole(row))
    ]
    if strange:
        raise CorpusFault("\n".join(strange))
    return f"{len(rows)} reports, {len(list(read_second(folder)))} of them coded twice: no fault"


def main() -> int:
    """Run one of the commands of the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("check", "count", "agreement", "card", "standoff"))
    parser.add_argument("paths", nargs="*", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "standoff":
        for line in make_standoff(*arguments.paths):
            print(line)
        return 0
    folder = arguments.paths[0] if arguments.paths else CORPUS
    try:
        if arguments.command == "check":
            print(_checked(folder))
        elif arguments.command == "card":
            readme = folder / "README.md"
            readme.write_text(card(readme.read_text("utf-8"), folder), "utf-8")
        else:
            print(_FIGURES[arguments.command](folder))
    except CorpusFault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
