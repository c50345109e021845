"""Roles, and the level each asks for in each area and seniority."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.dated import Dated, DatedQuerySet
from assessments.models.natural_keys import keyed_by
from assessments.models.skills import Area, Subskill


class Seniority(models.TextChoices):
    JUNIOR = "junior", _("Junior")
    MID = "mid", _("Mid-level")
    SENIOR = "senior", _("Senior")
    LEAD = "lead", _("Lead")


class Importance(models.TextChoices):
    CORE = "core", _("core")
    IMPORTANT = "important", _("important")
    USEFUL = "useful", _("useful")

    @property
    def weight(self) -> int:
        return {"core": 3, "important": 2, "useful": 1}[self.value]


class Role(Dated):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField()
    confidence = models.CharField(max_length=10, help_text="How much the sources carry: high, medium, low.")
    frameworks = models.JSONField(default=dict, blank=True, help_text="Nearest entries of SOC, ESCO and SFIA.")
    sources = models.JSONField(default=list, blank=True, help_text="Lines of the articles it is read from.")
    key_subskills = models.ManyToManyField(Subskill, related_name="roles", blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = keyed_by("slug").from_queryset(DatedQuerySet)()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_in_sentence(self) -> str:
        """Without its capital, unless it begins with an abbreviation: "AI engineer"."""
        return self.name if self.name[1:2].isupper() else self.name[:1].lower() + self.name[1:]

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class RoleArea(Dated):
    """How much an area matters in a role, and the words of the sources that say so."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="roles")
    importance = models.CharField(max_length=10, choices=Importance.choices)
    why = models.TextField(blank=True)

    objects = keyed_by("role__slug", "area__slug").from_queryset(DatedQuerySet)()

    class Meta:
        ordering = ["role", "area__position"]
        constraints = [models.UniqueConstraint(fields=["role", "area"], name="one_importance_per_role_and_area")]

    def __str__(self) -> str:
        return f"{self.role}: {self.area} {self.importance}"

    def natural_key(self) -> tuple[str, str]:
        return (self.role.slug, self.area.slug)

    @property
    def weight(self) -> int:
        return Importance(self.importance).weight


class RoleProfile(Dated):
    """A role at one seniority."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="profiles")
    seniority = models.CharField(max_length=10, choices=Seniority.choices)
    position = models.PositiveSmallIntegerField(default=0)
    leads_to = models.ManyToManyField("self", symmetrical=False, related_name="comes_from", blank=True)

    objects = keyed_by("role__slug", "seniority").from_queryset(DatedQuerySet)()

    class Meta:
        ordering = ["role__position", "position"]
        constraints = [models.UniqueConstraint(fields=["role", "seniority"], name="one_profile_per_seniority")]

    def __str__(self) -> str:
        return f"{self.get_seniority_display()} {self.role.name_in_sentence}"

    @property
    def in_sentence(self) -> str:
        """As it stands within a sentence: "a junior machine learning engineer"."""
        return f"{self.get_seniority_display().lower()} {self.role.name_in_sentence}"

    def natural_key(self) -> tuple[str, str]:
        return (self.role.slug, self.seniority)


class RoleTarget(Dated):
    """The level a profile asks for in an area."""

    profile = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="targets")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="targets")
    level = models.PositiveSmallIntegerField()

    objects = keyed_by("profile__role__slug", "profile__seniority", "area__slug").from_queryset(DatedQuerySet)()

    class Meta:
        ordering = ["profile", "area__position"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "area"], name="one_target_per_profile_and_area"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="target_is_a_level"),
        ]

    def __str__(self) -> str:
        return f"{self.profile}: {self.area} {self.level}"

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.profile.natural_key(), self.area.slug)


class SubskillTarget(Dated):
    """A target for one sub-skill, where a role asks for a part of an area above all."""

    profile = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="subskill_targets")
    subskill = models.ForeignKey(Subskill, on_delete=models.CASCADE, related_name="targets")
    importance = models.CharField(max_length=10, choices=Importance.choices)
    level = models.PositiveSmallIntegerField()

    objects = keyed_by("profile__role__slug", "profile__seniority", "subskill__slug").from_queryset(DatedQuerySet)()

    class Meta:
        ordering = ["profile", "subskill"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "subskill"], name="one_target_per_profile_and_subskill")
        ]

    def __str__(self) -> str:
        return f"{self.profile}: {self.subskill} {self.level}"

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.profile.natural_key(), self.subskill.slug)
