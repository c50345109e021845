r"""Formulas go to Moodle as its MathJax filter reads them, \( \), and come back in our dollar signs."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from assessments.formats import aiken, gift, moodle_xml
from assessments.formats.exchange import Exchanged, Picture
from assessments.formats.moodle_html import KEPT_DOLLARS
from assessments.formats.plain_words import plain_text
from assessments.questions.question import Question
from tests.formats.test_moodle_xml import DOT

BOTH = pytest.mark.parametrize("format_", [moodle_xml, gift], ids=["moodle_xml", "gift"])
CONTENT = {
    "stem": "One row has $x_1^2 < 3$ and *no* gaps:\n\n- $y$\n- `a`\n",
    "code": {"language": "python", "source": 'print("$1")\n'},
    "lead_in": "What is $\\{x_1\\} * z$?",
    "shuffle": True,
    "options": [{"key": "a", "text": "$x^2$ is 5"}, {"key": "b", "text": "*plain* & <simple>"}],
}
KEY = {
    "right": "a",
    "explanation": "As $$x_1 = 2$$ shows.",
    "notes": {"a": "$a \\to b$", "b": "[no] formula"},
    "misconceptions": {},
    "stdout": "",
}
ASKED = Exchanged(Question("choice", CONTENT, KEY), title="T", slug="with-formulas")


def written(format_: ModuleType, one: Exchanged) -> str:
    return str(format_.write([one], {}).content.decode())


@BOTH
def test_formulas_and_all_that_is_around_them_come_back(format_: ModuleType) -> None:
    there = format_.write([ASKED], {})
    assert not there.losses
    reading = format_.read(there.content)
    assert not reading.remarks
    (back,) = reading.questions
    assert replace(back, line=0) == ASKED


def test_moodle_finds_the_formulas_in_html_and_the_rest_in_markdown() -> None:
    text = written(moodle_xml, ASKED)
    assert r"\(x_1^2 &amp;lt; 3\)" in text
    assert '<generalfeedback format="html">' in text
    assert r"<text>\(x^2\) is 5</text>" in text
    assert '<answer fraction="0" format="markdown">' in text


def test_gift_names_the_format_of_each_text_that_is_not_as_the_first() -> None:
    text = written(gift, ASKED)
    assert "[html]<p>One row has" in text
    assert r"=\\(x^2\\) is 5#\\(a \\to b\\)" in text
    assert "~%0%[markdown]*plain* & <simple>#[markdown][no] formula" in text


def test_in_a_question_of_markdown_only_the_formula_is_html_in_gift() -> None:
    content = {**CONTENT, "stem": "S", "lead_in": "", "code": None}
    text = written(gift, Exchanged(Question("choice", content, {**KEY, "notes": {}})))
    assert text.startswith("[markdown]S{")
    assert r"=[html]\\(x^2\\) is 5" in text
    assert "~%0%*plain* & <simple>" in text


@BOTH
def test_a_formula_beside_a_picture_keeps_it(format_: ModuleType) -> None:
    content = {**CONTENT, "stem": f"See $x$ in\n\n![a dot]({DOT.address})", "code": None, "lead_in": ""}
    asked = Exchanged(Question("choice", content, KEY))
    pictures: dict[str, Picture] = {DOT.address: DOT}
    reading = format_.read(format_.write([asked], pictures).content)
    assert not reading.remarks
    assert reading.questions[0].question.content["stem"] == content["stem"]
    assert reading.pictures == pictures


@BOTH
def test_what_html_would_not_bring_back_stays_markdown_with_a_word(format_: ModuleType) -> None:
    content = {**CONTENT, "stem": "$x$ in\n\n| a | b |\n|:-:|---|\n| 1 | 2 |", "code": None, "lead_in": ""}
    asked = Exchanged(Question("choice", content, {**KEY, "notes": {}}), slug="table")
    there = format_.write([asked], {})
    assert [str(loss.message) for loss in there.losses] == [KEPT_DOLLARS]
    assert format_.read(there.content).questions[0].question.content["stem"] == content["stem"]


@BOTH
def test_dollars_that_make_no_formula_stay_as_they_are(format_: ModuleType) -> None:
    content = {**CONTENT, "stem": "It costs 5$ or $6, `$x$`", "code": None, "lead_in": ""}
    there = format_.write([Exchanged(Question("choice", content, KEY))], {})
    assert "5$ or $6, `$x$`" in there.content.decode()


@BOTH
def test_an_option_to_match_is_plain_text_with_its_formula(format_: ModuleType) -> None:
    content = {
        "stem": "S", "lead_in": "", "shuffle": True,
        "premises": [{"key": "1", "text": "squared"}, {"key": "2", "text": "costly"}],
        "options": [{"key": "a", "text": "$n^2$ \\* here"}, {"key": "b", "text": "5\\$"}],
    }  # fmt: skip
    key = {"explanation": "", "notes": {}, "misconceptions": {}, "right": {"1": "a", "2": "b"}}
    there = format_.write([Exchanged(Question("matching", content, key))], {})
    assert not there.losses
    assert "n^2" in there.content.decode()
    assert "$n^2$" not in there.content.decode()
    assert format_.read(there.content).questions[0].question == Question("matching", content, key)


def test_aiken_has_formulas_in_its_plain_text_too() -> None:
    content = {
        "stem": "What is $x^2$ at 3?", "lead_in": "", "shuffle": True,
        "options": [{"key": "a", "text": "9"}, {"key": "b", "text": "$$\\sqrt{3}$$"}],
    }  # fmt: skip
    key = {"explanation": "", "notes": {}, "misconceptions": {}, "right": "a"}
    there = aiken.write([Exchanged(Question("choice", content, key))], {})
    assert r"What is \(x^2\) at 3?" in there.content.decode()
    assert not there.losses
    assert aiken.read(there.content).questions[0].question == Question("choice", content, key)


@pytest.mark.parametrize("text", ["1$b$", "$a$2", "from 5$ to 6$", "$ a $"])
def test_dollars_beside_a_digit_or_a_blank_are_no_formula_in_plain_text(text: str) -> None:
    assert plain_text(text) is None
