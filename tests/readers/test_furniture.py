"""The head of wire copy: date, place, agency, byline, marks, and where the story begins."""

from __future__ import annotations

from functools import cache
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.language.pack import Pack, read_entries
from vigie.language.schema import Term
from vigie.readers.furniture import Furniture, find_furniture


@cache
def wire_pack(language: str) -> Pack:
    text = (resources.files("vigie.language") / "data" / language / "wire.yaml").read_text("utf-8")
    return Pack(language, {"wire": read_entries(text, Term, f"{language}/wire.yaml")})


def furniture(text: str, language: str) -> Furniture:
    return find_furniture(text, wire_pack(language))


@pytest.mark.parametrize(
    ("language", "head", "place", "agency", "published"),
    [
        ("en", "BAGHDAD (Reuters) - ", "BAGHDAD", "Reuters", None),
        ("en", "ADEN, Yemen, March 3, 2024 (AP) — ", "ADEN, Yemen", "AP", "2024-03-03"),
        ("en", "MOSCOW, March 3. /TASS/. ", "MOSCOW", "TASS", None),
        ("en", "BEIJING, Oct. 3 (Xinhua) -- ", "BEIJING", "Xinhua", None),
        ("en", "(ANSA) - ROME, MAY 3 - ", "ROME", "ANSA", None),
        ("en", "Berlin (dpa) - ", "Berlin", "DPA", None),
        ("en", "DAMASCUS/BEIRUT (Reuters) - ", "DAMASCUS/BEIRUT", "Reuters", None),
        ("en", "SOUTHERN ZONE, Dec. 11, 2016 — ", "SOUTHERN ZONE", None, "2016-12-11"),
        ("en", "KABUL (Hallam Wire) - ", "KABUL", "Hallam Wire", None),
        ("en", "(Reuters) - ", None, "Reuters", None),
        ("en", "Saturday, October 5, 2019 \n\n", None, None, "2019-10-05"),
        ("en", "PORT SALIM, 5 August (QWN): ", "PORT SALIM", "QWN", None),
        ("en", "MORENA, Mexico (QWN) - ", "MORENA, Mexico (QWN)", None, None),
        ("en", "TRIPOLI: ", "TRIPOLI", None, None),
        ("en", "TRIPOLI, Libya - ", "TRIPOLI, Libya", None, None),
        ("en", "(TRIPOLI) — ", "TRIPOLI", None, None),
        ("en", "GOMA, DR Congo, Nov 12, 2019 (QWN/AFP) – ", "GOMA, DR Congo", "AFP", "2019-11-12"),
        ("fr", "BEYROUTH - ", "BEYROUTH", None, None),
        ("fr", "MOSSOUL. ", "MOSSOUL", None, None),
        ("fr", "AJACCIO, 12 jan 1983 - ", "AJACCIO", None, "1983-01-12"),
        ("fr", "PARIS, 3 mars (AFP) - ", "PARIS", "AFP", None),
        ("fr", "Ouagadougou (Burkina Faso), 3 mars 2024 (AFP) - ", "Ouagadougou (Burkina Faso)", "AFP", "2024-03-03"),
        ("fr", "KABOUL, le 3 mars 2019 - ", "KABOUL", None, "2019-03-03"),
        ("fr", "AFP - ", None, "AFP", None),
        ("fr", "12 juin 2016. –\n", None, None, "2016-06-12"),
        ("fr", "1er janvier 2017, 1 h 30 UTC+3. – ", None, None, "2017-01-01"),
        ("fr", "Bagdad — ", "Bagdad", None, None),
        ("fr", "Publié le 3 mars 2024 à 18:42\n\n", None, None, "2024-03-03"),
        ("fr", "date 2024-07-26 (Amman) ", "Amman", None, "2024-07-26"),
        ("en", "Aden [Yemen], March 3 (QWN): ", "Aden [Yemen]", "QWN", None),
        ("en", "SARNA (Kebbi, Nigeria), Nov 4 (QWN) — ", "SARNA (Kebbi, Nigeria)", "QWN", None),
        ("fr", "(Ouagadougou) ", "Ouagadougou", None, None),
        ("fr", "(Port-au-Prince) ", "Port-au-Prince", None, None),
    ],
)
def test_datelines(language: str, head: str, place: str | None, agency: str | None, published: str | None) -> None:
    story = "Two shells hit a camp." if language == "en" else "Deux obus ont touché un camp."
    text = head + story
    found = furniture(text, language)
    assert text[found.body :] == story
    assert (text[slice(*found.dateline)] if found.dateline else None) == place
    assert found.agency == agency
    assert (str(found.published.start) if found.published else None) == published


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le 16 juillet 2024, deux drones ont été lancés."),
        ("fr", "Vendredi 3 mars 2016, un homme est mort."),
        ("en", "On March 3, 2024, a man died."),
        ("en", "Jean Durand – the speaker – said so."),
        ("fr", "Reuters a cité un officier."),
        ("fr", "Deux obus – tirés de nuit – sont tombés."),
        ("fr", "Syrie : deux obus sont tombés."),
        ("en", "Police: The man had fired first."),
        ("en", "UN. The envoy left."),
    ],
)
def test_prose_is_no_dateline(language: str, text: str) -> None:
    found = furniture(text, language)
    assert (found.body, found.dateline, found.published) == (0, None, None)


