"""How answers become an estimate of a person, and what an estimate is worth."""

from assessments.psychometrics.ascent import Anchors
from assessments.psychometrics.bank import ItemBank, item_bank, labelled_bank
from assessments.psychometrics.calibration import Calibration, calibrate, scores_of
from assessments.psychometrics.change import Change, ChangeLabel, Estimate, aged, change_between
from assessments.psychometrics.estimation import (
    HONESTY,
    Posterior,
    normal_posterior,
    posterior_of,
)
from assessments.psychometrics.exposure import PROGRESSIVE, Exposure
from assessments.psychometrics.irt import Outcome
from assessments.psychometrics.map_sitting import MapQuestion, MapSitting, next_map_question
from assessments.psychometrics.profile import (
    CAUTIOUS_CORRELATION,
    Profile,
    estimated_correlation,
    profile_of,
)
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
    "CAUTIOUS_CORRELATION",
    "HONESTY",
    "LEVEL_CUTS",
    "PROGRESSIVE",
    "QUICK",
    "SOLID",
    "Anchors",
    "Calibration",
    "Change",
    "ChangeLabel",
    "Estimate",
    "Exposure",
    "ItemBank",
    "LevelReport",
    "MapQuestion",
    "MapSitting",
    "Outcome",
    "PlannedLength",
    "Posterior",
    "Profile",
    "Sitting",
    "StopReason",
    "StoppingRule",
    "aged",
    "calibrate",
    "change_between",
    "estimated_correlation",
    "is_exhausted",
    "item_bank",
    "labelled_bank",
    "level_report",
    "next_item",
    "next_map_question",
    "normal_posterior",
    "planned_length",
    "posterior_of",
    "profile_of",
    "questions_remaining",
    "scores_of",
    "stop_reason",
]
