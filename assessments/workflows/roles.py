"""The role a person aims at, and what it asks for against where she stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from assessments.models import Area, AreaEstimate, Importance, Learner, RoleArea, RoleProfile
from assessments.psychometrics import Estimate, LevelReport, aged, level_report, normal_posterior

DAYS_PER_MONTH = 30.44
DEFAULT_PROFILE = ("machine-learning-engineer", "junior")  # until she chooses


@dataclass(frozen=True)
class Standing:
    """One area: where she stands, if it was measured, and what the role asks for."""

    area: Area
    estimate: AreaEstimate | None
    report: LevelReport | None
    target: int | None = None
    importance: RoleArea | None = None

    @property
    def chance(self) -> float | None:
        """The probability that she meets the target."""
        if self.report is None or self.target is None:
            return None
        return self.report.probability_of_at_least(self.target)

    @property
    def row(self) -> dict[str, Any]:
        """As the chart of all areas takes it; an unmeasured area has no value."""
        report = self.report
        return {
            "name": self.area.name,
            "url": reverse("area", args=[self.area.slug]),
            "value": report.reading if report else None,
            "low": report.low if report else None,
            "high": report.high if report else None,
            "target": self.target,
            "chance": self.chance,
        }


def profile_of(learner: Learner) -> tuple[str, str]:
    profile = learner.profile
    return (profile.role.slug, profile.seniority) if profile else DEFAULT_PROFILE


def chosen_profile(learner: Learner) -> RoleProfile | None:
    """Hers, or the one we take until she chooses."""
    if learner.profile:
        return learner.profile
    role, seniority = DEFAULT_PROFILE
    return RoleProfile.objects.filter(role__slug=role, seniority=seniority).select_related("role").first()


def needed_areas(learner: Learner) -> list[int]:
    """The areas a map must measure: those of her role that are more than useful."""
    profile = chosen_profile(learner)
    if profile is None:
        return []
    return list(profile.role.areas.exclude(importance=Importance.USEFUL).values_list("area", flat=True))


def aim(learner: Learner, profile: RoleProfile | None) -> None:
    learner.profile = profile
    learner.save(update_fields=["profile"])


def report_of(estimate: AreaEstimate) -> LevelReport:
    """Where she stands today: widened by the months since, cut as the calibration of the sitting cuts."""
    months = max(0.0, (timezone.now() - estimate.measured_at).days / DAYS_PER_MONTH)
    today = aged(Estimate(estimate.theta, estimate.standard_error), months=months)
    posterior = normal_posterior(mean=today.mean, standard_error=today.standard_error)
    return level_report(posterior, cuts=tuple(estimate.attempt.calibration.level_cuts))


def standings(learner: Learner, profile: RoleProfile | None = None) -> list[Standing]:
    """All areas, or those of a profile with their targets; unmeasured ones as unmeasured."""
    current = AreaEstimate.objects.of(learner).current().select_related("attempt__calibration")
    estimates = {estimate.area_id: estimate for estimate in current}
    targets: dict[int, int] = dict(profile.targets.values_list("area", "level")) if profile else {}
    importances: dict[int, Any] = {one.area_id: one for one in profile.role.areas.all()} if profile else {}
    return [
        Standing(
            area=area,
            estimate=estimates.get(area.pk),
            report=report_of(estimates[area.pk]) if area.pk in estimates else None,
            target=targets.get(area.pk),
            importance=importances.get(area.pk),
        )
        for area in Area.objects.all()
    ]
