"""A sitting in the browser: one question a page, then the result."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from assessments.forms.attempts import AnswerForm, BeginForm
from assessments.middleware import Request
from assessments.models import Area, Attempt, Goal, ItemResponse
from assessments.questions.question import AnswerError
from assessments.workflows import attempts, maps, results, sheets
from assessments.workflows.attempts import Conflict, Given, NotMeasurable
from assessments.workflows.next_steps import best_area


@require_POST
def begin(request: Request, slug: str) -> HttpResponse:
    area = get_object_or_404(Area.objects.prefetch_related("anchors"), slug=slug)
    form = BeginForm(request.POST, anchors=area.anchors.all())
    if not form.is_valid():
        return render(request, "assessments/areas/page.html", {"area": area, "form": form}, status=422)
    try:
        attempt = attempts.begin(request.begin_learner(), area, **form.cleaned_data)
    except NotMeasurable:
        return redirect("area", slug=slug)
    return redirect("attempt", pk=attempt.pk)


@require_POST
def begin_map(request: Request) -> HttpResponse:
    goal = request.POST.get("goal", "")
    try:
        attempt = attempts.begin_map(request.begin_learner(), goal if goal in Goal.values else Goal.QUICK)
    except NotMeasurable:
        return redirect("areas")
    return redirect("attempt", pk=attempt.pk)


@require_POST
def best_next(request: Request) -> HttpResponse:
    """One more question where it tells most; the sitting can be left after any of them."""
    learner = request.begin_learner()
    area = best_area(learner)
    if area is None:
        return redirect("areas")
    return redirect("attempt", pk=attempts.begin(learner, area).pk)


@require_GET
def question(request: Request, pk: int) -> HttpResponse:
    attempt = hers(request, pk)
    if not attempt.is_open:
        return redirect("result", pk=pk)
    return show(request, sheets.sheet_of(attempt))


@require_POST
def respond(request: Request, pk: int, position: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return again(request, pk, _("This answer could not be read. Please answer again."), status=400)
    given = Given(data=dict(request.POST.lists()), **form.cleaned_data)
    try:
        step = attempts.respond(request.learner, pk, position, given)
    except Attempt.DoesNotExist:
        raise Http404 from None
    except AnswerError as error:
        return again(request, pk, str(error), status=422)
    except Conflict:
        notice = _(
            "This question was answered before, perhaps in another tab. That answer stays; here is where you are."
        )
        return again(request, pk, notice, status=409)
    if not step.attempt.is_open:
        return leave(request, reverse("result", args=[pk]))
    if step.round_is_over:
        return leave(request, reverse("round", args=[pk]))
    if request.htmx:
        return show(request, sheets.sheet_after(step))
    return redirect("attempt", pk=pk)


@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    try:
        attempt = attempts.stop(request.learner, pk)
    except Attempt.DoesNotExist:
        raise Http404 from None
    if attempt.pk:
        return redirect("result", pk=pk)
    return redirect("area", slug=attempt.area.slug) if attempt.area else redirect("map")


@require_GET
def look_back(request: Request, pk: int, position: int) -> HttpResponse:
    """An answered question, to be read and not to be changed; the truth about it when the sitting has ended."""
    attempt = hers(request, pk)
    try:
        looked = results.look_back(attempt, position)
    except ItemResponse.DoesNotExist:
        raise Http404 from None
    fragment = request.htmx and looked.row
    template = "assessments/attempts/_opened.html" if fragment else "assessments/attempts/look_back.html"
    return render(request, template, {"attempt": attempt, "past": looked.past, "row": looked.row})


@require_GET
def result(request: Request, pk: int) -> HttpResponse:
    attempt = hers(request, pk)
    if attempt.is_open:
        return redirect("attempt", pk=pk)
    if attempt.area is None:
        found = maps.map_of(request.learner, attempt)
        return render(request, "assessments/attempts/map_result.html", {"result": found})
    return render(request, "assessments/attempts/result.html", {"result": results.result_of(request.learner, attempt)})


@require_GET
def between_rounds(request: Request, pk: int) -> HttpResponse:
    """A rest in the map: what is reached so far, and whether to go on."""
    attempt = hers(request, pk)
    if not attempt.is_open or attempt.area is not None:
        return redirect("result", pk=pk)
    return render(request, "assessments/attempts/round.html", {"result": maps.map_of(request.learner, attempt)})


def hers(request: Request, pk: int) -> Attempt:
    """Her attempt; another person's looks exactly like one that is not there."""
    return get_object_or_404(Attempt.objects.of(request.learner).with_banks(), pk=pk)


def show(request: Request, sheet: sheets.Sheet, status: int = 200) -> HttpResponse:
    template = "assessments/attempts/_question.html" if request.htmx else "assessments/attempts/question.html"
    return render(request, template, {"sheet": sheet}, status=status)


def again(request: Request, pk: int, notice: str, *, status: int) -> HttpResponse:
    """The sitting as it stands, with what was wrong; nothing has changed."""
    attempt = hers(request, pk)
    if not attempt.is_open:
        return render(
            request, "assessments/attempts/closed.html", {"attempt": attempt, "notice": notice}, status=status
        )
    return show(request, sheets.sheet_of(attempt, notice=notice, sent=dict(request.POST.lists())), status=status)


def leave(request: Request, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)
