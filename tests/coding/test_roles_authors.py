"""Who did it, who was hit and who answers for it: one behaviour a test, in both languages."""

from __future__ import annotations

import pytest

import vigie
from told_incidents import incident, targets


def actors(language: str, text: str) -> list[str]:
    return [a.name for a in incident(language, text).actors]


CASES_ACTORS = [
    # the nation whose weapon it is
    ("fr", "Des missiles russes se sont abattus jeudi sur un marché de Soumy, tuant six personnes.", ["russes"]),
    ("en", "Russian missiles slammed into a market in Sumy on Thursday, killing six people.", ["Russian"]),
    ("fr", "Une frappe israélienne a tué trois personnes jeudi à Tyr, selon des secouristes.", ["israélienne"]),
    ("en", "An Israeli drone strike on a car in Tyre killed two people on Thursday.", ["Israeli"]),
    # an infinitive after a verb of accusation is the deed of the accused
    ("fr", "Les rebelles ont accusé l'armée d'avoir bombardé jeudi un marché de Goma.", ["armée"]),
    ("en", "The rebels accused the army of shelling a market in Goma on Thursday.", ["army"]),
    # whom an accusation is laid on
    ("fr", "Quatre géomètres ont été enlevés jeudi à Tibú. Un général a imputé le rapt à l'ELN.", ["ELN"]),
    ("en", "A bomb killed four farmers in Jos on Thursday. The governor blamed Fulani herders.", ["Fulani herders"]),
    # an agent told far from its verb
    (
        "fr",
        "Un vigile a été tué par balle jeudi devant un magasin de Nantes par trois hommes cagoulés.",
        ["hommes cagoulés"],
    ),
    # both sides of a fight
    (
        "en",
        "Clashes between government troops and rebels left ten people dead in Goma on Thursday.",
        ["government troops", "rebels"],
    ),
    # the one perpetrator by what he is described as
    (
        "fr",
        "Un assaillant a poignardé deux passants jeudi à Nantes. L'assaillant, un homme de 34 ans, a été interpellé.",
        ["homme de 34 ans"],
    ),
    (
        "en",
        "An attacker stabbed two people in Leeds on Thursday. The attacker, a 34-year-old man, was arrested.",
        ["34-year-old man"],
    ),
    # fighters by the body they are of
    (
        "en",
        "Fighters suspected of belonging to the Allied Democratic Forces killed five farmers near Beni on Thursday.",
        ["Allied Democratic Forces"],
    ),
    # who owns up
    (
        "en",
        "A bomb killed two soldiers in Quetta on Thursday. The Baloch Liberation Army said it was behind the blast.",
        ["Baloch Liberation Army"],
    ),
    # a band by its name right behind the word for it
    (
        "fr",
        "Neuf civils ont été tués jeudi à Tenambo par les rebelles ADF, selon un chef local.",
        ["rebelles ADF"],
    ),
    ("fr", "Neuf civils ont été tués jeudi à Gao par des rebelles, ADF et Jnim niant y être.", ["rebelles"]),
    # both who are named side by side
    (
        "en",
        "Two gunmen shot dead four shoppers in Leeds on Thursday. The suspects, identified as Ivor Castell, "
        "41, and Petra Lund, 39, were killed.",
        ["Ivor Castell", "Petra Lund"],
    ),
    # several known by the deed alone, by what else they are called
    (
        "en",
        "Ten customers were killed in a shooting in Reno on Thursday. Police believe an armed group entered a bar and "
        "opened fire, without naming the attackers.",
        ["armed group"],
    ),
    ("en", "Ten customers were shot dead in Reno on Thursday and the attackers fled.", ["attackers"]),
    # a shooting by the police opens with their shots
    ("en", "Police opened fire on a man in Reno on Thursday, wounding him. The shooting is under review.", ["Police"]),
    ("en", "A man waved a rifle in Reno on Thursday. That's when two officers shot the man dead.", ["officers"]),
    # and is not told of those who stop an attacker
    (
        "en",
        "A gunman shot dead three shoppers in Reno on Thursday. Police opened fire and killed the gunman.",
        ["gunman"],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES_ACTORS)
def test_who_did_it(language: str, text: str, expected: list[str]) -> None:
    assert actors(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une bombe a explosé jeudi dans un marché de Kaboul, tuant dix civils. Le maire a condamné l'attaque."),
        ("en", "A bomb exploded at a market in Kabul on Thursday, killing ten people. The mayor condemned the attack."),
        ("en", "A rocket hit a market in Kabul on Thursday, killing ten people, police and doctors said."),
    ],
)
def test_who_only_speaks_of_an_act_is_neither_author_nor_target(language: str, text: str) -> None:
    told = incident(language, text)
    assert not told.actors
    assert not {t.name for t in told.targets} & {"maire", "mayor", "police", "doctors"}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Deux hommes ont été tués jeudi à Nantes. Des tirs ont été entendus par des riverains.", "riverains"),
        ("en", "Two men were killed in Leeds on Thursday. Shots were heard by neighbours.", "neighbours"),
        (
            "fr",
            "Un homme a été abattu jeudi à Nantes par deux inconnus. Connu de la police, il s'agit de Karim Vauquier.",
            "Karim Vauquier",
        ),
    ],
)
def test_who_hears_of_an_act_or_is_named_as_its_victim_is_not_its_author(language: str, text: str, name: str) -> None:
    assert name not in actors(language, text)


