"""A bank of questions prepared for measuring: curves computed once, shared by every sitting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessments.psychometrics.irt import (
    LABEL_DIFFICULTIES,
    LABEL_DIFFICULTY_SD,
    LABEL_LOG_DISCRIMINATION_SD,
    FloatArray,
    IntArray,
    expected_knows,
)

# 73 points, 1/8 apart: at a posterior SD of .3 the error of mean and SD is below .001.
THETA_GRID: FloatArray = np.linspace(-4.5, 4.5, 73)
THETA_GRID.setflags(write=False)

NO_FAMILY = -1
# Banks up to this size are searched whole; larger ones by a shortlist for the theta in hand.
SEARCHED_WHOLE = 128
SHORTLIST_LENGTH = 64  # compared at each choice
SHORTLIST_STORED = 192  # so that enough are left when a hundred were asked
SHORTLIST_NODES: FloatArray = np.linspace(-3.0, 3.0, 25)
SHORTLIST_BLUR = 0.4  # SD of theta within which an item should inform: a solid estimate


@dataclass(frozen=True, eq=False)
class ItemBank:
    """J items; immutable, so that one object may serve every request of a process.

    discrimination, difficulty, guessing, difficulty_sd, log_discrimination_sd: (J,) floats.
    sub_skill: (J,) codes 0..K-1.  family: (J,) codes, NO_FAMILY where an item stands alone.
    shares: (K,) wanted share of each sub-skill, summing to 1.
    knows: (J, G) probability of knowing on THETA_GRID, item uncertainty integrated out.
    pools: the item numbers of each sub-skill, and last of the whole bank.
    shortlists: for each pool (nodes, <= SHORTLIST_STORED) item numbers that inform most around
    SHORTLIST_NODES; none for a bank that is searched whole.
    """

    discrimination: FloatArray
    difficulty: FloatArray
    guessing: FloatArray
    difficulty_sd: FloatArray
    log_discrimination_sd: FloatArray
    sub_skill: IntArray
    family: IntArray
    shares: FloatArray
    knows: FloatArray
    pools: tuple[IntArray, ...]
    shortlists: tuple[IntArray, ...]

    def __len__(self) -> int:
        return int(self.difficulty.size)

    @property
    def grid(self) -> FloatArray:
        """The (G,) values of theta on which `knows` is given."""
        return THETA_GRID


def item_bank(
    discrimination: npt.ArrayLike,
    difficulty: npt.ArrayLike,
    guessing: npt.ArrayLike = 0.0,
    *,
    difficulty_sd: npt.ArrayLike = 0.0,
    log_discrimination_sd: npt.ArrayLike = 0.0,
    sub_skill: npt.ArrayLike = 0,
    family: npt.ArrayLike = NO_FAMILY,
    shares: npt.ArrayLike | None = None,
) -> ItemBank:
    """A bank from arrays of length J; scalars are repeated.  SDs of 0: parameters known.

    shares: wanted weight of each sub-skill (scaled to sum 1); as in the bank when not given.
    Raises ValueError for a discrimination <= 0, a guessing outside [0, 1), an SD < 0.
    """
    size = np.atleast_1d(np.asarray(difficulty)).size
    floats = [
        _column(values, size)
        for values in (
            discrimination,
            difficulty,
            guessing,
            difficulty_sd,
            log_discrimination_sd,
        )
    ]
    _refuse_impossible(*floats)
    skills = np.broadcast_to(np.asarray(sub_skill, dtype=np.int64), (size,)).copy()
    families = np.broadcast_to(np.asarray(family, dtype=np.int64), (size,)).copy()
    a, b, c, b_sd, log_a_sd = floats
    knows = expected_knows(
        THETA_GRID,
        discrimination=a,
        difficulty=b,
        difficulty_sd=b_sd,
        log_discrimination_sd=log_a_sd,
    )
    wanted = _shares(skills, shares)
    by_skill = (np.flatnonzero(skills == skill) for skill in range(wanted.size))
    pools = (*by_skill, np.arange(size))
    shortlists = _shortlists(knows, c, pools) if size > SEARCHED_WHOLE else ()
    for array in (*floats, skills, families, knows, wanted, *pools, *shortlists):
        array.setflags(write=False)
    return ItemBank(a, b, c, b_sd, log_a_sd, skills, families, wanted, knows, pools, shortlists)


def labelled_bank(
    labels: Sequence[int],
    guessing: npt.ArrayLike,
    *,
    label_difficulties: Sequence[float] = LABEL_DIFFICULTIES,
    difficulty_sd: float = LABEL_DIFFICULTY_SD,
    sub_skill: npt.ArrayLike = 0,
    family: npt.ArrayLike = NO_FAMILY,
    shares: npt.ArrayLike | None = None,
) -> ItemBank:
    """A bank of which nothing is known but the editor's difficulty labels, 1 to 5."""
    ladder = np.asarray(label_difficulties, dtype=np.float64)
    steps = np.asarray(labels, dtype=np.int64) - 1
    if steps.size and (steps.min() < 0 or steps.max() >= ladder.size):
        raise ValueError(f"difficulty labels go from 1 to {ladder.size}")
    return item_bank(
        1.0,
        ladder[steps],
        guessing,
        difficulty_sd=difficulty_sd,
        log_discrimination_sd=LABEL_LOG_DISCRIMINATION_SD,
        sub_skill=sub_skill,
        family=family,
        shares=shares,
    )


