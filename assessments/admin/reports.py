"""Reports of learners: read by question, with the version as it was met, and answered. Nobody is named."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.forms.reports import ReportAnswerForm
from assessments.models import Report
from assessments.workflows import previews, reports

PILES_A_PAGE = 20


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Questions with what was said of them: those of several learners first, then the open ones."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        everything = "answered" in request.GET
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reports of learners"),
            "opts": self.opts,
            "page": Paginator(reports.piles(answered_too=everything), PILES_A_PAGE).get_page(request.GET.get("page")),
            "everything": everything,
            "may_answer": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/assessments/report/list.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        found = Report.objects.select_related("version__item__current_version", "answered_by")
        report = get_object_or_404(found, pk=object_id)
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        form = ReportAnswerForm(request.POST or None, initial={"answer": report.answer})
        if request.method == "POST" and form.is_valid():
            return self.answer(request, report, form)
        current = report.version.item.current_version
        context = {
            **self.admin_site.each_context(request),
            "title": _("A report about %(item)s") % {"item": report.version.item},
            "opts": self.opts,
            "report": report,
            "form": form,
            "met": previews.preview(report.version.question, report.version.language),
            "present": None if current == report.version else previews.preview(current.question, current.language),
            "others": Report.objects.open().filter(version__item=report.version.item_id).exclude(pk=report.pk),
        }
        return TemplateResponse(request, "admin/assessments/report/answer.html", context)

    def answer(self, request: HttpRequest, report: Report, form: ReportAnswerForm) -> HttpResponse:
        given = form.cleaned_data
        count = reports.answer(report, given["answer"], by=request.user, all_open=given["all_open"])
        told = ngettext("%(n)s report is answered.", "%(n)s reports are answered.", count) % {"n": count}
        messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:assessments_report_changelist"))
