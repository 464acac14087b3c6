"""What is no incident, and the reason that is given for it."""

from __future__ import annotations

import pytest

import vigie
from vigie.coding.screening import _floor


def outcome(text: str, language: str) -> tuple[int, list[str]]:
    """(number of incidents, reasons for what was left out)."""
    coded = vigie.code(text, language=language, published="2024-07-26")
    return len(coded.incidents), [r.reason for r in coded.rejections]


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("fr", "Quatre ouvriers ont été tués mardi dans l'explosion accidentelle d'une chaudière à Lyon.", "the report is about an accident"),
        ("en", "Four workers died on Tuesday in an accidental boiler explosion in Leeds.", "the report is about an accident"),
        ("en", "The striker's shot beat the keeper in Mosul on Tuesday. The attack was sharp and the team won the match.", "the report is about sport, no violence"),
        ("fr", "Le mouvement a menacé mardi d'attaquer les bases américaines en Irak.", "threatened, not done"),
        ("en", "The movement threatened on Tuesday to attack American bases in Iraq.", "threatened, not done"),
    ],
)  # fmt: skip
def test_no_incident_and_why(language: str, text: str, reason: str) -> None:
    incidents, reasons = outcome(text, language)
    assert incidents == 0
    assert reason in reasons


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'équipe a écrasé mardi ses adversaires au stade de Mossoul. L'attaque a été tranchante et la défense a tenu le match."),
        ("fr", "Des pirates informatiques ont attaqué mardi les serveurs du ministère à Kiev."),
        ("en", "Hackers attacked the ministry's servers in Kyiv on Tuesday."),
        ("fr", "Le film raconte l'attentat d'un commando contre une banque de Lyon."),
        ("en", "The film tells of a commando's attack on a bank in Leeds."),
        ("fr", "Un séisme a tué mardi douze personnes à Ranau, en Malaisie."),
        ("en", "An earthquake killed twelve people in Ranau, Malaysia, on Tuesday."),
        ("fr", "La ville a inauguré mardi une école. Les élèves ont chanté."),
        ("en", "The town opened a school on Tuesday. The pupils sang."),
    ],
)  # fmt: skip
def test_nothing_violent_is_coded(language: str, text: str) -> None:
    assert outcome(text, language)[0] == 0


def test_a_report_without_an_incident_has_no_sources_on_record() -> None:
    coded = vigie.code("Une école a ouvert mardi à Lyon, a annoncé le maire.", language="fr", published="2024-07-26")
    assert (coded.sources, coded.claims, coded.incidents) == ((), (), ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nobody was killed in Tuesday's shooting in Leeds."),
        ("fr", "Personne n'a été tué dans la fusillade de mardi à Nantes."),
        ("en", "Tuesday's attack in Gao, Mali, which killed four soldiers, was claimed by the Black Banner group."),
        ("fr", "L'attaque de mardi à Gao, au Mali, qui a tué quatre soldats, a été revendiquée par le groupe Étendard noir."),
        ("fr", "Israël a démenti avoir frappé mardi un hôpital de Gaza, où dix personnes ont été tuées, selon des médecins."),
        ("en", "Israel denied striking a hospital in Gaza on Tuesday, where ten people were killed, according to medics."),
        ("fr", "Le bilan de l'attaque de mardi à Gao, au Mali, est passé à 12 morts, selon l'armée."),
        ("en", "The death toll from Tuesday's attack in Gao, Mali, has risen to 12, the army said."),
    ],
)  # fmt: skip
def test_one_sentence_about_an_attack_is_enough(language: str, text: str) -> None:
    assert outcome(text, language)[0] == 1


def period(text: str, language: str, title: str | None = None) -> list[str]:
    """Whether each incident is current or background."""
    return [i.period for i in vigie.code(text, language=language, published="2024-07-26", title=title).incidents]


