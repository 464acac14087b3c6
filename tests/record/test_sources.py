"""Names of one body joined, in both languages; profiles; people's decisions on them."""

from __future__ import annotations

import pytest

from vigie.record import decisions
from vigie.record.names import fold_name, likeness
from vigie.record.sources import seeded, source_family


@pytest.mark.parametrize(
    "names",
    [
        ("OSDH", "SOHR", "l'Observatoire syrien des droits de l'homme (OSDH)", "Syrian Observatory for Human Rights",
         "OSDH (SOHR)", "Rami Abdel Rahmane", "Rami Abdurrahman, SOHR"),
        ("CENTCOM", "US Central Command", "commandement central américain (Centcom)", "U.S. Central Command"),
        ("État islamique", "ISIS", "Daech", "Islamic State group", "EI"),
        ("Pentagon", "le Pentagone", "US Department of Defense"),
        ("armée malienne", "Malian army", "Forces armées maliennes"),
        ("ministère ukrainien de la Défense", "Ukrainian Defence Ministry", "Ministry of Defense of Ukraine"),
        ("police kényane", "Kenyan police"),
        ("Forces démocratiques syriennes", "SDF", "Farhad Shami, SDF spokesman"),
        ("GSIM", "JNIM", "Groupe de soutien à l'islam et aux musulmans"),
        ("Brigades du Hezbollah", "Kataib Hezbollah", "Kata'ib Hezbollah"),
    ],
)  # fmt: skip
def test_names_of_one_body_are_one_family(names):
    assert len({seeded().family(n) for n in names}) == 1
    assert seeded().family(names[0]) is not None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("État islamique", "État islamique au Grand Sahara"),
        ("Hezbollah", "Brigades du Hezbollah"),
        ("ministère russe de la Défense", "ministère turc de la Défense"),
        ("talibans", "talibans pakistanais"),
        ("armée malienne", "armée nigériane"),
        ("Al-Qaïda", "Al-Qaïda dans la péninsule Arabique"),
    ],
)
def test_bodies_with_like_names_stay_apart(a, b):
    assert not seeded().same(a, b)


@pytest.mark.parametrize("name", ["source sécuritaire", "US official", "two witnesses", "police", "habitants"])
def test_nobody_in_particular_has_no_family(name):
    assert seeded().family(name) is None


def test_an_anonymous_source_is_never_given_a_name(make):
    assert source_family(make.source("CENTCOM", terms="anonymous"), seeded()) is None
    assert source_family(make.source("CENTCOM"), seeded()) == "centcom"


def test_the_list_is_long_consistent_and_grades_nobody():
    known = seeded().known()
    assert len(known) >= 120
    assert {p.reliability for p in known} == {"F"}
    for profile in known:
        home = fold_name(profile.name)
        assert [n for n in profile.names if seeded().family(n) != home] == []
    assert {p.country for p in known} > {None, "SY", "ML", "UA", "CO", "MM"}


def test_a_name_that_is_not_known_has_an_empty_profile():
    profile = seeded().profile("Faucons de Ninive")
    assert (profile.name, profile.kind, profile.reliability) == ("Faucons de Ninive", "other", "F")


def with_log(make, *lines):
    return seeded().with_decisions(decisions.state(make.log(*lines)))


def test_an_alias_joins_families_and_unalias_parts_a_name(make):
    names = ("Observatoire syrien des droits de l'homme", "Bureau de Valmarc")
    joined = with_log(make, {"kind": "alias", "names": names})
    assert joined.same("SOHR", "Bureau de Valmarc")
    assert "Bureau de Valmarc" in joined.profile("SOHR").names
    parted = with_log(make, {"kind": "alias", "names": names}, {"kind": "unalias", "names": names})
    assert not parted.same("SOHR", "Bureau de Valmarc")
    assert parted.same("SOHR", "OSDH")


def test_an_alias_of_two_listed_bodies_makes_one(make):
    joined = with_log(make, {"kind": "alias", "names": ("Houthis", "Al-Massirah")})
    assert joined.same("Ansar Allah", "Al Masirah")
    assert len(joined.known()) == len(seeded().known()) - 1


def test_a_spelling_can_be_taken_out_of_the_list(make):
    parted = with_log(make, {"kind": "unalias", "names": ("État islamique", "Amaq")})
    assert not parted.same("Daech", "Amaq")
    assert parted.same("Daech", "ISIS")


def test_decisions_taken_in_twice_change_nothing_more(make):
    log = make.log(
        {"kind": "alias", "names": ("OSDH", "Bureau de Valmarc")},
        {"kind": "profile", "names": ("Bureau de Valmarc",), "value": {"reliability": "B", "note": "réseau local"}},
        {"kind": "unalias", "names": ("OSDH", "SNHR")},
    )
    decided = decisions.state(log)
    once = seeded().with_decisions(decided)
    assert once.with_decisions(decided) == once
    assert (once.profile("SOHR").reliability, once.profile("SOHR").note) == ("B", "réseau local")


def test_a_profile_can_be_made_of_a_body_that_is_not_listed(make):
    line = {
        "kind": "profile",
        "names": ("Bureau de Valmarc",),
        "value": {"kind": "monitor", "country": "ML", "side": "neutre"},
    }
    profile = with_log(make, line).profile("bureau de VALMARC")
    assert (profile.kind, profile.country, profile.side, profile.reliability) == ("monitor", "ML", "neutre", "F")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("soldats américains", "US troops", "same"),
        ("États-Unis", "American forces", "same"),
        ("hommes armés", "gunmen", "same"),
        ("gunmen", "Boko Haram", "compatible"),
        ("base de Harir", "Harir airbase", "same"),
        ("marché de Barkoundi", "Barkoundi market", "same"),
        ("marché de Kenscoff", "commissariat de Kenscoff", "other"),
        ("Faucons de Ninive", "Falcons of Nineveh", "alike"),
        ("Jemaa al-Tawhid", "Djamaa el-Tawhid", "same"),
        ("armée ukrainienne", "Russian forces", "other"),
        ("État islamique", "Boko Haram", "other"),
        ("Rami", "Ramadi", "other"),
    ],
)
def test_names_of_actors_and_targets_across_languages(a, b, expected):
    assert likeness(a, b) == likeness(b, a) == expected
