"""Where she stands in all areas, and the sittings that say so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.workflows.progress import overview


def progress(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/progress/page.html", {"overview": overview(request.learner)})
