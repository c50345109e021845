"""One person measured in one area, question by question.

sitting = Sitting.start(a, b, c)
while sitting.stopped is None:
    item = sitting.next_item(rng)
    sitting.answer(item, Outcome.RIGHT)
print(sitting.posterior.mean, sitting.posterior.standard_error)
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from assessments.psychometrics.bank import NO_FAMILY, ItemBank, item_bank
from assessments.psychometrics.estimation import (
    HONESTY,
    STANDARD_NORMAL,
    HonestyPrior,
    Posterior,
    log_likelihood,
    log_likelihood_of_answer,
    posterior_from,
)
from assessments.psychometrics.exposure import PROGRESSIVE, Exposure
from assessments.psychometrics.irt import FloatArray, Outcome
from assessments.psychometrics.selection import is_exhausted, next_item, questions_remaining
from assessments.psychometrics.stopping import (
    SOLID,
    StoppingRule,
    StopReason,
    stop_reason,
)


class Sitting:
    """The answers of one person so far, and what they say.

    asked, outcomes: what was asked and came of it, in order.  log_likelihood: (G,), with
    honesty (G, H); each answer adds to it, so an answer costs the same at any length.
    """

    def __init__(
        self,
        bank: ItemBank,
        *,
        rule: StoppingRule = SOLID,
        honesty: HonestyPrior | None = None,
        balanced: bool = True,
        exposure: Exposure | None = PROGRESSIVE,
        excluded: Collection[int] = (),
        seen: Collection[int] = (),
        prior: FloatArray = STANDARD_NORMAL,
    ) -> None:
        self.bank = bank
        self.rule = rule
        self.honesty = honesty
        self.balanced = balanced
        self.exposure = exposure
        self.excluded = frozenset(excluded)
        self.seen = frozenset(seen)
        self.prior = prior
        self.asked: list[int] = []
        self.outcomes: list[Outcome] = []
        self.log_likelihood = log_likelihood(bank, (), (), honesty=honesty)
        self.posterior: Posterior = self._posterior()

    @classmethod
    def start(
        cls,
        discrimination: npt.ArrayLike,
        difficulty: npt.ArrayLike,
        guessing: npt.ArrayLike = 0.0,
        *,
        difficulty_sd: npt.ArrayLike = 0.0,
        log_discrimination_sd: npt.ArrayLike = 0.0,
        sub_skill: npt.ArrayLike = 0,
        family: npt.ArrayLike = NO_FAMILY,
        offers_unknown: bool = False,
        target: float = SOLID.target,
        maximum: int = SOLID.maximum,
        balanced: bool = True,
        exposure: Exposure | None = PROGRESSIVE,
    ) -> Sitting:
        """Start from plain arrays.  offers_unknown: "I don't know" may be answered."""
        bank = item_bank(
            discrimination,
            difficulty,
            guessing,
            difficulty_sd=difficulty_sd,
            log_discrimination_sd=log_discrimination_sd,
            sub_skill=sub_skill,
            family=family,
        )
        return cls(
            bank,
            rule=StoppingRule(target, maximum),
            honesty=HONESTY if offers_unknown else None,
            balanced=balanced,
            exposure=exposure,
        )

    def next_item(self, rng: np.random.Generator) -> int | None:
        """The number of the item to ask now, None when the bank is exhausted."""
        return next_item(
            self.bank,
            self.posterior,
            asked=self.asked,
            excluded=self.excluded,
            seen=self.seen,
            target=self.rule.target,
            balanced=self.balanced,
            exposure=self.exposure,
            rng=rng,
        )

    def answer(self, item: int, outcome: Outcome | int) -> Sitting:
        """Take one answer.  ValueError for an item asked before, or an UNKNOWN not offered."""
        if item in self.asked:
            raise ValueError(f"item {item} was answered before")
        added = log_likelihood_of_answer(self.bank, item, outcome, honesty=self.honesty)
        self.log_likelihood = self.log_likelihood + added
        self.asked.append(int(item))
        self.outcomes.append(Outcome(outcome))
        self.posterior = self._posterior()
        return self

    @property
    def mean(self) -> float:
        """The estimate of theta."""
        return self.posterior.mean

    @property
    def standard_error(self) -> float:
        """The posterior SD of theta."""
        return self.posterior.standard_error

    def interval(self, probability: float = 0.95) -> tuple[float, float]:
        """The interval that holds theta with this probability."""
        return self.posterior.interval(probability)

    @property
    def stopped(self) -> StopReason | None:
        """Why the sitting is over, None while it is not."""
        return stop_reason(
            self.rule,
            standard_error=self.posterior.standard_error,
            asked=len(self.asked),
            exhausted=is_exhausted(self.bank, asked=self.asked, excluded=self.excluded),
        )

    @property
    def remaining(self) -> int:
        """About how many questions are still to come."""
        return questions_remaining(self.bank, self.posterior, self.rule, asked=self.asked, excluded=self.excluded)

    def _posterior(self) -> Posterior:
        return posterior_from(self.log_likelihood, honesty=self.honesty, prior=self.prior)
