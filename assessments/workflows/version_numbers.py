"""One version of a question in numbers, from its eligible answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import hypot
from typing import Any

import numpy as np

from assessments.models import ItemResponse, ItemVersion
from assessments.psychometrics.irt import FloatArray, IntArray
from assessments.psychometrics.item_analysis import (
    FEWEST_ANSWERS,
    OptionRow,
    correlation_of,
    option_table,
    wilson_interval,
)
from assessments.psychometrics.item_evidence import (
    POPULATION,
    Answers,
    Parameters,
    Slope,
    groups_of,
    posteriors_without,
    residual_z,
    slope_of,
)
from assessments.psychometrics.item_verdict import Statistics
from assessments.questions.registry import kind

MOST_WRONG_ANSWERS = 10


@dataclass(frozen=True)
class Believed:
    """What a version is scored with now, and the difficulty its label stands for."""

    discrimination: float
    difficulty: float
    guessing: float
    log_discrimination_error: float
    difficulty_error: float
    label_difficulty: float
    rests_on_label: bool

    @property
    def parameters(self) -> Parameters:
        return Parameters(
            self.discrimination,
            self.difficulty,
            self.guessing,
            self.log_discrimination_error,
            self.difficulty_error,
        )


@dataclass(frozen=True)
class Numbers:
    """What is judged, what is stored, and what the next version is compared with."""

    version: ItemVersion
    judged: Statistics
    stored: dict[str, Any]
    exposure: float
    slope: Slope | None = None


def numbers_of(
    version: ItemVersion,
    believed: Believed,
    answers: Answers,
    joint: FloatArray,
    places: IntArray,
    responses: Sequence[ItemResponse],
    *,
    exposure: float,
    seconds: float | None,
    earlier: Numbers | None,
) -> Numbers:
    """places: where the answers to the version stand in `answers`, in the order of `responses`."""
    stored: dict[str, Any] = {
        "exposure": exposure,
        "seconds": seconds,
        "outcomes": {name: sum(row.outcome == name for row in responses) for name in ("right", "wrong", "unknown")},
        "scored_with": asdict(believed),
    }
    if len(responses) < FEWEST_ANSWERS:
        return Numbers(version, Statistics(answers=len(responses)), stored, exposure)
    posteriors = posteriors_without(answers, joint, places)
    theta = posteriors @ POPULATION.theta
    right = np.array([row.outcome == "right" for row in responses], dtype=np.float64)
    slope = slope_of(answers.right[places], posteriors, guessing=believed.guessing)
    biserial, biserial_interval = correlation_of(right, theta)
    options = options_of(version, responses, theta)
    judged = Statistics(
        answers=len(responses),
        point_biserial_interval=biserial_interval,
        residual_z=residual_z(answers.right[places], posteriors, believed.parameters),
        slope_low=slope.low,
        unknown_share=stored["outcomes"]["unknown"] / len(responses),
        time_ratio=seconds / version.seconds if seconds and version.seconds else None,
        drift=drift_of(slope, earlier),
        label_distance=label_distance(slope, believed),
        options=options if version.kind == "choice" else (),
        right=right_keys(version),
    )
    stored |= {
        "facility": float(right.mean()),
        "facility_interval": wilson_interval(int(right.sum()), int(right.size)),
        "point_biserial": biserial,
        "point_biserial_interval": biserial_interval,
        "residual_z": judged.residual_z,
        "slope": asdict(slope),
        "groups": [asdict(one) for one in groups_of(answers.right[places], posteriors, believed.parameters)],
        "options": [{"key": key, "counts": row.counts, "theta": row.mean_theta} for key, row in options],
        "drift": judged.drift,
        "label_distance": judged.label_distance,
    }
    return Numbers(version, judged, stored, exposure, slope)


def drift_of(slope: Slope, earlier: Numbers | None) -> tuple[float, float] | None:
    """Change of difficulty since the last version, and its z."""
    before = earlier.slope if earlier else None
    if before is None or before.difficulty is None or slope.difficulty is None:
        return None
    change = slope.difficulty - before.difficulty
    return change, change / hypot(slope.difficulty_sd or 0.0, before.difficulty_sd or 0.0)


def label_distance(slope: Slope, believed: Believed) -> tuple[float, float] | None:
    if slope.difficulty is None or slope.difficulty_sd is None:
        return None
    return slope.difficulty - believed.label_difficulty, slope.difficulty_sd


def options_of(
    version: ItemVersion, responses: Sequence[ItemResponse], theta: FloatArray
) -> list[tuple[str, OptionRow]]:
    """Who chose what: the options of a choice, else the answers given most often; "" is "I don't know"."""
    if version.kind == "multiple":
        return _chosen_parts(version, responses, theta)
    names = [_name_of(version, row) for row in responses]
    known = [option["key"] for option in version.content["options"]] if version.kind == "choice" else []
    others = sorted({name for name in names if name} - set(known), key=lambda name: -names.count(name))
    keys = [*known, *others[:MOST_WRONG_ANSWERS], ""]
    chosen = np.array([keys.index(name) if name in keys else -1 for name in names])
    return list(zip(keys, option_table(chosen, theta, options=len(keys)), strict=True))


def _chosen_parts(
    version: ItemVersion, responses: Sequence[ItemResponse], theta: FloatArray
) -> list[tuple[str, OptionRow]]:
    """Of several right options each is counted by itself."""
    found = []
    for option in version.content["options"]:
        chose = np.array(
            [0 if row.outcome != "unknown" and option["key"] in (row.answer or ()) else -1 for row in responses]
        )
        found.append((option["key"], option_table(chose, theta, options=1)[0]))
    return found


def _name_of(version: ItemVersion, row: ItemResponse) -> str:
    if row.outcome == "unknown":
        return ""
    if version.kind == "choice":
        return str(row.answer)
    return kind(version.kind).describe_answer(version.content, row.answer)


def right_keys(version: ItemVersion) -> frozenset[str]:
    """Keys of the right options, where answers are named by options."""
    right = version.key["right"]
    if version.kind == "choice":
        return frozenset([right])
    return frozenset(right) if version.kind == "multiple" else frozenset()
