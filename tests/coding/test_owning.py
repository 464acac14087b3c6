"""Who owns up to an act: in his own words, through a voice that speaks for him, or behind another's. All texts are
invented."""

from __future__ import annotations

import pytest

import vigie
from told_incidents import incident

BOMB = {
    "en": "A bomb killed four soldiers at a barracks in Quetta on Thursday. ",
    "fr": "Une bombe a tué quatre soldats jeudi dans une caserne de Quetta. ",
}
ARMY = "Baloch Liberation Army"
CLAIMS = [
    ("en", f"The {ARMY} said its men had carried out the bombing.", ARMY),
    ("en", f"The {ARMY} said on its website that it had planted the bomb.", ARMY),
    ("en", f"The {ARMY} said in a statement that its fighters had killed 'ten occupiers'.", ARMY),
    ("en", f"The {ARMY} claimed to have killed ten soldiers.", ARMY),
    ("en", f"The {ARMY} claimed this attack.", ARMY),
    ("en", f"The {ARMY} claimed it.", ARMY),
    ("en", f"The {ARMY}, which has claimed the blast, wants the province to be free.", ARMY),
    ("en", f"The {ARMY} said the attack was its own.", ARMY),
    ("en", f"A man claiming to speak for the {ARMY} telephoned a local paper to claim the attack.", ARMY),
    ("en", f"A caller said the {ARMY} had carried out the bombing.", ARMY),
    ("en", "Lashkar al-Qamar, a little-known militant group, said its men had planted the device.", "Lashkar al-Qamar"),
    ("fr", "Les talibans ont affirmé que leurs hommes avaient posé la bombe.", "talibans"),
    ("fr", "Les talibans ont affirmé avoir tué dix soldats.", "talibans"),
    ("fr", "Les talibans ont affirmé dans un communiqué être les auteurs de l'attaque.", "talibans"),
    ("fr", "Les talibans ont signé l'attentat.", "talibans"),
    (
        "fr",
        "Un correspondant se réclamant des Brigades du Levant a revendiqué l'attentat auprès d'une radio.",
        "Brigades du Levant",
    ),
]


@pytest.mark.parametrize(("language", "text", "name"), CLAIMS)
def test_who_owns_up_is_the_author(language: str, text: str, name: str) -> None:
    told = incident(language, BOMB[language] + text)
    assert told.responsibility == "claimed"
    assert [a.name for a in told.actors] == [name]


NO_CLAIMS = [
    ("en", f"The {ARMY} said its men had been killed by the army in a raid last week."),
    ("en", f"The {ARMY} said it would not comment."),
    ("en", f"The {ARMY} claimed that the army had planted the bomb."),
    ("en", "The mayor said he was behind the counter of a shop when the bomb went off."),
    ("en", "A hospital said its doctors had treated nine people."),
    ("en", "A caller said that the road was closed."),
    ("fr", "Les talibans ont affirmé que leurs hommes avaient été visés par l'armée."),
    ("fr", "Les talibans ont affirmé ne rien savoir de l'attaque."),
    ("fr", "Un hôpital a affirmé avoir reçu neuf blessés."),
    ("fr", "Le maire a signé l'accord de paix."),
]


@pytest.mark.parametrize(("language", "text"), NO_CLAIMS)
def test_who_only_speaks_of_an_act_does_not_claim_it(language: str, text: str) -> None:
    assert incident(language, BOMB[language] + text).responsibility != "claimed"


