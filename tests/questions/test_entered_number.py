"""A person may write a number as she is used to; what could mean two things is asked back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.entered_number import read_number
from assessments.questions.question import AnswerError


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5),
        ("-3", -3),
        ("+3", 3),
        ("\u22123", -3),
        ("1e-3", 0.001),
        ("2E6", 2e6),
        ("1 000", 1000),
        ("12 345 678,5", 12345678.5),
        ("3,14", 3.14),
        ("0,500", 0.5),
        (",5", 0.5),
        ("1,234,567", 1234567),
        ("1,000.5", 1000.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("1/3", 1 / 3),
        ("-1 / 4", -0.25),
        ("1.5/2", 0.75),
        ("  7 ", 7),
    ],
)
def test_a_number_is_read(typed: str, value: float) -> None:
    assert read_number(typed) == pytest.approx(value)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "nan", "inf", "-Infinity", "1e999", "1/0", "1/2/3", "abc", "0x10", "1_000",
        "1 00", "12 34", "1e", "--1", "1" * 41, "\u0663", "1,2,3", "5 %", "1;2", "1/", "1000 000 000 0",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(AnswerError):
        read_number(typed)


def test_a_comma_before_three_digits_is_asked_back() -> None:
    with pytest.raises(AnswerError, match=r"write 1000 or 1\.000"):
        read_number("1,000")


@pytest.mark.parametrize(
    ("typed", "unit"), [("25 %", "%"), ("25%", "percent"), ("25", "%"), ("25 ms", "ms"), ("$25", "$")]
)
def test_the_unit_may_be_typed_too(typed: str, unit: str) -> None:
    assert read_number(typed, unit) == 25


@given(st.text(max_size=60))
def test_any_text_is_a_finite_number_or_refused(typed: str) -> None:
    try:
        value = read_number(typed)
    except AnswerError:
        return
    assert value - value == 0


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_what_python_writes_is_read_back(value: float) -> None:
    assert read_number(repr(value)) == value
