"""Entries as text in our own format; what is read back is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import yaml

from assessments.questions.entry import BankFile, Entry
from assessments.questions.question import Question

Record = dict[str, Any]
WIDEST = 10_000  # lines are not folded: a stem is one line, as in the files written by hand


def write_file(bank: BankFile) -> str:
    """A whole file: head, misconceptions and entries."""
    defaults = _defaults(bank.entries)
    head: Record = {"area": bank.area, "licence": bank.licence, "defaults": defaults}
    head["misconceptions"] = {one.slug: {"says": one.says, "subskill": one.subskill} for one in bank.misconceptions}
    head["pictures"] = dict(bank.pictures)
    text = _dumped(_filled(head)) + "items:\n"
    inherited = {"area": bank.area, **defaults}
    return text + "\n".join(_item(entry, inherited) for entry in bank.entries)


def write_entry(entry: Entry) -> str:
    """One entry with all its fields, as an item of the list `items`."""
    return _item(entry, {})


def _item(entry: Entry, inherited: Record) -> str:
    own = {k: v for k, v in _record(entry).items() if k not in inherited or inherited[k] != v}
    return _dumped([own])


def _defaults(entries: Iterable[Entry]) -> Record:
    """The commonest values of what a head can say for all."""
    records = [_record(entry) for entry in entries]
    found: Record = {}
    for name in ("language", "shuffle", "life", "created", "review_by"):
        values = Counter(record.get(name) for record in records)
        if values and None not in values:
            found[name] = values.most_common(1)[0][0]
    return found


def _record(entry: Entry) -> Record:
    content, key = entry.question.content, entry.question.key
    record: Record = {
        "id": entry.slug,
        "title": entry.title,
        "tags": list(entry.tags),
        "area": entry.area,
        "kind": entry.kind,
        "subskills": list(entry.subskills),
        "bloom": entry.bloom,
        "difficulty": entry.difficulty,
        "difficulty_reason": entry.difficulty_reason,
        "seconds": entry.seconds,
        "language": entry.language,
        "life": entry.life,
        "created": entry.created,
        "review_by": entry.review_by,
        "family": entry.family,
        "holds_for": entry.holds_for,
        "shuffle": content.get("shuffle", True),
        "stem": content.get("stem"),
        "code": _code(entry),
        "lead_in": content.get("lead_in"),
        **WRITERS[entry.kind](entry.question),
        "keying": entry.keying,
        "scoring": entry.scoring,
        "explanation": key.get("explanation"),
        "references": [{"resource": one.resource, "locator": one.locator} for one in entry.references],
        "verify": entry.verify,
    }
    return _filled(record)


def _filled(record: Record) -> Record:
    """The record without what is empty; 0 and false say something and stay."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}


def _code(entry: Entry) -> Record:
    code = entry.question.content.get("code")
    if code is None:
        return {}
    needs = {"needs": list(entry.needs), "optional_needs": list(entry.optional_needs)}
    stdout = {"stdout": entry.question.key.get("stdout")}
    return _filled({"language": code["language"], **needs, "source": code["source"], **stdout})


def _options(question: Question, right: Iterable[str] = ()) -> list[Record]:
    key, correct = question.key, set(right)
    return [
        _filled(
            {
                "key": option["key"],
                "text": option["text"],
                "correct": True if option["key"] in correct else None,
                "credit": key.get("fractions", {}).get(option["key"]),
                "misconception": key.get("misconceptions", {}).get(option["key"]),
                "feedback": key.get("notes", {}).get(option["key"]),
            }
        )
        for option in question.content["options"]
    ]


def _write_choice(question: Question) -> Record:
    return {"options": _options(question, [question.key["right"]])}


def _write_multiple(question: Question) -> Record:
    return {"options": _options(question, question.key["right"])}


def _write_numeric(question: Question) -> Record:
    key = question.key
    answer = {"value": key["right"], "tolerance": key.get("tolerance", 0)}
    unit = question.content.get("unit")
    return {
        "answer": _filled({**answer, "unit": unit}),
        **_further(question),
    }


def _write_short_text(question: Question) -> Record:
    key = question.key
    answer = {
        "accepted": key["right"],
        "case_sensitive": key.get("case_sensitive", False),
        "wildcards": key.get("wildcards") or None,
    }
    return {"answer": _filled(answer), **_further(question)}


def _further(question: Question) -> Record:
    """Other answers than the right one, and what is said of right and of all other answers."""
    key = question.key
    return {"also": _noted(key, "also"), "common_errors": _noted(key, "common_errors"), "feedback": key.get("notes")}


def _noted(key: Record, field: str) -> list[Record]:
    return [
        _filled({("feedback" if name == "note" else name): v for name, v in one.items()}) for one in key.get(field, [])
    ]


def _write_ordering(question: Question) -> Record:
    return {
        "options": [dict(option) for option in question.content["options"]],
        "answer": question.key["right"],
        "feedback": question.key.get("notes", {}),
    }


def _write_matching(question: Question) -> Record:
    reuse = question.content.get("reuse") or None
    return {"premises": question.content["premises"], "reuse": reuse, **_write_ordering(question)}


def _write_rating(question: Question) -> Record:
    return {"options": _options(question), "answer": question.key["right"]}


WRITERS: dict[str, Callable[[Question], Record]] = {
    "choice": _write_choice,
    "multiple": _write_multiple,
    "numeric": _write_numeric,
    "short_text": _write_short_text,
    "ordering": _write_ordering,
    "matching": _write_matching,
    "rating": _write_rating,
}


class _Dumper(yaml.SafeDumper):
    """Lines of code as blocks, lists indented, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _as_scalar(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _as_scalar)


def _dumped(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDEST))
