"""One person measured in all areas together, in one sitting.

sitting = MapSitting(banks)
while sitting.stopped is None:
    question = sitting.next_item(rng)
    sitting.answer(question, Outcome.RIGHT)
print(sitting.profile.means, sitting.profile.standard_errors)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assessments.psychometrics.bank import ItemBank
from assessments.psychometrics.estimation import HonestyPrior, Posterior, log_likelihood_of_answer
from assessments.psychometrics.exposure import PROGRESSIVE, Exposure
from assessments.psychometrics.irt import Outcome
from assessments.psychometrics.profile import (
    CAUTIOUS_CORRELATION,
    Answer,
    Profile,
    log_likelihoods_of,
    profile_from,
)
from assessments.psychometrics.selection import is_exhausted, next_item
from assessments.psychometrics.stopping import SOLID_STANDARD_ERROR, StopReason

NOTHING: Mapping[int, Collection[int]] = {}


class MapQuestion(NamedTuple):
    """An item is known by its area and its number in the bank of that area."""

    area: int
    item: int


def next_map_question(
    banks: Sequence[ItemBank],
    profile: Profile,
    *,
    rng: np.random.Generator,
    asked: Mapping[int, Sequence[int]],
    needed: Collection[int] | None = None,
    excluded: Mapping[int, Collection[int]] = NOTHING,
    seen: Mapping[int, Collection[int]] = NOTHING,
    target: float = SOLID_STANDARD_ERROR,
    balanced: bool = True,
    exposure: Exposure | None = PROGRESSIVE,
) -> MapQuestion | None:
    """The best item of the area known least, None when no needed area can be improved.

    asked, excluded, seen: item numbers by area.  needed: the areas that must reach `target`,
    all when not given; an area is left as soon as it has.
    """
    for area in _widest_first(profile.areas, needed, target, rng):
        item = next_item(
            banks[area],
            profile.areas[area],
            rng=rng,
            asked=asked.get(area, ()),
            excluded=excluded.get(area, ()),
            seen=seen.get(area, ()),
            target=target,
            balanced=balanced,
            exposure=exposure,
        )
        if item is not None:
            return MapQuestion(area, item)
    return None


def _widest_first(
    areas: Sequence[Posterior],
    needed: Collection[int] | None,
    target: float,
    rng: np.random.Generator,
) -> list[int]:
    """Needed areas that miss the target, the least known first, ties in random order."""
    wanted = range(len(areas)) if needed is None else needed
    unmet = [area for area in wanted if areas[area].standard_error > target]
    order = rng.permutation(len(unmet))
    return sorted((unmet[place] for place in order), key=lambda area: -round(areas[area].standard_error, 9))


class MapSitting:
    """The answers of one person over all areas so far, and what they say."""

    def __init__(
        self,
        banks: Sequence[ItemBank],
        *,
        target: float = SOLID_STANDARD_ERROR,
        maximum: int | None = None,
        needed: Collection[int] | None = None,
        correlation: float = CAUTIOUS_CORRELATION,
        honesty: HonestyPrior | None = None,
        balanced: bool = True,
        exposure: Exposure | None = PROGRESSIVE,
        excluded: Mapping[int, Collection[int]] = NOTHING,
        seen: Mapping[int, Collection[int]] = NOTHING,
    ) -> None:
        self.banks = tuple(banks)
        self.target = target
        self.maximum = sum(map(len, banks)) if maximum is None else maximum
        self.needed = tuple(range(len(self.banks)) if needed is None else needed)
        self.correlation = correlation
        self.honesty = honesty
        self.balanced = balanced
        self.exposure = exposure
        self.excluded = excluded
        self.seen = seen
        self.answers: list[Answer] = []
        self.asked: dict[int, list[int]] = {area: [] for area in range(len(self.banks))}
        self.log_likelihoods = log_likelihoods_of(self.banks, (), honesty=honesty)
        self.profile: Profile = self._profile()

    def next_item(self, rng: np.random.Generator) -> MapQuestion | None:
        """The question to ask now, None when no needed area can be improved."""
        return next_map_question(
            self.banks,
            self.profile,
            rng=rng,
            asked=self.asked,
            needed=self.needed,
            excluded=self.excluded,
            seen=self.seen,
            target=self.target,
            balanced=self.balanced,
            exposure=self.exposure,
        )

    def answer(self, question: tuple[int, int], outcome: Outcome | int) -> MapSitting:
        """Take one answer.  ValueError for a question asked before or an UNKNOWN not offered."""
        area, item = question
        if item in self.asked[area]:
            raise ValueError(f"item {item} of area {area} was answered before")
        added = log_likelihood_of_answer(self.banks[area], item, outcome, honesty=self.honesty)
        self.log_likelihoods[area] += added
        self.asked[area].append(int(item))
        self.answers.append((area, int(item), int(outcome)))
        self.profile = self._profile()
        return self

    @property
    def stopped(self) -> StopReason | None:
        """Why the sitting is over, None while it is not."""
        unmet = [area for area in self.needed if self.profile.areas[area].standard_error > self.target]
        if not unmet:
            return StopReason.PRECISE
        if len(self.answers) >= self.maximum:
            return StopReason.MAXIMUM
        if all(self._is_exhausted(area) for area in unmet):
            return StopReason.EXHAUSTED
        return None

    def _is_exhausted(self, area: int) -> bool:
        return is_exhausted(self.banks[area], asked=self.asked[area], excluded=self.excluded.get(area, ()))

    def _profile(self) -> Profile:
        return profile_from(self.log_likelihoods, correlation=self.correlation, honesty=self.honesty)
