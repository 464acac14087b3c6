"""Labels: the same keys in every language, and a word for every value of the closed lists."""

from __future__ import annotations

import typing

import pytest

from vigie.exports.labels import LANGUAGES, labels
from vigie.language import schema
from vigie.model import coded, dates, places

LISTS = {
    "type": schema.IncidentType, "weapon": schema.WeaponKind, "outcome": coded.Outcome,
    "responsibility": coded.Responsibility, "basis": coded.ActorBasis, "target": coded.TargetKind,
    "damage": coded.Damage, "stance": coded.Stance, "modality": coded.Modality, "mode": coded.Mode,
    "terms": coded.Terms, "source_kind": coded.SourceKind, "grain": dates.Grain, "date_basis": dates.DateBasis,
    "precision": places.PlacePrecision, "relation": places.PlaceRelation, "verdict": coded.Verdict,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_every_value_has_a_word_and_nothing_else_does(language: str, name: str) -> None:
    assert set(labels(language).table["values"][name]) == set(typing.get_args(LISTS[name]))


def test_all_languages_have_the_same_keys() -> None:
    def keys(value: object) -> object:
        return {k: keys(v) for k, v in value.items()} if isinstance(value, dict) else None

    first = keys(labels(LANGUAGES[0]).table)
    for language in LANGUAGES:
        table = keys(labels(language).table)
        assert table == first, language
        assert len(labels(language).months) == 12


def test_a_country_is_named_in_the_language_of_the_labels() -> None:
    assert (labels("en").country("IQ"), labels("fr").country("IQ"), labels("en").country("XX")) == (
        "Iraq",
        "Irak",
        "XX",
    )
