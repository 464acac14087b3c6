"""A list of what is found by a frequent word is drawn in another way than one of few; both are the same list."""

from __future__ import annotations

import datetime as dt

import pytest

import invented
from plain_rules import PlainRules
from vigie.store import asking
from vigie.store.filters import Filter
from vigie.store.keeping import Arrival
from vigie.store.store import Store


@pytest.mark.parametrize("order", ["newest", "oldest", "deadliest"])
@pytest.mark.parametrize(
    "wanted",
    [
        Filter(text="killed"),
        Filter(text='"army post"'),
        Filter(text="market curfew", types=("attack", "remote_explosive")),
        Filter(text="convoy", first_day=dt.date(2016, 1, 1), single_source=True),
    ],
)
def test_both_ways_give_one_list(
    address: str, wanted: Filter, order: asking.Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.create(address, rules=PlainRules()) as store:
        store.add([Arrival(coded, "invented") for coded in invented.reports(120)], "invented/1")
        with store.inquiry() as inquiry:
            total = inquiry.overview(wanted).total
            assert total > 10
            monkeypatch.setattr(asking, "_OFTEN", 10)
            soon = inquiry.incidents(wanted, order, 7, None, total)
            again = inquiry.incidents(wanted, order, 7, soon.next, total)
            monkeypatch.setattr(asking, "_OFTEN", 10**9)
            assert inquiry.incidents(wanted, order, 7, None, total) == soon
            assert inquiry.incidents(wanted, order, 7, soon.next, total) == again
