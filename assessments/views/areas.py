"""The areas, and what a person should know before she starts one."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from assessments.forms.attempts import BeginForm
from assessments.middleware import Request
from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, Attempt, Forecast, Goal, Subskill
from assessments.workflows.courses import ROUND
from assessments.workflows.grounds import grounds_of
from assessments.workflows.roles import chosen_profile, needed_areas, standings


def areas(request: Request) -> HttpResponse:
    forecasts = {row.area_id: row for row in Forecast.objects.filter(goal=Goal.QUICK, area__isnull=False)}
    open_attempts = {attempt.area_id: attempt for attempt in Attempt.objects.of(request.learner).open()}
    counts = dict(Area.objects.with_counts().values_list("pk", "operational"))
    rows = [
        {
            "standing": standing,
            "forecast": forecasts.get(standing.area.pk),
            "attempt": open_attempts.get(standing.area.pk),
            "items": counts[standing.area.pk],
        }
        for standing in standings(request.learner)
    ]
    return render(request, "assessments/areas/list.html", {"rows": rows, "needed": OPERATIONAL_ITEMS_NEEDED})


def map_of_skills(request: Request) -> HttpResponse:
    """Before the map: what one sitting over all areas means."""
    mine = Attempt.objects.of(request.learner).filter(area=None)
    return render(
        request,
        "assessments/areas/map.html",
        {
            "areas": Area.objects.with_counts().filter(operational__gte=OPERATIONAL_ITEMS_NEEDED),
            "needed": len(needed_areas(request.learner)),
            "profile": chosen_profile(request.learner),
            "forecast": Forecast.objects.filter(area=None, goal=Goal.QUICK).first(),
            "round": ROUND,
            "attempt": mine.open().first(),
            "last": mine.finished().first(),
        },
    )


def area(request: Request, slug: str) -> HttpResponse:
    subskills = Subskill.objects.prefetch_related("prerequisites__area")
    found = get_object_or_404(Area.objects.prefetch_related(Prefetch("subskills", subskills), "anchors"), slug=slug)
    forecasts = {row.goal: row for row in found.forecasts.all()}
    attempts = Attempt.objects.of(request.learner).filter(area=found)
    return render(
        request,
        "assessments/areas/page.html",
        {
            "area": found,
            "grounds": grounds_of(found),
            "quick": forecasts.get(Goal.QUICK),
            "solid": forecasts.get(Goal.SOLID),
            "attempt": attempts.open().first(),
            "last": attempts.finished().first(),
            "form": BeginForm(anchors=found.anchors.all()) if forecasts else None,
        },
    )
