"""Which sub-skills are open: below what the role asks of their area, and how probable that is.

The area's standing is the measurement. A sub-skill differs from its area by N(0, .5^2), an
assumption; its answers, "2 of 3 right", move that difference only, and little where there are few.
A gap is real when the area is below its target and the sub-skill is too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessments.guidance.learning import THETA_PER_LEVEL, level_of, shown
from assessments.guidance.normal import FloatArray, below
from assessments.guidance.readiness import Standing

SUBSKILL_SD = 0.5  # theta; how far sub-skills lie from their area (an assumption, until data say)
SURE = 0.9  # a gap this probable is recommended for; a less probable one is measured first
LIKELY = 0.5  # a plan closes what is more probably open than not
CLOSED = 0.9  # a gap closed with more than this probability is never named
SHOWN_SDS = 1.6448536  # 90% interval
LEAST_DISTANCE = 0.25  # levels; who may be short is short by something
STEPS = 61


@dataclass(frozen=True)
class Skill:
    """A sub-skill of the map. needs: the sub-skills it stands on."""

    slug: str
    name: str
    area: str
    area_name: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aim:
    """What a role asks of one sub-skill. cut: theta where the level begins, -inf for level 1."""

    level: int
    cut: float
    importance: str  # core, important, useful
    weight: float
    key: bool = False

    @property
    def required(self) -> bool:
        return self.importance != "useful"


@dataclass(frozen=True)
class Answer:
    """One answer as a tally needs it."""

    right: bool
    discrimination: float
    difficulty: float
    guessing: float


@dataclass(frozen=True)
class Tally:
    """Answers about one sub-skill. score, information: of its difference from the area, at 0."""

    right: int = 0
    asked: int = 0
    score: float = 0.0
    information: float = 0.0


@dataclass(frozen=True)
class Gap:
    """One sub-skill against what the role asks.

    low, high: as measured, on the rule from 1 to 6, 90%.  expected_low, expected_high: the same with
    what was read since, a forecast.  theta, level, distance (levels missing), chance (that the gap is
    real): with what was read since too.  learned: levels read since it was measured.
    """

    skill: Skill
    aim: Aim
    tally: Tally
    theta: float
    low: float
    high: float
    expected_low: float
    expected_high: float
    distance: float
    chance: float
    area_short: float
    learned: float = 0.0
    caught: tuple[str, ...] = ()

    @property
    def subskill(self) -> str:
        return self.skill.slug

    @property
    def name(self) -> str:
        return self.skill.name

    @property
    def area(self) -> str:
        return self.skill.area

    @property
    def area_name(self) -> str:
        return self.skill.area_name

    @property
    def right(self) -> int:
        return self.tally.right

    @property
    def asked(self) -> int:
        return self.tally.asked

    @property
    def target(self) -> int:
        return self.aim.level

    @property
    def importance(self) -> str:
        return self.aim.importance

    @property
    def level(self) -> float:
        return shown(float(level_of(self.theta)))

    @property
    def chance_open(self) -> float:
        return self.chance

    @property
    def is_sure(self) -> bool:
        return self.chance >= SURE

    @property
    def is_likely(self) -> bool:
        return self.chance >= LIKELY

    @property
    def is_closed(self) -> bool:
        return 1.0 - self.chance > CLOSED


def tally_of(answers: Sequence[Answer], theta: float) -> Tally:
    """Right of asked, and what it says beyond the area's theta: one step of Newton's method from 0."""
    if not answers:
        return Tally()
    right = np.array([one.right for one in answers], dtype=np.float64)
    a = np.array([one.discrimination for one in answers])
    b = np.array([one.difficulty for one in answers])
    c = np.array([one.guessing for one in answers])
    knows = 1.0 / (1.0 + np.exp(-a * (theta - b)))
    expected = c + (1.0 - c) * knows
    slope = (1.0 - c) * a * knows * (1.0 - knows)
    spread = np.maximum(expected * (1.0 - expected), 1e-6)
    score = float((slope / spread * (right - expected)).sum())
    return Tally(int(right.sum()), len(answers), score, float((slope**2 / spread).sum()))


def gaps_of(
    skills: Sequence[Skill],
    aims: Mapping[str, Aim],
    standings: Mapping[str, Standing],
    tallies: Mapping[str, Tally],
    *,
    learned: Mapping[str, float] | None = None,
    caught: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Gap]:
    """Every sub-skill of a measured area that the role asks something of; an unmeasured area has none.

    standings: by area, measured ones only.  learned: levels, by sub-skill, read since.
    """
    rows = [one for one in skills if one.slug in aims and one.area in standings]
    if not rows:
        return []
    tally = [tallies.get(one.slug, Tally()) for one in rows]
    mean = np.array([standings[one.area].mean for one in rows])
    sd = np.array([standings[one.area].standard_deviation for one in rows])
    cut = np.array([aims[one.slug].cut for one in rows])
    precision = SUBSKILL_SD**-2 + np.array([one.information for one in tally])
    differs = np.array([one.score for one in tally]) / precision
    gained = np.array([(learned or {}).get(one.slug, 0.0) for one in rows])
    measured, moved = mean + differs, differs + THETA_PER_LEVEL * gained
    chance = chance_both_short(mean, sd, cut, moved, precision**-0.5)
    area_short = below((cut - mean) / sd)
    theta, reach = mean + moved, SHOWN_SDS * np.sqrt(sd**2 + 1.0 / precision)
    missing = np.where(np.isfinite(cut), (cut - theta) / THETA_PER_LEVEL, 0.0)
    return [
        Gap(
            skill=one,
            aim=aims[one.slug],
            tally=tally[n],
            theta=float(theta[n]),
            low=shown(float(level_of(measured[n] - reach[n]))),
            high=shown(float(level_of(measured[n] + reach[n]))),
            expected_low=shown(float(level_of(theta[n] - reach[n]))),
            expected_high=shown(float(level_of(theta[n] + reach[n]))),
            distance=max(float(missing[n]), LEAST_DISTANCE),
            chance=float(chance[n]),
            area_short=float(area_short[n]),
            learned=float(gained[n]),
            caught=(caught or {}).get(one.slug, ()),
        )
        for n, one in enumerate(rows)
    ]


def chance_both_short(
    mean: FloatArray,
    sd: FloatArray,
    cut: FloatArray,
    moved: FloatArray,
    spread: FloatArray,
) -> FloatArray:
    """P(theta < cut and theta + d < cut), theta ~ N(mean, sd^2), d ~ N(moved, spread^2); (S,) each."""
    top = np.clip((cut - mean) / sd, -6.0, 6.0)
    z = -6.0 + (top[:, None] + 6.0) * np.linspace(0.0, 1.0, STEPS)
    density = np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi)
    left = cut[:, None] - (mean[:, None] + sd[:, None] * z) - moved[:, None]
    both = density * below(left / spread[:, None])
    width = (top + 6.0) / (STEPS - 1)
    return np.asarray(width * (both.sum(axis=1) - 0.5 * (both[:, 0] + both[:, -1])))
