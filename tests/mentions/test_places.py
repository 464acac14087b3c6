"""Places named in a text: what is found, what is not, which namesake, how it is worded."""

from __future__ import annotations

import itertools
import time

import pytest

from vigie.errors import LanguageUnavailable
from vigie.mentions.place_demonyms import find_demonyms, load_demonyms
from vigie.mentions.places import find_places, is_metonym
from vigie.mentions.values import PlaceMention


def found(text: str, language: str = "fr", home: str | None = None) -> list[tuple[str, str | None]]:
    return [(m.place.name, m.place.country) for m in find_places(text, language, home)]


def only(text: str, language: str = "fr", home: str | None = None) -> PlaceMention:
    (mention,) = find_places(text, language, home)
    return mention


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Une explosion a secoué Mossoul mardi.", "fr", [("Mossoul", "IQ")]),
        ("Des obus sont tombés près de Deir Ezzor.", "fr", [("Deir Ezzor", "SY")]),
        ("Shells fell near Dayr az Zawr.", "en", [("Dayr az Zawr", "SY")]),
        ("Les combats à Idleb et à Racca continuent.", "fr", [("Idleb", "SY"), ("Racca", "SY")]),
        ("Une bombe a explosé à Hérat, en Afghanistan.", "fr", [("Hérat", "AF"), ("Afghanistan", "AF")]),
        ("Rebels attacked the city of Beni Saturday night.", "en", [("Beni", "CD")]),
        ("Gunmen opened fire in Culiacán, Sinaloa.", "en", [("Culiacán", "MX"), ("Sinaloa", "MX")]),
        ("Troops entered Marawi and Jolo.", "en", [("Marawi", "PH"), ("Jolo", "PH")]),
        ("Une attaque à Mocímboa da Praia, au Mozambique.", "fr",
         [("Mocímboa da Praia", "MZ"), ("Mozambique", "MZ")]),
        ("Gangs attacked Port-au-Prince and Cité Soleil.", "en", [("Port-au-Prince", "HT"), ("Cité Soleil", "HT")]),
        ("Au Caire, au Mans et aux Philippines.", "fr", [("Caire", "EG"), ("Mans", "FR"), ("Philippines", "PH")]),
        ("St. Petersburg and the U.S. and the UK.", "en", [("St. Petersburg", "RU"), ("U.S.", "US"), ("UK", "GB")]),
        ("Un drone a été abattu en mer Noire.", "fr", [("mer Noire", None)]),
    ],
)  # fmt: skip
def test_known_places(text: str, language: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Police et gendarmes ont enquêté en mars.", "fr"),
        ("La rue de Lorraine est fermée.", "fr"),
        ("Hillary Clinton et Whitney Houston ont chanté. Clinton a souri.", "fr"),
        ("Le député Jo Cox a reçu Michael Jordan.", "fr"),
        ("Il a dit que la paix est possible. Nice, non ?", "fr"),
        ("Paris Jackson met Jordan Peele on Friday.", "en"),
        ("President Clinton thanked Mr London.", "en"),
        ("Reading is good for you. Most people agree.", "en"),
        ("They told us that many may march.", "en"),
        ("Boko Haram and Al Jazeera were named by Agence France-Presse.", "en"),
        ("Les soldats irakiens et l'armée américaine.", "fr"),
        ("The Hamas attack was condemned, said Abdifatah Aden Hassan.", "en"),
        ("Il a parlé à Emmanuel Dravot et à RTK. On a répondu à Dravot.", "fr"),
    ],
)
def test_words_and_persons_are_no_places(text: str, language: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "name", "precision", "country"),
    [
        ("Un tir contre la base d'Aïn al-Assad.", "fr", "base d'Aïn al-Assad", "site", "IQ"),
        ("Un tir contre le champ gazier de Conoco.", "fr", "champ gazier de Conoco", "site", "SY"),
        ("Un homme armé à l'aéroport d'Orly Sud.", "fr", "aéroport d'Orly Sud", "site", "FR"),
        ("A rocket hit Bagram air base.", "en", "Bagram air base", "site", "AF"),
        ("Une attaque au couteau dans le 19e arrondissement de Paris.", "fr", "19e arrondissement de Paris",
         "district", "FR"),
        ("Il a été arrêté en banlieue parisienne.", "fr", "banlieue parisienne", "district", "FR"),
        ("Une frappe dans le désert jordanien.", "fr", "désert jordanien", "region", "JO"),
        ("A strike in the Jordanian desert.", "en", "Jordanian desert", "region", "JO"),
        ("Une frappe dans le nord de la Syrie.", "fr", "nord de la Syrie", "region", "SY"),
        ("A strike in northern Syria.", "en", "northern Syria", "region", "SY"),
        ("Fighting in East Mosul.", "en", "East Mosul", "district", "IQ"),
        ("Un attentat dans le sud-est de la Turquie.", "fr", "sud-est de la Turquie", "region", "TR"),
    ],
)  # fmt: skip
def test_one_mention_holds_the_whole_name(text: str, language: str, name: str, precision: str, country: str) -> None:
    place = only(text, language).place
    assert (place.name, place.precision, place.country) == (name, precision, country)


