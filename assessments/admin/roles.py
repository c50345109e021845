"""Roles with their weights and targets."""

from __future__ import annotations

from django.contrib import admin

from assessments.admin.relations import Relations, Rows
from assessments.models import Role, RoleArea, RoleProfile, RoleTarget, SubskillTarget


class RoleAreaInline(Rows):
    model = RoleArea


class ProfileInline(Rows):
    model = RoleProfile
    fields = ["seniority", "position"]
    show_change_link = True


class TargetInline(Rows):
    model = RoleTarget


class SubskillTargetInline(Rows):
    model = SubskillTarget


@admin.register(Role)
class RoleAdmin(Relations, admin.ModelAdmin):
    list_display = ["name", "slug", "confidence", "position"]
    search_fields = ["name", "slug", "description"]
    inlines = [ProfileInline, RoleAreaInline]


@admin.register(RoleProfile)
class RoleProfileAdmin(Relations, admin.ModelAdmin):
    list_display = ["role", "seniority"]
    list_filter = ["role", "seniority"]
    search_fields = ["role__name"]
    inlines = [TargetInline, SubskillTargetInline]
