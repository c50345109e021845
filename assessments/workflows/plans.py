"""Her plan: computed from its terms, her sittings and what she said of resources, each time it is looked at.

So it is made anew after every sitting, what she has started comes first, and a GET writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessments.guidance.plan import AreaToMeasure, Plan, plan
from assessments.guidance.weeks import Terms
from assessments.models import Learner, RoleProfile, StudyPlan
from assessments.workflows.recommendations import Studies, studies_of

HOURS_PER_WEEK = 6  # until she says


@dataclass(frozen=True)
class PlanPage:
    """terms: her row, or an unsaved one with what we take until she says. profiles: to choose from."""

    terms: StudyPlan
    plan: Plan
    studies: Studies

    @property
    def profile(self) -> RoleProfile | None:
        return self.studies.profile

    @property
    def profiles(self) -> tuple[RoleProfile, ...]:
        return self.studies.library.profiles

    @property
    def is_hers(self) -> bool:
        """Whether she has made it; else it is a first proposal."""
        return self.terms.pk is not None


def plan_of(learner: Learner) -> PlanPage:
    """Five statements, with nobody's terms four."""
    terms = StudyPlan.objects.of(learner).select_related("profile__role").first() or first_terms()
    studies = studies_of(learner, terms.profile if terms.pk else None)
    return PlanPage(terms, planned(studies, terms), studies)


def first_terms() -> StudyPlan:
    """Unsaved: free things only, from today."""
    return StudyPlan(hours_per_week=HOURS_PER_WEEK, budget=0, starts_on=timezone.localdate())


def planned(studies: Studies, terms: StudyPlan) -> Plan:
    return plan(
        studies.gaps,
        studies.library.shelf,
        Terms(
            hours_per_week=terms.hours_per_week,
            starts_on=terms.starts_on,
            today=timezone.localdate(),
            budget=terms.budget,
            until=terms.until,
        ),
        choices=studies.choices,
        to_measure=[
            AreaToMeasure(area.slug, area.name, why_measure(studies, area.slug)) for area in studies.to_measure
        ],
    )


def why_measure(studies: Studies, area: str) -> str:
    if area not in studies.measured.estimates:
        return "unmeasured"
    return "read-since" if any(gap.area == area and gap.learned > 0 for gap in studies.gaps) else "unsure"


def make_plan(
    learner: Learner,
    *,
    profile: RoleProfile,
    hours_per_week: int,
    budget: int | None,
    starts_on: date,
    until: date | None = None,
) -> StudyPlan:
    """Keep these terms in place of earlier ones."""
    terms, _created = StudyPlan.objects.update_or_create(
        learner=learner,
        defaults={
            "profile": profile,
            "hours_per_week": hours_per_week,
            "budget": budget,
            "starts_on": starts_on,
            "until": until,
            "made_at": timezone.now(),
        },
    )
    return terms


def forget_plan(learner: Learner) -> None:
    StudyPlan.objects.of(learner).delete()
