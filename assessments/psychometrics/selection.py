"""Which question to ask next: the one after which theta is expected to be known best.

Minimum expected posterior variance (MEPV; van der Linden 1998), within the sub-skill that is
furthest below its share of the questions (Kingsbury & Zara 1989), unseen questions first, one
question of a family, with progressive exposure control.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from assessments.psychometrics.bank import (
    NO_FAMILY,
    SEARCHED_WHOLE,
    SHORTLIST_LENGTH,
    SHORTLIST_NODES,
    ItemBank,
)
from assessments.psychometrics.estimation import Posterior
from assessments.psychometrics.exposure import PROGRESSIVE, Exposure, pick, progress_towards
from assessments.psychometrics.irt import FloatArray, IntArray
from assessments.psychometrics.stopping import (
    SOLID_STANDARD_ERROR,
    StoppingRule,
    questions_to_go,
)

WHOLE_BANK = -1  # the pool that ignores sub-skills
EQUAL_LAG = 1.0  # questions: sub-skills this close behind their shares are equally wanted
SMALLEST_MASS = 1e-300  # an outcome that cannot happen adds nothing


def next_item(
    bank: ItemBank,
    posterior: Posterior,
    *,
    rng: np.random.Generator,
    asked: Sequence[int] = (),
    excluded: Collection[int] = (),
    seen: Collection[int] = (),
    target: float = SOLID_STANDARD_ERROR,
    balanced: bool = True,
    exposure: Exposure | None = PROGRESSIVE,
) -> int | None:
    """The number of the next item, None when the bank is exhausted.

    asked: item numbers of this sitting; their families are taken too.  excluded: never asked
    (e.g. reported).  seen: met in earlier sittings, asked only when nothing else is left.
    target: the standard error aimed at, which paces the exposure control.
    """
    candidates = candidates_for(bank, posterior, asked=asked, excluded=excluded, seen=seen, balanced=balanced)
    if candidates.size == 0:
        return None
    gains = expected_gain(bank, posterior, candidates)
    progress = progress_towards(target, standard_error=posterior.standard_error)
    return int(candidates[pick(gains, progress=progress, exposure=exposure, rng=rng)])


def expected_gain(bank: ItemBank, posterior: Posterior, items: IntArray) -> FloatArray:
    """How much each item is expected to lower the posterior variance of theta: (n,) >= 0.

    Posterior variance = expected variance after the answer + variance of the mean over the
    outcomes, so the largest gain is the smallest expected posterior variance.
    """
    guessing = bank.guessing[items]
    centred = posterior.grid - posterior.mean
    if posterior.honest_density is None:
        weights = np.column_stack([posterior.density, posterior.density * centred])
        known, known_mean = (bank.knows[items] @ weights).T
        right = guessing + (1.0 - guessing) * known
        right_mean = (1.0 - guessing) * known_mean
        return _spread(right, right_mean) + _spread(1.0 - right, right_mean)
    honest = posterior.honest_density
    weights = np.column_stack([posterior.density, posterior.density * centred, honest, honest * centred])
    known, known_mean, honest_known, honest_mean = (bank.knows[items] @ weights).T
    unknown = honest.sum() - honest_known
    unknown_mean = honest @ centred - honest_mean
    guess, guess_mean = 1.0 - known - unknown, -known_mean - unknown_mean
    return (
        _spread(known + guessing * guess, known_mean + guessing * guess_mean)
        + _spread(unknown, unknown_mean)
        + _spread((1.0 - guessing) * guess, (1.0 - guessing) * guess_mean)
    )


def _spread(mass: FloatArray, first_moment: FloatArray) -> FloatArray:
    """What an outcome of this mass adds to the variance of the posterior mean."""
    return np.asarray(first_moment * first_moment / np.maximum(mass, SMALLEST_MASS))


def candidates_for(
    bank: ItemBank,
    posterior: Posterior,
    *,
    asked: Sequence[int] = (),
    excluded: Collection[int] = (),
    seen: Collection[int] = (),
    balanced: bool = True,
) -> IntArray:
    """The item numbers worth comparing now; empty when the bank is exhausted."""
    taken, families = _taken(bank, asked, excluded)
    for avoided in ({*taken, *seen}, taken) if seen else (taken,):
        for numbers in _pools(bank, posterior, asked, balanced=balanced):
            free = _free(bank, numbers, avoided, families)
            if free.size:
                return free
    return np.empty(0, dtype=np.int64)


def is_exhausted(bank: ItemBank, *, asked: Sequence[int] = (), excluded: Collection[int] = ()) -> bool:
    """Whether nothing is left to ask; stops looking at the first free item."""
    taken, families = _taken(bank, asked, excluded)
    if not families:
        return len(taken) >= len(bank)
    return not any(number not in taken and int(bank.family[number]) not in families for number in range(len(bank)))


def questions_remaining(
    bank: ItemBank,
    posterior: Posterior,
    rule: StoppingRule,
    *,
    asked: Sequence[int] = (),
    excluded: Collection[int] = (),
) -> int:
    """About how many questions are still to come, from the present posterior; cheap."""
    taken, families = _taken(bank, asked, excluded)
    pool = next(_pools(bank, posterior, asked, balanced=False))
    gains = expected_gain(bank, posterior, _free(bank, pool, taken, families))
    expected = questions_to_go(gains, standard_error=posterior.standard_error, target=rule.target)
    return max(0, min(expected, rule.maximum - len(asked)))


def _taken(bank: ItemBank, asked: Sequence[int], excluded: Collection[int]) -> tuple[set[int], set[int]]:
    """Items, and families, that must not be asked any more."""
    families = set(bank.family[list(asked)].tolist()) - {NO_FAMILY} if asked else set()
    return {*asked, *excluded}, families


def _pools(bank: ItemBank, posterior: Posterior, asked: Sequence[int], *, balanced: bool) -> Iterator[IntArray]:
    """Sets of item numbers to look through in turn, the most wanted sub-skills first."""
    split = balanced and len(bank.shares) > 1
    groups = _skills_by_need(bank, asked) if split else [[WHOLE_BANK]]
    if bank.shortlists:
        yield from (_shortlist(bank, posterior, skills, spare=len(asked)) for skills in groups)
    yield from (np.concatenate([bank.pools[skill] for skill in skills]) for skills in groups)


def _shortlist(bank: ItemBank, posterior: Posterior, skills: Sequence[int], *, spare: int) -> IntArray:
    """The items of these sub-skills that inform most near the estimate, a bounded number.

    spare: how many more to list because so many may be taken.
    """
    node = int(np.abs(SHORTLIST_NODES - posterior.mean).argmin())
    each = -(-(SHORTLIST_LENGTH + spare) // len(skills))
    return np.concatenate([bank.shortlists[skill][node, :each] for skill in skills])


def _skills_by_need(bank: ItemBank, asked: Sequence[int]) -> list[list[int]]:
    """Sub-skills in groups, those furthest below their share first.

    Those that lag equally, to within one question, form one group, in which the best item
    wins whatever its sub-skill: a strict order would cost questions and gain no balance.
    A sub-skill wanted with share 0 comes last: only when no other has a question left.
    """
    counts = np.bincount(bank.sub_skill[list(asked)], minlength=bank.shares.size)
    lags = bank.shares * (len(asked) + 1) - counts
    lags = np.where(bank.shares > 0.0, lags, -np.inf).tolist()
    groups: list[list[int]] = []
    for skill in sorted(range(len(lags)), key=lambda each: -lags[each]):
        if groups and lags[skill] >= lags[groups[-1][0]] - EQUAL_LAG:
            groups[-1].append(skill)
        else:
            groups.append([skill])
    return groups


def _free(bank: ItemBank, numbers: IntArray, avoided: set[int], families: set[int]) -> IntArray:
    if numbers.size > SEARCHED_WHOLE:
        free = ~np.isin(numbers, list(avoided))
        if families:
            free &= ~np.isin(bank.family[numbers], list(families))
        return np.asarray(numbers[free])
    if not avoided and not families:
        return numbers
    kept = [number for number in numbers.tolist() if number not in avoided]
    if families:
        kept = [number for number in kept if int(bank.family[number]) not in families]
    return np.array(kept, dtype=np.int64)
