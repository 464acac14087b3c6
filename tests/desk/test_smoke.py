"""Pages come, in the reader's language."""

from __future__ import annotations

from desk_client import DeskClient


def test_the_start_page_comes_in_the_language_asked_for(client: DeskClient) -> None:
    assert "The record" in client.get("/").text
    page = client.get("/", headers={"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"})
    assert "Le registre" in page.text
    assert page.headers["content-language"] == "fr"


def test_a_language_that_is_chosen_stays_chosen(client: DeskClient) -> None:
    client.post_form("/preferences", {"language": "fr", "back": "/account"})
    assert "Votre compte" in client.get("/account", headers={"Accept-Language": "en"}).text
