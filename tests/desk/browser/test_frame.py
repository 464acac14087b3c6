"""What every page of the desk shares, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from vigie.desk.passwords import Passwords
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["/", "/account", "/nothing-here"])
def test_pages_are_fit_for_everybody(page: Page, axe: Callable[[Page], None], path: str, language: str) -> None:
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == language
    axe(page)


def test_a_page_fits_a_phone_and_large_letters(page: Page) -> None:
    for width in (320, 640):  # a phone; 1280 at 200 %
        page.set_viewport_size({"width": width, "height": 700})
        page.goto("/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_help_on_keys_opens_by_key_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("?")
    help_on_keys = page.get_by_role("dialog", name="Keyboard")
    expect(help_on_keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_on_keys).to_be_hidden()
    page.keyboard.press("?")
    page.get_by_role("button", name="Switch single keys off").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()


def test_keys_are_not_lost_while_scripts_are_on_their_way(page: Page) -> None:
    held: list[Route] = []
    page.route("**/js/desk.js", lambda route: held.append(route), times=1)  # binds "?" and "g i"
    page.goto("/account", wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for key in ("g", "i"):
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert page.url.endswith("/account")
    while not held:
        page.wait_for_timeout(10)
    held.pop().continue_()
    page.wait_for_url("**/incidents")


def test_what_was_typed_early_into_a_field_is_no_shortcut(page: Page) -> None:
    held: list[Route] = []
    page.route("**/js/desk.js", lambda route: held.append(route), times=1)
    page.goto("/code", wait_until="commit")
    page.get_by_label("The report").press_sequentially("g i ?")
    while not held:
        page.wait_for_timeout(10)
    held.pop().continue_()
    page.wait_for_load_state("domcontentloaded")
    expect(page.get_by_label("The report")).to_have_value("g i ?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    assert page.url.endswith("/code")


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_light_or_dark_holds_at_once_and_for_later_pages(page: Page) -> None:
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="Dark").click()
    assert page.evaluate(ground) != light
    page.goto("/account")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate(ground) != light


def test_the_language_is_one_click_away_and_kept(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre compte")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Le registre")


def test_the_desk_works_without_scripts(page: Page, desk_url: str) -> None:
    context = page.context.browser.new_context(base_url=desk_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/")
    plain.get_by_role("button", name="Français").click()
    assert plain.locator("html").get_attribute("lang") == "fr"
    context.close()


def test_an_admin_makes_an_account_whose_owner_signs_in(
    page: Page, store: Store, passwords: Passwords, axe: Callable[[Page], None]
) -> None:
    store.accounts.add("amina", "admin", passwords.hash("seven grey herons waiting"))
    page.goto("/users")
    axe(page)
    page.get_by_label("Name").fill("amina")
    page.get_by_label("Password").fill("seven grey herons waiting")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Users")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("Name", exact=True).fill("bruno")
    page.get_by_label("First password").fill("short")
    page.evaluate("document.querySelector('[name=password][minlength]').form.noValidate = true")
    page.locator("section").get_by_label("Role", exact=True).select_option("coder")
    page.get_by_label("First password").evaluate("e => e.form.noValidate = true")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("It needs at least 12 characters.")).to_be_visible()
    axe(page)
    page.get_by_label("First password").fill("nine wet boots by the door")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("status")).to_have_text("The account bruno has been made.")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Name").fill("bruno")
    page.get_by_label("Password").fill("nine wet boots by the door")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="bruno")).to_be_visible()
    expect(page.get_by_role("link", name="Users")).to_have_count(0)
