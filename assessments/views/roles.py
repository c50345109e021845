"""Roles: what each asks for, how near she is, and which of them is nearest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments.middleware import Request
from assessments.models import Importance, RoleProfile, Source
from assessments.workflows.library import stamped
from assessments.workflows.readiness import (
    NearProfile,
    ReadinessRow,
    nearest_profiles,
    role_report,
)
from assessments.workflows.readiness import compare as compared
from assessments.workflows.roles import aim as aim_at
from assessments.workflows.roles import chosen_profile, profile_of

ORDER = [Importance.CORE.value, Importance.IMPORTANT.value, Importance.USEFUL.value]


def roles(request: Request) -> HttpResponse:
    """Every role with its seniorities, and all of them by how ready she is."""
    near = nearest_profiles(request.learner)
    return render(
        request,
        "assessments/roles/list.html",
        {
            "roles": by_role(near),
            "near": near,
            "others": [row.profile for one in by_role(near) for row in one["near"]],
            "measured": any(one.readiness.chance is not None for one in near),
            "aim": profile_of(request.learner),
        },
    )


def by_role(near: list[NearProfile]) -> list[dict[str, Any]]:
    """The same profiles in the order of the roles, each role once."""
    roles: dict[int, dict[str, Any]] = {}
    for one in sorted(near, key=lambda one: (one.profile.role.position, one.profile.position)):
        roles.setdefault(one.profile.role_id, {"role": one.profile.role, "near": []})["near"].append(one)
    return list(roles.values())


def role(request: Request, slug: str, seniority: str) -> HttpResponse:
    report = role_report(request.learner, slug, seniority)
    if report is None:
        raise Http404
    profile, library = report.profile, report.library
    rows = sorted(report.rows, key=lambda row: ORDER.index(row.importance))
    return render(
        request,
        "assessments/roles/page.html",
        {
            "profile": profile,
            "report": report,
            "rows": rows,
            "chart_rows": [chart_row(row) for row in rows],
            "first": next((row.area for row in rows if row.report is None), None),
            "duties": profile.role.facts.prefetch_related("citations__source"),
            "sources": Source.objects.all(),
            "leads_to": profile.leads_to.select_related("role"),
            "key_subskills": library.key_skills(profile.role),
            "profiles": [one for one in library.profiles if one.role_id == profile.role_id],
            "others": library.profiles,
            "aimed": profile_of(request.learner) == (slug, seniority),
            "measured": sum(row.report is not None for row in rows),
        },
    )


def compare(request: Request) -> HttpResponse:
    """Two profiles side by side; without two that exist, the choice of them."""
    everyone = stamped()[0].profiles
    a, b = (named(request.GET.get(name, ""), everyone) for name in ("a", "b"))
    found = compared(request.learner, a, b) if a and b else None
    both = [found.a, found.b] if found else []
    return render(
        request,
        "assessments/roles/compare.html",
        {"comparison": found, "both": both, "others": everyone, **chosen(request, everyone, a, b)},
    )


def chosen(
    request: Request, everyone: Iterable[RoleProfile], a: RoleProfile | None, b: RoleProfile | None
) -> dict[str, RoleProfile | None]:
    """What the form begins with: her own role, beside the next one."""
    first = a or chosen_profile(request.learner)
    return {"a": first, "b": b or next((one for one in everyone if one != first), None)}


def named(name: str, everyone: Iterable[RoleProfile]) -> RoleProfile | None:
    """ "data-scientist/junior" -> that profile; nothing written is nothing chosen."""
    if not name:
        return None
    slug, _slash, seniority = name.partition("/")
    found = next((one for one in everyone if (one.role.slug, one.seniority) == (slug, seniority)), None)
    if found is None:
        raise Http404
    return found


def chart_row(row: ReadinessRow) -> dict[str, Any]:
    return drawn(row.area, row.report, row.target, row.chance)


def drawn(area: Any, report: Any, target: int | None, chance: float | None) -> dict[str, Any]:
    """As the chart of all areas takes it; an unmeasured area has no value and no verdict."""
    return {
        "name": area.name,
        "url": reverse("area", args=[area.slug]),
        "value": report.reading if report else None,
        "low": report.low if report else None,
        "high": report.high if report else None,
        "target": target,
        "chance": chance if report else None,
    }


@require_POST
def aim(request: Request) -> HttpResponse:
    profile = get_object_or_404(
        RoleProfile.objects.select_related("role"),
        role__slug=request.POST.get("role", ""),
        seniority=request.POST.get("seniority", ""),
    )
    aim_at(request.begin_learner(), profile)
    return redirect("role", slug=profile.role.slug, seniority=profile.seniority)