POINTS_BACK = {
    "en": "Al-Shabaab said it had fired the mortars to punish a town that paid its taxes to others.",
    "fr": "Les shebab ont revendiqué ces tirs.",
}
SHELLS = {
    "en": "Mortar shells hit a market in Baidoa on Thursday, killing six people. ",
    "fr": "Des obus de mortier ont touché jeudi un marché de Baidoa, tuant six personnes. ",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_claim_that_names_neither_place_nor_day_is_of_the_act_told_before(language: str) -> None:
    told = incident(language, SHELLS[language] + POINTS_BACK[language])
    assert told.responsibility == "claimed"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_group_is_the_one_named_before(language: str) -> None:
    text = {
        "en": "Al-Shabaab has fought the government for years, the governor said. The group claimed the attack.",
        "fr": "Les shebab combattent le gouvernement, a dit le gouverneur. L'organisation a revendiqué l'attentat.",
    }
    told = incident(language, BOMB[language] + text[language])
    assert told.responsibility == "claimed"
    assert "gov" not in told.actors[0].name
    assert "gouv" not in told.actors[0].name


def test_an_army_that_puts_out_the_report_tells_of_its_own_strikes() -> None:
    text = "Coalition forces bombed two fuel depots near Tal Afar on Thursday, killing nine insurgents."
    (told,) = vigie.code(text, language="en", published="2024-07-26", outlet="Air Force Media Centre").incidents
    assert told.responsibility == "claimed"
    (told,) = vigie.code(text, language="en", published="2024-07-26", outlet="Corran Wire").incidents
    assert told.responsibility == "attributed"


QUOTED = {
    "en": 'The group "Dawn of the North" claimed responsibility for the attack.',
    "fr": "Le groupe « Aube du Nord » (ADN) a revendiqué l'attentat.",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_body_is_named_by_what_stands_between_quotation_marks(language: str) -> None:
    told = incident(language, BOMB[language] + QUOTED[language])
    assert told.responsibility == "claimed"
    assert [a.name for a in told.actors] == [{"en": "Dawn of the North", "fr": "Aube du Nord"}[language]]


def test_an_attack_claimed_by_a_group_behind_its_noun() -> None:
    told = incident("en", f"Four soldiers were killed in Quetta on Thursday in an attack claimed by the {ARMY}.")
    assert told.responsibility == "claimed"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No individual or group claimed responsibility for the attack."),
        ("fr", "Aucun groupe n'a revendiqué l'attentat."),
    ],
)
def test_a_group_that_does_not_claim_is_no_speaker(language: str, text: str) -> None:
    report = vigie.code(BOMB[language] + text, language=language, published="2024-07-26")
    assert report.incidents[0].responsibility == "unclaimed"
    assert not {s.name for s in report.sources} & {"group", "groupe"}


OTHERS = [
    # in his own words a speaker is "we": "they" are others
    ("en", 'A rebel spokesman said: "They have killed four soldiers of their own with this bomb."'),
    ("fr", "Un porte-parole des rebelles a dit : « Ils ont tué eux-mêmes quatre soldats avec cette bombe. »"),
    # « ils » is no army
    ("fr", "L'armée a accusé les rebelles, affirmant qu'ils avaient tué quatre soldats."),
    # the thing told of before, not the one who speaks at the end
    ("en", "It destroyed part of the barracks, police officer Omar Dari said."),
]


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_a_pronoun_for_somebody_else_claims_nothing(language: str, text: str) -> None:
    assert incident(language, BOMB[language] + text).responsibility != "claimed"


def test_a_state_is_no_saying() -> None:
    text = "Attackers on motorbikes stormed Kuto village in Lorna state on Friday, killing eight people, a mayor said."
    report = vigie.code(text, language="en", published="2024-07-26")
    assert [s.name for s in report.sources] == ["mayor"]


def test_an_assessment_is_its_owner_speaking() -> None:
    text = (
        "A strike hit a camp near Lorna on Monday. "
        "The North Command's initial assessment is that the strike killed three militants."
    )
    report = vigie.code(text, language="en", published="2024-07-26")
    assert [s.name for s in report.sources] == ["North Command"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "An American air strike killed six militants near Tessira on Thursday, the Pentagon said."),
        ("fr", "Une frappe américaine a tué six jihadistes jeudi près de Tessira, selon le Pentagone."),
    ],
)
def test_a_ministry_known_by_its_seat_speaks_for_its_country(language: str, text: str) -> None:
    assert incident(language, text).responsibility == "claimed"


def test_what_somebody_assesses_is_told_without_that() -> None:
    text = (
        "A strike hit a camp near Lorna on Monday. The North Command assesses no civilians were killed in the strike."
    )
    report = vigie.code(text, language="en", published="2024-07-26")
    assert [s.name for s in report.sources] == ["North Command"]
    text = "A strike hit a camp near Lorna on Monday. The North Command assessed the damage after the strike."
    assert not vigie.code(text, language="en", published="2024-07-26").sources


SPOKESMEN = [
    ("en", "A Taliban spokesman, Adam Cole, said the group carried out the attack.", "Taliban"),
    ("en", "Taliban spokesman Adam Cole said the militants were behind the blast.", "Taliban"),
    ("en", "A purported Taliban spokesman, Adam Cole, said one of the group's men was responsible for it.", "Taliban"),
    ("fr", "Un porte-parole des talibans, Karim Adda, a affirmé que le groupe avait mené l'attaque.", "talibans"),
]


