"""How probable everybody's answers are under given item parameters, people integrated out.

Answers are sparse triples; people are taken in blocks small enough for the processor's cache,
each block a dense matrix, because one matrix product beats any walk over single answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assessments.psychometrics.irt import FloatArray, IntArray, logistic

CELLS_AT_ONCE = 600_000  # people x items of a block
EXACT_CELLS = 4_000_000  # up to here double precision and a fine grid; beyond, speed
FINE_POINTS, COARSE_POINTS = 61, 21
LARGEST_THETA = 5.0
SMALLEST_CHANCE = 1e-10

AnyFloats = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Triples:
    """Who answered what how: (n,) each, in the order of persons.

    person: codes 0..people-1.  item: 0..items-1.  right: 1 or 0.  Only answered cells.
    """

    person: IntArray
    item: IntArray
    right: IntArray
    people: int
    items: int

    @property
    def cells(self) -> int:
        """Size of the full table, most of which is empty."""
        return self.people * self.items


def triples_of(
    person: npt.ArrayLike, item: npt.ArrayLike, score: npt.ArrayLike, *, items: int | None = None
) -> Triples:
    """Triples from three columns; persons may have any numbers, items 0..J-1, scores 0 or 1.

    Raises ValueError for columns of different lengths, another score, or a cell met twice.
    """
    who, person_code = np.unique(np.asarray(person), return_inverse=True)
    what = np.asarray(item, dtype=np.int64)
    scored = np.asarray(score)
    if not person_code.shape == what.shape == scored.shape or what.ndim != 1:
        raise ValueError("person, item and score must be three columns of one length")
    right = (scored == 1).astype(np.int64)
    if np.any((scored != 0) & (scored != 1)):
        raise ValueError("scores are 1 (fully right) or 0")
    width = int(what.max(initial=-1)) + 1 if items is None else items
    if what.size and (what.min() < 0 or what.max() >= width):
        raise ValueError(f"items are numbered 0 to {width - 1}")
    order = np.argsort(person_code * width + what, kind="stable")
    cells = (person_code * width + what)[order]
    if np.any(cells[1:] == cells[:-1]):
        raise ValueError("a person answered an item twice: only first exposures calibrate")
    return Triples(person_code[order], what[order], right[order], who.size, width)


@dataclass(frozen=True, eq=False)
class Population:
    """Theta of the people on Q points."""

    theta: FloatArray
    weight: FloatArray


def normal_population(*, points: int, mean: float = 0.0, sd: float = 1.0) -> Population:
    """N(mean, sd^2) on equally spaced points to 5 SD, weights summing to 1."""
    steps = np.linspace(-LARGEST_THETA, LARGEST_THETA, points)
    weight = np.exp(-0.5 * np.square(steps))
    return Population(mean + sd * steps, weight / weight.sum())


def points_for(triples: Triples) -> int:
    """As fine a grid as the amount of data lets us afford."""
    return FINE_POINTS if triples.cells <= EXACT_CELLS else COARSE_POINTS


@dataclass(frozen=True, eq=False)
class Expectation:
    """right, wrong: (J, Q) expected numbers of such answers by people at each theta.

    people: (Q,) expected number of people.  log_likelihood: of all answers, marginal.
    """

    right: FloatArray
    wrong: FloatArray
    people: FloatArray
    log_likelihood: float


@dataclass(frozen=True, eq=False)
class Block:
    """Some people: answered and right as (people, J) of 0 and 1, posterior (people, Q).

    Valid until the next block is asked for.
    """

    answered: AnyFloats
    right: AnyFloats
    posterior: AnyFloats
    log_likelihood: float
    first: int  # number of the first person


def right_curves(theta: FloatArray, *, slope: FloatArray, intercept: FloatArray, guessing: FloatArray) -> FloatArray:
    """Probability of a right answer, (J, Q), by slope a and intercept d = -ab."""
    knows = logistic(slope[:, None] * theta + intercept[:, None])
    chance = guessing[:, None] + (1.0 - guessing[:, None]) * knows
    return np.clip(chance, SMALLEST_CHANCE, 1.0 - SMALLEST_CHANCE)


def blocks(triples: Triples, curves: FloatArray, population: Population) -> Iterator[Block]:
    """People in blocks with the posterior of each under these curves (J, Q)."""
    kind = np.float64 if triples.cells <= EXACT_CELLS else np.float32
    log_wrong = np.log1p(-curves).T.astype(kind).T
    log_odds = (np.log(curves) - np.log1p(-curves)).astype(kind)
    log_weight = np.log(population.weight).astype(kind)
    height = max(1, CELLS_AT_ONCE // max(triples.items, 1))
    # One pair of tables serves every block: fresh memory would cost more than the arithmetic.
    tables = np.empty((2, min(height, triples.people), triples.items), dtype=kind)
    for first in range(0, triples.people, height):
        last = min(first + height, triples.people)
        start, stop = np.searchsorted(triples.person, [first, last])
        cell = (triples.person[start:stop] - first, triples.item[start:stop])
        answered, right = tables[:, : last - first]
        answered[:] = right[:] = 0.0
        answered[cell] = 1.0
        right[cell] = triples.right[start:stop]
        joint = answered @ log_wrong + right @ log_odds + log_weight
        peak = joint.max(axis=1, keepdims=True)
        np.exp(joint - peak, out=joint)
        mass = joint.sum(axis=1, keepdims=True)
        joint /= mass
        log_likelihood = float(np.sum(peak, dtype=np.float64) + np.log(mass).sum(dtype=np.float64))
        yield Block(answered, right, joint, log_likelihood, first)


def expectation(triples: Triples, curves: FloatArray, population: Population) -> Expectation:
    """The E-step: where on theta the answers are expected to have been given."""
    shape = (triples.items, population.theta.size)
    right, answered = np.zeros(shape), np.zeros(shape)
    people, log_likelihood = np.zeros(shape[1]), 0.0
    for block in blocks(triples, curves, population):
        right += block.right.T @ block.posterior
        answered += block.answered.T @ block.posterior
        people += block.posterior.sum(axis=0)
        log_likelihood += block.log_likelihood
    return Expectation(right, np.maximum(answered - right, 0.0), people, log_likelihood)
