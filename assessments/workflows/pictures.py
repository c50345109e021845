"""Pictures at the door: only what is a picture, of a bearable size, under the hash of its content."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assessments.formats import exchange
from assessments.formats.pictures import MOST_BYTES, MOST_PIXELS, PictureRefused, media_type_of
from assessments.models import Picture

__all__ = ["MOST_BYTES", "MOST_PIXELS", "PictureRefused", "given_for", "keep", "media_type_of", "named_in"]

ADDRESS = re.compile(exchange.PICTURES + r"([0-9a-f]{64})\.(?:png|jpg|gif|webp)")


def keep(content: bytes, *, kept: bool = True) -> Picture:
    """The picture in the database; the same content is kept once. kept: whether a question has it."""
    given = exchange.Picture(media_type_of(content), content)
    picture, made = Picture.objects.get_or_create(
        sha256=given.sha256, defaults={"media_type": given.media_type, "content": content, "kept": kept}
    )
    if kept and not made and not picture.kept:
        picture.kept = True
        picture.save(update_fields=["kept"])
    return picture


def named_in(texts: Iterable[str]) -> set[str]:
    """The hashes of the pictures that these texts show."""
    return {found for text in texts for found in ADDRESS.findall(text)}


def given_for(texts: Iterable[str]) -> dict[str, exchange.Picture]:
    """The pictures that these texts show, by their address, as the formats take them."""
    found = Picture.objects.filter(sha256__in=named_in(texts))
    return {picture.address: picture.given for picture in found}
