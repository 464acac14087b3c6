"""Decisions: what stands of a log, undo and undo of undo, and the chain that shows a changed line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.errors import DecisionError
from vigie.model.record import Decided, Decision, Quoted
from vigie.model.spans import Span
from vigie.record import decisions
from vigie.record.decisions import state

WORDS = Quoted("a", Span(10, 21, "trois morts"))
NOWHERE = Quoted("a", Span(10, 10, ""))


def test_the_last_word_on_a_pair_stands(make):
    log = make.log(
        {"kind": "same", "members": ("b#i1", "a#i1")},
        {"kind": "different", "members": ("a#i1", "b#i1")},
        {"kind": "unsure", "members": ("a#i1", "c#i2")},
    )
    decided = state(log)
    assert (list(decided.same), list(decided.different), list(decided.unsure)) == (
        [], [("a#i1", "b#i1")], [("a#i1", "c#i2")],
    )  # fmt: skip
    assert decided.standing == (1, 2, 3)


def test_an_undo_brings_back_what_was_before_and_can_itself_be_undone(make):
    first = {"kind": "same", "members": ("a#i1", "b#i1")}
    second = {"kind": "different", "members": ("a#i1", "b#i1")}
    undo, again = {"kind": "undo", "undoes": 2}, {"kind": "undo", "undoes": 3}
    assert state(make.log(dict(first), dict(second), dict(undo))) == state(make.log(dict(first)))
    assert list(state(make.log(first, second, undo, again)).different) == [("a#i1", "b#i1")]


def test_a_merge_ties_all_and_a_split_parts_those_that_leave(make):
    merged = state(make.log({"kind": "merge", "members": ("a#i1", "b#i1", "c#i1")}))
    assert list(merged.same) == [("a#i1", "b#i1"), ("a#i1", "c#i1")]
    parted = state(make.log({"kind": "split", "members": ("a#i1", "b#i1", "c#i1"), "apart": ("c#i1",)}))
    assert list(parted.different) == [("a#i1", "c#i1"), ("b#i1", "c#i1")]
    assert not parted.same


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"kind": "same", "members": ("a#i1", "a#i1")}, "two different"),
        ({"kind": "same", "members": ("a#i1", "b#i1"), "who": " "}, "who made it"),
        ({"kind": "split", "members": ("a#i1", "b#i1")}, "which members leave"),
        ({"kind": "split", "members": ("a#i1", "b#i1"), "apart": ("a#i1", "b#i1")}, "not all"),
        ({"kind": "edit", "members": ("a#i1",), "field": "killed"}, "an edit gives the value"),
        ({"kind": "edit", "members": ("a#i1",), "field": "killed", "value": "three"}, "'three' is no value"),
        ({"kind": "edit", "members": ("a#i1",), "field": "killed", "value": {"lower": 5, "upper": 2}}, "above"),
        ({"kind": "edit", "members": ("a#i1",), "field": "toll", "value": 3}, "no field is called"),
        ({"kind": "edit", "field": "killed", "value": 3}, "one member key or one claim key"),
        ({"kind": "reject", "members": ("a#i1",)}, "names a field"),
        ({"kind": "alias", "names": ("OSDH", "osdh")}, "not the same"),
        ({"kind": "profile", "names": ("OSDH",), "value": {"reliability": "Z"}}, "is no reliability"),
        ({"kind": "profile", "names": ("OSDH",), "value": {"colour": "red"}}, "gives some of"),
        ({"kind": "undo", "undoes": 7}, "no decision 7"),
        ({"kind": "forget"}, "no decision is called"),
        ({"kind": "same", "members": ("a#i1", "b#i1"), "evidence": (WORDS,)}, "about no value"),
        ({"kind": "edit", "members": ("a#i1",), "field": "killed", "value": 3, "evidence": (NOWHERE,)}, "begin before"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_with_the_way_out(make, line, says):
    with pytest.raises(DecisionError, match=says):
        make.log(line)


def test_what_is_undone_cannot_be_undone_twice(make):
    with pytest.raises(DecisionError, match="already undone, by 2"):
        make.log(
            {"kind": "same", "members": ("a#i1", "b#i1")}, {"kind": "undo", "undoes": 1}, {"kind": "undo", "undoes": 1}
        )


def test_the_time_of_a_decision_is_a_time():
    with pytest.raises(DecisionError, match="is no time"):
        decisions.append([], Decision(0, "same", "Ana", "yesterday", members=("a#i1", "b#i1")))


def log_of_three(make):
    return make.log(
        {"kind": "same", "members": ("a#i1", "b#i1")},
        {"kind": "edit", "members": ("a#i1",), "field": "killed", "value": {"lower": 3, "upper": 3}, "why": "hôpital"},
        {"kind": "undo", "undoes": 1},
    )


def test_a_sound_log_has_no_broken_link(make):
    assert decisions.verify(log_of_three(make)) is None
    assert decisions.verify([]) is None


def test_a_changed_line_is_the_first_broken_link(make):
    log = list(log_of_three(make))
    log[1] = replace(log[1], value={"lower": 30, "upper": 30})
    assert decisions.verify(log).number == 2


def test_a_changed_line_with_a_new_hash_breaks_the_next(make):
    log = list(log_of_three(make))
    changed = replace(log[1], why="no reason")
    log[1] = replace(changed, hash=decisions.chained(log[0].hash, changed))
    assert decisions.verify(log).number == 3


def test_a_line_taken_out_is_seen(make):
    first, _, third = log_of_three(make)
    fault = decisions.verify([first, third])
    assert (fault.number, "taken out" in fault.reason) == (2, True)


def test_a_decision_comes_back_from_json_with_its_hash(make):
    log = log_of_three(make)
    again = tuple(decisions.from_json(decisions.to_json(d)) for d in log)
    assert again == log
    assert decisions.verify(again) is None


def test_words_that_a_person_pointed_at_are_kept_and_chained(make):
    edit = {"kind": "edit", "members": ("a#i1",), "field": "killed", "value": 3}
    (plain,), (worded,) = make.log(dict(edit)), make.log({**edit, "evidence": (WORDS,)})
    assert plain.hash != worded.hash
    assert decisions.from_json(decisions.to_json(worded)) == worded
    row = {k: v for k, v in decisions.to_json(plain).items() if k != "evidence"}  # as written before there were any
    assert decisions.verify([decisions.from_json(row)]) is None
    with pytest.raises(DecisionError, match="no words of a report"):
        decisions.from_json({**row, "evidence": [{"report_id": "a"}]})


def test_json_with_unknown_or_missing_keys_is_refused():
    with pytest.raises(DecisionError, match="unknown keys colour"):
        decisions.from_json({"number": 1, "kind": "same", "who": "a", "when": "2024-01-01", "colour": 1})
    with pytest.raises(DecisionError, match="'who' is missing"):
        decisions.from_json({"number": 1, "kind": "same"})


KEYS = st.sampled_from(["a#i1", "b#i1", "c#i1", "d#i2"])
LINES = st.one_of(
    st.tuples(st.sampled_from(["same", "different", "unsure"]), st.lists(KEYS, min_size=2, max_size=2, unique=True)),
    st.tuples(st.just("merge"), st.lists(KEYS, min_size=2, max_size=4, unique=True)),
    st.tuples(st.just("edit"), st.lists(KEYS, min_size=1, max_size=1)),
    st.tuples(st.just("alias"), st.lists(st.sampled_from(["OSDH", "Observatoire de Valmarc", "X"]), min_size=2, max_size=3, unique=True)),
)  # fmt: skip


def appended(log, kind, words):
    named = {"names": tuple(words)} if kind == "alias" else {"members": tuple(words)}
    more = {"field": "killed", "value": 3} if kind == "edit" else {}
    return [*log, decisions.append(log, Decision(0, kind, "Ana", "2024-03-20T10:00:00+00:00", **named, **more))]


@settings(deadline=None, derandomize=True)
@given(st.lists(LINES, max_size=5), st.lists(LINES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_undoing_any_decisions_in_any_order_gives_the_earlier_state(before, after, random):
    log = []
    for line in before:
        log = appended(log, *line)
    earlier = state(log)
    numbers = []
    for line in after:
        log = appended(log, *line)
        numbers.append(log[-1].number)
    random.shuffle(numbers)
    for number in numbers:
        log = [*log, decisions.append(log, Decision(0, "undo", "Ana", "2024-03-20T10:00:00+00:00", undoes=number))]
    assert state(log) == earlier
    assert decisions.verify(log) is None
    shuffled = list(log)
    random.shuffle(shuffled)
    assert state(shuffled) == earlier


def test_nothing_decided_is_an_empty_state():
    assert state([]) == Decided()
