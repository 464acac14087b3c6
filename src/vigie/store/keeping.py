"""Taking reports in: bytes, text, what they came with and how they were coded. All of it is only ever added to."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Select, Table, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from vigie.language.folding import fold
from vigie.model import CodedReport, Report
from vigie.model.contract import coded_report_json, plain
from vigie.model.decoding import coded_report, report_from
from vigie.readers import Rejected
from vigie.store import schema as s
from vigie.store.many import chosen

MAX_INCIDENTS = 1 << 12
"""Incidents of one report: more is a fault of a coder, and members are numbered within this."""

Arrived = Literal["new", "recoded", "known"]


@dataclasses.dataclass(frozen=True, slots=True)
class Arrival:
    """A coded report as it comes in: its coding, the report as it was read before it was coded (None: as coded), and
    where it was read."""

    coded: CodedReport
    found_at: str
    read: Report | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """What became of an arrival: `report` is the number of its row, `coding` that of the coding that now counts."""

    how: Arrived
    report: int
    coding: int
    coded: CodedReport


def dumped(value: Any) -> str:
    """A JSON value as it is kept: short, in the script it is in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest(words: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(words.encode()).hexdigest()


def take_in(connection: Connection, arrivals: Sequence[Arrival], producer: str, now: str) -> list[Taken | Rejected]:
    """Keep reports and codings that are not there yet; what became of each, in order.

    The same id with the same bytes is the same report: it is kept once, and a coding by another producer is added to
    it. The same id with other bytes is refused. Must run in a writing transaction.
    """
    there = _rows_by_id(connection, [a.coded.report.id for a in arrivals])
    coded_before = _codings_by(connection, producer, [seq for seq, _ in there.values()])
    next_report, next_coding = _after_last(connection, s.reports), _after_last(connection, s.codings)
    batch = _Batch()
    out: list[Taken | Rejected] = []
    for arrival in arrivals:
        coded, report = arrival.coded, arrival.coded.report
        refused = _refused(arrival, there.get(report.id))
        if refused is not None:
            out.append(refused)
            continue
        known = there.get(report.id)
        if known is None:
            seq, next_report = next_report, next_report + 1
            there[report.id] = (seq, report.sha256)
            batch.report(seq, arrival, now)
        else:
            seq = known[0]
        if seq in coded_before:
            out.append(Taken("known", seq, coded_before[seq], coded))
            continue
        coding, next_coding = next_coding, next_coding + 1
        coded_before[seq] = coding
        batch.coding(coding, seq, coded, producer, now)
        out.append(Taken("new" if known is None else "recoded", seq, coding, coded))
    batch.write(connection)
    return out


def known_ids(connection: Connection, reports: Iterable[Report], producer: str) -> set[tuple[str, str]]:
    """Of some reports, the (id, hash of the bytes) of those that are kept and coded by the producer."""
    ids = [report.id for report in reports]
    there = _rows_by_id(connection, ids)
    coded = _codings_by(connection, producer, [seq for seq, _ in there.values()])
    return {(report_id, sha256) for report_id, (seq, sha256) in there.items() if seq in coded}


def _refused(arrival: Arrival, known: tuple[int, str] | None) -> Rejected | None:
    report = arrival.coded.report
    if known is not None and known[1] != report.sha256:
        return Rejected(
            arrival.found_at,
            f"another report has the id {report.id!r}: its bytes are {known[1][:12]}…, these are {report.sha256[:12]}…",
            "give it an id of its own; only a wire format with revisions may send one story again",
        )
    if hashlib.sha256(report.raw).hexdigest() != report.sha256:
        return Rejected(arrival.found_at, "the bytes that came with the report do not have its hash", "read it again")
    if len(arrival.coded.incidents) > MAX_INCIDENTS:
        return Rejected(arrival.found_at, f"{len(arrival.coded.incidents):,} incidents in one report", "split it")
    return None


class _Batch:
    """Rows gathered to be written together."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._raw: dict[str, bytes] = {}

    def report(self, seq: int, arrival: Arrival, now: str) -> None:
        report = arrival.read or arrival.coded.report
        self._raw[report.sha256] = report.raw
        self._add(
            s.reports,
            seq=seq,
            id=arrival.coded.report.id,
            sha256=report.sha256,
            text=report.text,
            title=report.title,
            language=arrival.coded.report.language,
            outlet=report.outlet,
            agency=report.agency,
            url=report.url,
            published=_optional(report.published),
            dateline=_optional(report.dateline),
            origin=report.origin,
            wire=_optional(report.wire),
            wire_key=report.wire.key if report.wire is not None else None,
            found_at=arrival.found_at,
            received_at=now,
        )

    def coding(self, seq: int, report: int, coded: CodedReport, producer: str, now: str) -> None:
        body = dumped(coded_report_json(coded))
        self._add(s.codings, seq=seq, report=report, producer=producer, coded_at=now, sha256=digest(body), json=body)
        self._rows.setdefault("claims", []).extend(claim_rows(seq, coded))
        self._rows.setdefault("tallies", []).extend(tally_rows(seq, coded))

    def write(self, connection: Connection) -> None:
        self._write_raw(connection)
        for table in (s.reports, s.codings, s.claims, s.tallies):
            rows = self._rows.get(table.name)
            if rows:
                connection.execute(insert(table), rows)
        index_words(connection, self._rows.get("reports", ()))

    def _write_raw(self, connection: Connection) -> None:
        if not self._raw:
            return
        there = set(connection.scalars(select(s.raw.c.sha256).where(s.raw.c.sha256.in_(list(self._raw)))))
        rows = [_packed(sha256, data) for sha256, data in self._raw.items() if sha256 not in there]
        if rows:
            connection.execute(insert(s.raw), rows)

    def _add(self, table: Table, **row: Any) -> None:
        self._rows.setdefault(table.name, []).append(row)


def claim_rows(coding: int, coded: CodedReport) -> list[dict[str, Any]]:
    """The rows of `claims` for a coding: who claims what of which incident, and how; the values stand in the coding."""
    sources = {source.id: source for source in coded.sources}
    rows = []
    for claim in coded.claims:
        source = sources.get(claim.source) if claim.source is not None else None
        rows.append(
            {
                "coding": coding,
                "id": claim.id,
                "incident": claim.incident,
                "source": claim.source,
                "source_name": source.name if source else None,
                "source_folded": fold(source.name) if source else None,
                "terms": source.terms if source else None,
                "kind": source.kind if source else None,
                "country": source.country if source else None,
                "stance": claim.stance,
                "modality": claim.modality,
                "mode": claim.mode,
                "said": claim.said.start.isoformat() if claim.said else None,
            }
        )
    return rows


def tally_rows(coding: int, coded: CodedReport) -> list[dict[str, Any]]:
    """The rows of `tallies` for a coding."""
    return [
        {
            "coding": coding,
            "number": number,
            "lower": tally.lower,
            "upper": tally.upper,
            "since": tally.since,
            "until": tally.until,
            "json": dumped(plain(tally)),
        }
        for number, tally in enumerate(coded.tallies, 1)
    ]


def unpacked(packing: str, data: bytes) -> bytes:
    """The bytes as received. Raises ValueError where they cannot be unpacked."""
    if packing == "none":
        return data
    if packing != "zlib":
        raise ValueError(f"packed in an unknown way: {packing!r}")
    try:
        return zlib.decompress(data)
    except (zlib.error, TypeError) as error:
        raise ValueError(f"cannot be unpacked: {error}") from error


def coded_reports() -> Select[Any]:
    """Every report with the coding that counts and its bytes."""
    return (
        select(s.reports, s.codings.c.json, s.raw.c.packing, s.raw.c.bytes)
        .join(s.cards, s.cards.c.report == s.reports.c.seq)
        .join(s.codings, s.codings.c.seq == s.cards.c.coding)
        .join(s.raw, s.raw.c.sha256 == s.reports.c.sha256)
    )


def uncoded(connection: Connection, producer: str, after: str, most: int = 64) -> list[tuple[str, Report]]:
    """The next reports by id that a producer has not coded, each with where it was found."""
    r = s.reports.c
    coded = select(s.codings.c.report).where(s.codings.c.producer == producer)
    query = select(s.reports, s.raw.c.packing, s.raw.c.bytes).join(s.raw)
    rows = connection.execute(query.where(r.id > after, r.seq.not_in(coded)).order_by(r.id).limit(most))
    return [(row.found_at, report_of(row, unpacked(row.packing, row.bytes))) for row in rows]


def report_of(row: Any, data: bytes = b"") -> Report:
    """The report as it was read, from its row."""
    parts = {name: getattr(row, name) for name in ("id", "sha256", "title", "language", "outlet", "agency", "url")}
    parts |= {name: _loaded(getattr(row, name)) for name in ("published", "dateline", "wire")}
    return report_from({**parts, "origin": row.origin}, row.text, data)


def coded_of(coding_json: str, report_text: str, data: bytes = b"") -> CodedReport:
    """A coded report from what is kept of it."""
    return coded_report(json.loads(coding_json), report_text, data)


def _packed(sha256: str, data: bytes) -> dict[str, Any]:
    small = zlib.compress(data, 6)
    packing, kept = ("zlib", small) if len(small) < len(data) else ("none", data)
    return {"sha256": sha256, "size": len(data), "packing": packing, "bytes": kept}


def index_words(connection: Connection, reports: Sequence[dict[str, Any]] | tuple[()]) -> None:
    if not reports:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("INSERT INTO report_words (rowid, title, text) VALUES (:seq, :title, :text)"),
            [{"seq": r["seq"], "title": r["title"], "text": r["text"]} for r in reports],
        )
        return
    connection.execute(
        text("INSERT INTO report_words (report, words) VALUES (:seq, to_tsvector('simple', :words))"),
        [{"seq": r["seq"], "words": words_to_index(r["title"], r["text"])} for r in reports],
    )


INDEXED = 400_000  # characters; PostgreSQL refuses a tsvector of more than a megabyte


def index_words_anew(connection: Connection) -> None:
    """Make the index of words anew from the reports."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO report_words (report_words) VALUES ('rebuild')"))
        return
    connection.execute(text("DELETE FROM report_words"))
    for row in _titles_and_texts(connection):
        index_words(connection, [dict(row._mapping)])


