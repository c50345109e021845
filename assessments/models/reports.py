"""Reports: what a learner says is wrong with a question, and what an editor answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.attempts import Attempt, ItemResponse
from assessments.models.items import ItemVersion
from assessments.models.learners import Learner

LONGEST_WORDS = 1000
LONGEST_ANSWER = 2000
WEIGHTY = 3  # learners with finished sittings, from which a question comes first in "needs attention"


class ReportQuerySet(models.QuerySet["Report"]):
    def of(self, learner: Learner) -> ReportQuerySet:
        """Hers; nobody's for a visitor who has not begun yet."""
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()

    def open(self) -> ReportQuerySet:
        return self.filter(state=Report.State.OPEN)

    def answered(self) -> ReportQuerySet:
        return self.filter(state=Report.State.ANSWERED)

    def tellable(self) -> ReportQuerySet:
        """Answered, and of a sitting that has ended: an editor's answer may tell the key."""
        return self.answered().filter(response__attempt__state=Attempt.State.FINISHED)

    def unread(self) -> ReportQuerySet:
        """Answers that wait to be read by their learner."""
        return self.tellable().filter(read_at=None)

    def weighty(self) -> dict[int, int]:
        """Items that several learners complain of, with the number of these learners.

        Only open reports from finished sittings count: a sitting costs time, so that nobody can push
        a question up with a handful of throw-away browsers. Being weighty never removes a question.
        """
        rows = (
            self.open()
            .filter(response__attempt__state=Attempt.State.FINISHED)
            .order_by()
            .values_list("version__item")
            .annotate(learners=Count("learner", distinct=True))
            .filter(learners__gte=WEIGHTY)
        )
        return dict(rows)


class Report(models.Model):
    """One learner's words about one question as she met it. There is one for each of her answers."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="reports")
    response = models.OneToOneField(ItemResponse, on_delete=models.CASCADE, related_name="report")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="reports")
    words = models.TextField(max_length=LONGEST_WORDS)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN, db_index=True)
    answer = models.TextField(max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_reports"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When its learner has read the answer.")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True) | Q(state="answered", answered_at__isnull=False),
                name="answered_reports_have_a_time",
            )
        ]
        indexes = [models.Index(fields=["learner", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.version}: {self.words[:60]}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
