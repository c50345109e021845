"""Questions: written in fields made for their kind, previewed, versioned, and judged by numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.item_batches import ItemBatches
from assessments.admin.item_exchange import ItemExchange
from assessments.admin.item_tryouts import ItemTryouts
from assessments.admin.item_versions import ItemVersions
from assessments.admin.item_writing import ItemWriting
from assessments.forms.panels import PanelForm
from assessments.models import Item, ItemVersion
from assessments.questions.registry import KINDS
from assessments.questions.wording import plain
from assessments.workflows import items, panels
from assessments.workflows.numbers import numbers_of


@admin.register(Item)
class ItemAdmin(ItemExchange, ItemWriting, ItemVersions, ItemBatches, ItemTryouts):
    list_display = ["slug", "stem", "subskill", "kind", "difficulty", "state", "version"]
    list_filter = [
        "area",
        "life",
        "current_version__kind",
        "current_version__difficulty_label",
        "current_version__cognitive_level",
    ]
    search_fields = ["slug", "title", "family", "current_version__content", "current_version__key"]
    list_select_related = ["area", "current_version__subskill"]
    list_per_page = 50
    actions = [*ItemBatches.actions, "export"]

    @admin.display(ordering="current_version__kind")
    def kind(self, item: Item) -> str:
        return str(KINDS[item.current_version.kind].label) if item.current_version else ""

    @admin.display
    def stem(self, item: Item) -> str:
        """Its first words, with no mark of Markdown."""
        return Truncator(plain(item.current_version.content["stem"])).chars(90) if item.current_version else ""

    @admin.display(ordering="current_version__subskill", description=gettext_lazy("Area and sub-skill"))
    def subskill(self, item: Item) -> str:
        return f"{item.area}: {item.current_version.subskill}" if item.current_version else str(item.area)

    @admin.display(ordering="life", description=gettext_lazy("Life"))
    def state(self, item: Item) -> str:
        """In a word; the filter says what it means."""
        return item.life

    @admin.display(ordering="current_version__difficulty_label")
    def difficulty(self, item: Item) -> int | str:
        return item.current_version.difficulty_label if item.current_version else ""

    @admin.display
    def version(self, item: Item) -> int | str:
        return item.current_version.number if item.current_version else ""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """A used question is retired; deleting is left to the page of one that nobody has met."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request: HttpRequest, obj: Item | None = None) -> bool:
        return not (obj is not None and obj.has_been_met) and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Item) -> None:
        items.discard(obj)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/numbers/", view(self.numbers), name="item_numbers"),
            path("<path:object_id>/panel/", view(self.panel), name="item_panel"),
            *super().get_urls(),
        ]

    def panel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ratings of practitioners for a situational question, and the key they make."""
        item = get_object_or_404(Item.objects.select_related("current_version"), pk=object_id)
        if item.current_version.kind != "rating" or not self.has_change_permission(request, item):
            raise PermissionDenied
        form = PanelForm(request.POST if "_rate" in request.POST else None, version=item.current_version)
        here = HttpResponseRedirect(reverse("admin:item_panel", args=[item.pk]))
        if "_key" in request.POST:
            self.set_key(request, item.current_version)
            return here
        if form.is_bound and form.is_valid():
            panels.rate(item.current_version, **form.given())
            messages.success(request, _("The ratings are kept."))
            return here
        context = {
            **self.admin_site.each_context(request),
            "title": _("Panel of %(item)s") % {"item": item},
            "item": item,
            "form": form,
            "panel": panels.panel_of(item.current_version),
        }
        return TemplateResponse(request, "admin/assessments/item/panel.html", context)

    def set_key(self, request: HttpRequest, rated: ItemVersion) -> None:
        try:
            version = panels.set_key(rated)
        except panels.NoKey as reason:
            messages.error(request, _("No key: %(reason)s.") % {"reason": reason})
        else:
            messages.success(request, _("%(version)s is keyed by the panel and in use.") % {"version": version})

    def numbers(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What answers say of a question."""
        item = get_object_or_404(Item.objects.select_related("current_version"), pk=object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(item)s in numbers") % {"item": item},
            "item": item,
            "opts": self.opts,
            "numbers": numbers_of(item),
        }
        return TemplateResponse(request, "admin/assessments/item/numbers.html", context)
