"""What to read next: a person's gaps for a role, and the parts of the catalogue that serve them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, When

from assessments.guidance.gaps import CLOSED, SURE, Aim, Answer, Gap, Standing, Tally, gaps_of, tally_of
from assessments.guidance.recommendation import (
    Choice,
    Filters,
    Recommendation,
    Recommendations,
    learned_from,
    recommend,
)
from assessments.models import Area, Importance, ItemResponse, Learner, ResourceChoice, RoleProfile
from assessments.questions.question import Question
from assessments.questions.registry import kind
from assessments.workflows.library import Library, Scale, stamped
from assessments.workflows.readiness import Measured, measured_of
from assessments.workflows.roles import profile_of

EVERYTHING = Filters()
AREAS_TO_MEASURE = 3


@dataclass(frozen=True)
class Said:
    """One answer, and the wrong ideas it shows."""

    subskill: str
    area: str
    answer: Answer
    caught: tuple[str, ...] = ()


@dataclass(frozen=True)
class Studies:
    """All that recommendations and a plan are made of."""

    library: Library
    scale: Scale
    profile: RoleProfile | None
    measured: Measured
    gaps: list[Gap]
    choices: list[Choice]
    aims: dict[str, Aim]

    @property
    def to_measure(self) -> list[Area]:
        """Areas whose gap is not known: unmeasured ones, uncertain ones, and those read in since."""
        doubts = {gap.area for gap in self.gaps if 1 - CLOSED < gap.area_short < SURE or gap.learned > 0}
        measurable = self.library.measurable
        required = {gap.area for gap in self.gaps if gap.aim.required}
        return [
            area
            for area in self.by_importance
            if area.slug in measurable and (area.slug not in self.measured.estimates or area.slug in doubts & required)
        ]

    @property
    def by_importance(self) -> list[Area]:
        """The areas the role needs, core before important."""
        profile = self.profile
        if profile is None:
            return []
        weighed = {area.slug: self.library.importance(profile, area.slug) for area in self.library.areas}
        asked = self.library.targets.get(profile.pk, {})
        needed = [one for one in self.library.areas if weighed[one.slug] != Importance.USEFUL and one.slug in asked]
        return sorted(needed, key=lambda area: -Importance(weighed[area.slug]).weight)


@dataclass(frozen=True)
class Recommended:
    profile: RoleProfile | None
    found: Recommendations
    to_measure: list[Area]
    filters: Filters
    choices: list[Choice]

    @property
    def items(self) -> tuple[Recommendation, ...]:
        return self.found.items

    @property
    def perhaps(self) -> tuple[Recommendation, ...]:
        return self.found.perhaps

    @property
    def further(self) -> tuple[Recommendation, ...]:
        return self.found.further

    @property
    def reason(self) -> str:
        return self.found.reason


def recommendations_for(
    learner: Learner, profile: RoleProfile | None = None, filters: Filters = EVERYTHING, most: int = 20
) -> Recommended:
    """Ranked parts of the catalogue for her gaps against this profile, or the one she aims at."""
    studies = studies_of(learner, profile)
    found = recommend(studies.gaps, studies.library.shelf, choices=studies.choices, filters=filters, most=most)
    return Recommended(studies.profile, found, studies.to_measure[:AREAS_TO_MEASURE], filters, studies.choices)


def studies_of(learner: Learner, profile: RoleProfile | None = None) -> Studies:
    """Four statements: library and scale, estimates, answers, choices."""
    library, scale = stamped()
    aimed = profile or aimed_at(learner, library)
    measured = measured_of(learner, scale)
    said = answers_of(learner, library) if measured.estimates else []
    choices = choices_of(learner, library, measured)
    aims = library.aims(aimed, measured.cuts) if aimed else {}
    standings = standings_alone(measured)
    return Studies(library, scale, aimed, measured, gaps(library, aims, standings, said, choices), choices, aims)


def aimed_at(learner: Learner, library: Library) -> RoleProfile | None:
    """Her profile, or the one we take until she chooses, without a statement."""
    role, seniority = profile_of(learner)
    return library.profile(role, seniority)


def standings_alone(measured: Measured) -> dict[str, Standing]:
    """Each measured area by its own answers: a gap is never named for what its neighbours say."""
    return {
        area: Standing(one.mean * one.precision / (1.0 + one.precision), (1.0 + one.precision) ** -0.5)
        for area, one in measured.evidence.items()
    }


def gaps(
    library: Library,
    aims: Mapping[str, Aim],
    standings: Mapping[str, Standing],
    said: Iterable[Said],
    choices: list[Choice],
) -> list[Gap]:
    """The gaps as measured, then with what was read since."""
    tallies, caught = tallied(said, standings), caught_in(said, library)
    found = gaps_of(library.skills, aims, standings, tallies, caught=caught)
    learned = learned_from(found, library.shelf, choices)
    return gaps_of(library.skills, aims, standings, tallies, caught=caught, learned=learned) if learned else found


def tallied(said: Iterable[Said], standings: Mapping[str, Standing]) -> dict[str, Tally]:
    groups: dict[tuple[str, str], list[Answer]] = {}
    for one in said:
        groups.setdefault((one.subskill, one.area), []).append(one.answer)
    return {
        subskill: tally_of(answers, standings[area].mean)
        for (subskill, area), answers in groups.items()
        if area in standings
    }


def caught_in(said: Iterable[Said], library: Library) -> dict[str, tuple[str, ...]]:
    """The wrong ideas seen in answers, at the sub-skill each belongs to."""
    slugs = dict.fromkeys(slug for one in said for slug in one.caught if slug in library.misconceptions)
    found: dict[str, tuple[str, ...]] = {}
    for slug in slugs:
        subskill, says = library.misconceptions[slug]
        found[subskill] = (*found.get(subskill, ()), says)
    return found


def answers_of(learner: Learner, library: Library) -> list[Said]:
    """The answers behind her current standing, in one statement; keys only of those that are wrong."""
    wrong = Q(outcome=ItemResponse.Outcome.WRONG)
    rows = ItemResponse.objects.answered().filter(
        counts=True,
        attempt__estimates__learner=learner,
        attempt__estimates__is_current=True,
        attempt__estimates__area=F("version__item__area"),
    )
    return [
        said(library, *row)
        for row in rows.values_list(
            "version__subskill",
            "version__item__area__slug",
            "outcome",
            "discrimination",
            "difficulty",
            "guessing",
            "answer",
            "version__kind",
            Case(When(wrong, then=F("version__key"))),
            Case(When(wrong & ~Q(version__kind="choice"), then=F("version__content"))),
        )
    ]


def said(
    library: Library, subskill: int, area: str, outcome: str, a: float, b: float, c: float,
    answer: Any, name: str, key: Any, content: Any,
) -> Said:  # fmt: skip
    told = kind(name).notes(Question(name, content or {}, key), answer) if key else []
    return Said(
        subskill=library.subskill_slugs.get(subskill, ""),
        area=area,
        answer=Answer(outcome == ItemResponse.Outcome.RIGHT, a, b, c),
        caught=tuple(note.misconception for note in told if note.misconception),
    )


def choices_of(learner: Learner, library: Library, measured: Measured) -> list[Choice]:
    """What she said of resources, each with the areas not measured since."""
    rows = ResourceChoice.objects.of(learner).values_list("resource", "state", "reason", "changed_at")
    since = {area: row.measured_at for area, row in measured.estimates.items()}
    return [
        Choice(key, state, reason, frozenset(area for area, date in since.items() if date < changed_at))
        for key, state, reason, changed_at in rows
    ]
