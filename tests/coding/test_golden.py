"""Whole sample reports are coded as they were when last looked at; `make golden` writes the files anew."""

from __future__ import annotations

import pytest

import golden


@pytest.fixture(scope="module")
def codings() -> dict[str, str]:
    return golden.codings()


@pytest.mark.parametrize("sample", golden.SAMPLES)
def test_the_coding_is_the_one_that_was_kept(sample: str, codings: dict[str, str]) -> None:
    kept = golden.golden_file(sample).read_text("utf-8")
    assert codings[sample].splitlines() == kept.splitlines(), "if the change is meant: make golden, and read the diff"


def test_no_other_file_is_kept() -> None:
    assert set(golden.FOLDER.iterdir()) == {golden.golden_file(s) for s in golden.SAMPLES}
