"""The versions of a question: who wrote which when, two side by side, an old one brought back, a copy."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.forms.versions import CompareForm, RestoreForm
from assessments.models import Item
from assessments.workflows import previews, versions


class ItemVersions(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/compare/", view(self.compare), name="item_compare"),
            path("<int:pk>/versions/<int:number>/restore/", view(require_POST(self.restore)), name="item_restore"),
            path("<int:pk>/duplicate/", view(require_POST(self.duplicate)), name="item_duplicate"),
            *super().get_urls(),
        ]

    def item_to_read(self, request: HttpRequest, pk: Any) -> Item:
        item = get_object_or_404(Item.objects.select_related("area", "current_version"), pk=pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        return item

    def item_to_change(self, request: HttpRequest, pk: Any) -> Item:
        item = self.item_to_read(request, pk)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        return item

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Every version with who wrote it and when, and what else was done to the question."""
        item = self.item_to_read(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(item)s") % {"item": item},
            "opts": self.opts,
            "item": item,
            "versions": item.versions.select_related("created_by")
            .annotate(answers=Count("responses"))
            .order_by("-number"),
            "deeds": LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(Item), object_id=str(item.pk)
            ).select_related("user"),
        }
        return TemplateResponse(request, "admin/assessments/item/history.html", context)

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions side by side, word by word; the present one and the one before it unless chosen."""
        item = self.item_to_read(request, pk)
        newest = list(item.versions.values_list("number", flat=True)[:2])
        asked = {"old": request.GET.get("old", newest[-1]), "new": request.GET.get("new", newest[0])}
        form = CompareForm(asked, item=item)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Versions of %(item)s") % {"item": item},
            "opts": self.opts,
            "item": item,
            "form": form,
        }
        if form.is_valid():
            old, new = (item.versions.get(number=form.cleaned_data[name]) for name in ("old", "new"))
            context |= {
                "old": old,
                "new": new,
                "differences": versions.compared(old, new),
                "sheets": [previews.preview(one.question, one.language) for one in (old, new)],
                "restore_form": RestoreForm() if self.can_bring_back(request, item, old.number) else None,
            }
        return TemplateResponse(request, "admin/assessments/item/compare.html", context)

    def can_bring_back(self, request: HttpRequest, item: Item, number: int) -> bool:
        is_present = item.current_version is not None and number == item.current_version.number
        return not is_present and self.has_change_permission(request, item)

    def restore(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        item = self.item_to_change(request, pk)
        get_object_or_404(item.versions, number=number)
        form = RestoreForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say whether this changes the wording, or makes it a new question."))
            address = reverse("admin:item_compare", args=[pk])
            return HttpResponseRedirect(f"{address}?old={number}")
        made = versions.restore(item, number, edit=form.cleaned_data["edit"], by=request.user)
        told = _("Version %(old)s is back, as version %(new)s.") % {"old": number, "new": made.number}
        self.log_change(request, item, told)
        messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:assessments_item_change", args=[pk]))

    def duplicate(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.item_to_read(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        made = versions.duplicate(item, by=request.user)
        self.log_addition(request, made, _("A copy of %(item)s.") % {"item": item})
        messages.success(
            request,
            _("This is a copy of %(item)s: a draft under its own name. Variants of one question share a family.")
            % {"item": item},
        )
        return HttpResponseRedirect(reverse("admin:assessments_item_change", args=[made.pk]))
