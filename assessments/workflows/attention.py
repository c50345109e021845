"""Questions that need an editor's eye, the most harmful first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.mail import send_mail
from django.db.models import BooleanField, Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Demotion, ItemToLookAt, ItemVersion, Report, User


def needing_attention() -> QuerySet[ItemToLookAt]:
    """Questions with `learners` who report them, `harm`, and whether they `rested` unseen; worst first.

    Reports of three learners with finished sittings come before everything else.
    """
    weighty = Report.objects.weighty()
    rested = Demotion.objects.unseen().filter(version__item=OuterRef("pk"))
    return (
        ItemToLookAt.objects.annotate(
            learners=Case(
                *[When(pk=pk, then=Value(n)) for pk, n in weighty.items()],
                default=Value(0),
                output_field=IntegerField(),
            ),
            harm=Coalesce(F("current_version__statistics__harm"), 0.0),
            rested=Exists(rested),
        )
        .annotate(
            reported=Case(When(learners__gt=0, then=Value(True)), default=Value(False), output_field=BooleanField())
        )
        .filter(Q(harm__gt=0) | Q(learners__gt=0) | Q(rested=True))
        .exclude(life="retired", learners=0)
        .order_by("-reported", "-rested", "-harm", "-learners", "slug")
    )


def mark_seen(items: QuerySet[ItemToLookAt], *, by: Any) -> int:
    """An editor knows that these went back to pretest."""
    unseen = Demotion.objects.unseen().filter(version__item__in=list(items.values_list("pk", flat=True)))
    return unseen.update(seen_at=timezone.now(), seen_by=by)


@dataclass(frozen=True)
class News:
    """What waits on the desk."""

    rested: int
    reported: int
    reports: int

    @property
    def any(self) -> bool:
        return bool(self.rested or self.reports)


def news() -> News:
    """For the first page of the desk: questions sent back, questions several learners report, open reports."""
    return News(
        rested=Demotion.objects.unseen().count(),
        reported=len(Report.objects.weighty()),
        reports=Report.objects.open().count(),
    )


def tell_editors(versions: Iterable[ItemVersion]) -> int:
    """A mail to everybody who may edit questions, about those that went back to pretest; how many mails."""
    slugs = sorted(version.item.slug for version in versions)
    people = editors()
    if not slugs or not people:
        return 0
    subject = ngettext("%(n)s question went back to pretest", "%(n)s questions went back to pretest", len(slugs)) % {
        "n": len(slugs)
    }
    body = _(
        "Their answers say that these questions do not measure as they should:\n\n%(slugs)s\n\n"
        "They are still asked now and then, and count for nobody. What their answers say, and what to do, "
        "is on the desk under “needs attention”."
    ) % {"slugs": "\n".join(slugs)}
    return sum(send_mail(subject, body, None, [person.email], fail_silently=True) for person in people)


def editors() -> list[User]:
    """Staff who may change questions."""
    may = Q(user_permissions__codename="change_item") | Q(groups__permissions__codename="change_item")
    return list(User.objects.filter(Q(is_superuser=True) | may, is_active=True, is_staff=True).distinct())
