"""What a reader says about a file while it reads: gathered with line and question."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessments.formats.exchange import Remark, Weight


class NotTaken(ValueError):
    """A question that is left out; the sentence says why."""

    weight = Weight.SKIPPED

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.line = line


class Refused(NotTaken):
    """A question whose key cannot be read for certain."""

    weight = Weight.REFUSED


class Skipped(NotTaken):
    """A question of a kind that we do not have."""


@dataclass
class Remarks:
    """All that is said; line and where tell of which question it is at the moment."""

    line: int = 0
    where: str = ""
    said: list[Remark] = field(default_factory=list)
    once: set[str] = field(default_factory=set)

    def begin(self, line: int, where: str = "") -> None:
        self.line, self.where = line, where

    def say(self, weight: Weight, message: str, line: int = 0) -> None:
        self.said.append(Remark(line or self.line, weight, self.where, message))

    def changed(self, message: str, line: int = 0) -> None:
        self.say(Weight.CHANGED, message, line)

    def skipped(self, message: str, line: int = 0) -> None:
        self.say(Weight.SKIPPED, message, line)

    def not_taken(self, why: NotTaken) -> None:
        self.say(why.weight, str(why), why.line)

    def once_a_file(self, message: str) -> None:
        """What would be said of every question is said of the first."""
        if message not in self.once:
            self.once.add(message)
            self.said.append(Remark(self.line, Weight.CHANGED, "", message))
