"""The first page of the desk says what waits there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse

from assessments.workflows.attention import news

plain_index = admin.site.index


def index(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
    return plain_index(request, {**(extra_context or {}), "news": news()})


admin.site.index = index  # type: ignore[method-assign]
