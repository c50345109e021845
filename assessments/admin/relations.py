"""How one thing names others at the desk: in plain lists, ticked boxes and rows of a table.

They work without script, are read aloud with their names, and fit a narrow screen; Django's own
choosers do none of it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.forms.skills import SubskillField, SubskillsField, Ticks
from assessments.models import Subskill


class Relations(BaseModelAdmin):
    """Sub-skills under their areas; where several may be named, by ticking."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        if db_field.related_model is Subskill:
            more["form_class"] = SubskillField
        return super().formfield_for_foreignkey(db_field, request, **more)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        if db_field.related_model is Subskill:
            more["form_class"] = SubskillsField
        more["widget"] = Ticks(attrs={"aria-label": capfirst(db_field.verbose_name)})
        return super().formfield_for_manytomany(db_field, request, **more)


class RowsFormSet(BaseInlineFormSet):
    """Every field of a row says which it is: the head of a column is no label."""

    def add_fields(self, form: Any, index: Any) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            label = _("Delete") if name == "DELETE" else capfirst(field.label or name)
            field.widget.attrs["aria-label"] = label if index is None else f"{label}, {index + 1}"


class Rows(Relations, admin.TabularInline):
    """The rows of a table that belong to one thing."""

    extra = 0
    template = "admin/assessments/rows.html"
    formset = RowsFormSet
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 40})}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        """Without the signs that open what is named: there is no room for three of them in each row."""
        field = super().formfield_for_dbfield(db_field, request, **more)
        if field is not None:
            field.widget = getattr(field.widget, "widget", field.widget)
        return field
