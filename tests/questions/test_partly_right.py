"""Answers that are partly right: what they earn, what is said of them, and which keys are refused."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.questions.question import AnswerError, Question
from assessments.questions.registry import kind
from assessments.questions.wildcards import fits

OPTIONS = [{"key": key, "text": f"Option {key}"} for key in "abc"]


def asked(kind_name: str, *, content: dict[str, Any] | None = None, **key: Any) -> Question:
    halves = {"stem": "A case.", "lead_in": "", "shuffle": True, **(content or {})}
    return Question(kind_name, halves, {"explanation": "", "notes": {}, "misconceptions": {}, **key})


def choice(**fractions: float) -> Question:
    return asked("choice", content={"options": OPTIONS}, right="a", fractions=fractions)


def multiple(right: str, **fractions: float) -> Question:
    return asked("multiple", content={"options": OPTIONS}, right=list(right), fractions=fractions)


def number(**key: Any) -> Question:
    return asked("numeric", **{"right": 3, "tolerance": 0, "common_errors": [], **key})


def text(**key: Any) -> Question:
    return asked("short_text", **{"right": ["cat"], "case_sensitive": False, "common_errors": [], **key})


def pairs(reuse: bool = True, **right: str) -> Question:
    premises = [{"key": key, "text": f"Line {key}"} for key in ("1", "2", "3")]
    content = {"premises": premises, "options": OPTIONS, "reuse": reuse}
    return asked("matching", content=content, right={"1": "a", "2": "a", "3": "b"})


def earned(question: Question, answer: Any) -> tuple[float, bool]:
    found = kind(question.kind).score(question, answer)
    return found.credit, found.right


def said(question: Question, answer: Any) -> list[str]:
    return [note.text for note in kind(question.kind).notes(question, answer)]


def faults(question: Question) -> list[str]:
    return [problem.message for problem in kind(question.kind).validate(question)]


def typed(value: float) -> dict[str, Any]:
    return {"entered": str(value), "value": value}


def test_a_near_right_option_earns_its_part_and_is_not_right() -> None:
    question = choice(a=100, b=50, c=-100)
    assert not faults(question)
    assert [earned(question, key) for key in "abc"] == [(1, True), (0.5, False), (0, False)]


def test_in_a_multiple_choice_the_credits_are_added_up() -> None:
    question = multiple("ab", a=70, b=30, c=-50)
    assert not faults(question)
    assert earned(question, ["a", "b"]) == (1, True)
    assert earned(question, ["a", "c"]) == (0.2, False)
    assert earned(question, ["c"]) == (0, False)


def test_three_thirds_are_all_of_it() -> None:
    options = [{"key": key, "text": f"Option {key}"} for key in "abcd"]
    fractions = {**dict.fromkeys("abc", 33.33333), "d": -33.33333}
    question = asked("multiple", content={"options": options}, right=list("abc"), fractions=fractions)
    assert not faults(question)
    assert earned(question, list("abc")) == (1, True)


def test_the_chance_to_be_right_counts_every_selection_with_full_credit() -> None:
    assert kind("multiple").asymptote(multiple("ab", a=50, b=50, c=-100)) == pytest.approx(1 / 7)
    assert kind("multiple").asymptote(multiple("ab", a=50, b=50, c=0)) == pytest.approx(2 / 7)


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (choice(a=100, b=100, c=0), "and no other, must earn 100"),
        (choice(a=90, b=0, c=0), "and no other, must earn 100"),
        (choice(a=100, b=0), "a number from -100 to 100"),
        (choice(a=100, b=0, c=-101), "a number from -100 to 100"),
        (choice(a=100, b=0, c=0, d=0), 'credit is given for "d"'),
        (multiple("ab", a=50, b=40, c=0), "must add up to 100"),
        (multiple("ab", a=100, b=0, c=0), "must be the right ones"),
        (number(also=[{"value": 4, "tolerance": 0, "credit": 0}]), "above 0"),
        (number(also=[{"value": None, "tolerance": 0, "credit": 50}]), "there is no number"),
        (number(notes={"a": "A note."}), 'no "a"'),
        (text(also=[{"text": "", "credit": 50}]), "the text is empty"),
        (text(wildcards=True), "no answer has a *"),
        (text(right=["**"], wildcards=True), "every answer would fit this"),
        (text(right=["c*"], wildcards=True, common_errors=[{"text": "cow"}]), "marked right"),
        (pairs(reuse=False), "say that options may be used again"),
    ],
)
def test_a_key_that_contradicts_itself_is_told(question: Question, fault: str) -> None:
    assert any(fault in message for message in faults(question)), faults(question)


def test_a_multiple_choice_of_two_right_options_is_sound_with_credits() -> None:
    question = asked("multiple", content={"options": OPTIONS[:2]}, right=["a", "b"], fractions={"a": 50, "b": 50})
    assert not faults(question)
    right, wrong = kind("multiple").example_answers(question)
    assert earned(question, right)[1] and not earned(question, wrong)[1]


def test_an_answer_earns_the_most_that_it_fits() -> None:
    wide = {"value": 3, "tolerance": 5, "credit": 25, "note": "Far."}
    near = {"value": 3, "tolerance": 1, "credit": 50, "note": "Near."}
    question = number(also=[wide, near], common_errors=[{"value": 10, "tolerance": 0, "note": "Ten."}],
                      notes={"right": "Yes.", "otherwise": "No."})  # fmt: skip
    assert not faults(question)
    assert [earned(question, typed(value))[0] for value in (3, 4, 5, 10, 11)] == [1, 0.5, 0.25, 0, 0]
    heard = [said(question, typed(value)) for value in (3, 4, 5, 10, 11)]
    assert heard == [["Yes."], ["Near."], ["Far."], ["Ten."], ["No."]]


def test_a_wrong_example_is_no_other_right_answer() -> None:
    question = number(also=[{"value": 4, "tolerance": 0, "credit": 100, "note": ""}])
    assert earned(question, typed(4)) == (1, True)
    assert not earned(question, kind("numeric").example_answers(question)[1])[1]


def test_partly_right_texts_and_all_others_have_their_notes() -> None:
    question = text(also=[{"text": "kitten", "credit": 80, "note": "A young one."}], notes={"otherwise": "No animal."})
    assert not faults(question)
    assert earned(question, " Kitten ") == (0.8, False)
    assert [said(question, word) for word in ("kitten", "stone", "cat")] == [["A young one."], ["No animal."], []]


def test_a_star_is_any_run_of_characters_only_where_the_key_says_so() -> None:
    assert earned(text(right=["c*t"]), "coat") == (0, False)
    assert earned(text(right=["c*t"], wildcards=True), "Coat") == (1, True)
    assert earned(text(right=[r"select \* from *"], wildcards=True), "SELECT * FROM t") == (1, True)
    assert earned(text(right=[r"select \* from *"], wildcards=True), "SELECT a FROM t") == (0, False)


@pytest.mark.parametrize(
    ("given", "pattern", "fitting"),
    [
        ("ab", "a*b", True), ("a", "a*a", False), ("abcbd", "a*b*d", True), ("abd", "a*bc*d", False),
        ("", "*", True), ("a*b", r"a\*b", True), ("axb", r"a\*b", False), ("ab", "*b*", True), ("ba", "a*", False),
        ("a" * 5000, "*a" * 2000 + "b", False), ("abab", "ab*ab", True), ("ab", "**a****b", True),
    ],
)  # fmt: skip
def test_a_pattern_fits_what_moodle_makes_it_fit(given: str, pattern: str, fitting: bool) -> None:
    assert fits(given, pattern) is fitting


@pytest.mark.parametrize("name", ["cat", "not cat", "*c*", "n*", "*a*", "a * b", "* b"])
def test_the_wrong_example_is_wrong_whatever_the_pattern(name: str) -> None:
    question = text(right=[name, "n*"], wildcards=True)
    right, wrong = kind("short_text").example_answers(question)
    assert earned(question, right)[1] and not earned(question, wrong)[1]


def test_an_option_may_answer_two_premises_where_the_question_says_so() -> None:
    question = pairs()
    assert not faults(question)
    sent = {"match_1": ["a"], "match_2": ["a"], "match_3": ["b"]}
    assert earned(question, kind("matching").read_answer(question.content, sent)) == (1, True)
    assert kind("matching").asymptote(question) == pytest.approx(1 / 27)
    with pytest.raises(AnswerError, match="at most once"):
        kind("matching").read_answer(pairs(reuse=False).content, sent)
    right, wrong = kind("matching").example_answers(question)
    assert earned(question, right)[1] and not earned(question, wrong)[1]
