"""Markdown with formulas and code to HTML: CommonMark and tables, no raw HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from assessments.markup.dialect import dialect
from assessments.markup.formulas import formula
from assessments.markup.listings import listing
from assessments.markup.sanitise import is_own_image, sanitise

LONGEST = 50_000  # longer texts are shown as they were written
TOP_HEADING = 3  # the page has its own h1 and h2
CELL_ALIGN = {f"text-align:{side}": f"align-{side}" for side in ("left", "center", "right")}


def render(text: str) -> str:
    """The text as blocks: paragraphs, lists, tables, listings."""
    if len(text) > LONGEST:
        return sanitise(listing("text", text))
    return sanitise(PARSER.render(text))


def render_inline(text: str) -> str:
    """The text as part of a line, as an option or a title needs it."""
    if len(text) > LONGEST:
        return sanitise(escape(text))
    return sanitise(PARSER.renderInline(text))


def _parser() -> MarkdownIt:
    parser = dialect(linkify=True)
    if parser.linkify is not None:  # "train.py" is a file, not a host in Paraguay
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    parser.core.ruler.push("house_style", _house_style)
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def _house_style(state: StateCore) -> None:
    """Headings start below those of the page; alignment of cells is a class, not a style."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + TOP_HEADING - 1)}"
        elif token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            token.attrSet("class", CELL_ALIGN.get(str(style), ""))
    for opening, words, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opening.type == "th_open" and not words.content:
            opening.tag = closing.tag = "td"  # a corner without words is the heading of nothing


def _fence(
    self: RendererProtocol,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    language = tokens[at].info.split(maxsplit=1)
    return listing(language[0] if language else "text", tokens[at].content) + "\n"


def _image(self: Any, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """Pictures of other hosts would tell them who is reading: their description remains."""
    token = tokens[at]
    words = self.renderInlineAsText(token.children or [], options, env)
    address = str(token.attrGet("src") or "")
    if not is_own_image(address):
        return escape(words)
    return f'<img src="{escape(address)}" alt="{escape(words)}">'


def _formula_in_line(
    self: RendererProtocol,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    return f'<span class="math">{formula(tokens[at].content)}</span>'


def _formula_in_line_apart(
    self: RendererProtocol,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    return f'<span class="math-block">{formula(tokens[at].content, block=True)}</span>'


def _formula_apart(
    self: RendererProtocol,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    return f'<div class="math-block">{formula(tokens[at].content, block=True)}</div>\n'


RULES = {
    "fence": _fence,
    "code_block": _fence,
    "image": _image,
    "math_inline": _formula_in_line,
    "math_inline_double": _formula_in_line_apart,
    "math_block": _formula_apart,
}
PARSER = _parser()
