"""The fractions that Moodle knows, and the key of options that carry them.

Moodle takes a fraction only if it is in its list, to five digits (question_bank::fraction_options_full,
match_grade_options); what it refuses is refused here too, for rounding it would be guessing a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.formats.moodle_number import number_in
from assessments.questions.fractions import FULL, ROUNDED, are_alike, even_fractions

SHARES = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111,
          10, 5, 0)  # fmt: skip
CREDITS = tuple(sorted({*SHARES, *(-share for share in SHARES)}))
CLOSE = 0.001  # percent: 33.333 is a third, 33.3 is not
UNSAID = 1e-9


class CreditRefused(ValueError):
    """A fraction from which no key can be made for certain."""


def percent_of(text: str) -> float:
    """The fraction of an answer, as Moodle's list has it."""
    given = number_in(text)
    if given is None:
        raise CreditRefused(f'the fraction "{text}" is not a number')
    found = known_percent(given)
    if found is None:
        raise CreditRefused(f"the fraction {text} is none that Moodle knows (100, 90, 83.33333, 80, 75 ...)")
    return found


def known_percent(percent: float) -> float | None:
    """The entry of Moodle's list that a percentage stands for."""
    return next((known for known in CREDITS if abs(known - percent) < CLOSE), None)


def key_of_one(fractions: Mapping[str, float]) -> dict[str, Any]:
    """The key of a choice: which option is right, and what the others earn if they earn anything."""
    right = [key for key, percent in fractions.items() if percent == FULL]
    if not right:
        raise CreditRefused("no option earns 100 %, so none is right")
    if len(right) > 1:
        raise CreditRefused(f"{len(right)} options earn 100 %, but only one may be chosen")
    if all(percent == 0 for key, percent in fractions.items() if key != right[0]):
        return {"right": right[0]}
    return {"right": right[0], "fractions": dict(fractions)}


def key_of_several(fractions: Mapping[str, float]) -> dict[str, Any]:
    """The key of a multiple choice: the options that earn something are the right ones."""
    right = sorted(key for key, percent in fractions.items() if percent > 0)
    total = sum(fractions[key] for key in right)
    if not right:
        raise CreditRefused("no option earns anything, so none is right")
    if abs(total - FULL) > ROUNDED:
        raise CreditRefused(f"the right options earn {total:g} % together, not 100 %")
    if are_alike(fractions, even_fractions(right, list(fractions))):
        return {"right": right}
    return {"right": right, "fractions": dict(fractions)}
