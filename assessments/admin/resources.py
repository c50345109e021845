"""The catalogue. Nobody sets a resource's place: it is computed."""

from __future__ import annotations

from django.contrib import admin

from assessments.admin.relations import Relations, Rows
from assessments.models import Resource, ResourceSubskill


class CoverageInline(Rows):
    model = ResourceSubskill


@admin.register(Resource)
class ResourceAdmin(Relations, admin.ModelAdmin):
    list_display = ["title", "kind", "cost", "hours", "level_from", "level_to", "url_certain", "archived"]
    list_filter = ["kind", "cost", "archived", "url_certain", "language", "named_in_sources"]
    search_fields = ["title", "slug", "creators", "provider", "isbn13"]
    inlines = [CoverageInline]
