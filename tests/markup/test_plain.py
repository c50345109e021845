"""The first line of a question, where there is room for no more than a line."""

import pytest

from assessments.markup import plain, render

TABLE = "Visitors:\n\n| year | Q1 |\n|---|---|\n| 2024 | 20 |\n\nWhat comes next?"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        (r"The loss $\frac12(y-x)^2$", "The loss 1/2(y−x)^2"),
        (r"$\frac{a+b}{2}$ and $\sqrt{n+1}$", "(a+b)/2 and √(n+1)"),
        (r"$y_t = 0.5 y_{t-1}$", "y_t=0.5y_(t−1)"),
        (r"$\sum_{i=1}^n x_i$", "∑_(i=1)^nx_i"),
        ("Is `a < b` *here*?", "Is a < b here?"),
        (TABLE, "Visitors: … What comes next?"),
        ("One  \ntwo", "One two"),
    ],
)
def test_a_line_says_of_a_formula_what_the_formula_says(written, line):
    assert plain(render(written)) == line
