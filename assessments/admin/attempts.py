"""What is measured is not edited: calibrations can be read here, sittings belong to their learners."""

from __future__ import annotations

from django.contrib import admin

from assessments.models import Calibration


@admin.register(Calibration)
class CalibrationAdmin(admin.ModelAdmin):
    list_display = ["number", "created_at", "area_correlation", "label_standard_deviation"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
