"""What each kind of question takes as an answer, and what the answer earns."""

from __future__ import annotations

import inspect
import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions import matching, multiple, numeric, ordering, rating
from assessments.questions.entry import Entry
from assessments.questions.question import AnswerError, Question
from assessments.questions.registry import KINDS, Kind, kind

PARTS = [name for name in vars(Kind) if not name.startswith("_")]
ANSWERS = {
    "choice": ({"choice": ["b"]}, "b"),
    "multiple": ({"choice": ["e", "a"]}, ["a", "e"]),
    "numeric": ({"number": ["4/5"]}, {"entered": "4/5", "value": 0.8}),
    "short_text": ({"text": [" rad "]}, "rad"),
    "ordering": (
        {"place_a": ["2"], "place_b": ["1"], "place_c": ["3"], "place_d": ["4"]},
        ["b", "a", "c", "d"],
    ),
    "matching": (
        {"match_1": ["a"], "match_2": ["b"], "match_3": ["d"]},
        {"1": "a", "2": "b", "3": "d"},
    ),
    "rating": (
        {"rate_a": ["5"], "rate_b": ["4"], "rate_c": ["2"], "rate_d": ["1"]},
        {"a": 5, "b": 4, "c": 2, "d": 1},
    ),
}
REFUSED = [
    ("choice", {}),
    ("choice", {"choice": ["z"]}),
    ("choice", {"choice": ["a", "b"]}),
    ("multiple", {"choice": []}),
    ("multiple", {"choice": ["a", "z"]}),
    ("numeric", {"number": ["many"]}),
    ("short_text", {"text": ["  "]}),
    ("short_text", {"text": ["x" * 201]}),
    ("short_text", {"text": ["two\nlines"]}),
    ("ordering", {"place_a": ["1"], "place_b": ["1"], "place_c": ["3"], "place_d": ["4"]}),
    ("ordering", {"place_a": ["0"], "place_b": ["1"], "place_c": ["3"], "place_d": ["4"]}),
    ("ordering", {"place_a": ["1"], "place_b": ["2"], "place_c": ["3"]}),
    ("matching", {"match_1": ["a"], "match_2": ["a"], "match_3": ["d"]}),
    ("matching", {"match_1": ["a"], "match_2": ["b"]}),
    ("rating", {"rate_a": ["6"], "rate_b": ["1"], "rate_c": ["1"], "rate_d": ["1"]}),
    ("rating", {"rate_a": ["5"]}),
]


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_all_its_parts(name: str) -> None:
    missing = [part for part in PARTS if not hasattr(KINDS[name], part)]
    assert not missing
    assert KINDS[name].name == name
    for part in PARTS:
        if callable(getattr(KINDS[name], part)):
            wanted = list(inspect.signature(getattr(Kind, part)).parameters)[1:]
            assert list(inspect.signature(getattr(KINDS[name], part)).parameters) == wanted


def test_an_unknown_kind_is_named_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="no kind of question is called 'essay'"):
        kind("essay")


@pytest.mark.parametrize("name", KINDS)
def test_the_example_answers_are_right_and_wrong(name: str, entries: dict[str, Entry]) -> None:
    question = entries[name].question
    right, wrong = kind(name).example_answers(question)
    assert kind(name).score(question, right).right
    assert not kind(name).score(question, wrong).right
    assert kind(name).describe_answer(question.content, right)
    assert kind(name).describe_key(question)
    assert json.loads(json.dumps(right)) == right


@pytest.mark.parametrize("name", KINDS)
def test_the_form_of_an_answer_is_read(name: str, entries: dict[str, Entry]) -> None:
    sent, answer = ANSWERS[name]
    assert kind(name).read_answer(entries[name].question.content, sent) == answer


@pytest.mark.parametrize(("name", "sent"), REFUSED)
def test_an_answer_that_cannot_be_is_refused(name: str, sent: dict[str, list[str]], entries: dict[str, Entry]) -> None:
    with pytest.raises(AnswerError):
        kind(name).read_answer(entries[name].question.content, sent)


@pytest.mark.parametrize(
    ("name", "chance"),
    [
        ("choice", 1 / 4),
        ("multiple", 1 / 31),
        ("numeric", 0),
        ("short_text", 0),
        ("ordering", 1 / 24),
        ("matching", 1 / 24),
        ("rating", 1 / 625),
    ],
)
def test_the_asymptote_counts_the_answers(name: str, chance: float, entries: dict[str, Entry]) -> None:
    assert kind(name).asymptote(entries[name].question) == pytest.approx(chance)


@pytest.mark.parametrize(
    ("picked", "credit"),
    [("ace", 1), ("ac", 2 / 3), ("acb", 2 / 3 - 1 / 2), ("abcde", 0), ("bd", 0), ("a", 1 / 3)],
)
def test_multiple_takes_wrong_picks_off(picked: str, credit: float, entries: dict[str, Entry]) -> None:
    found = multiple.score(entries["multiple"].question, sorted(picked))
    assert found.credit == pytest.approx(credit)


@pytest.mark.parametrize(("order", "credit"), [("abcd", 1), ("bacd", 1 - 1 / 1.8), ("bcad", 0), ("dcba", 0)])
def test_ordering_counts_pairs(order: str, credit: float, entries: dict[str, Entry]) -> None:
    found = ordering.score(entries["ordering"].question, list(order))
    assert found.credit == pytest.approx(credit)
    assert found.right == (credit == 1)


def test_matching_earns_its_share(entries: dict[str, Entry]) -> None:
    question = entries["matching"].question
    assert matching.score(question, {"1": "a", "2": "b", "3": "d"}).credit == pytest.approx(2 / 3)
    assert [note.option for note in matching.notes(question, {"1": "a", "2": "c", "3": "b"})] == [
        "2",
        "3",
    ]