def test_a_venue_is_no_place_but_its_town_is() -> None:
    assert found("L'hôpital de Kunduz a été bombardé.") == [("Kunduz", "AF")]


def test_a_company_name_is_no_gas_field() -> None:
    assert found("Conoco a publié ses résultats.") == []


@pytest.mark.parametrize(
    ("text", "language", "name", "country"),
    [
        ("Deux corps ont été trouvés dans le village de Kafr Zbel, en Syrie.", "fr", "Kafr Zbel", "SY"),
        ("Il vit dans le village de Villiers-les-deux-Tours, en France.", "fr", "Villiers-les-deux-Tours", "FR"),
        ("Un obus est tombé à 30 km de Hombarra, au Mali.", "fr", "Hombarra", "ML"),
        ("Après Paris, un tir a touché le village syrien de Qarf Tall.", "fr", "Qarf Tall", "SY"),
        ("Men were killed in the town of Oum Lahja, Iraq.", "en", "Oum Lahja", "IQ"),
        ("Il a été tué à Mareuil-le-Petit (Haute-Loire).", "fr", "Mareuil-le-Petit", "FR"),
        ("Troops shelled Zarbaniq district in Yemen.", "en", "Zarbaniq", "YE"),
    ],
)
def test_unknown_names_take_the_country_beside_them(text: str, language: str, name: str, country: str) -> None:
    mention = next(m for m in find_places(text, language) if m.place.name == name)
    assert not mention.known
    assert mention.place.country == country
    assert mention.place.lat is None


def test_an_unknown_name_has_one_country_throughout_a_report() -> None:
    text = (
        "Une patrouille est tombée dans une embuscade à Tankabou, dans l'est du Burkina Faso, près du Niger. "
        "Les blessés ont été soignés à Tankabou, à dix kilomètres du Niger. À Tankabou, une mine a explosé."
    )
    assert [country for name, country in found(text) if name == "Tankabou"] == ["BF", "BF", "BF"]


def test_a_list_of_towns_may_hold_an_unknown_one() -> None:
    places = found("Ils ont pris Sévaré, Konnabé et Douentza.")
    assert places == [("Sévaré", "ML"), ("Konnabé", "ML"), ("Douentza", "ML")]


