"""Roles: what each does, what it asks for, and how far she is from it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.middleware import Request
from assessments.models import Role, RoleProfile
from assessments.workflows.roles import aim as aim_at
from assessments.workflows.roles import profile_of, standings


def roles(request: Request) -> HttpResponse:
    return render(
        request,
        "assessments/roles/list.html",
        {"roles": Role.objects.prefetch_related("profiles"), "aim": profile_of(request.learner)},
    )


def role(request: Request, slug: str, seniority: str) -> HttpResponse:
    profile = get_object_or_404(
        RoleProfile.objects.select_related("role").prefetch_related("leads_to__role", "comes_from__role"),
        role__slug=slug,
        seniority=seniority,
    )
    rows = standings(request.learner, profile)
    weight = {"core": 0, "important": 1, "useful": 2}
    rows.sort(key=lambda row: weight[row.importance.importance] if row.importance else 3)
    return render(
        request,
        "assessments/roles/page.html",
        {
            "profile": profile,
            "rows": rows,
            "chart_rows": [row.row for row in rows],
            "duties": profile.role.facts.prefetch_related("citations__source"),
            "key_subskills": profile.role.key_subskills.select_related("area"),
            "profiles": profile.role.profiles.all(),
            "aimed": profile_of(request.learner) == (slug, seniority),
            "measured": sum(row.report is not None for row in rows),
        },
    )


@require_POST
def aim(request: Request) -> HttpResponse:
    profile = get_object_or_404(
        RoleProfile.objects.select_related("role"),
        role__slug=request.POST.get("role", ""),
        seniority=request.POST.get("seniority", ""),
    )
    aim_at(request.begin_learner(), profile)
    return redirect("role", slug=profile.role.slug, seniority=profile.seniority)
