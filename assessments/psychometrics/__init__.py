"""How answers become an estimate of a person, and what an estimate is worth."""

from assessments.psychometrics.bank import ItemBank, item_bank, labelled_bank
from assessments.psychometrics.estimation import (
    HONESTY,
    Posterior,
    normal_posterior,
    posterior_of,
)
from assessments.psychometrics.exposure import PROGRESSIVE, Exposure
from assessments.psychometrics.irt import Outcome
from assessments.psychometrics.scale import LEVEL_CUTS, LevelReport, level_report
from assessments.psychometrics.selection import is_exhausted, next_item, questions_remaining
from assessments.psychometrics.simulation import PlannedLength, planned_length
from assessments.psychometrics.sitting import Sitting
from assessments.psychometrics.stopping import (
    QUICK,
    SOLID,
    StoppingRule,
    StopReason,
    stop_reason,
)

__all__ = [
    "HONESTY",
    "LEVEL_CUTS",
    "PROGRESSIVE",
    "QUICK",
    "SOLID",
    "Exposure",
    "ItemBank",
    "LevelReport",
    "Outcome",
    "PlannedLength",
    "Posterior",
    "Sitting",
    "StopReason",
    "StoppingRule",
    "is_exhausted",
    "item_bank",
    "labelled_bank",
    "level_report",
    "next_item",
    "normal_posterior",
    "planned_length",
    "posterior_of",
    "questions_remaining",
    "stop_reason",
]
