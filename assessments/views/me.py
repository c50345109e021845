"""Her data: seeing, taking and deleting it; and what becomes of a guest who signs in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.forms.me import DeleteForm
from assessments.middleware import GUEST, Request, guest_of
from assessments.models import (
    AreaEstimate,
    Attempt,
    Claim,
    FactTick,
    ItemResponse,
    Learner,
    PracticeAnswer,
    Proof,
    Report,
    ResourceChoice,
    ReviewCard,
    StudyPlan,
)
from assessments.views.places import place_within
from assessments.workflows import learners


def my_data(request: Request) -> HttpResponse:
    return show(request, DeleteForm(user=request.user))


def show(request: Request, form: DeleteForm, status: int = 200) -> HttpResponse:
    attempts = Attempt.objects.of(request.learner)
    return render(
        request,
        "assessments/me/page.html",
        {
            "attempts": attempts.count(),
            "answers": ItemResponse.objects.answered().filter(attempt__in=attempts).count(),
            "estimates": AreaEstimate.objects.of(request.learner).count(),
            "cards": ReviewCard.objects.of(request.learner).count(),
            "practised": PracticeAnswer.objects.of(request.learner).count(),
            "claims": Claim.objects.of(request.learner).count(),
            "proofs": Proof.objects.of(request.learner).count(),
            "choices": ResourceChoice.objects.of(request.learner).count(),
            "plans": StudyPlan.objects.of(request.learner).count(),
            "ticks": FactTick.objects.of(request.learner).count(),
            "reports": Report.objects.of(request.learner).count(),
            "unread_reports": Report.objects.of(request.learner).unread().count(),
            "form": form,
        },
        status=status,
    )


def arrived(request: Request) -> HttpResponse:
    """Right after signing in: if this browser holds a guest's results, ask what to do with them."""
    guest = guest_of(request) if request.user.is_authenticated else None
    place = place_within(request, request.GET.get("next", ""), reverse("progress"))
    if guest and learners.owns_anything(guest):
        attempts = guest.attempts.select_related("area")
        return render(request, "assessments/me/join.html", {"attempts": attempts, "next": place})
    request.session.pop(GUEST, None)
    return redirect(place)


@require_POST
def join(request: Request) -> HttpResponse:
    """Add the guest's results to the account, or delete them from this browser."""
    guest = guest_of(request)
    if guest and request.user.is_authenticated:
        if request.POST.get("join") == "yes":
            learners.join(guest, request.begin_learner())
            messages.success(request, _("The results of this browser are now in your account."))
        else:
            learners.forget(guest)
            messages.info(request, _("The results of this browser were deleted; your account is as it was."))
        request.session.pop(GUEST, None)
    return redirect(place_within(request, request.POST.get("next", ""), reverse("progress")))


def export(request: Request) -> HttpResponse:
    """Everything we hold about her, as JSON."""
    response = JsonResponse(learners.everything_about(request.learner), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = f'attachment; filename="careerquiz-{timezone.localdate():%Y-%m-%d}.json"'
    return response


@require_POST
def delete(request: Request) -> HttpResponse:
    form = DeleteForm(request.POST, user=request.user)
    if not form.is_valid():
        return show(request, form, status=422)
    learner = Learner.objects.filter(pk=request.learner.pk).first()  # before the session that names her is gone
    user = request.user if request.user.is_authenticated else None
    logout(request)
    if learner:
        learners.forget(learner)
    elif user:
        user.delete()
    messages.success(request, _("Your data is deleted. Nothing of it is left here."))
    return redirect("home")
