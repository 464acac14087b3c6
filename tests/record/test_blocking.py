"""Which tellings meet: neither too few nor a flood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vigie.model import Place
from vigie.record import blocking


def meet(a, b):
    return bool(set(blocking.keys(a)) & set(blocking.keys(b)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"place": "harir_en"}),  # another language
        ({}, {"day": "2024-03-15"}),  # the day after
        ({"day": "2024-03-14/2024-03-15"}, {"day": "2024-03-16"}),  # a night and the day after it
        ({}, {"type": "disrupted"}),  # all shot down
        ({}, {"type": "attack"}),  # "an attack", no weapon named
        ({"type": "remote_explosive"}, {"type": "shelling_missile"}),  # a blast
        ({}, {"day": "2024-03", "weapons": ["drone"]}),  # a month, at a named base
        ({}, {"day": None, "published": "2024-03-16"}),  # no day, published two days later
        ({"place": "omar", "killed": 7}, {"place": "deir", "killed": 7}),  # the region
        ({"place": "omar", "killed": 7}, {"place": "syria", "killed": 7}),  # the country, the same dead
        ({"place": "omar", "actors": ["Daech"]}, {"place": "syria", "actors": ["Islamic State"]}),
        ({"place": "erbil", "killed": 30}, {"place": None, "killed": 31}),  # no place, about as many dead
        ({"place": "erbil", "targets": ["marché de Shaqlawa"]}, {"place": Place("Shaqlawa", "Shaqlawa", "IQ", "settlement")}),
        ({"place": Place("Marhanets", "Marhanets", "UA", "settlement", lat=47.63, lon=34.62)}, {"place": Place("Marganets", "Marganets", "UA", "settlement")}),  # only one in a list of places
        ({"day": "2024-03-14", "killed": 9, "place": "erbil"}, {"day": "2024-03-01/2024-03-31", "grain": "month", "killed": 9, "place": "erbil"}),
    ],
)  # fmt: skip
def test_tellings_that_may_be_of_one_incident_meet(make, one, other):
    a, b = make.member("a", **one), make.member("b", **other)
    assert meet(a, b)
    assert meet(b, a)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"day": "2024-04-14"}),
        ({"weapons": ["2 drone"]}, {"type": "abduction"}),
        ({"weapons": ["2 drone"]}, {"place": "conoco", "weapons": ["2 drone"]}),
        (
            {"place": "erbil"},
            {"place": "erbil", "day": "2024-03-01/2024-03-31", "grain": "month"},
        ),  # a month, in a town
        ({"place": "omar"}, {"place": "syria"}),  # the country alone
        ({}, {"place": None}),
        ({}, {"day": None, "place": None, "published": None}),
    ],
)
def test_tellings_with_too_little_in_common_do_not(make, one, other):
    assert not meet(make.member("a", **one), make.member("b", **other))


@pytest.mark.parametrize("day", ["2024-03-14", "2024-03", "2024-01-01/2024-12-31", "2024-03-11/2024-03-17", None])
@pytest.mark.parametrize("place", ["harir_fr", "deir", "iraq", None])
def test_keys_are_few_whatever_is_vague(make, day, place):
    member = make.member(
        "a",
        day=day,
        place=place,
        type="other_violence",
        killed="40+",
        actors=["Daech", "Boko Haram"],
        targets=["bus", "base"],
    )
    assert len(blocking.keys(member)) <= 120
    plain = make.member("b", day=day, place=place, weapons=["2 drone"])
    assert len(blocking.keys(plain)) <= 30


@pytest.mark.parametrize(
    ("lat", "lon"), [(36.499, 44.499), (36.501, 44.501), (0.001, 179.999), (-0.001, -179.999), (-33.9, -70.6)]
)
def test_places_on_either_side_of_a_line_meet(make, lat, lon):
    here = Place("Ici", "Ici", "IQ", "settlement", lat=lat, lon=lon)
    there = replace(here, name="Là", lat=lat + 0.004, lon=(lon + 0.004 + 180) % 360 - 180)
    assert meet(make.member("a", place=here), make.member("b", place=there))


def test_keys_are_the_same_each_time(make):
    member = make.member("a", killed=3, actors=["Daech"])
    assert blocking.keys(member) == blocking.keys(make.member("a", killed=3, actors=["Daech"]))
    assert list(blocking.keys(member)) == sorted(set(blocking.keys(member)))
