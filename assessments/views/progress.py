"""Where she stands in all areas, and the sittings that say so."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from assessments.middleware import Request
from assessments.workflows.progress import overview


def progress(request: Request) -> HttpResponse:
    return render(request, "assessments/progress/page.html", {"overview": overview(request.learner)})
