"""The page of one incident in a real browser: from a value to its words, deciding where one reads, undoing."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from vigie.store.store import Store

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(ids: dict[str, str], page: Page) -> Page:
    page.goto(f"/incidents/{ids['attack']}")
    return page


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "path", ["", "/split?apart=matin%23i1", "/merge?other=ROCKETS", "/values/place", "/values/killed?answer=reject"]
)
def test_the_pages_are_fit_for_everybody(
    page: Page, ids: dict[str, str], axe: Callable[[Page], None], path: str, language: str
) -> None:
    page.goto(f"/incidents/{ids['attack']}{path.replace('ROCKETS', ids['rockets'])}")
    page.wait_for_load_state("networkidle")
    axe(page)


@pytest.mark.parametrize("which", ["clash", "bomb"])
def test_what_is_known_roughly_is_drawn_so(
    page: Page, ids: dict[str, str], axe: Callable[[Page], None], which: str
) -> None:
    page.goto(f"/incidents/{ids[which]}")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#place-map")).to_be_visible()
    expect(page.locator("#place-map path.spot-rough")).to_have_count(1 if which == "bomb" else 0)
    assert page.locator("#place-map img").count() == 0
    axe(page)


@pytest.mark.parametrize("width", [320, 640, 1000])
def test_it_fits_a_phone_and_large_letters(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_accounts_stand_one_below_the_other(opened: Page) -> None:
    opened.set_viewport_size({"width": 380, "height": 800})
    cells = opened.locator("#accounts tbody tr", has_text="Killed").locator("td:visible")
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len(boxes) == 3  # the record and the two who speak of it
    assert all(b and a and b["y"] >= a["y"] + a["height"] - 1 for a, b in itertools.pairwise(boxes))
    assert opened.evaluate(
        "getComputedStyle(document.querySelector('#accounts tbody td:nth-child(3)'), '::before').content"
    ) not in ("none", "")


def test_from_the_list_to_the_words_by_keyboard(page: Page, ids: dict[str, str]) -> None:
    page.goto("/incidents")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incidents/{ids['attack']}")
    page.keyboard.press("c")
    value = page.locator("#accounts .cell-conflict a.evidence", has_text="4")
    value.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/matin?from=0&to=14#e0-14")
    expect(page.locator('[class*="asked"]').first).to_contain_text("Quatre soldats")


def test_why_a_value_stands_is_one_key_away(opened: Page) -> None:
    why = opened.locator("#f-killed summary")
    expect(opened.locator("#f-killed .quotes")).to_be_hidden()
    why.focus()
    opened.keyboard.press("Enter")
    expect(opened.locator("#f-killed")).to_contain_text("2 independent accounts differ")
    expect(opened.locator("#f-killed .quotes li")).to_have_count(2)


def test_a_value_is_set_in_a_dialog_and_undone(opened: Page, store: Store, axe: Callable[[Page], None]) -> None:
    opened.get_by_role("link", name="Edit killed").focus()
    opened.keyboard.press("Enter")
    dialog = opened.get_by_role("dialog", name="killed")
    expect(dialog).to_be_visible()
    axe(opened)
    opened.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opened.get_by_role("link", name="Edit killed")).to_be_focused()
    opened.keyboard.press("Enter")
    dialog.get_by_label("At least").fill("4")
    dialog.get_by_label("At most").fill("4")
    dialog.get_by_label("Quatre soldats").check()
    dialog.get_by_label("Why").fill("the army counts its own")
    dialog.get_by_role("button", name="Record this value").click()
    expect(opened.get_by_role("status").first).to_contain_text("Set as decision 1: killed")
    expect(opened.locator("#f-killed .held-value")).to_contain_text("decided by a person")
    assert [(d.kind, d.value["lower"], d.why) for d in store.decisions()] == [("edit", 4, "the army counts its own")]
    opened.get_by_role("button", name="Undo decision 1").click()
    expect(opened.locator("#f-killed .held-value")).to_contain_text("accounts differ")
    expect(opened.locator("#decisions")).to_contain_text("undone by decision 2")


def test_a_value_is_accepted_and_another_rejected(opened: Page, store: Store) -> None:
    opened.get_by_role("button", name="Accept injured").click()
    expect(opened.locator("#f-injured .held-value")).to_contain_text("decided by a person")
    opened.get_by_role("link", name="Reject target").click()
    dialog = opened.get_by_role("dialog", name="target")
    dialog.get_by_label("whatever is told of it").check()
    dialog.get_by_role("button", name="Reject").click()
    expect(opened.locator("#f-targets")).to_have_count(0)
    assert [d.kind for d in store.decisions()] == ["accept", "reject"]


def test_a_reading_is_taken_from_one_account(opened: Page) -> None:
    cell = opened.locator('#accounts .cell-conflict[data-name="Samir Adel"]')
    cell.hover()
    cell.get_by_role("button", name="Samir Adel does not say this: killed").click()
    expect(opened.locator("#f-killed .held-value")).to_contain_text("5")
    expect(opened.locator("#accounts .cell-conflict")).to_have_count(0)


def test_splitting_and_merging_again(opened: Page, ids: dict[str, str], store: Store) -> None:
    before = store.fingerprint()
    opened.get_by_role("link", name="Split this incident").click()
    opened.get_by_label("Quatre soldats tués en Irak").check()
    opened.get_by_role("button", name="Show what would come of it").click()
    expect(opened.locator(".outcome")).to_have_count(3)
    opened.get_by_label("Why").fill("two bases of one name")
    opened.get_by_role("button", name="Split", exact=True).click()
    expect(opened.get_by_role("status").first).to_contain_text("Split as decision 1")
    expect(opened.locator("#decisions")).to_contain_text("two bases of one name")
    expect(opened.locator("#accounts thead th", has_text="Samir Adel")).to_have_count(0)
    opened.get_by_role("link", name="Merge with another").click()
    opened.get_by_label("Air or drone strike, Tal Hamra base").check()
    opened.get_by_role("button", name="Show what would come of it").first.click()
    expect(opened.locator(".outcome")).to_have_count(3)
    opened.get_by_role("button", name="Merge", exact=True).click()
    expect(opened.get_by_role("status").first).to_contain_text("Merged as decision 2")
    expect(opened.locator("#accounts thead th", has_text="Samir Adel")).to_have_count(1)
    for number in (2, 1):
        opened.get_by_role("button", name=f"Undo decision {number}").click()
        expect(opened.get_by_role("status").first).to_contain_text(f"Decision {number} is undone.")
    assert store.fingerprint() == before


def test_it_works_without_scripts(ids: dict[str, str], page: Page, desk_url: str, store: Store) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=desk_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"/incidents/{ids['attack']}")
    expect(plain.locator("#place-map")).to_be_hidden()
    expect(plain.locator(".where-words")).to_contain_text("exact site")
    plain.get_by_role("link", name="Edit injured").click()
    plain.get_by_label("At most").fill("9")
    plain.get_by_role("button", name="Record this value").click()
    expect(plain.locator("#f-injured .held-value")).to_contain_text("7 to 9")
    context.close()


def test_the_paragraph_is_copied_without_its_notes(opened: Page) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.get_by_role("button", name="Copy the paragraph").first.click()
    expect(opened.get_by_role("status").first).to_contain_text("clipboard")
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(".")
    assert copied == " ".join(opened.locator("#bulletin-en [data-said]").all_inner_texts())
    opened.locator("#bulletin-en sup a").first.click()
    expect(opened.locator("#r1, #r2, #r3").locator("visible=true").first).to_be_in_viewport()


def test_the_printed_page_has_the_record_and_no_controls(opened: Page) -> None:
    opened.emulate_media(media="print")
    for control in (".held-do", ".jumps", "#place-map", ".cell-do"):
        assert opened.locator(control).first.is_hidden()
    expect(opened.locator("#f-killed")).to_be_visible()
    expect(opened.locator("#accounts table")).to_be_visible()
    assert len(opened.pdf(format="A4")) > 10_000