@pytest.mark.parametrize(
    ("language", "raid", "sport"),
    [
        (
            "en",
            "Gunmen shot dead three herders at a well near Tamba on Tuesday, the governor said.",
            "The football team of Kordi won its match on Sunday. The final is in May.",
        ),
        (
            "fr",
            "Des hommes armés ont abattu mardi trois bergers près d'un puits à Tamba, a dit le gouverneur.",
            "L'équipe de football de Kordi a gagné son match dimanche. La finale est en mai.",
        ),
    ],
)
def test_a_match_elsewhere_in_a_digest_makes_no_sport_of_a_raid(language: str, raid: str, sport: str) -> None:
    talks = {"en": "Talks on the price of grain go on.", "fr": "Les discussions sur le prix du grain se poursuivent."}
    text = "\n\n".join([raid, talks[language], sport])
    assert not any("sport" in reason for reason in outcome(text, language)[1])
    assert outcome(text, language)[0] == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The footballer Amadi Kole was stabbed to death in Tamba on Tuesday. The striker had played in the final of the championship and won the match."),
        ("fr", "Le footballeur Amadi Kole a été poignardé à mort mardi à Tamba. L'attaquant avait joué la finale du championnat et gagné le match."),
    ],
)  # fmt: skip
def test_a_knife_is_no_figure_of_speech(language: str, text: str) -> None:
    assert not any("sport" in reason for reason in outcome(text, language)[1])


@pytest.mark.parametrize(
    ("language", "story", "day"),
    [
        (
            "en",
            "Synopsis. In a restaurant in Tamba a woman sets off a bomb. Her husband, a surgeon, looks for the truth. Directed by Ines Varga, starring Paul Odry, and based on the novel by Mira Tal.",
            "A suicide bomber blew himself up at the film festival of Tamba on Tuesday and killed four people, police said. The festival showed a film directed by Ines Varga, starring Paul Odry.",
        ),
        (
            "fr",
            "Synopsis. Dans un restaurant de Tamba, une femme fait exploser une bombe. Son mari, chirurgien, cherche la vérité. Réalisé par Inès Varga, d'après le roman de Mira Tal, ce film est à l'affiche.",
            "Un kamikaze s'est fait exploser mardi au festival du film de Tamba et a tué quatre personnes, selon la police. Le festival présentait un film réalisé par Inès Varga et un documentaire.",
        ),
    ],
)  # fmt: skip
def test_the_plot_of_a_film_is_none(language: str, story: str, day: str) -> None:
    assert outcome(story, language)[0] == 0
    assert outcome(day, language)[0] == 1


@pytest.mark.parametrize(
    ("language", "played", "real"),
    [
        (
            "en",
            "At nine a gunman walked into the college of Tamba and opened fire. Two pupils were shot in a corridor. Officers found and shot him within minutes. This was a drill, held by the county with role-players.",
            "At nine on Tuesday a gunman walked into the college of Tamba and opened fire. Two pupils were shot dead in a corridor. Officers found and shot him within minutes.",
        ),
        (
            "fr",
            "À neuf heures, un homme armé entre dans le collège de Tamba et ouvre le feu. Deux élèves sont touchés. Les policiers l'abattent en quelques minutes. Il s'agissait d'un exercice, monté par la préfecture avec des figurants.",
            "À neuf heures mardi, un homme armé est entré dans le collège de Tamba et a ouvert le feu. Deux élèves ont été tués. Les policiers l'ont abattu en quelques minutes.",
        ),
    ],
)  # fmt: skip
def test_what_the_report_says_was_an_exercise_is_none(language: str, played: str, real: str) -> None:
    assert outcome(played, language)[0] == 0
    assert outcome(real, language)[0] == 1


