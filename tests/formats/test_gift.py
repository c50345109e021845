"""GIFT as its definition has it: what is taken, what becomes of texts, what is refused, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assessments.formats import gift
from assessments.formats.exchange import Exchanged, FileRefused, Picture, Reading, Weight
from assessments.questions.question import Question
from assessments.questions.registry import kind

DATA = Path(__file__).parents[1] / "data" / "exchange"


@pytest.fixture(scope="module")
def awkward() -> dict[str, Exchanged]:
    reading = gift.read((DATA / "awkward.gift").read_bytes())
    assert not reading.remarks
    return {one.title or one.question.content["stem"]: one for one in reading.questions}


def told(reading: Reading) -> dict[str, str]:
    return {remark.where: remark.message for remark in reading.remarks}


def only(text: str) -> Exchanged:
    reading = gift.read(text.encode())
    assert not reading.remarks, reading.remarks
    (one,) = reading.questions
    return one


def options(one: Exchanged) -> list[str]:
    return [option["text"] for option in one.question.content["options"]]


def test_a_category_holds_until_the_next_and_needs_no_blank_line(awkward: dict[str, Exchanged]) -> None:
    assert awkward["Right after the category"].category == ("Machine learning", "Trees/forests")
    assert awkward["Pairs"].category == ("Statistics",)


def test_categories_may_come_in_any_order_and_at_the_end() -> None:
    text = "$CATEGORY: a/b\nOne? {T}\n$CATEGORY: a\n\nTwo? {F}\n\n$CATEGORY: c\n"
    assert [one.category for one in gift.read(text.encode()).questions] == [("a", "b"), ("a",)]


def test_ids_tags_titles_and_lines_are_kept(awkward: dict[str, Exchanged]) -> None:
    one = awkward["A : in the title"]
    assert (one.slug, one.tags, one.line) == ("stat]1", ("tests", "p]values"), 8)


def test_each_text_is_read_in_its_own_format(awkward: dict[str, Exchanged]) -> None:
    one = awkward["A : in the title"]
    assert one.question.content["stem"] == "Is **p** \\< 0.05 *enough*?"
    assert options(one) == ["**No**", "\\<b>Yes\\</b>", "Perhaps: =, #, ~, { and } are signs \\\\ here"]
    assert one.question.key["notes"] == {"a": "2\\*3\\*4 stays", "b": "*Far* from it"}
    assert one.question.key["explanation"] == "See the `p`-value."
    assert one.question.key["fractions"] == {"a": 100, "b": 0, "c": -50}


def test_true_or_false_says_first_what_is_wrong(awkward: dict[str, Exchanged]) -> None:
    question = awkward["Right after the category"].question
    assert question.content["options"] == [{"key": "a", "text": "True"}, {"key": "b", "text": "False"}]
    assert question.content["shuffle"] is False
    assert (question.key["right"], question.key["notes"]) == ("a", {"a": "Yes.", "b": "No, it does."})
    assert only("Q? {F#You said true.#Right.}").question.key["notes"] == {"a": "You said true.", "b": "Right."}


def test_text_behind_the_braces_leaves_a_blank(awkward: dict[str, Exchanged]) -> None:
    one = next(one for stem, one in awkward.items() if stem.startswith("The mean"))
    assert one.question.content["stem"] == r"The mean of \_\_\_\_\_ numbers goes here."
    assert one.question.key["right"] == ["two"]
    assert one.question.key["also"] == [{"text": "three", "credit": 50, "note": "near"}]


def test_weights_alone_make_several_right_options(awkward: dict[str, Exchanged]) -> None:
    question = awkward["Two of four"].question
    assert (question.kind, question.key["right"]) == ("multiple", ["a", "c"])
    assert question.key["fractions"] == {"a": 50, "b": -100, "c": 50, "d": -100}
    even = only("Which? {~%50%a ~%-50%b ~%50%c ~%-50%d}").question.key
    assert "fractions" not in even and even["right"] == ["a", "c"]
    assert awkward["Near right"].question.key["fractions"] == {"a": 100, "b": 33.33333, "c": 0}


@pytest.mark.parametrize(
    ("inside", "key"),
    [
        ("#3:2", {"right": 3, "tolerance": 2, "notes": {}}),
        ("#3:2~#wrong", {"right": 3, "tolerance": 2, "notes": {"otherwise": "wrong"}}),
        ("#3:2#good~#wrong", {"right": 3, "tolerance": 2, "notes": {"right": "good", "otherwise": "wrong"}}),
        ("#1..5", {"right": 3, "tolerance": 2}),
        ("#0.1..0.3", {"right": 0.2, "tolerance": 0.1}),
        ("#-1..1", {"right": 0, "tolerance": 1}),
        ("#.5", {"right": 0.5, "tolerance": 0}),
        ("#1e3:1e-3", {"right": 1000, "tolerance": 0.001}),
        ("#=%100%3:0 =%50%3:2", {"right": 3, "also": [{"value": 3, "tolerance": 2, "credit": 50, "note": ""}]}),
        ("#=3 =7", {"right": 3, "also": [{"value": 7, "tolerance": 0, "credit": 100, "note": ""}]}),
        ("#=3 =%0%*#no", {"right": 3, "notes": {"otherwise": "no"}}),
    ],
)
def test_numbers_are_read_with_their_windows(inside: str, key: dict[str, Any]) -> None:
    question = only(f"How many? {{{inside}}}").question
    assert question.kind == "numeric"
    assert {name: question.key[name] for name in key} == key


def test_a_wrong_number_keeps_its_note(awkward: dict[str, Exchanged]) -> None:
    errors = awkward["Several windows"].question.key["common_errors"]
    assert errors == [{"value": 1800, "tolerance": 5, "misconception": None, "note": "Before that."}]


def test_pairs_may_share_an_option_and_leave_one_over(awkward: dict[str, Exchanged]) -> None:
    question = awkward["Pairs"].question
    assert [premise["text"] for premise in question.content["premises"]] == ["a", "**b**", "c"]
    assert options(awkward["Pairs"]) == ["1", "2 -> 3", "left over"]
    assert question.key["right"] == {"1": "a", "2": "a", "3": "b"}
    assert question.content["reuse"] is True


def test_short_answers_know_stars(awkward: dict[str, Exchanged]) -> None:
    wild, star = awkward["Wild"].question, awkward["Star itself"].question
    assert (wild.key["right"], wild.key["wildcards"], wild.key["notes"]) == (["c*t"], True, {"otherwise": "No."})
    assert star.key["right"] == ["SELECT * FROM t"] and "wildcards" not in star.key
    assert awkward["Without a sign"].question.key["right"] == ["four"]


def test_formulas_of_moodle_become_ours_and_a_dollar_stays_one(awkward: dict[str, Exchanged]) -> None:
    assert awkward["Formula"].question.content["stem"] == r"What is $x^2$ for \$x = 3\$ and $$y$$?"


REFUSED = {
    "Letters": (1, "no number"), "Comma": (3, "no number"), "Hexadecimal": (5, "no number"),
    "No such fraction": (7, "none that Moodle knows"), "Sum of 90": (9, "90 % together"),
    "None right": (11, "none is right"), "One option": (13, "fewer than two options"),
    "Unclosed": (15, "not closed"), "Unopened": (17, "without a {"), "Formula in braces": (19, "stands within"),
    "Two sections": (21, "more braces"), "Half a pair": (23, "has no ->"),
    "Nothing matched": (25, "nothing is matched"),
    "Backwards": (27, "backwards"), "Negative": (29, "below 0"), "No number": (31, "there is no number"),
    "Comma in a weight": (33, "no weight"), "Right and half": (35, "worth 50 %"), "Only half": (37, "fully right"),
    "Nothing before the sign": (39, "before the first answer"), "Empty key": (41, "no text"),
}  # fmt: skip


def test_no_key_is_guessed() -> None:
    reading = gift.read((DATA / "refused.gift").read_bytes())
    assert not reading.questions
    assert {remark.weight for remark in reading.remarks} == {Weight.REFUSED}
    assert {remark.where: remark.line for remark in reading.remarks} == {
        name: line for name, (line, _) in REFUSED.items()
    }
    missing = {name: told(reading)[name] for name, (_, said) in REFUSED.items() if said not in told(reading)[name]}
    assert not missing


def test_what_we_do_not_have_is_skipped_with_its_reason() -> None:
    reading = gift.read((DATA / "skipped.gift").read_bytes())
    assert [one.title for one in reading.questions] == ["Kept"]
    assert {remark.weight for remark in reading.remarks} == {Weight.SKIPPED}
    said = told(reading)
    for where, reason in {
        "Essay": "essay", "Essay with a word": "essay", "Description": "description", "Ten options": "more than 9",
        "Two right": "one right option", "Anything": "any answer", "Any number": "any answer",
        "Half number": "fully right", "The same twice": "the same", "One line": "two lines",
    }.items():  # fmt: skip
        assert reason in said[where]


@pytest.mark.parametrize(
    ("text", "weight", "message"),
    [
        ("Q? {true}", Weight.CHANGED, "is a short answer"),
        ("Q? {=a ~b ~#note}", Weight.CHANGED, "option without text"),
        ("Q? {#3~4#no}", Weight.CHANGED, "behind ~ is left out"),
        ("Q? {=cat =%0%Cat#no}", Weight.CHANGED, "fits a right one"),
        ("Q? {=%50%c* =cat}", Weight.CHANGED, "comes before"),
        ("Q? {#=%50%3:2 =3}", Weight.CHANGED, "comes before"),
        ("Q? {=cat =%-50%cow}", Weight.CHANGED, "costs 50 %"),
        ("[html]<u>Q</u>? {T}", Weight.CHANGED, "underlining"),
    ],
)
def test_what_is_taken_otherwise_than_written_is_said(text: str, weight: Weight, message: str) -> None:
    reading = gift.read(text.encode())
    (remark,) = reading.remarks
    assert remark.weight is weight and message in remark.message
    assert len(reading.questions) == 1
    assert not kind(reading.questions[0].question.kind).validate(reading.questions[0].question)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    text = "// said before\nOne\ntwo? {\n=a\n~b\n}\n\nQ {#x}\n".replace("\n", end)
    reading = gift.read(b"\xef\xbb\xbf" + text.encode())
    assert reading.questions[0].question.content["stem"] == "One\\\ntwo?"
    assert (reading.questions[0].line, reading.remarks[0].line) == (2, 8)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Café? {T}".encode("latin-1"), "not UTF-8"),
        ("Q? {T}".encode("utf-16"), "UTF-16"),
        (b"", "no question"),
        (b"// only words\n\n// of comment", "no question"),
        (b"Q{T}\n\n" * 10_001, "more than 10000 questions"),
        (b" " * 20_000_001, "MB"),
    ],
    ids=["latin-1", "utf-16", "empty", "comments", "many", "large"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence):
        gift.read(content)


def test_pictures_within_a_text_are_kept_and_written_again() -> None:
    from base64 import b64encode
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, "PNG")
    address = f"data:image/png;base64,{b64encode(buffer.getvalue()).decode()}".replace("=", r"\=").replace(":", r"\:")
    reading = gift.read(f'[html]<img alt\\="A square" src\\="{address}"> What is it? {{T}}'.encode())
    ((ours, picture),) = reading.pictures.items()
    assert picture == Picture("image/png", buffer.getvalue())
    assert reading.questions[0].question.content["stem"] == f"![A square]({ours}) What is it?"
    assert gift.read(gift.write(reading.questions, reading.pictures).content) == reading


def asked(content: dict[str, Any], key: dict[str, Any], kind_name: str = "choice") -> Exchanged:
    halves = {"stem": "What is printed?", "lead_in": "", "shuffle": True, **content}
    return Exchanged(Question(kind_name, halves, {"explanation": "", "notes": {}, "misconceptions": {}, **key}))


def test_a_listing_and_its_question_come_back_as_they_were() -> None:
    code = {"language": "python", "source": "if x:\n\n    print({1: '~'})  # a = b\n"}
    content = {"code": code, "lead_in": "Choose.", "options": [{"key": "a", "text": "1"}, {"key": "b", "text": "2"}]}
    one = asked(content, {"right": "a", "stdout": ""})
    written = gift.write([one], {})
    assert not written.losses
    assert gift.read(written.content).questions[0].question == one.question


def test_a_credit_that_moodle_does_not_know_is_rounded_aloud_and_never_guessed() -> None:
    options = [{"key": name, "text": name} for name in "abc"]
    near = gift.write([asked({"options": options}, {"right": "a", "fractions": {"a": 100, "b": 37, "c": 0}})], {})
    assert [loss.message for loss in near.losses] == ["a credit of 37 %: Moodle knows 40 %"]
    shares = {"right": ["a", "b"], "fractions": {"a": 55, "b": 45, "c": 0}}
    odd = gift.write([asked({"options": options}, shares, "multiple")], {})
    assert odd.content == b"" and "left out" in odd.losses[0].message


def test_questions_without_a_category_come_before_the_others() -> None:
    options = [{"key": "a", "text": "1"}, {"key": "b", "text": "2"}]
    one = asked({"options": options}, {"right": "a"})
    from dataclasses import replace

    inside = replace(one, title="In", category=("$x$", "a/b", "top"))
    again = gift.read(gift.write([inside, replace(one, title="Out")], {}).content).questions
    assert [(other.title, other.category) for other in again] == [("Out", ()), ("In", ("$x$", "a/b", "top"))]
