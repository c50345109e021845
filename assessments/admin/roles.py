"""Roles with their weights and targets."""

from __future__ import annotations

from django.contrib import admin

from assessments.models import Role, RoleArea, RoleProfile, RoleTarget, SubskillTarget


class RoleAreaInline(admin.TabularInline):
    model = RoleArea
    extra = 0


class ProfileInline(admin.TabularInline):
    model = RoleProfile
    fields = ["seniority", "position"]
    extra = 0
    show_change_link = True


class TargetInline(admin.TabularInline):
    model = RoleTarget
    extra = 0


class SubskillTargetInline(admin.TabularInline):
    model = SubskillTarget
    extra = 0
    autocomplete_fields = ["subskill"]


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "confidence", "position"]
    search_fields = ["name", "slug", "description"]
    autocomplete_fields = ["key_subskills"]
    inlines = [ProfileInline, RoleAreaInline]


@admin.register(RoleProfile)
class RoleProfileAdmin(admin.ModelAdmin):
    list_display = ["role", "seniority"]
    list_filter = ["role", "seniority"]
    search_fields = ["role__name"]
    autocomplete_fields = ["leads_to"]
    inlines = [TargetInline, SubskillTargetInline]
