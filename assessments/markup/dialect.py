"""Our Markdown as a grammar: CommonMark, tables, formulas in dollars and <br>; raw HTML is text.

Each writer (the pages' HTML here, the XHTML of question files in `formats`) adds its own rendering.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

BREAK = re.compile(r"<br ?/?>")
DOLLARS = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)


def dialect(*, xhtml: bool = False, linkify: bool = False) -> MarkdownIt:
    """A parser of our Markdown, without rendering rules of its own."""
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": xhtml, "linkify": linkify})
    parser.enable(["table", "linkify"] if linkify else "table")
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False,
               double_inline=True)  # fmt: skip
    parser.inline.ruler.before("autolink", "written_break", _written_break)
    parser.inline.ruler.before("math_inline", "leading_formula", _leading_formula)
    return parser


def _written_break(state: StateInline, silent: bool) -> bool:
    """The one tag that authors may write: <br>, for a new line in a table or an option."""
    found = BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _leading_formula(state: StateInline, silent: bool) -> bool:
    """The plugin asks for the sign before a formula and, at the beginning, finds the last one of the text."""
    if state.pos:
        return False
    source = state.src
    state.src = source + " "
    try:
        return DOLLARS(state, silent)
    finally:
        state.src = source
