"""Lints of what surrounds a question: its fields, sub-skills, stem, references and code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assessments.questions.entry import BLOOM, Entry
from assessments.questions.finding import PANEL_SIZE, Catalogue, Fault
from assessments.questions.parts import judged_options
from assessments.questions.wording import (
    longest_sentence,
    plain,
    reading_grade,
    without_tables,
    words,
)

NEGATIVE = re.compile(r"\b(not|except|least|incorrect|wrong|false)\b", re.IGNORECASE)
LONGEST_STEM = 90  # words, with the lead-in
LONGEST_SENTENCE = 30  # words
HIGHEST_GRADE = 12
MOST_LINES, WIDEST_LINE = 25, 80
RUNNABLE = ("python", "sql", "bash")
IMPORTED_AS = {
    "numpy": "numpy",
    "pandas": "pandas",
    "sklearn": "scikit-learn",
    "scipy": "scipy",
    "torch": "torch",
    "statsmodels": "statsmodels",
    "networkx": "networkx",
}


def fields_present(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L01"""
    content = entry.question.content
    needed = {
        "subskills": entry.subskills,
        "difficulty_reason": entry.difficulty_reason,
        "seconds": entry.seconds,
        "stem": content.get("stem"),
        "lead_in": content.get("lead_in"),
        "explanation": entry.question.key.get("explanation"),
        "references": entry.references,
        "verify": entry.verify,
        "review_by": entry.review_by,
    }
    for name in (name for name, value in needed.items() if not value):
        yield "E", f"{name} is missing"
    if entry.bloom not in BLOOM:
        yield "E", f"bloom must be one of {', '.join(BLOOM)}"
    if entry.difficulty not in range(1, 6):
        yield "E", "difficulty must be 1 to 5"
    if not re.fullmatch(re.escape(entry.area) + r"-\d{3}", entry.slug):
        yield "E", "the id must be the area and three digits"


def subskills_exist(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L02"""
    for subskill in entry.subskills:
        if subskill not in catalogue.area_of:
            yield "E", f"there is no sub-skill {subskill}"
    if entry.subskills and catalogue.area_of.get(entry.subskills[0]) != entry.area:
        yield "E", "the first sub-skill is not of the area"


def lead_in_is_clear(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L11"""
    lead_in = entry.question.content.get("lead_in") or ""
    if NEGATIVE.search(lead_in) and "**" not in lead_in:
        yield "W", "a negative lead-in without bold"
    if lead_in and not lead_in.rstrip().endswith(("?", ".", ":")):
        yield "W", "the lead-in ends without ? . or :"


def stem_is_short(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L12"""
    count = len(words(case_text(entry)))
    if count > LONGEST_STEM:
        yield "W", f"{count} words in stem and lead-in; {LONGEST_STEM} is the most"
    longest = longest_sentence(case_text(entry))
    if longest > LONGEST_SENTENCE:
        yield "W", f"a sentence of {longest} words; {LONGEST_SENTENCE} is the most"


def stem_is_readable(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L13"""
    grade = reading_grade(case_text(entry))
    if grade > HIGHEST_GRADE:
        yield "W", f"Flesch-Kincaid grade {grade:.1f}; {HIGHEST_GRADE} is the most"


def case_text(entry: Entry) -> str:
    """Stem and lead-in as prose."""
    content = entry.question.content
    return without_tables(content.get("stem") or "") + " " + (content.get("lead_in") or "")


def references_resolve(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L16"""
    for reference in entry.references:
        if reference.resource not in catalogue.resources:
            yield "E", f"there is no resource {reference.resource}"
        if not reference.locator:
            yield "E", f"the reference to {reference.resource} has no locator"


def code_can_run(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L17"""
    code = entry.question.content.get("code")
    verify_source = entry.verify.get("source", "")
    for package in _undeclared(verify_source, entry.verify):
        yield "W", f"verify imports {package} and does not say so in needs"
    if not code:
        return
    lines = code["source"].rstrip("\n").split("\n")
    if len(lines) > MOST_LINES or max(map(len, lines)) > WIDEST_LINE:
        yield (
            "W",
            f"{len(lines)} lines of code, the widest of {max(map(len, lines))} characters",
        )
    if code["language"] not in RUNNABLE:
        yield "E", f"code in {code['language']} cannot be run"
    declared = {"needs": entry.needs, "optional_needs": entry.optional_needs}
    if code["language"] == "python":
        for package in _undeclared(code["source"], declared):
            yield "E", f"the code imports {package} and does not say so in needs"
    yield from _key_is_printed(entry)


def _undeclared(source: str, declared: dict[str, list[str]] | dict[str, tuple[str, ...]]) -> list[str]:
    said = {*declared.get("needs", ()), *declared.get("optional_needs", ())}
    return [
        package
        for module, package in IMPORTED_AS.items()
        if package not in said and re.search(rf"^\s*(import|from) {module}\b", source, re.MULTILINE)
    ]


def _key_is_printed(entry: Entry) -> Iterator[Fault]:
    stdout = entry.question.key.get("stdout")
    if entry.kind != "choice" or not stdout:
        return
    for option in judged_options(entry.question):
        numbers = re.findall(r"-?\d+(?:\.\d+)?", plain(option.text)) if option.right else []
        if any(number not in stdout for number in numbers):
            yield "W", "numbers of the key do not occur in the output"


def rating_is_keyed(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L18"""
    if entry.kind != "rating":
        return
    by_panel = entry.keying.get("status") == "panel"
    if entry.life == "operational" and not by_panel:
        yield "E", "in use without the key of a panel"
    if by_panel and entry.keying.get("panel_size", 0) < PANEL_SIZE:
        yield "E", f"a panel of fewer than {PANEL_SIZE}"
    if entry.keying.get("status") == "provisional":
        yield "W", "the key is provisional"