def test_who_is_named_behind_an_arrest_is_the_suspect() -> None:
    text = "Un homme a poignardé deux passants jeudi à Nantes et a été arrêté. Il s'agit de Karim Vauquier, 34 ans."
    assert actors("fr", text) == ["Karim Vauquier"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "en",
            "Villagers beat a man to death near Jos on Thursday. The deceased was identified as Adam Cole, in his 30s.",
            "Adam Cole",
        ),
        (
            "fr",
            "Un homme a été poignardé jeudi à Nantes par un passant. La victime, Karim Vauquier, avait 34 ans.",
            "Karim Vauquier",
        ),
    ],
)
def test_a_victim_named_apart_is_the_target_and_no_author(language: str, text: str, name: str) -> None:
    assert targets(language, text) == [name]
    assert name not in actors(language, text)


def test_a_suspect_named_apart_is_no_target() -> None:
    text = "A man was stabbed in Leeds on Thursday. The attacker was identified as Adam Cole, 34."
    assert actors("en", text) == ["Adam Cole"]
    assert "Adam Cole" not in targets("en", text)


def test_whom_the_police_shoot_is_hurt() -> None:
    text = "La police a ouvert le feu jeudi sur un homme à Nantes. Le suspect a été blessé au bras."
    told = incident("fr", text)
    assert told.injured is not None
    assert (told.injured.lower, [a.name for a in told.actors]) == (1, ["police"])


def test_an_age_that_opens_a_sentence_is_nobody() -> None:
    text = "Âgé de 25 ans, il a été abattu jeudi à Nantes par le passager d'une moto."
    assert actors("fr", text) == ["passager d'une moto"]
    assert not any("gé" in name for name in targets("fr", text))


def test_those_who_stop_a_weapon_did_not_launch_it() -> None:
    text = "La défense antiaérienne a abattu deux drones jeudi au-dessus de la base d'Erbil."
    assert actors("fr", text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "La journaliste Maricela Ontiveros a été abattue jeudi devant chez elle à Uruapan.",
            "Maricela Ontiveros",
        ),
        ("fr", "Des hommes armés ont attaqué jeudi un groupe de pèlerins à Mopti.", "pèlerins"),
        ("en", "Gunmen killed dozens of villagers in Jos on Thursday.", "villagers"),
        ("en", "A 16-year-old boy was stabbed in Leeds on Thursday.", "16-year-old boy"),
    ],
)
def test_people_hit_by_their_best_name(language: str, text: str, expected: str) -> None:
    assert targets(language, text) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Des terroristes ont tué quatre gendarmes jeudi près de Téra, au Niger.", "attributed"),
        ("fr", "Des inconnus ont tué quatre gendarmes jeudi près de Téra, au Niger.", "unknown"),
        ("en", "Unidentified gunmen shot dead four policemen in an ambush near Jos, Nigeria, on Thursday.", "unknown"),
        ("en", "A mob stabbed four policemen to death near Jos, Nigeria, on Thursday.", "attributed"),
        ("en", "A bomb killed two soldiers in Quetta on Thursday. No group has admitted the attack.", "unclaimed"),
        ("fr", "Une bombe a tué deux soldats jeudi à Quetta. Personne n'avait revendiqué l'attentat.", "unclaimed"),
        (
            "en",
            "Soldiers ambushed and killed six rebels near Tibu, Colombia, on Thursday, an army general told reporters.",
            "claimed",
        ),
    ],
)
def test_who_answers_for_it(language: str, text: str, expected: str) -> None:
    assert incident(language, text).responsibility == expected


