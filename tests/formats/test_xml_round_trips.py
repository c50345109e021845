"""Any question that goes out as Moodle XML or QTI comes back the same, but for what the losses name."""

from __future__ import annotations

import copy
import os
from string import ascii_lowercase

from hypothesis import HealthCheck, Phase, given, settings

from assessments.formats import moodle_xml, qti
from assessments.formats.exchange import Exchanged
from assessments.questions.question import Question
from tests.formats.strategies import exchanged

EXAMPLES = settings(
    max_examples=int(os.environ.get("ROUND_TRIPS", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a failing example is small enough as it is
)


def without_what_moodle_has_not(question: Question, losses: set[str]) -> Question:
    content, key = copy.deepcopy(question.content), copy.deepcopy(question.key)
    key["misconceptions"] = {}
    for error in key.get("common_errors", []):
        error["misconception"] = None
    if "stdout" in key:
        key["stdout"] = ""
    if question.kind in ("ordering", "matching"):
        key["notes"] = {}
    if question.kind in ("numeric", "short_text"):  # nothing there to shuffle
        content["shuffle"] = True
    if question.kind == "ordering":  # the items stand in the right order
        texts = {option["key"]: option["text"] for option in content["options"]}
        content["options"] = [
            {"key": k, "text": texts[old]} for k, old in zip(ascii_lowercase, key["right"], strict=False)
        ]
        key["right"] = list(ascii_lowercase[: len(texts)])
        content["shuffle"] = True
    if any(loss.startswith("the formatting of the options") for loss in losses):
        content["options"] = [option["key"] for option in content["options"]]
    return Question(question.kind, content, key)


@given(exchanged())
@EXAMPLES
def test_a_question_comes_back_from_moodle_xml(given_one: Exchanged) -> None:
    written = moodle_xml.write([given_one], {})
    losses = {loss.message for loss in written.losses}
    reading = moodle_xml.read(written.content)
    if any(loss.startswith("the question is left out") for loss in losses):
        assert given_one.question.kind == "rating" or "without their formatting" in str(losses)
        assert not reading.questions
        return
    (back,) = reading.questions
    assert not reading.remarks
    expected = without_what_moodle_has_not(given_one.question, losses)
    found = back.question
    if isinstance(expected.content.get("options", [{}])[0], str):
        found.content["options"] = [option["key"] for option in found.content["options"]]
    if "the listing and the lead-in become a part of the question's text" not in losses:
        assert found == expected
    assert (back.slug, back.category, back.tags) == (given_one.slug, given_one.category, given_one.tags)
    assert back.title == given_one.title or not given_one.title


def without_what_qti_has_not(question: Question) -> Question:
    content, key = copy.deepcopy(question.content), copy.deepcopy(question.key)
    key["misconceptions"] = {}
    for error in key.get("common_errors", []):
        error["misconception"] = None
    if "stdout" in key:
        key["stdout"] = ""
    if question.kind in ("ordering", "matching"):
        key["notes"] = {}
    if question.kind in ("numeric", "short_text"):  # nothing there to shuffle
        content["shuffle"] = True
    if key.get("wildcards") and not has_case(question):
        key["case_sensitive"] = False  # there is no letter that could tell
    return Question(question.kind, content, key)


def has_case(question: Question) -> bool:
    texts = [
        *question.key["right"],
        *(one["text"] for field in ("also", "common_errors") for one in question.key.get(field, [])),
    ]
    return any(sign.swapcase() != sign for text in texts for sign in text)


@given(exchanged())
@EXAMPLES
def test_a_question_comes_back_from_qti(given_one: Exchanged) -> None:
    written = qti.write([given_one], {})
    reading = qti.read(written.content)
    if any(loss.message.startswith("the question is left out") for loss in written.losses):
        assert given_one.question.kind == "rating"
        assert not reading.questions
        return
    assert [remark.message for remark in reading.remarks if "in our way" not in remark.message] == []
    (back,) = reading.questions
    assert back.question == without_what_qti_has_not(given_one.question)
    assert (back.slug, back.category, back.tags) == (given_one.slug, given_one.category, given_one.tags)
    assert back.title == given_one.title