@pytest.mark.parametrize(
    ("language", "watched", "done"),
    [
        (
            "en",
            "A man was arrested on Tuesday for plotting to blow up a bank in Tamba. He tried to detonate a bomb in a van outside it, the prosecutor said. The dummy bomb had come from an undercover agent.",
            "A man tried to blow up a bank in Tamba on Tuesday. He detonated a bomb in a van outside it and wounded two guards. He had plotted for a year, the prosecutor said.",
        ),
        (
            "fr",
            "Un homme a été arrêté mardi pour un projet d'attentat contre une banque de Tamba. Il a tenté de faire exploser une bombe dans une camionnette, selon le procureur. L'engin factice lui venait d'un policier infiltré.",
            "Un homme a tenté mardi de faire sauter une banque de Tamba. Il a fait exploser une bombe dans une camionnette et blessé deux gardes. Il préparait un attentat depuis un an, selon le procureur.",
        ),
    ],
)  # fmt: skip
def test_a_plot_in_the_hands_of_the_police_is_none(language: str, watched: str, done: str) -> None:
    coded = outcome(watched, language)
    assert coded[0] == 0
    assert "a plot in the hands of the police" in coded[1]
    assert outcome(done, language)[0] == 1


@pytest.mark.parametrize(
    ("language", "condemned", "general"),
    [
        (
            "en",
            "The Foreign Office condemns the attack on a market in Kordi. Our thoughts are with the victims and their families. We stand with the people of the country in the fight against terrorism and will go on helping them.",
            "The Foreign Office condemns attacks on markets. Our thoughts are with all victims of terrorism. We stand with all peoples in the fight against it and will go on helping them wherever we can, as we did.",
        ),
        (
            "fr",
            "La France condamne l'attentat perpétré contre un marché de Kordi. Elle présente ses condoléances aux familles des victimes et exprime sa solidarité avec tout le pays dans la lutte contre le terrorisme, et se tient à ses côtés.",
            "La France condamne les attentats contre les marchés. Elle pense aux victimes du terrorisme et exprime sa solidarité avec tous les pays dans la lutte contre ce fléau, et se tient à leurs côtés, comme elle l'a toujours fait.",
        ),
    ],
)  # fmt: skip
def test_what_a_statement_condemns_is_its_subject(language: str, condemned: str, general: str) -> None:
    assert period(condemned, language) == ["current"]
    assert period(general, language) == []


def test_who_condemns_an_attack_is_no_court() -> None:
    text = "Le maire a condamné l'attentat de Kordi, qui a tué mardi quatre gardes. Le ministre l'a condamné lui aussi."
    assert period(text, "fr", "Condamnations après l'attentat de Kordi") == ["current"]
    text = (
        "Un homme a été condamné à vingt ans de prison pour l'attentat de Kordi, qui a tué quatre gardes en mai 2019."
    )
    assert period(text, "fr", "Attentat de Kordi : vingt ans de prison") == ["background"]


@pytest.mark.parametrize(
    ("language", "charged", "sentenced"),
    [
        (
            "en",
            "A man appeared in court in Kordi on Thursday, charged with shooting dead two teachers at a school in Tamba on Tuesday.",
            "A man was sentenced in Kordi on Thursday to twenty years in prison for shooting dead two teachers at a school in Tamba in May 2019.",
        ),
        (
            "fr",
            "Un homme a été mis en examen jeudi à Kordi : il a abattu mardi deux enseignants dans une école de Tamba. Il a été écroué.",
            "Un homme a été condamné jeudi à Kordi à vingt ans de prison : il avait abattu en mai 2019 deux enseignants dans une école de Tamba.",
        ),
    ],
)  # fmt: skip
def test_a_first_hearing_days_after_the_act_leaves_it_news(language: str, charged: str, sentenced: str) -> None:
    assert period(charged, language) == ["current"]
    assert period(sentenced, language) == ["background"]


@pytest.mark.parametrize(
    ("language", "after", "news"),
    [
        (
            "en",
            "The minister announced new patrols on Thursday. The announcement comes two days after gunmen killed four guards at Kordi.",
            "The minister visited Kordi on Thursday. Gunmen killed four guards there on Tuesday.",
        ),
        (
            "fr",
            "Le ministre a annoncé jeudi de nouvelles patrouilles. Cette annonce intervient deux jours après que des hommes armés ont tué quatre gardes à Kordi.",
            "Le ministre s'est rendu jeudi à Kordi. Des hommes armés y ont tué quatre gardes mardi.",
        ),
    ],
)  # fmt: skip
def test_what_an_announcement_comes_after_is_background(language: str, after: str, news: str) -> None:
    assert "current" not in period(f"{after} Taxes will not rise, he said.", language)
    assert period(news, language) == ["current"]