@pytest.mark.parametrize(
    ("text", "language", "home", "name", "country"),
    [
        ("Des tirs à Tripoli, au Liban.", "fr", None, "Tripoli", "LB"),
        ("L'armée libyenne est entrée à Tripoli.", "fr", None, "Tripoli", "LY"),
        ("Shots were fired in Birmingham, Alabama.", "en", None, "Birmingham", "US"),
        ("Shots were fired in Birmingham.", "en", "GB", "Birmingham", "GB"),
        ("In Atlanta, Georgia, police fired.", "en", None, "Georgia", "US"),
        ("Georgia and Russia signed in Tbilisi.", "en", None, "Georgia", "GE"),
        ("L'État de Niger, au Nigeria.", "fr", None, "État de Niger", "NG"),
        (
            "Le Mali et l'armée malienne : au Mali, des tirs dans la commune rurale de Bourasso (Nord-Ouest).",
            "fr",
            None,
            "Bourasso",
            "ML",
        ),
        ("Myanmar: jets bombed a village in Kani Township, Myanmar media said in Myanmar.", "en", None, "Kani", "MM"),
        ("Une marche à Saint-Denis, à La Réunion, île de l'océan Indien.", "fr", "RE", "Saint-Denis", "RE"),
    ],
)
def test_namesakes(text: str, language: str, home: str | None, name: str, country: str) -> None:
    mention = next(m for m in find_places(text, language, home) if m.place.name == name)
    assert mention.place.country == country


def test_the_other_namesakes_are_kept() -> None:
    mention = find_places("Des tirs à Tripoli, au Liban.", "fr")[0]
    assert "LY" in {p.country for p in mention.alternatives}


@pytest.mark.parametrize(
    ("text", "language", "relation"),
    [
        ("Tombé à proximité de Bagdad.", "fr", "near"),
        ("Tombé au nord de Bagdad.", "fr", "near"),
        ("Tombé à l'extérieur de la base de Harir.", "fr", "outside"),
        ("Tiré en direction de Haïfa.", "fr", "towards"),
        ("Tiré depuis la bande de Gaza.", "fr", "from"),
        ("Tombé à l'intérieur du champ gazier de Conoco.", "fr", "inside"),
        ("It fell outside Baghdad.", "en", "outside"),
        ("It fell 20 km north of Baghdad.", "en", "near"),
        ("It was fired from Yemen.", "en", "from"),
        ("It exploded in Kabul.", "en", "at"),
    ],
)
def test_relation(text: str, language: str, relation: str) -> None:
    assert only(text, language).place.relation == relation


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Washington a annoncé des frappes.", "fr", True),
        ("Des tirs ont retenti à Washington.", "fr", False),
        ("Selon Bagdad, trois soldats sont morts.", "fr", True),
        ("Moscow said it would respond.", "en", True),
        ("In Moscow police said so.", "en", False),
        ("Mossoul a annoncé des travaux.", "fr", False),
    ],
)
def test_metonym(text: str, language: str, expected: bool) -> None:
    assert is_metonym(text, find_places(text, language)[0], language) is expected


def test_demonyms_name_countries() -> None:
    text = "Des soldats sud-soudanais et une frégate américaine."
    assert [(text[a:b], c) for a, b, c in find_demonyms(text, "fr")] == [("sud-soudanais", "SS"), ("américaine", "US")]
    assert find_demonyms("He will polish the Polish shoes.", "en") == ((19, 25, "PL"),)


def test_both_languages_have_the_same_countries_demonyms() -> None:
    few = {"BB", "DM", "EH", "HK", "PR"}  # countries with a current adjective in one of the two only
    assert set(load_demonyms("fr").values()) ^ set(load_demonyms("en").values()) <= few | {"VA", "BN"}


