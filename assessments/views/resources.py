"""The catalogue, with what each resource covers. Nobody can buy a place in it."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from assessments.middleware import Request
from assessments.models import Cost, Resource, ResourceSubskill

FREE = (Cost.FREE, Cost.FREE_TO_READ)


def catalogue(request: Request) -> HttpResponse:
    """All resources by title, or those of a kind, of an area, or free of charge."""
    kind, area, free = (request.GET.get(name, "") for name in ("kind", "area", "free"))
    coverage = ResourceSubskill.objects.select_related("subskill__area").order_by("-weight")
    found = Resource.objects.shown().prefetch_related(Prefetch("coverage", coverage)).order_by("title")
    if kind:
        found = found.filter(kind=kind)
    if area:
        found = found.filter(coverage__subskill__area__slug=area).distinct()
    if free:
        found = found.filter(cost__in=FREE)
    kinds = Resource.objects.shown().order_by("kind").values_list("kind", flat=True).distinct()
    context = {"resources": found, "kinds": kinds, "kind": kind, "area": area, "free": free}
    return render(request, "assessments/resources/list.html", context)
