"""Writes XML by hand, so that every blank and every line end of a text comes back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 has no way to say these
IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
IN_ATTRIBUTE = {**IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
TEXT = str.maketrans(IN_TEXT)
ATTRIBUTE = str.maketrans(IN_ATTRIBUTE)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def can_say(text: str) -> bool:
    """Whether XML has all the characters of a text."""
    return UNSAYABLE.search(text) is None


def sayable(text: str) -> str:
    return UNSAYABLE.sub("", text)


def in_text(text: str) -> str:
    return sayable(text).translate(TEXT)


def element(name: str, /, *inner: str, **attributes: object) -> str:
    """An element around XML that is written already; attributes of value None are left out."""
    start = name + "".join(
        f' {key.rstrip("_")}="{sayable(str(value)).translate(ATTRIBUTE)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{start}>{''.join(inner)}</{name}>" if any(inner) else f"<{start}/>"


def block(name: str, inner: Iterable[str], /, **attributes: object) -> str:
    """An element with each part on a line of its own: only where blanks do not count."""
    lines = [line for part in inner if part for line in (part,)]
    if not lines:
        return element(name, **attributes)
    return element(name, "\n", "\n".join(lines), "\n", **attributes)
