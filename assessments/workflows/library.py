"""What editors keep and every plan reads: skills, roles and the catalogue, in the memory of the process.

A copy is named by a stamp of the dates and numbers of its rows, read in one statement with the
calibration; an edit is therefore seen at the next request. So a page costs the same with 270 and
with 10,000 resources, but for the arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Model, QuerySet, Subquery, Sum, Value

from assessments.guidance.gaps import Aim, Skill
from assessments.guidance.readiness import Correlation, learned_correlation
from assessments.guidance.shelf import Offer, Shelf
from assessments.models import (
    OPERATIONAL_ITEMS_NEEDED,
    Area,
    Calibration,
    Importance,
    Misconception,
    Resource,
    ResourceSubskill,
    Role,
    RoleArea,
    RoleProfile,
    RoleTarget,
    Subskill,
    SubskillTarget,
)
from assessments.psychometrics import CAUTIOUS_CORRELATION, LEVEL_CUTS

KEPT: tuple[type[Model], ...] = (
    Area, Subskill, Misconception, Role, RoleArea, RoleProfile, RoleTarget, SubskillTarget, Resource, ResourceSubskill,
)  # fmt: skip
KEY_SUBSKILL = 1.5  # a sub-skill a role is known by weighs this much more than its area
LIBRARIES_IN_MEMORY = 2

Stamp = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Library:
    """Rows and arrays; nobody changes them."""

    areas: tuple[Area, ...]  # with their numbers of questions
    skills: tuple[Skill, ...]
    subskill_slugs: dict[int, str]
    misconceptions: dict[str, tuple[str, str]]  # slug: sub-skill and what it says
    profiles: tuple[RoleProfile, ...]
    targets: dict[int, dict[str, int]]  # profile: area: level
    subskill_targets: dict[int, dict[str, tuple[int, str]]]  # profile: sub-skill: level and importance
    role_areas: dict[int, dict[str, RoleArea]]  # role: area
    key_subskills: dict[int, frozenset[str]]  # role
    shelf: Shelf

    @property
    def measurable(self) -> dict[str, Area]:
        """Areas with a bank large enough, as they are now."""
        return {area.slug: area for area in self.areas if area.operational >= OPERATIONAL_ITEMS_NEEDED}

    def profile(self, role: str, seniority: str) -> RoleProfile | None:
        return next((one for one in self.profiles if (one.role.slug, one.seniority) == (role, seniority)), None)

    def key_skills(self, role: Role) -> list[Skill]:
        """The sub-skills the role is known by, in the order of the map."""
        keys = self.key_subskills.get(role.pk, frozenset())
        return [one for one in self.skills if one.slug in keys]

    def importance(self, profile: RoleProfile, area: str) -> str:
        """What the role says of an area; one it does not name is useful."""
        row = self.role_areas.get(profile.role_id, {}).get(area)
        return row.importance if row else Importance.USEFUL.value

    def aims(self, profile: RoleProfile, cuts: Mapping[str, tuple[float, ...]]) -> dict[str, Aim]:
        """What the profile asks of every sub-skill. cuts: marks of theta by area, "" for any other."""
        levels = self.targets.get(profile.pk, {})
        keys = self.key_subskills.get(profile.role_id, frozenset())
        special = self.subskill_targets.get(profile.pk, {})
        found: dict[str, Aim] = {}
        for skill in self.skills:
            level, importance = special.get(
                skill.slug, (levels.get(skill.area, 0), self.importance(profile, skill.area))
            )
            if level:
                weight = Importance(importance).weight * (KEY_SUBSKILL if skill.slug in keys else 1.0)
                cut = cut_of(level, cuts.get(skill.area, cuts[""]))
                found[skill.slug] = Aim(level, cut, importance, weight, skill.slug in keys)
        return found


@dataclass(frozen=True)
class Scale:
    """What the current calibration says: marks between the levels, and how alike areas are."""

    cuts: tuple[float, ...]
    correlation: Correlation
    calibration: Calibration | None


def cut_of(level: int, cuts: tuple[float, ...]) -> float:
    """Theta where a level begins; level 1 has no beginning."""
    return -math.inf if level <= 1 else cuts[level - 2]


def stamped() -> tuple[Library, Scale]:
    """The library as it is now, and the scale: one statement when nothing has changed."""
    marks = {f"mark_{n}": newest(model) for n, model in enumerate(KEPT)}
    counts = {f"count_{n}": number(model) for n, model in enumerate(KEPT)}
    banks = Subquery(whole(Area).annotate(found=Sum("bank_revision")).values("found"))
    calibration = Calibration.objects.annotate(**marks, **counts, banks=banks).order_by("-number").first()
    if calibration is None:
        return read_library(), scale_of(None)
    stamp = tuple(getattr(calibration, name) for name in (*marks, *counts, "banks"))
    return library_of(stamp), scale_of(calibration)


def newest(model: type[Model]) -> Subquery:
    return Subquery(whole(model).annotate(found=Max("changed_at")).values("found"))


def number(model: type[Model]) -> Subquery:
    return Subquery(whole(model).annotate(found=Count("pk")).values("found"))


def whole(model: type[Model]) -> QuerySet[Any, Any]:
    """All rows as one group."""
    return model._default_manager.order_by().annotate(all=Value(1)).values("all")


def scale_of(calibration: Calibration | None) -> Scale:
    if calibration is None:
        return Scale(LEVEL_CUTS, Correlation(CAUTIOUS_CORRELATION), None)
    learned = calibration.report.get("correlation")
    correlation = (
        learned_correlation(learned["value"], learned["standard_error"])
        if learned
        else Correlation(calibration.area_correlation)
    )
    return Scale(tuple(calibration.level_cuts), correlation, calibration)


@lru_cache(maxsize=LIBRARIES_IN_MEMORY)
def library_of(stamp: Stamp) -> Library:
    return read_library()


def read_library() -> Library:
    subskills = list(Subskill.objects.select_related("area").prefetch_related("prerequisites"))
    profiles = RoleProfile.objects.select_related("role").order_by("role__position", "role__slug", "position")
    return Library(
        areas=tuple(Area.objects.with_counts()),
        skills=tuple(skill(one) for one in subskills),
        subskill_slugs={one.pk: one.slug for one in subskills},
        misconceptions={
            one.slug: (one.subskill.slug, one.says) for one in Misconception.objects.select_related("subskill")
        },
        profiles=tuple(profiles),
        targets=grouped(RoleTarget.objects.values_list("profile", "area__slug", "level")),
        subskill_targets=grouped(
            (profile, subskill, (level, importance))
            for profile, subskill, level, importance in SubskillTarget.objects.values_list(
                "profile", "subskill__slug", "level", "importance"
            )
        ),
        role_areas=grouped((row.role_id, row.area.slug, row) for row in RoleArea.objects.select_related("area")),
        key_subskills={
            role.pk: frozenset(one.slug for one in role.key_subskills.all())
            for role in Role.objects.prefetch_related("key_subskills")
        },
        shelf=Shelf.of(offers()),
    )


def grouped(rows: Any) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for group, name, value in rows:
        found.setdefault(group, {})[name] = value
    return found


def skill(row: Subskill) -> Skill:
    return Skill(row.slug, row.name, row.area.slug, row.area.name, tuple(one.slug for one in row.prerequisites.all()))


def offers() -> list[Offer]:
    """Every part of every resource that has hours: a place to go to has none, and no place in a ranking."""
    resources = Resource.objects.shown().exclude(hours=None).annotate(whole=Sum("coverage__weight")).in_bulk()
    rows = ResourceSubskill.objects.order_by("resource__title", "pk")
    return [
        offer(resources[resource], subskill, weight, chapters)
        for resource, subskill, weight, chapters in rows.values_list("resource", "subskill__slug", "weight", "chapters")
        if resource in resources
    ]


def offer(resource: Any, subskill: str, weight: int, chapters: str) -> Offer:
    """resource: with `whole`, the sum of its weights."""
    return Offer(
        resource=resource,
        key=resource.pk,
        subskill=subskill,
        weight=weight,
        share=weight / resource.whole,
        chapters=chapters,
        hours=resource.hours,
        level_from=resource.level_from,
        level_to=resource.level_to,
        cost=resource.cost,
        kind=resource.kind,
        language=resource.language,
    )