def _column(values: npt.ArrayLike, size: int) -> FloatArray:
    return np.broadcast_to(np.asarray(values, dtype=np.float64), (size,)).copy()


def _refuse_impossible(a: FloatArray, b: FloatArray, c: FloatArray, b_sd: FloatArray, log_a_sd: FloatArray) -> None:
    for name, values, good in (
        ("discrimination must be above 0", a, a > 0),
        ("difficulty must be finite", b, np.isfinite(b)),
        ("guessing must be in [0, 1)", c, (c >= 0) & (c < 1)),
        ("difficulty_sd must not be negative", b_sd, b_sd >= 0),
        ("log_discrimination_sd must not be negative", log_a_sd, log_a_sd >= 0),
    ):
        if not np.all(good & np.isfinite(values)):
            wrong = int(np.flatnonzero(~(good & np.isfinite(values)))[0])
            raise ValueError(f"item {wrong}: {name}, got {values[wrong]}")


def _shares(sub_skill: IntArray, shares: npt.ArrayLike | None) -> FloatArray:
    if sub_skill.size and sub_skill.min() < 0:
        raise ValueError("sub_skill codes start at 0")
    present = np.bincount(sub_skill, minlength=1).astype(np.float64)
    if shares is None:
        return np.asarray(present / max(present.sum(), 1.0))
    wanted = np.array(shares, dtype=np.float64)
    if wanted.size < present.size or wanted.min() < 0 or wanted.sum() <= 0:
        raise ValueError("shares: one weight >= 0 for each sub-skill, not all 0")
    return np.asarray(wanted / wanted.sum())


def _shortlists(knows: FloatArray, guessing: FloatArray, pools: tuple[IntArray, ...]) -> tuple[IntArray, ...]:
    informs = _information_at_nodes(knows, guessing)
    return tuple(_most_informative(informs, pool) for pool in pools)


def _information_at_nodes(knows: FloatArray, guessing: FloatArray) -> FloatArray:
    """Information of each item around each node: (J, nodes)."""
    kernel = np.exp(-0.5 * np.square((THETA_GRID[:, None] - SHORTLIST_NODES[None, :]) / SHORTLIST_BLUR))
    kernel /= kernel.sum(axis=0)
    informs = np.empty((len(knows), SHORTLIST_NODES.size))
    for start in range(0, len(knows), 4096):
        part = slice(start, start + 4096)
        right = guessing[part, None] + (1.0 - guessing[part, None]) * knows[part]
        slope = np.gradient(right, THETA_GRID, axis=1)
        informs[part] = (slope**2 / np.maximum(right * (1.0 - right), 1e-12)) @ kernel
    return informs


def _most_informative(informs: FloatArray, pool: IntArray) -> IntArray:
    """(nodes, <= SHORTLIST_STORED) item numbers of the pool, most informative first."""
    length = min(SHORTLIST_STORED, pool.size)
    best = np.argsort(-informs[pool], axis=0, kind="stable")[:length]
    return np.ascontiguousarray(pool[best].T)
