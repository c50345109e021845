"""The editor's desk."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from assessments.admin import (
    attempts,
    facts,
    front,
    imports,
    items,
    learners,
    reports,
    resources,
    roles,
    skills,
    statistics,
)

# Signing in goes through the account pages: rate limits and two-step sign-in hold here too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = "careerquiz"
admin.site.site_title = "careerquiz"
admin.site.index_title = "The editor's desk"

__all__ = [
    "attempts",
    "facts",
    "front",
    "imports",
    "items",
    "learners",
    "reports",
    "resources",
    "roles",
    "skills",
    "statistics",
]
