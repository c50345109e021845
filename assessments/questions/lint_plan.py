"""Lints of the plan of an area: how many questions of which difficulty, level and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assessments.questions.entry import Entry
from assessments.questions.finding import BankFault, Catalogue

PLANNED = 60  # questions of an area
DIFFICULTY = {1: 0.10, 2: 0.25, 3: 0.30, 4: 0.25, 5: 0.10}
DIFFICULTY_REACH = 0.12
MOST_RECALL, LEAST_ANALYSE = 0.30, 0.20
MOST_CHOICES = 40 / 60
PER_SUBSKILL = (6, 9)
LEAST_IN_FAMILIES = 12
LEAST_CODE_OR_NUMBERS = 15
LEAST_MEASURED = 40  # below it an area is not measured


def measured(entries: Sequence[Entry]) -> list[Entry]:
    """Without the situational questions: they have a plan of their own, five a sub-skill."""
    return [entry for entry in entries if entry.kind != "rating"]


def difficulty_is_spread(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L26"""
    judged = measured(entries)
    counts = Counter(entry.difficulty for entry in judged)
    total = max(len(judged), 1)
    off = [d for d, wanted in DIFFICULTY.items() if abs(counts[d] / total - wanted) > DIFFICULTY_REACH]
    if off:
        spread = " / ".join(str(counts[difficulty]) for difficulty in DIFFICULTY)
        yield entries[0].area, f"difficulty {spread}; 6 / 15 / 18 / 15 / 6 is the plan"


def levels_of_thought_are_mixed(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L27"""
    counts = Counter(entry.bloom for entry in entries)
    if counts["recall"] / len(entries) > MOST_RECALL:
        yield (
            entries[0].area,
            f"{counts['recall']} of {len(entries)} questions ask for recall",
        )
    if counts["analyse"] / len(entries) < LEAST_ANALYSE:
        yield (
            entries[0].area,
            f"{counts['analyse']} of {len(entries)} questions ask to analyse",
        )


def kinds_are_mixed(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L28"""
    choices = sum(entry.kind == "choice" for entry in entries)
    if choices / len(entries) > MOST_CHOICES:
        yield entries[0].area, f"{choices} of {len(entries)} questions are choices"


def area_is_full(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L29"""
    area = entries[0].area
    if len(entries) < PLANNED:
        yield area, f"{len(entries)} questions; {PLANNED} are planned"
    counts = Counter(entry.subskills[0] for entry in entries if entry.subskills)
    least, most = PER_SUBSKILL
    for subskill in catalogue.subskills_of(area):
        if not least <= counts[subskill] <= most:
            message = f"{counts[subskill]} questions of {subskill}; {least} to {most} are planned"
            yield area, message


def families_are_many(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L32"""
    if 0 < len(measured(entries)) < LEAST_MEASURED < len(entries):
        return  # an area of situations is not measured yet, so nobody retakes it
    sizes = Counter(entry.family for entry in entries if entry.family)
    in_families = sum(size for size in sizes.values() if size > 1)
    if in_families < LEAST_IN_FAMILIES:
        message = f"{in_families} questions in families; {LEAST_IN_FAMILIES} are planned"
        yield entries[0].area, message


def code_and_numbers_occur(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L33"""
    least = LEAST_CODE_OR_NUMBERS * min(len(measured(entries)), PLANNED) // PLANNED
    found = sum(entry.kind == "numeric" or bool(entry.question.content.get("code")) for entry in entries)
    if found < least:
        message = f"{found} questions with code or numbers; {least} are planned"
        yield entries[0].area, message
