"""The light models: what news of other things gives, whom they add to the rules' choice, and that they are plain data."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from vigie.coding.coder import code_report
from vigie.coding.linear import LinearModel, load_model
from vigie.errors import CodingError
from vigie.model import CodedReport, Report, ReportedDate


def coded(language: str, text: str) -> CodedReport:
    day = date(2024, 3, 15)
    published = ReportedDate(day, day, "day", "stated", "")
    return code_report(Report(id="t", sha256="", text=text, language=language, published=published))


OTHER_NEWS = [
    (
        "en",
        "A fire in a block of flats in Ostrava killed three people on Friday, firefighters said. The blaze started in a "
        "kitchen on the fourth floor and spread to the stairwell, where two residents were found unconscious. Seven "
        "people were injured, two of them seriously, and taken to hospital with burns and smoke inhalation. Engineers "
        "are checking the building, and an inquiry into the wiring was opened on Saturday, the mayor told reporters.",
    ),
    (
        "fr",
        "Un train régional a percuté un camion vendredi à un passage à niveau près de Dole, faisant deux morts et onze "
        "blessés. Le conducteur du poids lourd se serait engagé alors que les barrières étaient baissées. Les pompiers "
        "ont évacué une centaine de passagers. La circulation est interrompue jusqu’à lundi et une enquête a été "
        "ouverte, a indiqué la compagnie ferroviaire, qui a mis en place des autocars de remplacement.",
    ),
    (
        "en",
        "The virus has killed 41 people since January, the health ministry said on Friday. Hospitals in the capital are "
        "full and schools are closed. Doctors expect the epidemic to last until summer.",
    ),
    (
        "fr",
        "Valmarc a plié vendredi soir sous les tirs d’Ormelle, vainqueur trois buts à un devant 14 000 spectateurs. "
        "L’attaquant vedette a frappé deux fois avant la mi-temps, et la défense, bombardée de centres, a capitulé dans "
        "le dernier quart d’heure. L’entraîneur battu a parlé d’une équipe « fusillée » par le calendrier. Le club, "
        "avant-dernier du championnat, reçoit mardi le troisième du classement.",
    ),
]


@pytest.mark.parametrize(("language", "text"), OTHER_NEWS)
def test_deaths_and_words_of_violence_in_other_news_are_no_incident(language: str, text: str) -> None:
    report = coded(language, text)
    assert report.incidents == ()
    assert report.rejections, "what was seen and left out is told, with the reason"
    assert all(r.reason and r.evidence for r in report.rejections)


def test_what_only_the_model_leaves_out_names_the_words_that_weighed() -> None:
    reasons = [r.reason for language, text in OTHER_NEWS for r in coded(language, text).rejections]
    by_model = [reason for reason in reasons if reason.startswith("unlikely to be an act of violence")]
    assert all("words: " in reason for reason in by_model)


def test_an_attack_in_the_same_words_is_one() -> None:
    text = (
        "A bomb in a block of flats in Ostrava killed three people on Friday, police said. The blast started a fire on "
        "the fourth floor. Seven people were injured, two of them seriously, and taken to hospital."
    )
    (incident,) = coded("en", text).incidents
    assert incident.killed is not None
    assert (incident.killed.lower, incident.injured and incident.injured.lower) == (3, 7)


@pytest.mark.parametrize("name", ["screen_fr", "screen_en", "actor", "target"])
def test_weights_are_plain_numbers_by_name(name: str) -> None:
    model = load_model(name)
    assert model.weights
    assert all(abs(w) < 20 for w in model.weights.values())
    text = (files("vigie.coding") / "weights" / f"{name}.tsv").read_text("utf-8")
    names = [line.split("\t")[0] for line in text.splitlines() if not line.startswith("#")]
    assert names == sorted(names), "one feature a line, in order, so that a change can be read"


def test_a_model_that_is_not_there_says_how_to_make_it() -> None:
    with pytest.raises(CodingError, match="train_coder"):
        load_model("nothing_of_the_kind")


def test_features_without_a_weight_count_for_nothing_and_the_heaviest_come_first() -> None:
    model = LinearModel("m", {"a": 2.0, "b": -3.0}, 0.0)
    assert model.probability({}) == 0.5
    assert model.probability({"unheard of": 9.0}) == 0.5
    assert model.probability({"a": 1.0}) > 0.8
    assert model.strongest({"a": 1.0, "b": 1.0}) == [("b", -3.0), ("a", 2.0)]
