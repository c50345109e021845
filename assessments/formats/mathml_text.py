"""MathML to LaTeX, as far as it can be said; what an author's annotation says goes before."""

from __future__ import annotations

from collections.abc import Callable

from assessments.formats.html_tree import Element

SIGNS = {
    "\u2212": "-", "\u00b7": r"\cdot ", "\u22c5": r"\cdot ", "\u00d7": r"\times ", "\u00f7": r"\div ",
    "\u00b1": r"\pm ",
    "\u2264": r"\le ", "\u2265": r"\ge ", "\u2260": r"\ne ", "\u2248": r"\approx ", "\u2192": r"\to ",
    "\u21d2": r"\Rightarrow ", "\u2208": r"\in ", "\u221e": r"\infty ", "\u2211": r"\sum ", "\u220f": r"\prod ",
    "\u222b": r"\int ", "\u2202": r"\partial ", "\u2207": r"\nabla ", "\u22a4": r"\top ", "\u2225": r"\| ",
    "\u2223": r"\mid ", "\u2026": r"\dots ", "\u22ef": r"\cdots ", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#",
    "&": r"\&", "_": r"\_", "$": "", "\\": r"\backslash ", "~": r"\sim ", "^": r"\hat{}", "\u2061": "", "\u2062": "",
    "\u2063": "", "\u2064": "", "\u00a0": r"\ ",
    "\u03b1": r"\alpha ", "\u03b2": r"\beta ", "\u03b3": r"\gamma ", "\u03b4": r"\delta ", "\u03b5": r"\varepsilon ",
    "\u03b6": r"\zeta ", "\u03b7": r"\eta ", "\u03b8": r"\theta ", "\u03bb": r"\lambda ", "\u03bc": r"\mu ",
    "\u03bd": r"\nu ", "\u03be": r"\xi ", "\u03c0": r"\pi ", "\u03c1": r"\rho ",
    "\u03c3": r"\sigma ", "\u03c4": r"\tau ",
    "\u03c6": r"\varphi ", "\u03d5": r"\phi ", "\u03c7": r"\chi ", "\u03c8": r"\psi ", "\u03c9": r"\omega ",
    "\u0393": r"\Gamma ", "\u0394": r"\Delta ", "\u0398": r"\Theta ", "\u039b": r"\Lambda ", "\u03a3": r"\Sigma ",
    "\u03a6": r"\Phi ", "\u03a8": r"\Psi ", "\u03a9": r"\Omega ",
}  # fmt: skip
TEX = ("application/x-tex", "application/x-latex", "tex", "latex")
ACCENTS = {"^": r"\hat", "\u02c6": r"\hat", "~": r"\tilde", "\u02dc": r"\tilde", "\u00af": r"\bar",
           "\u203e": r"\overline",
           "_": r"\underline", "\u2192": r"\vec", "\u02d9": r"\dot"}  # fmt: skip
LONGEST = 2000


class _Unsaid(ValueError):
    """An element that LaTeX is not written for here."""


def latex_of(math: Element) -> tuple[str, list[str]]:
    """The formula as LaTeX, "" where it cannot be said, and what was lost."""
    if annotation := _annotation(math):
        return annotation, []
    try:
        latex = " ".join(_row(math).split())
    except _Unsaid as unsaid:
        return "", [f"a formula with <{unsaid}> became plain text"]
    return (latex, []) if len(latex) <= LONGEST else ("", ["a formula of more than 2,000 characters became plain text"])


def _annotation(element: Element) -> str:
    for child in element.elements():
        if child.tag == "annotation" and child.attributes.get("encoding", "").lower() in TEX:
            return " ".join(child.text().split())[:LONGEST]
        if found := _annotation(child):
            return found
    return ""


def _latex(element: Element) -> str:
    writer = WRITERS.get(element.tag)
    if writer is None:
        raise _Unsaid(element.tag)
    return writer(element)


def _row(element: Element) -> str:
    return "".join(_latex(child) for child in element.elements())


def _signs(element: Element) -> str:
    return "".join(SIGNS.get(sign, sign) for sign in element.text().strip())


def _identifier(element: Element) -> str:
    name = _signs(element)
    return rf"\mathrm{{{name}}}" if len(element.text().strip()) > 1 else name


def _words(element: Element) -> str:
    return rf"\text{{{_signs(element)}}}" if element.text().strip() else r"\ "


def _parts(element: Element, count: int) -> list[str]:
    parts = [_latex(child) for child in element.elements()]
    if len(parts) != count:
        raise _Unsaid(element.tag)
    return parts


def _fraction(element: Element) -> str:
    upper, lower = _parts(element, 2)
    return rf"\frac{{{upper}}}{{{lower}}}"


def _root(element: Element) -> str:
    inner, index = _parts(element, 2)
    return rf"\sqrt[{index}]{{{inner}}}"


def _scripts(*signs: str) -> Callable[[Element], str]:
    def write(element: Element) -> str:
        base, *scripts = _parts(element, len(signs) + 1)
        return f"{{{base}}}" + "".join(f"{sign}{{{script}}}" for sign, script in zip(signs, scripts, strict=True))

    return write


def _over(element: Element) -> str:
    base, upper = list(element.elements())[:2] if len(list(element.elements())) == 2 else (element, element)
    accent = ACCENTS.get(upper.text().strip())
    return f"{accent}{{{_latex(base)}}}" if accent else _scripts("^")(element)


def _fenced(element: Element) -> str:
    opening, closing = element.attributes.get("open", "("), element.attributes.get("close", ")")
    inner = ",".join(_latex(child) for child in element.elements())
    return "".join(SIGNS.get(sign, sign) for sign in opening) + inner + "".join(SIGNS.get(s, s) for s in closing)


def _matrix(element: Element) -> str:
    rows = [" & ".join(_row(cell) for cell in row.elements()) for row in element.elements()]
    return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"


WRITERS: dict[str, Callable[[Element], str]] = {
    **dict.fromkeys(("math", "mrow", "mstyle", "semantics", "mpadded", "mtd"), _row),
    **dict.fromkeys(("annotation", "annotation-xml", "mspace", "mphantom"), lambda element: " "),
    **dict.fromkeys(("mn", "mo"), _signs),
    **dict.fromkeys(("mtext", "ms"), _words),
    "mi": _identifier,
    "mfrac": _fraction,
    "msqrt": lambda element: rf"\sqrt{{{_row(element)}}}",
    "mroot": _root,
    "msub": _scripts("_"),
    "munder": _scripts("_"),
    "msup": _scripts("^"),
    "mover": _over,
    "msubsup": _scripts("_", "^"),
    "munderover": _scripts("_", "^"),
    "mfenced": _fenced,
    "mtable": _matrix,
}
