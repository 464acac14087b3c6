"""Statements about many values: databases take only so many in one (SQLite 32,766, PostgreSQL 65,535)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Select, Update

TOGETHER = 5000


def chosen(
    connection: Connection,
    query: Select[*tuple[Any, ...]],
    column: ColumnElement[Any],
    values: Collection[Any],
    together: int = TOGETHER,
) -> Iterator[Any]:
    """The rows of a query whose column has one of some values, in no particular order; so many values at a time."""
    for some in _parts(values, together):
        yield from connection.execute(query.where(column.in_(some)))


def apply(
    connection: Connection, statement: Delete | Update, column: ColumnElement[Any], values: Collection[Any]
) -> None:
    """Delete or update the rows whose column has one of some values."""
    for some in _parts(values, TOGETHER):
        connection.execute(statement.where(column.in_(some)))


def _parts(values: Collection[Any], together: int) -> Iterator[list[Any]]:
    every = list(values)
    for start in range(0, len(every), together):
        yield every[start : start + together]
