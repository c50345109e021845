"""Her plan: the weeks, the terms it is made from, and the same as a calendar and as text."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.forms.plans import PlanForm, name_of
from assessments.guidance import calendar, plan_text
from assessments.guidance.weeks import Step
from assessments.middleware import Request
from assessments.templatetags.steps import heading_of, path_of, title_of, worded
from assessments.workflows.plans import PlanPage, forget_plan, make_plan, plan_of


def plan(request: Request) -> HttpResponse:
    page = plan_of(request.learner)
    if request.method != "POST":
        return show(request, page, form_of(page))
    form = PlanForm(request.POST, profiles=page.profiles)
    if not form.is_valid():
        return show(request, page, form, status=422)
    make_plan(request.begin_learner(), **form.cleaned_data)
    messages.success(request, _("Your plan is made. It is made anew after every sitting."))
    return redirect("plan")


def show(request: Request, page: PlanPage, form: PlanForm, status: int = 200) -> HttpResponse:
    return render(request, "assessments/plans/page.html", {"page": page, "form": form}, status=status)


def form_of(page: PlanPage) -> PlanForm:
    terms = page.terms
    initial = {
        "profile": name_of(page.profile) if page.profile else "",
        "hours_per_week": terms.hours_per_week,
        "budget": terms.budget,
        "starts_on": terms.starts_on.isoformat(),
        "until": terms.until.isoformat() if terms.until else "",
    }
    return PlanForm(initial=initial, profiles=page.profiles)


@require_POST
def forget(request: Request) -> HttpResponse:
    forget_plan(request.learner)
    messages.info(request, _("Your plan is deleted. What you have started and done stays."))
    return redirect("plan")


def as_calendar(request: Request) -> HttpResponse:
    page = plan_of(request.learner)

    def link(step: Step) -> str:
        return request.build_absolute_uri(path_of(step))

    entries = calendar.calendar_of(page.plan, name=title_of(page), made_at=timezone.now(), word=worded, link=link)
    return file(entries, "text/calendar", "plan.ics")


def as_text(request: Request) -> HttpResponse:
    page = plan_of(request.learner)
    text = plan_text.text_of(page.plan, title=title_of(page), heading=heading_of, word=worded)
    return file(text.encode(), "text/markdown", "plan.md")


def file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="careerquiz-{name}"'
    return response
