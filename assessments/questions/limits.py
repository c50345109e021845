"""How long and how many the parts of a question may be, and the complaints beyond that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from assessments.questions.question import Problem, Question

MOST_OPTIONS = 9  # the keys 1 to 9 choose
LONGEST = {"stem": 4000, "lead_in": 1000, "explanation": 6000}
LONGEST_CODE = 6000
LONGEST_PART = 1000  # an option or a premise
LONGEST_NOTE = 2000
LONGEST_UNIT = 40
CODE_LANGUAGES = ("python", "sql", "bash", "text")
PART_KEY = re.compile(r"[a-z0-9]{1,8}")


def question_problems(question: Question) -> list[Problem]:
    """What every kind demands: a stem, and no text beyond its length."""
    content, key = question.content, question.key
    found = text_problems(content.get("stem"), "stem", LONGEST["stem"])
    found += optional_text_problems(content.get("lead_in"), "lead_in", LONGEST["lead_in"])
    found += optional_text_problems(key.get("explanation"), "explanation", LONGEST["explanation"])
    found += code_problems(content.get("code"))
    for name, note in key.get("notes", {}).items():
        found += optional_text_problems(note, f"feedback.{name}", LONGEST_NOTE)
    return found


def text_problems(text: Any, place: str, longest: int) -> list[Problem]:
    """A text that must be there and must not be too long."""
    if not isinstance(text, str) or not text.strip():
        return [Problem(place, "the text is empty")]
    if len(text) > longest:
        return [Problem(place, f"the text has {len(text)} characters; {longest} is the most")]
    return []


def optional_text_problems(text: Any, place: str, longest: int) -> list[Problem]:
    """A text that may be missing."""
    return [] if text in (None, "") else text_problems(text, place, longest)


def code_problems(code: Any) -> list[Problem]:
    """A listing: a language we can colour and a source."""
    if code is None:
        return []
    found = text_problems(code.get("source"), "code.source", LONGEST_CODE)
    if code.get("language") not in CODE_LANGUAGES:
        known = ", ".join(CODE_LANGUAGES)
        found.append(Problem("code.language", f"the language must be one of {known}"))
    return found


def part_problems(
    parts: Sequence[dict[str, Any]], place: str, *, least: int, most: int = MOST_OPTIONS
) -> list[Problem]:
    """Options or premises: enough, not too many, each with its own key and its own text."""
    found = count_problems(len(parts), place, least=least, most=most)
    for part in parts:
        name = str(part.get("key", ""))
        if not PART_KEY.fullmatch(name):
            message = f'the key "{name}" must be one to eight small letters or digits'
            found.append(Problem(place, message))
        found += text_problems(part.get("text"), f"{place}.{name}.text", LONGEST_PART)
    return found + twin_problems(parts, place)


def count_problems(count: int, place: str, *, least: int, most: int) -> list[Problem]:
    """Complains of too few or too many parts."""
    if count < least:
        return [Problem(place, f"there are {count} {place}; at least {least} are needed")]
    if count > most:
        return [Problem(place, f"there are {count} {place}; {most} is the most")]
    return []


def twin_problems(parts: Sequence[dict[str, Any]], place: str) -> list[Problem]:
    """Complains of two parts with one key, or with the same text."""
    found, keys, texts = [], set[str](), dict[str, str]()
    for part in parts:
        name, text = (
            str(part.get("key", "")),
            " ".join(str(part.get("text", "")).split()),
        )
        if name in keys:
            found.append(Problem(place, f'the key "{name}" is used twice'))
        elif text and text in texts:
            message = f"{place} {texts[text]} and {name} are the same"
            found.append(Problem(f"{place}.{name}.text", message))
        keys.add(name)
        texts.setdefault(text, name)
    return found


ANSWER_NOTES = ("right", "otherwise")


def answer_note_problems(question: Question) -> list[Problem]:
    """What is typed is spoken of as right, as a known answer, or as any other."""
    return stray_problems(question.key.get("notes", {}), ANSWER_NOTES, "feedback")


def stray_problems(named: Iterable[str], known: Iterable[str], place: str) -> list[Problem]:
    """Complains of names that no option or premise has."""
    strays = sorted(set(named) - set(known))
    return [Problem(place, f'there is no "{name}" in the question') for name in strays]
