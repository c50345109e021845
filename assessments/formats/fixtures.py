"""Django fixtures in YAML, read with the line of every row."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Row:
    """One entry: the model it is of, its fields as written, and where it stands."""

    model: str
    fields: dict[str, Any]
    file: str
    line: int

    @property
    def digest(self) -> str:
        text = json.dumps([self.model, self.fields], sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def problem(self, place: str, message: str) -> RowProblem:
        return RowProblem(self.file, self.line, f"{self.model} {place}".strip(), message)


@dataclass(frozen=True)
class RowProblem:
    """A fault: file, line, entry and what is wrong."""

    file: str
    line: int
    entry: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.entry}: {self.message}"


def read_rows(text: str, file: str) -> tuple[list[Row], list[RowProblem]]:
    """The rows of a fixture, and every entry that is none."""
    try:
        root = yaml.compose(text, Loader=LOADER)
        entries = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, the C one where there is one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [], [RowProblem(file, mark.line + 1 if mark else 1, "", f"not readable as YAML: {error}")]
    if not isinstance(root, yaml.SequenceNode):
        return [], [RowProblem(file, 1, "", "a fixture is a list of entries with `model` and `fields`")]
    rows, problems = [], []
    for node, entry in zip(root.value, entries, strict=True):
        line = node.start_mark.line + 1
        if isinstance(entry, dict) and set(entry) == {"model", "fields"} and isinstance(entry["fields"], dict):
            rows.append(Row(str(entry["model"]), entry["fields"], file, line))
        else:
            problems.append(
                RowProblem(
                    file,
                    line,
                    "",
                    "an entry has `model` and `fields`, and nothing else",
                )
            )
    return rows, problems
