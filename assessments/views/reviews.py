"""Practice: what comes back today, one question a page with the truth at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from assessments.forms.attempts import AnswerForm
from assessments.forms.reviews import ScopeForm
from assessments.middleware import Request
from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, PracticeAnswer, ReviewCard
from assessments.questions.question import AnswerError
from assessments.workflows import practice, reviews
from assessments.workflows.attempts import Conflict, Given
from assessments.workflows.reviews import Scope

AT_A_TIME = 10  # questions of an area in preparation, put in the queue with one click


@require_GET
def queue(request: Request) -> HttpResponse:
    """What is due today, by area, and what comes next."""
    rows = reviews.queues(request.learner, timezone.now())
    waiting = [row.next_at for row in rows if row.due < row.all]
    return render(
        request,
        "assessments/reviews/page.html",
        {
            "rows": rows,
            "due": sum(row.due for row in rows),
            "mistakes": sum(row.mistakes for row in rows),
            "next_at": min(waiting) if waiting else None,
            "practisable": reviews.areas_to_practise(),
            "needed": OPERATIONAL_ITEMS_NEEDED,
        },
    )


@require_GET
def question(request: Request) -> HttpResponse:
    return ask(request)


@require_POST
def respond(request: Request, pk: int, turn: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    sent = dict(request.POST.lists())
    if not form.is_valid():
        return ask(request, 400, notice=_("This answer could not be read. Please answer again."))
    version = number(request, "version")
    try:
        answer = practice.respond(request.learner, pk, turn, version, Given(data=sent, **form.cleaned_data))
    except ReviewCard.DoesNotExist:
        raise Http404 from None
    except AnswerError as error:
        return ask(request, 422, notice=str(error), sent=sent)
    except Conflict:
        return ask(request, 409, notice=_("That question has changed or is being measured now. Here is the next one."))
    if request.htmx:
        return tell(request, answer.pk)
    return HttpResponseRedirect(with_scope(request, reverse("practice_answer", args=[answer.pk])))


@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """The truth about an answer; a rating leads to the next question."""
    if request.method == "GET":
        return tell(request, pk)
    try:
        practice.rate(request.learner, pk, number(request, "rating"))
    except PracticeAnswer.DoesNotExist:
        raise Http404 from None
    return ask(request) if request.htmx else HttpResponseRedirect(with_scope(request, reverse("practice")))


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    try:
        practice.drop(request.learner, pk)
    except ReviewCard.DoesNotExist:
        raise Http404 from None
    messages.info(request, _("This question does not come back, unless you miss it in a measurement again."))
    return HttpResponseRedirect(with_scope(request, reverse("practice")))


@require_POST
def practise(request: Request, slug: str) -> HttpResponse:
    """Questions of an area in preparation: none of them is kept for a measurement yet."""
    area = get_object_or_404(Area, slug=slug)
    if area not in reviews.areas_to_practise():
        return redirect("area", slug=slug)
    added = reviews.choose_for_practice(request.begin_learner(), area, AT_A_TIME)
    if not added:
        messages.info(request, _("You have met every question of this area; they come back as they fall due."))
        return redirect("reviews")
    return HttpResponseRedirect(f"{reverse('practice')}?{urlencode({'area': slug})}")


def ask(request: Request, status: int = 200, **shown: object) -> HttpResponse:
    """The next question that is due, or the queue when none is left."""
    sheet = practice.next_sheet(request.learner, scope_of(request), **shown)
    if sheet is None:
        address = reverse("reviews")
        return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)
    return show(request, "question", {"sheet": sheet}, status)


def tell(request: Request, pk: int) -> HttpResponse:
    try:
        told = practice.told(request.learner, pk, scope_of(request))
    except PracticeAnswer.DoesNotExist:
        raise Http404 from None
    if told is None:
        messages.info(request, _("An open sitting is asking this question; the answer is told when it has ended."))
        return redirect("reviews")
    return show(request, "told", {"told": told})


def show(request: Request, name: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    """The fragment alone, or the page around it."""
    fragment = f"assessments/reviews/_{name}.html"
    if request.htmx:
        return render(request, fragment, {**context, "query": scope_query(request)}, status=status)
    context = {**context, "fragment": fragment, "query": scope_query(request)}
    return render(request, "assessments/reviews/question.html", context, status=status)


def scope_of(request: Request) -> Scope:
    form = ScopeForm(request.GET)
    return Scope(**form.cleaned_data) if form.is_valid() else Scope()


def scope_query(request: Request) -> str:
    scope = scope_of(request)
    given = {"area": scope.area, "mistakes": "1" if scope.mistakes else ""}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"?{query}" if query else ""


def with_scope(request: Request, address: str) -> str:
    return address + scope_query(request)


def number(request: Request, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value[:9]) if value.isascii() and value.isdigit() else 0
