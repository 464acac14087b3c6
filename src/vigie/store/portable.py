"""A portable backup: what is kept, as JSON Lines in a ZIP archive, with hashes; for any database and any later version.

One file a table, one row a line with its columns by name, bytes in base64; and `manifest.json`, written last, with the
version of the tables, the number of rows and the SHA-256 of each file. What is derived is left out: it can be derived
again. Accounts of the desk are no part of the record and stay out too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table, select

from vigie.errors import BackupError, StoreNewer
from vigie.store import schema as s
from vigie.store import versions

FORMAT = "vigie/backup/1"
CARRIED: tuple[Table, ...] = (*s.KEPT, s.rejected)
"""The tables of a backup, in the order in which they can be filled."""
_MANIFEST = "manifest.json"
_AGAIN = "take another backup"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a portable backup says of itself: version of the tables, when it was made, rows of each table."""

    version: str
    made_at: str
    rows: Mapping[str, int]
    hashes: Mapping[str, str]


def write(connection: Connection, file: Path, made_at: str) -> Manifest:
    """Write a backup of what a reading transaction sees. Raises OSError."""
    rows: dict[str, int] = {}
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for table in CARRIED:
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as stream:
                rows[table.name], hashes[table.name] = _write_rows(connection, table, stream)
        manifest = Manifest(versions.newest(), made_at, rows, hashes)
        archive.writestr(_MANIFEST, json.dumps({"format": FORMAT, **_json(manifest)}, indent=1))
    return manifest


def _write_rows(connection: Connection, table: Table, stream: IO[bytes]) -> tuple[int, str]:
    found, number = hashlib.sha256(), 0
    order = list(table.primary_key.columns)
    for row in connection.execute(select(table).order_by(*order)).yield_per(500):
        values = {k: _b64(v) if isinstance(v, bytes | memoryview) else v for k, v in row._mapping.items()}
        line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        stream.write(line)
        found.update(line)
        number += 1
    return number, found.hexdigest()


class Archive:
    """A portable backup to read from. Use it as a context."""

    def __init__(self, file: Path) -> None:
        """Raises BackupError where the file is no portable backup, OSError where it cannot be opened."""
        self._where = str(file)
        try:
            self._archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile as error:
            raise BackupError(self._where, f"no ZIP archive that can be read: {error}", _AGAIN) from error

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def manifest(self) -> Manifest:
        """What the backup says of itself. Raises BackupError, or StoreNewer where a newer version made it."""
        try:
            value = json.loads(self._archive.read(_MANIFEST))
            if value["format"] != FORMAT:
                raise BackupError(self._where, f"a backup in the format {value['format']!r}, not {FORMAT!r}")
            manifest = Manifest(value["version"], value["made_at"], value["rows"], value["hashes"])
        except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
            raise BackupError(
                self._where, "no manifest that can be read: the backup is not complete", _AGAIN
            ) from error
        if manifest.version not in [m.version for m in versions.migrations()]:
            raise StoreNewer(
                self._where, f"made by a newer version of vigie (tables {manifest.version})", "update vigie"
            )
        return manifest

    def rows(self, manifest: Manifest, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table. Raises BackupError at the end where they are not those that the manifest names."""
        found, number = hashlib.sha256(), 0
        try:
            with self._archive.open(f"{table}.jsonl") as stream:
                for line in stream:
                    found.update(line)
                    number += 1
                    yield json.loads(line)
        except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
            raise BackupError(self._where, f"{table}.jsonl cannot be read: {error}", _AGAIN) from error
        if found.hexdigest() != manifest.hashes.get(table) or number != manifest.rows.get(table):
            raise BackupError(self._where, f"{table}.jsonl is not as it was written: its hash is another", _AGAIN)


def with_bytes(row: dict[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a database takes it: bytes out of base64, columns that the tables do not have left out."""
    kept = {name: value for name, value in row.items() if name in columns}
    for name, value in kept.items():
        if isinstance(value, str) and columns[name].type.python_type is bytes:
            kept[name] = base64.b64decode(value)
    return kept


def _b64(value: bytes | memoryview) -> str:
    return base64.b64encode(bytes(value)).decode()


def _json(manifest: Manifest) -> dict[str, Any]:
    return {
        "version": manifest.version,
        "made_at": manifest.made_at,
        "rows": dict(manifest.rows),
        "hashes": dict(manifest.hashes),
    }
