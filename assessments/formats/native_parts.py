"""A large file of ours in parts: a tree of all its lines at once would take too much memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assessments.formats.native import FileProblem, read_file
from assessments.formats.yaml_tree import YamlError, read_tree
from assessments.questions.entry import BankFile, Entry

SMALL = 1_000_000  # bytes; up to here a file is read in one go
ENTRIES_OF_A_PART = 200
ITEMS = re.compile(rb"^items:[ \t]*(?:#.*)?\r?\n", re.MULTILINE)
FIRST_ENTRY = re.compile(rb"(?:[ \t]*(?:#.*)?\r?\n)*( *)- ")
KEY_AFTER_ITEMS = re.compile(rb"^[^\s#-]", re.MULTILINE)
LINES_OF_HEAD = 3


def read_bank(content: bytes) -> tuple[BankFile, list[FileProblem]]:
    """As native.read_file, for UTF-8 of any length."""
    found = ITEMS.search(content) if len(content) > SMALL else None
    first = FIRST_ENTRY.match(content, found.end()) if found else None
    if found is None or first is None or KEY_AFTER_ITEMS.search(content, found.end()):
        return read_file(content.decode(), "head")
    bank, problems = read_file(content[: found.start()].decode(), "head")
    head = _head_of_parts(content[: found.start()].decode())
    entries: list[Entry] = []
    for part, lines_before in _parts(content, found.end(), first[1]):
        read, faults = read_file(head + part.decode(), "head")
        entries += read.entries
        problems += [replace(fault, line=max(1, fault.line - LINES_OF_HEAD + lines_before)) for fault in faults]
    return replace(bank, entries=tuple(entries)), problems


def _head_of_parts(head: str) -> str:
    """What entries inherit, in three lines. JSON is YAML."""
    try:
        value = read_tree(head).value
    except YamlError:
        value = None
    said = value if isinstance(value, dict) else {}
    return f"area: {json.dumps(said.get('area'))}\ndefaults: {json.dumps(said.get('defaults'))}\nitems:\n"


def _parts(content: bytes, start: int, indent: bytes) -> Iterator[tuple[bytes, int]]:
    """Some hundred entries at a time, and how many lines stand before them.

    An entry begins where a line has the indent of the first one and a dash: whatever belongs to
    an entry stands further in.
    """
    begins = [found.start() for found in re.finditer(rb"^" + indent + rb"- ", content[start:], re.MULTILINE)]
    cuts = [start, *(start + begin for begin in begins[ENTRIES_OF_A_PART::ENTRIES_OF_A_PART]), len(content)]
    lines = content.count(b"\n", 0, start)
    for begin, end in pairwise(cuts):
        yield content[begin:end], lines
        lines += content.count(b"\n", begin, end)
