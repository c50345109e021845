"""What is to be said of a question from its statistics, and how much harm it does.

Thresholds with their sources stand here and nowhere else. Words are made in the templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.psychometrics.fairness import DRIFT_SIZE, DRIFT_Z
from assessments.psychometrics.item_analysis import FEWEST_ANSWERS, MISFIT_Z, WEAK_POINT_BISERIAL, OptionRow

ANSWERS_TO_JUDGE = 100  # eligible answers after which a question may go back to pretest by itself
SURELY_FLAT = 0.95  # P(discrimination < .35) above it: the question hardly measures
GROSS_MISFIT_Z = 4.0
UNCHOSEN_SHARE = 0.02  # of an option that distracts nobody
MOSTLY_UNKNOWN = 0.5
STRONG_PULL = 0.25  # of the upper third on one wrong option
SLOW = 2.0  # times the editor's estimate
LABEL_OFF = 0.8  # theta, about one level


class Finding(StrEnum):
    """What an editor should look at; from the gravest to the lightest."""

    FLAT = "flat"
    MISFIT = "misfit"
    CHECK_KEY = "check-key"
    STRONG_CHOOSE = "strong-choose"
    WEAK = "weak"
    HARDER = "harder"
    EASIER = "easier"
    DRIFTED = "drifted"
    LABEL_TOO_LOW = "label-too-low"
    LABEL_TOO_HIGH = "label-too-high"
    MOSTLY_UNKNOWN = "mostly-unknown"
    UNCHOSEN = "unchosen"
    SLOW = "slow"


SEVERITY = {
    Finding.FLAT: 1.0,
    Finding.MISFIT: 1.0,
    Finding.CHECK_KEY: 0.9,
    Finding.STRONG_CHOOSE: 0.6,
    Finding.WEAK: 0.5,
    Finding.HARDER: 0.3,
    Finding.EASIER: 0.3,
    Finding.DRIFTED: 0.3,
    Finding.LABEL_TOO_LOW: 0.2,
    Finding.LABEL_TOO_HIGH: 0.2,
    Finding.MOSTLY_UNKNOWN: 0.15,
    Finding.UNCHOSEN: 0.1,
    Finding.SLOW: 0.05,
}


@dataclass(frozen=True)
class Statistics:
    """One version in numbers. All but `answers` are None below 30 answers or where nothing is known.

    options: rows in the author's order with the option keys beside them; right: the right keys.
    label_distance: difficulty from answers minus that of the label, in theta, with its error.
    """

    answers: int
    point_biserial_interval: tuple[float, float] | None = None
    residual_z: float | None = None
    slope_low: float | None = None
    unknown_share: float | None = None
    time_ratio: float | None = None
    drift: tuple[float, float] | None = None  # change in theta, z
    label_distance: tuple[float, float] | None = None
    options: Sequence[tuple[str, OptionRow]] = ()
    right: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Said:
    """A finding, and the option it is about."""

    finding: Finding
    option: str = ""


def findings_of(statistics: Statistics) -> list[Said]:
    """Everything to be said of a question, the gravest first; nothing below 30 answers."""
    if statistics.answers < FEWEST_ANSWERS:
        return []
    said = [Said(finding) for finding in (*_of_curve(statistics), *_of_use(statistics))]
    said += _of_options(statistics)
    order = list(SEVERITY)
    return sorted(said, key=lambda one: order.index(one.finding))


def must_rest(statistics: Statistics) -> bool:
    """Whether the question goes back to pretest by itself."""
    if statistics.answers < ANSWERS_TO_JUDGE:
        return False
    return _is_flat(statistics) or _misfits(statistics)


def _is_flat(statistics: Statistics) -> bool:
    return statistics.slope_low is not None and statistics.slope_low > SURELY_FLAT


def _misfits(statistics: Statistics) -> bool:
    return statistics.residual_z is not None and abs(statistics.residual_z) > GROSS_MISFIT_Z


def _of_curve(statistics: Statistics) -> list[Finding]:
    found = []
    if _is_flat(statistics):
        found.append(Finding.FLAT)
    if _misfits(statistics):
        found.append(Finding.MISFIT)
    if statistics.point_biserial_interval is not None:
        if statistics.point_biserial_interval[1] < 0.0:
            found.append(Finding.CHECK_KEY)
        elif statistics.point_biserial_interval[1] < WEAK_POINT_BISERIAL:
            found.append(Finding.WEAK)
    if statistics.residual_z is not None and abs(statistics.residual_z) > MISFIT_Z:
        found.append(Finding.HARDER if statistics.residual_z < 0 else Finding.EASIER)
    if statistics.drift and abs(statistics.drift[0]) > DRIFT_SIZE and abs(statistics.drift[1]) > DRIFT_Z:
        found.append(Finding.DRIFTED)
    return found


def _of_use(statistics: Statistics) -> list[Finding]:
    found = []
    if statistics.label_distance is not None:
        distance, error = statistics.label_distance
        if abs(distance) > LABEL_OFF and abs(distance) > MISFIT_Z * error:
            found.append(Finding.LABEL_TOO_LOW if distance > 0 else Finding.LABEL_TOO_HIGH)
    if statistics.unknown_share is not None and statistics.unknown_share > MOSTLY_UNKNOWN:
        found.append(Finding.MOSTLY_UNKNOWN)
    if statistics.time_ratio is not None and statistics.time_ratio > SLOW:
        found.append(Finding.SLOW)
    return found


def _of_options(statistics: Statistics) -> list[Said]:
    said = []
    upper = sum(row.counts[2] for _key, row in statistics.options)
    for key, row in statistics.options:
        if key in statistics.right:
            continue
        if upper and row.counts[2] / upper > STRONG_PULL and row.counts[2] >= row.counts[0]:
            said.append(Said(Finding.STRONG_CHOOSE, key))
        elif statistics.answers >= ANSWERS_TO_JUDGE and sum(row.counts) < UNCHOSEN_SHARE * statistics.answers:
            said.append(Said(Finding.UNCHOSEN, key))
    return said


def harm_of(said: Sequence[Said], *, exposure: float) -> float:
    """From 0 to 1: how grave the gravest finding is, times the share of sittings that meet it.

    A question in a tenth of all sittings does the full harm of its fault; others in proportion.
    """
    gravest = max((SEVERITY[one.finding] for one in said), default=0.0)
    return gravest * min(1.0, 0.1 + 9.0 * exposure)