def test_offsets_and_order() -> None:
    text = "De Bagdad à Damas, via al-Anbar, dans l'est de la Syrie et au nord de l'Irak.\n\nÀ Paris (France)."
    mentions = find_places(text, "fr")
    assert all(text[m.start : m.end] == m.place.text for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert len(mentions) == 7


def test_no_text_no_places() -> None:
    assert find_places("", "fr") == ()
    assert find_places("…\n\n« »", "en") == ()


def test_unknown_language() -> None:
    with pytest.raises(LanguageUnavailable):
        find_places("Bagdad", "xx")


def test_quick_enough() -> None:
    text = (
        "Des roquettes ont visé la base d'Harir, près d'Erbil, dans le nord de l'Irak, a dit une source à Bagdad. " * 20
    )
    find_places(text, "fr")
    start = time.process_time()
    for _ in range(5):
        find_places(text, "fr")
    assert (time.process_time() - start) / 5 < 0.05  # some 3 ms on the machine it was written on


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("A patrol came under fire near Tarkhan Dala Dasht.", "en", "Tarkhan Dala Dasht"),
        ("A bomb went off in a tea house in Belkhoura.", "en", "Belkhoura"),
        ("Trois bergers ont été tués à Kafr Dassoun.", "fr", "Kafr Dassoun"),
        ("Deux éleveurs ont été égorgés au marché de Sandourou.", "fr", "Sandourou"),
        ("Un bus a été attaqué à hauteur de Mombawalo.", "fr", "Mombawalo"),
    ],
)
def test_a_name_no_list_knows_is_a_place_behind_a_word_for_where(text: str, language: str, name: str) -> None:
    assert name in [n for n, _ in found(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He died at Gleneagles Hospital.", "en"),
        ("Un homme posté à l'hôtel Mandalay Bay a tiré.", "fr"),
        ("Il a remis le rapport à Souleymane Bakayo.", "fr"),
    ],
)
def test_a_venue_or_a_person_behind_such_a_word_is_none(text: str, language: str) -> None:
    assert found(text, language) == []


def test_the_noun_of_a_kind_may_be_in_small_letters() -> None:
    found = find_places(
        "Gunmen raided a college in the town of Kagara in Niger state and fled to the Gaza strip.", "en"
    )
    told = {p.place.name: p.place.country for p in found}
    assert told["Niger state"] == "NG"
    assert told["Kagara"] == "NG"
    assert told["Gaza strip"] == "PS"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Shells hit a clinic in the Omariye quarter of Damascus.", "en",
         [("Omariye", "district"), ("Damascus", "settlement")]),
        ("The district of Kabul was quiet.", "en", [("Kabul", "district")]),
        ("Shells hit the Syrian district of Omariye.", "en", [("Omariye", "district")]),
        ("Un obus est tombé dans le quartier Omariyé de Damas.", "fr",
         [("Omariyé", "district"), ("Damas", "settlement")]),
        ("Two herders died at nearby Zoubara.", "en", [("Zoubara", "settlement")]),
    ],
)  # fmt: skip
def test_a_quarter_is_not_the_town_it_is_of(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.place.name, m.place.precision) for m in find_places(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Un car a été arrêté sur l'axe Tamborou-Selkawi.", "fr", ["Tamborou"]),
        ("Une mine a sauté sur la route reliant Tamborou à Selkawi.", "fr", ["Tamborou", "Selkawi"]),
        ("L'embuscade a été tendue entre Gao et Selkawi.", "fr", ["Gao", "Selkawi"]),
        ("Men stopped a bus on the road from Tamborou to Selkawi.", "en", ["Tamborou", "Selkawi"]),
        ("The convoy was hit between Tamborou and Gao.", "en", ["Tamborou", "Gao"]),
        # Two persons, or a body, are no ends of a road.
        ("Un accord a été trouvé entre Tamborou et Selkawi.", "fr", []),
        ("Talks between Tamborou and Selkawi failed.", "en", []),
    ],
)
def test_the_ends_of_a_road_are_places(text: str, language: str, names: list[str]) -> None:
    assert [name for name, _ in found(text, language)] == names


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Ils ont attaqué le village Tamborou mardi.", "fr", "Tamborou"),
        ("Une bombe a explosé dans le quartier Selkawi.", "fr", "Selkawi"),
        ("A bomb went off near Tall Selkawi on Monday.", "en", "Tall Selkawi"),
        ("Gunmen raided a post in Bala Selkawi district.", "en", "Bala Selkawi"),
        ("Ils ont attaqué le village de Gao-gao.", "fr", "Gao-gao"),
    ],
)
def test_a_longer_name_that_no_list_knows_is_taken_whole(text: str, language: str, name: str) -> None:
    assert [n for n, _ in found(text, language)] == [name]


