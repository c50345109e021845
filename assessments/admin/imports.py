"""Question files: uploaded, looked at, imported all at once, undone; and questions as files of other systems."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessments.formats.exchange import Weight
from assessments.forms.imports import ChoicesForm, DecisionsForm, PlacesForm, UploadForm
from assessments.models import ImportedQuestion, QuestionImport
from assessments.models.imports import WEIGHTS
from assessments.workflows import imports
from assessments.workflows.import_places import categories_of, likely_places
from assessments.workflows.import_rows import made_by
from assessments.workflows.import_sheets import sheet_of

QUESTIONS_A_PAGE = 20
REMARKS_A_PAGE = 50
CATEGORIES_A_PAGE = 30
State = QuestionImport.State


@admin.register(QuestionImport)
class ImportAdmin(admin.ModelAdmin):
    """Whoever may write questions may import them."""

    list_display = ["file_name", "format", "state", "total", "created_by", "created_at"]
    list_filter = ["state", "format"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["assessments.add_item", "assessments.change_item"])

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    has_change_permission = has_module_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_urls(self) -> list[Any]:
        def view(act: Any) -> Any:
            return self.admin_site.admin_view(act)

        return [
            path("new/", view(self.new), name="import_questions"),
            path("<int:pk>/", view(self.page), name="question_import"),
            path("<int:pk>/progress/", view(self.progress), name="question_import_progress"),
            path("<int:pk>/places/", view(require_POST(self.place)), name="question_import_places"),
            path("<int:pk>/decisions/", view(require_POST(self.decide)), name="question_import_decisions"),
            path("<int:pk>/choices/", view(require_POST(self.choose)), name="question_import_choices"),
            path("<int:pk>/again/", view(require_POST(self.again)), name="question_import_again"),
            path("<int:pk>/discard/", view(require_POST(self.discard)), name="question_import_discard"),
            path("<int:pk>/undo/", view(require_POST(self.undo)), name="question_import_undo"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:import_questions"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return here(self.import_of(request, object_id))

    def import_of(self, request: HttpRequest, pk: Any) -> QuestionImport:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return get_object_or_404(QuestionImport.objects.defer("file"), pk=pk)

    def answer(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/assessments/questionimport/{name}.html", context)

    def new(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; it is read at once, by a process of its own."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            cleaned = form.cleaned_data
            batch = imports.begin(
                cleaned["content"], file_name=cleaned["file"].name, format_name=cleaned["format"], by=request.user
            )
            imports.start(batch)
            return here(batch)
        return self.answer(request, "new", title=_("Import questions"), form=form)

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The import as it stands."""
        batch = self.import_of(request, pk)
        if batch.state == State.WAITING:
            return self.answer(request, "waiting", **self.waiting(request, batch))
        made = Paginator(made_by(batch).select_related("item").order_by("pk"), REMARKS_A_PAGE)
        return self.answer(
            request, "page", title=batch.file_name, batch=batch, made=made.get_page(request.GET.get("page"))
        )

    def waiting(self, request: HttpRequest, batch: QuestionImport) -> dict[str, Any]:
        """All that the preview shows: obstacles, categories, decisions, remarks and a page of questions."""
        questions = self.shown_questions(request, batch)
        remarks = batch.remarks.all()
        if (weight := request.GET.get("weight")) in set(Weight):
            remarks = remarks.filter(weight=weight)
        categories = self.shown_categories(request, batch)
        refused = imports.refused(batch)
        return {
            "title": batch.file_name,
            "batch": batch,
            "obstacles": imports.obstacles(batch),
            "to_be_made": imports.to_be_made(batch),
            "known": batch.questions.known().count(),
            "refused": refused,
            "categories": categories,
            "places": PlacesForm(categories, unplaced=unplaced(batch), likely=self.likely(batch, categories)),
            "decisions": DecisionsForm(instance=batch, refused=refused),
            "weights": dict(WEIGHTS),
            "weight": weight or "",
            "remarks": Paginator(remarks, REMARKS_A_PAGE).get_page(request.GET.get("remarks")),
            "questions": questions,
            "show": request.GET.get("show", ""),
            "sheets": with_choices([sheet_of(one) for one in questions], ChoicesForm(questions)),
        }

    def likely(self, batch: QuestionImport, categories: Any) -> Any:
        placed = [one for one in categories_of(batch) if one.subskill]
        return likely_places(categories, placed)

    def shown_questions(self, request: HttpRequest, batch: QuestionImport) -> Any:
        found = batch.questions.select_related("twin", "subskill__area").order_by("position")
        if request.GET.get("show") == "known":
            found = found.known()
        elif request.GET.get("show") == "new":
            found = found.filter(twin__isnull=True)
        return Paginator(found, QUESTIONS_A_PAGE).get_page(request.GET.get("page"))

    def shown_categories(self, request: HttpRequest, batch: QuestionImport) -> Any:
        return Paginator(categories_of(batch), CATEGORIES_A_PAGE).get_page(request.GET.get("categories"))

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bar alone, asked for again and again; at the end the page is loaded anew."""
        batch = self.import_of(request, pk)
        answer = self.answer(request, "_progress", batch=batch)
        if not batch.under_way:
            answer["HX-Refresh"] = "true"
        return answer

    def place(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.import_of(request, pk)
        if batch.state != State.WAITING:
            return here(batch)
        form = PlacesForm(self.shown_categories(request, batch), request.POST, unplaced=unplaced(batch))
        if form.is_valid():
            nowhere = [one.name for one in categories_of(batch) if one.subskill is None]
            imports.place(batch, form.places() | form.rest_of(nowhere))
            messages.success(request, _("The places are kept."))
        else:
            messages.error(request, _("Choose a sub-skill of the list for each category."))
        return here(batch, request, "categories")

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep what holds for the file, and begin if that was asked for."""
        batch = self.import_of(request, pk)
        if batch.state != State.WAITING:
            return here(batch)
        form = DecisionsForm(request.POST, instance=batch, refused=imports.refused(batch))
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, " ".join(str(error) for error in errors))
            return here(batch)
        form.save()
        if "_import" in request.POST:
            try:
                imports.begin_import(batch)
            except imports.NotReady as reason:
                messages.error(request, str(reason))
        return here(batch)

    def choose(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.import_of(request, pk)
        if batch.state != State.WAITING:
            return here(batch)
        shown = list(self.shown_questions(request, batch))
        form = ChoicesForm(shown, request.POST)
        if form.is_valid():
            ImportedQuestion.objects.bulk_update(list(form.changed()), ["choice"])
            messages.success(request, _("The choices are kept."))
        return here(batch, request, "questions")

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.import_of(request, pk)
        if batch.has_stopped:
            imports.start(batch)
        return here(batch)

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.import_of(request, pk)
        if batch.state in (State.WAITING, State.FAILED):
            imports.discard(batch)
            messages.success(request, _("The file is discarded; nothing was imported."))
        return HttpResponseRedirect(reverse("admin:assessments_questionimport_changelist"))

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.import_of(request, pk)
        try:
            count = imports.undo(batch)
        except imports.NotReady as reason:
            messages.error(request, str(reason))
        else:
            said = ngettext("%(n)s question is taken out again.", "%(n)s questions are taken out again.", count)
            messages.success(request, said % {"n": count})
        return here(batch)


def here(batch: QuestionImport, request: HttpRequest | None = None, part: str = "") -> HttpResponse:
    """The page of the import, at the part of it where she was."""
    query = request.GET.urlencode() if request else ""
    address = reverse("admin:question_import", args=[batch.pk])
    return HttpResponseRedirect(f"{address}{'?' if query else ''}{query}{'#' if part else ''}{part}")


def unplaced(batch: QuestionImport) -> int:
    return sum(one.subskill is None for one in categories_of(batch))


def with_choices(sheets: list[Any], form: ChoicesForm) -> list[tuple[Any, Any]]:
    """Each question with the field that says what becomes of it."""
    return [(sheet, form[f"choice_{sheet.waiting.pk}"]) for sheet in sheets]
