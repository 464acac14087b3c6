"""The layers hold, and importing stays cheap."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import vigie

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "vigie"


def test_a_package_imports_only_from_those_below_it() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_public_names_are_exactly_these() -> None:
    assert vigie.__all__ == ["CodedReport", "Rejected", "Report", "__version__", "code", "read"]
    assert all(hasattr(vigie, name) for name in vigie.__all__)


@pytest.mark.parametrize("statement", ["import vigie", "import vigie.cli"])
def test_importing_brings_in_nothing_heavy(statement: str) -> None:
    heavy = ("spacy", "numpy", "trafilatura", "pydantic", "lxml", "py3langid", "rich.progress", "sqlalchemy", "alembic")
    probe = f"{statement}; import sys; print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", probe], text=True).strip() == "[]"


def test_no_module_is_much_over_five_hundred_lines() -> None:
    long = {str(p.relative_to(ROOT)): n for p in SOURCE.rglob("*.py") if (n := p.read_text("utf-8").count("\n")) > 520}
    assert not long
