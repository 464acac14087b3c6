"""Who may do what, signing in and out, and looking after accounts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from desk_client import ORIGIN, PASSWORD, DeskClient
from vigie.desk.app import create_app
from vigie.desk.config import DeskConfig, Rate
from vigie.desk.passwords import Passwords
from vigie.desk.permissions import Permission, allows, guarded
from vigie.store.accounts import ROLES
from vigie.store.store import Store

Team = Callable[[str], DeskClient]


def test_each_role_may_do_what_the_table_says(app: FastAPI, team: Team) -> None:
    """Every route of the app, asked for by every role: let in or not as its permission says."""
    browsers = {role: team(role) for role in ROLES}
    headers = {role: {"X-CSRF-Token": browser.token()} for role, browser in browsers.items()}
    for method, path, permission in guarded(app.routes):
        if permission is None or path == "/account":
            continue
        address = path.replace("{name}", "nobody")
        for role, browser in browsers.items():
            answer = browser.request(method, address, headers=headers[role], follow_redirects=False)
            assert (answer.status_code != 403) == allows(role, permission), (method, path, role, answer.status_code)


def test_who_is_not_signed_in_sees_nothing(app: FastAPI, team: Team, another: Callable[[], DeskClient]) -> None:
    team("admin")
    stranger = another()
    for method, path, permission in guarded(app.routes):
        if permission is None:
            continue
        answer = stranger.send_json(method, path.replace("{name}", "nobody"))
        assert answer.status_code in (303, 401), (method, path)
        assert answer.headers.get("location", "/login").startswith("/login")


def test_a_desk_without_accounts_works_at_once_as_an_editor(client: DeskClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/users").status_code == 403
    assert allows("editor", Permission.DECIDE)


def test_the_first_account_closes_the_desk_while_it_runs(
    client: DeskClient, store: Store, passwords: Passwords
) -> None:
    assert client.get("/").status_code == 200
    store.accounts.add("amina", "admin", passwords.hash(PASSWORD))
    answer = client.get("/?q=1", follow_redirects=False)
    assert answer.headers["location"] == "/login?next=%2F%3Fq%3D1"


def test_signing_in_leads_back_to_where_one_wanted_to_go(team: Team, another: Callable[[], DeskClient]) -> None:
    team("reader")
    browser = another()
    form = {"name": " Reader ", "password": PASSWORD, "next": "/account"}
    answer = browser.post_form("/login", form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "reader" in browser.get("/account").text


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "evil", "/a\nb"]
)
def test_signing_in_never_leads_elsewhere(team: Team, another: Callable[[], DeskClient], next: str) -> None:
    team("reader")
    answer = another().post_form("/login", {"name": "reader", "password": PASSWORD, "next": next})
    assert answer.headers["location"] == "/"


def test_a_wrong_name_and_a_wrong_password_look_the_same(team: Team, another: Callable[[], DeskClient]) -> None:
    team("reader")
    answers = [another().post_form("/login", {"name": n, "password": "wrong"}) for n in ("reader", "nobody")]
    assert {a.status_code for a in answers} == {401}
    assert "do not belong together" in answers[0].text
    # The same page, but for the token and the name that was typed.
    first, second = (re.sub(r"[0-9a-f]{128}", "", a.text).replace("nobody", "reader") for a in answers)
    assert first == second
    assert all("vigie-session" not in a.headers.get("set-cookie", "") for a in answers)


def test_a_disabled_account_is_out_at_once(team: Team, store: Store, another: Callable[[], DeskClient]) -> None:
    browser = team("coder")
    assert browser.get("/", follow_redirects=False).status_code == 200
    store.accounts.set_disabled("coder", True)
    assert browser.get("/", follow_redirects=False).status_code == 303
    assert another().sign_in("coder").status_code == 401


def test_a_new_role_holds_from_the_next_request(team: Team, store: Store) -> None:
    browser = team("editor")
    assert browser.get("/users").status_code == 403
    store.accounts.set_role("editor", "admin")
    assert browser.get("/users").status_code == 200


def test_signing_out_ends_the_session_for_whoever_copied_it(team: Team, another: Callable[[], DeskClient]) -> None:
    browser, thief = team("reader"), another()
    thief.cookies.update(browser.cookies)
    assert thief.get("/", follow_redirects=False).status_code == 200
    answer = browser.post_form("/logout")
    assert "cache" in answer.headers["clear-site-data"]
    assert thief.get("/", follow_redirects=False).status_code == 303


def test_signing_in_again_makes_a_new_session(team: Team) -> None:
    browser = team("reader")
    before = browser.cookies["vigie-session-8000"]
    browser.post_form("/logout")
    browser.sign_in("reader")
    assert browser.cookies["vigie-session-8000"] != before


def test_a_session_ends_when_it_is_not_used_and_at_last_in_any_case(tmp_path: Path, passwords: Passwords) -> None:
    time = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
    with Store.create(str(tmp_path / "v.db"), clock=lambda: time) as store:
        store.accounts.add("amina", "admin", passwords.hash(PASSWORD))
        browser = DeskClient(create_app(store, DeskConfig(), passwords=passwords), base_url=ORIGIN)
        browser.sign_in("amina")

        def after(hours: float) -> int:
            nonlocal time
            time += dt.timedelta(hours=hours)
            return browser.get("/", follow_redirects=False).status_code

        assert [after(9), after(9), after(9)] == [200, 200, 200]
        assert after(10.1) == 303
        browser.sign_in("amina")
        assert [after(9) for _ in range(19)].count(200) == 18  # seven days are 168 hours


def test_guessing_is_slowed_down(store: Store, passwords: Passwords) -> None:
    store.accounts.add("amina", "admin", passwords.hash(PASSWORD))
    rates = {**DeskConfig().rates, "login": Rate(3, 60)}
    browser = DeskClient(create_app(store, DeskConfig(rates=rates), passwords=passwords), base_url=ORIGIN)
    answers = [browser.post_form("/login", {"name": f"n{i}", "password": "x"}) for i in range(4)]
    assert [a.status_code for a in answers] == [401, 401, 401, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 21
    assert browser.sign_in("amina").status_code == 429


def test_one_account_cannot_be_guessed_at_from_many_places(store: Store, passwords: Passwords) -> None:
    store.accounts.add("amina", "admin", passwords.hash(PASSWORD))
    rates = {**DeskConfig().rates, "login-name": Rate(3, 900)}
    config = DeskConfig(
        hosts=("vigie.example.org",), origin="https://vigie.example.org", secure=True, accounts_needed=True,
        behind_proxy=True, rates=rates,
    )  # fmt: skip
    browser = DeskClient(create_app(store, config, passwords=passwords), base_url="https://vigie.example.org")
    statuses = []
    for place in range(4):
        browser.headers["X-Forwarded-For"] = f"10.0.0.1, 192.0.2.{place}"
        statuses.append(browser.sign_in("amina", "wrong").status_code)
    assert statuses == [401, 401, 401, 429]


def test_behind_a_proxy_cookies_go_over_https_only(store: Store, passwords: Passwords) -> None:
    store.accounts.add("amina", "admin", passwords.hash(PASSWORD))
    config = DeskConfig(
        hosts=("vigie.example.org",), origin="https://vigie.example.org", secure=True, accounts_needed=True, behind_proxy=True
    )  # fmt: skip
    browser = DeskClient(create_app(store, config, passwords=passwords), base_url="https://vigie.example.org")
    answer = browser.sign_in("amina")
    assert answer.status_code == 303
    assert "__Host-vigie-session=" in answer.headers["set-cookie"]
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]
    assert browser.get("/users").status_code == 200
    crossed = browser.post(
        "/logout", data={"csrf_token": browser.token()}, headers={"Origin": "http://vigie.example.org"}
    )
    assert crossed.status_code == 403


def test_a_program_works_with_a_token_of_its_own(team: Team, store: Store, another: Callable[[], DeskClient]) -> None:
    team("reader")
    token = store.accounts.open_session("admin", dt.timedelta(days=1), "program", "nightly export")
    program = another()
    program.headers["Authorization"] = f"Bearer {token}"
    assert program.get("/users").status_code == 200
    changed = program.post("/users/reader/role", data={"role": "coder"}, follow_redirects=False)
    assert changed.status_code == 303
    assert store.accounts.find("reader").role == "coder"
    as_cookie = another()
    as_cookie.cookies.set("vigie-session-8000", token)
    assert as_cookie.get("/users", follow_redirects=False).status_code == 303


def test_a_session_of_a_browser_is_no_token_of_a_program(team: Team, another: Callable[[], DeskClient]) -> None:
    token = team("admin").cookies["vigie-session-8000"]
    program = another()
    program.headers["Authorization"] = f"Bearer {token}"
    assert program.get("/users", follow_redirects=False).status_code == 303
    assert program.post("/users/reader/role", data={"role": "coder"}).status_code == 403


def test_a_local_desk_takes_no_token_in_place_of_the_form(client: DeskClient) -> None:
    answer = client.post("/preferences", data={"theme": "dark"}, headers={"Authorization": "Bearer anything"})
    assert answer.status_code == 403


def test_changing_the_password_ends_all_other_sessions(team: Team, another: Callable[[], DeskClient]) -> None:
    browser, elsewhere = team("reader"), another()
    elsewhere.sign_in("reader")
    new = "nine wet boots by the door"
    wrong = browser.post_form("/account", {"current": "no", "password": new, "again": new + "s"})
    assert wrong.status_code == 422
    assert "This is not your password." in wrong.text
    assert "not the same" in wrong.text
    done = browser.post_form("/account", {"current": PASSWORD, "password": new, "again": new}, follow=True)
    assert "Your password has been changed." in done.text
    assert browser.get("/account").text.count("Your password has been changed.") == 0  # said once
    assert elsewhere.get("/", follow_redirects=False).status_code == 303
    assert another().sign_in("reader").status_code == 401
    assert another().sign_in("reader", new).status_code == 303


def test_an_admin_looks_after_accounts(team: Team, store: Store, another: Callable[[], DeskClient]) -> None:
    admin = team("admin")
    made = admin.post_form("/users", {"name": "Zoé", "role": "coder", "password": PASSWORD})
    assert made.status_code == 422
    made = admin.post_form("/users", {"name": "Zoe", "role": "coder", "password": PASSWORD}, follow=True)
    assert "The account zoe has been made." in made.text
    assert another().sign_in("zoe").status_code == 303
    assert "There is an account of that name" in admin.post_form("/users", {"name": "zoe", "password": PASSWORD}).text
    assert "at least 12 characters" in admin.post_form("/users/zoe/password", {"password": "short"}).text
    admin.post_form("/users/zoe/password", {"password": "nine wet boots by the door"})
    assert another().sign_in("zoe").status_code == 401
    admin.post_form("/users/zoe/disabled", {"disabled": "true"})
    assert store.accounts.find("zoe").disabled
    refused = admin.post_form("/users/admin/role", {"role": "reader"}, follow=True)
    assert "the last admin" in refused.text
    assert store.accounts.find("admin").role == "admin"


def test_a_hash_made_with_less_work_is_made_anew_at_the_next_sign_in(store: Store, passwords: Passwords) -> None:
    store.accounts.add("amina", "admin", passwords.hash(PASSWORD))
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    browser = DeskClient(create_app(store, DeskConfig(), passwords=stronger), base_url=ORIGIN)
    before = store.accounts.password_hash("amina")
    assert browser.sign_in("amina").status_code == 303
    after = store.accounts.password_hash("amina")
    assert after != before
    assert not stronger.outdated(after)
    assert browser.get("/", follow_redirects=False).status_code == 200
