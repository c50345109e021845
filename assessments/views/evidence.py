"""What she claims and what she can show, beside what was measured. Her own, shown to her alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.forms.evidence import ClaimForm, ProofForm
from assessments.middleware import Request
from assessments.models import Area, Claim, Proof
from assessments.workflows.evidence import evidence, evidence_of

MOST_PROOFS = 100  # of one person; more is not a portfolio


@require_GET
def overview(request: Request) -> HttpResponse:
    return render(request, "assessments/evidence/page.html", {"rows": evidence(request.learner)})


@require_http_methods(["GET", "POST"])
def area(request: Request, slug: str) -> HttpResponse:
    """One area; a POST is a claim."""
    found = get_object_or_404(Area.objects.prefetch_related("anchors"), slug=slug)
    form = ClaimForm(request.POST or None, anchors=found.anchors.all())
    if request.method == "POST" and form.is_valid():
        Claim.objects.create(learner=request.begin_learner(), area=found, level=form.cleaned_data["level"])
        messages.success(request, _("Your claim is kept, with today's date."))
        return redirect("evidence_area", slug=slug)
    status = 422 if request.method == "POST" else 200
    context = {"row": evidence_of(request.learner, found), "form": form, "kinds": Proof.Kind.choices}
    return render(request, "assessments/evidence/area.html", context, status=status)


@require_POST
def withdraw(request: Request, slug: str) -> HttpResponse:
    """Take back every claim made here about an area."""
    found = get_object_or_404(Area, slug=slug)
    Claim.objects.of(request.learner).filter(area=found).delete()
    messages.success(request, _("Your claim is withdrawn."))
    return redirect("evidence_area", slug=slug)


@require_http_methods(["GET", "POST"])
def add(request: Request, slug: str, kind: str) -> HttpResponse:
    found = get_object_or_404(Area, slug=slug)
    if kind not in Proof.Kind.values:
        raise Http404
    if Proof.objects.of(request.learner).count() >= MOST_PROOFS:
        messages.error(request, _("You have %(n)s links. Delete one before you add another.") % {"n": MOST_PROOFS})
        return redirect("evidence_area", slug=slug)
    return edited(request, Proof(area=found, kind=kind), _("Your link is kept."))


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    return edited(request, hers(request, pk), _("Your link is changed."))


@require_http_methods(["GET", "POST"])
def delete(request: Request, pk: int) -> HttpResponse:
    """Asks first."""
    proof = hers(request, pk)
    if request.method == "GET":
        return render(request, "assessments/evidence/delete.html", {"proof": proof})
    proof.delete()
    messages.success(request, _("“%(title)s” is deleted.") % {"title": proof.title})
    return redirect("evidence_area", slug=proof.area.slug)


def edited(request: Request, proof: Proof, said: str) -> HttpResponse:
    form = ProofForm(request.POST or None, instance=proof)
    if request.method == "POST" and form.is_valid():
        form.instance.learner = request.begin_learner()
        form.save()
        messages.success(request, said)
        return redirect("evidence_area", slug=proof.area.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/evidence/proof.html", {"proof": proof, "form": form}, status=status)


def hers(request: Request, pk: int) -> Proof:
    """Her link; another person's looks exactly like one that is not there."""
    return get_object_or_404(Proof.objects.of(request.learner).select_related("area"), pk=pk)
