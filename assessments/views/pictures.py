"""Pictures of questions. An address names the content by its hash, so a copy is good for ever."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from assessments.middleware import Request
from assessments.models import Picture

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def picture(request: Request, sha256: str, ending: str) -> HttpResponse:
    found = Picture.objects.filter(sha256=sha256).first()
    if found is None or found.address != request.path_info:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Cache-Control"] = FOR_EVER
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
