"""Reading files of codings, JSON Lines of one report each, with every fault of a file in one message."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from vigie.errors import SheetError
from vigie.evaluation.door import CodedLine, GoldLine
from vigie.evaluation.sheets import Sheet
from vigie.model import CodedReport
from vigie.model.coded import SCHEMA
from vigie.model.contract import coded_report_json

_NO_FIELD = "there is no such field"
_LIST_OF = "it is none of: "
# What is said of a value by the kind of its fault.
_IS = {
    "string_pattern_mismatch": "is no country: write two capital letters (ISO 3166-1)",
    "model_type": "is no object",
    "model_attributes_type": "is no object",
    "list_type": "is no list",
    "int_type": "is no whole number",
    "string_type": "is no text",
    "string_too_short": "is empty",
    "greater_than_equal": "is less than nothing",
}


def read_gold(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a hand coding, in the order of the file. A line may also be a coded report (as `vigie code` gives
    it) that a person has put right.

    Raises SheetError naming line, report and field of everything that is wrong, OSError where it cannot be read.
    """
    return tuple(_read(path, hand=True))


def read_coded(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a machine's coding in the order of the file, maybe none. Raises as `read_gold` does."""
    return tuple(_read(path, hand=False))


def sheet_of(coded: CodedReport) -> Sheet:
    """A report just coded as a sheet."""
    return CodedLine.model_validate(coded_report_json(coded)).sheet()


def _read(path: Path, *, hand: bool) -> Iterator[Sheet]:
    problems: list[str] = []
    sheets: dict[str, Sheet] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.append(f"{where}: not JSON: {error}")
            continue
        if not isinstance(record, dict):
            problems.append(f"{where}: not an object; each line codes one report")
            continue
        model: type[GoldLine] | type[CodedLine] = GoldLine if hand and record.get("schema") != SCHEMA else CodedLine
        try:
            sheet = model.model_validate(record).sheet()
        except ValidationError as error:
            name = _id(record)
            problems += [f"{where}{name}: {_told(detail, model, record)}" for detail in error.errors()]
            continue
        if sheet.id in sheets:
            problems.append(f"{where} ({sheet.id}): this report is coded twice; keep one line of each")
        sheets[sheet.id] = sheet
    if problems:
        raise SheetError(problems)
    if hand and not sheets:  # a machine may have coded nothing
        raise SheetError([f"{path}: there is no coding in it"])
    yield from sheets.values()


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file. Raises SheetError where it is not UTF-8."""
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        try:
            yield from stream
        except UnicodeDecodeError as error:
            raise SheetError([f"{path}: not UTF-8 ({error.reason} at byte {error.start})"]) from error


def _id(record: Mapping[str, Any]) -> str:
    head = record.get("report")
    id = head.get("id") if isinstance(head, dict) else record.get("id")
    return f" ({id})" if isinstance(id, str) and id else ""


def _told(detail: ErrorDetails, model: type[BaseModel], record: object) -> str:
    """One fault in words: the field as a path, what is wrong with it."""
    path = [part for part in detail["loc"] if not _is_step(part, record)]
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    return f"{field}: {_reason(detail, model)}" if field else _reason(detail, model)


def _is_step(part: int | str, record: object) -> bool:
    """A part of pydantic's path that names one of its own steps and no field."""
    return isinstance(part, str) and ("function-" in part or part in {"str", "int"})


def _reason(detail: ErrorDetails, model: type[BaseModel]) -> str:
    kind, given = detail["type"], detail["input"]
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(detail["loc"][-1]), _fields(model), 1)
        return _NO_FIELD + (f" (is it {near[0]!r}?)" if near else "")
    if kind == "literal_error":
        wanted = str(detail.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        return f"{_short(given)}: {_LIST_OF}{wanted}"
    if kind == "value_error":
        return str(detail.get("ctx", {}).get("error", detail["msg"]))
    if kind == "too_long":
        return f"more than {detail.get('ctx', {}).get('max_length')} are given"
    return f"{_short(given)} {_IS.get(kind, 'is wrong: ' + detail['msg'].lower())}"


def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of all fields of a model and of the models inside it."""
    schema = model.model_json_schema()
    parts = (schema, *schema.get("$defs", {}).values())
    return tuple(dict.fromkeys(name for part in parts for name in part.get("properties", {})))


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}…"


def by_id(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Sheets by the id of their report."""
    return {sheet.id: sheet for sheet in sheets}
