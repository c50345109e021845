"""Which feedback of an item belongs to which option, told by working out what each answer shows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from assessments.formats.html_tree import Element
from assessments.formats.qti_item import Feedback, Item, container

MOST_OPTIONS = 9  # every selection of nine options is looked at: 511


def notes_on_options(item: Item, options: Sequence[str]) -> tuple[dict[str, str], str]:
    """The notes on options by their identifier, and what is said after any answer.

    A text belongs to an option if it is shown for the very selections that have the option. One that
    belongs to none is left out with a word.
    """
    found: dict[str, list[str]] = {}
    always, answers = list[str](), None
    for feedback in item.feedbacks:
        text = item.markdown(feedback.element, in_line=not is_general(item, feedback))
        if not text:
            continue
        if _is_own(item, feedback):
            owners: set[str] | None = {feedback.identifier} & set(options)
        elif is_general(item, feedback):
            owners = set(options)
        else:
            answers = answers or _selections(item, options)
            owners = _owners(feedback, answers, options)
        if owners is not None and owners == set(options):
            always.append(text)
        elif owners:
            for owner in owners:
                found.setdefault(owner, []).append(text)
        else:
            left_out(item, feedback, text)
    return {owner: "<br>".join(texts) for owner, texts in found.items()}, "\n\n".join(always)


def general_feedback(item: Item, *, say: bool = True) -> str:
    """What is said after any answer; the rest is left out with a word, if `say`."""
    always = []
    for feedback in item.feedbacks:
        text = item.markdown(feedback.element)
        if text and is_general(item, feedback):
            always.append(text)
        elif text and say:
            left_out(item, feedback, text)
    return "\n\n".join(always)


def is_general(item: Item, feedback: Feedback) -> bool:
    """Whether it is shown after any answer: no rule sets its outcome, and what it begins with shows it."""
    if any(_may_set(rule, feedback.outcome) for rule in item.rules):
        return False
    outcome = item.outcomes.get(feedback.outcome)
    return (feedback.identifier in ((outcome.default if outcome else None) or ())) == feedback.shown_if


def left_out(item: Item, feedback: Feedback, text: str) -> None:
    item.remarks.skipped(f'what is said after some answers is left out: "{text[:60]}"', feedback.element.line)


def _may_set(rule: Element, outcome: str) -> bool:
    if rule.tag == "setOutcomeValue":
        return rule.attributes.get("identifier") == outcome
    return any(_may_set(part, outcome) for part in rule.elements())


def _is_own(item: Item, feedback: Feedback) -> bool:
    """Whether its outcome is the answer itself, so that it is named by the option it belongs to."""
    setting = [rule for rule in item.rules if _may_set(rule, feedback.outcome)]
    if len(setting) != 1 or setting[0].tag != "setOutcomeValue" or not feedback.shown_if:
        return False
    inner = list(setting[0].elements())
    return (
        len(inner) == 1 and inner[0].tag == "variable"
        and inner[0].attributes.get("identifier") == item.response.identifier
    )  # fmt: skip


def _selections(item: Item, options: Sequence[str]) -> list[tuple[set[str], dict[str, Any]]]:
    if len(options) > MOST_OPTIONS:
        return []
    sizes = range(1, len(options) + 1) if item.response.is_container else (1,)
    picked = [chosen for size in sizes for chosen in itertools.combinations(options, size)]
    return [(set(chosen), item.outcomes_of(container(item.response, chosen))) for chosen in picked]


def _owners(
    feedback: Feedback, answers: list[tuple[set[str], dict[str, Any]]], options: Sequence[str]
) -> set[str] | None:
    shown = [(chosen, feedback.is_visible(outcomes)) for chosen, outcomes in answers]
    if shown and all(visible for _chosen, visible in shown):
        return set(options)
    if all(len(chosen) == 1 for chosen, _visible in shown):
        return {name for chosen, visible in shown if visible for name in chosen}
    return {name for name in options if all(visible == (name in chosen) for chosen, visible in shown)} or None
