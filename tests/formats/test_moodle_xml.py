"""Moodle XML that others wrote: what becomes of each question, and why."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from assessments.formats import moodle_xml
from assessments.formats.exchange import Exchanged, FileRefused, Picture, Reading, Weight
from assessments.formats.moodle_xml_reading import category_in, category_path
from assessments.questions.question import Question
from assessments.questions.registry import kind

DATA = Path(__file__).parent.parent / "data" / "exchange"
DOT = Picture("image/png", (DATA / "dot.png").read_bytes())
REFUSED, SKIPPED = Weight.REFUSED, Weight.SKIPPED
FAULTS = {
    "invalid fraction": (REFUSED, "the fraction 17 is none that Moodle knows"),
    "no number as a fraction": (REFUSED, 'the fraction "half" is not a number'),
    "nothing right": (REFUSED, "no option earns 100 %"),
    "two right": (REFUSED, "2 options earn 100 %, but only one may be chosen"),
    "ninety percent": (REFUSED, "the right options earn 90 % together, not 100 %"),
    "one option": (REFUSED, "the question has one option; at least two are needed"),
    "no answers": (REFUSED, "the question has no answers"),
    "both": (REFUSED, "exactly one of true and false must earn 100 %"),
    "in German": (REFUSED, 'the answers of a true or false question are "true" and "false"'),
    "comma": (REFUSED, 'the answer "3,14" is not a number such as 3.14'),
    "letters": (REFUSED, 'the answer "abc" is not a number such as 3.14'),
    "tolerance with a comma": (REFUSED, 'the tolerance "0,1" is not a number such as 0.01'),
    "no right number": (REFUSED, "no answer earns 100 %, so none is right"),
    "any number": (SKIPPED, 'any answer ("*") earns something, so nothing is measured'),
    "empty": (REFUSED, "an answer is empty"),
    "hidden": (SKIPPED, 'the answer "net*" hides a better one that stands after it'),
    "half a pair": (REFUSED, "a line to match has no answer"),
    "one step": (REFUSED, "there are fewer than two things to put in order"),
    "gaps": (SKIPPED, 'the type "cloze" is not imported: a text with gaps'),
    "gaps too": (SKIPPED, 'the type "multianswer" is not imported: a text with gaps'),
    "drawn": (SKIPPED, 'the type "calculated" is not imported: a question with drawn numbers'),
    "essay": (SKIPPED, 'the type "essay" is not imported: an essay, which a person must mark'),
    "no question": (SKIPPED, 'the type "description" is not imported: a text without a question'),
    "drag": (SKIPPED, 'the type "ddwtos" is not imported: which has no counterpart here'),
    "maxima": (SKIPPED, 'the type "stack" is not imported: which has no counterpart here'),
    "twelve": (SKIPPED, "the question has 12 options; 9 is the most"),
    "twins": (SKIPPED, "options a and b are the same"),
    "no type": (REFUSED, "the question does not say its type"),
    "": (SKIPPED, "<answer> is no question"),
}
REFUSED_FILES = {
    "billion_laughs.xml": "line 2: the file has a document type declaration",
    "outside_entity.xml": "line 1: the file has a document type declaration",
    "xinclude.xml": "line 3: the file asks for another file (XInclude)",
    "utf16.xml": "line 1: the file is written in UTF-16",
    "latin1.xml": "line 1: the file says that it is written in ISO-8859-1",
    "ill_formed.xml": "line 4: this is not well-formed XML: not well-formed (invalid token), column 20",
}


@pytest.fixture(scope="module")
def kinds() -> Reading:
    return moodle_xml.read((DATA / "moodle_kinds.xml").read_bytes())


def by_title(reading: Reading, title: str) -> Question:
    return next(one.question for one in reading.questions if one.title == title)


def said_of(reading: Reading, title: str) -> list[str]:
    return [remark.message for remark in reading.remarks if remark.where == title]


def test_each_fault_is_told_with_its_line() -> None:
    reading = moodle_xml.read((DATA / "moodle_faults.xml").read_bytes())
    assert not reading.questions
    said = {remark.where: remark for remark in reading.remarks}
    assert set(said) == set(FAULTS)
    for line, (where, (weight, message)) in enumerate(FAULTS.items()):
        assert (said[where].weight, message in said[where].message) == (weight, True), said[where]
        assert said[where].line > 2, line


@pytest.mark.parametrize(("name", "sentence"), REFUSED_FILES.items())
def test_a_hostile_file_is_refused_with_a_sentence(name: str, sentence: str) -> None:
    with pytest.raises(FileRefused, match=re.escape(sentence)):
        moodle_xml.read((DATA / name).read_bytes())


def test_a_choice_keeps_fractions_notes_picture_category_tags_and_id(kinds: Reading) -> None:
    first = kinds.questions[0]
    assert (first.title, first.slug, first.line) == ("Bias and variance", "bias-1", 7)
    assert (first.category, first.tags) == (("Statistics", "Odds/Ends"), ("noise", "bias"))
    content, key = first.question.content, first.question.key
    assert content["stem"] == f"Which is **low**? ![A curve]({DOT.address})"
    assert kinds.pictures == {DOT.address: DOT}
    assert [option["text"] for option in content["options"]] == ["one", r"a \* b", "three"]
    assert key["fractions"] == {"a": 100, "b": 33.33333, "c": -25}
    assert key["notes"] == {"a": "Yes", "c": "Read again."}
    assert key["explanation"] == r"See $\sigma^2$."
    assert content["shuffle"] is True


def test_what_a_choice_cannot_keep_is_told(kinds: Reading) -> None:
    said = said_of(kinds, "Bias and variance")
    assert any("the file /x.svg is left out: This is no PNG, JPEG, GIF or WebP picture." in text for text in said)
    assert any("numbered in our way" in text for text in said)
    assert "1 hints for further tries are left out" in said
    assert "its mark is left out: every question counts alike here" in said
    assert any("standard sentences" in remark.message for remark in kinds.remarks)
    assert any("the description of the category" in remark.message for remark in kinds.remarks)


def test_several_right_options_without_fractions_of_their_own(kinds: Reading) -> None:
    question = by_title(kinds, "Several")
    assert (question.kind, question.key["right"]) == ("multiple", ["a", "b"])
    assert "fractions" not in question.key
    assert question.content["stem"] == f"Which *are* even? ![dot]({DOT.address})"
    assert question.content["shuffle"] is False


def test_true_and_false(kinds: Reading) -> None:
    question = by_title(kinds, "TF")
    assert (question.kind, question.key["right"], question.key["notes"]) == ("choice", "b", {"a": "No."})
    assert question.content["stem"] == "One line\\\nand 1 \\< 2."


def test_short_answers_with_wildcards_credit_and_a_note_on_the_rest(kinds: Reading) -> None:
    question = by_title(kinds, "Short")
    assert question.key["right"] == ["res*net"]
    assert question.key["also"] == [{"text": r"2 \* 3", "credit": 50, "note": ""}]
    assert question.key["notes"] == {"right": "Good", "otherwise": "Sorry"}
    assert (question.key["case_sensitive"], question.key["wildcards"]) == (True, True)
    assert kind("short_text").score(question, "2 * 3").credit == 0.5


def test_numbers_with_windows_and_a_unit(kinds: Reading) -> None:
    question = by_title(kinds, "Number")
    assert (question.key["right"], question.key["tolerance"], question.content["unit"]) == (3.14, 0.01, "m")
    assert question.key["also"] == [{"value": 3, "tolerance": 0, "credit": 50, "note": "Rounded"}]
    assert question.key["notes"] == {"otherwise": "Far off"}
    assert said_of(kinds, "Number") == ["only the unit m is taken, not cm"]


def test_pairs_where_one_option_answers_two_lines(kinds: Reading) -> None:
    question = by_title(kinds, "Pairs")
    assert [option["text"] for option in question.content["options"]] == ["mammal", r"bird\_\*x\*", "fish"]
    assert question.key["right"] == {"1": "a", "2": "a", "3": "b"}
    assert question.content["reuse"] is True


def test_an_order(kinds: Reading) -> None:
    question = by_title(kinds, "Steps")
    assert [option["text"] for option in question.content["options"]] == ["split", "fit", "test"]
    assert question.key["right"] == ["a", "b", "c"]
    assert said_of(kinds, "Steps") == ["partly right orders earn the share of pairs in the right order"]


def test_every_question_of_the_file_is_taken_and_sound(kinds: Reading) -> None:
    assert len(kinds.questions) == 7
    assert all(not kind(one.question.kind).validate(one.question) for one in kinds.questions)


def test_a_picture_goes_out_and_comes_back(kinds: Reading) -> None:
    written = moodle_xml.write(kinds.questions, kinds.pictures)
    assert b'<file name="' in written.content
    assert DOT.address.encode() not in written.content
    again = moodle_xml.read(written.content)
    assert again.pictures == kinds.pictures
    assert [one.question.content["stem"] for one in again.questions] == [
        one.question.content["stem"] for one in kinds.questions
    ]


def test_true_or_false_goes_out_as_such_and_fractions_as_moodle_has_them() -> None:
    thirds = Question(
        "multiple",
        {"stem": "S", "lead_in": "", "options": [{"key": k, "text": k} for k in "abcd"]},
        {"right": ["a", "b", "c"], "notes": {}},
    )
    truth = Question(
        "choice",
        {"stem": "S", "shuffle": False, "options": [{"key": "a", "text": "True"}, {"key": "b", "text": "False"}]},
        {"right": "b"},
    )
    text = moodle_xml.write([Exchanged(thirds), Exchanged(truth)], {}).content.decode()
    assert re.findall(r'fraction="([^"]*)"', text) == ["33.33333"] * 3 + ["-100", "0", "100"]
    assert '<question type="truefalse">' in text


def test_a_credit_that_moodle_does_not_know_is_a_loss() -> None:
    content = {"stem": "S", "options": [{"key": "a", "text": "x"}, {"key": "b", "text": "y"}]}
    question = Question("choice", content, {"right": "a", "fractions": {"a": 100, "b": 37}})
    written = moodle_xml.write([Exchanged(question, slug="odd")], {})
    assert [str(loss.message) for loss in written.losses] == [
        "the question is left out: Moodle knows no credit of 37 %"
    ]
    assert not moodle_xml.read(written.content).questions


@pytest.mark.parametrize("names", [(), ("a",), ("top", "b"), ("a/b", "/c", "d/"), ("$x$",)])
def test_a_category_comes_back(names: tuple[str, ...]) -> None:
    assert category_in(category_path(names)) == names


HOSTILE = {
    "many answers with stars": '<question type="shortanswer">'
    + '<answer fraction="100"><text>*a*</text></answer>' * 20_000,
    "many pictures within": '<question type="essay"><questiontext><text>'
    + "data:image/png;base64,AA== " * 40_000
    + "</text></questiontext>",
    "many pictures in a choice": '<question type="multichoice"><questiontext><text>'
    + "data:image/png;base64,AA== " * 40_000
    + '</text></questiontext><answer fraction="100"><text>a</text></answer><answer><text>b</text></answer>',
    "many pairs": '<question type="matching">'
    + "".join(f"<subquestion><text>{n}</text><answer><text>{n}</text></answer></subquestion>" for n in range(15_000)),
}


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_question_is_read_in_linear_time(question: str) -> None:
    begun = time.perf_counter()
    reading = moodle_xml.read(f"<quiz>{question}</question></quiz>".encode())
    assert not reading.questions
    assert time.perf_counter() - begun < 10
