"""A new calibration from the answers so far: a version that is never changed, and moves no score."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Avg, F
from django.utils import timezone

from assessments.models import Area, Attempt, Calibration, ItemParameters, ItemResponse, ItemVersion
from assessments.psychometrics import Anchors, calibrate, estimated_correlation, item_bank, scores_of
from assessments.psychometrics.calibration import PROVISIONAL_FROM
from assessments.psychometrics.calibration import Calibration as Fit
from assessments.psychometrics.effort import ENOUGH_EFFORT, effortful
from assessments.psychometrics.item_analysis import analyse_items, cells_of, share_within_prediction
from assessments.psychometrics.profile import CorrelationEstimate, log_likelihoods_of
from assessments.workflows.estimates import OUTCOMES

FEWEST_ANSWERS = 200  # in an area; below it the labels say more than the answers
FEWEST_ANCHORS = 10
PEOPLE_FOR_CORRELATION = 2000  # more would cost memory and change nothing
SEED = 20261121  # lots of "I don't know" are drawn the same way each time


@dataclass(frozen=True)
class Cell:
    """One eligible answer."""

    learner: int
    version: int
    outcome: str
    guessing: float
    label: int


@dataclass(frozen=True)
class AreaFit:
    """What the answers of one area came to."""

    area: Area
    fit: Fit
    versions: list[int]
    report: dict[str, Any]
    scored: list[tuple[int, int, int]]  # learner, place of the version, score


def calibrate_items(*, say: Callable[[str], None] = lambda _line: None) -> Calibration | None:
    """Fit every area with enough eligible answers; None when no area has them."""
    before = Calibration.objects.current()
    fits = []
    for area in Area.objects.all():
        cells = eligible(area)
        say(f"{area}: {len(cells)} eligible answers")
        if len(cells) >= FEWEST_ANSWERS:
            fits.append(fit_area(area, cells, before))
    return store(before, fits) if fits else None


def eligible(area: Area) -> list[Cell]:
    """First exposures in finished sittings, answered with effort."""
    seconds = mean_seconds(area)
    cells: dict[tuple[int, int], Cell] = {}
    for attempt in finished_in(area):
        rows = [row for row in attempt.responses.all() if row.version.item.area_id == area.pk and row.outcome]
        for row, shown in zip(rows, with_effort(rows, seconds), strict=True):
            if shown:
                cells.setdefault(
                    (attempt.learner_id, row.version.item_id),
                    Cell(attempt.learner_id, row.version_id, row.outcome, row.guessing, row.version.difficulty_label),
                )
    return list(cells.values())


def finished_in(area: Area) -> Iterable[Attempt]:
    sittings = Attempt.objects.finished().filter(responses__version__item__area=area).distinct()
    return sittings.order_by("started_at").prefetch_related("responses__version__item").iterator(chunk_size=200)


def mean_seconds(area: Area) -> dict[int, float]:
    """How long the answers to each version take; its editor's estimate where nobody was timed."""
    timed = dict(
        ItemResponse.objects.answered()
        .filter(version__item__area=area, visible_ms__isnull=False)
        .values_list("version")
        .annotate(mean=Avg("visible_ms") / 1000)
    )
    estimates = ItemVersion.objects.filter(item__area=area).values_list("pk", "seconds")
    return {pk: timed.get(pk, float(seconds)) for pk, seconds in estimates}


def with_effort(rows: list[ItemResponse], seconds: dict[int, float]) -> list[bool]:
    """Which answers took effort; none of a sitting that was mostly clicked through."""
    taken = [None if row.visible_ms is None else row.visible_ms / 1000 for row in rows]
    shown = effortful(taken, np.array([seconds[row.version_id] for row in rows]))
    if shown.size and shown.mean() < ENOUGH_EFFORT:
        return [False] * len(rows)
    return [bool(one) for one in shown]


def fit_area(area: Area, cells: list[Cell], before: Calibration) -> AreaFit:
    versions = sorted({cell.version for cell in cells})
    place = {version: number for number, version in enumerate(versions)}
    about = {cell.version: cell for cell in cells}
    guessing = np.array([about[version].guessing for version in versions])
    person = np.array([cell.learner for cell in cells])
    item = np.array([place[cell.version] for cell in cells])
    outcomes = [OUTCOMES[cell.outcome] for cell in cells]
    score = scores_of(outcomes, guessing[item], rng=np.random.default_rng(SEED))
    known = {row.version_id: row for row in before.parameters.filter(version__in=versions)}
    fit = calibrate(
        np.unique(person, return_inverse=True)[1],
        item,
        score,
        guessing=guessing,
        labels=[about[version].label for version in versions],
        items=len(versions),
        anchors=anchors(versions, known),
    )
    report = report_of(area, fit, person, item, score, guessing, versions, known)
    scored = list(zip(person.tolist(), item.tolist(), score.tolist(), strict=True))
    return AreaFit(area, fit, versions, report, scored)


