"""Questions as files of other systems: what the format cannot say is told before the download."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.formats.registry import FORMATS
from assessments.forms.imports import ExportForm
from assessments.models import Item
from assessments.workflows import exports


class ItemExchange(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        return [
            path("export/", self.admin_site.admin_view(self.export_page), name="export_questions"),
            *super().get_urls(),
        ]

    @admin.action(description=gettext_lazy("Export to a file"), permissions=["change"])
    def export(self, request: HttpRequest, chosen: QuerySet[Item]) -> HttpResponse:
        keys = ",".join(str(pk) for pk in chosen.values_list("pk", flat=True))
        return self.export_answer(request, ExportForm(initial={"chosen": keys}), count=chosen.count())

    def export_page(self, request: HttpRequest) -> HttpResponse:
        """Choose, read what is lost, download."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.export_answer(request, ExportForm(initial={"area": request.GET.get("area")}))
        form = ExportForm(request.POST)
        if not form.is_valid():
            return self.export_answer(request, form)
        cleaned = form.cleaned_data
        area = cleaned["area"].slug if cleaned["area"] else ""
        items = exports.chosen(keys=cleaned["chosen"], area=area, life=cleaned["life"])
        written = exports.write(items, cleaned["format"])
        if "_download" in request.POST:
            return download(written.content, cleaned["format"], area)
        return self.export_answer(
            request, form, count=written.count, written=written, losses=exports.by_message(written.losses)
        )

    def export_answer(self, request: HttpRequest, form: ExportForm, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export questions"),
            "opts": self.opts,
            "form": form,
            "by_hand": form["chosen"].value(),
            **more,
        }
        return TemplateResponse(request, "admin/assessments/item/export.html", context)


def download(content: bytes, format_name: str, area: str) -> HttpResponse:
    format = FORMATS[format_name]
    name = f"questions{'-' if area else ''}{area}{format.endings[0]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)
