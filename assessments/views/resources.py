"""The catalogue, with what each resource covers. Nobody can buy a place in it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from assessments.forms.resources import CatalogueForm
from assessments.middleware import Request
from assessments.models import Resource, ResourceSubskill
from assessments.workflows.resources import part_of_the_catalogue

A_PAGE = 20


def catalogue(request: Request) -> HttpResponse:
    """What fits the filters in the address, by title, twenty a page."""
    form = CatalogueForm(request.GET)
    coverage = ResourceSubskill.objects.select_related("subskill__area").order_by("-weight")
    pages = Paginator(form.found().prefetch_related(Prefetch("coverage", coverage)), A_PAGE)
    return render(
        request,
        "assessments/resources/list.html",
        {
            "form": form,
            "page": pages.get_page(request.GET.get("page")),
            "filtered": any(request.GET.get(name) for name in form.fields),
        },
    )


def resource(request: Request, slug: str) -> HttpResponse:
    """One resource: also an archived one, which facts and references still name."""
    found = get_object_or_404(
        Resource.objects.prefetch_related("facts__citations__source", "prerequisites__area"), slug=slug
    )
    return render(request, "assessments/resources/page.html", {"part": part_of_the_catalogue(request.learner, found)})
