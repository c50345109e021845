"""What a result says in sentences, as template filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assessments.psychometrics.change import ChangeLabel
from assessments.psychometrics.scale import HIGHEST_READING, LOWEST_READING, SHOWN_PROBABILITY
from assessments.templatetags.words import chance_words, level_name, reading

register = template.Library()

NARROWEST_SHOWN = 0.15  # an interval this narrow has been cut off by an end of the rule
HIGHEST_LEVEL = 5
HEADLINES = (  # from this chance on to meet the target
    (0.90, _lazy("%(place)s, and past the target of your role.")),
    (0.65, _lazy("%(place)s, and probably past the target of your role.")),
    (0.35, _lazy("%(place)s; whether you meet the target of your role is undecided.")),
    (0.10, _lazy("%(place)s, probably short of the target of your role.")),
    (0.00, _lazy("%(place)s, short of the target of your role for now.")),
)
SURE_OF_LEVEL = 0.80  # from this probability on a level is said without "most likely"
LIKELY_LEVEL = 0.50  # below it no level is named alone: another one is as probable
ENDINGS = {
    "reached": _lazy("The sitting ended because the precision you chose was reached."),
    "maximum": _lazy("The sitting ended after the most questions it may have; the interval is what they gave."),
    "exhausted": _lazy("The sitting ended because no question was left; the interval is what they gave."),
    "stopped": _lazy("You ended the sitting; the interval is what your answers gave so far."),
    "replaced": _lazy("The sitting was closed when the results of two browsers were joined."),
}
CHANGES = {  # words, sign and look
    ChangeLabel.CLEAR_GAIN: (_lazy("Clear gain"), "up", "clear"),
    ChangeLabel.PROBABLE_GAIN: (_lazy("Probable gain"), "up-open", "probable"),
    ChangeLabel.WITHIN_NOISE: (_lazy("Within noise"), "same", "noise"),
    ChangeLabel.PROBABLE_LOSS: (_lazy("Probable loss"), "down", "noise"),
    ChangeLabel.CLEAR_LOSS: (_lazy("Clear loss"), "down", "noise"),
}


@register.filter
def headline(result: Any) -> str:
    """A result in one sentence, no surer than its interval."""
    place = place_words(result.report)
    if result.chance is None:
        return _("%(place)s.") % {"place": place}
    return next(sentence for least, sentence in HEADLINES if result.chance >= least) % {"place": place}


def place_words(report: Any) -> str:
    """The level, said as surely as it is known; between which ones where it is not."""
    probable = report.probabilities[report.level - 1]
    if probable >= SURE_OF_LEVEL:
        return _("You are at the %(level)s level") % {"level": shown_level(report.level)}
    if probable >= LIKELY_LEVEL:
        return _("You are most likely at the %(level)s level") % {"level": shown_level(report.level)}
    low, high = plausible_levels(report.probabilities)
    return _("You are between the levels %(low)s and %(high)s") % {"low": shown_level(low), "high": shown_level(high)}


def plausible_levels(probabilities: Sequence[float]) -> tuple[int, int]:
    """The lowest and the highest level that the shown interval reaches."""
    tail = (1 - SHOWN_PROBABILITY) / 2
    reached = [
        n for n in range(1, HIGHEST_LEVEL + 1) if sum(probabilities[:n]) > tail and sum(probabilities[n - 1 :]) > tail
    ]
    return reached[0], reached[-1]


def shown_level(level: int) -> str:
    """Its name; answers show the knowledge of an expert, not the practice."""
    name = level_name(level)
    return _("%(level)s (knowledge)") % {"level": name} if level == HIGHEST_LEVEL else name


@register.filter
def shown_interval(report: Any) -> str:
    """The 90% interval in words; never a point, not even at the ends of the rule."""
    if report.high - report.low >= NARROWEST_SHOWN:
        ends = {"low": reading(report.low), "high": reading(report.high)}
        return _("with 90%% probability between %(low)s and %(high)s") % ends
    if report.low > (LOWEST_READING + HIGHEST_READING) / 2:
        return _("with 90% probability at or beyond the upper end of the rule")
    return _("with 90% probability at or below the lower end of the rule")


@register.filter
def ending(attempt: Any) -> str:
    return str(ENDINGS[attempt.end])


@register.filter
def confidence_words(report: Any) -> str:
    """How sure against how right, only as far as the interval allows."""
    share = {"n": report.statements, "points": abs(round(100 * report.overconfidence))}
    if report.interval[0] > 0:
        return _("In %(n)s answers you were more sure than right, by %(points)s points in 100.") % share
    if report.interval[1] < 0:
        return _("In %(n)s answers you were more right than sure, by %(points)s points in 100.") % share
    return _("In %(n)s answers you were about as sure as you were right.") % share


@register.filter
def basis(result: Any) -> str:
    """What the difficulty of the questions rests on."""
    if result.on_labels == 0:
        return _("All its questions are calibrated by answers.")
    if result.on_labels >= result.attempt.answers:
        return _(
            "No question of it is calibrated by answers yet: the difficulty is an expert's label, "
            "and the interval is wider for it."
        )
    return _(
        "%(labels)s of %(all)s questions rest on an expert's label of their difficulty; the interval is wider for it."
    ) % {"labels": result.on_labels, "all": result.attempt.answers}


@register.inclusion_tag("assessments/attempts/_change.html")
def change(since: Any) -> dict[str, Any]:
    """The change from the sitting before, with its certainty."""
    label, icon, look = CHANGES[since.change.label]
    gained = _("The probability that you have gained is %(chance)s. We call a gain clear from 95 in 100.")
    return {
        "before": since.before,
        "after": since.after,
        "label": label,
        "icon": icon,
        "look": look,
        "words": gained % {"chance": chance_words(since.change.probability_of_gain)},
        "leans": leans(since),
    }


def leans(since: Any) -> bool:
    """True where the readings go one way and the change goes the other: few answers pull a reading to the middle."""
    return bool((since.after.value - since.before.value) * (since.change.probability_of_gain - 0.5) < 0)
