"""Who copied whom. All texts are invented."""

from __future__ import annotations

import itertools
import random

import pytest

from vigie.model import WireIdentity
from vigie.record import origin

STORY = (
    "VALMARC, 3 mars 2024 (Agence Ponant) – Quatre soldats ont été tués samedi soir par l'explosion d'une mine au passage "
    "de leur convoi près d'Ormelle, a indiqué dimanche l'état-major.\n"
    "Le convoi revenait d'une mission de ravitaillement quand le second véhicule a sauté, selon le colonel Adrien Vasseur, "
    "porte-parole de l'armée. Trois autres militaires ont été blessés et évacués par hélicoptère vers l'hôpital de "
    "Brévenne.\n"
    "L'attaque n'a pas été revendiquée dans l'immédiat. La région est le théâtre depuis 2019 d'embuscades attribuées aux "
    "Faucons du Nord, un groupe armé qui réclame le retrait des troupes.\n"
    "En janvier, une attaque semblable avait coûté la vie à deux gendarmes sur la même route, longue de 40 kilomètres."
)
RETITLED = (
    "Une mine tue quatre soldats près d'Ormelle\n"
    "Quatre soldats ont été tués samedi soir par l'explosion d'une mine au passage de leur convoi près d'Ormelle, a indiqué "
    "l'état-major.\n"
    "Le convoi revenait d'une mission de ravitaillement quand le second véhicule a sauté, selon le colonel Adrien Vasseur. "
    "Trois autres militaires ont été blessés et évacués par hélicoptère vers l'hôpital de Brévenne.\n"
    "L'attaque n'a pas été revendiquée dans l'immédiat. La région est le théâtre depuis 2019 d'embuscades attribuées aux "
    "Faucons du Nord, un groupe armé qui réclame le retrait des troupes. (avec Agence Ponant)"
)
BRIEF = STORY.split("\n")[0]
OWN_WORDS = (
    "ORMELLE, 3 mars 2024 (Agence Corvel) – Un engin explosif a détruit samedi un camion militaire à l'entrée d'Ormelle. "
    "Quatre appelés sont morts, d'après un médecin de garde, et trois ont été hospitalisés. Des habitants disent avoir "
    "entendu ensuite une vingtaine de minutes de tirs. Aucun groupe ne s'est manifesté. La route de Brévenne reste fermée, "
    "a dit la préfecture, qui demande aux camionneurs de passer par le col."
)
BULLETIN = (
    "Bulletin du centre de coordination de Valmarc, {day} mars 2024\n"
    "Le centre de coordination a recensé hier {n} tirs d'artillerie dans le secteur de {a} et {m} dans celui de {b}. Les "
    "observateurs ont compté {k} impacts sur des habitations et {l} blessés légers. La ligne électrique de {c} a été "
    "coupée pendant {h} heures. Les équipes de déminage ont neutralisé {p} engins au bord de la route de {d}. Le prochain "
    "bulletin paraîtra demain à la même heure sur le site du centre."
)


def wire(key="ponant:1", revision=1, **more):
    return WireIdentity(key=key, revision=revision, **more)


@pytest.fixture
def card(report):
    return lambda report_id, text, **given: origin.card(report(report_id, text, **given))


def verdict(a, b):
    found = origin.near_copy(a, b)
    assert found == origin.near_copy(b, a)
    return found


def test_a_retitled_and_cut_copy_is_a_copy_of_the_agency_it_credits(card):
    agency = card("agency", STORY, outlet="Agence Ponant", published="2024-03-03")
    paper = card("paper", RETITLED, outlet="La Gazette d'Ormelle", published="2024-03-03", agency="Agence Ponant")
    found = verdict(agency, paper)
    assert (found.kind, found.original) == ("copy", "agency")
    assert "Agence Ponant est l'agence citée" in found.why_fr
    assert "Agence Ponant is the agency credited" in found.why_en


def test_a_copy_without_credit_is_told_by_its_words_and_its_day(card):
    first = card("first", STORY, outlet="Agence Ponant", published="2024-03-03")
    later = card("later", RETITLED.replace(" (avec Agence Ponant)", ""), outlet="Radio Calder", published="2024-03-04")
    found = verdict(first, later)
    assert (found.kind, found.original) == ("copy", "first")


