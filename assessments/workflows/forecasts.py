"""How many questions a sitting will take: simulated on the bank as it is, and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from django.db.models import Avg

from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, Calibration, Forecast, Goal, ItemVersion
from assessments.psychometrics import HONESTY, ItemBank, MapSitting, StoppingRule, StopReason, planned_length
from assessments.psychometrics.simulation import (
    SimulationReport,
    simulate,
    simulated_outcome,
    simulated_people,
    true_items_of,
)
from assessments.workflows.banks import area_bank, map_banks
from assessments.workflows.courses import MAP_MAXIMUM
from assessments.workflows.estimates import RULES

PEOPLE_A_PART = 20
MAPPED_PEOPLE = 20  # a map is some hundred decisions: few people, and the number is rounded on the page
NEVER_ADMIT = 0.3  # share of people who never say "I don't know" (measurement.md)


def refresh(areas: list[Area], *, say: Callable[[str], None] = lambda _line: None) -> None:
    """Simulate again every bank that has changed since its last forecast."""
    calibration = Calibration.objects.current()
    fresh = set(Forecast.objects.filter(calibration=calibration).values_list("area", "bank_revision"))
    for area in areas:
        if (area.pk, area.bank_revision) not in fresh:
            forecast(area, calibration, say)
    forecast_map(calibration, say)


def forecast_map(calibration: Calibration, say: Callable[[str], None]) -> None:
    """The map of all areas, by simulating whole maps."""
    stamp = Area.objects.bank_stamp()
    if Forecast.objects.filter(area=None, calibration=calibration, bank_revision=stamp).exists():
        return
    Forecast.objects.filter(area=None).delete()
    _areas, banks = map_banks(stamp, calibration)
    if len(banks) < 2:
        return
    lengths, reached = simulated_maps([bank.bank for bank in banks], calibration)
    Forecast.objects.create(
        area=None,
        goal=Goal.QUICK,
        calibration=calibration,
        bank_revision=stamp,
        typical=int(np.ceil(np.median(lengths))),
        most=int(np.ceil(np.quantile(lengths, 0.9))),
        reached=reached,
        minutes=round(float(np.median(lengths)) * mean_seconds([v for bank in banks for v in bank.versions]) / 60),
    )
    say(f"All areas together: about {np.median(lengths):.0f} questions")


def simulated_maps(banks: list[ItemBank], calibration: Calibration) -> tuple[list[int], float]:
    """How long the maps of simulated people are, and what share reaches the precision everywhere."""
    rng = np.random.default_rng(0)
    correlation = calibration.area_correlation
    lengths, reached = [], 0
    for person in simulated_people(MAPPED_PEOPLE, rng, never_admit=NEVER_ADMIT):
        sitting = MapSitting(
            banks, target=RULES[Goal.QUICK].target, maximum=MAP_MAXIMUM, correlation=correlation, honesty=HONESTY
        )
        thetas = np.sqrt(correlation) * person.theta + np.sqrt(1 - correlation) * rng.standard_normal(len(banks))
        truths = [true_items_of(bank, rng) for bank in banks]
        while sitting.stopped is None and (question := sitting.next_item(rng)) is not None:
            someone = replace(person, theta=float(thetas[question.area]))
            sitting.answer(question, simulated_outcome(someone, truths[question.area], question.item, rng))
        lengths.append(len(sitting.answers))
        reached += sitting.stopped is StopReason.PRECISE
    return lengths, reached / MAPPED_PEOPLE


def sittings(
    bank: ItemBank,
    goal: str,
    *,
    people: int,
    seed: int,
    never_admit: float,
    limited: bool,
    progress: Callable[[int, int], None],
) -> SimulationReport:
    """People ~ N(0, 1) who sit this bank; what a label hides is drawn anew for each of them."""
    rng = np.random.default_rng(seed)
    rule = RULES[goal] if limited else StoppingRule(RULES[goal].target)
    everybody = simulated_people(people, rng, never_admit=never_admit)
    parts = []
    for start in range(0, people, PEOPLE_A_PART):
        part = everybody[start : start + PEOPLE_A_PART]
        parts.append(simulate(bank, people=part, rule=rule, rng=rng, honesty=HONESTY))
        progress(min(start + PEOPLE_A_PART, people), people)
    return joined(parts)


def joined(parts: list[SimulationReport]) -> SimulationReport:
    sizes = [part.theta.size for part in parts]
    together = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("theta", "estimate", "standard_error", "length", "covered")
    }
    return SimulationReport(
        **together,
        asked=np.sum([part.asked for part in parts], axis=0),
        first=np.sum([part.first for part in parts], axis=0),
        reached=float(np.average([part.reached for part in parts], weights=sizes)),
    )


def mean_seconds(versions: Sequence[int]) -> float:
    return float(ItemVersion.objects.filter(pk__in=versions).aggregate(mean=Avg("seconds"))["mean"])


def forecast(area: Area, calibration: Calibration, say: Callable[[str], None]) -> None:
    bank = area_bank(area, calibration)
    if len(bank) < OPERATIONAL_ITEMS_NEEDED:
        Forecast.objects.filter(area=area).delete()
        return
    seconds = mean_seconds(bank.versions)
    for goal in Goal.values:
        planned = planned_length(bank.bank, RULES[goal], honesty=HONESTY, never_admit=NEVER_ADMIT)
        typical = int(np.ceil(planned.median))
        Forecast.objects.update_or_create(
            area=area,
            goal=goal,
            defaults={
                "calibration": calibration,
                "bank_revision": area.bank_revision,
                "typical": typical,
                "most": int(np.ceil(planned.ninetieth)),
                "reached": planned.reached,
                "minutes": max(1, round(typical * seconds / 60)),
            },
        )
        say(f"{area}: about {typical} questions ({goal})")
