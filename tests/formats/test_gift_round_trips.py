"""What is written as GIFT is read back as the same question, but for what the losses name.

`make round-trips` tries thousands of questions, the suite some hundreds.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from assessments.formats import gift
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
Half = dict[str, Any]


def without_misconceptions(content: Half, key: Half) -> None:
    key["misconceptions"] = {}
    for error in key.get("common_errors", ()):
        error["misconception"] = None


def without_arrows(content: Half, key: Half) -> None:
    for one in [*content.get("premises", ()), *key.get("also", ()), *key.get("common_errors", ())]:
        one |= {field: one[field].replace("->", r"-\>") for field in ("text", "note") if field in one}
    if "premises" not in content:
        key["notes"] = {name: note.replace("->", r"-\>") for name, note in key["notes"].items()}


def without_formatting(content: Half, key: Half) -> None:
    for option in content["options"]:
        option["text"] = ""


FORGOTTEN: dict[str, Callable[[Half, Half], object]] = {
    "the misconceptions": without_misconceptions,
    "what the listing prints": lambda content, key: key.update(stdout=""),
    "that capitals count": lambda content, key: key.update(case_sensitive=False),
    "the unit": lambda content, key: content.update(unit=""),
    "the notes on single pairs": lambda content, key: key.update(notes={}),
    "that the order is kept": lambda content, key: content.update(shuffle=True),
    "the formatting of the options": without_formatting,
    "-> in a text": without_arrows,
    "a formula stays in dollar signs": lambda content, key: None,
}


def copied(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: copied(value) for name, value in part.items()}
    return [copied(value) for value in part] if isinstance(part, list) else part


def but_for(losses: list[str], question: Question) -> Question:
    """The question without what the losses name; KeyError for a loss that nobody expects."""
    content, key = copied(question.content), copied(question.key)
    for loss in losses:
        next(forget for said, forget in FORGOTTEN.items() if loss.startswith(said))(content, key)
    return Question(question.kind, content, key)


@pytest.mark.parametrize("kind", ["choice", "multiple", "numeric", "short_text", "matching"])
def test_a_question_comes_back_as_it_went(kind: str) -> None:
    @EXAMPLES
    @given(exchanged(kind))
    def there_and_back(one: Exchanged) -> None:
        written = gift.write([one], {})
        losses = [loss.message for loss in written.losses]
        if any("left out" in loss for loss in losses):
            (loss,) = losses
            assert loss.endswith(("Moodle takes it for a matching question", "the same as plain text"))
            return
        reading = gift.read(written.content)
        assert not reading.remarks
        (again,) = reading.questions
        assert but_for(losses, again.question) == but_for(losses, one.question)
        assert replace(again, line=0, question=one.question) == one

    there_and_back()


@EXAMPLES
@given(exchanged("ordering", "rating"))
def test_what_gift_cannot_say_is_left_out_with_a_word(one: Exchanged) -> None:
    written = gift.write([one], {})
    assert written.content == b""
    (loss,) = written.losses
    assert loss.message == f"the question is left out: GIFT has no questions of the kind {one.question.kind}"
