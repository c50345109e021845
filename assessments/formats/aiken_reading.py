"""Aiken line by line: a question is taken when its ANSWER comes and everything before it fits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase

from assessments.formats.exchange import MOST_QUESTIONS, Each, Exchanged, FileRefused, Reading, nobody
from assessments.formats.gift_blocks import BLANK, lines_of
from assessments.formats.plain_words import plain_markdown
from assessments.formats.remarks import NotTaken, Refused, Remarks, Skipped
from assessments.formats.xml_tree import Deadline, text_bytes
from assessments.questions.limits import MOST_OPTIONS
from assessments.questions.question import Question
from assessments.questions.registry import kind

OPTION = re.compile(r"([A-Z])[.)][ \t]?")
SMALL_OPTION = re.compile(r"[a-z][.)][ \t]")
ANSWER = re.compile(r"ANSWER:")
NEARLY_ANSWER = re.compile(r"answer\s?:", re.IGNORECASE)
KEY = re.compile(r"([A-Z])[.)]?")
NAMED = 60


@dataclass
class Begun:
    """A question whose ANSWER has not come yet; fault: the first thing that is wrong with it."""

    line: int
    stem: str
    options: list[tuple[str, str, int]] = field(default_factory=list)  # letter, text, line
    fault: NotTaken | None = None

    def blame(self, sentence: str, line: int) -> None:
        self.fault = self.fault or Refused(sentence, line)


class Pages:
    """The file as far as it is read."""

    def __init__(self, each: Each) -> None:
        self.remarks, self.taken, self.count, self.each = Remarks(), list[Exchanged](), 0, each
        self.begun: Begun | None = None
        self.gap = False  # whether a blank line was the last one

    def begin(self, line: int, stem: str, fault: str = "") -> None:
        self.count += 1
        if self.count > MOST_QUESTIONS:
            raise FileRefused(f"the file has more than {MOST_QUESTIONS} questions; divide it", line)
        self.begun = Begun(line, stem)
        if fault:
            self.begun.blame(fault, line)

    def end(self, line: int, key: str | None) -> None:
        """Take the question that was begun, or say why not; key: what stands behind ANSWER."""
        begun, self.begun = self.begun, None
        if begun is None:
            return
        self.remarks.begin(begun.line, begun.stem if len(begun.stem) <= NAMED else begun.stem[:NAMED] + "...")
        try:
            if key is None:
                raise begun.fault or Refused("it has no ANSWER", begun.line)
            self.taken.append(Exchanged(_question(begun, key, line), line=begun.line))
        except NotTaken as why:
            self.remarks.not_taken(why)
        else:
            self.each(self.taken[-1])

    def read(self, line: int, text: str) -> None:
        """One line that is not blank."""
        if option := OPTION.match(text):
            if self.begun is None:
                self.begin(line, text, "an option stands where a question should begin")
            elif self.begun is not None:
                self.begun.options.append((option[1], text[option.end() :].strip(BLANK), line))
        elif ANSWER.match(text):
            if self.begun is None:
                self.begin(line, text, "ANSWER stands where a question should begin")
            self.end(line, text.partition(":")[2].strip(BLANK))
        elif self.begun is None:
            self.begin(line, text)
        else:
            self.odd_line(self.begun, line, text)

    def odd_line(self, begun: Begun, line: int, text: str) -> None:
        """A line that is neither an option nor ANSWER, within a question."""
        if NEARLY_ANSWER.match(text):
            begun.blame("ANSWER: is written in capitals", line)
            self.end(line, "")
        elif SMALL_OPTION.match(text):
            begun.blame("options are lettered in capitals, A. or A)", line)
        elif not begun.options and not self.gap:
            begun.blame("the question must stand on one line", line)
        else:
            begun.blame(f"it has no ANSWER before the next question begins in line {line}", begun.line)
            self.end(line, None)
            self.begin(line, text)


def read(content: bytes, each: Each = nobody) -> Reading:
    """Every question of the file, and a remark about each that was not taken."""
    text, deadline, pages = text_bytes(content).decode("utf-8"), Deadline(len(content)), Pages(each)
    number = 0
    for number, raw in enumerate(lines_of(text), 1):
        line = raw.strip(BLANK)
        if number % 1000 == 0:
            deadline.check(number)
        if len(line.encode()) >= 2:  # Moodle passes over a line of one character
            pages.read(number, line)
        elif line:
            pages.remarks.begin(number)
            pages.remarks.skipped(f'a line of one character is passed over: "{line}"')
        pages.gap = not line
    pages.end(number, None)
    if not pages.count:
        raise FileRefused("there is no question in the file")
    return Reading(tuple(pages.taken), tuple(pages.remarks.said))


def _question(begun: Begun, answer: str, line: int) -> Question:
    if begun.fault:
        raise begun.fault
    letters = "".join(letter for letter, _text, _line in begun.options)
    if letters != ascii_uppercase[: len(letters)]:
        raise Refused("the options must be lettered A, B, C in this order", begun.options[0][2])
    for letter, text, place in begun.options:
        if not text:
            raise Refused(f"option {letter} has no text", place)
    if len(letters) < 2:
        raise Refused("the question has fewer than two options", line)
    key = _key(answer, letters, line)
    if len(letters) > MOST_OPTIONS:
        raise Skipped(f"the question has {len(letters)} options; {MOST_OPTIONS} is the most")
    return _sound(begun, key)


def _key(answer: str, letters: str, line: int) -> str:
    found = KEY.fullmatch(answer)
    if found is None and len(answer) <= 2 and answer[:1].islower():
        raise Refused(f'the key "{answer}" must be a capital', line)
    if found is None:
        raise Refused(f'ANSWER must name one option by its letter, not "{answer[:NAMED]}"', line)
    if found[1] not in letters:
        raise Refused(f"ANSWER names {found[1]}, but the options run from A to {letters[-1]}", line)
    return ascii_lowercase[ascii_uppercase.index(found[1])]


def _sound(begun: Begun, key: str) -> Question:
    options = [{"key": letter.lower(), "text": plain_markdown(text)} for letter, text, _line in begun.options]
    content = {"stem": plain_markdown(begun.stem), "lead_in": "", "shuffle": True, "options": options}
    question = Question("choice", content, {"explanation": "", "notes": {}, "misconceptions": {}, "right": key})
    if problems := kind("choice").validate(question):
        raise Skipped("; ".join(f"{problem.place}: {problem.message}" for problem in problems))
    return question
