"""A question as its author sees it: laid out in its own order, with the truth beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from assessments import markup
from assessments.questions.layout import Layout
from assessments.questions.question import Question
from assessments.workflows import items
from assessments.workflows.sheets import Choice, Shown, choices


@dataclass(frozen=True)
class Told:
    """A part of a question with what is said of it afterwards, for its author."""

    label: str
    html: str
    note: str
    right: bool = False


@dataclass(frozen=True)
class Preview(Shown):
    """A question as its learner will see it, for its author."""

    kind: str
    language: str
    html: Mapping[str, Any]
    unit: str
    options: list[Choice]
    premises: list[Choice]
    review: Mapping[str, Any]
    told: list[Told]
    places: list[int]
    notice: str = ""
    number: str = ""
    text: str = ""
    reuse: bool = False


def preview(question: Question, language: str = "en") -> Preview:
    """Options in the order they were written, so that the author finds them again."""
    return previewed(question, items.review_html(question), language)


def sketch(unfinished: Question, language: str = "en") -> Preview:
    """A question that has no key yet, as far as it is written."""
    explanation = markup.render(unfinished.key.get("explanation", ""))
    return previewed(unfinished, {"explanation": explanation, "notes": {}, "right": ""}, language)


def previewed(question: Question, review_html: Mapping[str, Any], language: str) -> Preview:
    html, review = markup.stored(items.content_html(question)), markup.stored(review_html)
    layout = Layout.of({**question.content, "shuffle": False}, 0)
    return Preview(
        kind=question.kind,
        language=language,
        html=html,
        unit=question.content.get("unit", ""),
        options=choices(layout.options, html["options"], {}),
        premises=choices(layout.premises, html["premises"], {}),
        review=review,
        told=told(question, html, review["notes"]),
        reuse=question.content.get("reuse", False),
        places=list(range(1, len(layout.options) + 1)),
    )


def told(question: Question, html: Mapping[str, Any], notes: Mapping[str, str]) -> list[Told]:
    """Options or lines to match, pairs of steps, and answers that were foreseen, each with its note."""
    parts = html["premises"] or html["options"]
    rows = [option_told(question, key, part, notes) for key, part in parts.items()]
    rows += [pair_told(html["options"], name, note) for name, note in notes.items() if name not in parts]
    rows += [answer_told(gettext("Partly right (%(p)g%%):") % {"p": one["credit"]}, one) for one in also_in(question)]
    return rows + [answer_told(gettext("Foreseen:"), one) for one in question.key.get("common_errors", ())]


def option_told(question: Question, key: str, html: str, notes: Mapping[str, str]) -> Told:
    right = question.kind in ("choice", "multiple") and key in (question.key.get("right") or ())
    percent = question.key.get("fractions", {}).get(key)
    credit = gettext("(%(p)g%%)") % {"p": percent} if percent is not None else ""
    return Told(f"{gettext('Right:') if right else ''} {credit}".strip(), html, notes.get(key, ""), right)


def pair_told(options: Mapping[str, str], name: str, note: str) -> Told:
    """The note on two steps that follow each other, or on any answer of a sort."""
    first, _dash, second = name.partition("-")
    if first in options and second in options:
        return Told("", markup.stored({name: f"{options[first]} → {options[second]}"})[name], note)
    sorts = {"right": gettext("The right answer:"), "otherwise": gettext("Any other answer:")}
    return Told(sorts.get(name, name), "", note)


def also_in(question: Question) -> Sequence[Mapping[str, Any]]:
    return question.key.get("also", ())


def answer_told(label: str, answer: Mapping[str, Any]) -> Told:
    """An answer that was foreseen, with the width of its window."""
    reach = f" ± {answer['tolerance']:g}" if answer.get("tolerance") else ""
    number = answer.get("value", "")
    entered = f"{answer.get('text', f'{number:g}' if isinstance(number, float) else number)}{reach}"
    return Told(label, entered, markup.Html(markup.render_inline(answer.get("note") or "")))
