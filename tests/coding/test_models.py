"""The light models: what news of other things gives, whom they add to the rules' choice, and that they are plain data."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from vigie.coding.annotate import annotate
from vigie.coding.attributions import find_attributions
from vigie.coding.candidates import Candidate, find_candidates
from vigie.coding.coder import code_report
from vigie.coding.joining import join
from vigie.coding.linear import LinearModel, load_model
from vigie.coding.role_model import can_act, can_be_hit
from vigie.coding.scene import scene_of
from vigie.coding.tellings import find_tellings
from vigie.errors import CodingError
from vigie.language.grammar import load_grammar
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


CLAIMED_LATER = [
    (
        "en",
        "A car bomb killed nine traders at the market of Baidoa on Thursday, doctors said. On 3 February, a mine killed "
        "four soldiers on the road to Kismayo, police said. Al-Shabab claimed responsibility for the market attack.",
        "Al-Shabab",
    ),
    (
        "fr",
        "Une voiture piégée a tué neuf commerçants jeudi au marché de Baidoa, selon des médecins. Le 3 février, une mine "
        "avait tué quatre soldats sur la route de Kismayo, selon la police. Les shebab ont revendiqué l’attentat du "
        "marché.",
        "shebab",
    ),
]


def candidates_of_the_first(language: str, text: str) -> list[Candidate]:
    report = annotate(Report(id="t", sha256="", text=text, language=language))
    grammar, attributed = load_grammar(language), find_attributions(report)
    groups = join(find_tellings(report, attributed, grammar, [])[0], None)
    return find_candidates(scene_of(report, groups[0], groups, "remote_explosive", attributed, grammar))


@pytest.mark.parametrize(("language", "text", "author"), CLAIMED_LATER)
def test_whoever_claims_behind_another_attack_is_weighed_for_the_first_one_too(
    language: str, text: str, author: str
) -> None:
    claims = next(c for c in candidates_of_the_first(language, text) if c.phrase.name == author)
    assert any(f.startswith("elsewhere.only.speaks=claims_responsibility") for f in claims.features)
    assert can_act(claims)
    assert not can_be_hit(claims), "named only where other things are told"


ELSEWHERE = [
    (
        "en",
        "A bomb exploded at a market in Marseille on Thursday and nine people were killed, doctors said. On 3 February, "
        "the army killed four jihadists in northern Mali.",
    ),
    (
        "fr",
        "Une bombe a explosé jeudi sur un marché de Marseille, faisant neuf morts, selon des médecins. Le 3 février, "
        "l’armée avait tué quatre djihadistes dans le nord du Mali.",
    ),
]


@pytest.mark.parametrize(("language", "text"), ELSEWHERE)
def test_whoever_fights_elsewhere_is_no_author(language: str, text: str) -> None:
    bomb = next(i for i in coded(language, text).incidents if i.place and i.place.name == "Marseille")
    assert bomb.actors == ()
