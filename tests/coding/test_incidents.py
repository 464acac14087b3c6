"""Whole incidents from a few sentences: how many, where, when, by whom, and who tells of them."""

from __future__ import annotations

import pytest

import vigie
from vigie.model import CodedReport

PAIRS = ("fr", "en")


def coded(text: str, language: str) -> CodedReport:
    return vigie.code(text, language=language, published="2024-07-26")


FIRED_FROM = {
    "fr": "Sept roquettes tirées depuis la plaine de Ninive sont tombées mardi près de la base de Harir, en Irak.",
    "en": "Seven rockets fired from the Nineveh plain landed near the Harir base in Iraq on Tuesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_where_a_rocket_came_from_is_not_where_it_fell(language: str) -> None:
    (incident,) = coded(FIRED_FROM[language], language).incidents
    assert incident.place is not None
    assert "Harir" in incident.place.name
    assert incident.place.relation == "near"
    assert incident.launch_place is not None
    assert "Nin" in incident.launch_place.name
    assert [(w.kind, w.lower, w.upper, w.outcome) for w in incident.weapons] == [("rocket", 7, 7, "fell_near")]


BROUGHT_FROM = {
    "fr": "Trois soldats ont été tués mardi par une roquette en Irak. Cinq blessés ont été évacués de la base de Harir.",
    "en": "A rocket killed three soldiers in Iraq on Tuesday. Five wounded were evacuated from the Harir base.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_where_the_wounded_are_brought_from_launched_nothing(language: str) -> None:
    (incident,) = coded(BROUGHT_FROM[language], language).incidents
    assert incident.launch_place is None


HELD = {
    "fr": "Quatre roquettes ont été tirées mardi contre la base de Conoco, en Syrie, depuis une zone tenue par des milices "
    "pro-iraniennes.",
    "en": "Four rockets were fired on Tuesday at the Conoco base in Syria from an area held by pro-Iranian militias.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_those_who_hold_the_launch_place_are_suspected(language: str) -> None:
    (incident,) = coded(HELD[language], language).incidents
    assert incident.launch_place is not None
    assert [a.basis for a in incident.actors] == ["suspected"]
    assert incident.actors[0].name in incident.launch_place.text


SUMMED_UP = {
    "fr": "Deux bases abritant des soldats ont été attaquées mardi et mercredi en Irak et en Syrie.\n\nUn drone a frappé mardi "
    "la base de Harir, en Irak. Une roquette est tombée mercredi près de Hassaké, en Syrie.\n\n"
    "Les deux attaques n'ont pas été revendiquées.",
    "en": "Two bases housing soldiers were attacked on Tuesday and Wednesday in Iraq and Syria.\n\nA drone hit the Harir base "
    "in Iraq on Tuesday. A rocket landed near Hasakah in Syria on Wednesday.\n\nThe two attacks have not been claimed.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_lead_that_sums_up_is_no_third_incident(language: str) -> None:
    incidents = coded(SUMMED_UP[language], language).incidents
    assert [str(i.date.start) for i in incidents if i.date] == ["2024-07-23", "2024-07-24"]
    assert [i.type for i in incidents] == ["air_drone_strike", "shelling_missile"]


@pytest.mark.parametrize("language", PAIRS)
def test_neither_of_two_attacks_is_claimed(language: str) -> None:
    assert [i.responsibility for i in coded(SUMMED_UP[language], language).incidents] == ["unclaimed", "unclaimed"]


EARLIER = {
    "fr": "Une bombe a explosé mardi à Kaboul, tuant trois personnes. En janvier 2020, un attentat avait tué 40 personnes à "
    "Kandahar.",
    "en": "A bomb exploded in Kabul on Tuesday, killing three people. In January 2020, an attack had killed 40 people in "
    "Kandahar.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_earlier_attack_told_as_context_is_background(language: str) -> None:
    new, old = coded(EARLIER[language], language).incidents
    assert (new.period, old.period) == ("current", "background")
    assert new.killed is not None
    assert old.killed is not None
    assert (new.killed.upper, old.killed.upper) == (3, 40)
    assert old.date is not None
    assert old.date.grain == "month"


RIVALS = {
    "fr": "Deux personnes ont été tuées mardi dans une explosion à Mossoul, a indiqué la police. Neuf personnes ont été tuées "
    "dans l'explosion, selon un médecin.",
    "en": "Two people were killed in a blast in Mosul on Tuesday, police said. Nine people were killed in the blast, a doctor "
    "said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_rival_tolls_stand_side_by_side_under_their_sources(language: str) -> None:
    report = coded(RIVALS[language], language)
    (incident,) = report.incidents
    kinds = {s.id: s.kind for s in report.sources}
    told = {kinds[c.source]: c.values["killed"].lower for c in report.claims if c.source}
    assert told == {"police": 2, "medical": 9}
    assert [(d.field, d.verdict) for d in incident.differences] == [("killed", "conflict")]


MADE_UP = {
    "fr": "Une roquette et deux drones ont touché mardi la base de Harir, en Irak, a indiqué un officier. Deux roquettes et un "
    "drone ont touché la base, selon un responsable kurde.",
    "en": "One rocket and two drones hit the Harir base in Iraq on Tuesday, an officer said. Two rockets and one drone hit the "
    "base, a Kurdish official said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_same_number_of_weapons_made_up_otherwise_is_a_conflict(language: str) -> None:
    (incident,) = coded(MADE_UP[language], language).incidents
    assert "same total, different make-up" in [d.note for d in incident.differences]


CLAIMED = {
    "fr": "Un attentat à la bombe a tué mardi six soldats à Gao, au Mali. Le groupe Étendard noir a revendiqué l'attaque.",
    "en": "A bomb attack killed six soldiers in Gao, Mali, on Tuesday. The Black Banner group claimed the attack.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_group_that_claims_is_the_actor_on_its_own_word(language: str) -> None:
    report = coded(CLAIMED[language], language)
    (incident,) = report.incidents
    assert incident.responsibility == "claimed"
    assert [a.basis for a in incident.actors] == ["claimed"]
    assert "claims_responsibility" in [c.stance for c in report.claims]


NUMBER = {
    "fr": "Un obus a tué mardi deux civils à Alep, en Syrie.",
    "en": "A shell killed two civilians in Aleppo, Syria, on Tuesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_one_shell_is_one(language: str) -> None:
    (incident,) = coded(NUMBER[language], language).incidents
    assert [(w.kind, w.lower, w.upper) for w in incident.weapons] == [("artillery", 1, 1)]


@pytest.mark.parametrize(
    ("published", "start", "end"),
    [
        ("2024-07-26", "2024-07-23", "2024-07-23"),
        ("2024-07-23", "2024-07-23", "2024-07-23"),
        ("2024-07", "2024-07-02", "2024-07-30"),
    ],
)
def test_a_weekday_is_the_nearest_past_one(published: str, start: str, end: str) -> None:
    (incident,) = vigie.code(NUMBER["fr"], language="fr", published=published).incidents
    assert incident.date is not None
    assert (str(incident.date.start), str(incident.date.end)) == (start, end)


CLOSE = {
    "fr": "Une bombe a explosé mardi à Mossoul, en Irak. Sept personnes ont été tuées, a indiqué la police. Neuf personnes ont "
    "été tuées, selon un médecin.",
    "en": "A bomb exploded in Mosul, Iraq, on Tuesday. Seven people were killed, police said. Nine people were killed, a "
    "doctor said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_rival_tolls_give_the_incident_their_range(language: str) -> None:
    (incident,) = coded(CLOSE[language], language).incidents
    assert incident.killed is not None
    assert (incident.killed.lower, incident.killed.upper) == (7, 9)
    assert len(incident.killed.evidence) == 2
