"""Pictures at the door: only what is a picture, of a bearable size, under the hash of its content."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from assessments.formats import exchange
from assessments.models import Picture

MOST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000  # a browser unpacks 100 MB for it; beyond, a small file is a bomb
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
ADDRESS = re.compile(exchange.PICTURES + r"([0-9a-f]{64})\.(?:png|jpg|gif|webp)")


class PictureRefused(ValueError):
    """What was given is no picture that we show; the sentence says why."""


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


def media_type_of(content: bytes) -> str:
    """What the bytes are, by the bytes alone; PictureRefused for all that is no picture of ours."""
    if len(content) > MOST_BYTES:
        raise PictureRefused(f"A picture has at most {MOST_BYTES // 1_000_000} MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=list(MEDIA_TYPES)) as image:
                found, (width, height) = image.format or "", image.size
                if width * height > MOST_PIXELS:
                    raise PictureRefused(f"The picture is too large: {width} by {height} points.")
                image.verify()
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused("The picture has too many points.") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise PictureRefused("This is no PNG, JPEG, GIF or WebP picture.") from None
    return MEDIA_TYPES[found]


def named_in(texts: Iterable[str]) -> set[str]:
    """The hashes of the pictures that these texts show."""
    return {found for text in texts for found in ADDRESS.findall(text)}


def given_for(texts: Iterable[str]) -> dict[str, exchange.Picture]:
    """The pictures that these texts show, by their address, as the formats take them."""
    found = Picture.objects.filter(sha256__in=named_in(texts))
    return {picture.address: picture.given for picture in found}
