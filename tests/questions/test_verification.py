"""Code of questions is run, compared with what is claimed, and never skipped in silence."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assessments.questions.entry import Entry
from assessments.questions.running import Limits, Snippet, run
from assessments.questions.verification import Report, verify

QUICK = Limits(seconds=2)


def verified(*entries: Entry, **options: Any) -> Report:
    return verify(entries, interpreter=sys.executable, **{"limits": QUICK, **options})


def proving(entry: Entry, source: str, **more: Any) -> Entry:
    return replace(entry, verify={"kind": "python", "source": source, **more})


def printing(entry: Entry, source: str, stdout: str, language: str = "python") -> Entry:
    question = entry.question
    shown = {**question.content, "code": {"language": language, "source": source}}
    told = {**question.key, "stdout": stdout}
    return replace(entry, question=replace(question, content=shown, key=told))


def outcome(source: str, language: str = "python") -> Any:
    return run(Snippet(language, source), interpreter=sys.executable, hash_seed="0", limits=QUICK)


def test_sound_entries_are_borne_out(entries: dict[str, Entry]) -> None:
    report = verified(*entries.values(), workers=2)
    assert (report.faults, report.skips, report.checked) == ((), (), 5)


def test_a_wrong_claim_of_the_output_is_told(entries: dict[str, Entry]) -> None:
    (fault,) = verified(printing(entries["choice"], "print(3)", "4\n")).faults
    assert str(fault) == "programming-001, code: printed '3\\n' instead of '4\\n'"


def test_a_failed_assertion_is_told_with_its_line(entries: dict[str, Entry]) -> None:
    (fault,) = verified(proving(entries["numeric"], "x = 1\nassert x == 2, 'x is one'")).faults
    assert fault.part == "verify"
    assert "line 2" in fault.message
    assert "x is one" in fault.message


def test_an_output_that_hangs_on_the_hash_seed_is_caught(entries: dict[str, Entry]) -> None:
    source = "print(list({'a', 'b', 'c', 'd', 'e', 'f'}))"
    first = outcome(source).stdout
    assert verified(printing(entries["choice"], source, first)).faults


def test_an_endless_loop_is_ended(entries: dict[str, Entry]) -> None:
    report = verified(proving(entries["numeric"], "while True: pass"), limits=Limits(seconds=1))
    assert "1 seconds" in report.faults[0].message or "status" in report.faults[0].message


@pytest.mark.parametrize(
    "source",
    [
        "x = bytearray(10 ** 11)",
        "open('big', 'wb').write(b'x' * 2 * 10 ** 7)",
        "print('x' * 2 * 10 ** 7)",
        "raise SystemExit(3)",
    ],
)
def test_what_goes_beyond_the_limits_fails(source: str) -> None:
    assert not outcome(source).ended_well


def test_a_snippet_meets_a_clean_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hidden")
    source = "import os; print(sorted(os.listdir('.')), os.environ.get('SECRET_KEY'))"
    assert outcome(source).stdout == "[] None\n"


@pytest.mark.parametrize(
    ("language", "source", "stdout"),
    [
        ("bash", "echo one; git init -q . && git commit -q --allow-empty -m x && git log --format=%an", "one\nAda\n"),
        ("sql", "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, NULL), ('x;y', 2.5); SELECT * FROM t;",
         "1|NULL\nx;y|2.5\n"),
        ("sql", "SELECT 1 -- the last one", "1\n"),
    ],
)  # fmt: skip
def test_shell_and_sql_are_run(language: str, source: str, stdout: str) -> None:
    found = outcome(source, language)
    assert (found.status, found.stdout) == (0, stdout), found.stderr


def test_more_sql_runs_after_the_set_up(entries: dict[str, Entry]) -> None:
    entry = printing(
        entries["choice"], "CREATE TABLE t (a);\nINSERT INTO t VALUES (2);\nSELECT a FROM t;", "2\n", "sql"
    )
    proof = {"kind": "sqlite", "also": {"sql": "SELECT a + 1 FROM t;", "stdout": "3\n"}}
    assert not verified(replace(entry, verify=proof)).faults
    proof = {"kind": "sqlite", "also": {"sql": "SELECT a + 1 FROM t;", "stdout": "4\n"}}
    assert verified(replace(entry, verify=proof)).faults[0].part == "verify"


def test_missing_packages_are_named(entries: dict[str, Entry]) -> None:
    lacking = proving(entries["numeric"], "import nopackage", needs=["nopackage"])
    optional = proving(entries["multiple"], "import notorch", optional_needs=["notorch"])
    report = verified(lacking, optional)
    assert not report.faults
    assert [str(skip) for skip in report.skips] == [
        "programming-003, verify: not run, nopackage missing",
        "programming-002, verify: not run, notorch missing",
    ]
    assert [skip.optional for skip in report.skips] == [False, True]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({}, "does not say how"),
        ({"kind": "none"}, "needs a reason"),
        ({"kind": "python", "source": " "}, "no source"),
        ({"kind": "stdout"}, "no code with a stdout"),
    ],
)
def test_a_proof_that_proves_nothing_is_told(how: dict[str, Any], message: str, entries: dict[str, Entry]) -> None:
    report = verified(replace(entries["numeric"], verify=how))
    assert message in report.faults[0].message


def test_a_printed_line_must_earn_the_point(entries: dict[str, Entry]) -> None:
    text = printing(entries["short_text"], "print('Grad')", "Grad\n")
    number = replace(printing(entries["numeric"], "print(0.5)", "0.5\n"), verify={"kind": "stdout"})
    words = replace(printing(entries["numeric"], "print('half')", "half\n"), verify={"kind": "stdout"})
    messages = [fault.message for fault in verified(text, number, words).faults]
    assert messages == [
        "the printed 'Grad' is not accepted as an answer",
        "the key differs from the printed 0.5",
        "the printed 'half' is not one number",
    ]


def test_what_ended_well_is_not_run_again(entries: dict[str, Entry], tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    entry = proving(entries["numeric"], f"open({str(mark)!r}, 'a').write('x')")
    cache = tmp_path / "cache"
    for _ in range(2):
        assert verified(entry, cache=cache).checked == 1
    assert mark.read_text() == "xx"
    assert len(list(cache.iterdir())) == 2


def test_a_failure_is_run_again(entries: dict[str, Entry], tmp_path: Path) -> None:
    entry = proving(entries["numeric"], "assert False")
    assert verified(entry, cache=tmp_path).faults
    assert verified(entry, cache=tmp_path).faults
    assert not list(tmp_path.iterdir())


def test_an_unreadable_file_of_the_cache_counts_as_none(entries: dict[str, Entry], tmp_path: Path) -> None:
    entry = proving(entries["numeric"], "pass")
    verified(entry, cache=tmp_path)
    for file in tmp_path.iterdir():
        file.write_text("{")
    assert not verified(entry, cache=tmp_path).faults


def test_an_interpreter_that_does_not_run_is_an_error(entries: dict[str, Entry]) -> None:
    with pytest.raises((ValueError, OSError)):
        verify([entries["numeric"]], interpreter="/nowhere/python")
