"""Many texts compared at once are as alike as two compared by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.questions.likeness import Texts
from assessments.questions.wording import cosine, grams

WORDS = st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF, exclude_categories=("Cs",)), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=5), WORDS)
def test_the_likeness_is_the_cosine_of_runs_of_four_letters(texts, text):
    found = Texts(texts).likeness(text)
    assert list(found) == pytest.approx([cosine(grams(text), grams(other)) for other in texts], abs=1e-5)


def test_a_text_is_like_itself_and_unlike_another():
    texts = Texts(["Which structure fits best?", "What is printed?", ""])
    assert list(texts.likeness("Which structure fits best?")) == pytest.approx([1, 0, 0], abs=0.2)
