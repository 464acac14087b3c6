"""What stands before every route: headers, hosts, forged requests, sizes, faults of ours."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request

from desk_client import ORIGIN, DeskClient
from vigie.desk import csrf
from vigie.desk.config import DeskConfig
from vigie.desk.permissions import guarded, open_to_all
from vigie.errors import DecisionConflict, QueryError, StoreBusy, StoreCorrupt

FORM = "application/x-www-form-urlencoded"


def concrete(path: str) -> str:
    """A route's pattern as an address."""
    return re.sub(r"\{[^}]*\}", "nobody", path)


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and address of every route of the app, and of one that is not there."""
    return [(method, concrete(path)) for method, path, _ in guarded(app.routes)] + [("GET", "/nothing-here")]


@pytest.fixture
def failing(own_app: FastAPI) -> Callable[[Exception], DeskClient]:
    """Adds the route `/fails`, which raises what it is given; gives a browser at that desk."""

    def add(error: Exception) -> DeskClient:
        def fails() -> None:
            raise error

        router = APIRouter()
        for path in ("/fails", "/api/v1/fails"):
            router.add_api_route(path, fails, dependencies=[Depends(open_to_all)])
        own_app.include_router(router)
        return DeskClient(own_app, base_url=ORIGIN)

    return add


def test_every_answer_has_the_headers(app: FastAPI, client: DeskClient) -> None:
    for method, path in routes(app):
        headers = client.request(method, path, follow_redirects=False).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'self'"), path
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert headers["referrer-policy"] == "same-origin", path
        assert headers["cross-origin-resource-policy"] == "same-origin", path
        assert headers["cache-control"], path
        assert "server" not in headers


def test_no_page_has_a_script_or_a_style_inside(app: FastAPI, client: DeskClient) -> None:
    for method, path in routes(app):
        answer = client.request(method, path)
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", answer.text), path
            for script in re.findall(r"<script[^>]*>(.*?)</script>", answer.text, re.DOTALL):
                assert not script.strip(), path
            assert not re.search(r"(?:src|href|action)=\"(?!/|#|\?)", answer.text), path


def test_pages_are_packed_when_they_are_long(client: DeskClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "<!doctype html>" in answer.text


@pytest.mark.parametrize(
    "host", ["vigie.example.org", "127.0.0.1.example.org", "localhost.evil.example:8000", "", "[::2]"]
)
def test_a_host_that_is_not_ours_is_turned_away(client: DeskClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "record" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:9000", "LOCALHOST", "[::1]:8000"])
def test_this_machine_goes_by_its_usual_names(client: DeskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_what_came_through_a_proxy_is_turned_away_on_a_desk_for_one(client: DeskClient) -> None:
    assert client.get("/", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 421


def test_every_change_needs_the_token_of_a_page(app: FastAPI, client: DeskClient) -> None:
    unsafe = [(method, path) for method, path in routes(app) if method not in csrf.SAFE]
    assert unsafe
    stranger = csrf.token("0" * 64)
    for method, path in unsafe:
        for fields in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 128}, {"csrf_token": stranger}):
            answer = client.request(method, path, data=fields)
            assert answer.status_code == 403, (method, path, fields)
            assert "nothing was changed" in answer.text
        assert client.request(method, path, headers={"X-CSRF-Token": stranger}).status_code == 403


def test_a_token_is_new_on_each_page_and_holds_for_all(client: DeskClient) -> None:
    first, second = client.token(), client.token()
    assert first != second
    for token in (first, second):
        answer = client.post("/preferences", data={"csrf_token": token, "theme": "dark"}, follow_redirects=False)
        assert answer.status_code == 303
    by_script = client.post("/preferences", headers={"X-CSRF-Token": first}, follow_redirects=False)
    assert by_script.status_code == 303


def test_the_token_of_another_browser_is_no_good(client: DeskClient, another: Callable[[], DeskClient]) -> None:
    assert client.post("/preferences", data={"csrf_token": another().token()}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
    ],
)
def test_a_change_that_another_site_asks_for_is_refused_whatever_it_carries(
    client: DeskClient, headers: dict[str, str]
) -> None:
    answer = client.post("/preferences", data={"csrf_token": client.token(), "theme": "dark"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_form_from_another_site_cannot_be_read_as_json(client: DeskClient) -> None:
    answer = client.post("/preferences", content='{"csrf_token": "x"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 403


def test_what_is_too_large_is_not_taken(app: FastAPI, client: DeskClient) -> None:
    limit = app.state.desk.config.max_body
    told = client.post("/preferences", content=b"", headers={"Content-Length": str(limit + 1), "Content-Type": FORM})
    assert told.status_code == 413
    assert "Too large" in told.text

    def untold() -> Iterator[bytes]:
        yield from (b"a" * 1_000_000 for _ in range(limit // 1_000_000 + 2))

    assert client.post("/preferences", content=untold(), headers={"Content-Type": FORM}).status_code == 413
    assert client.get("/", headers={"Content-Length": "none"}).status_code == 413


def test_a_fault_of_ours_is_a_page_and_a_line_in_the_log(
    failing: Callable[[Exception], DeskClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = failing(RuntimeError("a secret of the house"))
    page = client.get("/fails", headers={"Accept-Language": "fr"})
    assert page.status_code == 500
    assert "Une erreur s’est produite ici" in page.text
    assert "secret" not in page.text
    assert "content-security-policy" in page.headers
    assert "a secret of the house" in caplog.text
    problem = client.get("/api/v1/fails")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 500


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (DecisionConflict("x", "somebody was here"), 409, "Somebody else was quicker"),
        (QueryError("/srv/vigie.db", "no such month"), 400, "no such month"),
        (StoreBusy("/srv/vigie.db", "busy"), 503, "The record cannot be reached"),
        (StoreCorrupt("/srv/vigie.db", "damaged"), 503, "The record cannot be reached"),
    ],
)
def test_errors_of_the_record_are_told_without_its_address(
    failing: Callable[[Exception], DeskClient], error: Exception, status: int, words: str
) -> None:
    client = failing(error)
    page, problem = client.get("/fails"), client.get("/api/v1/fails")
    assert page.status_code == problem.status_code == status
    assert words in page.text
    assert problem.json()["status"] == status
    assert "/srv" not in page.text + problem.text
    if isinstance(error, StoreBusy):
        assert page.headers["retry-after"] == "5"


def test_pages_that_are_not_there_say_so_in_both_languages(client: DeskClient) -> None:
    assert "Nothing here" in client.get("/nothing").text
    assert "Rien ici" in client.get("/nothing", headers={"Accept-Language": "fr"}).text
    assert client.get("/api/v1/nothing", headers={"Accept-Language": "fr"}).json()["title"] == "Rien ici"
    assert client.get("/preferences").status_code == 405


def test_the_log_names_nobody(client: DeskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "vigie.desk.access")
    client.get("/users?q=Mosul", headers={"User-Agent": "Particular/1"})
    client.get("/nothing/about/somebody")
    lines = [record.getMessage() for record in caplog.records if record.name == "vigie.desk.access"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == ["GET /users 403", "GET - 404"]


def test_an_app_with_a_route_that_names_no_permission_is_not_made(own_app: FastAPI) -> None:
    inner, outer = APIRouter(), APIRouter()

    def anything(request: Request) -> dict[str, Any]:
        return {}

    inner.add_api_route("/inner", anything)
    outer.include_router(inner, prefix="/outer")
    own_app.include_router(outer)
    with pytest.raises(ValueError, match="/outer/inner"):
        list(guarded(own_app.routes))


def test_files_are_kept_for_good_under_the_hash_of_all(client: DeskClient, app: FastAPI) -> None:
    assets = app.state.desk.assets
    answer = client.get(assets.url("desk.css"))
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/older/desk.css").headers["cache-control"] == "no-cache"
    for name in ("../app.py", "%2e%2e/app.py", "js", "", ".hidden", "js/../../app.py"):
        assert client.get(f"/static/{assets.version}/{name}").status_code == 404, name
    assert assets.url("js/desk.js") in client.get("/").text


def test_health_says_little(client: DeskClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_cookies_are_out_of_reach_of_scripts(client: DeskClient) -> None:
    cookie = client.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert DeskConfig(secure=True).cookie("session").startswith("__Host-")
