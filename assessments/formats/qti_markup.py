"""Our Markdown as the XHTML that QTI allows, and back.

Where XHTML alone would not bring back the very same Markdown, a processing instruction keeps the
source beside it. A reader trusts it only while the XHTML is still what the source makes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from assessments.formats.exchange import PICTURES, FileRefused
from assessments.formats.html_text import Losses, markdown_of_tree
from assessments.formats.html_tree import Element
from assessments.formats.xml_tree import MARKDOWN_SOURCE, read_tree
from assessments.formats.xml_writing import in_text, sayable

MEDIA = "media/"  # where pictures lie in our packages, seen from the manifest
FROM_ITEM = "../" + MEDIA
ADDRESS = re.compile(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
BREAK = re.compile(r"<br ?/?>")
DOLLARS = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)


def xhtml_of(text: str, *, in_line: bool, shown: Mapping[str, Any]) -> str:
    """The text as XHTML without anything that the schemas of QTI do not know; shown: the pictures there are."""
    text, env = sayable(text), {"pictures": shown}
    html = PARSER.renderInline(text, env) if in_line else PARSER.render(text, env)
    return html.strip("\n")


def with_source(text: str, *, in_line: bool, shown: Mapping[str, Any]) -> str:
    """XHTML, and before it the Markdown where XHTML alone would bring back another one."""
    html = xhtml_of(text, in_line=in_line, shown=shown)
    if markdown_of_tree(_tree(html), _addresses(shown), in_line=in_line)[0] == text:
        return html
    source = json.dumps(text, ensure_ascii=True).replace("?>", "?\\u003e")
    return f"<?markdown {source}?>{html}"


def markdown_in(element: Element, addresses: Mapping[str, str], *, in_line: bool = False) -> tuple[str, Losses]:
    """The Markdown of an element: its source while it still holds, else what its XHTML says."""
    source = _source(element)
    if source is not None and _is_alike(_tree(xhtml_of(source, in_line=in_line, shown=_shown(addresses))), element):
        return source, ()
    return markdown_of_tree(_with_images(element), addresses, in_line=in_line)


def _source(element: Element) -> str | None:
    try:
        source = json.loads(element.attributes.get(MARKDOWN_SOURCE, "null"))
    except ValueError:
        return None
    return source if isinstance(source, str) else None


def _tree(html: str) -> Element:
    try:
        return read_tree(f"<div>{html}</div>".encode())
    except FileRefused:  # nested too deeply, for instance: then there is nothing to compare
        return Element("div")


def _addresses(shown: Mapping[str, Any]) -> dict[str, str]:
    return {FROM_ITEM + address.removeprefix(PICTURES): address for address in shown}


def _shown(addresses: Mapping[str, str]) -> dict[str, str]:
    return {address: href for href, address in addresses.items()}


def _is_alike(one: Element, other: Element) -> bool:
    """The same elements, attributes and texts; blanks at the ends and between blocks do not count."""
    mine, theirs = _parts(one), _parts(other)
    return len(mine) == len(theirs) and all(
        a == b
        if isinstance(a, str) or isinstance(b, str)
        else a.tag == b.tag and _plain_attributes(a) == _plain_attributes(b) and _is_alike(a, b)
        for a, b in zip(mine, theirs, strict=True)
    )


def _parts(element: Element) -> list[Element | str]:
    parts = [child for child in element.children if not isinstance(child, str) or child.strip()]
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return parts


def _plain_attributes(element: Element) -> dict[str, str]:
    return {name: value for name, value in element.attributes.items() if name != MARKDOWN_SOURCE}


def _with_images(element: Element) -> Element:
    """Pictures may also be written as objects."""
    children = [child if isinstance(child, str) else _with_images(child) for child in element.children]
    if element.tag == "object" and element.attributes.get("type", "").startswith("image/"):
        return Element("img", {"src": element.attributes.get("data", ""), "alt": element.text().strip()})
    return Element(element.tag, element.attributes, children, element.line, element.space)


# -- Markdown to XHTML --


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True})
    parser.enable("table")
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False,
               double_inline=True)  # fmt: skip
    parser.inline.ruler.before("autolink", "written_break", _written_break)
    parser.inline.ruler.before("math_inline", "leading_formula", _leading_formula)
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def _written_break(state: StateInline, silent: bool) -> bool:
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
    return f'<img src="{FROM_ITEM}{escape(address.removeprefix(PICTURES))}" alt="{escape(words)}"/>'


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
