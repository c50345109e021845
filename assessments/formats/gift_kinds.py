"""The kinds of question of GIFT: what each makes of the text between its braces.

Each reader fills the two halves of a question and gives the name of our kind. It raises Refused
where the key cannot be read for certain, and Skipped where we have no such question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from string import ascii_lowercase
from typing import Any

from assessments.formats.gift_syntax import Piece, format_and_rest, weight_and_rest
from assessments.formats.gift_text import MOODLE, Texts
from assessments.formats.gift_typed import Typed, also_of, key_of_typed, partly_right
from assessments.formats.moodle_credit import CreditRefused, key_of_one, key_of_several
from assessments.formats.moodle_number import number_in
from assessments.formats.plain_words import plain_markdown
from assessments.formats.remarks import Refused, Skipped
from assessments.questions.fractions import FULL
from assessments.questions.limits import MOST_OPTIONS
from assessments.questions.numeric import is_within
from assessments.questions.short_text import folded
from assessments.questions.wildcards import example_of, fits, has_star

Half = dict[str, Any]
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")
ANY = "*"


class Answers:
    """What stands between the braces, and how its texts are read."""

    def __init__(self, piece: Piece, texts: Texts, usual: str, line: int) -> None:
        self.piece, self.texts, self.usual, self.line = piece, texts, usual, line

    @property
    def kind(self) -> str:
        """Which kind of question the signs make it: Moodle asks in this order."""
        text = self.piece.text
        if text.startswith("#"):
            return "numeric"
        if "~" in text:
            return "choice"
        if "=" in text and "->" in text:
            return "matching"
        return "truth" if self.truth() in (*TRUE, *FALSE) else "short_text"

    def truth(self) -> str:
        return self.piece.cut("#")[0].trimmed().text

    def pieces(self, sign: str) -> list[Piece]:
        """The answers; Refused where something stands before the first of them."""
        before, *found = self.piece.split(sign)
        if before.trimmed().text:
            raise Refused(f'"{_beginning(before)}" stands before the first answer', before.trimmed().line)
        return [piece.trimmed() for piece in found]

    def note(self, piece: Piece | None) -> str:
        return self.texts.markdown(piece, self.usual, in_line=True) if piece else ""


def _beginning(piece: Piece) -> str:
    text = piece.plain()
    return text if len(text) <= 40 else text[:40] + "..."


# -- options --


def read_choice(answers: Answers, content: Half, key: Half) -> str:
    """One right option where there is an =, several where weights alone tell what is right."""
    single = "=" in answers.piece.text
    shares, options = list[float](), list[str]()
    for percent, piece in _weighed(answers):
        text, feedback = piece.cut("#")
        option = answers.texts.markdown(text, answers.usual, in_line=True)
        note = answers.note(feedback)
        if not option.strip():
            _without_text(answers, percent, piece)
            continue
        if len(options) == MOST_OPTIONS:
            raise Skipped(f"the question has more than {MOST_OPTIONS} options")
        if note:
            key["notes"][ascii_lowercase[len(options)]] = note
        options.append(option)
        shares.append(percent)
    if len(options) < 2:
        raise Refused("the question has fewer than two options")
    content["options"] = [{"key": name, "text": text} for name, text in zip(ascii_lowercase, options, strict=False)]
    key |= _judged(single, dict(zip(ascii_lowercase, shares, strict=False)))
    return "choice" if single else "multiple"


def _weighed(answers: Answers) -> list[tuple[float, Piece]]:
    """Each option with its percentage: = is all, ~ is nothing unless it says more."""
    found = []
    marked = Piece(answers.piece.text.replace("=", "~="), answers.piece.line)
    for piece in Answers(marked, answers.texts, answers.usual, answers.line).pieces("~"):
        if not piece.text.startswith("="):
            found.append(weight_and_rest(piece, 0.0))
            continue
        percent, rest = weight_and_rest(Piece(piece.text[1:], piece.line).trimmed(), FULL)
        if percent != FULL:
            raise Refused(f"an option is marked right with = and worth {percent:g} %", piece.line)
        found.append((percent, rest))
    return found


def _without_text(answers: Answers, percent: float, piece: Piece) -> None:
    if percent > 0:
        raise Refused("a right option has no text", piece.line)
    answers.texts.remarks.changed("an option without text is left out", piece.line)


def _judged(single: bool, fractions: dict[str, float]) -> Half:
    if single and sum(percent == FULL for percent in fractions.values()) > 1:
        raise Skipped("several options are fully right, and one is to be chosen; our choice has one right option")
    try:
        return key_of_one(fractions) if single else key_of_several(fractions)
    except CreditRefused as refused:
        raise Refused(str(refused)) from None


def read_truth(answers: Answers, content: Half, key: Half) -> str:
    """{T#said of the wrong answer#said of the right answer}"""
    verdict, *feedback = answers.piece.split("#")
    if len(feedback) > 2:
        raise Refused("a True-False question has at most two notes, each behind a #", feedback[2].line)
    key["right"] = "a" if verdict.trimmed().text in TRUE else "b"
    content |= {
        "shuffle": False,
        "options": [{"key": "a", "text": "True"}, {"key": "b", "text": "False"}],
    }
    wrong = "b" if key["right"] == "a" else "a"
    notes = {name: answers.note(piece) for name, piece in zip((wrong, key["right"]), feedback, strict=False)}
    key["notes"] = {name: notes[name] for name in "ab" if notes.get(name)}
    return "choice"


# -- pairs --


def read_matching(answers: Answers, content: Half, key: Half) -> str:
    """= premise -> option; an option without a premise is left over."""
    premises, options, right = list[str](), dict[str, str](), dict[str, str]()
    left_over = list[str]()
    pieces = answers.pieces("=")
    if len(pieces) < 2:
        raise Refused("a matching question needs at least two pairs")
    for piece in pieces:
        before, after = piece.cut("->")
        if after is None:
            raise Refused(f'the pair "{_beginning(piece)}" has no ->', piece.line)
        premise, option = answers.texts.markdown(before, answers.usual, in_line=True), after.plain()
        if premise and not option:
            raise Refused(f'nothing is matched with "{_beginning(before)}"', piece.line)
        if premise:
            premises.append(premise)
            right[str(len(premises))] = options.setdefault(option, ascii_lowercase[min(len(options), 25)])
        elif option:
            left_over.append(option)
        else:
            answers.texts.remarks.changed("an empty pair is left out", piece.line)
    for option in left_over:
        options.setdefault(option, ascii_lowercase[min(len(options), 25)])
    _pairs_fit(premises, options)
    content["premises"] = [{"key": str(number), "text": text} for number, text in enumerate(premises, 1)]
    content["options"] = [{"key": name, "text": _in_line(text)} for text, name in options.items()]
    if len(set(right.values())) < len(right):
        content["reuse"] = True
    key["right"] = right
    return "matching"


def _pairs_fit(premises: list[str], options: dict[str, str]) -> None:
    if max(len(premises), len(options)) > MOST_OPTIONS:
        raise Skipped(f"the question has {len(premises)} lines and {len(options)} options; {MOST_OPTIONS} is the most")
    if min(len(premises), len(options)) < 2:
        raise Skipped("a matching question needs two lines and two different options with us")


def _in_line(text: str) -> str:
    return plain_markdown(text).replace("\n\n", "<br>").replace("\\\n", "<br>")


# -- what is typed --


def read_short_text(answers: Answers, content: Half, key: Half) -> str:
    """= one = another; a single one may do without the sign."""
    typed = [_short_answer(answers, piece) for piece in _short_answers(answers)]
    wild = any(one.answer and has_star(one.answer["text"]) for one in typed)
    if not wild:  # a star behind a backslash is a star
        typed = [_literal(one) for one in typed]
    right, found = key_of_typed(typed, _takes_text if wild else _is_text, answers.texts.remarks)
    if not right:
        raise Refused("no answer is fully right")
    same = [one for one in right if one.note == right[0].note]
    others = [one for one in right if one.note != right[0].note]
    key |= {"right": [one.sure["text"] for one in same], "case_sensitive": False, **found}
    key |= also_of([*others, *partly_right(typed)]) | ({"wildcards": True} if wild else {})
    return "short_text"


def _short_answers(answers: Answers) -> list[Piece]:
    if "=" in answers.piece.text:
        return answers.pieces("=")
    only = answers.piece.trimmed()
    if answers.truth().casefold() in ("t", "true", "f", "false"):
        told = f'"{answers.truth()}" is a short answer, as in Moodle; True-False is written in capitals'
        answers.texts.remarks.changed(told, only.line)
    return [only]


def _short_answer(answers: Answers, piece: Piece) -> Typed:
    percent, rest = weight_and_rest(piece, FULL)
    text, feedback = rest.cut("#")
    answer = format_and_rest(text.trimmed(), MOODLE)[1].plain()
    if not answer:
        raise Refused("an answer has no text", piece.line)
    known = {"text": answer} if answer.strip(ANY) else None
    return Typed(known, answer, percent, answers.note(feedback), piece.line)


def _literal(one: Typed) -> Typed:
    return one if one.answer is None else replace(one, answer={"text": one.answer["text"].replace(r"\*", "*")})


def _is_text(one: Half, other: Half) -> bool:
    return _even(one["text"]) == _even(other["text"])


def _takes_text(one: Half, other: Half) -> bool:
    return fits(_even(example_of(other["text"])), _even(one["text"])) or _is_text(one, other)


def _even(text: str) -> str:
    return folded(text, strict=False)


def read_numeric(answers: Answers, content: Half, key: Half) -> str:
    """#3:2 or #1..5, or several of these behind =; what follows ~ speaks of any other answer."""
    windows, otherwise = Piece(answers.piece.text[1:], answers.piece.line).cut("~")
    pieces = [piece.trimmed() for piece in windows.split("=")]
    pieces = pieces if pieces[0].text else pieces[1:]
    if not pieces:
        raise Refused("there is no number")
    typed = [_number(answers, piece) for piece in pieces]
    if otherwise is not None:
        typed.append(_any_other(answers, otherwise))
    right, found = key_of_typed(typed, _is_near, answers.texts.remarks)
    if not right:
        raise Skipped("no answer is fully right")
    content["unit"] = ""
    first, *others = right
    key |= {"right": first.sure["value"], "tolerance": first.sure["tolerance"], **found}
    key |= also_of([*others, *partly_right(typed)])
    return "numeric"


def _any_other(answers: Answers, piece: Piece) -> Typed:
    text, feedback = piece.cut("#")
    if text.trimmed().text:
        told = f'"{_beginning(text)}" behind ~ is left out: only a note on any other answer may stand there'
        answers.texts.remarks.changed(told, piece.line)
    return Typed(None, ANY, 0.0, answers.note(feedback), piece.line)


def _number(answers: Answers, piece: Piece) -> Typed:
    percent, rest = weight_and_rest(piece, FULL)
    text, feedback = rest.cut("#")
    written = format_and_rest(text.trimmed(), MOODLE)[1].plain()
    window = None if written == ANY else _window(written, piece.line)
    return Typed(window, written, percent, answers.note(feedback), piece.line)


def _window(written: str, line: int) -> Half:
    """value, value:tolerance or from..to; Refused for anything that is no number for certain."""
    if written.find("..") > 0:
        low, high = (_certain(part, written, line) for part in written.split("..", 1))
        if low > high:
            raise Refused(f'the range "{written}" runs backwards', line)
        centre, reach = (Decimal(str(low)) + Decimal(str(high))) / 2, (Decimal(str(high)) - Decimal(str(low))) / 2
        return {"value": _plain(centre), "tolerance": _plain(reach)}
    value, _colon, tolerance = written.partition(":")
    reach_given = _certain(tolerance, written, line) if _colon else 0
    if reach_given < 0:
        raise Refused(f'the tolerance in "{written}" is below 0', line)
    return {"value": _certain(value, written, line), "tolerance": reach_given}


def _certain(text: str, written: str, line: int) -> float:
    value = number_in(text)
    if value is None:
        raise Refused(f'"{written}" is no number; write it as 3.14, 3.14:0.01 or 3.1..3.2', line)
    return value


def _plain(number: Decimal) -> float:
    value = float(number)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _is_near(one: Half, other: Half) -> bool:
    return is_within(other["value"], one["value"], one["tolerance"])


READERS: dict[str, Callable[[Answers, Half, Half], str]] = {
    "choice": read_choice,
    "truth": read_truth,
    "matching": read_matching,
    "short_text": read_short_text,
    "numeric": read_numeric,
}
