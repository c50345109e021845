"""Our Markdown as XHTML that asks for nothing but elements: no style, no script, no other host.

Formulas stand in \\( \\) and \\[ \\], as MathJax reads them; addresses other than those of our own
pictures are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from assessments.formats.xml_writing import in_text, sayable
from assessments.markup.dialect import dialect

ADDRESS = re.compile(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
LONGEST_WORDS = 256  # of a picture: what the schema of QTI allows
FORMULAS = frozenset(("math_inline", "math_inline_double", "math_block"))


def xhtml_of(text: str, *, in_line: bool, shown: Mapping[str, str]) -> str:
    """The text as XHTML. shown: what the pictures that there are are called in it, by our addresses."""
    text, env = sayable(text), {"pictures": shown}
    html = PARSER.renderInline(text, env) if in_line else PARSER.render(text, env)
    return html.strip("\n")


def has_formula(text: str) -> bool:
    return "$" in text and any(
        token.type in FORMULAS or any(inner.type in FORMULAS for inner in token.children or [])
        for token in PARSER.parse(sayable(text))
    )


def _parser() -> MarkdownIt:
    parser = dialect(xhtml=True)
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def _bare(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """A tag without attributes: QTI knows neither `start` of a list nor `style` of a cell."""
    token = tokens[at]
    if token.hidden:
        return ""
    return f"</{token.tag}>" if token.nesting == -1 else f"<{token.tag}>"


def _link(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    address = str(tokens[at].attrGet("href") or "")
    return f'<a href="{escape(address)}">' if ADDRESS.fullmatch(address) else '<a href="#">'


def _image(self: Any, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
    address = str(tokens[at].attrGet("src") or "")
    words = self.renderInlineAsText(tokens[at].children or [], options, env)
    if address not in env["pictures"]:
        return in_text(words)
    return f'<img src="{escape(env["pictures"][address])}" alt="{escape(words[:LONGEST_WORDS])}"/>'


def _fence(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    words = tokens[at].info.split()
    language = words[0] if words and re.fullmatch(r"[\w+#.-]{1,30}", words[0]) else ""
    named = f' class="language-{language}"' if language else ""
    return f"<pre{named}><code>{in_text(tokens[at].content)}</code></pre>\n"


def _code(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    return f"<code>{in_text(tokens[at].content)}</code>"


def _formula(opening: str, closing: str, *, block: bool = False) -> Any:
    def write(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        latex = f"{opening}{in_text(tokens[at].content.strip())}{closing}"
        return f"<p>{latex}</p>\n" if block else latex

    return write


def _head_alone(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """A table must have a body: without rows of its own its head is the body."""
    return "" if _has_no_body(tokens, at) else f"<{'/' if tokens[at].nesting == -1 else ''}thead>"


def _has_no_body(tokens: Sequence[Token], at: int) -> bool:
    end = next(place for place in range(at, len(tokens)) if tokens[place].type == "table_close")
    start = next(place for place in range(at, -1, -1) if tokens[place].type == "table_open")
    return not any(token.type == "tbody_open" for token in tokens[start:end])


def _table_body(opening: bool) -> Any:
    def write(self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        bare = _has_no_body(tokens, at)
        return ("<table><tbody>" if bare else "<table>") if opening else ("</tbody></table>" if bare else "</table>")

    return write


RULES = {
    **dict.fromkeys(("ordered_list_open", "td_open", "th_open"), _bare),
    "table_open": _table_body(True),
    "table_close": _table_body(False),
    "thead_open": _head_alone,
    "thead_close": _head_alone,
    "link_open": _link,
    "image": _image,
    "fence": _fence,
    "code_block": _fence,
    "code_inline": _code,
    "math_inline": _formula("\\(", "\\)"),
    "math_inline_double": _formula("\\[", "\\]"),
    "math_block": _formula("\\[", "\\]", block=True),
}
PARSER = _parser()
