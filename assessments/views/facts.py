"""The career pages: what the four articles state, topic by topic, each with its lines."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessments.middleware import Request
from assessments.models import Source
from assessments.templatetags.facts import FORMS, TOPICS
from assessments.workflows import facts


def career(request: Request) -> HttpResponse:
    counts = facts.counts(request.learner)
    nothing = {"facts": 0, "ticked": 0}
    topics = [
        {"slug": slug, "name": name, "about": about, "tickable": slug in facts.TICKABLE, **counts.get(slug, nothing)}
        for slug, (name, about) in TOPICS.items()
    ]
    return render(
        request,
        "assessments/facts/career.html",
        {"topics": topics, "sources": Source.objects.all(), "disagreements": facts.all_disagreements()},
    )


def topic(request: Request, slug: str) -> HttpResponse:
    if slug not in TOPICS:
        raise Http404
    name, about = TOPICS[slug]
    topic = facts.topic_of(request.learner, slug)
    return render(
        request,
        "assessments/facts/topic.html",
        {
            "name": name,
            "about": about,
            "topic": topic,
            "facts": [one.fact for one in topic.told],
            "sources": Source.objects.all(),
            "form": f"assessments/facts/_{FORMS.get(slug, 'told')}.html",
        },
    )


@require_POST
def tick(request: Request, slug: str) -> HttpResponse:
    """Her ticks in this topic, all at once: sending the same form twice changes nothing."""
    if slug not in facts.TICKABLE:
        raise Http404
    count = facts.tick(request.begin_learner(), slug, request.POST.getlist("fact"))
    said = ngettext("Saved: %(count)s ticked.", "Saved: %(count)s ticked.", count) % {"count": count}
    messages.success(request, said if count else _("Saved: nothing is ticked."))
    return redirect("topic", slug=slug)