def anchors(versions: list[int], known: dict[int, ItemParameters]) -> Anchors | None:
    """Items of the last calibration keep the scale where it was."""
    if len(known) < FEWEST_ANCHORS:
        return None
    return Anchors(
        kept=np.array([version in known for version in versions]),
        discrimination=np.array([known[v].discrimination if v in known else 1.0 for v in versions]),
        difficulty=np.array([known[v].difficulty if v in known else 0.0 for v in versions]),
    )


def report_of(
    area: Area,
    fit: Fit,
    person: Any,
    item: Any,
    score: Any,
    guessing: Any,
    versions: list[int],
    known: dict[int, ItemParameters],
) -> dict[str, Any]:
    """Items, answers, what moved, and whether the model predicts the answers it was fitted to."""
    cells = cells_of(
        np.unique(person, return_inverse=True)[1],
        item,
        score,
        discrimination=fit.discrimination,
        difficulty=fit.difficulty,
        guessing=guessing,
    )
    moved = [abs(fit.difficulty[place] - known[v].difficulty) for place, v in enumerate(versions) if v in known]
    return {
        "area": area.slug,
        "items": len(versions),
        "answers": int(item.size),
        "people": int(np.unique(person).size),
        "calibrated": int((fit.answers >= PROVISIONAL_FROM).sum()),
        "largest_move": float(max(moved)) if moved else None,
        "predicted": share_within_prediction(analyse_items(cells)),
        "converged": bool(fit.converged),
    }


def correlation_of(fits: list[AreaFit]) -> CorrelationEstimate | None:
    """How alike the areas are in one person, from people who were measured in two or more."""
    banks = [item_bank(fit.fit.discrimination, fit.fit.difficulty, fit.fit.guessing) for fit in fits]
    answers: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for place, fit in enumerate(fits):
        for learner, item, score in fit.scored:
            answers.setdefault(learner, {}).setdefault(place, []).append((item, score))
    several = [by_area for by_area in answers.values() if len(by_area) > 1][:PEOPLE_FOR_CORRELATION]
    if not several:
        return None
    people = [log_likelihoods_of(banks, flattened(by_area)) for by_area in several]
    return estimated_correlation(people)


def doubt_of(correlation: CorrelationEstimate | None, before: Calibration) -> dict[str, float] | None:
    """How far the correlation is known: readiness shows a range over what it may be."""
    if correlation is None:
        return before.report.get("correlation")
    return {
        "value": correlation.correlation,
        "standard_error": correlation.standard_error,
        "people": correlation.people,
    }


def flattened(by_area: dict[int, list[tuple[int, int]]]) -> list[tuple[int, int, int]]:
    return [(place, item, score) for place, rows in by_area.items() for item, score in rows]


@transaction.atomic
def store(before: Calibration, fits: list[AreaFit]) -> Calibration:
    """The next version. What is not fitted anew keeps its parameters."""
    weights = np.array([fit.report["answers"] for fit in fits], dtype=float)
    ladder = np.average([fit.fit.label_difficulties for fit in fits], axis=0, weights=weights)
    spread = float(np.average([fit.fit.label_difficulty_sd for fit in fits], weights=weights))
    correlation = correlation_of(fits)
    new = Calibration.objects.create(
        number=before.number + 1,
        created_at=timezone.now(),
        level_cuts=before.level_cuts,
        label_difficulties=[float(step) for step in ladder],
        label_standard_deviation=spread,
        area_correlation=correlation.correlation if correlation else before.area_correlation,
        report={"areas": [fit.report for fit in fits], "correlation": doubt_of(correlation, before)},
    )
    fresh = [row for fit in fits for row in parameters_of(fit, new)]
    refitted = {row.version_id for row in fresh}
    kept = list(before.parameters.exclude(version__in=refitted))
    for row in kept:
        row.pk, row.calibration = None, new
    ItemParameters.objects.bulk_create([*fresh, *kept], batch_size=500)
    Area.objects.update(bank_revision=F("bank_revision") + 1)
    return new


def parameters_of(area: AreaFit, calibration: Calibration) -> Iterable[ItemParameters]:
    fit = area.fit
    for place, version in enumerate(area.versions):
        if fit.answers[place] >= PROVISIONAL_FROM:
            yield ItemParameters(
                version_id=version,
                calibration=calibration,
                discrimination=float(fit.discrimination[place]),
                difficulty=float(fit.difficulty[place]),
                log_discrimination_error=float(fit.log_discrimination_sd[place]),
                difficulty_error=float(fit.difficulty_se[place]),
                answers=int(fit.answers[place]),
            )
