"""What the four source articles state, each with the lines that say it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from assessments.models.learners import Learner
from assessments.models.natural_keys import keyed_by
from assessments.models.resources import Resource
from assessments.models.roles import Role
from assessments.models.skills import Subskill


class Source(models.Model):
    """An article the facts were read from."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    file = models.CharField(max_length=60, help_text="The file name it was read from.")

    objects = keyed_by("slug")()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Fact(models.Model):
    """One statement: shown with its sources, never averaged with another."""

    code = models.CharField(max_length=10, unique=True)
    topic = models.CharField(max_length=30, db_index=True)
    statement = models.TextField()
    details = models.JSONField(default=dict, blank=True, help_text="Figures, years and kinds as stated.")
    subskills = models.ManyToManyField(Subskill, related_name="facts", blank=True)
    role = models.ForeignKey(Role, on_delete=models.SET_NULL, null=True, blank=True, related_name="facts")
    resource = models.ForeignKey(Resource, on_delete=models.SET_NULL, null=True, blank=True, related_name="facts")
    position = models.PositiveSmallIntegerField(default=0)

    objects = keyed_by("code")()

    class Meta:
        ordering = ["topic", "position"]

    def __str__(self) -> str:
        return f"{self.code} {self.statement[:60]}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Citation(models.Model):
    """The lines of an article that state a fact."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    lines = models.CharField(max_length=20)

    objects = keyed_by("fact__code", "source__slug", "lines")()

    class Meta:
        ordering = ["fact", "source", "lines"]
        constraints = [models.UniqueConstraint(fields=["fact", "source", "lines"], name="one_citation_per_place")]

    def __str__(self) -> str:
        return f"{self.source}, lines {self.lines}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.fact.code, self.source.slug, self.lines)


class Disagreement(models.Model):
    """A question the articles answer differently: their statements stand side by side, none is chosen."""

    slug = models.SlugField(unique=True)
    question = models.CharField(max_length=200)
    facts = models.ManyToManyField(Fact, related_name="disagreements")
    position = models.PositiveSmallIntegerField(default=0)

    objects = keyed_by("slug")()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.question

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class FactTickQuerySet(models.QuerySet["FactTick"]):
    def of(self, learner: Learner) -> FactTickQuerySet:
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()


class FactTick(models.Model):
    """What a person has ticked on a career page: her own word, no part of any measurement."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="ticks")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="ticks")
    ticked_at = models.DateTimeField(default=timezone.now)

    objects = FactTickQuerySet.as_manager()

    class Meta:
        ordering = ["fact"]
        constraints = [models.UniqueConstraint(fields=["learner", "fact"], name="one_tick_per_learner_and_fact")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.fact.code}"