def test_a_denial_of_something_else_is_no_denial_of_the_deed() -> None:
    text = (
        "Un homme de 34 ans a poignardé trois passants jeudi à Liège. "
        "Des médias ont évoqué un second agresseur, ce que le parquet a démenti."
    )
    assert incident("fr", text).responsibility == "attributed"


def test_where_somebody_was_arrested_is_not_the_suspect() -> None:
    text = (
        "A gunman shot dead two protesters in Kenosha on Thursday. "
        "The suspect in the shooting in Kenosha, Wisconsin, United States, was taken into custody."
    )
    assert not {"United States", "Wisconsin", "Kenosha"} & set(actors("en", text))


def test_a_monitor_that_denounces_did_nothing() -> None:
    coded = vigie.code(
        "Un raid aérien mené dimanche par l'aviation syrienne près de Damas a fait 96 morts, selon un bilan de "
        "l'Observatoire syrien des droits de l'homme, qui dénonce un \"massacre\" contre la population.",
        published="2015-08-17",
    )
    assert [a.name for i in coded.incidents for a in i.actors] == ["aviation syrienne"]


AT_A_MARKET = {
    "fr": "Huit personnes ont été tuées jeudi dans l'explosion d'une bombe sur un marché de Bagdad, selon la police.\n\n",
    "en": "Eight people were killed when a bomb exploded at a market in Baghdad on Thursday, police said.\n\n",
}


@pytest.mark.parametrize(
    ("language", "claim", "who", "responsibility"),
    [
        ("en", "It was later claimed by the Islamic State group.", ["Islamic State group"], "claimed"),
        ("en", "The Karda Front (KF), a separatist armed group, has claimed responsibility.", ["Karda Front"], "claimed"),
        ("fr", "Le Front karda (FK), un groupe armé séparatiste, a revendiqué l'attaque.", ["Front karda"], "claimed"),
        ("en", "No group claimed responsibility for the attack.", [], "unclaimed"),
        ("en", "The Taliban denied involvement in the attack.", ["Taliban"], "denied"),
        ("en", "The mayor denied a report on the harvest.", [], "unknown"),
    ],
)  # fmt: skip
def test_who_owns_up_or_denies(language: str, claim: str, who: list[str], responsibility: str) -> None:
    found = incident(language, AT_A_MARKET[language] + claim)
    assert ([a.name for a in found.actors][: max(1, len(who))], found.responsibility) == (who, responsibility)


@pytest.mark.parametrize(
    ("language", "text", "responsibility"),
    [
        ("en", "The Nigerian army said Boko Haram fighters killed nine people in Baga on Thursday.", "attributed"),
        ("fr", "L'armée nigériane a dit que des combattants de Boko Haram avaient tué neuf personnes jeudi à Baga.",
         "attributed"),
        ("en", "The Nigerian army said soldiers killed nine people in Baga on Thursday.", "claimed"),
    ],
)  # fmt: skip
def test_a_government_does_not_own_up_for_the_rebels_of_its_country(
    language: str, text: str, responsibility: str
) -> None:
    assert incident(language, text).responsibility == responsibility


TRIED = [
    (
        "en",
        "A gunman killed three people at a mosque in Leeds on Thursday. "
        "Adam Colwyn, 34, was charged with murder on Friday.",
        ["Adam Colwyn"],
    ),
    (
        "en",
        "A gunman killed three people at a mosque in Leeds on Thursday. Police named the suspect as Adam Colwyn, 34.",
        ["Adam Colwyn"],
    ),
    (
        "fr",
        "Un tireur a tué trois personnes jeudi dans une mosquée de Nantes. "
        "Karim Addalou, 28 ans, a été mis en examen vendredi.",
        ["Karim Addalou"],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), TRIED)
