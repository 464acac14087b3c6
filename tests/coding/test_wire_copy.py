"""What wire copy says of an act beside the act: who is based where, what is the first since when, who has not claimed
it. All texts are invented."""

from __future__ import annotations

import pytest

from told_incidents import incidents
from vigie.model import Incident

PAIRS = ("fr", "en")


def one(text: str, language: str) -> Incident:
    (incident,) = incidents(text, language)
    return incident


RAID = {
    "fr": "Onze civils ont été tués mardi dans un raid aérien sur Alep. Selon {who} à Londres, des avions ont frappé le "
    "marché.",
    "en": "Eleven civilians were killed on Tuesday in an air raid on Aleppo. According to {who}, planes hit the market.",
}
MONITOR = {"fr": "une ONG basée", "en": "a monitor based in London"}


@pytest.mark.parametrize("language", PAIRS)
def test_where_those_who_count_are_based_is_not_where_it_was(language: str) -> None:
    incident = one(RAID[language].format(who=MONITOR[language]), language)
    assert incident.place is not None
    assert incident.place.country == "SY"


TROOPS = {
    "fr": "Onze soldats ont été tués mardi dans une attaque contre des troupes basées à Ménaka.",
    "en": "Eleven soldiers were killed on Tuesday in an attack on troops based in Menaka.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_where_troops_are_based_they_are_hit(language: str) -> None:
    incident = one(TROOPS[language], language)
    assert incident.place is not None
    assert incident.place.country == "ML"


FIRST_SINCE = {
    "fr": "Une bombe a fait trois morts mardi à Mogadiscio. Il s'agit du premier attentat perpétré à Mogadiscio depuis "
    "que les rebelles ont quitté la ville début avril.",
    "en": "A bomb killed three people on Tuesday in Mogadishu. It was the first attack in Mogadishu since rebels left "
    "the city in early April.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_first_since_is_the_one_told(language: str) -> None:
    assert one(FIRST_SINCE[language], language).period == "current"


UNCLAIMED = {
    "fr": "Une bombe a fait trois morts mardi à Kaboul, selon la police. {said}",
    "en": "A bomb killed three people on Tuesday in Kabul, police said. {said}",
}
NOT_CLAIMED = {
    "fr": ("L'attaque n'a cependant pas été revendiquée.", "L'attentat n'a pour l'heure pas été revendiqué."),
    "en": ("The attack has not been claimed.",),
}
CLAIMED = {"fr": "L'attaque a été revendiquée par les talibans.", "en": "The Taliban claimed the attack."}


@pytest.mark.parametrize("language", PAIRS)
def test_what_nobody_has_claimed_is_unclaimed(language: str) -> None:
    for said in NOT_CLAIMED[language]:
        assert one(UNCLAIMED[language].format(said=said), language).responsibility == "unclaimed", said
    assert one(UNCLAIMED[language].format(said=CLAIMED[language]), language).responsibility == "claimed"


CAPITAL = {
    "fr": "{who} mardi des dépôts de carburant à Kharkiv, tuant deux civils.",
    "en": "{who} fuel depots in Kharkiv on Tuesday, killing two civilians.",
}
STRIKES = {"fr": "Moscou a frappé", "en": "Moscow struck"}


@pytest.mark.parametrize("language", PAIRS)
def test_a_capital_that_strikes_is_no_place(language: str) -> None:
    incident = one(CAPITAL[language].format(who=STRIKES[language]), language)
    assert incident.place is not None
    assert incident.place.country == "UA"


STRUCK = {
    "fr": "Bagdad a été frappée mardi par des drones, qui ont tué deux civils.",
    "en": "Baghdad struck by drones on Tuesday: two civilians were killed.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_capital_that_is_struck_is_the_place(language: str) -> None:
    incident = one(STRUCK[language], language)
    assert incident.place is not None
    assert incident.place.country == "IQ"


BURNT = {
    "fr": "Des hommes armés ont envahi mardi un village près de Maiduguri, tirant sur les villageois et mettant le feu "
    "aux maisons. Quatre personnes ont été tuées.",
    "en": "Gunmen stormed a village near Maiduguri on Tuesday, shooting at villagers and setting fire to the houses. "
    "Four people were killed.",
}
FIRE = {
    "fr": "Des inconnus ont incendié mardi une maison à Maiduguri, tuant trois personnes.",
    "en": "Unknown men torched a house in Maiduguri on Tuesday, killing three people.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_people_shot_and_houses_burnt_are_an_attack(language: str) -> None:
    assert one(BURNT[language], language).type == "attack"
    assert one(FIRE[language], language).type == "arson"


CHARGE = {
    "fr": "Deux gardes ont été tués mardi quand leur véhicule a sauté sur {what} lors d'une patrouille de déminage à "
    "Tessalit, au Mali.",
    "en": "Two guards were killed on Tuesday when their vehicle hit {what} during a demining patrol in Tessalit, Mali.",
}
WHAT = {"fr": ("un engin explosif", "une mine"), "en": ("a roadside bomb", "a landmine")}


@pytest.mark.parametrize("language", PAIRS)
def test_what_a_vehicle_drove_over_is_what_is_named(language: str) -> None:
    kinds = [{w.kind for w in one(CHARGE[language].format(what=w), language).weapons} for w in WHAT[language]]
    assert kinds == [{"bomb"}, {"mine"}]


STRIKES_APART = {
    "fr": "Dix personnes ont été tuées mardi dans une frappe aérienne à Beit Lahia. Un autre Palestinien a péri lorsque "
    "sa tente a été frappée à Al-Mawasi.",
    "en": "Ten people were killed on Tuesday in an air strike in Beit Lahia. Another Palestinian was killed when a "
    "strike hit his tent in Al-Mawasi.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_another_dead_far_off_is_of_another_strike(language: str) -> None:
    assert len(incidents(STRIKES_APART[language], language)) == 2


ESCALATION = {
    "fr": "Douze civils ont été tués mardi à Alep dans un raid russe. Depuis le début de l'escalade fin avril, plus de "
    "730 civils, dont 180 enfants, ont été tués dans les bombardements de l'armée visant la région d'Idleb.",
    "en": "Twelve civilians were killed on Tuesday in Aleppo in a Russian raid. Since the escalation began in late "
    "April, more than 730 civilians, among them 180 children, have been killed in air strikes on the Idlib region.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_many_killed_since_are_of_no_one_incident(language: str) -> None:
    incident = one(ESCALATION[language], language)
    assert incident.killed is not None
    assert incident.killed.upper == 12


BEFORE_BORDER = "Six policiers ont été tués mardi par des tireurs dans le village de Shahab Kel, {where}."


@pytest.mark.parametrize(
    ("where", "country"),
    [
        ("à cent kilomètres de la frontière avec l'Afghanistan, dans le nord-ouest du Pakistan", "PK"),
        ("dans l'est de l'Afghanistan, près de la frontière avec le Pakistan", "AF"),
    ],
)
def test_a_village_before_a_border_is_not_in_the_country_behind_it(where: str, country: str) -> None:
    incident = one(BEFORE_BORDER.format(where=where), "fr")
    assert incident.place is not None
    assert (incident.place.name, incident.place.country) == ("Shahab Kel", country)


CAPITAL_MEANT = {
    "fr": "Une bombe a tué quatre passants {where}, selon la police. Le maire de Mogadiscio a condamné l'attentat.",
    "en": "A bomb killed four passers-by {where}, police said. The mayor of Mogadishu condemned the bombing.",
}
CAPITALS = {"fr": "mardi dans la capitale", "en": "on Tuesday in the capital"}
PROVINCES = {"fr": "mardi dans la capitale provinciale", "en": "on Tuesday in the capital of the province"}


@pytest.mark.parametrize("language", PAIRS)
def test_the_capital_is_the_one_the_report_names(language: str) -> None:
    incident = one(CAPITAL_MEANT[language].format(where=CAPITALS[language]), language)
    assert incident.place is not None
    assert incident.place.name in {"Mogadiscio", "Mogadishu"}
    other = one(CAPITAL_MEANT[language].format(where=PROVINCES[language]), language)
    assert other.place is None or other.place.evidence[0].quote not in {"dans la capitale", "in the capital"}


BOOTY = {
    "fr": "Douze soldats ont été tués mardi dans une fusillade près de Bannu. Le groupe a revendiqué l'assaut et affirmé "
    "avoir {took} un drone.",
    "en": "Twelve soldiers were killed on Tuesday in a shooting near Bannu. The group claimed the assault and said it had "
    "{took} a drone.",
}
TOOK = {"fr": ("récupéré", "lancé"), "en": ("seized", "launched")}


@pytest.mark.parametrize("language", PAIRS)
def test_weapons_taken_are_not_weapons_used(language: str) -> None:
    taken, used = (one(BOOTY[language].format(took=t), language).weapons for t in TOOK[language])
    assert "drone" not in {w.kind for w in taken}
    assert "drone" in {w.kind for w in used}


SIDES = {
    "fr": "Des tireurs ont attaqué mardi un convoi près de Bannu et tué deux soldats et trois {who}, selon la police.",
    "en": "Gunmen attacked a convoy near Bannu on Tuesday and killed two soldiers and three {who}, police said.",
}
WHO = {"fr": ("insurgés", "civils"), "en": ("insurgents", "civilians")}


@pytest.mark.parametrize("language", PAIRS)
def test_the_dead_of_the_two_sides_are_not_added_up(language: str) -> None:
    fighters, bystanders = (one(SIDES[language].format(who=w), language).killed for w in WHO[language])
    assert fighters is not None
    assert bystanders is not None
    assert (fighters.lower, bystanders.lower) == (2, 5)


JUDGED = {
    "fr": "Une fusillade a fait quinze morts mardi à Kaya, selon une source médicale. Un comité local a dénoncé un « massacre » "
    "perpétré par les paramilitaires.",
    "en": "A shooting killed fifteen people in Kaya on Tuesday, a medical source said. A local committee denounced a "
    '"massacre" by paramilitaries.',
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_massacre_somebody_denounces_is_the_act_told_before(language: str) -> None:
    assert one(JUDGED[language], language).period == "current"


@pytest.mark.parametrize(("unit", "place"), [("de Tin-Zerma", "Tin-Zerma"), ("de la Minusma", "nord du Mali")])
def test_a_detachment_is_of_a_town_or_of_a_force(unit: str, place: str) -> None:
    incident = one(f"Un détachement {unit} a été attaqué mardi dans le nord du Mali : deux soldats ont été tués.", "fr")
    assert incident.place is not None
    assert incident.place.name == place
