"""Where to go on: an address that came with a request is followed only within this site."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def place_within(request: HttpRequest, place: str, otherwise: str) -> str:
    safe = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return place if safe else otherwise