def words_fit(connection: Connection) -> bool:
    """Whether the index of words is that of the reports. In SQLite a writing transaction is needed to ask."""
    if connection.dialect.name == "sqlite":
        try:
            with connection.begin_nested():
                connection.execute(text("INSERT INTO report_words (report_words, rank) VALUES ('integrity-check', 1)"))
        except DBAPIError:
            return False
        return True
    same = text("SELECT 1 FROM report_words WHERE report = :seq AND words = to_tsvector('simple', :words)")
    return all(
        connection.scalar(same, {"seq": row.seq, "words": words_to_index(row.title, row.text)}) is not None
        for row in _titles_and_texts(connection)
    )


def _titles_and_texts(connection: Connection) -> Iterator[Any]:
    """Number, title and text of every report, read some at a time."""
    r = s.reports.c
    numbers = list(connection.scalars(select(r.seq)))
    yield from chosen(connection, select(r.seq, r.title, r.text), r.seq, numbers, together=200)


def words_to_index(title: str | None, body: str) -> str:
    """The words of a report as PostgreSQL is given them: folded, and parted by spaces only."""
    folded = fold(f"{title or ''}\n{body}")[:INDEXED]
    return "".join(c if c.isalnum() else " " for c in folded)


def _rows_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Number and hash of the kept reports among some ids."""
    c = s.reports.c
    rows = connection.execute(select(c.id, c.seq, c.sha256).where(c.id.in_(list(ids)))) if ids else ()
    return {row.id: (row.seq, row.sha256) for row in rows}


def _codings_by(connection: Connection, producer: str, reports: Sequence[int]) -> dict[int, int]:
    """The coding by a producer of each report that has one."""
    c = s.codings.c
    if not reports:
        return {}
    query = select(c.report, c.seq).where(c.report.in_(list(reports)), c.producer == producer)
    return {row.report: row.seq for row in connection.execute(query)}


def _after_last(connection: Connection, table: Table) -> int:
    last: int | None = connection.scalar(select(func.max(table.c.seq)))
    return (last or 0) + 1


def _optional(value: Any) -> str | None:
    return dumped(plain(value)) if value is not None else None


def _loaded(value: str | None) -> Any:
    return json.loads(value) if value is not None else None