def test_whoever_is_named_as_charged_did_it(language: str, text: str, expected: list[str]) -> None:
    assert actors(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A gunman killed three people at a mosque in Leeds on Thursday. Adam Colwyn, 34, was hit in the arm."),
        ("fr", "Un tireur a tué trois personnes jeudi dans une mosquée de Nantes. Karim Addalou, 28 ans, est blessé."),
    ],
)
def test_a_name_with_an_age_alone_did_nothing(language: str, text: str) -> None:
    assert not {"Adam Colwyn", "Karim Addalou"} & set(actors(language, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "A gunman shot dead two policemen near Leeds on Monday. Adam Colwyn, 34, pleaded guilty on Thursday.",
        ),
        (
            "fr",
            "Un ouvrier a blessé par balle deux policiers en mai près de Nantes. Karim Addalou, 28 ans, a avoué jeudi.",
        ),
    ],
)
def test_who_pleads_guilty_claims_the_deed(language: str, text: str) -> None:
    assert incident(language, text).responsibility == "claimed"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "The Taliban hold most of the district. On Thursday its fighters set fire to a post office in Ghazni.",
            "Taliban",
        ),
        (
            "fr",
            "Les talibans tiennent le district. Jeudi, leurs combattants ont incendié un bureau de poste à Ghazni.",
            "talibans",
        ),
    ],
)
def test_its_men_are_of_the_group_named_before(language: str, text: str, expected: str) -> None:
    assert actors(language, text) == [expected]
    others = {"en": "The mayor is from the district. ", "fr": "Le maire est du district. "}
    assert actors(language, others[language] + text.split(". ", 1)[1]) != [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man is dead after a policeman shot him in Fairview on Thursday, the mayor said.", ["policeman"]),
        ("A man was held after a policeman was shot in the leg in Fairview on Thursday.", []),
    ],
)
def test_the_subject_behind_a_conjunction(text: str, expected: list[str]) -> None:
    assert actors("en", text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "A boy shot two people in Fairview on Thursday, then ran to a park where he opened fire, police said.",
            ["boy"],
        ),
        ("en", "The rebels said they had ambushed a patrol near Goma on Thursday, killing four soldiers.", ["rebels"]),
        (
            "en",
            "M23 rebels attacked a post in Goma on Thursday. M23 spokesman Amadou Keita claimed the attack.",
            ["M23"],
        ),
        (
            "fr",
            "Le M23 a attaqué un poste jeudi à Goma. Amadou Keita, porte-parole du M23, a revendiqué l'attaque.",
            ["M23"],
        ),
    ],
)
def test_who_tells_of_an_act_is_not_always_its_author(language: str, text: str, expected: list[str]) -> None:
    assert actors(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two heavily armed militants attacked a police station in Kathua on Thursday.", "attributed"),
        ("en", "Two armed men attacked a police station in Kathua on Thursday.", "unknown"),
        ("fr", "Des rebelles cagoulés ont attaqué jeudi un commissariat à Goma.", "attributed"),
        ("fr", "Des hommes cagoulés ont attaqué jeudi un commissariat à Goma.", "unknown"),
        (
            "en",
            "Rebels shot dead two soldiers in an ambush in Arauca, Colombia, on Thursday. The peace deal was unexpectedly rejected by voters.",
            "attributed",
        ),
    ],
)
def test_fighters_are_known_however_they_are_armed(language: str, text: str, expected: str) -> None:
    assert incident(language, text).responsibility == expected


def test_the_attacker_is_whom_the_report_opens_with() -> None:
    text = (
        "Three pupils were wounded on Thursday when a villager opened fire outside a school in Jos, police said. "
        "The suspected shooter, who began firing as pupils left, was arrested."
    )
    assert actors("en", text) == ["villager"]


def test_those_fired_on_are_not_the_authors_of_what_follows() -> None:
    text = (
        "A local official opened fire on Thursday on French soldiers attending a meeting in Gao, killing two of them."
    )
    assert "French soldiers" not in actors("en", text)
