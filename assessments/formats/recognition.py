"""Which format a file is in, by its name and by what stands in it."""

from __future__ import annotations

import re
from pathlib import PurePath

from assessments.formats.registry import FORMATS

LOOKED_AT = 200_000  # bytes; the signs of a format stand near its beginning
SIGNS = {
    "qti": re.compile(rb"\APK\x03\x04|imsqti"),
    "moodle_xml": re.compile(rb"<quiz\b"),
    "native": re.compile(rb"^area:", re.MULTILINE),
    "aiken": re.compile(rb"^ANSWER:[ \t]*[A-Za-z][ \t]*\r?$", re.MULTILINE),
    "gift": re.compile(rb"[{:]"),
}


def recognised(file_name: str, content: bytes) -> str:
    """The name of the format; "" where neither the name nor the content tells."""
    ending = PurePath(file_name.lower()).suffix
    named = [one.name for one in FORMATS.values() if ending in one.endings]
    if len(named) == 1:
        return named[0]
    begin = content[:LOOKED_AT]
    fitting = [name for name, sign in SIGNS.items() if name in (named or FORMATS) and sign.search(begin)]
    return (fitting or named or [""])[0]
