"""Skill areas, their sub-skills and what stands on what."""

from __future__ import annotations

from typing import TypedDict

from django.db import models
from django.db.models import F

from assessments.models.dated import Dated, DatedQuerySet
from assessments.models.natural_keys import keyed_by


class Level(models.Model):
    """One of the five levels every area is measured on."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=40)
    anchor = models.TextField(help_text="What a person at this level does.")

    objects = keyed_by("number")()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def natural_key(self) -> tuple[int]:
        return (self.number,)


class AreaQuerySet(models.QuerySet["Area"]):
    def bank_stamp(self) -> int:
        """A number that changes with the bank of any area."""
        return self.aggregate(stamp=models.Sum("bank_revision"))["stamp"] or 0

    def with_counts(self) -> AreaQuerySet:
        """Each with its number of sub-skills and of operational questions."""
        return self.annotate(
            subskill_count=models.Count("subskills", distinct=True),
            operational=models.Count("items", filter=models.Q(items__life="operational"), distinct=True),
        ).order_by("position", "slug")


class Ground(TypedDict):
    """A sub-skill and one of its needs, perhaps of another area; None where it stands on nothing."""

    slug: str
    name: str
    home: str
    home_name: str
    need: str | None
    need_name: str | None
    need_area: str | None
    need_area_name: str | None


class Area(Dated):
    """A skill area: what is measured in one sitting."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    # Raised whenever an item of the area changes: caches of the bank hang on it.
    bank_revision = models.PositiveIntegerField(default=0, editable=False)

    operational: int  # of `with_counts`

    objects = keyed_by("slug").from_queryset(AreaQuerySet)()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def grounds(self) -> list[Ground]:
        """What each sub-skill stands on, in one query: a row for each need, one without where there is none."""
        need = "prerequisites"
        rows = Subskill.objects.filter(area=self).order_by("position", "slug", f"{need}__area__position", need)
        return [
            Ground(**row)
            for row in rows.values(
                "slug",
                "name",
                home=F("area__slug"),
                home_name=F("area__name"),
                need=F(f"{need}__slug"),
                need_name=F(f"{need}__name"),
                need_area=F(f"{need}__area__slug"),
                need_area_name=F(f"{need}__area__name"),
            )
        ]


class AreaAnchor(models.Model):
    """What a person at one level has done in one area: the ladder of the self-rating."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField()
    deed = models.CharField(max_length=300)

    objects = keyed_by("area__slug", "level")()

    class Meta:
        ordering = ["area", "level"]
        constraints = [models.UniqueConstraint(fields=["area", "level"], name="one_anchor_per_level")]

    def __str__(self) -> str:
        return f"{self.area} {self.level}"

    def natural_key(self) -> tuple[str, int]:
        return (*self.area.natural_key(), self.level)


class Subskill(Dated):
    """A part of an area that a question is about."""

    slug = models.SlugField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="subskills")
    name = models.CharField(max_length=100)
    covers = models.TextField(help_text="What belongs to it, in a few words.")
    position = models.PositiveSmallIntegerField(default=0)
    prerequisites = models.ManyToManyField("self", symmetrical=False, related_name="supports", blank=True)

    objects = keyed_by("slug").from_queryset(DatedQuerySet)()

    class Meta:
        ordering = ["area__position", "position", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Misconception(Dated):
    """A wrong idea that several questions can catch."""

    slug = models.SlugField(unique=True, max_length=80)
    says = models.CharField(max_length=300, help_text="The wrong belief as a sentence.")
    subskill = models.ForeignKey(Subskill, on_delete=models.PROTECT, related_name="misconceptions")

    objects = keyed_by("slug").from_queryset(DatedQuerySet)()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.says

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
