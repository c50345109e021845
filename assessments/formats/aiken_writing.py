"""Choices as Aiken, which knows plain text on single lines; all else is a loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from assessments.formats.aiken_reading import ANSWER, OPTION
from assessments.formats.exchange import Exchanged, Loss, Picture, Written
from assessments.formats.plain_words import plain_text
from assessments.formats.written_stem import LISTING
from assessments.questions.fractions import fractions_of

FENCE = "```"


class LeftOut(ValueError):
    """A question that Aiken cannot say; the sentence says why."""


def write(questions: Sequence[Exchanged], pictures: Mapping[str, Picture]) -> Written:
    """One block for each choice; the others are left out with a word."""
    blocks, losses = list[str](), list[Loss]()
    for one in questions:
        said = list[str]()
        try:
            blocks.append(_block(one, said))
        except LeftOut as why:
            said = [f"the question is left out: {why}"]
        losses += [Loss(one.slug or one.title, message) for message in dict.fromkeys(said)]
    return Written("\n".join(blocks).encode("utf-8", "replace"), tuple(losses), len(blocks))


def _block(one: Exchanged, losses: list[str]) -> str:
    question, content, key = one.question, one.question.content, one.question.key
    if question.kind != "choice":
        raise LeftOut(f"Aiken has no questions of the kind {question.kind}")
    if content.get("code"):
        raise LeftOut("Aiken has no listings")
    stem = " ".join(part for part in (content["stem"], content.get("lead_in")) if part)
    lines = [_line(stem, losses)]
    if OPTION.match(lines[0]) or ANSWER.match(lines[0]) or len(lines[0].encode()) < 2:
        raise LeftOut(f'"{lines[0]}" cannot begin a question')
    lines += [
        f"{letter}) {_line(option['text'], losses)}"
        for letter, option in zip(ascii_uppercase, content["options"], strict=False)
    ]
    if len({" ".join(line[2:].split()) for line in lines[1:]}) < len(content["options"]):
        raise LeftOut("two of its options are the same as plain text")
    right = [option["key"] for option in content["options"]].index(key["right"])
    losses += _losses(one)
    return "\n".join([*lines, f"ANSWER: {ascii_uppercase[right]}", ""])


def _line(text: str, losses: list[str]) -> str:
    """A text as Aiken shows it: without its signs where it has no formatting, else as it is written."""
    bare = plain_text(text)
    if bare is not None and "\n" not in text:
        return bare
    if FENCE in text or LISTING in text:
        raise LeftOut("Aiken has no listings")
    losses.append("the formatting of a text, which is written as plain text on one line")
    return " ".join(text.split())


def _losses(one: Exchanged) -> list[str]:
    content, key = one.question.content, one.question.key
    return [
        message
        for is_lost, message in (
            (content.get("lead_in"), "where the question begins within the text"),
            (fractions_of(one.question), "the credit of options that are partly right"),
            (not content.get("shuffle", True), "that the order is kept"),
            (key.get("notes"), "the notes on the options"),
            (key.get("explanation"), "the explanation"),
            (key.get("misconceptions"), "the misconceptions that wrong answers stand for"),
            (one.title or one.slug, "its title and id"),
            (one.category, "its category"),
            (one.tags, "its tags"),
            (one.language != "en", f"its language ({one.language})"),
            (one.entry, "sub-skills, difficulty, references and proofs: only our own format says them"),
        )
        if is_lost
    ]
