"""The facts of the sources, each with the lines that state it."""

from __future__ import annotations

from django.contrib import admin

from assessments.admin.relations import Relations, Rows
from assessments.models import Citation, Disagreement, Fact, Source


class CitationInline(Rows):
    model = Citation


@admin.register(Fact)
class FactAdmin(Relations, admin.ModelAdmin):
    list_display = ["code", "topic", "statement"]
    list_filter = ["topic", "citations__source"]
    search_fields = ["code", "statement"]
    inlines = [CitationInline]


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["title", "file"]


@admin.register(Disagreement)
class DisagreementAdmin(Relations, admin.ModelAdmin):
    list_display = ["question", "position"]
    search_fields = ["question", "slug"]
