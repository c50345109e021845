"""Areas, sub-skills, levels and misconceptions."""

from __future__ import annotations

from django.contrib import admin

from assessments.admin.relations import Relations, Rows
from assessments.models import Area, AreaAnchor, Level, Misconception, Subskill


class AnchorInline(Rows):
    model = AreaAnchor
    max_num = 5


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "position", "subskill_count", "operational"]
    search_fields = ["name", "slug", "description"]
    inlines = [AnchorInline]

    def get_queryset(self, request):
        return Area.objects.with_counts()

    @admin.display(description="sub-skills")
    def subskill_count(self, area):
        return area.subskill_count

    @admin.display(description="operational questions")
    def operational(self, area):
        return area.operational


@admin.register(Subskill)
class SubskillAdmin(Relations, admin.ModelAdmin):
    list_display = ["name", "slug", "area", "position"]
    list_filter = ["area"]
    search_fields = ["name", "slug", "covers"]


@admin.register(Level)
class LevelAdmin(admin.ModelAdmin):
    list_display = ["number", "name", "anchor"]


@admin.register(Misconception)
class MisconceptionAdmin(Relations, admin.ModelAdmin):
    list_display = ["says", "slug", "subskill"]
    list_filter = ["subskill__area"]
    search_fields = ["says", "slug"]
