"""Reporting a question, and answering the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.models import Item, ItemResponse, Learner, Report

REPORTS_A_DAY = 20  # enough for a careful reader of a long sitting, too few to bury the desk


class TooMany(Exception):
    """She has reported as much today as one person may."""


class Answered(Exception):
    """An editor has answered this report; its words stay as they were."""


@transaction.atomic
def report(learner: Learner, attempt_pk: int, position: int, words: str) -> Report:
    """Keep her words about a question she has answered; new words replace those nobody has answered yet.

    Raises ItemResponse.DoesNotExist for an answer that is not hers, Answered and TooMany.
    """
    response = (
        ItemResponse.objects.answered()
        .filter(attempt__learner_id=learner.pk, attempt=attempt_pk, position=position)
        .select_for_update(of=("self",))
        .get()
    )
    made = Report.objects.filter(response=response).first()
    if made is None:
        refuse_too_many(learner)
        return Report.objects.create(learner=learner, response=response, version_id=response.version_id, words=words)
    if not made.is_open:
        raise Answered
    made.words = words
    made.save(update_fields=["words"])
    return made


def refuse_too_many(learner: Learner) -> None:
    since = timezone.now() - timedelta(days=1)
    if Report.objects.filter(learner_id=learner.pk, created_at__gt=since).count() >= REPORTS_A_DAY:
        raise TooMany


@transaction.atomic
def answer(report: Report, text: str, *, by: Any, all_open: bool = False) -> int:
    """Answer a report, or with the same words every open one about the question; return how many."""
    told = Report.objects.filter(pk=report.pk)
    if all_open:
        told |= Report.objects.open().filter(version__item=report.version.item_id)
    return told.update(
        state=Report.State.ANSWERED, answer=text, answered_by=by, answered_at=timezone.now(), read_at=None
    )


def mark_read(learner: Learner, pk: int) -> bool:
    """She has read the answer."""
    return bool(Report.objects.of(learner).tellable().filter(pk=pk).update(read_at=timezone.now()))


@dataclass(frozen=True)
class Pile:
    """All reports about one question, the open ones first."""

    item: Item
    reports: list[Report]
    learners: int  # with finished sittings and an open report; 0 where they are fewer than weigh

    @property
    def open(self) -> int:
        return sum(report.is_open for report in self.reports)


def piles(*, answered_too: bool = False) -> list[Pile]:
    """Reports by question, of those with an open one: reports of several learners first, then the newest."""
    weighty = Report.objects.weighty()
    chosen = Report.objects.all()
    if not answered_too:
        chosen = chosen.filter(version__item__in=Report.objects.open().values("version__item"))
    rows = chosen.select_related("version__item__area", "version__item__current_version").order_by(
        "version__item", "-state", "-created_at"
    )
    grouped = groupby(rows, key=lambda report: report.version.item)
    found = [Pile(item, list(reports), weighty.get(item.pk, 0)) for item, reports in grouped]
    return sorted(found, key=lambda pile: (-pile.learners, -pile.open, -pile.reports[0].created_at.timestamp()))
