"""The course of a sitting: over one area, or over all of them together.

Both say the same things of the answers so far: how exact the estimate is, whether to stop, what
to ask next, and about how much is still to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from assessments.models import Area, Attempt, Calibration
from assessments.psychometrics import (
    HONESTY,
    Posterior,
    Profile,
    StoppingRule,
    is_exhausted,
    next_item,
    next_map_question,
    profile_of,
    questions_remaining,
    stop_reason,
)
from assessments.workflows.banks import AreaBank, Parameters, area_bank, map_banks
from assessments.workflows.estimates import ENDS, OUTCOMES, RULES, Scored, bank_of, posterior

MOST_ON_TRIAL = 2  # pretest questions in one sitting of one area
SHARE_ON_TRIAL = 0.15  # chance of each question to be one, until there were so many
ROUND = 50  # questions of the map after which she may rest and see where she stands
MAP_MAXIMUM = 400


@dataclass(frozen=True)
class Asked:
    """The question to ask now, and what it will be scored with."""

    version: int
    counts: bool
    parameters: Parameters


class Course(Protocol):
    """What a sitting needs to know of its answers."""

    def widest(self) -> Posterior:
        """The posterior that still has to narrow: of the area, or of the least known area needed."""

    def end(self) -> str | None: ...

    def next(self) -> Asked | None: ...

    def to_go(self) -> int: ...


class AreaCourse:
    """One area by itself."""

    def __init__(self, attempt: Attempt, bank: AreaBank, answered: Sequence[Scored]) -> None:
        self.attempt = attempt
        self.bank = bank
        self.answered = list(answered)
        self.rule: StoppingRule = RULES[attempt.goal]
        self.asked = bank.places([response.item for response in answered])
        self.posterior = posterior(self.answered)

    def widest(self) -> Posterior:
        return self.posterior

    def end(self) -> str | None:
        reason = stop_reason(
            self.rule,
            standard_error=self.posterior.standard_error,
            asked=len(self.answered),
            exhausted=is_exhausted(self.bank.bank, asked=self.asked),
        )
        return ENDS[reason] if reason else None

    def next(self) -> Asked | None:
        rng = np.random.default_rng()
        return self.on_trial(rng) or self.operational(rng)

    def operational(self, rng: np.random.Generator) -> Asked | None:
        place = next_item(
            self.bank.bank,
            self.posterior,
            rng=rng,
            asked=self.asked,
            seen=self.bank.places(self.attempt.seen_before),
            target=self.rule.target,
        )
        return None if place is None else Asked(self.bank.versions[place], True, self.bank.parameters(place))

    def on_trial(self, rng: np.random.Generator) -> Asked | None:
        """Now and then a question whose worth is not known yet: it is never counted."""
        tried = [response for response in self.answered if not response.counts]
        if len(tried) >= MOST_ON_TRIAL or not self.answered or rng.random() > SHARE_ON_TRIAL:
            return None
        met = {response.item for response in self.answered} | set(self.attempt.seen_before)
        free = [one for one in self.bank.on_trial if one.item not in met]
        if not free:
            return None
        chosen = free[int(rng.integers(len(free)))]
        return Asked(chosen.version, False, chosen.parameters)

    def to_go(self) -> int:
        left = questions_remaining(self.bank.bank, self.posterior, self.rule, asked=self.asked)
        return max(1, min(left, self.rule.maximum - len(self.answered)))


class MapCourse:
    """All areas together: each answer informs the neighbours."""

    def __init__(
        self, attempt: Attempt, areas: Sequence[int], banks: Sequence[AreaBank], answered: Sequence[Scored]
    ) -> None:
        self.attempt = attempt
        self.areas = list(areas)
        self.banks = list(banks)
        self.answered = list(answered)
        self.target = RULES[attempt.goal].target
        needed = attempt.plan.get("needed") or self.areas
        self.needed = [place for place, area in enumerate(self.areas) if area in needed]

    @cached_property
    def profile(self) -> Profile:
        """All areas from the parameters kept beside the answers."""
        groups = [[one for one in self.answered if one.area == area and one.counts] for area in self.areas]
        answers = [
            (place, number, OUTCOMES[one.outcome])
            for place, group in enumerate(groups)
            for number, one in enumerate(group)
        ]
        return profile_of(
            [bank_of(group) for group in groups],
            answers,
            correlation=self.attempt.calibration.area_correlation,
            honesty=HONESTY,
        )

    @property
    def asked(self) -> dict[int, list[int]]:
        items = [one.item for one in self.answered]
        return {place: bank.places(items) for place, bank in enumerate(self.banks)}

    @property
    def unmet(self) -> list[int]:
        errors = self.profile.standard_errors
        return [place for place in self.needed if errors[place] > self.target]

    def widest(self) -> Posterior:
        return max((self.profile.areas[place] for place in self.needed), key=lambda one: one.standard_error)

    def end(self) -> str | None:
        if not self.unmet:
            return Attempt.End.REACHED
        return Attempt.End.MAXIMUM if len(self.answered) >= MAP_MAXIMUM else None

    def next(self) -> Asked | None:
        question = next_map_question(
            [bank.bank for bank in self.banks],
            self.profile,
            rng=np.random.default_rng(),
            asked=self.asked,
            needed=self.needed,
            seen={place: bank.places(self.attempt.seen_before) for place, bank in enumerate(self.banks)},
            target=self.target,
        )
        if question is None:
            return None
        bank = self.banks[question.area]
        return Asked(bank.versions[question.item], True, bank.parameters(question.item))

    def to_go(self) -> int:
        """To the end of the round: what lies beyond is hers to decide."""
        return ROUND - len(self.answered) % ROUND


def course_of(attempt: Attempt, answered: Sequence[Scored]) -> AreaCourse | MapCourse:
    if attempt.area is not None:
        return AreaCourse(attempt, area_bank(attempt.area, attempt.calibration), answered)
    areas, banks = map_banks(attempt.bank_stamp, attempt.calibration)
    return MapCourse(attempt, areas, banks, answered)


def can_be_mapped(calibration: Calibration) -> bool:
    """Whether two areas or more can be measured: a map of one is that area."""
    return len(map_banks(Area.objects.bank_stamp(), calibration)[0]) > 1
