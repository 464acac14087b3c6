"""Readers: one small module a format, all giving Reports; and the furniture of wire copy."""

from vigie.readers.paths import files_under, read_bytes, read_path
from vigie.readers.published import read_published
from vigie.readers.rejected import Rejected

__all__ = ["Rejected", "files_under", "read_bytes", "read_path", "read_published"]
