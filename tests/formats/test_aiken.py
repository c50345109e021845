"""Aiken: what is taken, and what is refused at which line."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from assessments.formats import aiken
from assessments.formats.exchange import Exchanged, FileRefused, Weight
from assessments.questions.question import Question
from tests.formats.strategies import exchanged

DATA = Path(__file__).parents[1] / "data" / "exchange"


def test_letters_with_points_and_brackets_are_read() -> None:
    reading = aiken.read((DATA / "awkward.aiken.txt").read_bytes())
    assert not reading.remarks
    assert [one.question.key["right"] for one in reading.questions] == ["b", "a", "b"]
    assert [one.line for one in reading.questions] == [1, 6, 12]
    second = reading.questions[1].question.content
    assert second["stem"] == r"Options without a blank \<b>and\</b> \*stars\*"
    assert [option["text"] for option in second["options"]] == [r"2\*3", r"x \< y"]


def test_everything_that_is_not_certain_is_refused_with_its_line() -> None:
    reading = aiken.read((DATA / "refused.aiken.txt").read_bytes())
    assert [one.question.content["stem"] for one in reading.questions] == ["Good one"]
    assert {remark.weight for remark in reading.remarks} == {Weight.REFUSED}
    assert [(remark.line, remark.where, remark.message) for remark in reading.remarks] == [
        (4, "Small key", 'the key "b" must be a capital'),
        (9, "Out of range", "ANSWER names C, but the options run from A to B"),
        (12, "Small options", "options are lettered in capitals, A. or A)"),
        (19, "Two keys", 'ANSWER must name one option by its letter, not "A, B"'),
        (22, "A question over", "the question must stand on one line"),
        (29, "One option", "the question has fewer than two options"),
        (32, "Letters left out", "the options must be lettered A, B, C in this order"),
        (38, "Empty option", "option B has no text"),
        (44, "Small answer", "ANSWER: is written in capitals"),
        (46, "A) Not started", "an option stands where a question should begin"),
        (53, "No key", 'ANSWER must name one option by its letter, not ""'),
        (55, "Unfinished in the middle", "it has no ANSWER before the next question begins in line 59"),
        (64, "Unfinished at the end", "it has no ANSWER"),
    ]


def test_more_options_than_keys_are_skipped() -> None:
    options = "".join(f"{letter}) {letter} it is\n" for letter in "ABCDEFGHIJ")
    (remark,) = aiken.read(f"Ten?\n{options}ANSWER: J\n".encode()).remarks
    assert (remark.weight, remark.message) == (Weight.SKIPPED, "the question has 10 options; 9 is the most")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Café?\nA) x\nB) y\nANSWER: A".encode("latin-1"), "not UTF-8"),
        (b"\n\n", "no question"),
        (b"Q?\nA) x\nB) y\nANSWER: A\n" * 10_001, "more than 10000 questions"),
    ],
    ids=["latin-1", "empty", "many"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence):
        aiken.read(content)


def test_options_that_plain_text_cannot_tell_apart_leave_a_question_out() -> None:
    content: dict[str, Any] = {"stem": "Which?", "lead_in": "", "shuffle": True}
    content["options"] = [{"key": "a", "text": "\\\\"}, {"key": "b", "text": "\\"}]
    key = {"explanation": "", "notes": {}, "misconceptions": {}, "right": "a"}
    written = aiken.write([Exchanged(Question("choice", content, key))], {})
    assert written.content == b""
    assert written.losses[0].message == "the question is left out: two of its options are the same as plain text"


@settings(
    max_examples=int(os.environ.get("ROUND_TRIPS", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(exchanged("choice"))
def test_a_choice_comes_back_as_it_went_but_for_what_the_losses_name(one: Exchanged) -> None:
    written = aiken.write([one], {})
    losses = " ".join(loss.message for loss in written.losses)
    if "left out" in losses:
        assert written.content == b""
        return
    reading = aiken.read(written.content)
    assert not reading.remarks
    (again,) = reading.questions
    assert again.question.key["right"] == one.question.key["right"]
    if "formatting" not in losses:
        assert again.question.content["options"] == one.question.content["options"]
    if not losses:
        assert replace(again, line=0) == one