@pytest.mark.parametrize(("language", "text", "name"), SPOKESMEN)
def test_a_spokesman_owns_up_for_his_group(language: str, text: str, name: str) -> None:
    told = incident(language, BOMB[language] + text)
    assert told.responsibility == "claimed"
    assert [a.name for a in told.actors] == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A police spokesman, Adam Cole, said the group carried out the attack."),
        ("en", "A Taliban spokesman, Adam Cole, said the army carried out the attack."),
        ("fr", "Un porte-parole de la police, Karim Adda, a affirmé que le groupe avait mené l'attaque."),
    ],
)
def test_a_spokesman_of_another_side_does_not(language: str, text: str) -> None:
    assert incident(language, BOMB[language] + text).responsibility != "claimed"


NOBODY = [
    ("en", "No militant group has so far admitted responsibility.", "unclaimed"),
    ("en", "None of the armed groups has claimed the attack.", "unclaimed"),
    ("fr", "Mais personne n'a encore revendiqué cet attentat.", "unclaimed"),
    ("fr", "Aucune organisation n'en a pour l'instant assumé la responsabilité.", "unclaimed"),
    ("fr", "Aucun groupe n'a revendiqué la responsabilité de l'attaque.", "unclaimed"),
    ("en", "There is no doubt: the Baloch Liberation Army has claimed the attack.", "claimed"),
    ("fr", "Une personne se disant des talibans a revendiqué l'attentat.", "claimed"),
]


@pytest.mark.parametrize(("language", "text", "expected"), NOBODY)
def test_a_claim_that_nobody_made_is_none(language: str, text: str, expected: str) -> None:
    assert incident(language, BOMB[language] + text).responsibility == expected


KNIFE = {
    "en": "A man was stabbed to death in Leeds on Monday. ",
    "fr": "Un homme a été poignardé à mort lundi à Lyon. ",
}
CONFESSIONS = [
    ("en", "The suspect confessed to the killing, police said.", "claimed"),
    ("en", "Adam Cole, 27, admitted stabbing him, police said.", "claimed"),
    ("fr", "Le suspect a reconnu les faits, selon le parquet.", "claimed"),
    ("fr", "Le suspect est passé aux aveux, selon le parquet.", "claimed"),
    ("en", "Officials admitted that the street was dark.", "unknown"),
    ("fr", "Le maire a reconnu que la rue était sombre.", "unknown"),
]


@pytest.mark.parametrize(("language", "text", "expected"), CONFESSIONS)
def test_whoever_confesses_claims_the_deed(language: str, text: str, expected: str) -> None:
    told = incident(language, KNIFE[language] + text)
    assert told.responsibility == expected
    assert not {a.name for a in told.actors} & {"police", "parquet"}


def test_who_passes_on_a_confession_makes_none() -> None:
    text = "Le suspect, âgé de 30 ans, a avoué être l'auteur du meurtre, selon la police."
    told = incident("fr", KNIFE["fr"] + text)
    assert [a.name for a in told.actors] == ["suspect"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A car bomb killed four people in Baquba on Monday. Another bomb killed six in Kirkuk, police said. "
               "The Islamic State group claimed both attacks."),
        ("fr", "Une bombe a tué quatre personnes lundi à Bakouba. Une autre bombe a tué six personnes à Kirkouk, selon "
               "la police. Le groupe État islamique a revendiqué les deux attentats."),
    ],
)  # fmt: skip
def test_both_acts_are_claimed_at_once(language: str, text: str) -> None:
    assert [i.responsibility for i in vigie.code(text, language=language).incidents] == ["claimed", "claimed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers shot dead a man armed with a knife in Leeds on Monday, police said.", "claimed"),
        ("Officers shot dead a man armed with a knife in Leeds on Monday, his family said.", "attributed"),
    ],
)
def test_the_police_speak_for_their_officers(text: str, expected: str) -> None:
    assert incident("en", text).responsibility == expected


SENTENCED = [
    ("en", "A court jailed Adam Cole for life on Monday for killing three people in a bomb attack in Leeds in 2015."),
    ("en", "A judge on Monday sentenced Adam Cole to life for killing three people in a bomb attack in Leeds in 2015."),
    ("fr", "Adam Cole est jugé depuis lundi pour l'assassinat de trois personnes à Nice en 2015."),
]


@pytest.mark.parametrize(("language", "text"), SENTENCED)
def test_the_one_who_is_sentenced_did_it(language: str, text: str) -> None:
    told = incident(language, text)
    assert told.responsibility == "attributed"
    assert [a.name for a in told.actors] == ["Adam Cole"]


def test_a_court_that_finds_something_else_names_nobody() -> None:
    text = "A bomb attack killed three people in Leeds on Monday. Police found Adam Cole in a ditch, badly hurt."
    assert [a.name for a in incident("en", text).actors] == []


