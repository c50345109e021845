"""The catalogue: books, courses and places to learn, and what each covers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.dated import Dated, DatedQuerySet
from assessments.models.natural_keys import keyed_by
from assessments.models.skills import Subskill


class Cost(models.TextChoices):
    FREE = "free", _("free")
    FREE_TO_READ = "free-to-read", _("free to read")
    FREEMIUM = "freemium", _("free to audit")
    SUBSCRIPTION = "subscription", _("subscription")
    PAID = "paid", _("paid")


class ResourceKind(models.TextChoices):
    ARTICLE = "article", _("article")
    BOOK = "book", _("book")
    BOOTCAMP = "bootcamp", _("bootcamp")
    COURSE = "course", _("course")
    DATA_SOURCE = "data source", _("data source")
    DOCUMENTATION = "documentation", _("documentation")
    GUIDE = "guide", _("guide")
    JOURNAL = "journal", _("journal")
    LAW = "law", _("law")
    ORGANISATION = "organisation", _("organisation")
    PAPER = "paper", _("paper")
    PODCAST = "podcast", _("podcast")
    REPOSITORY = "repository", _("repository")
    TUTORIAL = "tutorial", _("tutorial")
    VIDEO = "video", _("video")
    WEBSITE = "website", _("website")


class HoursBasis(models.TextChoices):
    ESTIMATE = "estimate", _("an estimate")
    STATED = "stated by provider", _("stated by the provider")
    NONE = "none", _("not counted in hours")


class ResourceQuerySet(DatedQuerySet):
    def shown(self) -> ResourceQuerySet:
        """Those a person may be sent to: an archived one is kept for references alone."""
        return self.exclude(archived=True)


class Resource(Dated):
    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=300)
    creators = models.JSONField(default=list, blank=True, help_text="A list of names.")
    kind = models.CharField(max_length=30, choices=ResourceKind.choices)
    provider = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    isbn13 = models.CharField("ISBN-13", max_length=13, blank=True)
    doi = models.CharField("DOI", max_length=120, blank=True)
    arxiv = models.CharField("arXiv", max_length=40, blank=True)
    url = models.URLField("address", max_length=400, blank=True)
    url_certain = models.BooleanField("address checked", default=False)
    isbn_certain = models.BooleanField("ISBN checked", null=True, blank=True)
    cost = models.CharField(max_length=20, choices=Cost.choices)
    hours = models.FloatField(null=True, blank=True, help_text="To work through it; empty for a place to go to.")
    hours_basis = models.CharField(max_length=30, blank=True, choices=HoursBasis.choices)
    language = models.CharField(max_length=8, default="en")
    level_from = models.PositiveSmallIntegerField(default=1)
    level_to = models.PositiveSmallIntegerField(default=5)
    prerequisites = models.ManyToManyField(Subskill, related_name="prerequisite_of", blank=True)
    named_in_sources = models.BooleanField("named in the articles", default=False)
    archived = models.BooleanField(default=False, help_text="Kept for references, never recommended.")
    note = models.TextField(blank=True)

    objects = keyed_by("slug").from_queryset(ResourceQuerySet)()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def free(self) -> bool:
        return self.cost in (Cost.FREE, Cost.FREE_TO_READ)


class ResourceSubskill(Dated):
    """How much of a resource is about a sub-skill, and where in it."""

    class Weight(models.IntegerChoices):
        TOUCHED = 1, _("touched")
        CHAPTER = 2, _("a chapter or a week")
        MAIN = 3, _("main subject")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="coverage")
    subskill = models.ForeignKey(Subskill, on_delete=models.CASCADE, related_name="coverage")
    weight = models.PositiveSmallIntegerField(choices=Weight.choices)
    chapters = models.CharField(max_length=100, blank=True)

    objects = keyed_by("resource__slug", "subskill__slug").from_queryset(DatedQuerySet)()

    class Meta:
        ordering = ["resource", "-weight"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "subskill"], name="one_weight_per_resource_and_subskill")
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.subskill} {self.weight}"

    def natural_key(self) -> tuple[str, str]:
        return (self.resource.slug, self.subskill.slug)
