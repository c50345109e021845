"""Our own files go out and come in with all that they say."""

from pathlib import Path

import pytest

from assessments.formats import native_exchange, native_parts
from assessments.formats.exchange import Exchanged, FileRefused, Picture, Weight
from tests.bank import QUESTIONS

CONTENT = (Path(__file__).parents[1] / "data" / "one_of_each_kind.yaml").read_bytes()


def test_a_file_comes_back_as_it_was():
    reading = native_exchange.read(CONTENT)
    assert len(reading.questions) == 7 and not reading.remarks
    again = native_exchange.read(native_exchange.write(reading.questions, {}).content)
    assert [one.entry for one in again.questions] == [one.entry for one in reading.questions]
    assert [one.misconceptions for one in again.questions] == [one.misconceptions for one in reading.questions]


def test_each_question_has_its_line_and_its_category():
    reading = native_exchange.read(CONTENT)
    first = reading.questions[0]
    assert CONTENT.decode().splitlines()[first.line - 1].endswith(f"id: {first.slug}")
    assert first.category == (first.entry.area, first.entry.subskills[0])


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_question_from_elsewhere_keeps_its_title_tags_and_picture(kind):
    picture = Picture("image/png", b"not looked at here")
    one = Exchanged(QUESTIONS[kind](1), "Title: with a colon", "q-1", 0, ("area", "part"), ("one", "två"), "sv")
    written = native_exchange.write([one], {picture.address: picture})
    reading = native_exchange.read(written.content)
    (back,) = reading.questions
    assert (back.title, back.slug, back.category, back.tags, back.language) == (
        one.title, one.slug, one.category, one.tags, one.language,
    )  # fmt: skip
    assert (back.question.kind, back.question.content) == (one.question.kind, one.question.content)
    assert back.question.key["right"] == one.question.key["right"]
    assert reading.pictures == {picture.address: picture} and not written.losses


def test_a_fault_is_a_refusal_with_its_line():
    reading = native_exchange.read(CONTENT.replace(b"kind: numeric", b"kind: guesswork", 1))
    assert len(reading.questions) == 6
    (remark,) = reading.remarks
    assert (
        remark.weight == Weight.REFUSED
        and b"guesswork" in CONTENT.replace(b"kind: numeric", b"kind: guesswork", 1).splitlines()[remark.line - 1]
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("area: caf\u00e9\n".encode("latin-1"), "line 1: the file is not UTF-8"),
        (b"\xff\xfe" + "area: x".encode("utf-16-le"), "not UTF-8"),
        (b"just words", "a file begins with"),
        (b"area: [", "line"),
        (b"", "a file begins with"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_a_sentence(content, words):
    with pytest.raises(FileRefused) as refused:
        native_exchange.read(content)
    assert words in str(refused.value)


def test_a_byte_order_mark_is_no_fault():
    assert len(native_exchange.read(b"\xef\xbb\xbf" + CONTENT).questions) == 7


def test_a_picture_that_is_another_one_is_left_out_with_a_word():
    picture = Picture("image/png", b"one")
    one = Exchanged(QUESTIONS["choice"](1), slug="q-1", category=("area", "part"))
    text = native_exchange.write([one], {picture.address: picture}).content.decode()
    reading = native_exchange.read(text.replace("b25l", "dHdv").encode())
    assert not reading.pictures and reading.remarks[0].where == picture.address


def test_a_large_file_is_read_in_parts_with_the_same_result(monkeypatch):
    reading = native_exchange.read(CONTENT)
    faulty = CONTENT.replace(b"kind: numeric", b"kind: guesswork", 1)
    problems = native_exchange.read(faulty).remarks
    monkeypatch.setattr(native_parts, "SMALL", 10)
    monkeypatch.setattr(native_parts, "ENTRIES_OF_A_PART", 2)
    assert native_exchange.read(CONTENT) == reading
    assert native_exchange.read(faulty).remarks == problems
