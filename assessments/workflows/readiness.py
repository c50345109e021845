"""Is she ready for a role: the probability, what it rests on, and what would settle it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from assessments.guidance.readiness import (
    SOLID_PRECISION,
    AreaChance,
    Evidence,
    Readiness,
    Requirement,
    Standing,
    chance_settled,
    evidence_of,
    readiness,
    standings,
)
from assessments.models import (
    Area,
    AreaEstimate,
    Importance,
    Learner,
    RoleProfile,
)
from assessments.psychometrics import Estimate, LevelReport, aged, normal_posterior
from assessments.psychometrics.foresight import cumulative_precision
from assessments.workflows.banks import area_bank
from assessments.workflows.library import Library, Scale, cut_of, stamped
from assessments.workflows.roles import DAYS_PER_MONTH, report_of

FEWEST_MORE = 5  # a sitting shorter than this is no measurement
MOST_MORE = 45  # questions of one sitting; beyond it this bank does not settle the doubt
LIKELY = 0.5  # a doubt is said to be settled by so many questions when that is more likely than not


@dataclass(frozen=True)
class ReadinessRow:
    """One area of the role. chance: by all evidence, None while nothing is measured."""

    area: Area
    report: LevelReport | None
    target: int
    importance: str
    required: bool
    chance: float | None
    why: str


@dataclass(frozen=True)
class Settling:
    """questions: of a new sitting after which the doubt is more likely settled than not.

    None: this bank cannot; chance is then the best it can do.
    """

    area: Area
    questions: int | None
    chance: float


@dataclass(frozen=True)
class ReadinessReport:
    profile: RoleProfile
    readiness: Readiness
    rows: list[ReadinessRow]
    doubt: Area | None
    settling: Settling | None
    library: Library


@dataclass(frozen=True)
class NearProfile:
    profile: RoleProfile
    readiness: Readiness


@dataclass(frozen=True)
class ComparedRow:
    area: Area
    report: LevelReport | None
    a: ReadinessRow | None
    b: ReadinessRow | None

    @property
    def differs(self) -> bool:
        """In what is asked for, or how much it matters."""
        asked = [(one.target, one.importance) if one else None for one in (self.a, self.b)]
        return asked[0] != asked[1]


@dataclass(frozen=True)
class Comparison:
    a: ReadinessReport
    b: ReadinessReport
    rows: list[ComparedRow]


@dataclass(frozen=True)
class Measured:
    """Everything measured of one person, by area: the rows, what they say, and their marks."""

    estimates: dict[str, AreaEstimate]
    evidence: dict[str, Evidence]
    cuts: dict[str, tuple[float, ...]]  # by area, "" for those not measured


def measured_of(learner: Learner, scale: Scale) -> Measured:
    """Her current standing in one statement; each area by its own answers, widened by age."""
    rows = AreaEstimate.objects.of(learner).current().select_related("area", "attempt__calibration")
    estimates = {row.area.slug: row for row in rows}
    found = {area: evidence_today(row) for area, row in estimates.items()}
    cuts = {area: tuple(row.attempt.calibration.level_cuts) for area, row in estimates.items()}
    return Measured(estimates, {area: one for area, one in found.items() if one is not None}, {"": scale.cuts, **cuts})


def evidence_today(row: AreaEstimate) -> Evidence | None:
    own = row.own_theta is not None and row.own_standard_error is not None
    then = Estimate(row.own_theta, row.own_standard_error) if own else Estimate(row.theta, row.standard_error)  # type: ignore[arg-type]
    months = max(0.0, (timezone.now() - row.measured_at).days / DAYS_PER_MONTH)
    today = aged(then, months=months)
    return evidence_of(today.mean, today.standard_error)


def requirements_of(library: Library, profile: RoleProfile, measured: Measured) -> list[Requirement]:
    """Core and important areas decide; useful ones are shown, and inform their neighbours.

    An area in preparation cannot decide: nobody could ever settle its doubt.
    """
    settleable = library.measurable.keys() | measured.estimates.keys()
    if not library.measurable:  # a bank that is still empty says nothing about areas
        settleable |= library.targets.get(profile.pk, {}).keys()
    return [
        Requirement(
            area,
            cut_of(level, measured.cuts.get(area, measured.cuts[""])),
            required=area in settleable and library.importance(profile, area) != Importance.USEFUL,
        )
        for area, level in library.targets.get(profile.pk, {}).items()
    ]


def role_report(learner: Learner, role: str, seniority: str) -> ReadinessReport | None:
    """By the names in an address, with the library it was read from; None for a profile that is not."""
    library, scale = stamped()
    profile = library.profile(role, seniority)
    return report(library, scale, measured_of(learner, scale), profile) if profile else None


def readiness_of(learner: Learner, profile: RoleProfile) -> ReadinessReport:
    library, scale = stamped()
    return report(library, scale, measured_of(learner, scale), profile)


def compare(learner: Learner, a: RoleProfile, b: RoleProfile) -> Comparison:
    """Two profiles side by side, in all areas either asks for."""
    library, scale = stamped()
    measured = measured_of(learner, scale)
    first, second = (report(library, scale, measured, one) for one in (a, b))
    by_area = [{row.area.slug: row for row in one.rows} for one in (first, second)]
    rows = [
        ComparedRow(area, level_of(measured, area.slug), by_area[0].get(area.slug), by_area[1].get(area.slug))
        for area in library.areas
        if area.slug in by_area[0] or area.slug in by_area[1]
    ]
    return Comparison(first, second, rows)


def nearest_profiles(learner: Learner) -> list[NearProfile]:
    """Every profile, the one she is most ready for first."""
    library, scale = stamped()
    measured = measured_of(learner, scale)
    found = [
        NearProfile(
            profile, readiness(requirements_of(library, profile, measured), measured.evidence, scale.correlation)
        )
        for profile in library.profiles
    ]
    return sorted(found, key=lambda one: -(one.readiness.chance or 0.0))


def quick_look(asked: list[Requirement], measured: Measured, scale: Scale) -> Readiness:
    """Without what sittings would tell: for a list of many profiles."""
    return readiness(asked, measured.evidence, scale.correlation, doubts=False)


def report(library: Library, scale: Scale, measured: Measured, profile: RoleProfile) -> ReadinessReport:
    measurable = library.measurable
    asked = requirements_of(library, profile, measured)
    precisions = {one.area: SOLID_PRECISION if one.area in measurable else 0.0 for one in asked}
    found = readiness(asked, measured.evidence, scale.correlation, precisions=precisions)
    chances = {one.area: one for one in found.areas}
    rows = [row_of(library, profile, measured, area, chances.get(area.slug)) for area in library.areas]
    doubt = measurable.get(found.doubt or "")
    cut = next((one.cut for one in asked if one.area == found.doubt), 0.0)
    return ReadinessReport(
        profile=profile,
        readiness=found,
        rows=[row for row in rows if row is not None],
        doubt=doubt,
        settling=settling_of(doubt, cut, measured, scale) if doubt else None,
        library=library,
    )


def row_of(
    library: Library, profile: RoleProfile, measured: Measured, area: Area, chance: AreaChance | None
) -> ReadinessRow | None:
    target = library.targets.get(profile.pk, {}).get(area.slug)
    if target is None:
        return None
    importance = library.importance(profile, area.slug)
    named = library.role_areas.get(profile.role_id, {}).get(area.slug)
    return ReadinessRow(
        area=area,
        report=level_of(measured, area.slug),
        target=target,
        importance=importance,
        required=importance != Importance.USEFUL,
        chance=chance.chance if chance else None,
        why=named.why if named else "",
    )


def level_of(measured: Measured, area: str) -> LevelReport | None:
    return report_of(measured.estimates[area]) if area in measured.estimates else None


def settling_of(area: Area, cut: float, measured: Measured, scale: Scale) -> Settling | None:
    """Asked of the real bank: how long a new sitting must be until the doubt is probably settled."""
    if scale.calibration is None:
        return None
    now = standing_in(area, measured, scale, without_own=False)
    neighbours = standing_in(area, measured, scale, without_own=True)
    belief = normal_posterior(mean=now.mean, standard_error=now.standard_deviation)
    precision = cumulative_precision(area_bank(area, scale.calibration).bank, belief, most=MOST_MORE)
    chances = np.array([chance_settled(now=now, neighbours=neighbours, cut=cut, precision=one) for one in precision])
    if not chances.size or chances.max() < LIKELY:
        return Settling(area, None, float(chances.max(initial=0.0)))
    questions = max(FEWEST_MORE, int(np.argmax(chances >= LIKELY)) + 1)
    return Settling(area, questions, float(chances[min(questions, chances.size) - 1]))


def standing_in(area: Area, measured: Measured, scale: Scale, *, without_own: bool) -> Standing:
    places = [area.slug, *(one for one in measured.evidence if one != area.slug)]
    found = standings(places, measured.evidence, scale.correlation.value, without_own=without_own)
    return found[area.slug]