@pytest.mark.parametrize(
    ("language", "none", "open_still"),
    [
        (
            "en",
            "An explosion killed two workers at a depot in Kordi on Tuesday. It was not an attack, the mayor said.",
            "An attack killed two workers at a depot in Kordi on Tuesday. Police have not ruled out a bomb.",
        ),
        (
            "en",
            "Shots were fired at the airport of Kordi on Tuesday, callers said. It was a false alarm: police found fireworks.",
            "Gunmen fired shots at the airport of Kordi on Tuesday and killed a guard. Police rule out terrorism.",
        ),
        (
            "en",
            "The army blew up a bomb in Kordi on Tuesday. The Second World War bomb lay under a school.",
            "A bomb blew up in Kordi on Tuesday and killed a guard. It lay under a school.",
        ),
        (
            "fr",
            "Une explosion a tué deux ouvriers mardi dans un dépôt de Kordi. La piste criminelle est écartée, a dit le maire.",
            "Une attaque a tué deux ouvriers mardi dans un dépôt de Kordi. La police n'exclut pas la piste de l'attentat.",
        ),
        (
            "fr",
            "Des coups de feu ont été tirés mardi à l'aéroport de Kordi, selon des appels. C'était une fausse alerte : il s'agissait de pétards.",
            "Des hommes armés ont tiré mardi à l'aéroport de Kordi et tué un garde. Le caractère terroriste est écarté.",
        ),
        (
            "fr",
            "L'armée a fait exploser une bombe mardi à Kordi. L'obus de la Seconde Guerre mondiale gisait sous une école.",
            "Une bombe a explosé mardi à Kordi et tué un garde. Elle gisait sous une école.",
        ),
        (
            "en",
            "A clip shared by thousands is said to tell of a drone strike that killed 30 people in Kordi on Tuesday. The video does not show Kordi.",
            "A drone strike killed 30 people in Kordi on Tuesday, the army said. A video shows the raid.",
        ),
        (
            "fr",
            "Un drone aurait tué 30 personnes mardi à Kordi, selon une publication partagée des milliers de fois. La vidéo ne montre pas Kordi.",
            "Un drone a tué 30 personnes mardi à Kordi, selon l'armée. Une vidéo montre le raid.",
        ),
    ],
)  # fmt: skip
def test_what_is_said_to_be_no_attack_is_none(language: str, none: str, open_still: str) -> None:
    incidents, reasons = outcome(none, language)
    assert incidents == 0
    assert "said to be no attack" in reasons
    assert outcome(open_still, language)[0] == 1


@pytest.mark.parametrize(
    ("language", "drunk", "meant"),
    [
        (
            "en",
            "One person died and twenty were hurt on Tuesday when a car left the road and ploughed into a crowd in Kordi. The driver was drunk, police said. He lost control of his car.",
            "One person died and twenty were hurt on Tuesday when a man rammed his car into a crowd in Kordi. He wanted to kill, police said.",
        ),
        (
            "fr",
            "Une personne est morte et vingt ont été blessées mardi lorsqu'une voiture est sortie de la route et a foncé sur une foule à Kordi. Il s'agirait d'un conducteur ivre, selon la police.",
            "Une personne est morte et vingt ont été blessées mardi lorsqu'un homme a foncé sur une foule avec sa voiture à Kordi. Il voulait tuer, selon la police.",
        ),
    ],
)  # fmt: skip
def test_a_drunk_driver_is_no_attacker(language: str, drunk: str, meant: str) -> None:
    assert outcome(drunk, language)[0] == 0
    assert outcome(meant, language)[0] == 1


def test_the_model_has_less_say_over_the_rules_in_short_reports() -> None:
    short = [_floor(None, words) for words in (20, 40, 70, 100, 400)]
    assert short == [0.0, 0.0, pytest.approx(0.2), 0.4, 0.4]
    assert _floor("too little said to be an incident", 50) == 0.6
    assert _floor("said to be no attack", 400) == float("inf")
