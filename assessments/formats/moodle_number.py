"""Numbers as question files write them: with a point, never with a comma, which could mean two things."""

from __future__ import annotations

import math
import re

NUMBER = re.compile(r"[+-]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][+-]?\d{1,4})?", re.ASCII)


def number_in(text: str) -> float | None:
    """The value of a plain number, whole ones as int; None for anything else."""
    tidy = text.strip()
    if not NUMBER.fullmatch(tidy):
        return None
    value = float(tidy)
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def written(value: float) -> str:
    """A number that reads back as the same."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
