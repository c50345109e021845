"""Readings made up for the page that shows every part of the face; no person has them."""

from __future__ import annotations

import datetime
from math import exp
from types import SimpleNamespace
from typing import Any


def reading(value: float | None, half: float = 0.0) -> dict[str, float | None]:
    if value is None:
        return {"value": None, "low": None, "high": None}
    return {"value": value, "low": max(1.0, value - half), "high": min(6.0, value + half)}


def ground(slug: str, name: str, need: tuple[str, str, str, str] | None = None) -> dict[str, str | None]:
    """A row as Area.grounds() gives it. need: slug, name, and the slug and name of its area."""
    found = need or (None, None, None, None)
    named = ("need", "need_name", "need_area", "need_area_name")
    home = {"slug": slug, "name": name, "home": "model-evaluation", "home_name": "Model evaluation"}
    return {**home, **dict(zip(named, found, strict=True))}


HERE = ("model-evaluation", "Model evaluation")
SAMPLES: dict[str, Any] = {
    "rows": [
        {"name": "Python", "url": None, "target": 3, **reading(3.6, 0.8)},
        {"name": "Statistics", "url": None, "target": 3, **reading(2.2, 0.9)},
        {"name": "Deep learning", "url": None, "target": 2, **reading(2.1, 1.0)},
        {"name": "MLOps", "url": None, "target": 2, **reading(None)},
    ],
    "points": [
        {"date": datetime.date(2026, 5, 2), **reading(2.2, 1.0)},
        {"date": datetime.date(2026, 8, 20), **reading(2.8, 0.9)},
        {"date": datetime.date(2026, 11, 21), **reading(3.4, 0.8)},
    ],
    "bins": [
        {"label": "Guess", "claimed": 0.25, "right": 3, "total": 12},
        {"label": "Half sure", "claimed": 0.5, "right": 9, "total": 16},
        {"label": "Certain", "claimed": 0.95, "right": 29, "total": 37},
    ],
    "steps": [
        {**reading(3.0, 1.9), "outcome": "right"},
        {**reading(2.5, 1.6), "outcome": "unknown"},
        {**reading(2.2, 1.3), "outcome": "wrong"},
        {**reading(2.6, 1.0), "outcome": "right"},
    ],
    "probabilities": [0.02, 0.33, 0.5, 0.14, 0.01],
    "shape": [exp(-0.5 * ((1 + at / 10 - 3.2) / 0.5) ** 2) for at in range(51)],
    "grounds": [
        ground("splitting", "Splitting", ("sampling", "Sampling", "statistics", "Statistics")),
        ground("leakage", "Leakage", ("splitting", "Splitting", *HERE)),
        ground("variance", "Bias and variance", ("splitting", "Splitting", *HERE)),
        ground("tuning", "Tuning", ("variance", "Bias and variance", *HERE)),
    ],
    "tallies": [
        {"subskill": SimpleNamespace(slug="splitting"), "right": 2, "asked": 3},
        {"subskill": SimpleNamespace(slug="leakage"), "right": 0, "asked": 2},
    ],
}
