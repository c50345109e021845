"""LaTeX to MathML. A formula that cannot be read is shown as it was written."""

from __future__ import annotations

import re
from html import escape

from math_core import LatexError, LatexToMathML

LONGEST = 2000
DEEPEST_BRACES = 50  # math-core overflows the stack on extreme nesting
MOST_OPEN_BRACKETS = 8  # math-core doubles its work with each bracket that stays open
OPENING = {"(", "[", r"\{"} | {
    "\\" + name
    for name in [
        "lbrace",
        "lbrack",
        "lparen",
        "langle",
        "lfloor",
        "lceil",
        "lvert",
        "lVert",
        "lgroup",
        "lmoustache",
        "llbracket",
        "ulcorner",
        "llcorner",
        "lBrace",
        "lAngle",
    ]
}
CLOSING = {")", "]", r"\}"} | {
    "\\" + name
    for name in [
        "rbrace",
        "rbrack",
        "rparen",
        "rangle",
        "rfloor",
        "rceil",
        "rvert",
        "rVert",
        "rgroup",
        "rmoustache",
        "rrbracket",
        "urcorner",
        "lrcorner",
        "rBrace",
        "rAngle",
    ]
}
SIGN = re.compile(r"\\[A-Za-z]+|\\.|[{}()\[\]]", re.DOTALL)
STYLE = re.compile(r' style="([^"]*)"')
CONVERTER = LatexToMathML(fancy_error=False)


def formula(latex: str, *, block: bool = False) -> str:
    """The formula as a math element, or as code with the class formula-fault."""
    if not _is_bearable(latex):
        return _as_written(latex)
    try:
        mathml = CONVERTER.convert_with_local_state(latex, displaystyle=block)
    except (LatexError, ValueError, RuntimeError):
        return _as_written(latex)
    return STYLE.sub(_as_class, mathml)


def _as_written(latex: str) -> str:
    return f'<code class="formula-fault">{escape(latex)}</code>'


def _as_class(style: re.Match[str]) -> str:
    """Styles are not allowed on our pages; alignment and the gap of cases become classes."""
    names = [f"align-{side}" for side in ("left", "center", "right") if f"text-align: {side}" in style[1]]
    if "padding-left:1em" in style[1]:
        names.append("cell-gap")
    return f' class="{" ".join(names)}"' if names else ""


def _is_bearable(latex: str) -> bool:
    """Whether the converter can be trusted with the formula: short, shallow, brackets closed."""
    if len(latex) > LONGEST:
        return False
    groups, left_open, deepest = [0], 0, 0  # brackets open in each brace group
    for sign in SIGN.findall(latex):
        if sign == "{":
            groups.append(0)
        elif sign == "}" and len(groups) > 1:
            left_open += groups.pop()
        elif sign in OPENING:
            groups[-1] += 1
        elif sign in CLOSING and groups[-1]:
            groups[-1] -= 1
        deepest = max(deepest, len(groups) - 1)
    return deepest <= DEEPEST_BRACES and left_open + sum(groups) <= MOST_OPEN_BRACKETS
