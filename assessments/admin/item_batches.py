"""Many questions at once: a page says exactly what would change, and only then it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from assessments.forms.batches import ChosenForm, MoveForm, RelabelForm
from assessments.models import OPERATIONAL_ITEMS_NEEDED, Item, Life
from assessments.workflows import batches
from assessments.workflows.batches import Order


@dataclass(frozen=True)
class Deed:
    """One thing that can be done to many questions."""

    title: Any
    form: type[ChosenForm] = ChosenForm
    life: str | None = None

    def order(self, form: Form) -> Order:
        given = form.cleaned_data
        return Order(life=self.life, subskill=given.get("subskill"), label=given.get("label"))


DEEDS = {
    "publish": Deed(gettext_lazy("Publish: ask these questions from now on"), life=Life.OPERATIONAL),
    "pretest": Deed(gettext_lazy("Put on trial: ask now and then, and never count"), life=Life.PRETEST),
    "retire": Deed(gettext_lazy("Retire: ask these questions no more"), life=Life.RETIRED),
    "move": Deed(gettext_lazy("Move to another area or sub-skill"), MoveForm),
    "relabel": Deed(gettext_lazy("Relabel the difficulty"), RelabelForm),
}


class ItemBatches(admin.ModelAdmin):
    actions = list(DEEDS)

    @admin.action(description=DEEDS["publish"].title, permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Item]) -> HttpResponse:
        return self.ask(request, "publish", chosen)

    @admin.action(description=DEEDS["pretest"].title, permissions=["change"])
    def pretest(self, request: HttpRequest, chosen: QuerySet[Item]) -> HttpResponse:
        return self.ask(request, "pretest", chosen)

    @admin.action(description=DEEDS["retire"].title, permissions=["change"])
    def retire(self, request: HttpRequest, chosen: QuerySet[Item]) -> HttpResponse:
        return self.ask(request, "retire", chosen)

    @admin.action(description=DEEDS["move"].title, permissions=["change"])
    def move(self, request: HttpRequest, chosen: QuerySet[Item]) -> HttpResponse:
        return self.ask(request, "move", chosen)

    @admin.action(description=DEEDS["relabel"].title, permissions=["change"])
    def relabel(self, request: HttpRequest, chosen: QuerySet[Item]) -> HttpResponse:
        return self.ask(request, "relabel", chosen)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [path("batch/<str:name>/", view(require_POST(self.batch)), name="item_batch"), *super().get_urls()]

    def ask(self, request: HttpRequest, name: str, chosen: QuerySet[Item]) -> HttpResponse:
        """From the list: what would change, or first what they are to become."""
        numbers = ",".join(str(pk) for pk in chosen.order_by("pk").values_list("pk", flat=True))
        deed = DEEDS[name]
        if deed.form is not ChosenForm:
            return self.page(request, name, deed.form(initial={"chosen": numbers}))
        form = deed.form({"chosen": numbers})
        return self.told(request, name, form) if form.is_valid() else self.page(request, name, form)

    def batch(self, request: HttpRequest, name: str) -> HttpResponse:
        """What would change; with `confirm`, the deed."""
        if name not in DEEDS:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = DEEDS[name].form(request.POST)
        if not form.is_valid():
            return self.page(request, name, form)
        if "confirm" not in request.POST:
            return self.told(request, name, form)
        return self.done(request, name, form)

    def told(self, request: HttpRequest, name: str, form: ChosenForm) -> HttpResponse:
        order = DEEDS[name].order(form)
        return self.page(request, name, form, batches.consequences(form.cleaned_data["chosen"], order), order)

    def done(self, request: HttpRequest, name: str, form: ChosenForm) -> HttpResponse:
        order, chosen = DEEDS[name].order(form), form.cleaned_data["chosen"]
        if batches.consequences(chosen, order).too_many:
            return self.told(request, name, form)
        changed = batches.carry_out(chosen, order, by=request.user)
        for item in changed:
            self.log_change(request, item, str(DEEDS[name].title))
        count = len(changed)
        told = ngettext("%(n)s question is changed.", "%(n)s questions are changed.", count) % {"n": count}
        messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:assessments_item_changelist"))

    def page(
        self,
        request: HttpRequest,
        name: str,
        form: ChosenForm,
        consequences: batches.Consequences | None = None,
        order: Order | None = None,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": DEEDS[name].title,
            "opts": self.opts,
            "deed": name,
            "form": form,
            "told": consequences,
            "order": order,
            "life": Life(order.life).label if order and order.life else "",
            "needed": OPERATIONAL_ITEMS_NEEDED,
            "most": batches.MOST_REWRITTEN,
            "back": _("No, leave them as they are"),
        }
        return TemplateResponse(request, "admin/assessments/item/batch.html", context)
