"""Questions that need attention, worst first, and counting them anew."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import ItemToLookAt
from assessments.tasks.statistics import count_answers
from assessments.templatetags.item_numbers import said
from assessments.workflows.attention import mark_seen, needing_attention


@admin.register(ItemToLookAt)
class ItemToLookAtAdmin(admin.ModelAdmin):
    list_display = ["question", "area", "life", "answers", "advice", "harm_shown", "reporters"]
    list_filter = ["area", "life"]
    search_fields = ["slug"]
    list_select_related = ["area", "current_version__statistics"]
    list_display_links = None
    list_per_page = 50
    actions = ["seen"]
    change_list_template = "admin/assessments/item/attention.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {**(extra_context or {}), "title": _("Questions that need attention")}
        return super().changelist_view(request, more)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemToLookAt]:
        return needing_attention()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return "-reported", "-rested", "-harm", "-learners", "slug"

    @admin.display(description=_("Question"))
    def question(self, item: Any) -> str:
        return format_html(
            '<a href="{}">{}</a>{}',
            reverse("admin:item_numbers", args=[item.pk]),
            item.slug,
            _(" · went back to pretest by itself") if item.rested else "",
        )

    @admin.display(description=_("Eligible answers"))
    def answers(self, item: Any) -> int:
        row = getattr(item.current_version, "statistics", None)
        return row.answers if row else 0

    @admin.display(description=_("What to do"))
    def advice(self, item: Any) -> str:
        row = getattr(item.current_version, "statistics", None)
        return format_html_join("", "<p>{}</p>", ((words,) for words in self.words_of(row)))

    def words_of(self, row: Any) -> list[str]:
        return [said(one, row.numbers) for one in row.findings[:3]] if row else []

    @admin.display(description=_("Harm, 0 to 100"), ordering="harm")
    def harm_shown(self, item: Any) -> int:
        return round(100 * item.harm)

    @admin.display(description=_("Reported by"), ordering="learners")
    def reporters(self, item: Any) -> str:
        if not item.learners:
            return ""
        words = ngettext("%(n)s learner", "%(n)s learners", item.learners) % {"n": item.learners}
        return format_html('<a href="{}">{}</a>', reverse("admin:assessments_report_changelist"), words)

    @admin.action(description=_("I have seen that these went back to pretest"))
    def seen(self, request: HttpRequest, chosen: QuerySet[ItemToLookAt]) -> None:
        count = mark_seen(chosen, by=request.user)
        messages.success(request, ngettext("%(n)s noted.", "%(n)s noted.", count) % {"n": count})

    def get_urls(self) -> list[Any]:
        again = path("count/", self.admin_site.admin_view(self.count), name="count_answers")
        return [again, *super().get_urls()]

    def count(self, request: HttpRequest) -> HttpResponse:
        """Ask for a new count; it is made in the background."""
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        count_answers.enqueue()
        messages.success(request, _("The answers are being counted; this list changes when it is done."))
        return HttpResponseRedirect(reverse("admin:assessments_itemtolookat_changelist"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("assessments.change_item")  # type: ignore[union-attr]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("assessments.view_item")  # type: ignore[union-attr]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **more: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:item_numbers", args=[object_id]))
