"""Our own files are read with every fault at its place, and written back without loss."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.formats.native import FileProblem, read_file, write_entry, write_file
from assessments.questions.entry import BankFile
from assessments.questions.question import Question
from tests.formats.strategies import questions

TEXT = (Path(__file__).parents[1] / "data" / "one_of_each_kind.yaml").read_text(encoding="utf-8")


def read(text: str) -> tuple[BankFile, list[FileProblem]]:
    return read_file(text, "programming.yaml")


def test_a_sound_file_has_an_entry_for_each_question() -> None:
    bank, problems = read(TEXT)
    assert not problems
    assert (bank.area, len(bank.entries), len(bank.misconceptions)) == ("programming", 7, 4)


@pytest.mark.parametrize("slug", ["", "id: ''", "id: a.b"])
def test_an_entry_with_a_fault_is_no_entry_whatever_its_id(slug: str) -> None:
    bank, problems = read(TEXT.replace("id: programming-001", f"{slug}\n  odd: field" if slug else "odd: field", 1))
    assert "programming-002" in [entry.slug for entry in bank.entries] and len(bank.entries) == 6
    assert any("odd" in problem.message for problem in problems)


def test_the_head_speaks_for_entries_that_say_nothing() -> None:
    bank, _ = read(TEXT)
    lives = {entry.slug: entry.life for entry in bank.entries}
    assert lives["programming-001"] == "operational"
    assert lives["programming-007"] == "pretest"


def test_the_key_is_apart_from_what_the_taker_sees() -> None:
    question = read(TEXT)[0].entries[0].question
    assert question.content["options"][1] == {"key": "b", "text": "`3 0`"}
    assert question.content["code"].keys() == {"language", "source"}
    assert question.key["right"] == "b"
    assert question.key["stdout"] == "3 0\n"


def test_what_is_written_is_read_back_the_same() -> None:
    bank, _ = read(TEXT)
    again, problems = read(write_file(bank))
    assert not problems
    assert again == bank
    assert [e.digest for e in again.entries] == [e.digest for e in bank.entries]


def test_a_single_entry_is_written_with_all_its_fields() -> None:
    for entry in read(TEXT)[0].entries:
        again, problems = read("area: programming\nitems:\n" + write_entry(entry))
        assert not problems
        assert again.entries == (entry,)


def test_a_change_of_a_word_changes_the_digest() -> None:
    before, after = read(TEXT)[0], read(TEXT.replace("list of scores", "list of marks"))[0]
    changed = [a.slug for a, b in zip(before.entries, after.entries, strict=True) if a.digest != b.digest]
    assert changed == ["programming-001"]


@pytest.mark.parametrize(
    ("written", "instead", "place", "message"),
    [
        ("kind: choice", "kind: essay", "kind", '"essay" is not one of'),
        ("  bloom: apply\n", "  bloom: apply\n  colour: red\n", "colour", 'no field "colour"'),
        ("difficulty: 2\n", "difficulty: hard\n", "difficulty", "a number is expected"),
        ("difficulty: 2\n", "difficulty: 2.5\n", "difficulty", "a whole number"),
        ("correct: true, f", "correct: yes, f", "options.b.correct", "true or false"),
        ("`3 0`\", correct: true", "`3 0`\"", "options", "no option is right"),
        ("text: \"`0 18`\"", "text: \"`3 0`\"", "options.c.text", "options b and c are the same"),
        ("text: \"`0 18`\"", "text: ''", "options.c.text", "the text is empty"),
        ("value: 0.8,", "value: most,", "answer.value", "a number is expected"),
        ("  seconds: 60\n", "  seconds: 60\n  seconds: 70\n", "seconds", "written twice"),
        ("[{resource: python-tutorial, locator: Generators}]", "python-tutorial", "references", "a list is expected"),
        ("verify: {kind: stdout}", "verify: {kind: guess}", "verify.kind", "is not one of"),
        ("{key: a, text: Reproduce the fault}", "Reproduce", "options.0", "fields are expected"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_entry_line_and_place(written: str, instead: str, place: str, message: str) -> None:
    assert written in TEXT
    text = TEXT.replace(written, instead, 1)
    bank, problems = read(text)
    (problem,) = [p for p in problems if p.place == place and message in p.message]
    line = text.splitlines()[problem.line - 1]
    assert place.split(".")[-1] in line or place.split(".")[0] in line or "Reproduce" in line
    assert problem.entry not in {entry.slug for entry in bank.entries}
    assert len(bank.entries) == 6


def test_faults_of_the_head_are_told() -> None:
    _, problems = read("area: x\nowner: Ada\nmisconceptions: {a-b: {says: A.}}\nitems: []\n")
    assert [str(problem) for problem in problems] == [
        'line 2, programming.yaml, owner: there is no field "owner" here',
        "line 3, programming.yaml, misconceptions.a-b: a misconception needs `says` and `subskill`",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "", "- 1", "a: [", "area: &a [*a]", "\t", "area: !!python/object:os.system x",
        "? [a]\n: b", "[" * 5000, "{a: " * 500, "a: &a 1\n*a : 2\n",
    ],
)  # fmt: skip
def test_what_is_no_bank_is_one_fault_and_no_crash(text: str) -> None:
    bank, problems = read(text)
    assert problems
    assert not bank.entries


def test_references_to_itself_do_not_blow_up() -> None:
    layers = "\n".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 10)}]" for i in range(1, 11))
    _, problems = read(f"l0: &l0 [x]\n{layers}\n")
    assert "refers to itself too often" in problems[0].message or "deeply" in problems[0].message


def test_a_file_beyond_the_cap_is_refused() -> None:
    _, problems = read("#" * (20 * 1024 * 1024 + 1))
    assert "larger than 20 MB" in problems[0].message


@settings(max_examples=int(os.environ.get("ROUND_TRIPS", "40")), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions())
def test_any_question_survives_writing_and_reading(question: Question) -> None:
    bank, _ = read(TEXT)
    entry = replace(bank.entries[0], kind=question.kind, question=question)
    again, problems = read(write_file(replace(bank, entries=(entry,))))
    assert not problems
    assert again.entries == (entry,)


@pytest.mark.parametrize("word", ["yes", "no", "3.10", "1:30", "null", "0x10", "2026-01-01", "~"])
def test_a_text_stays_as_it_was_written(word: str) -> None:
    bank, problems = read(TEXT.replace("text: A list,", f"text: '{word}',"))
    assert not problems
    assert read(write_file(bank))[0].entries[1].question.content["options"][0]["text"] == word


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_stem_survives_writing_and_reading(stem: str) -> None:
    bank, _ = read(TEXT)
    entry = bank.entries[0]
    content = {**entry.question.content, "stem": f"A {stem}"}
    changed = replace(entry, question=replace(entry.question, content=content))
    again, problems = read(write_file(replace(bank, entries=(changed,))))
    assert not problems
    assert again.entries == (changed,)
