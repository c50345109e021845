"""The kinds of question of Moodle XML: what each makes of its elements, and what ours is called.

Each reader fills the two halves of a question and gives the name of our kind. Where Moodle would
take a key that cannot be read for certain (3,14 in English is 314), the question is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from assessments.formats.html_tree import Element
from assessments.formats.moodle_credit import CreditRefused, key_of_one, key_of_several, percent_of
from assessments.formats.moodle_number import number_in
from assessments.formats.moodle_text import Texts, plain
from assessments.formats.plain_words import plain_markdown
from assessments.formats.remarks import Refused, Skipped
from assessments.formats.typed_answers import Typed, fill_typed, first_window_is_right
from assessments.questions.fractions import FULL
from assessments.questions.limits import MOST_OPTIONS
from assessments.questions.wildcards import fits, has_star, unescaped

Half = dict[str, Any]
ANY = "*"
MOST_ANSWERS = 200
STANDARD = {
    "Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect.",
}  # fmt: skip
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
NUMBERING = ("abc", "")
ORDER_CREDIT = "RELATIVE_ALL_PREVIOUS_AND_NEXT"  # the nearest to our share of pairs in the right order


@dataclass(frozen=True)
class Answer(Typed):
    """One answer of the file: what it earns in percent, what is said of it, and its element."""

    element: Element


def answers_of(part: Element, texts: Texts) -> list[Answer]:
    found, elements = [], part.named("answer")
    if len(elements) > MOST_ANSWERS:
        raise Skipped(f"the question has {len(elements)} answers; {MOST_ANSWERS} is the most")
    for element in elements:
        note = texts.markdown(element.first("feedback"), in_line=True)
        found.append(Answer(_percent(element), note, element.line, element))
    if not found:
        raise Refused("the question has no answers")
    return found


def _percent(element: Element) -> float:
    """The attribute; before Moodle 2 an element said it as a share of 1."""
    old = element.first("fraction")
    text = element.attributes.get("fraction", "0")
    if old is not None and old.text().strip():
        share = number_in(old.text())
        text = old.text().strip() if share is None else repr(100 * share)
    try:
        return percent_of(text)
    except CreditRefused as refused:
        raise Refused(str(refused), element.line) from None


def flag(part: Element, name: str, default: bool) -> bool:
    """Moodle: everything but false, 0 and nothing is true."""
    element = part.first(name)
    return default if element is None else element.text().strip() not in ("false", "0", "")


def text_of(part: Element, name: str) -> str:
    element = part.first(name)
    return element.text().strip() if element else ""


# -- options --


def read_multichoice(part: Element, texts: Texts, content: Half, key: Half) -> str:
    single = flag(part, "single", True)
    content["shuffle"] = flag(part, "shuffleanswers", False)
    answers = answers_of(part, texts)
    _few_enough(len(answers))
    if len(answers) < 2:
        raise Refused("the question has one option; at least two are needed")
    options = [texts.markdown(answer.element, in_line=True) for answer in answers]
    content["options"] = [{"key": name, "text": text} for name, text in zip(ascii_lowercase, options, strict=False)]
    fractions = {name: answer.percent for name, answer in zip(ascii_lowercase, answers, strict=False)}
    key["notes"] = {name: answer.note for name, answer in zip(ascii_lowercase, answers, strict=False) if answer.note}
    key |= _judged(single, fractions)
    _combined(part, texts, key, fractions if single else None)
    if text_of(part, "answernumbering") not in NUMBERING:
        texts.remarks.changed(f'options are numbered in our way, not as "{text_of(part, "answernumbering")}"')
    return "choice" if single else "multiple"


def _few_enough(count: int) -> None:
    if count > MOST_OPTIONS:
        raise Skipped(f"the question has {count} options; {MOST_OPTIONS} is the most")


def _judged(single: bool, fractions: dict[str, float]) -> Half:
    try:
        return key_of_one(fractions) if single else key_of_several(fractions)
    except CreditRefused as refused:
        raise Refused(str(refused)) from None


def read_truefalse(part: Element, texts: Texts, content: Half, key: Half) -> str:
    answers = answers_of(part, texts)
    said = {plain(answer.element).casefold(): answer for answer in answers}
    if len(answers) != 2 or set(said) != {"true", "false"}:
        raise Refused('the answers of a true or false question are "true" and "false"')
    right = [name for name, answer in said.items() if answer.percent == FULL]
    if len(right) != 1 or any(answer.percent not in (0, FULL) for answer in answers):
        raise Refused("exactly one of true and false must earn 100 %")
    content["shuffle"] = False
    content["options"] = [{"key": "a", "text": "True"}, {"key": "b", "text": "False"}]
    key["right"] = "a" if right == ["true"] else "b"
    key["notes"] = {name: said[word].note for name, word in (("a", "true"), ("b", "false")) if said[word].note}
    return "choice"


def _combined(part: Element, texts: Texts, key: Half, fractions: dict[str, float] | None) -> None:
    """What is said of right, partly right and wrong answers as a whole: kept where an option has no note."""
    for name in COMBINED:
        text = texts.markdown(part.first(name), in_line=True)
        if text in STANDARD:
            texts.remarks.once_a_file('Moodle\'s standard sentences such as "Your answer is correct." are left out')
        elif text and (fractions is None or not _put(name, text, key, fractions)):
            line = next(iter(part.named(name))).line
            texts.remarks.skipped(f'what is said of the answer as a whole is left out: "{text[:60]}"', line)


def _put(name: str, text: str, key: Half, fractions: dict[str, float]) -> bool:
    meant = [option for option, percent in fractions.items() if _outcome(percent) == name]
    free = [option for option in meant if option not in key["notes"]]
    key["notes"] |= dict.fromkeys(free, text)
    return bool(free) or not meant


def _outcome(percent: float) -> str:
    return COMBINED[0] if percent == FULL else COMBINED[1] if percent > 0 else COMBINED[2]


# -- what is typed --


def read_shortanswer(part: Element, texts: Texts, content: Half, key: Half) -> str:
    answers = answers_of(part, texts)
    patterns = [plain(answer.element) for answer in answers]
    if "" in patterns:
        raise Refused("an answer is empty", answers[patterns.index("")].element.line)
    key["case_sensitive"] = text_of(part, "usecase") not in ("", "0", "false")
    _earliest_is_best(patterns, answers)
    given = [(pattern, answer) for pattern, answer in zip(patterns, answers, strict=True) if pattern != ANY]
    wildcards = any(has_star(pattern) for pattern, _answer in given)
    named = [({"text": pattern if wildcards else unescaped(pattern)}, answer) for pattern, answer in given]
    others = [answer for pattern, answer in zip(patterns, answers, strict=True) if pattern == ANY]
    fill_typed(key, named, others, texts.remarks)
    key["right"] = [one["text"] for one in key["right"]]
    if wildcards:
        key["wildcards"] = True
    return "short_text"


def _earliest_is_best(patterns: list[str], answers: list[Answer]) -> None:
    """Moodle takes the first answer that fits, we the best: refuse where that would differ."""
    for place, (pattern, answer) in enumerate(zip(patterns, answers, strict=True)):
        if has_star(pattern):
            later = zip(patterns[place + 1 :], answers[place + 1 :], strict=True)
            if any(other.percent > answer.percent and fits(unescaped(text), pattern) for text, other in later):
                raise Skipped(f'the answer "{pattern}" hides a better one that stands after it', answer.element.line)


def read_numerical(part: Element, texts: Texts, content: Half, key: Half) -> str:
    answers = answers_of(part, texts)
    content["unit"] = _unit(part, texts)
    given = [({**_window(answer.element)}, answer) for answer in answers if plain_number(answer.element) != ANY]
    others = [answer for answer in answers if plain_number(answer.element) == ANY]
    fill_typed(key, given, others, texts.remarks)
    first_window_is_right(key)
    return "numeric"


def plain_number(element: Element) -> str:
    """The number; before Moodle 1.5 it stood beside the elements, not in <text>."""
    if element.first("text") is not None:
        return plain(element)
    return "".join(child for child in element.children if isinstance(child, str)).strip()


def _window(element: Element) -> Half:
    value, tolerance = number_in(plain_number(element)), _tolerance(element)
    if value is None:
        raise Refused(f'the answer "{plain_number(element)}" is not a number such as 3.14', element.line)
    return {"value": value, "tolerance": tolerance}


def _tolerance(element: Element) -> float:
    text = text_of(element, "tolerance")
    tolerance = number_in(text) if text else 0
    if tolerance is None or tolerance < 0:
        raise Refused(f'the tolerance "{text}" is not a number such as 0.01', element.line)
    return tolerance


def _unit(part: Element, texts: Texts) -> str:
    units = [unit for element in part.named("units") for unit in element.named("unit")]
    if not units:
        return ""
    named = {text_of(unit, "unit_name"): number_in(text_of(unit, "multiplier") or "1") for unit in units}
    base = [name for name, multiplier in named.items() if multiplier == 1]
    if not base:
        raise Refused("no unit has the multiplier 1, so the answer has no unit for certain", units[0].line)
    others = [name for name in named if name != base[0]]
    if others:
        texts.remarks.changed(f"only the unit {base[0]} is taken, not {', '.join(others)}", units[0].line)
    if text_of(part, "unitgradingtype") not in ("", "0"):
        texts.remarks.changed("a wrong unit takes nothing away here", units[0].line)
    return base[0]


# -- pairs and orders --


def read_matching(part: Element, texts: Texts, content: Half, key: Half) -> str:
    content["shuffle"] = flag(part, "shuffleanswers", True)
    pairs = list(_pairs(part, texts))
    if not any(premise for premise, _option in pairs):
        raise Refused("the question has no pairs")
    options = list(dict.fromkeys(option for _premise, option in pairs))
    _few_enough(max(len(options), sum(1 for premise, _option in pairs if premise)))
    names = dict(zip(options, ascii_lowercase, strict=False))
    content["options"] = [{"key": names[option], "text": plain_markdown(option)} for option in options]
    kept = [(premise, option) for premise, option in pairs if premise]
    content["premises"] = [{"key": str(n), "text": premise} for n, (premise, _option) in enumerate(kept, 1)]
    key["right"] = {str(n): names[option] for n, (_premise, option) in enumerate(kept, 1)}
    if len(set(key["right"].values())) < len(kept):
        content["reuse"] = True
    _combined(part, texts, key, None)
    return "matching"


def _pairs(part: Element, texts: Texts) -> Iterator[tuple[str, str]]:
    """Premise and option; an option without a premise is one that nothing fits."""
    for element in part.named("subquestion"):
        premise, option = texts.markdown(element, in_line=True), plain(element.first("answer"))
        if premise and not option:
            raise Refused("a line to match has no answer", element.line)
        if option:
            yield premise, option


def read_ordering(part: Element, texts: Texts, content: Half, key: Half) -> str:
    elements = [element for element in part.named("answer") if plain(element)]
    if len(elements) < 2:
        raise Refused("there are fewer than two things to put in order")
    _few_enough(len(elements))
    items = [texts.markdown(element, in_line=True) for element in elements]
    content["options"] = [{"key": name, "text": text} for name, text in zip(ascii_lowercase, items, strict=False)]
    key["right"] = list(ascii_lowercase[: len(items)])
    chosen = text_of(part, "selecttype") or text_of(part, "logical")
    if chosen not in ("ALL", "EXACT"):
        texts.remarks.changed("all items are shown, not a choice of them")
    if text_of(part, "gradingtype") != ORDER_CREDIT:
        texts.remarks.changed("partly right orders earn the share of pairs in the right order")
    _combined(part, texts, key, None)
    return "ordering"


Reader = Callable[[Element, Texts, Half, Half], str]
READERS: dict[str, Reader] = {
    "multichoice": read_multichoice,
    "truefalse": read_truefalse,
    "shortanswer": read_shortanswer,
    "numerical": read_numerical,
    "matching": read_matching,
    "match": read_matching,
    "ordering": read_ordering,
}