@given(marks=st.lists(st.integers(1, 5), min_size=4, max_size=4))
def test_rating_lies_between_nothing_and_all(marks: list[int]) -> None:
    question = rated({"a": 4.8, "b": 4.1, "c": 2.2, "d": 1.3})
    credit = rating.score(question, dict(zip("abcd", marks, strict=True))).credit
    assert 0 <= credit <= 1
    if len(set(marks)) == 1:
        assert credit == 0


def rated(right: dict[str, float]) -> Question:
    options = [{"key": key, "text": f"Action {key}"} for key in right]
    return Question("rating", {"stem": "A case.", "options": options}, {"right": right})


def test_the_best_whole_ratings_are_right() -> None:
    question = rated({"a": 4.8, "b": 4.1, "c": 2.2, "d": 1.3})
    assert rating.score(question, {"a": 5, "b": 4, "c": 2, "d": 1}).right


def test_a_number_within_the_tolerance_is_right(entries: dict[str, Entry]) -> None:
    question = entries["numeric"].question
    assert numeric.score(question, {"entered": "0.81", "value": 0.81}).right
    assert not numeric.score(question, {"entered": "0.82", "value": 0.82}).right


def test_a_common_error_is_met_with_its_note(entries: dict[str, Entry]) -> None:
    (note,) = numeric.notes(entries["numeric"].question, {"entered": "0.5", "value": 0.5})
    assert note.misconception == "join-keeps-one-match"
    assert not numeric.notes(entries["numeric"].question, {"entered": "0.8", "value": 0.8})


def test_a_choice_is_met_with_the_note_of_its_option(entries: dict[str, Entry]) -> None:
    (note,) = kind("choice").notes(entries["choice"].question, "a")
    assert (note.option, note.misconception) == ("a", "generator-can-be-walked-twice")


def test_notes_of_an_order_speak_of_swapped_neighbours(entries: dict[str, Entry]) -> None:
    notes = ordering.notes(entries["ordering"].question, ["b", "a", "c", "d"])
    assert [note.option for note in notes] == ["a-b"]


@pytest.mark.parametrize("typed", ["rad", " rad", "`rad`"])
def test_a_short_text_may_be_typed_loosely(typed: str, entries: dict[str, Entry]) -> None:
    assert kind("short_text").score(entries["short_text"].question, typed).right


def test_case_counts_only_where_it_is_said_to(entries: dict[str, Entry]) -> None:
    question = entries["short_text"].question
    loose = replace(question, key={**question.key, "case_sensitive": False})
    assert not kind("short_text").score(question, "RAD").right
    assert kind("short_text").score(loose, "RAD").right


def changed(question: Question, half: str, **fields: Any) -> Question:
    return replace(question, **{half: {**getattr(question, half), **fields}})


@pytest.mark.parametrize(
    ("name", "half", "fields", "place", "message"),
    [
        ("choice", "content", {"stem": " "}, "stem", "the text is empty"),
        ("choice", "content", {"stem": "x" * 4001}, "stem", "4000 is the most"),
        ("choice", "key", {"right": []}, "options", "no option is right"),
        ("choice", "key", {"right": ["a", "b"]}, "options", "a and b are both right"),
        ("choice", "key", {"right": "z"}, "options", 'no "z"'),
        ("choice", "content", {"options": []}, "options", "at least 2"),
        ("choice", "content", {"code": {"language": "perl", "source": "1"}}, "code.language", "one of"),
        ("multiple", "key", {"right": []}, "options", "no option is right"),
        ("multiple", "key", {"right": list("abcde")}, "options", "every option is right"),
        ("numeric", "key", {"right": None}, "answer.value", "there is no number"),
        ("numeric", "key", {"right": math.inf}, "answer.value", "there is no number"),
        ("numeric", "key", {"tolerance": -1}, "answer.tolerance", "0 or more"),
        ("numeric", "key", {"tolerance": 0.4}, "common_errors.0.value", "marked right"),
        ("short_text", "key", {"right": []}, "answer.accepted", "no answer is right"),
        ("short_text", "key", {"right": ["radi"]}, "common_errors.0.text", "marked right"),
        ("ordering", "key", {"right": ["a", "b"]}, "answer", "each option once"),
        ("matching", "key", {"right": {"1": "a"}}, "answer", 'premise "2"'),
        ("matching", "key", {"right": {"1": "a", "2": "a", "3": "b"}}, "answer", "two premises"),
        ("rating", "key", {"right": {"a": 1}}, "answer", "each action"),
        ("rating", "key", {"right": dict.fromkeys("abcd", 3)}, "answer", "all alike"),
        ("rating", "key", {"right": {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.2}}, "answer", "so alike"),
        ("rating", "key", {"right": dict.fromkeys("abcd", 6)}, "answer", "between 1 and 5"),
    ],
)  # fmt: skip
def test_a_faulty_question_is_told_plainly(
    name: str,
    half: str,
    fields: dict[str, Any],
    place: str,
    message: str,
    entries: dict[str, Entry],
) -> None:
    question = changed(entries[name].question, half, **fields)
    problems = kind(name).validate(question)
    assert [p for p in problems if p.place == place and message in p.message], problems


def test_equal_options_are_named(entries: dict[str, Entry]) -> None:
    options = [{"key": "a", "text": "One  way"}, {"key": "c", "text": "One way"}]
    question = changed(entries["choice"].question, "content", options=options)
    messages = [problem.message for problem in kind("choice").validate(question)]
    assert "options a and c are the same" in messages


@pytest.mark.parametrize("name", KINDS)
def test_a_sound_question_has_no_problem(name: str, entries: dict[str, Entry]) -> None:
    assert not kind(name).validate(entries[name].question)
