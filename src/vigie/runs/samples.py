"""The sample reports that come with the package: dispatches written for it, from invented outlets."""

from __future__ import annotations

import importlib.resources
import shutil
from collections.abc import Iterator
from pathlib import Path

from vigie.readers.paths import HTML, JSONL

_GOLD = "gold.jsonl"  # their coding by hand, which is no report
_ENDINGS = (".txt", *JSONL, *HTML)


def sample_files() -> list[Path]:
    """The files of the sample reports, sorted by name."""
    root = Path(str(importlib.resources.files("vigie") / "samples"))
    found = (path for path in root.rglob("*") if path.is_file() and path.suffix in _ENDINGS)
    return sorted(path for path in found if path.name != _GOLD)


def copy_samples(folder: Path) -> Iterator[Path]:
    """Copy the sample reports into `folder`, making it where need be; their new paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sample_files():
        yield Path(shutil.copyfile(path, folder / path.name))
