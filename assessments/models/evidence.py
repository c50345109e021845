"""What a person says of herself and what she can show: beside the measurement, never mixed into it."""

from __future__ import annotations

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.learners import Learner
from assessments.models.skills import Area

CLAIM_HOLDS = timedelta(days=365)  # a claim speaks of the practice of the last twelve months


class ClaimQuerySet(models.QuerySet["Claim"]):
    def of(self, learner: Learner) -> ClaimQuerySet:
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()


class Claim(models.Model):
    """Her own rating of her practice in one area, on the five anchors of that area. Earlier ones are kept."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="claims")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="claims")
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    claimed_at = models.DateTimeField(default=timezone.now)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-claimed_at", "-pk"]
        indexes = [models.Index(fields=["learner", "area", "-claimed_at"])]

    def __str__(self) -> str:
        return f"{self.area} {self.level}"


class ProofQuerySet(models.QuerySet["Proof"]):
    def of(self, learner: Learner) -> ProofQuerySet:
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()

    def showing_practice(self) -> ProofQuerySet:
        """As `Proof.shows_practice`, for many: so many lines are checked."""
        return self.filter(**{f"checks__{CHECKS_THAT_SHOW_PRACTICE - 1}__isnull": False})


class Proof(models.Model):
    """Something she can show: where it is, and what she has checked of it herself."""

    class Kind(models.TextChoices):
        REPOSITORY = "repository", _("Repository")
        PAPER = "paper", _("Paper or report")
        CERTIFICATE = "certificate", _("Certificate")
        OTHER = "other", _("Other work")

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="proofs")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=150)
    url = models.URLField(max_length=500, validators=[URLValidator(schemes=["http", "https"])])
    made_on = models.DateField()
    checks = models.JSONField(default=list, blank=True, help_text="What of the rubric of its kind is true.")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def rubric(self) -> list[tuple[str, bool]]:
        """Each line of the rubric, and whether she says that it holds."""
        return [(str(words), name in self.checks) for name, words in RUBRICS[self.kind].items()]

    @property
    def held(self) -> int:
        return sum(holds for _words, holds in self.rubric)

    @property
    def shows_practice(self) -> bool:
        """Whether it stands for work done, by her own check."""
        return self.held >= CHECKS_THAT_SHOW_PRACTICE


# Each line is a fact that somebody else could verify, not a judgement.
RUBRICS = {
    Proof.Kind.REPOSITORY.value: {
        "mine": _("I wrote most of it, and the history shows which part."),
        "runs": _("It runs from a clean clone by what its README says."),
        "tests": _("It has tests that fail when its main behaviour breaks."),
        "data": _("It says where its data and figures come from, and they can be made again."),
        "used": _("Somebody other than me has used it or reviewed it."),
    },
    Proof.Kind.PAPER.value: {
        "mine": _("I am an author, and it says what my part was."),
        "baseline": _("It compares with a sensible baseline."),
        "doubt": _("Its figures carry an uncertainty, or it says why they have none."),
        "again": _("Code and data allow somebody else to make its results again."),
        "reviewed": _("Somebody independent has reviewed it."),
    },
    Proof.Kind.CERTIFICATE.value: {
        "mine": _("It is in my name and can be checked with its issuer."),
        "examined": _("It asked for an examination or a project, not for attendance alone."),
        "watched": _("The examination was supervised, or the project was judged by a person."),
        "recent": _("It was issued in the last three years, or is still valid."),
        "covers": _("Its published contents cover this area."),
    },
    Proof.Kind.OTHER.value: {
        "mine": _("I did the work, or it says which part was mine."),
        "seen": _("Others can see the result."),
        "problem": _("It solved a real problem that somebody had."),
        "effect": _("Its effect can be told in a figure or by a person who can be asked."),
        "recent": _("It was done in the last twelve months."),
    },
}
CHECKS_THAT_SHOW_PRACTICE = 3  # of five lines
