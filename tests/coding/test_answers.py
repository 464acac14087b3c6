"""What is said of an incident without telling it again: denials, claims, accusations, and those who know nothing."""

from __future__ import annotations

import pytest

import vigie
from vigie.model import CodedReport

LEAD = {
    "fr": "Huit villageois ont été tués samedi à Tessira dans une attaque de la milice Dan Kobo, selon le maire. ",
    "en": "Eight villagers were killed on Saturday in Tessira in an attack by the Dan Kobo militia, the mayor said. ",
}


def coded(language: str, words: str) -> CodedReport:
    """A report that tells of one attack, and then says `words`."""
    return vigie.code(LEAD[language] + words, published="2024-03-05", language=language)


def answers(report: CodedReport) -> set[tuple[str, str]]:
    """Who speaks of the incident with which stance, but for plain telling."""
    names = {s.id: s.name for s in report.sources}
    return {(names[c.source], c.stance) for c in report.claims if c.source and c.stance not in {"asserts", "confirms"}}


@pytest.mark.parametrize(
    ("language", "words", "who", "stance"),
    [
        ("fr", "Kigali dément.", "Kigali", "denies"),
        ("fr", "Le ministère a rejeté en bloc ces accusations.", "ministère", "denies"),
        ("fr", "Le gouvernement accuse le Rwanda, ce que Kigali récuse.", "Kigali", "denies"),
        ("fr", "La milice s'est dite étrangère à l'attaque.", "milice", "denies"),
        ("fr", "La milice se défend d'avoir tué des villageois.", "milice", "denies"),
        ("fr", "Un porte-parole de la milice a qualifié ces accusations de mensonges.", "porte-parole de la milice", "denies"),
        ("fr", "La milice a affirmé n'être pour rien dans cette affaire.", "milice", "denies"),
        ("fr", "L'armée dit n'avoir mené aucune frappe dans la zone.", "armée", "denies"),
        ("fr", "Démenti de la milice le soir même.", "milice", "denies"),
        ("fr", "« C'est absurde », a répondu un porte-parole de la milice.", "porte-parole de la milice", "denies"),
        ("fr", "Le chiffre est inventé, a dit le général Paul Dodo.", "Paul Dodo", "denies"),
        ("fr", "L'armée a affirmé que ses unités n'étaient pas présentes dans ce village.", "armée", "denies"),
        ("fr", "« Nos avions n'ont pas tiré dans ce secteur », a dit l'armée.", "armée", "denies"),
        ("fr", "Un récit que l'armée a qualifié de mensonge.", "armée", "denies"),
        ("fr", "L'armée a accusé la milice d'avoir inventé cette attaque.", "armée", "denies"),
        ("fr", "La milice a démenti être en cause.", "milice", "denies"),
        ("fr", "La milice en a revendiqué la responsabilité.", "milice", "claims_responsibility"),
        ("fr", "Le ministère a mis en cause la milice Dan Kobo.", "ministère", "accuses"),
        ("en", "The army denied this.", "army", "denies"),
        ("en", "The army rejected the accusation.", "army", "denies"),
        ("en", "The government accuses Rwanda, which Kigali denies.", "Kigali", "denies"),
        ("en", "The militia said it had nothing to do with the attack.", "militia", "denies"),
        ("en", "The militia said its fighters were not involved.", "militia", "denies"),
        ("en", "A militia spokesman called the accusation a lie.", "militia spokesman", "denies"),
        ("en", "The army said it had not carried out any strikes in the area.", "army", "denies"),
        ("en", "A denial from the militia, sent at night, was short.", "militia", "denies"),
        ("en", "\"These reports are fabricated,\" a militia spokesman said.", "militia spokesman", "denies"),
        ("en", "The army said none of its units were in the area.", "army", "denies"),
        ("en", "\"Our planes did not fly on Saturday,\" the army said.", "army", "denies"),
        ("en", "The army dismissed it as propaganda.", "army", "denies"),
        ("en", "The army accused the militia of fabricating the attack.", "army", "denies"),
        ("en", "The militia claimed responsibility.", "militia", "claims_responsibility"),
        ("en", "The militia said its men had carried out the raid.", "militia", "claims_responsibility"),
        ("en", "The ministry blamed the Dan Kobo militia.", "ministry", "accuses"),
    ],
)  # fmt: skip
def test_an_answer_is_on_record_with_its_speaker(language: str, words: str, who: str, stance: str) -> None:
    report = coded(language, words)
    assert (who, stance) in answers(report)
    (incident,) = report.incidents
    assert {c.id for c in report.claims} == set(incident.claims)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Le ministre a nié que les élections aient été reportées."),
        ("fr", "L'armée a qualifié cette attaque de lâche."),
        ("fr", "La police a affirmé que le maire n'était pas responsable des retards."),
        ("fr", "La police a affirmé que ses agents ne savaient pas qui avait tiré."),
        ("fr", "L'armée a affirmé que ses soldats n'oublieraient pas les morts."),
        ("fr", "Un berger a dit que c'était un faux barrage."),
        ("en", "The minister denied that the vote had been put off."),
        ("en", "The police said its officers did not know who had fired."),
        ("en", "The police said it was not yet clear who was behind the attack."),
        ("en", "A resident said that false documents were found."),
        ("en", "The police said that the mayor was not responsible for the delays."),
    ],
)
def test_words_about_something_else_answer_nothing(language: str, words: str) -> None:
    assert answers(coded(language, words)) == set()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "La milice a affirmé n'être pour rien dans cette attaque."),
        ("fr", "La milice s'est dite étrangère à l'attaque."),
        ("en", "The militia said it had nothing to do with the attack."),
        ("en", "The militia denied its fighters had opened fire."),
    ],
)
def test_who_says_it_was_not_he_claims_nothing(language: str, words: str) -> None:
    (incident,) = coded(language, words).incidents
    assert incident.responsibility == "denied"


