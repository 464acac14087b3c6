"""Reports of two monitors, invented, and pages of the desk in words: for the tests of sources and tallies."""

from __future__ import annotations

import dataclasses
import html
import re
from typing import Any

import invented
from vigie.model import CodedReport

MONITOR, OBSERVATORY = "Levant Monitor", "Observatory of Valmarc"


def told(number: int, source: str, killed: int, *, telling: int = 0, terms: str = "named") -> CodedReport:
    """A report of an invented event in which a source alone says how many were killed."""
    coded = invented.report(invented.event(number), telling, id=f"e{number}.{telling}")
    toll = dataclasses.replace(coded.incidents[0].killed, lower=killed, upper=killed, hedge="exact")
    claim = dataclasses.replace(coded.claims[0], values={**coded.claims[0].values, "killed": toll})
    return dataclasses.replace(
        coded,
        incidents=(dataclasses.replace(coded.incidents[0], killed=toll),),
        claims=(claim,),
        sources=(dataclasses.replace(coded.sources[0], name=source, terms=terms, kind="monitor"),),
        tallies=(),
    )


def page_of(client: Any, path: str) -> str:
    """A page that is there."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(markup: str) -> str:
    """What stands on a page, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())
