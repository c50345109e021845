"""Milestones are said in whole sentences, one area as one and several as several."""

from types import SimpleNamespace

import pytest

from assessments.templatetags.progress import milestone_words


@pytest.mark.parametrize(
    ("name", "of", "said"),
    [
        ("core", 1, "The core area of your role measured"),
        ("core", 4, "All 4 core areas of your role measured"),
        ("all", 1, "Measured in the area that has questions"),
        ("all", 2, "Measured in all 2 areas that have questions"),
    ],
)
def test_a_milestone_counts_as_people_count(name, of, said):
    reached = SimpleNamespace(name=name, reached_at="2026-11-21", area="", done=of, of=of)
    assert milestone_words(reached) == said


def test_a_milestone_ahead_says_how_far_it_is():
    ahead = SimpleNamespace(name="all", reached_at=None, area="", done=1, of=14)
    assert milestone_words(ahead) == "Measured in all areas that have questions: 1 of 14"
