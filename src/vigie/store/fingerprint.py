"""The derived rows as values that name reports and members by id, not by their number in one store: what two stores, or
one store before and after a rebuild, are compared by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, Table, case, select

from vigie.store import schema as s


def rows(connection: Connection) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every derived row, as the name of its table and its values, in an order that does not depend on arrival."""
    for name, query in _queries().items():
        for row in connection.execute(query).yield_per(1000):
            yield name, tuple(value.hex() if isinstance(value, bytes) else value for value in row)


def fingerprint(connection: Connection) -> dict[str, str]:
    """A hash for each derived table."""
    hashes = {name: hashlib.sha256() for name in _queries()}
    for name, values in rows(connection):
        hashes[name].update(json.dumps(values, ensure_ascii=False).encode() + b"\n")
    return {name: found.hexdigest() for name, found in hashes.items()}


def _queries() -> dict[str, Select[Any]]:
    report = s.reports.alias()
    member, second = s.members.alias(), s.members.alias()
    return {
        "cards": select(report.c.id, s.codings.c.producer, s.cards.c.json, s.cards.c.shingles)
        .join(report, report.c.seq == s.cards.c.report)
        .join(s.codings, s.codings.c.seq == s.cards.c.coding)
        .order_by(report.c.id),
        "bands": select(s.bands.c.key, s.bands.c.rank, report.c.id)
        .join(report, report.c.seq == s.bands.c.item)
        .order_by(s.bands.c.key, s.bands.c.rank, report.c.id),
        "copies": select(s.copies.c.json).order_by(s.copies.c.json),
        "standings": select(
            report.c.id,
            *(c for c in s.standings.c if c.name != "report"),
        )
        .join(report, report.c.seq == s.standings.c.report)
        .order_by(report.c.id),
        "families": select(s.families).order_by(s.families.c.id),
        "members": select(member.c.key, report.c.id, member.c.id, member.c.incident)
        .join(report, report.c.seq == member.c.report)
        .order_by(member.c.key),
        "member_sources": select(s.member_sources.c.source, member.c.key)
        .join(member, member.c.number == s.member_sources.c.member)
        .order_by(s.member_sources.c.source, member.c.key),
        "blocks": select(s.blocks.c.key, s.blocks.c.rank, member.c.key)
        .join(member, member.c.number == s.blocks.c.item)
        .order_by(s.blocks.c.key, s.blocks.c.rank, member.c.key),
        "pairs": _pairs(member, second, s.pairs),
        "suggestions": _pairs(member, second, s.suggestions),
        "incidents": select(s.incidents).order_by(s.incidents.c.id),
        "doubts": select(s.doubts).order_by(s.doubts.c.incident, s.doubts.c.field),
        "voices": select(s.voices).order_by(s.voices.c.source, s.voices.c.incident),
        "facets": select(s.facets).order_by(s.facets.c.kind, s.facets.c.value, s.facets.c.incident),
    }


def _pairs(member: Any, second: Any, pairs: Table) -> Select[Any]:
    """Pairs of members by key, the smaller first: by number they may stand the other way round in another store."""
    low = case((member.c.key < second.c.key, member.c.key), else_=second.c.key)
    high = case((member.c.key < second.c.key, second.c.key), else_=member.c.key)
    return (
        select(low.label("low"), high.label("high"), *(c for c in pairs.c if c.name not in ("a", "b")))
        .join(member, member.c.number == pairs.c.a)
        .join(second, second.c.number == pairs.c.b)
        .order_by("low", "high")
    )
