"""The facts of the sources, each with the lines that state it."""

from __future__ import annotations

from django.contrib import admin

from assessments.models import Citation, Disagreement, Fact, Source


class CitationInline(admin.TabularInline):
    model = Citation
    extra = 0


@admin.register(Fact)
class FactAdmin(admin.ModelAdmin):
    list_display = ["code", "topic", "statement"]
    list_filter = ["topic", "citations__source"]
    search_fields = ["code", "statement"]
    autocomplete_fields = ["subskills", "role", "resource"]
    inlines = [CitationInline]


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["title", "file"]


@admin.register(Disagreement)
class DisagreementAdmin(admin.ModelAdmin):
    list_display = ["question", "position"]
    search_fields = ["question", "slug"]
    autocomplete_fields = ["facts"]
