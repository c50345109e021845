"""Each lint finds the fault it is for, and is silent about sound questions."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assessments.questions.entry import Entry, Reference
from assessments.questions.finding import Catalogue
from assessments.questions.lint import (
    AREA_LINTS,
    BANK_LINTS,
    ENTRY_LINTS,
    lint,
    lint_area,
    lint_one,
)
from assessments.questions.question import Question

Change = Callable[[Entry], Entry]


def content(**fields: Any) -> Change:
    """A change of what the taker sees."""

    def change(entry: Entry) -> Entry:
        return with_question(entry, content={**entry.question.content, **fields})

    return change


def key(**fields: Any) -> Change:
    """A change of what the taker does not see."""

    def change(entry: Entry) -> Entry:
        return with_question(entry, key={**entry.question.key, **fields})

    return change


def about(**fields: Any) -> Change:
    """A change of what surrounds the question."""
    return lambda entry: replace(entry, **fields)


def texts(*written: str) -> Change:
    """Options a, b, c ... with these texts."""
    return content(options=[{"key": k, "text": t} for k, t in zip("abcdef", written, strict=False)])


def with_question(entry: Entry, **halves: Any) -> Entry:
    return replace(entry, question=replace(entry.question, **halves))


def all_of(*changes: Change) -> Change:
    def change(entry: Entry) -> Entry:
        for one in changes:
            entry = one(entry)
        return entry

    return change


HARD_WORDS = (
    "Heteroscedasticity-consistent parameterisation notwithstanding, multidimensional"
    " regularisation considerations necessitate reconceptualisation."
)
LONG_KEY = "the counting has used up every value before the sum begins its own walk"
PLANTED: list[tuple[str, str, Change]] = [
    ("L01", "choice", key(explanation="")),
    ("L01", "choice", about(difficulty=6)),
    ("L01", "choice", about(difficulty_reason="")),
    ("L01", "choice", about(bloom="")),
    ("L01", "choice", about(slug="x-1")),
    ("L01", "choice", about(slug="programming-generators-001")),
    ("L02", "choice", about(subskills=("no-such",))),
    ("L02", "choice", about(subskills=("sql", "python-core"))),
    ("L03", "choice", key(right=["a", "b"])),
    ("L03", "choice", key(right=[])),
    ("L03", "choice", texts("`3 18`", "`3 0`")),
    ("L03", "choice", texts("Three", "three", "Four", "Five")),
    ("L03", "multiple", key(right=["a"])),
    ("L03", "ordering", texts("Look", "Leap", "Land")),
    ("L03", "matching", texts("`{}`", "`()`", "`[]`")),
    ("L03", "short_text", key(right=[])),
    ("L04", "choice", texts("All of the above", "`3 0`", "`0 18`", "`0 0`")),
    ("L04", "choice", texts("I don't know", "`3 0`", "`0 18`", "`0 0`")),
    ("L05", "choice", texts("It never ends", "`3 0`", "`0 18`", "`0 0`")),
    ("L06", "choice", texts("It often ends", "`3 0`", "`0 18`", "`0 0`")),
    ("L07", "choice", texts("x" * 131, "`3 0`", "`0 18`", "`0 0`")),
    ("L07", "choice", texts("a b " * 13, "`3 0`", "`0 18`", "`0 0`")),
    ("L08", "choice", texts("the sum is eighteen", LONG_KEY, "the sum is zero here", "the sum fails at once")),
    ("L09", "choice", texts("Three", "three and zero", "Eighteen", "Zero")),
    ("L09", "choice", texts("Three.", "Three and zero", "Eighteen", "Zero")),
    ("L10", "choice", texts("A", "The script filters scores", "B", "C")),
    ("L11", "choice", content(lead_in="Which is not printed?")),
    ("L11", "choice", content(lead_in="It prints")),
    ("L12", "choice", content(stem="A word. " * 50)),
    ("L12", "choice", content(stem="word " * 31)),
    ("L13", "choice", content(stem=HARD_WORDS)),
    ("L14", "choice", key(explanation="Too short.")),
    ("L14", "choice", key(notes={})),
    ("L14", "choice", key(misconceptions={})),
    ("L14", "numeric", key(common_errors=[])),
    ("L14", "matching", key(notes={})),
    ("L14", "ordering", key(notes={})),
    ("L14", "rating", key(notes={})),
    ("L15", "numeric", content(lead_in="Which share is it?")),
    ("L16", "choice", about(references=(Reference("nope", "chapter 1"),))),
    ("L16", "choice", about(references=(Reference("python-tutorial", ""),))),
    ("L17", "choice", content(code={"language": "perl", "source": "print 3"})),
    ("L17", "choice", content(code={"language": "python", "source": "import numpy\n"})),
    ("L17", "choice", content(code={"language": "python", "source": "x = 1\n" * 26})),
    ("L17", "choice", content(code={"language": "python", "source": "x = " + "1" * 80})),
    ("L17", "choice", key(stdout="4 0\n")),
    ("L17", "choice", about(verify={"kind": "python", "source": "import scipy\n"})),
    ("L18", "rating", about(life="operational")),
    ("L18", "rating", about(keying={"status": "panel", "panel_size": 4})),
    ("L19", "multiple", about(scoring={"rule": "partial", "detail": "right picks / 2 - wrong picks / 2,"})),
    ("L19", "ordering", about(scoring={"rule": "pairs"})),
    ("L19", "rating", about(scoring={})),
    ("M02", "choice", key(misconceptions={"a": "nobody-declared-this"})),
    ("M02", "numeric", key(common_errors=[{"value": 1, "misconception": "nobody-declared-this"}])),
    ("V3", "numeric", key(common_errors=[{"value": 0.82, "tolerance": 0.02}])),
    ("V4", "numeric", key(right=0.84, tolerance=0.001)),
    ("V4", "numeric", key(common_errors=[{"value": 0.83, "tolerance": 0.05}])),
]  # fmt: skip
EXPECTED = {"rating": {"L18"}}  # the key of the example is provisional


@pytest.mark.parametrize(("code", "name", "change"), PLANTED)
def test_a_planted_fault_is_found(
    code: str, name: str, change: Change, entries: dict[str, Entry], catalogue: Catalogue
) -> None:
    found = [finding for finding in lint_one(change(entries[name]), catalogue) if finding.code == code]
    before = [finding for finding in lint_one(entries[name], catalogue) if finding.code == code]
    assert set(found) - set(before)
    assert len(before) == (code in EXPECTED.get(name, ()))


def test_every_lint_of_an_entry_has_a_planted_fault() -> None:
    assert set(ENTRY_LINTS) == {code for code, _, _ in PLANTED}


def test_sound_entries_are_left_alone(entries: dict[str, Entry], catalogue: Catalogue) -> None:
    for name, entry in entries.items():
        assert {finding.code for finding in lint_one(entry, catalogue)} == EXPECTED.get(name, set())


def test_code_in_an_option_is_not_read_as_prose(entries: dict[str, Entry], catalogue: Catalogue) -> None:
    entry = texts("`None`", "`3 0`", "`0 18`", "`0 0`")(entries["choice"])
    assert "L05" not in {finding.code for finding in lint_one(entry, catalogue)}


def question_of(number: int, place: int, lengths: tuple[int, int, int, int]) -> Question:
    """A choice of its own words whose key stands in a place and whose options have lengths."""
    letters = random.Random(number)
    unlike = " ".join("".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(12))
    options = [
        {"key": letter, "text": f"{chr(97 + number % 26)}{letter}" * length}
        for letter, length in zip("abcd", lengths, strict=True)
    ]
    return Question(
        "choice",
        {"stem": unlike, "lead_in": "Which?", "options": options},
        {"right": "abcd"[place], "explanation": "", "notes": {}, "misconceptions": {}},
    )


def area(entry: Entry, count: int = 60) -> list[Entry]:
    """An area as planned, made of one entry."""
    kinds = [1] * 6 + [2] * 15 + [3] * 18 + [4] * 15 + [5] * 6
    skills = ("python-core", "python-objects", "array-computing", "debugging-profiling")
    found = []
    for number in range(count):
        lengths = [4, 4, 4, 4]
        lengths[(number // 4) % 4] = 5 if number % 2 else 3
        kind = "choice" if number < 40 else "numeric"
        made = replace(
            entry,
            slug=f"programming-{number:03}",
            kind=kind,
            difficulty=kinds[number],
            bloom=("recall", "apply", "apply", "analyse")[number % 4],
            subskills=(skills[number % 4],),
            family=f"family-{number // 2}" if number < 12 else "",
            question=replace(question_of(number, number % 4, tuple(lengths)), kind=kind),  # type: ignore[arg-type]
        )
        found.append(made)
    return found


def every(change: Change) -> Callable[[list[Entry]], list[Entry]]:
    return lambda entries: [change(entry) for entry in entries]


def same_text_in_another(entries: list[Entry]) -> list[Entry]:
    told = "the sum meets an exhausted generator"
    options = [{"key": k, "text": t} for k, t in zip("abcd", [told, "one", "two", "six"], strict=True)]
    first = all_of(content(options=options), key(right="a"))(entries[0])
    return [first, key(explanation=f"So {told}.")(entries[1]), *entries[2:]]


def convergent(entry: Entry) -> Entry:
    options = texts("amber birch cedar", "amber daisy ember", "birch fjord grove", "cedar heron inlet")
    return all_of(options, key(right="a"))(entry)


def absolute_rest(entry: Entry) -> Entry:
    return all_of(texts("Never so", "Always so", "Just so", "Only so"), key(right="c"))(entry)


PLANTED_IN_AREA: list[tuple[str, Callable[[list[Entry]], list[Entry]]]] = [
    ("L20", every(key(right="a"))),
    ("L21", every(all_of(texts("longest of all", "x", "y", "z"), key(right="a")))),
    ("L21", every(all_of(texts("s", "xxxxx", "yyyyy", "zzzzz"), key(right="a")))),
    ("L22", every(absolute_rest)),
    ("L23", every(convergent)),
    ("L24", every(content(lead_in="Which is **not** so?"))),
    ("L25", every(content(stem="The same stem in all of the questions of the area."))),
    ("L26", every(about(difficulty=3))),
    ("L27", every(about(bloom="recall"))),
    ("L28", every(about(kind="choice"))),
    ("L29", lambda entries: entries[:59]),
    ("L29", every(about(subskills=("python-core",)))),
    ("L30", same_text_in_another),
    ("L32", every(about(family=""))),
    ("L33", every(about(kind="choice"))),
]


@pytest.fixture
def wide_catalogue(catalogue: Catalogue) -> Catalogue:
    """Eight sub-skills, so that sixty questions are six to nine of each."""
    return replace(catalogue, area_of={f"skill-{number}": "programming" for number in range(8)})


def planned(entry: Entry) -> list[Entry]:
    made = area(entry)
    return [replace(one, subskills=(f"skill-{n % 8}",)) for n, one in enumerate(made)]


def test_an_area_as_planned_is_left_alone(entries: dict[str, Entry], wide_catalogue: Catalogue) -> None:
    assert lint_area(planned(entries["choice"]), wide_catalogue) == []


@pytest.mark.parametrize(("code", "change"), PLANTED_IN_AREA)
def test_a_fault_of_an_area_is_found(
    code: str,
    change: Callable[[list[Entry]], list[Entry]],
    entries: dict[str, Entry],
    wide_catalogue: Catalogue,
) -> None:
    found = lint_area(change(planned(entries["choice"])), wide_catalogue)
    assert code in {finding.code for finding in found}
    assert {finding.level for finding in found} == {"B"}


def test_every_lint_of_an_area_has_a_planted_fault() -> None:
    assert set(AREA_LINTS) == {code for code, _ in PLANTED_IN_AREA}


def test_stems_of_one_family_may_be_alike(entries: dict[str, Entry], wide_catalogue: Catalogue) -> None:
    twins = [replace(entries["choice"], slug=f"programming-00{n}", family="walks") for n in range(2)]
    strangers = [replace(twin, family=f"walks-{n}") for n, twin in enumerate(twins)]
    assert "L25" not in {finding.code for finding in lint_area(twins, wide_catalogue)}
    assert "L25" in {finding.code for finding in lint_area(strangers, wide_catalogue)}


@pytest.mark.parametrize("code", BANK_LINTS)
def test_a_fault_of_the_bank_is_found(code: str, entries: dict[str, Entry], catalogue: Catalogue) -> None:
    sound = list(entries.values())
    assert code not in {finding.code for finding in lint(sound, catalogue)}
    lost = {slug: replace(m, subskill="no-such") for slug, m in catalogue.misconceptions.items()}
    planted = {
        "L31": (sound + sound[:1], catalogue),
        "M01": (sound, replace(catalogue, misconceptions=lost)),
        "M03": (sound[1:2], catalogue),
    }
    assert code in {finding.code for finding in lint(*planted[code])}
