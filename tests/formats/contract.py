"""What every format owes for any bytes: a reading or a refusal with a sentence, in time, and nothing broken later."""

from __future__ import annotations

import time

from assessments.formats.exchange import SECONDS_PER_MEGABYTE, Exchanged, FileRefused, Format, Reading
from assessments.questions.registry import kind


def held(one: Format, content: bytes) -> Reading | str:
    """The reading, or the sentence of the refusal; AssertionError where the contract is broken."""
    begin = time.process_time()
    found = _read(one, content)
    seconds = time.process_time() - begin
    allowed = SECONDS_PER_MEGABYTE * max(1.0, len(content) / 1e6)
    assert seconds <= allowed, f"{seconds:.1f} s for {len(content)} bytes"
    if isinstance(found, Reading):
        _sound(found)
        assert isinstance(one.write(found.questions, found.pictures).content, bytes)
    return found


def _read(one: Format, content: bytes) -> Reading | str:
    told: list[Exchanged] = []
    try:
        reading = one.read(content, told.append)
    except FileRefused as refused:
        sentence = str(refused)
    else:
        assert tuple(told) == reading.questions, "each question is told of, once and in its order"
        return reading
    assert len(sentence) > 8, "a refusal has a sentence"
    return sentence


def _sound(reading: Reading) -> None:
    """Every question can be shown and scored; every remark says something."""
    for exchanged in reading.questions:
        question = exchanged.question
        assert not kind(question.kind).validate(question), question
        right, wrong = kind(question.kind).example_answers(question)
        assert kind(question.kind).score(question, right).right, question
        assert not kind(question.kind).score(question, wrong).right, question
        assert {"stem", "lead_in", "shuffle"} <= question.content.keys()
    assert all(remark.message and remark.line >= 0 for remark in reading.remarks)
