"""Question files on their way into the bank: what was read, what the editor decided, what became of it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.formats.exchange import Weight
from assessments.models.items import CognitiveLevel, Item
from assessments.models.pictures import Picture
from assessments.models.skills import Subskill

LONGEST_CATEGORY = 500
WEIGHTS = [
    (Weight.REFUSED.value, _("refused")),
    (Weight.SKIPPED.value, _("left out")),
    (Weight.CHANGED.value, _("changed")),
]
SILENT_FOR = timedelta(minutes=4)  # reading 20 MB may take 100 s; longer silence means that the work has stopped


class Choice(models.TextChoices):
    """What becomes of a question that is in the bank already."""

    SKIP = "skip", _("leave it out")
    VERSION = "version", _("make it the next version of the one in the bank")
    NEW = "new", _("import it as a new question")


class QuestionImport(models.Model):
    """One file. Its questions wait here until the editor has seen them; then all are made, or none."""

    class State(models.TextChoices):
        READING = "reading", _("is being read")
        FAILED = "failed", _("could not be read")
        WAITING = "waiting", _("waits for you")
        IMPORTING = "importing", _("is being imported")
        DONE = "done", _("imported")
        DISCARDED = "discarded", _("discarded")

    class LifeOfNew(models.TextChoices):
        DRAFT = "draft", _("draft")
        PRETEST = "pretest", _("pretest: shown, never counted")
        OPERATIONAL = "operational", _("operational")
        AS_WRITTEN = "file", _("as the file says, where it does; else draft")

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=20)
    file = models.BinaryField(null=True, help_text="Until it is read.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    trouble = models.TextField(blank=True, help_text="Why it could not be read or imported.")
    total = models.PositiveIntegerField(default=0, help_text="Questions that were read.")
    done = models.PositiveIntegerField(default=0, help_text="Of those under way.")
    touched_at = models.DateTimeField(default=timezone.now, help_text="When the work last gave a sign.")
    claimed = models.BooleanField(default=False, help_text="Somebody is at work on it.")

    places = models.JSONField(default=dict, blank=True, help_text="The sub-skill of each category.")
    existing = models.CharField(max_length=10, choices=Choice.choices, default=Choice.SKIP)
    difficulty_label = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    cognitive_level = models.CharField(max_length=10, choices=CognitiveLevel.choices, default=CognitiveLevel.APPLY)
    life = models.CharField(max_length=12, choices=LifeOfNew.choices, default=LifeOfNew.DRAFT)
    refused_left_out = models.BooleanField(default=False, help_text="The editor leaves out what could not be read.")
    finished_at = models.DateTimeField(null=True, blank=True)
    pictures = models.ManyToManyField(Picture, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def under_way(self) -> bool:
        return self.state in (self.State.READING, self.State.IMPORTING)

    @property
    def has_stopped(self) -> bool:
        """Its worker died without a word: a restart of the machine, for example."""
        return self.under_way and timezone.now() - self.touched_at > SILENT_FOR


class ImportedQuestionQuerySet(models.QuerySet["ImportedQuestion"]):
    def known(self) -> ImportedQuestionQuerySet:
        """Those that are in the bank already."""
        return self.filter(twin__isnull=False)

    def unplaced(self) -> ImportedQuestionQuerySet:
        """Those whose category decides where they belong."""
        return self.filter(subskill__isnull=True)


class ImportedQuestion(models.Model):
    """A question as the file says it, rendered, with what becomes of it."""

    class Likeness(models.TextChoices):
        ID = "id", _("same id")
        TEXT = "text", _("same text")
        BOTH = "both", _("same id and same text")

    batch = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)
    slug = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=255, blank=True)
    category = models.CharField(max_length=LONGEST_CATEGORY, blank=True)
    kind = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=32)
    language = models.CharField(max_length=8, default="en")
    content = models.TextField(default="{}", help_text="The columns of the version to be, as JSON text.")
    key = models.TextField(default="{}")
    content_html = models.TextField(default="{}")
    review_html = models.TextField(default="{}")
    guessing = models.FloatField(default=0)
    tags = models.JSONField(default=list)
    about = models.TextField(blank=True, help_text="What only our own format says, as JSON text.")
    subskill = models.ForeignKey(
        Subskill, on_delete=models.SET_NULL, null=True, blank=True, help_text="Where the file itself puts it."
    )
    twin = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    likeness = models.CharField(max_length=5, choices=Likeness.choices, blank=True)
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)

    objects = ImportedQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="one_question_per_place_in_file")]

    def __str__(self) -> str:
        return self.title or self.slug or f"{self.batch}, {self.position}"


class ImportRemark(models.Model):
    """What was not taken as it stands in the file, with its line."""

    batch = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="remarks")
    line = models.PositiveIntegerField(default=0)
    weight = models.CharField(max_length=10, choices=WEIGHTS)
    where = models.CharField(max_length=255, blank=True)
    message = models.TextField()

    class Meta:
        ordering = ["batch", "line", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"


class CategoryPlace(models.Model):
    """Where an editor put a category the last time: the next file with it is asked nothing."""

    category = models.CharField(max_length=LONGEST_CATEGORY, unique=True)
    subskill = models.ForeignKey(Subskill, on_delete=models.CASCADE)

    def __str__(self) -> str:
        return self.category
