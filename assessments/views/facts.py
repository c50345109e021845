"""The career pages: what the four articles state, topic by topic, each with its lines."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render

from assessments.middleware import Request
from assessments.models import Fact, Source
from assessments.templatetags.facts import TOPICS


def career(request: Request) -> HttpResponse:
    counts = dict(Fact.objects.order_by().values_list("topic").annotate(Count("pk")))
    topics = [
        {"slug": slug, "name": name, "about": about, "count": counts.get(slug, 0)}
        for slug, (name, about) in TOPICS.items()
    ]
    return render(request, "assessments/facts/career.html", {"topics": topics, "sources": Source.objects.all()})


def topic(request: Request, slug: str) -> HttpResponse:
    if slug not in TOPICS:
        raise Http404
    facts = (
        Fact.objects.filter(topic=slug)
        .select_related("role", "resource")
        .prefetch_related("subskills__area", "citations__source", "role__profiles")
    )
    name, about = TOPICS[slug]
    return render(request, "assessments/facts/topic.html", {"name": name, "about": about, "facts": facts})
