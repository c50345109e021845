"""Reporting a question one has answered, and reading what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.forms.reports import ReportForm
from assessments.middleware import Request
from assessments.models import Attempt, ItemResponse, Report
from assessments.workflows import reports, results, sheets


@require_POST
def report(request: Request, pk: int, position: int) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():
        return again(request, pk, position, form, " ".join(str(fault) for fault in form.errors["words"]), status=422)
    try:
        reports.report(request.learner, pk, position, form.cleaned_data["words"])
    except ItemResponse.DoesNotExist:
        raise Http404 from None
    except reports.TooMany:
        limit = _("That is the most one person can report in a day. Thank you; please send the rest tomorrow.")
        return again(request, pk, position, form, limit, status=429)
    except reports.Answered:
        return again(request, pk, position, form, _("Your report has been answered already."), status=409)
    messages.success(request, _("Thank you. An editor will read it; the answer comes to “My reports”."))
    return redirect("look_back", pk=pk, position=position)


def again(request: Request, pk: int, position: int, form: ReportForm, fault: str, *, status: int) -> HttpResponse:
    """The question she reports, with her words and what is wrong with them."""
    attempt = get_object_or_404(Attempt.objects.of(request.learner).select_related("area"), pk=pk)
    try:
        looked = results.look_back(attempt, position)
    except ItemResponse.DoesNotExist:
        raise Http404 from None
    words = {"words": form.data.get("words", ""), "fault": fault}
    context = {"attempt": attempt, "past": looked.past, "row": looked.row, **words}
    return render(request, "assessments/attempts/look_back.html", context, status=status)


@require_GET
def my_reports(request: Request) -> HttpResponse:
    """What she has reported, and what was answered."""
    hers = Report.objects.of(request.learner).select_related("response__attempt__area", "response__version")
    rows = [{"report": report, "past": sheets.past(report.response)} for report in hers]
    return render(request, "assessments/reports/list.html", {"rows": rows})


@require_POST
def read(request: Request, pk: int) -> HttpResponse:
    if not reports.mark_read(request.learner, pk):
        raise Http404
    return redirect("my_reports")
