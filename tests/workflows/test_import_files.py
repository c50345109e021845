"""A question file is read by processes of their own, whatever becomes of them."""

import pytest
from django.db import connection

from assessments.formats.exchange import Exchanged, FileRefused, Reading
from assessments.workflows import import_files, imports
from tests.bank import choice
from tests.workflows.told import State, exchanged, read


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (FileRefused("it is no XML", 3), "line 3: it is no XML"),
        (lambda: bytearray(10**9) and None, "256 MB"),
        (lambda: [None for _n in iter(int, 1)], "256 MB"),
        (lambda: 1 / 0, "an error of ours"),
        (Reading(()), "no question"),
    ],
    ids=["refused", "one large piece", "ever more", "our fault", "empty"],
)
def test_a_file_that_cannot_be_read_is_told_why_and_harms_nobody(told, db, reading, words, capfd):
    told.reading = reading
    batch = imports.begin(b"x", file_name="q.told", format_name="told")
    imports.start(batch)
    batch.refresh_from_db()
    assert batch.state == State.FAILED and words in batch.trouble
    assert connection.is_usable() and not batch.questions.exists()


def test_a_reader_that_never_ends_is_stopped(told, db, monkeypatch):
    monkeypatch.setattr(import_files, "SECONDS_TO_BEGIN", 0.1)

    def for_ever():
        while True:
            pass

    told.reading = for_ever
    batch = imports.begin(b"x", file_name="q.told", format_name="told")
    imports.start(batch)
    batch.refresh_from_db()
    assert batch.state == State.FAILED and "5 seconds per MB" in batch.trouble


def test_a_faulty_question_of_a_reader_is_refused_at_the_last_look(told, part):
    faulty = choice(1)
    faulty.key["right"] = "z"
    nul = choice(2)
    nul.content["stem"] = "a \0 b"
    batch = read(told, Exchanged(faulty, "Faulty", line=3), Exchanged(nul, "Nul", line=9), exchanged(901))
    assert [(one.line, one.weight) for one in batch.remarks.all()] == [(3, "refused"), (9, "refused")]
    assert batch.total == 1


def test_two_processes_render_a_long_file_in_its_order(told, part, monkeypatch):
    monkeypatch.setattr(import_files, "CHUNK", 3)
    faulty = choice(1)
    faulty.key["right"] = "z"
    batch = read(told, *[exchanged(n) for n in range(900, 920)], Exchanged(faulty, "Faulty", line=5), exchanged(930))
    kept = list(batch.questions.all())
    assert [one.title for one in kept] == [f"Question {n}" for n in (*range(900, 920), 930)]
    assert [one.position for one in kept] == [*range(1, 21), 22]
    assert batch.remarks.get().where == "Faulty" and batch.total == 21


def test_what_goes_wrong_in_the_second_process_is_told(told, part, monkeypatch, capfd):
    monkeypatch.setattr(import_files, "CHUNK", 1)
    broken = exchanged(900)
    broken.question.content.pop("lead_in")
    batch = read(told, broken, exchanged(901), exchanged(902))
    assert batch.state == State.FAILED and "error of ours" in batch.trouble and not batch.questions.exists()
