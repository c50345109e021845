"""A change beside its two readings."""

from types import SimpleNamespace

import pytest

from assessments.templatetags.results import leans


@pytest.mark.parametrize(
    ("before", "after", "gained", "said"),
    [(3.9, 3.0, 0.85, True), (2.0, 3.0, 0.2, True), (3.9, 3.0, 0.1, False), (2.0, 3.0, 0.97, False)],
)
def test_it_is_explained_where_the_readings_go_one_way_and_the_change_the_other(before, after, gained, said):
    since = SimpleNamespace(
        before=SimpleNamespace(value=before),
        after=SimpleNamespace(value=after),
        change=SimpleNamespace(probability_of_gain=gained),
    )
    assert leans(since) is said
