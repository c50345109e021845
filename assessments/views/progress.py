"""Where she stands in all areas, and the sittings and answers that say so."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.forms.history import AnswersForm, SittingsForm
from assessments.middleware import Request
from assessments.models import Level
from assessments.workflows import history as past
from assessments.workflows import results
from assessments.workflows.overview import overview
from assessments.workflows.roles import chosen_profile, standings

SITTINGS_ON_A_PAGE = 25
ANSWERS_ON_A_PAGE = 10


@require_GET
def progress(request: Request) -> HttpResponse:
    return render(request, "assessments/progress/page.html", {"overview": overview(request.learner)})


@require_GET
def report(request: Request) -> HttpResponse:
    """The profile on one sheet of paper."""
    profile = chosen_profile(request.learner)
    rows = standings(request.learner, profile)
    context = {
        "rows": sorted(rows, key=lambda row: row.report is None),
        "measured": sum(row.report is not None for row in rows),
        "answers": sum(row.estimate.answers for row in rows if row.estimate),
        "borrowed": any(row.estimate and row.estimate.borrowed for row in rows),
        "profile": profile,
        "levels": Level.objects.all(),
        "now": timezone.now(),
    }
    return render(request, "assessments/progress/report.html", context)


@require_GET
def history(request: Request) -> HttpResponse:
    """Every sitting, the newest first."""
    form = SittingsForm(request.GET)
    area = form.cleaned_data["area"] if form.is_valid() else ""
    page = Paginator(past.sittings(request.learner, area), SITTINGS_ON_A_PAGE).get_page(request.GET.get("page"))
    sittings = [past.sitting(attempt) for attempt in page]
    context = {"form": form, "page": page, "sittings": sittings, "filtered": bool(area)}
    return render(request, "assessments/progress/history.html", context)


@require_GET
def answers(request: Request) -> HttpResponse:
    """Every answer with the truth beside it, as she filters them."""
    told = past.told(request.learner)
    caught = past.caught(told)
    form = AnswersForm(request.GET, caught=caught)
    wanted = form.cleaned_data if form.is_valid() else {"show": "", "area": "", "misconception": ""}
    idea = next((one for one in caught if one.misconception.slug == wanted["misconception"]), None)
    found = idea.responses if idea else None
    rows = past.answers(told, show=wanted["show"], area=wanted["area"], responses=found)
    page = Paginator(rows, ANSWERS_ON_A_PAGE).get_page(request.GET.get("page"))
    reviewed = [results.review(response) for response in page]
    context = {"form": form, "page": page, "rows": reviewed, "idea": idea, "filtered": any(wanted.values())}
    return render(request, "assessments/progress/answers.html", context)