def test_a_brief_made_of_the_lead_is_an_excerpt(card):
    whole = card("whole", STORY, outlet="Agence Ponant", published="2024-03-03")
    brief = card("brief", BRIEF, outlet="Le Fanal", published="2024-03-03")
    found = verdict(whole, brief)
    assert (found.kind, found.original) == ("excerpt", "whole")
    assert found.containment > 0.9 > 0.6 > found.likeness


def test_two_agencies_telling_one_incident_in_their_own_words_are_two_witnesses(card):
    assert verdict(card("a", STORY), card("b", OWN_WORDS)) is None


def test_a_daily_bulletin_is_not_a_copy_of_yesterdays(card):
    one = BULLETIN.format(day=4, n=12, m=31, k=7, l=2, h=6, p=3, a="Ormelle", b="Torrin", c="Selwick", d="Harl")
    two = BULLETIN.format(day=5, n=44, m=9, k=15, l=8, h=2, p=11, a="Brévenne", b="Ashmoor", c="Calder", d="Ornans")
    assert verdict(card("a", one, published="2024-03-04"), card("b", two, published="2024-03-05")) is None
    assert verdict(card("a", one, published="2024-03-04"), card("c", one, published="2024-03-05")).kind == "copy"


def test_flashes_of_a_line_are_not_told_by_their_words(card):
    assert verdict(card("a", "URGENT - Explosion à Ormelle."), card("b", "URGENT - Explosion à Ormelle.")) is None


def test_a_translation_is_not_a_copy_by_words(card):
    english = (
        "Four soldiers were killed on Saturday when their convoy hit a mine near Ormelle, the army said on Sunday."
    )
    assert verdict(card("a", STORY), card("b", english * 3, language="en")) is None


def test_versions_of_one_wire_story_are_in_order_whatever_their_words(card):
    first = card("z", "Explosion à Ormelle.", wire=wire(revision=1))
    second = card("a", STORY, wire=wire(revision=2, mark="correction"))
    found = verdict(first, second)
    assert (found.kind, found.original) == ("correction", "z")
    assert "version 2" in found.why_fr
    assert verdict(second, card("b", STORY, wire=wire(revision=3))).kind == "revision"
    assert verdict(second, card("c", STORY, wire=wire(revision=2))).kind == "copy"
    assert verdict(second, card("d", "", wire=wire(revision=4, status="canceled"))).kind == "withdrawal"


def test_an_update_mark_without_like_words_proves_nothing(card):
    marked = WireIdentity(mark="update", version_created="2024-03-03T11:00:00Z")
    assert verdict(card("a", STORY, outlet="Ponant"), card("b", OWN_WORDS, outlet="Ponant", wire=marked)) is None
    found = verdict(card("a", STORY, outlet="Ponant"), card("b", RETITLED, outlet="Ponant", wire=marked))
    assert (found.kind, found.original) == ("revision", "a")


def test_an_updated_version_printed_elsewhere_is_a_copy(card):
    marked = WireIdentity(mark="update", version_created="2024-03-03T11:00:00Z")
    first = card("a", STORY, outlet="Agence Ponant", published="2024-03-03")
    assert verdict(first, card("b", RETITLED, outlet="Radio Calder", wire=marked)).kind == "copy"


def test_a_kill_notice_names_the_story_by_its_slug(card):
    story = card("a", STORY, outlet="Agence Ponant", wire=WireIdentity(slug="VALMARC-MINE"), published="2024-03-03")
    notice = card(
        "b", "Prière d'annuler notre dépêche.", outlet="Agence Ponant", published="2024-03-03",
        wire=WireIdentity(slug="Valmarc-mine", mark="kill"),
    )  # fmt: skip
    other = card("c", STORY, outlet="Agence Corvel", wire=WireIdentity(slug="VALMARC-MINE"), published="2024-03-03")
    found = verdict(story, notice)
    assert (found.kind, found.original) == ("withdrawal", "a")
    assert verdict(other, notice) is None


