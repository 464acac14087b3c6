"""The review queue in a real browser: decided by keyboard alone, by two at once, without scripts. Texts are invented."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import invented
from desk_browser import press
from vigie.desk.passwords import Passwords
from vigie.store.keeping import Arrival
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = pytest.mark.browser
PASSWORD = "seven grey herons waiting"


@pytest.fixture
def queue(store: Store) -> Store:
    """Twelve open pairs and some values with rival tolls."""
    told = []
    for number in range(14):
        happened = invented.event(number)
        later = dataclasses.replace(
            happened,
            day=happened.day + dt.timedelta(days=1),
            killed=happened.killed + 7,
            injured=happened.injured + 7,
        )
        told += [invented.report(happened), invented.report(later, 1, id=f"later{number}")]
    for number in (30, 31):
        for telling, killed in ((0, 3), (3, 9)):
            coded = invented.report(invented.event(number), telling, id=f"rival{number}.{telling}")
            toll = dataclasses.replace(coded.incidents[0].killed, lower=killed, upper=killed, hedge="exact")
            claim = dataclasses.replace(coded.claims[0], values={**coded.claims[0].values, "killed": toll})
            name = dataclasses.replace(coded.sources[0], name=("army spokesman", "hospital director")[telling // 3])
            incident = dataclasses.replace(coded.incidents[0], killed=toll)
            told.append(dataclasses.replace(coded, incidents=(incident,), claims=(claim,), sources=(name,)))
    store.add([Arrival(coded, "x") for coded in told], "invented/1")
    return store


def title(page: Page) -> str:
    return page.title()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_queue_is_fit_for_everybody(page: Page, queue: Store, axe: Callable[[Page], None]) -> None:
    page.goto("/review?kind=pair")
    axe(page)
    page.goto("/review?kind=value")
    page.keyboard.press("e")
    axe(page)
    page.keyboard.press("Escape")
    press(page, "a")
    axe(page)


def test_ten_are_decided_by_keyboard_alone_and_one_is_undone(page: Page, queue: Store) -> None:
    page.goto("/review?kind=pair")
    for key in ("s", "d", "u", "d", "s", "d", "u", "d", "d"):
        press(page, key)
    kinds = [line.kind for line in queue.decisions()]
    assert kinds == [
        "same",
        "different",
        "unsure",
        "different",
        "same",
        "different",
        "unsure",
        "different",
        "different",
    ]
    press(page, "n")  # one is left for later
    page.keyboard.press("w")
    page.keyboard.type("the same night, seen from two towns")
    page.keyboard.press("Escape")
    decided = title(page)
    press(page, "s")
    last = queue.decisions()[-1]
    assert (last.kind, last.why) == ("same", "the same night, seen from two towns")
    press(page, "z")
    expect(page.get_by_role("status").first).to_contain_text("Decision 10 is undone")
    assert title(page) == decided
    assert queue.decisions()[-1].undoes == 10


def test_values_are_accepted_edited_and_rejected_by_keyboard(page: Page, queue: Store) -> None:
    page.goto("/review?kind=value")
    press(page, "a")
    page.keyboard.press("e")
    field = page.locator("#edit .value-inputs input:visible, #edit .value-inputs select").first
    expect(field).to_be_focused()
    page.locator("#edit [name=rests_on]").first.check()
    page.locator("#edit").get_by_role("button", name="Record this value").click()
    expect(page.get_by_role("status").first).to_contain_text("Recorded: set")
    assert [line.kind for line in queue.decisions()] == ["accept", "edit"]
    assert queue.decisions()[1].evidence


def test_a_reason_half_typed_survives_a_reload(page: Page, queue: Store) -> None:
    page.goto("/review?kind=pair")
    item = title(page)
    page.get_by_label("Why").fill("two towns, one")
    page.reload()
    assert title(page) == item
    expect(page.get_by_label("Why")).to_have_value("two towns, one")
    press(page, "u")
    expect(page.get_by_label("Why")).to_have_value("")
    assert queue.decisions()[0].why == "two towns, one"


def test_keys_do_nothing_while_something_is_typed(page: Page, queue: Store) -> None:
    page.goto("/review?kind=pair")
    page.get_by_label("Why").fill("")
    page.keyboard.type("sudden")
    expect(page.get_by_label("Why")).to_have_value("sudden")
    assert queue.decisions() == ()


def test_two_browsers_on_one_pair(page: Page, queue: Store, desk_url: str, passwords: Passwords) -> None:
    for name in ("amina", "bruno"):
        queue.accounts.add(name, "admin" if name == "amina" else "coder", passwords.hash(PASSWORD))
    other = page.context.browser.new_context(base_url=desk_url, locale="en-GB")
    theirs = other.new_page()
    for each, name in ((page, "amina"), (theirs, "bruno")):
        each.goto("/login?next=/review%3Fkind%3Dpair")
        each.get_by_label("Name").fill(name)
        each.get_by_label("Password").fill(PASSWORD)
        each.get_by_role("button", name="Sign in").click()
        each.wait_for_url("**/review?kind=pair")
    assert title(page) == title(theirs)
    theirs.get_by_label("Why").fill("two days")
    theirs.get_by_role("button", name="Different").click()
    theirs.wait_for_load_state()
    page.keyboard.press("s")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Somebody else was quicker")
    expect(alert).to_contain_text("bruno")
    expect(alert).to_contain_text("two days")
    assert [line.who for line in queue.decisions()] == ["bruno"]
    page.get_by_role("link", name="Next item").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    other.close()


def test_the_queue_works_without_scripts(page: Page, desk_url: str, queue: Store) -> None:
    context = page.context.browser.new_context(base_url=desk_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/review?kind=pair")
    plain.get_by_label("Why").fill("one night")
    plain.get_by_role("button", name="Same").click()
    expect(plain.get_by_role("status").first).to_contain_text("Recorded: the same")
    plain.get_by_role("button", name="Undo").first.click()
    expect(plain.get_by_role("status").first).to_contain_text("is undone")
    plain.goto("/review?kind=value")
    plain.get_by_text("Put another value").click()
    plain.locator("#edit").get_by_role("button", name="Record this value").click()
    expect(plain.get_by_role("status").first).to_contain_text("Recorded: set")
    context.close()


def test_an_item_fits_a_phone_and_large_letters(page: Page, queue: Store) -> None:
    for kind in ("pair", "value"):
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 700})
            page.goto(f"/review?kind={kind}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
