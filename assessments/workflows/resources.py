"""One resource for one person: what it covers, and which of her gaps that serves."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.models import Learner, Resource, ResourceSubskill, RoleProfile
from assessments.workflows.roles import Standing, chosen_profile, standings

CLOSED = 0.9  # from this chance on that she meets the target, a gap is taken as closed


@dataclass(frozen=True)
class Covered:
    """A part of a resource, and where she stands in its area against her role."""

    row: ResourceSubskill
    standing: Standing
    hours: float | None

    @property
    def serves(self) -> bool:
        """The part is about an area in which she is measured and short of her target, or may be."""
        return self.standing.chance is not None and self.standing.chance < CLOSED


@dataclass(frozen=True)
class CataloguePart:
    resource: Resource
    covered: list[Covered]
    profile: RoleProfile | None

    @property
    def serves(self) -> list[Covered]:
        return [one for one in self.covered if one.serves]


def part_of_the_catalogue(learner: Learner, resource: Resource) -> CataloguePart:
    profile = chosen_profile(learner)
    by_area = {standing.area.pk: standing for standing in standings(learner, profile)}
    rows = list(resource.coverage.select_related("subskill__area").order_by("-weight", "subskill__position"))
    whole = sum(row.weight for row in rows)
    covered = [Covered(row, by_area[row.subskill.area_id], hours_of(resource, row, whole)) for row in rows]
    return CataloguePart(resource, covered, profile)


def hours_of(resource: Resource, row: ResourceSubskill, whole: int) -> float | None:
    """The share of the hours that is about a sub-skill, by its weight."""
    return resource.hours * row.weight / whole if resource.hours else None
