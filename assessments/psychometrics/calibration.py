"""Item parameters from answers: maximum marginal posterior by accelerated EM.

    calibration = calibrate(person, item, score, guessing=0.25)
    calibration.discrimination, calibration.difficulty, calibration.difficulty_se

EM as Bock & Aitkin (1981), priors as Mislevy (1986), acceleration SQUAREM (Varadhan & Roland
2008), standard errors from the observed information.  Guessing is fixed, never estimated.
Calibrate on first exposures, eligible attempts and effortful answers only, and let
`scores_of` turn "I don't know" into scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessments.psychometrics.ascent import (
    Anchors,
    Problem,
    State,
    climb,
    expected_under,
    start_of,
)
from assessments.psychometrics.irt import (
    LABEL_DIFFICULTIES,
    LABEL_DIFFICULTY_SD,
    LABEL_LOG_DISCRIMINATION_SD,
    BoolArray,
    FloatArray,
    IntArray,
    Outcome,
)
from assessments.psychometrics.item_priors import ItemPriors, relearned
from assessments.psychometrics.marginal_likelihood import (
    EXACT_CELLS,
    Expectation,
    Population,
    triples_of,
)
from assessments.psychometrics.observed_information import (
    information_of_all,
    information_within_items,
    is_small,
)

PROVISIONAL_FROM, CALIBRATED_FROM = 50, 300  # answers
EXACT_TOLERANCE, FAST_TOLERANCE = 1e-6, 2e-3  # largest step of log a or d; SEs are above .05
UNLABELLED_DIFFICULTY_SD = 1.0
RELEARNING_ROUNDS = 2


def scores_of(outcomes: npt.ArrayLike, guessing: npt.ArrayLike, *, rng: np.random.Generator) -> IntArray:
    """Scores (n,) of outcomes (n,), given the guessing of the item of each.

    "I don't know" becomes what a guess would have been, right with probability c: the model of
    calibration is one of guessers, and an honest answer counted wrong would make items harder.
    """
    given = np.asarray(outcomes, dtype=np.int64)
    lucky = rng.random(given.size) < np.asarray(guessing, dtype=np.float64)
    return np.where(given == Outcome.UNKNOWN, lucky, given == Outcome.RIGHT).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Calibration:
    """Parameters of J items with their standard errors; a version once stored.

    discrimination, difficulty, guessing, intercept = -ab: (J,); *_se: standard errors (J,);
    answers: (J,) counts.  label_difficulties and
    label_difficulty_sd: the editor's ladder as these data see it.
    """

    discrimination: FloatArray
    difficulty: FloatArray
    guessing: FloatArray
    intercept: FloatArray
    discrimination_se: FloatArray
    difficulty_se: FloatArray
    intercept_se: FloatArray
    answers: IntArray
    people: int
    log_likelihood: float
    label_difficulties: tuple[float, ...]
    label_difficulty_sd: float
    population_mean: float
    population_sd: float
    steps: int
    converged: bool

    @property
    def log_discrimination_sd(self) -> FloatArray:
        """(J,) SD of log discrimination, as `item_bank` wants it."""
        return np.asarray(self.discrimination_se / self.discrimination)

    @property
    def status(self) -> list[str]:
        """What each item's parameters rest on."""
        return [status_of(int(count)) for count in self.answers]


def status_of(answers: int) -> str:
    """expert-rated below 50 answers, provisional below 300, then calibrated."""
    if answers < PROVISIONAL_FROM:
        return "expert-rated"
    return "provisional" if answers < CALIBRATED_FROM else "calibrated"


def calibrate(
    person: npt.ArrayLike,
    item: npt.ArrayLike,
    score: npt.ArrayLike,
    *,
    guessing: npt.ArrayLike = 0.0,
    labels: Sequence[int] | None = None,
    items: int | None = None,
    priors: bool = True,
    common_discrimination: bool = False,
    anchors: Anchors | None = None,
    tolerance: float | None = None,
) -> Calibration:
    """Fit items to triples (person, item, score 1 or 0), n each; only answered cells.

    labels: (J,) difficulty labels 1 to 5; items are drawn towards the mean of their label, which
    is relearned.  priors=False: plain maximum likelihood.  common_discrimination: the 1PL.
    anchors: keep these; mean and SD of the people are then estimated, else N(0, 1).
    """
    triples = triples_of(person, item, score, items=items)
    if triples.person.size == 0:
        raise ValueError("no answers to calibrate on")
    lower = np.broadcast_to(np.asarray(guessing, dtype=np.float64), (triples.items,)).copy()
    problem = Problem(triples, lower, common_discrimination, anchors)
    if tolerance is None:
        tolerance = EXACT_TOLERANCE if triples.cells <= EXACT_CELLS else FAST_TOLERANCE
    beliefs = _priors_of(triples.items, labels) if priors else None
    state = start_of(problem)
    state, steps, converged = climb(problem, state, beliefs, tolerance)
    knowledge = beliefs
    for _ in range(RELEARNING_ROUNDS):
        if beliefs is None or knowledge is None:
            break
        knowledge = _relearned(problem, state, knowledge, start=beliefs)
        state, more, converged = climb(problem, state, knowledge, tolerance)
        steps += more
    return _result(problem, state, knowledge, steps=steps, converged=converged)


