"""Our * as a pattern of XML Schema, and back as far as a pattern says no more than that."""

from __future__ import annotations

import re

from assessments.questions.wildcards import STAR

SPECIAL = re.compile(r"[\\|.\-^?*+{}()\[\]$]")
PIECE = re.compile(r"\\(.)|\.\*|\[(.)(.)\]|([^\\|.^?*+{}()\[\]$])", re.DOTALL)


def pattern_of(text: str, *, case_sensitive: bool) -> str:
    """The pattern that fits what our text with stars fits; letters stand in either case where it does not count."""
    pattern, done = "", 0
    for stars in STAR.finditer(text):
        pattern += _bit(text[done : stars.start()], case_sensitive) + ".*" * len(stars[0])
        done = stars.end()
    return pattern + _bit(text[done:], case_sensitive)


def _bit(text: str, case_sensitive: bool) -> str:
    return "".join(_sign(sign, case_sensitive) for sign in text.replace(r"\*", "*"))


def _sign(sign: str, case_sensitive: bool) -> str:
    other = sign.swapcase()
    if not case_sensitive and other != sign and len(other) == 1 and other.swapcase() == sign:
        return f"[{sign}{other}]"
    return SPECIAL.sub(r"\\\g<0>", sign)


def text_of(pattern: str) -> tuple[str, bool] | None:
    """Our text for a pattern and whether it takes either case; None for a pattern that says more."""
    text, at, either = "", 0, False
    while at < len(pattern):
        found = PIECE.match(pattern, at)
        if found is None or (found[2] and found[2].swapcase() != found[3]):
            return None
        if found[0] == ".*":
            text += "*"
        elif found[2]:
            text, either = text + found[2], True
        else:
            sign = found[1] or found[4]
            if found[1] and found[1].isalnum():  # \d, \s, \p{...}
                return None
            text += r"\*" if sign == "*" else sign
        at = found.end()
    return text, either