def test_a_month_in_the_head_is_the_month_of_publication() -> None:
    found = furniture(" date 2023-11 (Amman) Deux obus ont touché un camp.", "fr")
    assert found.published is not None
    assert (str(found.published.start), str(found.published.end), found.published.grain) == (
        "2023-11-01",
        "2023-11-30",
        "month",
    )


def test_headline_byline_marks_and_closing_lines() -> None:
    text = (
        "UPDATE 2 - Toll rises in camp blast\n\nBy Jane Doe in Aden\n\nADEN, March 3 (Reuters) - A blast hit a camp.\n\n"
        "Officials spoke.\n\nReporting by Jane Doe; editing by John Roe\n\nAgence France-Presse"
    )
    found = furniture(text, "en")
    kinds = {text[s.start : s.end]: s.kind for s in found.spans}
    assert found.title is not None
    assert text[slice(*found.title)] == "UPDATE 2 - Toll rises in camp blast"
    assert found.marks == ("update",)
    assert kinds["By Jane Doe in Aden"] == "byline"
    assert kinds["Reporting by Jane Doe; editing by John Roe"] == "line"
    assert kinds["Agence France-Presse"] == "agency"
    assert text[found.body :].startswith("A blast hit")
    assert found.agency == "Reuters"


@pytest.mark.parametrize(
    ("language", "text", "mark"),
    [
        ("fr", "RECTIFICATIF : bien lire trois blessés\n\nKABOUL (AFP) - Trois blessés.", "correction"),
        ("en", "(CORRECTED) Three hurt in blast\n\nThree people were hurt.", "correction"),
        ("fr", "Page actualisée : 16 juin 2016, 16 h 20\n\n16 juin 2016. –\nUn obus.", "update"),
        ("en", "WITHDRAWAL: please disregard\n\nOur story was wrong.", "withdrawal"),
    ],
)
def test_marks_in_the_head(language: str, text: str, mark: str) -> None:
    assert furniture(text, language).marks == (mark,)


def test_a_word_in_a_headline_is_no_mark() -> None:
    assert (
        furniture("L’annulation du sommet inquiète\n\nLe sommet n’aura pas lieu.".replace("’", "'"), "fr").marks == ()
    )


@given(
    st.text(alphabet=st.sampled_from("ABÉab é.,-–—()/\n0123 (AFP)mars2024«»"), max_size=300),
    st.sampled_from(["fr", "en"]),
)
def test_offsets_lie_in_the_text(text: str, language: str) -> None:
    found = furniture(text, language)
    assert 0 <= found.body <= len(text)
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()


def test_a_dateline_below_points_of_a_summary_is_where_the_story_begins() -> None:
    points = "Rebels say soldiers fired first\n\nArmy denies it\n\n"
    text = points + "BAMAKO, Nov 22 - A third man has died of his wounds."
    assert furniture(text, "en").body == text.index("A third")
    text = "Two men died in Gao. The army denies it.\n\nBAMAKO, Nov 22 - A third man has died of his wounds."
    assert furniture(text, "en").body == 0
