"""Every error has its cause and its sentence. The text is invented, and so are all who appear in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vigie.evaluation.causes import OUTSIDE, CodingError, errors, grouped
from vigie.evaluation.matching import match
from vigie.evaluation.measures import measure
from vigie.evaluation.passages import read_passages
from vigie.evaluation.sheets import Sheet
from vigie.readers.published import read_published
from vigie.readers.reports import make_report

TEXT = (
    "Trois gendarmes ont été tués et deux blessés lundi dans l'attaque d'un poste à Gao, a annoncé la préfecture. "
    "Des hommes armés ont ouvert le feu à la kalachnikov. "
    "Mercredi, une bombe a explosé à Kidal et blessé sept passants. "
    "En janvier 2023, deux roquettes avaient tué un berger à Ménaka. "
    "Un responsable militaire venu de Bamako a parlé d'un commando."
)
PUBLISHED = "2024-05-02"  # a Thursday: Monday is 29 April, Wednesday 1 May
GAO: dict[str, Any] = {
    "type": "attack",
    "date": {"start": "2024-04-29", "end": "2024-04-29"},
    "place": {"name": "Gao", "country": "ML"},
    "killed": {"lower": 3, "upper": 3},
    "injured": {"lower": 2, "upper": 2},
    "weapons": [{"kind": "firearm"}],
    "actors": ["hommes armés"],
    "targets": ["gendarmes"],
    "responsibility": "attributed",
}
KIDAL: dict[str, Any] = {
    "type": "remote_explosive",
    "date": {"start": "2024-05-01", "end": "2024-05-01"},
    "place": {"name": "Kidal", "country": "ML"},
    "injured": {"lower": 7, "upper": 7},
    "weapons": [{"kind": "bomb", "lower": 1, "upper": 1}],
    "targets": ["passants"],
}
FROM_GAO = "Trois gendarmes ont été tués"
FROM_KIDAL = "une bombe a explosé"
FROM_MENAKA = "deux roquettes avaient tué"


@pytest.fixture
def found(by_hand: Callable[..., Sheet], by_machine: Callable[..., Sheet]) -> Callable[..., list[CodingError]]:
    """The errors of a coding of TEXT: found([gold incident, …], [coded incident, …], with_text=True, **of_the_coding)."""

    def make(gold: list[Any], coded: list[Any], *, text: bool = True, **rest: Any) -> list[CodingError]:
        hand = by_hand("fr:1", *gold, sources=rest.pop("by_hand_sources", []), tallies=rest.pop("by_hand_tallies", []))
        result = match(hand, by_machine("fr:1", TEXT, *coded, **rest))
        report = make_report(b"", TEXT, id="fr:1", language="fr", published=read_published(PUBLISHED))
        sentences = {"fr:1": read_passages(report)} if text else {}
        every = list(errors([result], sentences))
        inside = sum(e.lost for e in every if e.slot not in OUTSIDE)
        assert inside == measure([result]).scores["coding"].lost  # nothing lost is left unexplained
        return every

    return make


def coded(incident: dict[str, Any], words: str, **changes: Any) -> dict[str, Any]:
    """A coding of an incident as the machine gives it, made from some words."""
    return {**incident, "from": words, **changes}


def span(words: str) -> dict[str, Any]:
    """Words of TEXT as evidence."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "quote": words}


def only(every: list[CodingError]) -> CodingError:
    (error,) = every
    return error


def test_a_right_coding_has_no_errors(found: Callable[..., list[CodingError]]) -> None:
    assert found([GAO, KIDAL], [coded(GAO, FROM_GAO), coded(KIDAL, FROM_KIDAL)]) == []


# --- whole incidents -----------------------------------------------------------------------------------------------


def test_an_incident_whose_sentence_was_left_out_tells_the_reason(found: Callable[..., list[CodingError]]) -> None:
    left = {"what": "bombe", "reason": "planned, not done", "from": FROM_KIDAL}
    error = only(found([GAO, KIDAL], [coded(GAO, FROM_GAO)], rejections=[left]))
    assert (error.slot, error.cause, error.detail) == ("incident", "left_out", "planned, not done")
    assert error.gold == "remote_explosive, 2024-05-01, Kidal"
    assert error.lost == 8
    assert (error.sentence or "").startswith("Mercredi, une bombe a explosé")


def test_an_incident_told_as_part_of_another_is_merged(found: Callable[..., list[CodingError]]) -> None:
    both = {**GAO, "evidence": [span(FROM_GAO), span(FROM_KIDAL)]}
    error = only(found([GAO, KIDAL], [both]))
    assert (error.slot, error.cause) == ("incident", "merged")
    assert "attack, Gao" in error.detail


