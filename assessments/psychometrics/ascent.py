"""The ascent: EM steps, accelerated, to the most probable item parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessments.psychometrics.irt import BoolArray, FloatArray
from assessments.psychometrics.item_priors import ItemPriors
from assessments.psychometrics.marginal_likelihood import (
    Expectation,
    Population,
    Triples,
    expectation,
    normal_population,
    points_for,
    right_curves,
)
from assessments.psychometrics.maximisation import (
    LOG_SLOPE_BOUNDS,
    Parameters,
    maximised,
    starting_values,
)

MOST_CYCLES = 200


@dataclass(frozen=True, eq=False)
class Anchors:
    """Items whose parameters are kept, which fix the scale for the others.  (J,) each."""

    kept: BoolArray
    discrimination: FloatArray
    difficulty: FloatArray


@dataclass(frozen=True, eq=False)
class Problem:
    """All that stays the same while parameters move."""

    triples: Triples
    guessing: FloatArray
    common_slope: bool
    anchors: Anchors | None


@dataclass(frozen=True, eq=False)
class State:
    """Where the ascent is."""

    parameters: Parameters
    mean: float = 0.0
    sd: float = 1.0


def start_of(problem: Problem) -> State:
    """Where to begin: facilities, and the anchors where they are."""
    start = starting_values(problem.triples, problem.guessing)
    if problem.anchors is None:
        return State(start)
    kept, slope = problem.anchors.kept, problem.anchors.discrimination
    return State(
        Parameters(
            np.where(kept, np.log(np.where(kept, slope, 1.0)), start.log_slope),
            np.where(kept, -slope * problem.anchors.difficulty, start.intercept),
        )
    )


def _population(problem: Problem, state: State) -> Population:
    return normal_population(points=points_for(problem.triples), mean=state.mean, sd=state.sd)


def expected_under(problem: Problem, state: State) -> tuple[Expectation, Population]:
    """The E-step at this state, and the people it was taken over."""
    population = _population(problem, state)
    curves = right_curves(
        population.theta,
        slope=state.parameters.discrimination,
        intercept=state.parameters.intercept,
        guessing=problem.guessing,
    )
    return expectation(problem.triples, curves, population), population


def _improved(problem: Problem, state: State, priors: ItemPriors | None) -> tuple[State, float]:
    """One EM step, and the log posterior of where it started from."""
    expected, population = expected_under(problem, state)
    parameters = maximised(
        state.parameters,
        expected,
        population.theta,
        guessing=problem.guessing,
        priors=priors,
        common_slope=problem.common_slope,
        kept=None if problem.anchors is None else problem.anchors.kept,
    )
    height = expected.log_likelihood
    if priors is not None:
        height += priors.log_density(state.parameters.log_slope, state.parameters.intercept)
    if problem.anchors is None:
        return State(parameters), height
    share = expected.people / expected.people.sum()
    mean = float(share @ population.theta)
    sd = float(np.sqrt(share @ np.square(population.theta - mean)))
    return State(parameters, mean, sd), height


def climb(problem: Problem, state: State, priors: ItemPriors | None, tolerance: float) -> tuple[State, int, bool]:
    """EM steps with SQUAREM leaps until a step is shorter than the tolerance."""
    steps = 0
    for _ in range(MOST_CYCLES):
        once, here = _improved(problem, state, priors)
        steps += 1
        if _distance(state, once) < tolerance:
            return once, steps, True
        twice, _ = _improved(problem, once, priors)
        leap = _leap(state, once, twice)
        landed, there = _improved(problem, leap, priors)
        steps += 2
        state = landed if there >= here and np.isfinite(there) else twice
    return state, steps, False


def _vector(state: State) -> FloatArray:
    return np.concatenate([state.parameters.log_slope, state.parameters.intercept, [state.mean, np.log(state.sd)]])


def _distance(first: State, second: State) -> float:
    return float(np.abs(_vector(second) - _vector(first)).max())


def _leap(start: State, once: State, twice: State) -> State:
    """Where two EM steps seem to lead (SQUAREM, step length S3)."""
    origin = _vector(start)
    step = _vector(once) - origin
    bend = _vector(twice) - _vector(once) - step
    length = max(1.0, float(np.linalg.norm(step) / (np.linalg.norm(bend) + 1e-12)))
    goal = origin + 2.0 * length * step + length**2 * bend
    size = (goal.size - 2) // 2
    log_slope = np.clip(goal[:size], *LOG_SLOPE_BOUNDS)
    return State(Parameters(log_slope, goal[size : 2 * size]), float(goal[-2]), float(np.exp(goal[-1])))
