"""What is measured is not edited: calibrations can be read here, sittings belong to their learners."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from assessments.models import Calibration
from assessments.tasks.calibrations import calibrate_items


@admin.register(Calibration)
class CalibrationAdmin(admin.ModelAdmin):
    list_display = ["number", "created_at", "area_correlation", "label_standard_deviation"]

    change_list_template = "admin/assessments/calibration/list.html"

    def get_urls(self):
        begin = path("begin/", self.admin_site.admin_view(self.begin), name="calibrate")
        return [begin, *super().get_urls()]

    def begin(self, request):
        """Ask for a new calibration; it is made in the background and moves no score."""
        if request.method != "POST" or not request.user.is_superuser:
            raise PermissionDenied
        calibrate_items.enqueue()
        messages.success(request, _("A new calibration is under way; older scores keep theirs."))
        return HttpResponseRedirect(reverse("admin:assessments_calibration_changelist"))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
