"""Writing a question: the form of its kind, the preview beside it, advice, and the save that makes a version."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessments.forms import drafts
from assessments.forms.desk import Desk
from assessments.models import Item, Report
from assessments.questions.registry import KINDS
from assessments.workflows import advice, items, pictures, previews

LARGEST_UPLOAD = pictures.MOST_BYTES


class ItemWriting(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("preview/<str:kind>/", view(require_POST(self.preview)), name="item_preview"),
            path("picture/", view(require_POST(self.picture)), name="item_picture"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = request.GET.get("kind", "")
        if chosen not in KINDS:
            context = {**self.admin_site.each_context(request), "title": _("Which kind of question?"), "kinds": KINDS}
            return TemplateResponse(request, "admin/assessments/item/kinds.html", context)
        return self.desk(request, chosen, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        item = get_object_or_404(Item.objects.select_related("area", "current_version"), pk=object_id)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        return self.desk(request, item.current_version.kind, item)

    def desk(self, request: HttpRequest, kind: str, item: Item | None) -> HttpResponse:
        """The form of a question with what it makes; a POST saves, or shows what it would be."""
        desk = Desk(kind, request.POST or None, item.current_version if item else None)
        overtaken = request.method == "POST" and bool(item) and request.POST.get("stamp", "") != stamp_of(item)
        if request.method == "POST" and desk.is_valid() and "_preview" not in request.POST and not overtaken:
            return self.keep(request, desk, item)
        context = {
            **self.admin_site.each_context(request),
            "title": str(item) if item else _("A new question"),
            "opts": self.opts,
            "item": item,
            "kind": KINDS[kind],
            "desk": desk,
            "seen": self.seen(request, desk, item),
            "stamp": stamp_of(item),
            "overtaken": overtaken,
            "refused": request.method == "POST" and "_preview" not in request.POST and not desk.is_valid(),
            "reports": Report.objects.open().filter(version__item=item).count() if item else 0,
            "frozen": bool(item and item.current_version.is_frozen),
        }
        return TemplateResponse(request, "admin/assessments/item/desk.html", context)

    def seen(self, request: HttpRequest, desk: Desk, item: Item | None) -> dict[str, Any]:
        """What the preview shows: of the form when it was sent, of the version that is kept otherwise."""
        if not desk.item.is_bound:
            version = item.current_version if item else None
            return {
                "document": document(request, previews.preview(version.question, version.language)) if version else "",
                "advice": advice.of_version(version) if version else [],
            }
        whole = desk.is_valid()
        language = item.current_version.language if item and item.current_version else "en"
        sheet = previews.preview(desk.question(), language) if whole else previews.sketch(drafts.draft(desk), language)
        return {
            "document": document(request, sheet),
            "advice": advice.of_desk(desk, item) if whole else [],
            "missing": drafts.missing(desk),
            "unfinished": not whole,
        }

    def preview(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The preview alone, while somebody is writing; faults travel along, each to its field."""
        if kind not in KINDS:
            raise Http404
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        known = request.GET.get("item", "")
        item = get_object_or_404(Item.objects.select_related("current_version"), pk=known) if known else None
        desk = Desk(kind, request.POST, item.current_version if item else None)
        seen = self.seen(request, desk, item)
        context = {"seen": seen, "faults": drafts.faults(desk), "general": desk.item.non_field_errors()}
        return TemplateResponse(request, "admin/assessments/item/_live.html", context)

    def keep(self, request: HttpRequest, desk: Desk, item: Item | None) -> HttpResponse:
        saved = items.write(desk, item, by=request.user)
        told = str(saved.current_version)
        log = self.log_change if item else self.log_addition
        log(request, saved, told)
        messages.success(request, _("%(version)s is saved.") % {"version": saved.current_version})
        if "_continue" in request.POST:
            return HttpResponseRedirect(reverse("admin:assessments_item_change", args=[saved.pk]))
        self.advise(request, saved)
        return HttpResponseRedirect(reverse("admin:assessments_item_changelist"))

    def advise(self, request: HttpRequest, saved: Item) -> None:
        """Advice never holds a question back: it is said once it is saved."""
        found = advice.of_version(saved.current_version) if saved.current_version else []
        if found:
            count = ngettext("%(n)s piece of advice on %(item)s", "%(n)s pieces of advice on %(item)s", len(found))
            told = "; ".join(finding.message for finding in found)
            messages.warning(request, f"{count % {'n': len(found), 'item': saved}}: {told}.")

    def picture(self, request: HttpRequest) -> HttpResponse:
        """Keep a picture and tell where it is shown."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        given = request.FILES.get("picture")
        if given is None or (given.size or 0) > LARGEST_UPLOAD:
            return JsonResponse({"fault": _("Choose a picture of at most 5 MB.")}, status=422)
        try:
            kept = pictures.keep(given.read())
        except pictures.PictureRefused as reason:
            return JsonResponse({"fault": str(reason)}, status=422)
        return JsonResponse({"address": kept.address})


def stamp_of(item: Item | None) -> str:
    """Names the version that a form was filled from: whoever saves over another's save is told first."""
    version = item.current_version if item else None
    return f"{version.number} {version.created_at.isoformat()}" if version else ""


def document(request: HttpRequest, sheet: previews.Preview) -> str:
    """A question as a page of its own, for a frame as wide as a phone or as a screen."""
    return render_to_string("admin/assessments/item/_document.html", {"sheet": sheet}, request)
