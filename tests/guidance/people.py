"""Simulated people with known skills, and what sittings would say of them.

A person has one general factor, areas that correlate r, and sub-skills around their area; she answers
by the sub-skill the question is about. Sittings are the real engine's; `approximate` replaces them by
their normal approximation, which tests/guidance/test_people.py compares with the engine once.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assessments.guidance.gaps import SUBSKILL_SD, Answer, Standing, Tally, tally_of
from assessments.psychometrics import HONESTY, Outcome, Sitting, StoppingRule, labelled_bank
from assessments.psychometrics.simulation import Person, simulated_outcome, true_items_of
from tests.guidance import content

CORRELATION = 0.5
ERROR = 0.5  # of a quick sitting


@dataclass(frozen=True)
class Someone:
    """True theta of every area and every sub-skill, and what her sittings say."""

    areas: dict[str, float]
    subskills: dict[str, float]
    standings: dict[str, Standing]
    tallies: dict[str, Tally]


def thetas(rng, areas, correlation=CORRELATION):
    general = rng.standard_normal()
    own = rng.standard_normal(len(areas))
    return dict(zip(areas, np.sqrt(correlation) * general + np.sqrt(1 - correlation) * own, strict=True))


def subskills_around(rng, areas, spread=SUBSKILL_SD):
    """Sub-skills of an area differ from it and are on average the area."""
    found = {}
    for area, theta in areas.items():
        mine = [skill.slug for skill in content.skills() if skill.area == area]
        differs = spread * rng.standard_normal(len(mine))
        found |= dict(zip(mine, theta + differs - differs.mean(), strict=True))
    return found


def approximate(rng, *, error=ERROR, correlation=CORRELATION, questions=2, spread=SUBSKILL_SD):
    """Somebody measured in every area: the posterior as its normal approximation, `questions` a sub-skill."""
    areas = thetas(rng, content.areas(), correlation)
    subskills = subskills_around(rng, areas, spread)
    precision = error**-2 - 1
    seen = {area: theta + rng.standard_normal() / np.sqrt(precision) for area, theta in areas.items()}
    standings = {area: Standing(precision * one / (1 + precision), error) for area, one in seen.items()}
    return Someone(areas, subskills, standings, counted(rng, subskills, standings, questions))


def counted(rng, subskills, standings, questions):
    """`questions` answers about every sub-skill, near the area's estimate as an adaptive sitting asks them."""
    mine = content.skills()
    mean = np.array([standings[skill.area].mean for skill in mine])[:, None]
    theta = np.array([subskills[skill.slug] for skill in mine])[:, None]
    shape = (len(mine), questions)
    a, c = np.exp(rng.normal(0, 0.3, shape)), rng.choice([0.0, 0.25], shape)
    b = mean + rng.normal(0, 0.5, shape)
    chance = c + (1 - c) / (1 + np.exp(-a * (theta - b)))
    right = rng.random(shape) < chance
    knows = 1 / (1 + np.exp(-a * (mean - b)))
    expected, slope = c + (1 - c) * knows, (1 - c) * a * knows * (1 - knows)
    spread = expected * (1 - expected)
    score, information = (slope / spread * (right - expected)).sum(1), (slope**2 / spread).sum(1)
    return {
        skill.slug: Tally(int(right[n].sum()), questions, float(score[n]), float(information[n]))
        for n, skill in enumerate(mine)
    }


@lru_cache
def bank(area, items=60):
    """Questions over the sub-skills of an area, of which only labels are known, and the sub-skills."""
    mine = [skill.slug for skill in content.skills() if skill.area == area]
    guessing = np.tile([0.25, 0.25, 0.0], items // 3 + 1)[:items]
    made = labelled_bank([1 + n % 5 for n in range(items)], guessing, sub_skill=[n % len(mine) for n in range(items)])
    return made, mine


def measured(rng, *, correlation=CORRELATION, areas=None, spread=SUBSKILL_SD, questions=20, items=60):
    """Somebody measured by the engine in these areas, all when not given."""
    truth = thetas(rng, content.areas(), correlation)
    subskills = subskills_around(rng, truth, spread)
    honesty = 0.0 if rng.random() < 0.3 else float(rng.beta(6, 2))
    standings, tallies = {}, {}
    for area in areas if areas is not None else content.areas():
        made, mine = bank(area, items)
        truth_of_items = true_items_of(made, rng)
        sitting = Sitting(made, rule=StoppingRule(ERROR, questions), honesty=HONESTY)
        while sitting.stopped is None and (item := sitting.next_item(rng)) is not None:
            someone = Person(subskills[mine[made.sub_skill[item]]], honesty)
            sitting.answer(item, simulated_outcome(someone, truth_of_items, item, rng))
        standings[area] = Standing(sitting.mean, sitting.standard_error)
        tallies |= tallied(sitting, made, mine)
    return Someone(truth, subskills, standings, tallies)


def tallied(sitting, made, mine):
    groups = {}
    for item, outcome in zip(sitting.asked, sitting.outcomes, strict=True):
        right = outcome == Outcome.RIGHT
        one = Answer(bool(right), made.discrimination[item], made.difficulty[item], made.guessing[item])
        groups.setdefault(mine[made.sub_skill[item]], []).append(one)
    return {slug: tally_of(found, sitting.mean) for slug, found in groups.items()}
