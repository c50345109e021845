"""The doors of the site: our pages, the account pages and the editor's desk."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("assessments.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "assessments.views.errors.bad_request"
handler403 = "assessments.views.errors.forbidden"
handler404 = "assessments.views.errors.not_found"
handler500 = "assessments.views.errors.server_error"