def test_an_incident_of_which_nothing_was_made_is_passed_over_with_its_words(
    found: Callable[..., list[CodingError]],
) -> None:
    error = only(found([GAO, KIDAL], [coded(GAO, FROM_GAO)]))
    assert (error.slot, error.cause) == ("incident", "passed_over")
    assert "explosé" in error.detail


def test_an_incident_in_a_sentence_without_a_word_of_violence(found: Callable[..., list[CodingError]]) -> None:
    quiet = {"type": "abduction", "place": {"name": "Bamako", "country": "ML"}, "actors": ["responsable militaire"]}
    error = only(found([quiet], []))
    assert (error.slot, error.cause) == ("incident", "no_violence_seen")
    assert "Bamako" in (error.sentence or "")


def test_an_incident_that_no_sentence_holds_is_not_located(found: Callable[..., list[CodingError]]) -> None:
    error = only(found([{"type": "attack", "place": {"name": "Tessalit", "country": "ML"}}], []))
    assert (error.cause, error.sentence) == ("unlocated", None)


def test_a_coded_incident_too_unlike_its_own_counts_on_both_sides(found: Callable[..., list[CodingError]]) -> None:
    other = {"type": "grenade", "place": {"name": "Bamako", "country": "FR"}, "killed": {"lower": 9, "upper": 9}}
    every = found([KIDAL], [coded(other, FROM_KIDAL)])
    assert {(e.slot, e.cause) for e in every} == {("incident", "unlike")}
    assert sorted(e.lost for e in every) == [4, 8]


@pytest.mark.parametrize(
    ("gold", "words", "period", "cause"),
    [
        ([], FROM_KIDAL, "current", "no_incident_told"),
        ([GAO], FROM_GAO, "current", "split"),
        ([GAO], FROM_MENAKA, "background", "context"),
        ([GAO], FROM_MENAKA, "current", "other_words"),
    ],
)
def test_what_an_incident_was_invented_from(
    found: Callable[..., list[CodingError]], gold: list[Any], words: str, period: str, cause: str
) -> None:
    right = [coded(GAO, FROM_GAO)] if gold else []
    more = {"type": "grenade", "period": period, "place": {"name": "Douentza", "country": "ML"}}
    error = only(found(gold, [*right, coded(more, words)]))
    assert (error.slot, error.cause, error.lost) == ("incident", cause, 3)
    assert words in (error.sentence or "")


# --- single values --------------------------------------------------------------------------------------------------

ALL_OF_IT = [coded(KIDAL, FROM_KIDAL)]


@pytest.mark.parametrize(
    ("changes", "slot", "cause", "lost"),
    [
        ({"type": "armed_clash"}, "type", "family", 2),
        ({"type": "arson"}, "type", "confused", 2),
        ({"killed": None}, "killed", "not_taken", 1),
        ({"injured": ({"lower": 7, "upper": 7}, "sept")}, "injured", "of_another", 2),
        ({"killed": ({"lower": 2, "upper": 2}, "deux blessés")}, "killed", "other_slot", 2),
        ({"killed": ({"lower": 3, "upper": None}, "Trois")}, "killed", "bounds", 2),
        ({"killed": ({"lower": 1, "upper": 1}, "un berger")}, "killed", "other_sentence", 2),
        ({"date": ({"start": "2024-04-29", "end": "2024-04-30"}, "lundi")}, "date", "near_days", 2),
        ({"date": {"start": "2024-05-02", "basis": "assumed"}}, "date", "assumed", 2),
        ({"date": ({"start": "2023-01-01", "end": "2023-01-31"}, "En janvier 2023")}, "date", "other_sentence", 2),
        ({"date": None}, "date", "not_taken", 1),
        ({"actors": []}, "actor", "unread", 1),
        ({"actors": [("commando", "commando")]}, "actor", "other_sentence", 2),
        ({"actors": ["hommes armés", ("gendarmes", "gendarmes")]}, "actor", "other_slot", 1),
        ({"targets": [("caserne neuve, mess et cour des gendarmes", FROM_GAO)]}, "target", "partly", 2),
        ({"targets": ["gendarmes", ("passants", "passants")]}, "target", "of_another", 1),
        ({"targets": ["gendarmes", ("poste", "un poste")]}, "target", "more", 1),
        ({"targets": [("poste", "un poste")]}, "target", "same_sentence", 2),
        ({"weapons": [{"kind": "knife"}]}, "weapon", "confused", 2),
        ({"weapons": []}, "weapon", "unread", 1),
        ({"responsibility": "claimed"}, "responsibility", "confused", 2),
    ],
)
def test_why_a_value_is_missing_wrong_or_too_many(
    found: Callable[..., list[CodingError]], changes: dict[str, Any], slot: str, cause: str, lost: int
) -> None:
    every = found([GAO, KIDAL], [coded(GAO, FROM_GAO, **changes), *ALL_OF_IT])
    error = only([e for e in every if e.slot == slot])
    assert (error.cause, error.lost) == (cause, lost)
    assert error.incident == "1"
    assert error.sentence
    assert error.sentence in " ".join(TEXT.split())


