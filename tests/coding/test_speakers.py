"""Speakers by the shape of the sentence that names them, and who of them is on record. All texts are written for these
tests."""

from __future__ import annotations

import pytest

import vigie
from vigie.coding.annotate import find_mentions
from vigie.coding.attributions import find_attributions
from vigie.model import Report


def named(language: str, text: str) -> list[str]:
    report = find_mentions(Report(id="t", sha256="", text=text, language=language), dismiss=False)
    return [s.name for s in find_attributions(report).sources]


CASES = [
    # the name before its function, however long that is and whether or not a comma ends it
    ("en", "Tom Adler, a leader of the volunteer rescue service said that two people were killed.", ["Tom Adler"]),
    ("en", "Tom Adler, a spokesman for the Karda Truce Mission, a group of foreign monitors, said a guard was shot.", ["Tom Adler"]),
    ("en", "Tom Adler, deputy prime minister of the self-proclaimed republic told reporters the guards were shot.", ["Tom Adler"]),
    ("en", "But Tom Adler, the regional police chief, said three soldiers, a driver and a farmer were killed.", ["Tom Adler"]),
    # a rank or an office and the name behind it
    ("en", "Two men were shot, State Commissioner of Police Adam Orlu told reporters.", ["Adam Orlu"]),
    ("en", "Karda Department of Public Safety Maj. Ann Lee told the Herald that the suspect shot himself.", ["Ann Lee"]),
    ("en", "DIG Orlu said two men were shot dead.", ["Orlu"]),
    ("fr", "« Deux hommes ont tiré », a dit le général Omar al-Dari, chef de la police du district.", ["Omar al-Dari"]),
    ("fr", "« Deux hommes ont tiré », a déclaré le chef du MLK Luc Dari joint par téléphone.", ["Luc Dari"]),
    ("fr", "« Il a tiré sur un garde », a raconté la voisine Rose Morel à Radio Karda.", ["Rose Morel"]),
    # the name behind what is inside a function is not the speaker's
    ("fr", "« Un obus a tué deux gardes », a indiqué un porte-parole de l'hôpital Dari.", ["porte-parole de l'hôpital Dari"]),
    ("fr", "Les rebelles ont tiré, a estimé le commandant de l'opération militaire Karda, le général Luc Dari.", ["Luc Dari"]),
    ("fr", "Deux gardes ont été tués, a annoncé le porte-parole du gouvernement et ministre de la Communication, Luc Dari.", ["Luc Dari"]),
    # two speakers in one sentence, each with its verb
    ("fr", "Un témoin, Omar Dari, a indiqué qu'une bombe a explosé, alors qu'un autre témoin, Luc Roux, a déclaré qu'un garde a été tué.", ["Omar Dari", "Luc Roux"]),
    # all of a list, and the subject before a clause of its own
    ("en", "Gunmen took ten pupils from the school, police, residents and a teacher said.", ["police", "residents", "teacher"]),
    ("en", "Rebels who hold part of Karda's northern region said that a child was killed in the strike.", ["Rebels"]),
    ("en", "Two men were shot. Police, however, deny using lethal force.", ["Police"]),
    ("en", "Police in Niger say gunmen have kidnapped two workers.", ["Police in Niger"]),
    # a medium is no man named beside it
    ("fr", "Le garde a été abattu, indique Le Monde, Luc Dari, le principal accusé, a été arrêté.", ["Le Monde"]),
    # the name that an unnamed speaker goes by
    ("en", "\"We shot them,\" said a rebel commander who goes by the nom de guerre Ko Tiger.", ["Ko Tiger"]),
    ("en", "A student who saw the attack, and gave his name only as Jonas, said the guard was shot.", ["Jonas"]),
    ("fr", "Un obus a tué une veuve, a affirmé un militant qui s'exprime sous le nom d'Abou al-Dari.", ["Abou al-Dari"]),
    # who passes on, who gives a toll, whose information it is
    ("fr", "Deux gardes ont été tués, a dit le parquet, confirmant une information du Courrier de Karda.", ["parquet", "Courrier de Karda"]),
    ("fr", "D'après les informations des médias locaux, le tireur a tué deux gardes.", ["médias locaux"]),
    ("fr", "L'attaque a fait cinq morts, selon le texte diffusé par l'état-major.", ["état-major"]),
    ("en", "The attack was no surprise, the Karda prosecutor's statement said.", ["Karda prosecutor"]),
    # words for what is known, thought or called something
    ("fr", "Le parquet de Karda n'exclut pas un attentat.", ["parquet de Karda"]),
    ("fr", "Les enquêteurs penchent pour un attentat contre le garde.", ["enquêteurs"]),
    ("en", "The Karda police are treating the attack as terrorism.", ["Karda police"]),
    ("en", "The Karda Herald newspaper identified the gunman as a former soldier.", ["Karda Herald newspaper"]),
    ("en", "Investigators found that the bomb had been hidden in a car.", ["Investigators"]),
    # those who were there speak by what they saw or heard; a judge does not
    ("en", "A resident saw two bodies on the road after the attack.", ["resident"]),
    ("fr", "Un photographe de l'agence a vu deux corps près du marché bombardé.", ["photographe de l'agence"]),
    ("en", "The attack was tried in Karda. A judge saw no reason for a delay.", []),
    ("en", "He was a boy when his village was bombed, and his father saw a leader in him.", []),
    # a name, a colon, a quotation
    ("fr", "Une bombe a tué deux gardes. Le maire sur Twitter : « Nous avons entendu deux fortes explosions. »", ["maire"]),
    ("en", "A bomb killed two guards. The plan had one aim: \"to drive all the soldiers out\".", []),
    # bare verbs at the end, and the verb turned round behind a short clause
    ("en", "Rebels have killed 15 policemen in the state of Karda, police say.", ["police"]),
    ("en", "A shell killed a guard, residents report.", ["residents"]),
    ("en", "A shell killed a guard in Karda, the Karda Herald reports.", ["Karda Herald"]),
    ("en", "Two shells hit the camp, said witnesses.", ["witnesses"]),
    ("en", "A shell killed a guard. The army had asked for police reports.", []),
    # a saying before the subject of a verb that needs one
    ("en", "\"The attack was meant for all of us,\" the officer insisted.", ["officer"]),
    ("en", "The officer insisted on the attack.", []),
    ("fr", "« Deux obus sont tombés sur le camp », souffle un habitant.", ["habitant"]),
    ("fr", "L'attaque a duré une heure. Un habitant souffle sur les braises.", []),
    # the body for which "one" speaks, a paper's maker behind "selon", no medium in a name
    ("fr", "« Deux obus sont tombés sur le camp », indique-t-on à la préfecture.", ["préfecture"]),
    ("fr", "Selon un communiqué de l'armée, deux obus ont touché le camp.", ["armée"]),
    ("fr", "Deux obus ont touché le camp, indique la police à l'AFP.", ["police"]),
    # clauses and complements of the subject
    ("en", "Officials from both sides said two shells hit the camp.", ["Officials"]),
    # a verb turned round with what stands between it and the speaker
    ("fr", "Les ravisseurs « exigent une somme de 50.000 dollars », a indiqué de son côté Luc Dari, l'un des élus du village attaqué.", ["Luc Dari"]),
    ("fr", "Dix hommes, dont deux gardes, figurent parmi les victimes du raid, a indiqué à l'AFP Luc Dari, le préfet.", ["Luc Dari"]),
    # what is done is nobody who says it
    ("fr", "Après l'attentat, Luc Dari, le maire, a confirmé le lancement d'une mission de recherche.", ["Luc Dari"]),
    ("fr", "Un médecin a fait état de 30 blessés dans l'attentat, en annonçant un mouvement de grève.", ["médecin"]),
    ("en", "Iraqi and U.S. officials said two gunmen had fled.", ["Iraqi and U.S. officials"]),
    ("en", "The war with the rebels has claimed more than 30,000 lives, a doctor said.", ["doctor"]),
    ("en", "The president has declared an all-out war against the rebels who shot the guards.", []),
    ("en", "Initial findings show that three gunmen started shooting at the gate.", []),
    ("en", "More than 400 people have been killed, according to official records.", []),
    ("fr", "Jusqu'en milieu de journée, le journal n'avait pu joindre aucun rebelle après l'attaque.", []),
    # a claim of most or of similar acts is of none in particular
    ("en", "A bomb killed two guards. In the past, Karda Front militants have claimed responsibility for similar attacks.", []),
    ("en", "A bomb killed two guards. Karda Front militants have claimed responsibility for the attack.", ["Karda Front militants"]),
    # nobody speaks
    ("en", "A man believed to be the gunman was arrested after the shooting.", []),
    ("en", "The man identified as the bomber was killed by the blast.", []),
    ("fr", "Reconnu coupable du meurtre de trois hommes en 1975, il a été condamné.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=[c[1][:60] for c in CASES])
def test_who_speaks_in_a_sentence(language: str, text: str, wanted: list[str]) -> None:
    assert named(language, text) == wanted


SAME = [
    ("en", "Detroit Police chief Adam Orlu Jr. said two men were shot. \"We found a gun,\" Orlu said.", ["Adam Orlu Jr."]),
    ("en", "Director General of Police (DGP) Adam Orlu said three men were shot. The DGP said a gun was found.", ["Adam Orlu"]),
    # an official, then the official by name
    ("en", "At least five policemen were killed by a bomb, an official said. Omar Dari, the governor's spokesman, said 26 others were wounded.", ["Omar Dari"]),
    ("fr", "Une bombe a tué neuf gardes, a annoncé le chef de la police de la capitale. « Tous sont des gardes », a indiqué Omar Dari lors d'une déclaration sur le lieu de l'attentat.", ["Omar Dari"]),
    # a bare word for what one who has just spoken is, and a medium that is only passed on between
    ("fr", "Deux hommes ont été tués, a relaté le procureur, Luc Dari, confirmant une information du Monde. L'un des tués était connu, a précisé le magistrat.", ["Luc Dari", "Monde"]),
    ("en", "Karda police chief Tom Adler said two men were shot. A gun was found, the officer said.", ["Tom Adler"]),
    ("en", "The Metropolitan Police said two men were shot. A gun was found, the force added.", ["Metropolitan Police"]),
    # one body and its short name
    ("fr", "Le Bureau des enquêtes indépendantes a dit que deux policiers avaient tiré. Le BEI précise que l'homme a été tué.", ["Bureau des enquêtes indépendantes"]),
    ("fr", "Le ministère malien de la Santé a compté dix morts dans l'attaque. Le ministère de la Santé ajoute que deux gardes ont été blessés.", ["ministère malien de la Santé"]),
    # one of several by himself
    ("fr", "Des habitants ont vu l'attaque. « Deux obus sont tombés », a dit un habitant.", ["habitants", "habitant"]),
    # the mayor is somebody else
    ("fr", "Deux hommes ont été tués, a relaté le procureur, Luc Dari. L'un des tués était connu, a précisé le maire.", ["Luc Dari", "maire"]),
    # witnesses are many
    ("fr", "Une bombe a tué neuf gardes, a raconté un habitant. « Tous sont des gardes », a indiqué Omar Dari sur le lieu de l'attentat.", ["habitant", "Omar Dari"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), SAME, ids=[c[1][:60] for c in SAME])
def test_one_speaker_under_two_names(language: str, text: str, wanted: list[str]) -> None:
    assert named(language, text) == wanted


RECORD = [
    (
        "en",
        "Two gunmen shot dead a guard in Tunis on Monday, police said.\n\nThe shooting began at noon.\n\n"
        "The streets were empty.\n\nShops stayed shut.\n\nSchools will open again.\n\nTrams ran late.\n\n"
        "The minister of transport, Adam Orlu, said that the new line would open in May.",
        ["police"],
    ),
    (
        "fr",
        "Deux hommes armés ont abattu un garde à Tunis lundi, a indiqué la police.\n\nLa fusillade a éclaté à midi.\n\n"
        "Les rues étaient vides.\n\nLes boutiques sont restées closes.\n\nLes écoles rouvriront.\n\n"
        "Les trams circulent.\n\nLe ministre des Transports, Luc Dari, a dit que la ligne ouvrirait en mai.",
        ["police"],
    ),
    # near the act an official's words are of it
    (
        "en",
        "Two gunmen shot dead a guard in Tunis on Monday, police said. The minister, Adam Orlu, said the men had fled.",
        ["police", "Adam Orlu"],
    ),
]


@pytest.mark.parametrize(("language", "text", "wanted"), RECORD, ids=[c[1][:40] for c in RECORD])
def test_who_is_on_record(language: str, text: str, wanted: list[str]) -> None:
    coded = vigie.code(text, language=language, published="2024-05-07")
    assert [s.name for s in coded.sources] == wanted
