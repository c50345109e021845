"""Counts what answers say of each question, and sends a broken one back to pretest.

Read from the responses in order and written as rows: whenever it runs, the same answers give the
same rows, so it can be stopped, repeated and run beside everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from assessments.models import (
    Area,
    Attempt,
    Calibration,
    Demotion,
    ItemResponse,
    ItemStatistics,
    ItemVersion,
    Life,
)
from assessments.psychometrics import scores_of
from assessments.psychometrics.irt import expected_knows
from assessments.psychometrics.item_evidence import POPULATION, Answers, joint_of
from assessments.psychometrics.item_verdict import findings_of, harm_of, must_rest
from assessments.workflows.attention import tell_editors
from assessments.workflows.banks import from_label
from assessments.workflows.calibrations import finished_in, mean_seconds, with_effort
from assessments.workflows.estimates import OUTCOMES
from assessments.workflows.items import set_life
from assessments.workflows.version_numbers import Believed, Numbers, numbers_of

SEED = 20261121  # lots of "I don't know" are drawn the same way each time


@dataclass(frozen=True)
class Given:
    """One eligible answer of an area, and the sitting it belongs to."""

    sitting: int
    response: ItemResponse


def count_all(*, say: Callable[[str], None] = lambda _line: None) -> int:
    """Count every area that has answers since its last count; gives the number of versions counted."""
    counted = 0
    for area in Area.objects.all():
        if is_stale(area):
            rows = count_area(area)
            counted += len(rows)
            say(f"{area}: {len(rows)} versions counted, {sum(bool(row.findings) for row in rows)} to look at")
    return counted


def is_stale(area: Area) -> bool:
    """Whether a sitting with questions of the area has ended since it was counted."""
    last = ItemStatistics.objects.filter(version__item__area=area).order_by("-counted_at").first()
    ended = Attempt.objects.finished().filter(responses__version__item__area=area)
    return ended.filter(finished_at__gt=last.counted_at).exists() if last else ended.exists()


def count_area(area: Area) -> list[ItemStatistics]:
    """New rows for every version of the area that has been answered."""
    now = timezone.now()
    given = list(eligible(area))
    if not given:
        return []
    answers = table_of(given)
    joint = joint_of(answers)
    beliefs = beliefs_of(area)
    exposures = exposures_of(area)
    seconds = median_seconds(given)
    found: dict[int, Numbers] = {}
    for version, places in by_version(given).items():
        found[version.pk] = numbers_of(
            version,
            beliefs[version.pk],
            answers,
            joint,
            np.array(places),
            [given[place].response for place in places],
            exposure=exposures.get(version.pk, 0.0),
            seconds=seconds.get(version.pk),
            earlier=found.get(earlier_of(version, found)),
        )
    return store(found, now)


def eligible(area: Area) -> Iterable[Given]:
    """First exposures in finished sittings, answered with effort, sitting by sitting."""
    seconds = mean_seconds(area)
    met: set[tuple[int, int]] = set()
    sitting = 0
    for attempt in finished_in(area):
        rows = [row for row in attempt.responses.all() if row.version.item.area_id == area.pk and row.outcome]
        kept = []
        for row, shown in zip(rows, with_effort(rows, seconds), strict=True):
            cell = (attempt.learner_id, row.version.item_id)
            if shown and cell not in met:
                kept.append(row)
            met.add(cell)
        yield from (Given(sitting, row) for row in kept)
        sitting += bool(kept)


def table_of(given: list[Given]) -> Answers:
    """The answers as arrays, each with the curve it was scored by."""
    rows = np.array([scoring_of(one.response) for one in given])
    different, curve = np.unique(rows, axis=0, return_inverse=True)
    knows = expected_knows(
        POPULATION.theta,
        discrimination=different[:, 0],
        difficulty=different[:, 1],
        difficulty_sd=different[:, 3],
        log_discrimination_sd=different[:, 4],
    )
    guessing = different[:, 2, None]
    outcomes = [OUTCOMES[one.response.outcome] for one in given]
    return Answers(
        sitting=np.array([one.sitting for one in given]),
        right=scores_of(outcomes, rows[:, 2], rng=np.random.default_rng(SEED)),
        curve=curve.reshape(-1),
        counts=np.array([one.response.counts for one in given]),
        curves=guessing + (1.0 - guessing) * knows,
    )


def scoring_of(row: ItemResponse) -> tuple[float, float, float, float, float]:
    return (row.discrimination, row.difficulty, row.guessing, row.difficulty_error, row.log_discrimination_error)


def by_version(given: list[Given]) -> dict[ItemVersion, list[int]]:
    """Places in the table of the answers to each version, older versions first."""
    found: dict[ItemVersion, list[int]] = {}
    for place, one in enumerate(given):
        found.setdefault(one.response.version, []).append(place)
    return dict(sorted(found.items(), key=lambda pair: (pair[0].item_id, pair[0].number)))


def earlier_of(version: ItemVersion, found: dict[int, Numbers]) -> int:
    """The last version before this one that was counted; 0 if there is none."""
    before = [numbers.version for numbers in found.values() if numbers.version.item_id == version.item_id]
    return max(before, key=lambda one: one.number).pk if before else 0


def beliefs_of(area: Area) -> dict[int, Believed]:
    """What each version is scored with now: from answers, or from its label."""
    calibration = Calibration.objects.current()
    known = {row.version_id: row for row in calibration.parameters.filter(version__item__area=area)}
    found = {}
    for version in ItemVersion.objects.filter(item__area=area).only("pk", "guessing", "difficulty_label"):
        label = from_label(version.difficulty_label, calibration)
        row: Any = known.get(version.pk)
        values = {name: getattr(row, name) for name in label} if row else label
        found[version.pk] = Believed(
            guessing=version.guessing, label_difficulty=label["difficulty"], rests_on_label=row is None, **values
        )
    return found


def exposures_of(area: Area) -> dict[int, float]:
    """The share of the finished sittings with questions of the area that met each version."""
    met = ItemResponse.objects.answered().filter(attempt__state=Attempt.State.FINISHED, version__item__area=area)
    sittings = met.values("attempt").distinct().count()
    return {pk: n / sittings for pk, n in met.values_list("version").annotate(n=Count("pk"))}


def median_seconds(given: list[Given]) -> dict[int, float]:
    times: dict[int, list[int]] = {}
    for one in given:
        if one.response.visible_ms is not None:
            times.setdefault(one.response.version_id, []).append(one.response.visible_ms)
    return {pk: median(some) / 1000 for pk, some in times.items()}


@transaction.atomic
def store(found: dict[int, Numbers], now: Any) -> list[ItemStatistics]:
    """The rows in the place of those before, and broken questions back to pretest."""
    ItemStatistics.objects.filter(version__in=found).delete()
    rows = [row_of(pk, numbers, now) for pk, numbers in found.items()]
    ItemStatistics.objects.bulk_create(rows, batch_size=500)
    broken = [(pk, numbers) for pk, numbers in found.items() if must_rest(numbers.judged)]
    rested = [numbers.version for pk, numbers in broken if rest(pk, numbers)]
    transaction.on_commit(lambda: tell_editors(rested))
    return rows


def row_of(pk: int, numbers: Numbers, now: Any) -> ItemStatistics:
    said = findings_of(numbers.judged)
    return ItemStatistics(
        version_id=pk,
        counted_at=now,
        answers=numbers.judged.answers,
        harm=harm_of(said, exposure=numbers.exposure),
        findings=[{"finding": one.finding.value, "option": one.option} for one in said],
        numbers=numbers.stored,
    )


def rest(pk: int, numbers: Numbers) -> bool:
    """Back to pretest, once: where an editor has looked and put it back, it stays. Whether it went."""
    item = numbers.version.item
    if item.life != Life.OPERATIONAL or item.current_version_id != pk:
        return False
    _row, first = Demotion.objects.get_or_create(
        version_id=pk,
        defaults={
            "answers": numbers.judged.answers,
            "slope_low": numbers.judged.slope_low,
            "residual_z": numbers.judged.residual_z,
        },
    )
    if first:
        set_life([item], Life.PRETEST)
    return first
