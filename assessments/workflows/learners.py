"""What happens to a learner when people come, sign up, sign in and leave."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.models import (
    AreaEstimate,
    Attempt,
    Claim,
    FactTick,
    Learner,
    PracticeAnswer,
    Proof,
    Report,
    ResourceChoice,
    ReviewCard,
    StudyPlan,
    User,
)
from assessments.workflows import reviews


def begin_guest() -> Learner:
    return Learner.objects.create()


def of_user(user: User) -> Learner:
    learner, _created = Learner.objects.select_related("profile__role").get_or_create(user=user)
    return learner


@transaction.atomic
def claim(user: User, guest: Learner | None) -> Learner:
    """Give a new account the guest's learner with all she has done, or a fresh one."""
    if guest and Learner.objects.guests().filter(pk=guest.pk).update(user=user):
        guest.user = user
        return guest
    return of_user(user)


@transaction.atomic
def join(guest: Learner, learner: Learner) -> int:
    """Move a guest's sittings to an account that has its own; return how many moved.

    Of two open sittings in one area the guest's is closed and kept.
    """
    Learner.objects.select_for_update().filter(pk__in=[guest.pk, learner.pk]).order_by("pk").first()
    close_doubles(guest, learner)
    moved = Attempt.objects.filter(learner=guest).update(learner=learner)
    AreaEstimate.objects.filter(learner=guest).update(is_current=False)
    AreaEstimate.objects.filter(learner=guest).update(learner=learner)
    Report.objects.filter(learner=guest).update(learner=learner)
    make_latest_current(learner)
    reviews.join_cards(guest, learner)
    Claim.objects.filter(learner=guest).update(learner=learner)
    Proof.objects.filter(learner=guest).update(learner=learner)
    move_ticks(guest, learner)
    move_plan(guest, learner)
    if guest.profile_id and not learner.profile_id:
        learner.profile_id = guest.profile_id
        learner.save(update_fields=["profile"])
    guest.delete()
    return moved


def owns_anything(learner: Learner) -> bool:
    """Whether anything would be lost with her: a sitting, a claim, a plan, whatever names her."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: learner}).exists()
        for relation in Learner._meta.related_objects
    )


def close_doubles(guest: Learner, learner: Learner) -> None:
    hers = list(Attempt.objects.filter(learner=learner, state=Attempt.State.OPEN).values_list("area", flat=True))
    for attempt in Attempt.objects.filter(learner=guest, state=Attempt.State.OPEN):
        if attempt.area_id in hers:
            attempt.state, attempt.end = Attempt.State.FINISHED, Attempt.End.REPLACED
            attempt.finished_at = timezone.now()
            attempt.save(update_fields=["state", "end", "finished_at"])
            reviews.note_mistakes(attempt)


def move_ticks(guest: Learner, learner: Learner) -> None:
    """What both have ticked stays as the account has it."""
    hers = FactTick.objects.of(learner).values("fact")
    FactTick.objects.of(guest).exclude(fact__in=hers).update(learner=learner)


def move_plan(guest: Learner, learner: Learner) -> None:
    """Of two words on one book, or of two plans, the account's stays."""
    decided = ResourceChoice.objects.of(learner).values("resource")
    ResourceChoice.objects.of(guest).exclude(resource__in=decided).update(learner=learner)
    if not StudyPlan.objects.of(learner).exists():
        StudyPlan.objects.of(guest).update(learner=learner)


def make_latest_current(learner: Learner) -> None:
    """Of each area only the newest estimate is where she stands."""
    AreaEstimate.objects.filter(learner=learner).update(is_current=False)
    estimates = AreaEstimate.objects.filter(learner=learner).order_by("measured_at")
    newest = dict(estimates.values_list("area", "pk"))  # of equal areas the last one stays
    AreaEstimate.objects.filter(pk__in=newest.values()).update(is_current=True)


@transaction.atomic
def forget(learner: Learner) -> None:
    """Delete a person: account, sittings, answers, estimates. Nothing of hers is left."""
    user = learner.user
    learner.delete()
    if user:
        user.delete()


def everything_about(learner: Learner) -> dict[str, Any]:
    """All that is stored of a person, with names instead of numbers."""
    return {
        "account": {"email": learner.user.email, "joined": learner.user.date_joined} if learner.user else None,
        "role": str(learner.profile) if learner.profile else None,
        "attempts": [attempt_data(attempt) for attempt in attempts_with_answers(learner)],
        "estimates": list(
            AreaEstimate.objects.of(learner).values(
                "area__slug", "measured_at", "theta", "standard_error", "low", "high", "answers", "borrowed"
            )
        ),
        "ticks": list(FactTick.objects.of(learner).values("fact__code", "fact__statement", "ticked_at")),
        "reports": [
            report_data(report)
            for report in Report.objects.of(learner).select_related("version__item", "response__attempt")
        ],
        "reviews": list(
            ReviewCard.objects.of(learner).values(
                "item__slug", "reason", "added_at", "due_at", "memory_stability", "memory_difficulty"
            )
        ),
        "practice": list(
            PracticeAnswer.objects.of(learner).values(
                "version__item__slug", "version__number", "answer", "outcome", "confidence", "rating", "answered_at"
            )
        ),
        "claims": list(Claim.objects.of(learner).values("area__slug", "level", "claimed_at")),
        "proofs": list(
            Proof.objects.of(learner).values("area__slug", "kind", "title", "url", "made_on", "checks", "added_at")
        ),
        "choices": list(
            ResourceChoice.objects.of(learner).values(
                "resource__slug", "resource__title", "state", "reason", "changed_at"
            )
        ),
        "plan": plan_data(learner),
    }


def report_data(report: Report) -> dict[str, Any]:
    attempt = report.response.attempt
    return {
        "question": report.version.item.slug,
        "version": report.version.number,
        "words": report.words,
        "created_at": report.created_at,
        "state": report.state,
        # An editor's answer may tell the key.
        "answer": None if attempt.is_open else report.answer,
        "answered_at": report.answered_at,
    }


def plan_data(learner: Learner) -> dict[str, Any] | None:
    """The terms of her plan; the plan itself is computed from them each time."""
    fields = ("profile__role__slug", "profile__seniority", "hours_per_week", "budget", "starts_on", "until", "made_at")
    return StudyPlan.objects.of(learner).values(*fields).first()


def attempts_with_answers(learner: Learner) -> Any:
    return (
        Attempt.objects.of(learner).select_related("area", "calibration").prefetch_related("responses__version__item")
    )


def attempt_data(attempt: Attempt) -> dict[str, Any]:
    return {
        "area": attempt.area.slug if attempt.area else "map",
        "goal": attempt.goal,
        "state": attempt.state,
        "end": attempt.end,
        "started_at": attempt.started_at,
        "finished_at": attempt.finished_at,
        "calibration": attempt.calibration.number,
        # An estimate that moves with every answer would tell which of them was right.
        "theta": None if attempt.is_open else attempt.theta,
        "standard_error": None if attempt.is_open else attempt.standard_error,
        "self_rating": attempt.self_rating,
        "answers": [
            {
                "position": response.position,
                "question": response.version.item.slug,
                "version": response.version.number,
                "answer": response.answer,
                # Whether an answer is right is told when the sitting has ended, here as anywhere.
                "outcome": None if attempt.is_open else response.outcome,
                "credit": None if attempt.is_open else response.credit,
                "confidence": response.confidence,
                "shown_at": response.shown_at,
                "answered_at": response.answered_at,
                "visible_ms": response.visible_ms,
            }
            for response in attempt.responses.all()
        ],
    }
