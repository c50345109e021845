"""LaTeX to MathML. A formula that cannot be read is shown as it was written."""

from __future__ import annotations

import functools
import re
import unicodedata
from html import escape

from math_core import LatexError, LatexToMathML

LONGEST = 2000
DEEPEST_BRACES = 50  # math-core overflows the stack on extreme nesting
MOST_OPEN_BRACKETS = 8  # math-core doubles its work with each bracket that stays open
# Brackets whose character does not tell its side; of the others Unicode says whether they open or close
OPENING = {r"\{", r"\lvert", r"\lVert", r"\lmoustache", r"\ulcorner", r"\llcorner"}
CLOSING = {r"\}", r"\rvert", r"\rVert", r"\rmoustache", r"\urcorner", r"\lrcorner"}
SIGN = re.compile(
    r"(?P<opening>\\(?:left|[bB]igg?l)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.))"
    r"|(?P<closing>\\(?:right|[bB]igg?r)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.))"
    r"|\\[A-Za-z]+|\\.|[{}()\[\]]|[^\x00-\x7f]",
    re.DOTALL,
)
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
    for sign in SIGN.finditer(latex):
        if sign[0] == "{":
            groups.append(0)
            deepest = max(deepest, len(groups) - 1)
        elif sign[0] == "}":
            left_open += groups.pop() if len(groups) > 1 else 0
        else:
            groups[-1] = max(0, groups[-1] + _side(sign))
    return deepest <= DEEPEST_BRACES and left_open + sum(groups) <= MOST_OPEN_BRACKETS


def _side(sign: re.Match[str]) -> int:
    """1 for what opens a bracket, -1 for what closes one, 0 for all else."""
    if sign.lastgroup:
        return 1 if sign.lastgroup == "opening" else -1
    return _side_of_bracket(sign[0])


@functools.lru_cache(maxsize=2000)
def _side_of_bracket(sign: str) -> int:
    if sign in OPENING or sign in CLOSING:
        return 1 if sign in OPENING else -1
    character = _character_of(sign) if sign.startswith("\\") else sign
    return {"Ps": 1, "Pi": 1, "Pe": -1, "Pf": -1}.get(unicodedata.category(character), 0)


def _character_of(command: str) -> str:
    """The bracket that a command stands for: the converter takes nothing else after \\left."""
    try:
        shown = CONVERTER.convert_with_local_state(rf"\left{command} x\right.", displaystyle=False)
    except (LatexError, ValueError, RuntimeError):
        return " "
    found = re.search(r"<mo[^>]*>([^<])</mo>", shown)
    return found[1] if found else " "