SIDES = [
    ("en", "The army killed twelve militants in a raid in Kunar on Tuesday, the defence ministry said.", "claimed"),
    ("en", "The army killed twelve militants in a raid in Kunar on Tuesday, the health ministry said.", "attributed"),
]


@pytest.mark.parametrize(("language", "text", "expected"), SIDES)
def test_a_ministry_of_defence_speaks_for_the_army(language: str, text: str, expected: str) -> None:
    assert incident(language, text).responsibility == expected


@pytest.mark.parametrize(
    ("language", "text", "responsibility"),
    [
        # a claim told in other words
        (
            "fr",
            "Une bombe a tué deux gendarmes jeudi à Tessalit. Le Front du Nord s'est attribué vendredi l'attentat.",
            "claimed",
        ),
        ("fr", "Une bombe a tué deux gendarmes jeudi à Tessalit. Nul ne s'en est attribué la paternité.", "unclaimed"),
        ("en", "A bomb killed two farmers in Jos on Thursday. Nobody has said they were responsible.", "unclaimed"),
        # a release of those who did it calls them "ours"
        ("fr", "Nos combattants ont tiré jeudi trois roquettes sur un poste de police à Goma.", "claimed"),
        ("en", "Our fighters fired six rockets at an army camp in Mand on Thursday.", "claimed"),
        # the army that has no other country speaks for its special forces
        (
            "fr",
            "L'armée soudanaise a bombardé jeudi un marché de Nyala, tuant six personnes, a annoncé une source militaire.",
            "claimed",
        ),
    ],
)
def test_claimed_or_not_in_other_words(language: str, text: str, responsibility: str) -> None:
    assert incident(language, text).responsibility == responsibility


def test_claims_of_other_attacks_are_no_claim_of_this_one() -> None:
    text = (
        "A bomb killed six people at a bus stop in Jos on Thursday. The Sons of the Hill, an armed group, "
        "have claimed responsibility for several other attacks."
    )
    assert incident("en", text).responsibility != "claimed"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Militants attacked a checkpoint in Jos on Thursday, killing six policemen. "
            "The army said it had killed four of the attackers.",
        ),
    ],
)
def test_who_kills_the_attackers_does_not_claim_their_attack(language: str, text: str) -> None:
    assert not any("army" in a.name or "armée" in a.name for a in incident(language, text).actors)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A bomb killed four farmers in Jos on Thursday. Abuja accuses Chad of backing such crimes."),
        ("fr", "Une bombe a tué quatre paysans jeudi à Goma. Kinshasa accuse Kigali d'appuyer la mutinerie."),
        ("fr", "Une bombe a tué quatre paysans jeudi à Goma. Le gouvernement n'accuse personne."),
    ],
)
def test_no_author_is_accused_of_less_than_the_deed(language: str, text: str) -> None:
    assert incident(language, text).actors == ()


def test_whom_the_accused_accuses_in_turn_comes_second() -> None:
    text = (
        "Neuf mineurs ont été tués jeudi à Bambari. Le préfet accuse les Maï-Maï. "
        "Contacté, le mouvement a nié et accusé l'armée."
    )
    assert [a.name for a in incident("fr", text).actors] == ["Maï-Maï"]


@pytest.mark.parametrize(
    ("language", "claim", "name"),
    [
        ("fr", "Les shebab, affiliés à Al-Qaïda, ont revendiqué l'attentat.", "shebab"),
        ("fr", 'Une organisation inconnue, "Octobre rouge", a revendiqué l\'attentat.', "Octobre rouge"),
        ("fr", "Le FLN, un commando clandestin, a revendiqué l'attentat.", "FLN"),
        ("en", "Jamaat-e-Noor, a splinter group of the Taliban, claimed the attack in an email.", "Jamaat-e-Noor"),
    ],
)
def test_a_claimant_has_its_own_name_not_that_of_its_kin(language: str, claim: str, name: str) -> None:
    act = {
        "fr": "Une bombe a tué trois soldats jeudi à Tessalit.",
        "en": "A bomb killed three soldiers on Thursday in Jos.",
    }
    found = incident(language, f"{act[language]} {claim}")
    assert found.actors[0].name == name
    assert found.responsibility == "claimed"


def test_a_claim_that_a_channel_quotes_is_heard() -> None:
    text = (
        "Deux géologues ont été enlevés jeudi à Tessalit. Selon la chaîne, l'organisation Aqmi "
        '"a revendiqué l\'enlèvement de deux géologues".'
    )
    assert incident("fr", text).responsibility == "claimed"


def test_us_forces_are_not_ours() -> None:
    text = "US forces bombed a camp near Jos on Thursday, killing six people, witnesses said."
    assert incident("en", text).responsibility == "attributed"
