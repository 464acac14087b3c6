"""The sample reports that come with the package: dispatches written for it, from invented outlets."""

from __future__ import annotations

import importlib.resources
import shutil
from collections.abc import Iterator
from pathlib import Path

from vigie.readers.paths import HTML, JSONL

_ENDINGS = (".txt", *JSONL, *HTML)


def sample_files() -> list[Path]:
    """The files of the sample reports, sorted by name."""
    root = Path(str(importlib.resources.files("vigie") / "samples"))
    return sorted(path for path in root.rglob("*") if path.is_file() and path.suffix in _ENDINGS)


def copy_samples(folder: Path) -> Iterator[Path]:
    """Copy the sample reports into `folder`, making it where need be; their new paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sample_files():
        yield Path(shutil.copyfile(path, folder / path.name))
