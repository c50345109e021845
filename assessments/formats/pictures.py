"""Pictures that files bring: what they are is told by their bytes alone, never by what is said of them."""

from __future__ import annotations

import base64
import binascii
import re
import warnings
from collections.abc import Callable
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from assessments.formats.exchange import Picture

MOST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000  # a browser unpacks 100 MB for it; beyond, a small file is a bomb
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
DATA_ADDRESS = re.compile(r"data:[a-zA-Z0-9.+/-]{1,60}(?:;[a-zA-Z0-9=-]{1,40}){0,3},[A-Za-z0-9+/=%._~-]*")


class PictureRefused(ValueError):
    """What was given is no picture that we show; the sentence says why."""


def picture_of(content: bytes) -> Picture:
    """The bytes as a picture; PictureRefused for all that is none of ours."""
    return Picture(media_type_of(content), content)


def media_type_of(content: bytes) -> str:
    """What the bytes are; PictureRefused for all that is no picture of ours."""
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


def unpacked(base64_text: str) -> bytes:
    """What a text in base64 stands for; blanks and line ends do not count."""
    try:
        return base64.b64decode("".join(base64_text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise PictureRefused("It is not written in base64.") from None


def from_data_address(address: str) -> Picture:
    """The picture within a data: address."""
    head, _, body = address.partition(",")
    if not head.lower().endswith(";base64"):
        raise PictureRefused("A picture within the text must be written in base64.")
    return picture_of(unpacked(body.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")))


def with_own_addresses(text: str, keep: Callable[[Picture], str], complain: Callable[[PictureRefused], None]) -> str:
    """The text with our address for each picture that is written into it, in one go.

    keep: takes a picture and gives its address. complain: is told of what is none; "data:" stays of it.
    """

    def ours(found: re.Match[str]) -> str:
        try:
            return keep(from_data_address(found[0]))
        except PictureRefused as refused:
            complain(refused)
            return "data:"

    return DATA_ADDRESS.sub(ours, text) if "data:" in text else text