def test_the_region_of_a_town_is_not_the_town() -> None:
    assert only("Shells fell on farms in the Kharkiv region.", "en").place.precision == "region"
    assert only("Shells fell on Kharkiv.", "en").place.precision == "settlement"


@pytest.mark.parametrize(
    ("text", "language", "name", "precision"),
    [
        ("Une bombe a visé une localité voisine appelée Dourbella, au Mali.", "fr", "Dourbella", "settlement"),
        ("A bomb went off in a small town called Dorbella in Mali.", "en", "Dorbella", "settlement"),
        ("Troops came under fire at village Dorbella in India.", "en", "Dorbella", "settlement"),
        ("Twelve died in an attack on Dorbella community in Nigeria.", "en", "Dorbella", "settlement"),
        ("Il a été abattu à la cité Le Verdoyant, en France.", "fr", "Le Verdoyant", "settlement"),
        ("Le braquage du quartier de la Rose, en France.", "fr", "Rose", "district"),
        ("L'avant-poste de Dourbella, au Mali, est tombé.", "fr", "Dourbella", "settlement"),
        ("Ils ont attaqué le village de Dour-bella, au Mali.", "fr", "Dour-bella", "settlement"),
        ("Shots were fired in New Dorbella Township, in Ohio.", "en", "New Dorbella Township", "district"),
        ("A car bomb exploded in Kabul's Dorbella Khana on Monday.", "en", "Dorbella Khana", "settlement"),
        ("A resident of the capital's Dorbella quarter, in Somalia, was shot.", "en", "Dorbella", "district"),
        ("Two were killed in the Damascus suburb of Dorbella.", "en", "Dorbella", "settlement"),
    ],
)
def test_more_ways_to_show_that_an_unknown_name_is_a_place(text: str, language: str, name: str, precision: str) -> None:
    assert (name, precision) in [(m.place.name, m.place.precision) for m in find_places(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Un chef appelé Dourbella a été tué.", "fr"),
        ("A man called Dorbella was killed.", "en"),
        ("The attack shocked the Dorbella community.", "en"),
        ("They live in Dorbella-controlled areas.", "en"),
        ("He was found in Dorbella Road, police said.", "en"),
        ("Il a été agressé à la gare de Lyon.", "fr"),
        ("Il l'a déclaré à Reuters.", "fr"),
    ],
)
def test_names_of_persons_streets_and_stations_are_no_places(text: str, language: str) -> None:
    assert found(text, language) == []


def test_a_name_held_by_a_region_elsewhere_is_no_namesake() -> None:
    text = "Gunmen raided a village in Bali district in Taraba state, in Nigeria."
    assert ("Bali", "NG") in found(text, "en")
    assert ("Bali", "ID") in found("Tourists fled Bali, an island in Indonesia.", "en")
    assert ("Kidal", "ML") in found("Une bombe a explosé à Kidal, dans le Nord du Mali.")


def test_a_name_is_of_one_place_throughout_a_report() -> None:
    text = (
        "Dix soldats maliens ont été tués à Boni, dans le centre du pays. Le poste de Boni, dans la région de Mopti, au "
        "Mali, a été pris."
    )
    assert {country for name, country in found(text) if name == "Boni"} == {"ML"}


def test_what_lies_near_a_border_is_not_across_it() -> None:
    text = "À Dvoritchna, une roquette a touché une clinique, près de la frontière russe. L'Ukraine accuse. En Ukraine."
    assert ("Dvoritchna", "UA") in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The man was stabbed in Lincoln in June, the Crown Court heard.", ("Lincoln", "GB")),
        ("The man was stabbed in Lincoln in June, the sheriff said.", ("Lincoln", "US")),
        ("The man was stabbed in Lincoln in June, the court heard.", ("Lincoln", "US")),
    ],
)
def test_offices_of_one_country_say_which_namesake_is_meant(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text, "en")
