"""Source code to HTML with the classes of Pygments."""

from __future__ import annotations

from html import escape

from pygments import highlight as colour
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import BashLexer, PythonLexer, SqlLexer

from assessments.markup.sanitise import sanitise

LONGEST = 20_000  # beyond that a listing is shown without colours
LEXERS: dict[str, Lexer] = {
    "python": PythonLexer(stripnl=False),
    "sql": SqlLexer(stripnl=False),
    "bash": BashLexer(stripnl=False),
}
ALSO_CALLED = {
    "py": "python",
    "python3": "python",
    "sqlite": "sql",
    "sh": "bash",
    "shell": "bash",
}
FORMATTER = HtmlFormatter[str](nowrap=True)


def highlight(language: str, source: str) -> str:
    """A listing as <pre class="code language-..."><code>; unknown languages stay plain."""
    return sanitise(listing(language, source))


def listing(language: str, source: str) -> str:
    """The same before it is sanitised, for use inside a larger text."""
    name = ALSO_CALLED.get(language.lower(), language.lower())
    lexer = LEXERS.get(name) if len(source) <= LONGEST else None
    inner = colour(source, lexer, FORMATTER) if lexer else escape(source)
    shown = name if name in LEXERS else "text"
    return f'<pre class="code language-{shown}"><code>{inner}</code></pre>'
