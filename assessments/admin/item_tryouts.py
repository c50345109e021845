"""A question tried by its author, on the page a learner would see."""

from __future__ import annotations

import random
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _

from assessments.forms.attempts import AnswerForm
from assessments.models import Item, ItemVersion
from assessments.questions.question import AnswerError
from assessments.workflows import tryouts
from assessments.workflows.attempts import Given


class ItemTryouts(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [path("<int:pk>/try/", view(self.tryout), name="item_try"), *super().get_urls()]

    def tryout(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The question, and after an answer what would be told; no row is written."""
        item = get_object_or_404(Item.objects.select_related("area", "current_version"), pk=pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        version = self.version_to_try(request, item)
        seed = self.seed(request)
        if request.method != "POST":
            return self.show(request, version, {"sheet": tryouts.sheet(version, seed)})
        form, sent = AnswerForm(request.POST), dict(request.POST.lists())
        if not form.is_valid():
            notice = _("This answer could not be read. Please answer again.")
            return self.show(request, version, {"sheet": tryouts.sheet(version, seed, notice=notice)}, 400)
        try:
            tried = tryouts.answered(version, seed, Given(data=sent, **form.cleaned_data))
        except AnswerError as error:
            again = tryouts.sheet(version, seed, notice=str(error), sent=sent)
            return self.show(request, version, {"sheet": again}, 422)
        return self.show(request, version, {"tried": tried})

    def version_to_try(self, request: HttpRequest, item: Item) -> ItemVersion:
        number = request.GET.get("version", "")
        chosen = {"number": int(number)} if number.isdecimal() else {"current_of": item}
        return get_object_or_404(item.versions.select_related("item__area"), **chosen)

    def seed(self, request: HttpRequest) -> int:
        """It travels in the address, so that the answer meets the layout it was given to."""
        given = request.GET.get("seed", "")
        return int(given) % tryouts.SEEDS if given.isdecimal() else random.randrange(tryouts.SEEDS)

    def show(
        self, request: HttpRequest, version: ItemVersion, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        context["version"] = version
        return render(request, "admin/assessments/item/try.html", context, status=status)
