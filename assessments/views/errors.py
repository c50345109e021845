"""Pages for what went wrong: each says what to do."""

from __future__ import annotations

import sys
from urllib.parse import urlencode

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.views.places import place_within


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"way_back": way_back(request), "sign_in": sign_in(request)}, status=404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: mostly a page left open over a sign-in or for months."""
    return render(request, "403_csrf.html", {"way_back": way_back(request), "sign_in": sign_in(request)}, status=403)


def way_back(request: HttpRequest) -> str:
    """Where to go on: this page, the page whose form was refused, or the question whose answer was."""
    place = request.resolver_match
    if place and place.url_name == "respond":
        return reverse("attempt", args=[place.kwargs["pk"]])
    if request.method == "GET":
        return request.get_full_path()
    return place_within(request, request.headers.get("Referer", ""), otherwise="")


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context: the database or the session may be what broke."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})
    return HttpResponse(render_to_string("500.html"), status=500)


def sign_in(request: HttpRequest) -> str:
    """The sign-in page, told to lead back here by way of the question what becomes of a guest's results."""
    arrived = f"{reverse('arrived')}?{urlencode({'next': way_back(request)})}"
    return f"{reverse('account_login')}?{urlencode({'next': arrived})}"
