"""Where a report came from: the bytes as received, when and where they were read, how they were coded."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from vigie.store import schema as s
from vigie.store.keeping import unpacked


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding of a report: by which coder and version, when; `counts` is true of the one that the record is derived
    from."""

    producer: str
    coded_at: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a report came in: the file, line or record it was read from, the moment (UTC), the size of its bytes and
    their SHA-256; its codings, the first one first."""

    found_at: str
    received_at: str
    size: int
    sha256: str
    codings: tuple[Coding, ...]


def provenance(connection: Connection, report_id: str) -> Provenance | None:
    """How a report came in, None where there is none of that id."""
    r, c = s.reports.c, s.codings.c
    query = select(r.seq, r.found_at, r.received_at, r.sha256, s.raw.c.size).join(s.raw).where(r.id == report_id)
    row = connection.execute(query).first()
    if row is None:
        return None
    counting = connection.scalar(select(s.cards.c.coding).where(s.cards.c.report == row.seq))
    codings = connection.execute(select(c.seq, c.producer, c.coded_at).where(c.report == row.seq).order_by(c.seq))
    told = tuple(Coding(each.producer, each.coded_at, each.seq == counting) for each in codings)
    return Provenance(row.found_at, row.received_at, row.size, row.sha256, told)


def raw(connection: Connection, report_id: str) -> bytes | None:
    """The bytes of a report as received, None where there is none of that id. Raises ValueError where what is kept
    cannot be unpacked."""
    query = select(s.raw.c.packing, s.raw.c.bytes).join(s.reports, s.reports.c.sha256 == s.raw.c.sha256)
    row = connection.execute(query.where(s.reports.c.id == report_id)).first()
    return unpacked(row.packing, row.bytes) if row is not None else None
