"""The words of measurement: no bare number, no false certainty, the language's own decimal sign."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from assessments.psychometrics.scale import LevelReport
from assessments.templatetags import places, results, words


@pytest.mark.parametrize(
    ("level", "name"), [(1, "Aware"), (3.9, "Working"), (5, "Expert"), (6.0, "Expert"), (None, "Not measured")]
)
def test_level_has_a_name(level: float | None, name: str) -> None:
    assert words.level_name(level) == name


def test_reading_has_one_decimal_in_the_sign_of_the_language() -> None:
    assert words.reading(3.249) == "3.2"
    with translation.override("de"):
        assert words.reading(3.249) == "3,2"
    assert words.reading(None) == "–"


def test_target_is_a_whole_level() -> None:
    assert words.wanted(3.0) == "3"
    assert words.wanted(3.5) == "3.5"


@pytest.mark.parametrize(
    ("chance", "said"), [(0.79, "79 in 100"), (0.0, "fewer than 1 in 100"), (1.0, "more than 99 in 100"), (None, "–")]
)
def test_chance_is_said_in_a_hundred_and_never_as_certainty(chance: float | None, said: str) -> None:
    assert words.chance_words(chance) == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.99, "meets"),
        (0.8, "probably meets"),
        (0.5, "undecided"),
        (0.2, "probably short"),
        (0.005, "short"),
        (None, "–"),
    ],
)
def test_probably_is_said_only_of_what_may_yet_be_otherwise(chance: float | None, said: str) -> None:
    """Beside "fewer than 1 in 100" stood "probably short"."""
    assert words.verdict_words(chance) == said


def test_interval_words() -> None:
    assert words.interval_words(2.81, 3.6) == "2.8 to 3.6"
    assert words.interval_words(None, 3.6) == "–"
    assert words.interval_words(1.0, 1.0) == "at most 1.0"  # no false precision at the ends of the rule
    assert words.interval_words(6.0, 6.0) == "at least 6.0"


@pytest.mark.parametrize(
    ("length", "said"), [(0.2, "about 1 minute"), (12, "about 12 minutes"), (100, "about 1 h 40 min")]
)
def test_minutes(length: float, said: str) -> None:
    assert words.minutes(length) == said


def test_wilson_against_a_published_value() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 95%: 0.2553 to 0.3662."""
    assert places.wilson(81, 263, z=1.959964) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_sittings_on_one_day_are_spaced_evenly() -> None:
    assert places.spread([10, 10, 10], 0.2, 0.8) == pytest.approx([0.2, 0.5, 0.8])
    assert places.spread([0, 25, 100], 0.0, 1.0) == pytest.approx([0.0, 0.25, 1.0])


@pytest.mark.parametrize(
    ("probabilities", "level", "chance", "said"),
    [
        ((0.97, 0.03, 0, 0, 0), 1, 0.03, "You are at the Aware level, short of the target of your role for now."),
        ((0, 0.2, 0.6, 0.2, 0), 3, 0.8, "You are most likely at the Working level, and probably past the target"),
        ((0.48, 0.22, 0.18, 0.08, 0.04), 1, 0.52, "You are between the levels Aware and Advanced; whether"),
        ((0, 0, 0, 0.1, 0.9), 5, 0.99, "You are at the Expert (knowledge) level, and past"),
        ((0, 0, 0.1, 0.45, 0.45), 4, None, "You are between the levels Working and Expert (knowledge)."),
    ],
)
def test_a_result_names_a_level_only_as_surely_as_it_is_known(probabilities, level, chance, said):
    """After one answer the most probable of five levels may have less than half of the probability."""
    report = LevelReport(level, 2.1, 1.0, 4.0, probabilities)
    assert results.headline(SimpleNamespace(report=report, chance=chance)).startswith(said)