def _priors_of(items: int, labels: Sequence[int] | None) -> ItemPriors:
    if labels is None:
        return ItemPriors(
            group=np.zeros(items, dtype=np.int64),
            difficulty_means=np.zeros(1),
            difficulty_sd=UNLABELLED_DIFFICULTY_SD,
            log_discrimination_mean=0.0,
            log_discrimination_sd=LABEL_LOG_DISCRIMINATION_SD,
        )
    group = np.asarray(labels, dtype=np.int64) - 1
    if group.shape != (items,) or group.min() < 0 or group.max() >= len(LABEL_DIFFICULTIES):
        raise ValueError(f"labels: one of 1 to {len(LABEL_DIFFICULTIES)} for each of {items} items")
    return ItemPriors(
        group=group,
        difficulty_means=np.array(LABEL_DIFFICULTIES),
        difficulty_sd=LABEL_DIFFICULTY_SD,
        log_discrimination_mean=0.0,
        log_discrimination_sd=LABEL_LOG_DISCRIMINATION_SD,
    )


def _relearned(problem: Problem, state: State, priors: ItemPriors, *, start: ItemPriors) -> ItemPriors:
    """The priors after these answers, allowing for what each difficulty is still unsure of."""
    expected, population = expected_under(problem, state)
    within = information_within_items(problem.triples, expected, population, **_items(problem, state))
    covariance = _inverted(within + _prior_information(state, priors))
    return relearned(
        priors,
        start=start,
        log_slope=state.parameters.log_slope,
        difficulty=state.parameters.difficulty,
        difficulty_variance=_difficulty_variance(state, covariance),
        answers=_answers(problem),
    )


def _answers(problem: Problem) -> IntArray:
    return np.bincount(problem.triples.item, minlength=problem.triples.items)


def _items(problem: Problem, state: State) -> dict[str, FloatArray]:
    return {
        "slope": state.parameters.discrimination,
        "intercept": state.parameters.intercept,
        "guessing": problem.guessing,
    }


def _prior_information(state: State, priors: ItemPriors | None) -> FloatArray:
    """(3, J) by slope and intercept (the priors themselves speak of the log slope)."""
    log_slope, intercept = state.parameters.log_slope, state.parameters.intercept
    if priors is None:
        return np.zeros((3, log_slope.size))
    slope = np.exp(log_slope)
    scale = np.stack([slope**2, slope, np.ones_like(slope)])
    return np.asarray(priors.information(log_slope, intercept) / scale)


def _inverted(information: FloatArray) -> FloatArray:
    """(3, J) variances of slope, both together, intercept, from the information of each."""
    aa, ad, dd = information
    determinant = aa * dd - ad**2
    return np.stack([dd, -ad, aa]) / np.where(determinant > 0.0, determinant, np.nan)


def _difficulty_variance(state: State, covariance: FloatArray) -> FloatArray:
    """Variance of b = -d / a by the delta method, (J,)."""
    slope, difficulty = state.parameters.discrimination, state.parameters.difficulty
    aa, ad, dd = covariance
    return np.asarray((difficulty**2 * aa + 2.0 * difficulty * ad + dd) / slope**2)


def _covariance(
    problem: Problem,
    state: State,
    priors: ItemPriors | None,
    expected: Expectation,
    population: Population,
) -> FloatArray:
    """(3, J) variances and covariance of slope and intercept of each item."""
    prior = _prior_information(state, priors)
    items = _items(problem, state)
    if not is_small(problem.triples, population):
        within = information_within_items(problem.triples, expected, population, **items)
        return _inverted(within + prior)
    whole = information_of_all(problem.triples, expected, population, **items)
    aa, ad, dd = map(np.diag, prior)
    whole = whole + np.block([[aa, ad], [ad, dd]])
    return _whole_covariance(problem, priors, whole)


def _moving(problem: Problem, priors: ItemPriors | None) -> BoolArray:
    """(J,) items that the answers, or the priors, could move."""
    moving = _answers(problem) > 0 if priors is None else np.ones(problem.triples.items, dtype=bool)
    return moving if problem.anchors is None else moving & ~problem.anchors.kept


def _whole_covariance(problem: Problem, priors: ItemPriors | None, information: FloatArray) -> FloatArray:
    """The same from the whole matrix (2J, 2J), with one slope for all where that was fitted."""
    size = problem.triples.items
    spread = np.eye(2 * size)
    if problem.common_slope:
        spread = np.hstack([np.repeat([[1.0], [0.0]], size, axis=0), spread[:, size:]])
    free = spread[np.tile(_moving(problem, priors), 2)].any(axis=0)
    spread = spread[:, free]
    covariance = spread @ np.linalg.pinv(spread.T @ information @ spread) @ spread.T
    block = np.arange(size)
    return np.stack(
        [
            covariance[block, block],
            covariance[block, size + block],
            covariance[size + block, size + block],
        ]
    )


def _result(
    problem: Problem,
    state: State,
    priors: ItemPriors | None,
    *,
    steps: int,
    converged: bool,
) -> Calibration:
    expected, population = expected_under(problem, state)
    covariance = _covariance(problem, state, priors, expected, population)
    ladder = LABEL_DIFFICULTIES if priors is None else tuple(priors.difficulty_means.tolist())
    return Calibration(
        discrimination=state.parameters.discrimination,
        difficulty=state.parameters.difficulty,
        guessing=problem.guessing,
        intercept=state.parameters.intercept,
        discrimination_se=np.sqrt(covariance[0]),
        difficulty_se=np.sqrt(_difficulty_variance(state, covariance)),
        intercept_se=np.sqrt(covariance[2]),
        answers=_answers(problem),
        people=problem.triples.people,
        log_likelihood=expected.log_likelihood,
        label_difficulties=ladder,
        label_difficulty_sd=LABEL_DIFFICULTY_SD if priors is None else priors.difficulty_sd,
        population_mean=state.mean,
        population_sd=state.sd,
        steps=steps,
        converged=converged,
    )
