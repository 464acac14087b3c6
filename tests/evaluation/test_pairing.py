"""Which incident is taken for which: the best set of pairs, whatever the order of the incidents."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from vigie.evaluation.names import partly_same, same_name
from vigie.evaluation.pairing import best_pairs, likeness, pair_incidents
from vigie.evaluation.sheets import Sheet

TABLES = st.integers(0, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 0.2, 0.4, 0.5, 0.7, 0.9, 1.0]), min_size=width, max_size=width), max_size=4
    )
)


def worth(table: Sequence[Sequence[float]], floor: float) -> float:
    """The greatest total of any set of pairs, by trying all of them."""
    rows, columns = len(table), len(table[0]) if table else 0
    best = 0.0
    for columns_of_rows in itertools.product(range(-1, columns), repeat=rows):
        taken = [j for j in columns_of_rows if j >= 0]
        if len(set(taken)) == len(taken):
            values = [table[i][j] for i, j in enumerate(columns_of_rows) if j >= 0]
            best = max(best, sum(v for v in values if v >= floor))
    return best


@given(TABLES)
def test_no_other_set_of_pairs_is_worth_more(table: list[list[float]]) -> None:
    width = len(table[0]) if table else 0
    pairs = best_pairs(range(len(table)), range(width), lambda i, j: table[i][j], 0.35)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(table[i][j] >= 0.35 for i, j in pairs)
    assert abs(sum(table[i][j] for i, j in pairs) - worth(table, 0.35)) < 1e-6


def test_two_incidents_at_one_place_are_told_apart_by_day_and_toll(by_hand: Callable[..., Sheet]) -> None:
    def struck(day: str, killed: int) -> dict[str, object]:
        return {
            "type": "air_drone_strike",
            "date": {"start": day, "end": day},
            "place": {"name": "Valmarc", "country": "ML"},
            "killed": {"lower": killed, "upper": killed},
        }

    days = [struck("2024-05-02", 3), struck("2024-05-09", 1), struck("2024-05-16", 7)]
    gold = by_hand("fr:1", *days).incidents
    order = list(range(3))
    random.Random(4).shuffle(order)
    coded = [gold[n] for n in order]
    assert sorted((order[i], j) for i, j in pair_incidents(coded, gold)) == [(0, 0), (1, 1), (2, 2)]
    assert likeness(gold[0], gold[0]) == 1.0
    assert likeness(gold[0], gold[1]) < 0.6


def test_incidents_without_anything_in_common_are_no_pair(by_hand: Callable[..., Sheet]) -> None:
    one = {"type": "attack", "date": {"start": "2024-05-02"}, "place": {"name": "Valmarc", "country": "ML"}}
    other = {"type": "grenade", "date": {"start": "2021-01-07"}, "place": {"name": "Selwick", "country": "GB"}}
    assert pair_incidents(by_hand("a", one).incidents, by_hand("a", other).incidents) == []


def test_many_incidents_are_paired_the_likest_first() -> None:
    near = [[1 - abs(i - j) / 20 for j in range(20)] for i in range(20)]
    pairs = best_pairs(range(20), range(20), lambda i, j: near[i][j], 0.35)
    assert pairs == [(n, n) for n in range(20)]


def test_names_of_one_body_are_the_same_and_names_that_share_a_word_are_not_yet() -> None:
    assert same_name("Daech", "groupe État islamique")
    assert same_name("base aérienne d’Aïn al-Assad", "base d'Ain al-Assad")
    assert same_name("les soldats", "soldat")
    assert not same_name("soldats de la région du Nord", "armée de l'air malienne")
    assert not same_name("", "armée")
    assert not same_name("de la", "de la")  # no telling word
    assert partly_same("gare routière de Valmarc", "mairie de Valmarc")
    assert not partly_same("gare", "mairie")
