"""A part of a work in words."""

from types import SimpleNamespace

import pytest

from assessments.templatetags.hours import shown
from assessments.templatetags.parts import chapters_words, deed_words


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ("4", "chapter 4"),
        ("4, 9", "chapters 4 and 9"),
        ("3-4", "chapters 3–4"),
        ("1, 5-6, 8-9", "chapters 1, 5–6 and 8–9"),
        ("7.10.2", "section 7.10.2"),
    ],
)
def test_chapters_are_listed_as_a_person_lists_them(chapters, said):
    assert chapters_words(chapters) == said


@pytest.mark.parametrize(
    ("kind", "chapters", "share", "said"),
    [
        ("book", "4, 9", 0.2, "Read chapters 4 and 9"),
        ("book", "", 0.2, "Read the part about it"),
        ("video", "", 0.2, "Watch the part about it"),
        ("podcast", "", 0.2, "Listen to the part about it"),
        ("course", "", 0.2, "Take the part about it"),
        ("course", "", 1.0, "Take it"),
        ("paper", "", 1.0, "Read it"),
    ],
)
def test_a_work_is_done_by_the_verb_of_its_kind(kind, chapters, share, said):
    assert deed_words(SimpleNamespace(resource=SimpleNamespace(kind=kind), chapters=chapters, share=share)) == said


@pytest.mark.parametrize(("hours", "said"), [(15.4, "15.5"), (15.5, "15.5"), (15.25, "15.5"), (16, "16"), (0.1, "0.5")])
def test_hours_are_said_in_halves_wherever_they_are_said(hours, said):
    assert shown(hours) == said