def family_of(cards):
    verdicts = [v for a, b in itertools.combinations(cards, 2) if (v := origin.near_copy(a, b)) is not None]
    return {f.id: f for f in origin.families(cards, verdicts)}


def test_a_family_keeps_all_and_counts_the_last_version_and_its_copies(card):
    versions = [
        card("v1", STORY, outlet="Agence Ponant", wire=wire(revision=1), published="2024-03-03"),
        card(
            "v2",
            STORY.replace("Quatre soldats", "Cinq soldats"),
            outlet="Agence Ponant",
            wire=wire(revision=2),
            published="2024-03-03",
        ),
    ]
    old = card("p1", RETITLED, outlet="La Gazette", published="2024-03-03")
    new = card("p2", RETITLED.replace("Quatre soldats", "Cinq soldats"), outlet="Radio Calder", published="2024-03-03")
    alone = card("x", OWN_WORDS, published="2024-03-03")
    families = family_of([*versions, old, new, alone])
    assert set(families) == {"p1", "x"}
    assert families["p1"].members == ("p1", "p2", "v1", "v2")
    assert families["p1"].superseded == ("p1", "v1")
    assert families["p1"].standing == ("p2", "v2")
    assert families["p1"].original == "v1"


def test_a_withdrawn_story_stops_counting_and_stays(card):
    story = card("v1", STORY, wire=wire(revision=1), outlet="Agence Ponant")
    copy = card("p1", RETITLED, outlet="La Gazette")
    kill = card("v2", "Dépêche annulée.", wire=wire(revision=2, status="canceled"), outlet="Agence Ponant")
    (family,) = family_of([story, copy, kill]).values()
    assert family.withdrawn == ("p1", "v1", "v2")
    assert family.standing == ()


def test_a_story_sent_again_after_a_withdrawal_stands(card):
    cards = [
        card("v1", STORY, wire=wire(revision=1)),
        card("v2", "Annulée.", wire=wire(revision=2, mark="kill")),
        card("v3", RETITLED, wire=wire(revision=3)),
    ]
    (family,) = family_of(cards).values()
    assert (family.standing, family.superseded) == (("v3",), ("v1", "v2"))


def test_a_withdrawn_item_alone_does_not_count(card):
    (family,) = family_of([card("v1", STORY, wire=wire(status="withheld"))]).values()
    assert family.withdrawn == ("v1",)


@pytest.mark.parametrize("seed", range(4))
def test_families_do_not_depend_on_order(card, seed):
    cards = [
        card("v1", STORY, wire=wire(revision=1)), card("v2", RETITLED, wire=wire(revision=2)), card("p", BRIEF),
        card("x", OWN_WORDS), card("q", RETITLED, outlet="La Gazette"),
    ]  # fmt: skip
    expected = family_of(cards)
    chance = random.Random(seed)
    chance.shuffle(cards)
    verdicts = [v for a, b in itertools.permutations(cards, 2) if (v := origin.near_copy(a, b)) is not None]
    chance.shuffle(verdicts)
    assert {f.id: f for f in origin.families(cards, verdicts)} == expected


@pytest.mark.parametrize(
    "copy", [RETITLED, BRIEF, STORY.replace("samedi soir", "dans la nuit").replace("sauté", "explosé")]
)
def test_copies_share_an_index_key_and_other_words_do_not(copy):
    keys = set(origin.bands(origin.signature(STORY, "fr")))
    assert keys & set(origin.bands(origin.signature(copy, "fr")))
    assert not keys & set(origin.bands(origin.signature(OWN_WORDS, "fr")))
    assert len(keys) <= 45


def test_a_signature_is_the_same_in_every_process():
    assert (
        origin.signature("Un deux trois quatre cinq six sept huit neuf dix.").minhash[:3]
        == (origin.signature("Un, deux trois quatre « cinq » six sept huit neuf dix").minhash[:3])
    )
    assert origin.bands(origin.signature(BRIEF, "fr"))[0] == "b0.38e05487"


def test_too_short_a_text_has_no_signature():
    assert origin.bands(origin.signature("Une explosion.", "fr")) == ()
    assert origin.bands(origin.signature("", None)) == ()
