"""Formulas become MathML that survives the sanitiser; hostile ones stay as they were written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.markup.formulas import formula
from assessments.markup.sanitise import sanitise

SOUND = [
    r"\frac{1}{n}\sum_{i=1}^n x_i^2",
    r"\mathbf{x}^\top \mathbb{R} \mathcal{L}",
    r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}",
    r"f(x)=\begin{cases}1&x>0\\0&\text{else}\end{cases}",
    r"\hat{y} \overline{x} \tilde{z} \vec{w}",
    r"\left(\frac12\right) \sqrt[3]{x} \lVert x \rVert_2",
    r"\underbrace{x+y}_{n} \xrightarrow{a} \operatorname{argmax}_x",
    r"[0, 1) \cup (2, 3]",
    r"50\% \quad \text{of all}",
    r"\binom{n}{k} \prod_{j} \int_0^\infty e^{-x}\,dx",
]


@pytest.mark.parametrize("latex", SOUND)
@pytest.mark.parametrize("block", [True, False])
def test_a_formula_survives_the_sanitiser(latex: str, block: bool) -> None:
    html = formula(latex, block=block)
    assert html.startswith("<math")
    assert " style=" not in html
    assert _bare(sanitise(html)) == _bare(html)


def _bare(html: str) -> str:
    """The same markup where only the writing of characters may differ."""
    for written, sign in {"&ApplyFunction;": "\u2061", "&nbsp;": "\u00a0", "/>": "></mspace>"}.items():
        html = html.replace(written, sign)
    return html


def test_a_formula_apart_says_so() -> None:
    assert sanitise(formula("x", block=True)).startswith('<math display="block">')


def test_alignment_is_a_class() -> None:
    html = sanitise(formula(SOUND[4]))
    assert html.count('<mtd class="align-right">') == 2
    assert html.count('<mtd class="align-left">') == 2


def test_numbers_of_attributes_survive() -> None:
    html = sanitise(formula(r"a \quad \left(x\right) \hat{y}", block=True))
    for attribute in ('width="1em"', 'accent="true"', 'stretchy="false"', 'lspace="'):
        assert attribute in html


@pytest.mark.parametrize(
    "latex",
    [
        r"\nosuchcommand{x}", "{", "}", "x^", r"\frac{1}", "x" * 2001, "{" * 51 + "x" + "}" * 51,
        r"\llangle x" * 40, r"\bigl|" * 40, "\u27e8x" * 40, r"\lfloor" * 40, r"\{" * 40, r"\lvert x" * 40,
        r"\href{javascript:alert(1)}{x}", "(" * 60, r"\log (" * 30, "{(}" * 40, "([f(x" * 16,
    ],
)  # fmt: skip
def test_a_formula_that_cannot_be_read_is_shown_as_written(latex: str) -> None:
    started = time.monotonic()
    html = formula(latex)
    assert html.startswith('<code class="formula-fault">')
    assert sanitise(html) == html
    assert time.monotonic() - started < 1


def test_nesting_up_to_the_cap_is_shown() -> None:
    assert formula("{" * 50 + "x" + "}" * 50).startswith("<math")
    assert formula("(" * 60 + "x" + ")" * 60).startswith("<math")
    assert formula(r"\left\lfloor \bigl\langle x \bigr\rangle \right\rfloor" * 20).startswith("<math")
    assert formula(r"|x| \to \leftarrow" * 20).startswith("<math")


def test_text_in_a_formula_stays_text() -> None:
    html = sanitise(formula(r"\text{<img src=x onerror=alert(1)>}"))
    assert "<img" not in html


SIGNS = r"\frac \sqrt \left \right \text \begin{matrix} \end{matrix} \sum \hat { } ( ) [ ] ^ _ & \\ x 1 < > ' |"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SIGNS.split()), max_size=40).map(" ".join))
def test_any_formula_is_answered(latex: str) -> None:
    html = sanitise(formula(latex))
    assert html.startswith(("<math", '<code class="formula-fault">'))
    assert sanitise(html) == html
