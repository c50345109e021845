"""Agreement of judges, against the table of Shrout & Fleiss (1979)."""

import pytest

from assessments.psychometrics.agreement import agreement_of_mean

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_the_published_value() -> None:
    assert agreement_of_mean(SHROUT_FLEISS) == pytest.approx(0.62, abs=0.005)


def test_judges_who_agree_wholly() -> None:
    assert agreement_of_mean([[1, 1, 1], [3, 3, 3], [5, 5, 5]]) == pytest.approx(1.0)


def test_nothing_differs() -> None:
    assert agreement_of_mean([[3, 3], [3, 3]]) == 0.0


def test_one_judge_is_no_panel() -> None:
    with pytest.raises(ValueError, match="two judges"):
        agreement_of_mean([[1], [2]])