def test_the_words_of_an_answer_are_its_evidence() -> None:
    report = coded("en", "The army denied this.")
    (denial,) = [c for c in report.claims if c.stance == "denies"]
    assert [span.quote for span in denial.evidence] == ["The army denied this."]
    assert denial.values == {}


@pytest.mark.parametrize(
    ("language", "words", "who"),
    [
        ("fr", "L'armée accuse la milice d'être derrière l'attaque, ce que celle-ci dément.", "milice"),
        ("fr", "L'armée accuse les rebelles de cette attaque. Ceux-ci ont nié.", "rebelles"),
    ],
)
def test_the_latter_is_who_was_accused(language: str, words: str, who: str) -> None:
    assert (who, "denies") in answers(coded(language, words))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "L'armée russe a dit que ses forces avaient détruit un dépôt et démenti tout tir sur des civils."),
        ("en", "The Russian army said its forces had destroyed a depot and denied targeting civilians."),
    ],
)
def test_who_tells_his_own_act_and_denies_a_part_claims_it(language: str, words: str) -> None:
    opening = {
        "fr": "Un missile russe a tué six personnes jeudi à Tessira. ",
        "en": "A Russian missile killed six people on Thursday in Tessira. ",
    }
    report = vigie.code(opening[language] + words, published="2024-03-08", language=language)
    assert report.incidents[0].responsibility == "claimed"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "L'attaque n'avait été revendiquée par personne lundi."),
        ("en", "The attack had not been claimed by anyone on Monday."),
    ],
)
def test_nobody_is_no_speaker(language: str, words: str) -> None:
    report = coded(language, words)
    assert not {s.name for s in report.sources} & {"personne", "anyone"}
    assert report.incidents[0].responsibility == "unclaimed"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "\n\nDamas dément."),
        ("fr", "\n\nLe ministère de la Défense a rejeté ces accusations."),
        ("en", "\n\nDamascus denies it."),
        ("en", "\n\nThe defence ministry rejected these accusations."),
    ],
)
def test_a_bare_denial_in_a_paragraph_of_its_own_is_an_answer(language: str, words: str) -> None:
    assert "denies" in {stance for _, stance in answers(coded(language, words))}


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "Karim Adda a plaidé non coupable. Le jury l'a reconnu coupable.", "attributed"),
        ("fr", "Karim Adda a plaidé non coupable.", "denied"),
        ("en", "Adam Cole pleaded not guilty. The jury found him guilty.", "attributed"),
        ("en", "Adam Cole pleaded not guilty.", "denied"),
    ],
)
def test_a_plea_does_not_stand_against_a_verdict(language: str, text: str, value: str) -> None:
    opening = {
        "fr": "Karim Adda, 34 ans, est jugé pour avoir tué par balles un boulanger en mai 2021 à Tessira. ",
        "en": "Adam Cole, 34, is on trial for shooting dead a baker in Tessira in May 2021. ",
    }
    report = vigie.code(opening[language] + text, published="2024-03-08", language=language)
    assert report.incidents[0].responsibility == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The rebels accused the army of fabricating the incident."),
        ("fr", "Les rebelles ont accusé l'armée d'avoir inventé l'incident."),
    ],
)
def test_who_is_accused_of_a_lie_is_accused_of_no_act(language: str, text: str) -> None:
    opening = {
        "en": "Six villagers were killed in a raid near Tessira on Saturday, a doctor said. ",
        "fr": "Six villageois ont été tués samedi dans un raid près de Tessira, selon un médecin. ",
    }
    report = vigie.code(opening[language] + text, published="2024-03-08", language=language)
    assert not [a for a in report.incidents[0].actors if a.producer == "rules"]
