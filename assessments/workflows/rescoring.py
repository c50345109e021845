"""Scoring finished sittings by another calibration: an explicit act, shown before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from assessments.models import AreaEstimate, Attempt, Calibration, ItemParameters, ItemResponse
from assessments.psychometrics import Posterior
from assessments.psychometrics.scale import SHOWN_PROBABILITY, level_of
from assessments.workflows import estimates
from assessments.workflows.banks import from_label


@dataclass(frozen=True)
class Rescored:
    """One sitting of one area, by its old calibration and by the new one."""

    attempt: Attempt
    responses: list[ItemResponse]
    posterior: Posterior
    level_before: int
    level_after: int

    @property
    def changes_level(self) -> bool:
        return self.level_before != self.level_after


def rescored(calibration: Calibration) -> Iterator[Rescored]:
    """Every finished sitting of one area as this calibration sees it; nothing is saved."""
    known = {row.version_id: row for row in ItemParameters.objects.filter(calibration=calibration)}
    sittings = Attempt.objects.finished().exclude(area=None).exclude(calibration=calibration).exclude(answers=0)
    for attempt in sittings.select_related("area", "calibration").iterator(chunk_size=200):
        responses = list(attempt.responses.answered().select_related("version__item").order_by("position"))
        for response in responses:
            set_parameters(response, known.get(response.version_id), calibration)
        posterior = estimates.posterior([estimates.scored(response) for response in responses])
        yield Rescored(
            attempt=attempt,
            responses=responses,
            posterior=posterior,
            level_before=level_of(attempt.theta, cuts=tuple(attempt.calibration.level_cuts)),
            level_after=level_of(posterior.mean, cuts=tuple(calibration.level_cuts)),
        )


def set_parameters(response: ItemResponse, known: ItemParameters | None, calibration: Calibration) -> None:
    response.rests_on_label = known is None
    values = (
        from_label(response.version.difficulty_label, calibration)
        if known is None
        else {name: getattr(known, name) for name in PARAMETERS}
    )
    for name, value in values.items():
        setattr(response, name, value)


PARAMETERS = ("discrimination", "difficulty", "log_discrimination_error", "difficulty_error")


@transaction.atomic
def apply(calibration: Calibration) -> int:
    """Write every sitting as this calibration scores it; return how many."""
    count = 0
    for one in rescored(calibration):
        save(one, calibration)
        count += 1
    return count


def save(one: Rescored, calibration: Calibration) -> None:
    attempt, posterior = one.attempt, one.posterior
    low, high = posterior.interval(SHOWN_PROBABILITY)
    ItemResponse.objects.bulk_update(one.responses, [*PARAMETERS, "rests_on_label"])
    attempt.calibration = calibration
    attempt.theta, attempt.standard_error, attempt.low, attempt.high = (
        posterior.mean,
        posterior.standard_error,
        low,
        high,
    )
    attempt.save(update_fields=["calibration", "theta", "standard_error", "low", "high"])
    counted = [response for response in one.responses if response.counts]
    AreaEstimate.objects.filter(attempt=attempt).update(
        theta=posterior.mean,
        standard_error=posterior.standard_error,
        low=low,
        high=high,
        own_theta=posterior.mean,
        own_standard_error=posterior.standard_error,
        label_share=sum(response.rests_on_label for response in counted) / max(len(counted), 1),
    )
