"""`request.learner`: the one door to personal data.

It is the learner of the account, or the guest of this browser, or an unsaved learner who owns
nothing yet. A read never makes one; `request.begin_learner()` does, at the first write.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from assessments.models import Learner
from assessments.workflows import learners

GUEST = "learner"  # session key of the guest's learner


class Request(HttpRequest):
    """A request on its way to one of our views."""

    learner: Learner
    begin_learner: Callable[[], Learner]
    htmx: HtmxDetails


GetResponse = Callable[[Request], HttpResponse]


def request_learner(get_response: GetResponse) -> GetResponse:
    def middleware(request: Request) -> HttpResponse:
        request.learner = cast(Learner, SimpleLazyObject(partial(find_learner, request)))
        request.begin_learner = partial(begin_learner, request)
        response = get_response(request)
        # Pages carry personal state; a copy must not outlive a sign-out, nor hide a newer answer.
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def find_learner(request: Request) -> Learner:
    if request.user.is_authenticated:
        return getattr(request.user, "learner", None) or Learner(user=request.user)
    key = request.session.get(GUEST)
    guest = Learner.objects.guests().select_related("profile__role").filter(pk=key).first() if key else None
    return guest or Learner()


def begin_learner(request: Request) -> Learner:
    """The learner of this request, saved, so that she can own something."""
    if request.learner.pk:
        return request.learner
    if request.user.is_authenticated:
        request.learner = learners.of_user(request.user)
    else:
        request.learner = learners.begin_guest()
        request.session[GUEST] = request.learner.pk
    return request.learner


def guest_of(request: Request) -> Learner | None:
    """The guest this browser held before somebody signed in, if she has one."""
    key = request.session.get(GUEST)
    return Learner.objects.guests().filter(pk=key).first() if key else None
