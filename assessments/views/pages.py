"""Pages that are the same for everybody, but for what a visitor has begun."""

from __future__ import annotations

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.middleware import Request
from assessments.models import Area, AreaEstimate, Attempt, Calibration, Forecast, Goal, Level
from assessments.views.places import place_within
from assessments.views.samples import SAMPLES
from assessments.workflows.courses import ROUND
from assessments.workflows.examples import example_sitting
from assessments.workflows.method import method

THEMES = ("light", "dark")
ONE_YEAR = 365 * 24 * 60 * 60


def home(request: Request) -> HttpResponse:
    attempt = Attempt.objects.of(request.learner).open().select_related("area").first()
    areas = list(Area.objects.with_counts())
    quick = Forecast.objects.filter(goal=Goal.QUICK, area__isnull=False).select_related("area")
    forecasts = {forecast.area_id: forecast for forecast in quick}
    first = next((forecasts[area.pk] for area in areas if area.pk in forecasts), None)
    measured = set(AreaEstimate.objects.of(request.learner).current().values_list("area_id", flat=True))
    unseen = (forecasts[area.pk] for area in areas if area.pk in forecasts and area.pk not in measured)
    return render(
        request,
        "assessments/pages/home.html",
        {
            "attempt": attempt,
            "measured": len(measured),
            "start": next(unseen, first),  # what she has measured is not offered first again
            "areas": areas,
            "measurable": [area for area in areas if area.pk in forecasts],
            "first": first,
            "map": Forecast.objects.filter(goal=Goal.QUICK, area=None).first(),
            "round": ROUND,
            "subskills": sum(area.subskill_count for area in areas),
            "levels": Level.objects.all(),
            "example": example_sitting(first.area, Calibration.objects.current()) if first and first.area else (),
            "example_label": _("An example"),
        },
    )


def measure(request: Request) -> HttpResponse:
    return render(request, "assessments/pages/measure.html", {"method": method()})


@staff_member_required
def style(request: Request) -> HttpResponse:
    return render(request, "assessments/style/page.html", {"samples": SAMPLES})


@require_POST
def theme(request: Request) -> HttpResponse:
    """Light, dark, or as the system says; a cookie, so that no page flashes in the wrong colours."""
    response = HttpResponseRedirect(place_within(request, request.POST.get("next", ""), "/"))
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            "theme", request.POST["theme"], max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie("theme")
    return response
