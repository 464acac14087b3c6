"""The API against its own description: schemathesis draws requests, fit and unfit, and looks at every answer.

All of its checks are on, in all of its phases: examples, the edges of each parameter, drawn requests, and runs of
requests that follow one another. The same requests are drawn each time, on any machine.
"""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from vigie.desk.app import create_app
from vigie.desk.config import RATES, DeskConfig, Rate
from vigie.desk.passwords import Passwords
from vigie.store.store import Store

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
hypothesis = pytest.importorskip("hypothesis", reason="hypothesis is not installed")
pytestmark = pytest.mark.api

OPENAPI = "/api/v1/openapi.json"
EXAMPLES = 30
"""Drawn for each operation in each phase."""
# Parts that are each of the right form can make no sense together (400), or speak of another state of the log (412).
CHECKS = {
    "enabled": True,
    "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "400", "404", "409", "412"]},
}


@pytest.fixture
def same_everywhere() -> Iterator[None]:
    """Hypothesis draws as it does on any machine: it has settings of its own where it thinks that it is in CI."""
    here = hypothesis.settings.get_current_profile_name()
    hypothesis.settings.load_profile("default")
    yield
    hypothesis.settings.load_profile(here)


@pytest.fixture
def described(store: Store, passwords: Passwords, same_everywhere: None) -> Iterator[object]:
    """The description as the desk gives it, asked with the token of an editor."""
    store.accounts.add("editor", "editor", passwords.hash("seven grey herons waiting"))
    token = store.accounts.open_session("editor", dt.timedelta(days=1), "program", "schemathesis")
    rates = {name: Rate(10_000_000, 60) for name in RATES}
    app: FastAPI = create_app(store, DeskConfig(hosts=("testserver",), rates=rates), passwords=passwords)
    config = schemathesis.Config.from_dict(
        {
            "seed": 20240725,
            "suppress-health-check": ["too_slow"],  # says how busy the machine is, not how well the API is described
            "continue-on-failure": True,
            "checks": CHECKS,
            "headers": {"Authorization": f"Bearer {token}"},
            "generation": {"deterministic": True, "database": "none", "max-examples": EXAMPLES},
            "cache": {"enabled": False},
        }
    )
    return schemathesis.openapi.from_asgi(OPENAPI, app, config=config)


def test_every_answer_is_as_described(described: object) -> None:
    from schemathesis import engine
    from schemathesis.engine import events

    faults: dict[str, str] = {}
    asked: collections.Counter[str] = collections.Counter()
    for event in engine.from_schema(described).execute():
        if isinstance(event, events.ScenarioFinished):
            asked[event.phase.name] += len(event.recorder.interactions)
            for checks in event.recorder.checks.values():
                for check in checks:
                    if check.failure_info is not None:
                        failure = check.failure_info.failure
                        where = f"{event.phase.name} {failure.operation} {check.name}: {failure.title}"
                        faults.setdefault(where, f"{failure.message}\n{check.failure_info.code_sample}")
        elif isinstance(event, events.NonFatalError | events.FatalError):
            faults[str(event)] = repr(event)
    assert asked["FUZZING"] > 500, asked
    print(dict(asked))
    assert not faults, "\n\n".join(f"{where}\n{what}" for where, what in faults.items())
