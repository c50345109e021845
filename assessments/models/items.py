"""Questions and their versions: what is asked, what is right, and what is known of its difficulty."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.json_text import Encoder
from assessments.models.natural_keys import keyed_by
from assessments.models.resources import Resource
from assessments.models.skills import Area, Subskill
from assessments.questions.question import Question

OPERATIONAL_ITEMS_NEEDED = 40  # below it no adaptive sitting holds its promise (design, section 4)


class Life(models.TextChoices):
    DRAFT = "draft", _("draft")
    PRETEST = "pretest", _("pretest: shown, never counted")
    OPERATIONAL = "operational", _("operational")
    RETIRED = "retired", _("retired")


class CognitiveLevel(models.TextChoices):
    RECALL = "recall", _("recall")
    APPLY = "apply", _("apply")
    ANALYSE = "analyse", _("analyse")


class ItemQuerySet(models.QuerySet["Item"]):
    def operational(self) -> ItemQuerySet:
        return self.filter(life=Life.OPERATIONAL, current_version__isnull=False)

    def asked(self) -> ItemQuerySet:
        """In use or on trial: what a learner may meet."""
        return self.filter(life__in=(Life.OPERATIONAL, Life.PRETEST), current_version__isnull=False)

    def on_trial(self) -> ItemQuerySet:
        return self.filter(life=Life.PRETEST, current_version__isnull=False)


class Item(models.Model):
    """A question through all its versions. A used one is retired, never deleted."""

    slug = models.SlugField(unique=True, max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="items")
    life = models.CharField(max_length=12, choices=Life.choices, default=Life.DRAFT, db_index=True)
    title = models.CharField(max_length=255, blank=True, help_text="What its author calls it; learners never see it.")
    tags = models.JSONField(default=list, blank=True, help_text="Words that other systems keep beside it.")
    family = models.CharField(
        max_length=80, blank=True, help_text="Variants of one question share it; a sitting shows one of them."
    )
    current_version = models.OneToOneField(
        "ItemVersion", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="current_of"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = keyed_by("slug").from_queryset(ItemQuerySet)()

    class Meta:
        ordering = ["area__position", "slug"]
        indexes = [models.Index(fields=["area", "life"])]

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def has_been_met(self) -> bool:
        """Somebody was asked it, or waits to be."""
        met = Q(responses__isnull=False) | Q(practice_answers__isnull=False)
        return self.review_cards.exists() or self.versions.filter(met).exists()


class ItemVersion(models.Model):
    """One wording of a question. It can be changed until it is first shown; then it is frozen.

    Frozen means that a response, or an answer in practice, names it. No column says so: the response
    itself is the proof, and its foreign key holds off an edit that is under way (workflows.items.revise).
    """

    class Edit(models.TextChoices):
        WORDING = "wording", _("wording: what is known of it carries over")
        NEW_QUESTION = "new", _("a new question: statistics start anew")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=20)
    content = models.JSONField(encoder=Encoder, help_text="What the taker sees.")
    key = models.JSONField(encoder=Encoder, help_text="What is right, and what is said about each answer.")
    content_html = models.JSONField(encoder=Encoder, default=dict)
    review_html = models.JSONField(encoder=Encoder, default=dict)
    fingerprint = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    guessing = models.FloatField(help_text="1 / number of admissible answers; 0 where an answer is entered.")
    subskill = models.ForeignKey(Subskill, on_delete=models.PROTECT, related_name="item_versions")
    also_about = models.ManyToManyField(Subskill, related_name="touched_by", blank=True)
    cognitive_level = models.CharField(max_length=10, choices=CognitiveLevel.choices)
    difficulty_label = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    difficulty_reason = models.CharField(max_length=300, blank=True)
    seconds = models.PositiveSmallIntegerField(default=60, help_text="What a prepared person takes.")
    language = models.CharField(max_length=8, default="en")
    holds_for = models.CharField(max_length=100, blank=True, help_text='A tool and its versions: "pandas >= 2.2".')
    review_by = models.DateField(null=True, blank=True)
    keying = models.JSONField(default=dict, blank=True, help_text="Panel behind the key of a situational question.")
    verify = models.JSONField(default=dict, blank=True, help_text="Code that proves the key.")
    imported_as = models.OneToOneField(
        "ImportedQuestion", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="made"
    )
    edit = models.CharField(max_length=10, choices=Edit.choices, default=Edit.NEW_QUESTION)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False
    )

    objects = keyed_by("item__slug", "number")()

    class Meta:
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(guessing__gte=0, guessing__lt=1), name="guessing_is_a_probability"),
        ]

    def __str__(self) -> str:
        return f"{self.item.slug} version {self.number}"

    def natural_key(self) -> tuple[str, int]:
        return (self.item.slug, self.number)

    @property
    def is_frozen(self) -> bool:
        return self.responses.exists() or self.practice_answers.exists()

    @property
    def question(self) -> Question:
        return Question(kind=self.kind, content=self.content, key=self.key)


class ItemReference(models.Model):
    """Where a question's claim can be read."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="references")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="cited_by")
    locator = models.CharField(max_length=200, help_text="Chapter or section.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["version", "position"]

    def __str__(self) -> str:
        return f"{self.resource}, {self.locator}"


class CalibrationQuerySet(models.QuerySet["Calibration"]):
    def current(self) -> Calibration:
        return self.latest("number")


class Calibration(models.Model):
    """What was known of all items at one moment. Never changed: a score names the one it rests on."""

    number = models.PositiveIntegerField(unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    level_cuts = models.JSONField(help_text="Marks of theta between the levels, expert-set and provisional.")
    label_difficulties = models.JSONField(help_text="Mean difficulty of each label, from 1 to 5.")
    label_standard_deviation = models.FloatField()
    area_correlation = models.FloatField(help_text="How alike the areas are in one person.")
    report = models.JSONField(default=dict, blank=True)

    objects = CalibrationQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"calibration {self.number}"


class ItemParameters(models.Model):
    """What answers say of one version in one calibration; a version without a row rests on its label."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="parameters")
    calibration = models.ForeignKey(Calibration, on_delete=models.CASCADE, related_name="parameters")
    discrimination = models.FloatField()
    difficulty = models.FloatField()
    log_discrimination_error = models.FloatField()
    difficulty_error = models.FloatField()
    answers = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "item parameters"
        constraints = [
            models.UniqueConstraint(fields=["version", "calibration"], name="one_estimate_per_version_and_calibration")
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.calibration}"


class Forecast(models.Model):
    """How many questions a sitting takes, by simulating the bank as it is; never written down by hand."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, blank=True, related_name="forecasts")
    goal = models.CharField(max_length=10)
    calibration = models.ForeignKey(Calibration, on_delete=models.CASCADE)
    bank_revision = models.PositiveIntegerField()
    typical = models.PositiveSmallIntegerField(help_text="Median number of questions.")
    most = models.PositiveSmallIntegerField(help_text="Nine of ten people need at most so many.")
    reached = models.FloatField(help_text="Share of simulated people who reach the precision.")
    minutes = models.PositiveSmallIntegerField(help_text="Typical time, from the seconds of its questions.")
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "goal"], name="one_forecast_per_area_and_goal"),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.goal}: {self.typical}"
