"""GIFT read as its definition says and as Moodle reads it (question/format/gift)."""

from __future__ import annotations

import re
from dataclasses import replace

from assessments.formats.exchange import MOST_QUESTIONS, Each, Exchanged, FileRefused, Reading, nobody
from assessments.formats.gift_blocks import BLANK, Block, blocks_of
from assessments.formats.gift_kinds import READERS, Answers
from assessments.formats.gift_syntax import Piece, format_and_rest, hidden, shown
from assessments.formats.gift_text import HTML, MARKDOWN, MOODLE, Texts
from assessments.formats.remarks import NotTaken, Refused, Remarks, Skipped
from assessments.formats.written_stem import split_stem
from assessments.formats.xml_tree import Deadline, text_bytes
from assessments.questions.question import Question
from assessments.questions.registry import kind

BLANK_TO_FILL = "_____"
GENERAL = "####"
NAMED = 60  # characters of a text that name a question without a title
ID = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f]){1,255})\]")
TAG = re.compile(r"\[tag:((?:\\\]|[^\]<>`\x00-\x1f\x7f]){1,255})\]")
CONTEXT = re.compile(r"\$[a-z]+\$")
SLASH = re.compile(r"(?<!/)/(?!/)")


def read(content: bytes, each: Each = nobody) -> Reading:
    """Every question of the file, and a remark about each that was not taken as it stands."""
    text, deadline = text_bytes(content).decode("utf-8"), Deadline(len(content))
    texts, found, count = Texts(Remarks()), list[Exchanged](), 0
    category: tuple[str, ...] = ()
    for block in blocks_of(text):
        deadline.check(block.line)
        if block.category is not None:
            category = category_of(block.category)
            continue
        count += 1
        if count > MOST_QUESTIONS:
            raise FileRefused(f"the file has more than {MOST_QUESTIONS} questions; divide it", block.line)
        if (taken := _taken(block, texts)) is not None:
            found.append(replace(taken, category=category))
            each(found[-1])
    if not count:
        raise FileRefused("there is no question in the file")
    return Reading(tuple(found), tuple(texts.remarks.said), texts.pictures)


def _taken(block: Block, texts: Texts) -> Exchanged | None:
    """The question of a block; None, and a remark, where it cannot be taken."""
    title, rest = _title_and_rest(Piece(hidden(block.text), block.line))
    slug, tags = _id_and_tags(block.comments)
    texts.remarks.begin(block.line, title or slug or _beginning(rest))
    try:
        question = _question(rest, texts)
        problems = kind(question.kind).validate(question)
        if problems:
            raise Skipped("; ".join(f"{problem.place}: {problem.message}" for problem in problems))
    except NotTaken as why:
        texts.remarks.not_taken(why)
        return None
    return Exchanged(question, title=title, slug=slug, line=block.line, tags=tags)


def _title_and_rest(piece: Piece) -> tuple[str, Piece]:
    if not piece.text.startswith("::"):
        return "", piece
    title, rest = Piece(piece.text[2:], piece.line).cut("::")
    if rest is None:
        return "", title
    return title.plain().replace("\n", " "), rest.trimmed()


def _beginning(piece: Piece) -> str:
    line = shown(piece.text[: 4 * NAMED]).partition("\n")[0].partition("{")[0].strip(BLANK)
    return line if len(line) <= NAMED else line[:NAMED] + "..."


def _question(piece: Piece, texts: Texts) -> Question:
    before, between, after = _braces(piece)
    answers, general = between.cut_last(GENERAL)
    usual = format_and_rest(before.trimmed(), MOODLE)[0]
    explanation = texts.markdown(general, usual) if general else ""
    if not answers.trimmed().text:
        raise Skipped("it is an essay, which nobody but a person can mark")
    content, key = _halves(texts, before, after, usual)
    key["explanation"] = explanation
    inside = Answers(answers.trimmed(), texts, usual, piece.line)
    return Question(READERS[inside.kind](inside, content, key), content, key)


def _braces(piece: Piece) -> tuple[Piece, Piece, Piece]:
    """What is before, between and after the braces: one pair, or the key is not certain."""
    text = piece.text
    if "{" not in text and "}" not in text:
        raise Skipped("it has no answers: a description")
    before, rest = piece.cut("{")
    if rest is None or "}" in before.text:
        raise Refused("a } stands without a { before it", piece.line + piece.text.partition("}")[0].count("\n"))
    between, after = rest.cut("}")
    if after is None:
        raise Refused("the { is not closed by a }", rest.line)
    if "{" in between.text:
        raise Refused(r"a { stands within the answers; write \{ where it belongs to a text", rest.line)
    if "{" in after.text or "}" in after.text:
        raise Refused(r"there are more braces behind the answers; write \{ and \} in a text", after.line)
    return before, between, after


def _halves(texts: Texts, before: Piece, after: Piece, usual: str) -> tuple[dict[str, object], dict[str, object]]:
    """The text with a blank where the answers stood, if more text follows them."""
    gap = BLANK_TO_FILL if after.text else ""
    stem, code, lead_in = texts.markdown(Piece(before.text + gap + after.text, before.line), MOODLE), None, ""
    if usual in (MARKDOWN, HTML):
        stem, code, lead_in = split_stem(stem)
    if not stem.strip():
        raise Refused("the question has no text")
    content: dict[str, object] = {"stem": stem, "lead_in": lead_in, "shuffle": True}
    key: dict[str, object] = {"explanation": "", "notes": {}, "misconceptions": {}}
    if code:
        content["code"] = code
        key["stdout"] = ""
    return content, key


def _id_and_tags(comments: str) -> tuple[str, tuple[str, ...]]:
    """What Moodle 3.6 and later write into the comments of a question."""
    found = ID.search(comments)
    tags = [_in_brackets(tag[1]) for tag in TAG.finditer(comments)]
    return _in_brackets(found[1]) if found else "", tuple(dict.fromkeys(tag for tag in tags if tag))


def _in_brackets(text: str) -> str:
    return text.strip(BLANK).replace(r"\]", "]")


def category_of(path: str) -> tuple[str, ...]:
    """From the root down; a doubled slash is one that belongs to a name."""
    names = [name.strip(BLANK).replace("//", "/") for name in SLASH.split(shown(hidden(path)))]
    if names and CONTEXT.fullmatch(names[0]):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)
