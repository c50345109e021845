"""A plan as Markdown, to keep or to paste."""

from __future__ import annotations

import re
from collections.abc import Callable

from assessments.guidance.plan import Plan
from assessments.guidance.weeks import Step, Week

ADDRESS = re.compile(r"https?://[^\s<>]+")
SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def text_of(plan: Plan, *, title: str, heading: Callable[[Week], str], word: Callable[[Step], tuple[str, str]]) -> str:
    """A heading for each week and a box to tick for each step. word: what to do, and more about it."""
    lines = [f"# {escaped(title)}", ""]
    for week in plan.weeks:
        lines += [f"## {escaped(heading(week))}", ""]
        for step in week.steps:
            what, more = word(step)
            lines.append(f"- [ ] {escaped(what)}" + (f": {escaped(more)}" if more else ""))
        lines.append("")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Titles are text, not markup; a line break would end the entry. An address is a link as it stands."""
    return " ".join(f"<{word}>" if ADDRESS.fullmatch(word) else word.translate(SPECIAL) for word in text.split())
