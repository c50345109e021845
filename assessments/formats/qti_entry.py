"""Text entries of QTI 2: a number or a short text, with the answers that its scoring speaks of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments.formats.html_tree import Element
from assessments.formats.moodle_number import number_in
from assessments.formats.qti_expressions import window_of
from assessments.formats.qti_item import BLANK, MOST_PARTS, NOT_WORKED_OUT, SCORE, Item
from assessments.formats.qti_notes import general_feedback, is_general
from assessments.formats.qti_patterns import text_of
from assessments.formats.qti_processing import Processing
from assessments.formats.qti_values import NotUnderstood, number_of
from assessments.formats.remarks import Refused, Skipped
from assessments.formats.typed_answers import Typed, fill_typed, first_window_is_right
from assessments.questions.fractions import FULL
from assessments.questions.wildcards import has_star, literal

Half = dict[str, Any]
NUMBERS = ("float", "integer")
ALONE = re.compile(r"(?:^|\n\n)(?:\\_){4}$")


@dataclass(frozen=True)
class Taken:
    """An answer that the scoring speaks of: a text, or a window of numbers."""

    what: Half
    case_sensitive: bool | None = None  # None: it does not matter
    is_pattern: bool = False


def read_text_entry(item: Item, content: Half, key: Half) -> str:
    response = item.response
    if response.cardinality != "single" or response.base_type not in (*NUMBERS, "string"):
        raise Skipped(f"a text entry of the type {response.cardinality} {response.base_type}")
    content["stem"] = content["stem"] or ALONE.sub("", item.body_text(BLANK))
    given, others = _answers(item)
    if response.base_type == "string":
        _fill_text(given, others, item, key)
    else:
        content["unit"] = _unit(item)
        fill_typed(key, [(taken.what, typed) for taken, typed in given], others, item.remarks)
        first_window_is_right(key)
    key["explanation"] = general_feedback(item, say=False)  # the others were looked at with the answers
    return "short_text" if response.base_type == "string" else "numeric"


def _unit(item: Item) -> str:
    units = [span for span in item.body.all("span") if span.attributes.get("class") == "unit"]
    return units[0].text().strip() if units else ""


def _fill_text(given: list[tuple[Taken, Typed]], others: list[Typed], item: Item, key: Half) -> None:
    cases = {taken.case_sensitive for taken, _typed in given} - {None}
    if len(cases) > 1:
        raise Skipped("capital letters count in some of the answers, and in others not")
    key["case_sensitive"] = True in cases
    texts = [taken.what["text"] for taken, _typed in given]
    wildcards = any(taken.is_pattern and has_star(taken.what["text"]) for taken, _typed in given)
    if wildcards:
        texts = [
            text if taken.is_pattern else literal(text) for text, (taken, _typed) in zip(texts, given, strict=True)
        ]
    else:
        texts = [_unshielded(taken) for taken, _typed in given]
    named = [({"text": text}, typed) for text, (_taken, typed) in zip(texts, given, strict=True)]
    fill_typed(key, named, others, item.remarks)
    key["right"] = [one["text"] for one in key["right"]]
    if wildcards:
        key["wildcards"] = True


def _unshielded(taken: Taken) -> str:
    text = str(taken.what["text"])
    return text.replace(r"\*", "*") if taken.is_pattern else text


def _answers(item: Item) -> tuple[list[tuple[Taken, Typed]], list[Typed]]:
    if item.template == "match_correct":
        return _declared(item), []
    if item.template == "map_response":
        return _mapped(item), []
    return _chain(item)


def _declared(item: Item) -> list[tuple[Taken, Typed]]:
    correct = item.response.correct or ()
    if len(correct) != 1:
        raise Refused(f"{len(correct)} answers are declared as the key; one is needed")
    return [(_taken(correct[0], True), Typed(FULL, "", item.interaction.line))]


def _taken(value: Any, case_sensitive: bool) -> Taken:
    if isinstance(value, float):
        return Taken({"value": _whole(value), "tolerance": 0})
    if not isinstance(value, str):
        raise Skipped(f"{NOT_WORKED_OUT}an answer that is neither a number nor a text")
    return Taken({"text": value.strip()}, case_sensitive)


def _whole(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _mapped(item: Item) -> list[tuple[Taken, Typed]]:
    mapping = item.response.mapping
    if mapping is None or not mapping.entries:
        raise Refused("the item is to be scored by a mapping, but has none")
    best = max(mapping.entries.values())
    if best <= 0:
        raise Refused("no answer earns anything, so none is right")
    if mapping.default > 0:
        raise Skipped("any answer earns something, so nothing is measured")
    for correct in item.response.correct or ():
        if mapping.worth(correct) < best:
            raise Refused(f'the declared key "{correct}" is not what earns the most')
    return [
        (
            _taken(value, mapping.case_sensitive.get(value, True)),
            Typed(_percent(worth, best), "", item.interaction.line),
        )
        for value, worth in mapping.entries.items()
    ]


def _percent(score: float, best: float) -> float:
    percent = round(FULL * score / best, 7)
    return int(percent) if float(percent).is_integer() else percent


# -- rules that are written out: one condition after the other --


def _chain(item: Item) -> tuple[list[tuple[Taken, Typed]], list[Typed]]:
    chains = [rule for rule in item.rules if rule.tag == "responseCondition" and _scores(rule)]
    if len(chains) != 1:
        raise Skipped(NOT_WORKED_OUT + f"it has {len(chains)} conditions that set a score")
    if sum(1 for _ in chains[0].elements()) > MOST_PARTS or len(item.feedbacks) > MOST_PARTS:
        raise Skipped(f"its response processing speaks of more than {MOST_PARTS} answers")
    given, others = list[tuple[Taken, float, str, int]](), list[tuple[float, str, int]]()
    for branch in chains[0].elements():
        is_else = branch.tag == "responseElse"
        parts = list(branch.elements())
        score, note = _outcome(item, chains[0], parts if is_else else parts[1:])
        if is_else:
            others.append((score, note, branch.line))
        elif parts:
            given += [(taken, score, note, branch.line) for taken in _taken_by(parts[0], item)]
    best = max((score for _taken, score, _note, _line in given), default=0.0)
    if best <= 0:
        raise Skipped("its response processing gives no answer anything")
    _check_order([score for _taken, score, _note, _line in given])
    _check_declared(item, given, best)
    return (
        [(taken, Typed(_percent(score, best), note, line)) for taken, score, note, line in given],
        [Typed(_percent(score, best), note, line) for score, note, line in others],
    )


def _scores(rule: Element) -> bool:
    return any(part.attributes.get("identifier") == SCORE for part in rule.all("setOutcomeValue"))


def _outcome(item: Item, chain: Element, branch: list[Element]) -> tuple[float, str]:
    """What a branch scores and says, where it is the one that is taken."""
    rules = [part for rule in item.rules for part in (branch if rule is chain else [rule])]
    work = Processing(rules, item.responses, item.outcomes)
    try:
        outcomes = work.outcomes_of({item.response.identifier: None})
        score = number_of(outcomes.get(SCORE))
    except NotUnderstood as what:
        raise Skipped(f"{NOT_WORKED_OUT}{what}") from None
    shown = [one for one in item.feedbacks if not is_general(item, one) and one.is_visible(outcomes)]
    notes = [item.markdown(one.element, in_line=True) for one in shown]
    return score, "<br>".join(note for note in notes if note)


def _check_order(scores: list[float]) -> None:
    """The first answer that fits counts there, the best one here: the same if the best stand first."""
    if any(one < other for one, other in itertools.pairwise(scores)):
        raise Skipped("an answer that earns less is tried before one that earns more")


def _check_declared(item: Item, given: list[tuple[Taken, float, str, int]], best: float) -> None:
    full = [taken.what for taken, score, _note, _line in given if score == best]
    for correct in item.response.correct or ():
        if isinstance(correct, float):
            known = any(abs(correct - what["value"]) <= what["tolerance"] + 1e-9 * abs(correct) for what in full)
        else:
            known = any(
                what["text"].casefold() == str(correct).strip().casefold() or has_star(what["text"]) for what in full
            )
        if not known:
            raise Skipped(f'its response processing does not prove the declared key "{correct}"')


def _taken_by(test: Element, item: Item) -> Iterator[Taken]:
    """The answers that a test lets through."""
    if test.tag == "or":
        for part in test.elements():
            yield from _taken_by(part, item)
    elif test.tag == "isNull":
        return
    elif test.tag == "and":
        yield _between(test)
    else:
        yield _one_taken(test, item)


def _one_taken(test: Element, item: Item) -> Taken:
    value = _compared(test, item)
    if test.tag == "equal" and isinstance(value, float):
        low, high = _window(test, float(value))
        if test.attributes.get("toleranceMode") == "absolute":
            return Taken(_absolute(test, low, high, float(value)))
        return Taken(_centred(low, high, float(value)))
    if test.tag == "stringMatch" and test.attributes.get("substring", "false") == "false":
        return Taken({"text": str(value).strip()}, test.attributes.get("caseSensitive", "true") != "false")
    if test.tag == "match":
        return _taken(value, True)
    if test.tag == "patternMatch":
        found = text_of(test.attributes.get("pattern", ""))
        if found is not None:
            has_case = any(sign.swapcase() != sign for sign in found[0])
            return Taken({"text": found[0]}, (not found[1]) if has_case else None, is_pattern=True)
    raise Skipped(f"{NOT_WORKED_OUT}<{test.tag}>")


def _compared(test: Element, item: Item) -> Any:
    """The constant that the answer is compared with."""
    work = Processing([], item.responses, item.outcomes)
    parts = [part for part in test.elements() if part.attributes.get("identifier") != item.response.identifier
             or part.tag == "correct"]  # fmt: skip
    if test.tag == "patternMatch":
        return ""
    if len(parts) != 1 or parts[0].tag not in ("baseValue", "correct") or len(list(test.elements())) != 2:
        raise Skipped(f"{NOT_WORKED_OUT}<{test.tag}> of something else than the answer and a constant")
    try:
        return work.value_of(parts[0])
    except NotUnderstood as what:
        raise Skipped(f"{NOT_WORKED_OUT}{what}") from None


def _window(test: Element, value: float) -> tuple[float, float]:
    try:
        return window_of(test, value)
    except NotUnderstood as what:
        raise Skipped(f"{NOT_WORKED_OUT}{what}") from None


def _absolute(test: Element, low: float, high: float, value: float) -> Half:
    """The tolerance as it is written: taking the bounds apart again would leave dust."""
    parts = [number_in(part) or 0 for part in test.attributes.get("tolerance", "").split()]
    if parts[0] == parts[-1]:
        return {"value": _whole(value), "tolerance": parts[0]}
    return _centred(low, high, (low + high) / 2)


def _centred(low: float, high: float, centre: float) -> Half:
    middle = centre if abs((high - centre) - (centre - low)) <= 1e-12 * max(1.0, abs(centre)) else (low + high) / 2
    return {"value": _whole(middle), "tolerance": _whole(max(high - middle, 0.0))}


def _between(test: Element) -> Taken:
    """A number between two bounds."""
    bounds = {}
    for part in test.elements():
        value = part.first("baseValue")
        first = next(part.elements(), None)
        if part.tag not in ("gte", "lte") or value is None or first is None or first.tag != "variable":
            raise Skipped(f"{NOT_WORKED_OUT}<and> of <{part.tag}>")
        bounds[part.tag] = number_in(value.text())
    low, high = bounds.get("gte"), bounds.get("lte")
    if low is None or high is None or low > high or len(bounds) != 2:
        raise Skipped(f"{NOT_WORKED_OUT}<and> that is no range")
    return Taken(_centred(low, high, (low + high) / 2))