def test_a_country_is_lost_with_its_place_and_a_coarser_place_is_told(found: Callable[..., list[CodingError]]) -> None:
    every = found([GAO], [coded(GAO, FROM_GAO, place={"name": "Algérie", "country": "DZ", "precision": "country"})])
    assert {(e.slot, e.cause) for e in every} == {("place", "coarser"), ("country", "follows")}


def test_a_responsibility_follows_from_an_author_not_found(found: Callable[..., list[CodingError]]) -> None:
    every = found([GAO], [coded(GAO, FROM_GAO, actors=[], responsibility="unknown")])
    assert [(e.slot, e.cause) for e in every] == [("actor", "unread"), ("responsibility", "follows")]


def test_a_number_is_lost_with_its_weapon(found: Callable[..., list[CodingError]]) -> None:
    every = found([KIDAL], [coded(KIDAL, FROM_KIDAL, weapons=[])])
    assert [(e.slot, e.cause) for e in every] == [("weapon", "not_taken"), ("weapon_count", "follows")]


def test_a_value_in_a_sentence_of_another_incident_or_of_none(found: Callable[..., list[CodingError]]) -> None:
    gold = {**GAO, "actors": ["hommes armés", "commando"], "targets": ["gendarmes", "passants"]}
    every = found([gold, KIDAL], [coded(GAO, FROM_GAO), *ALL_OF_IT])
    assert {(e.slot, e.gold, e.cause) for e in every} == {
        ("actor", "commando", "unread"),
        ("target", "passants", "elsewhere"),
    }


# --- beside the slots -----------------------------------------------------------------------------------------------


def test_period_speakers_and_totals_are_told_and_cost_nothing_of_the_coding(
    found: Callable[..., list[CodingError]],
) -> None:
    every = found(
        [GAO],
        [coded(GAO, FROM_GAO, period="background")],
        by_hand_sources=[
            {"name": "préfecture", "terms": "role", "quote": "a annoncé la préfecture"},
            {"name": "responsable militaire", "terms": "role", "quote": "a parlé d'un commando"},
        ],
        by_hand_tallies=[{"what": "attaques", "lower": 12, "upper": 12}],
        sources=[
            {"name": "préfecture", "terms": "named", "from": "a annoncé la préfecture"},
            {"name": "commando", "terms": "role", "from": "commando"},
        ],
    )
    assert {(e.slot, e.cause) for e in every} == {
        ("period", "confused"),
        ("terms", "confused"),
        ("source", "not_taken"),
        ("source", "more"),
        ("tally", "not_taken"),
    }
    missed = next(e for e in every if e.gold == "responsable militaire")
    assert "commando" in (missed.sentence or "")


def test_without_the_text_errors_are_told_as_far_as_the_codings_show(found: Callable[..., list[CodingError]]) -> None:
    every = found([GAO, KIDAL], [coded(GAO, FROM_GAO, type="armed_clash", killed=None)], text=False)
    assert [(e.slot, e.cause, e.lost) for e in every] == [
        ("type", "family", 2),
        ("killed", "text_not_given", 1),
        ("incident", "text_not_given", 8),
    ]


def test_causes_are_ranked_by_what_they_cost(found: Callable[..., list[CodingError]]) -> None:
    groups = grouped(found([GAO, KIDAL], [coded(GAO, FROM_GAO, type="arson", killed=None)]))
    assert [(g.slot, g.cause, g.lost) for g in groups] == [
        ("incident", "passed_over", 8),
        ("type", "confused", 2),
        ("killed", "not_taken", 1),
    ]


def test_a_report_in_a_language_without_a_pack_still_has_sentences() -> None:
    text = "Zwölf Soldaten wurden am Dienstag getötet. Die Stadt ist Gao."
    passages = read_passages(make_report(b"", text, language="de"))
    assert [p.text for p in passages.all] == ["Zwölf Soldaten wurden am Dienstag getötet.", "Die Stadt ist Gao."]
    assert passages.holding("Gao") == {1}
    assert not any(p.violence for p in passages.all)
