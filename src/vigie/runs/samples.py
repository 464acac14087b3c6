"""The sample reports that come with the package: dispatches written for it, from invented outlets."""

from __future__ import annotations

import importlib.resources
import shutil
from collections.abc import Iterator
from pathlib import Path

from vigie.readers.paths import HTML, JSONL

# What a careful person says of the reports; no report itself.
_TRUTH = ("gold.jsonl", "links.jsonl", "families.jsonl", "incidents.jsonl", "index.jsonl")
_ENDINGS = (".txt", ".xml", ".json", ".rss", ".eml", *JSONL, *HTML)
_FLAT = "files"  # a folder of the package whose files are copied beside the others


def sample_files() -> list[Path]:
    """The files of the sample reports, sorted by path: single dispatches, and the stream of `stream/`."""
    found = (path for path in _root().rglob("*") if path.is_file() and path.suffix in _ENDINGS)
    return sorted(path for path in found if path.name not in _TRUTH)


def stream_files() -> list[Path]:
    """The files of all sample reports, each report once: those of `files/` are among the others."""
    return [path for path in sample_files() if path.relative_to(_root()).parts[0] != _FLAT]


def copy_samples(folder: Path) -> Iterator[Path]:
    """Copy the sample reports into `folder`, the stream into a folder of its own there; their new paths.

    Folders are made where need be. Raises OSError.
    """
    for path in sample_files():
        inside = path.relative_to(_root())
        target = folder / (inside.relative_to(_FLAT) if inside.parts[0] == _FLAT else inside)
        target.parent.mkdir(parents=True, exist_ok=True)
        yield Path(shutil.copyfile(path, target))


def _root() -> Path:
    return Path(str(importlib.resources.files("vigie") / "samples"))
