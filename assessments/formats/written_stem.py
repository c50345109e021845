"""A listing and a lead-in within one text: other systems know the stem alone.

The parts are told apart by comments, which nobody sees: Moodle's Markdown drops them.
"""

from __future__ import annotations

import re
from typing import Any

from assessments.formats.html_text import NO_ADDRESSES, Addresses, Losses, markdown_of
from assessments.formats.markdown_marks import fence_of

LISTING, LEAD_IN = "<!-- listing -->", "<!-- lead-in -->"
LISTED = re.compile(r"(`{3,})(\w+)\n(.*)\n\1", re.DOTALL)
OPEN_ENDED = "<!-- no line end -->"
BETWEEN_PARTS = re.compile(rf"\n\n({LISTING}|{LEAD_IN})\n\n")
MARKED = re.compile(rf"([ \t\r\n]*)({LISTING}|{LEAD_IN}|{OPEN_ENDED})\s*")


def joined_stem(content: dict[str, Any]) -> str:
    """Stem, listing and lead-in as one text of Markdown."""
    parts = [content["stem"]]
    if code := content.get("code"):
        source, ending = code["source"], ""
        if source.endswith("\n"):
            source = source[:-1]
        else:
            ending = f"\n{OPEN_ENDED}"
        fence = fence_of(source)
        parts.append(f"{LISTING}\n\n{fence}{code['language']}\n{source}\n{fence}{ending}")
    if content.get("lead_in"):
        parts.append(f"{LEAD_IN}\n\n{content['lead_in']}")
    return "\n\n".join(parts)


def split_stem(text: str) -> tuple[str, dict[str, str] | None, str]:
    """Stem, code and lead-in of a text that was joined above; any other text is a stem."""
    rest, found, lead_in = text.rpartition(f"\n\n{LEAD_IN}\n\n")
    if not found:
        rest, lead_in = text, ""
    stem, found, listed = rest.rpartition(f"\n\n{LISTING}\n\n")
    if not found:
        return rest, None, lead_in
    bare = listed.removesuffix(f"\n{OPEN_ENDED}")
    listing = LISTED.fullmatch(bare)
    if listing is None:
        return text, None, ""
    ending = "" if bare != listed else "\n"
    return stem, {"language": listing[2], "source": listing[3] + ending}, lead_in


def marked_parts(text: str) -> list[str]:
    """The parts of a text that was joined above, and the comments between them."""
    return BETWEEN_PARTS.split(text)


def markdown_of_marked(html: str, addresses: Addresses = NO_ADDRESSES, *, in_line: bool = False) -> tuple[str, Losses]:
    """HTML as Markdown, in which the comments that tell the parts of a stem apart are still comments.

    Line ends before a comment are those of the part, but for the one that sets the comment off.
    """
    first, *rest = MARKED.split(html)
    text, losses = markdown_of(first, addresses, in_line=in_line)
    for blank, mark, part in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        inner, lost = markdown_of(part, addresses, in_line=in_line)
        text += "\n" * (blank.count("\n") - 1) + ("\n" if mark == OPEN_ENDED else "\n\n") + mark
        text += f"\n\n{inner}" if inner else ""
        losses += lost
    return text, tuple(dict.fromkeys(losses))
