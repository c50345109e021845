"""What to study next, and what she says of it: started, done, not for me."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.forms.studies import ChoiceForm, StudyForm
from assessments.guidance.recommendation import Filters
from assessments.middleware import Request
from assessments.models import Resource, ResourceChoice
from assessments.workflows.recommendations import recommendations_for


def study(request: Request) -> HttpResponse:
    """Her list: for gaps that are real, for gaps that may be, or further when there is none."""
    form = StudyForm(request.GET)
    return render(
        request,
        "assessments/studies/page.html",
        {
            "form": form,
            "filtered": any(request.GET.get(name) for name in form.fields),
            "list": recommendations_for(request.learner, filters=filters_of(form)),
            "choices": ResourceChoice.objects.of(request.learner).select_related("resource"),
        },
    )


def filters_of(form: StudyForm) -> Filters:
    """A value that is no choice is passed over, and its field says so."""
    form.is_valid()
    asked = form.cleaned_data
    return Filters(
        free_only=bool(asked.get("free")),
        language=asked.get("language") or "",
        kinds=(asked["kind"],) if asked.get("kind") else (),
        most_hours=asked.get("hours"),
    )


@require_POST
def choose(request: Request, slug: str) -> HttpResponse:
    """The last word about a resource stands; it can be taken back."""
    resource = get_object_or_404(Resource, slug=slug)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("This choice is not known. Go back and choose again."))
    said, learner = form.cleaned_data, request.begin_learner()
    if said["state"] == ChoiceForm.WITHDRAWN:
        ResourceChoice.objects.withdraw(learner, resource)
        messages.info(request, _("Taken back: %(title)s.") % {"title": resource.title})
    else:
        choice = ResourceChoice.objects.choose(learner, resource, said["state"], said["reason"])
        noted = _("Saved: %(title)s, %(state)s. The list is made anew.")
        messages.success(request, noted % {"title": resource.title, "state": choice.get_state_display()})
    return HttpResponseRedirect(back(request, resource))


def back(request: Request, resource: Resource) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else reverse("resource", args=[resource.slug])
