"""Our own format: one YAML file for each area, as docs/writing-questions.md describes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments.formats.fields import (
    Fields,
    as_date,
    as_whole_number,
    one_of,
)
from assessments.formats.native_question import (
    COMMON,
    FIELDS,
    read_question,
)
from assessments.formats.native_writing import write_entry, write_file
from assessments.formats.yaml_tree import Tree, YamlError, read_tree
from assessments.questions.entry import (
    BLOOM,
    LIVES,
    BankFile,
    Entry,
    Misconception,
    Reference,
)
from assessments.questions.question import Problem
from assessments.questions.registry import KINDS, kind

__all__ = ["FileProblem", "read_file", "write_entry", "write_file"]

MOST_ENTRIES = 2000
HEAD = ("area", "licence", "version", "defaults", "misconceptions", "pictures", "items")
DEFAULTS = ("language", "shuffle", "life", "created", "review_by")
ABOUT = (
    "id", "title", "tags", "area", "kind", "subskills", "bloom", "difficulty", "difficulty_reason", "seconds",
    "family", "holds_for", "references", "keying", "scoring", "verify", *DEFAULTS,
)  # fmt: skip
VERIFY_KINDS = ("stdout", "python", "sqlite", "none")


@dataclass(frozen=True)
class FileProblem:
    """A fault of a file: the entry (or "head"), its line, the place in it and what is wrong."""

    entry: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.entry}, {self.place}: {self.message}"


def read_file(text: str, name: str) -> tuple[BankFile, list[FileProblem]]:
    """The entries without a fault, and every fault of the others.

    name: what to call the file where a fault has no entry.
    """
    try:
        tree = read_tree(text)
    except YamlError as error:
        return _nothing(), [FileProblem(name, error.line, "", str(error))]
    if not isinstance(tree.value, dict):
        return _nothing(), [FileProblem(name, 1, "", "a file begins with `area: ...`")]
    return _read_bank(tree, name)


def _nothing() -> BankFile:
    return BankFile(area="", licence="", misconceptions=(), entries=())


def _read_bank(tree: Tree, name: str) -> tuple[BankFile, list[FileProblem]]:
    head = Fields(tree.value, "")
    head.only(HEAD)
    if not head.text("area"):
        head.complain("area", "the area is missing")
    defaults = head.inner("defaults")
    defaults.only(DEFAULTS)
    misconceptions = tuple(_read_misconceptions(head))
    parts = head.parts("items")
    if len(parts) > MOST_ENTRIES:
        head.complain("items", f"a file holds at most {MOST_ENTRIES} questions")
        parts = []
    head.problems += [Problem(place, "this field is written twice") for place in tree.twice]
    inherited = {"area": head.text("area"), **defaults.value}
    broken = {above for place in tree.twice for above in _places_above(place)}
    entries = [_read_sound_entry(part, inherited) for part in parts if part.place not in broken]
    sound = tuple(entry for entry in entries if entry is not None)
    bank = BankFile(head.text("area"), head.text("licence"), misconceptions, sound, head.texts_by_name("pictures"))
    return bank, [_in_file(problem, tree, name) for problem in head.problems]


def _entry_of(place: str) -> str:
    first, _, rest = place.partition(".")
    return rest.partition(".")[0] if first == "items" else ""


def _in_file(problem: Problem, tree: Tree, name: str) -> FileProblem:
    """The fault with its line; its place is told from the entry on."""
    entry = _entry_of(problem.place)
    place = problem.place.removeprefix(f"items.{entry}").lstrip(".") if entry else problem.place
    return FileProblem(entry or name, tree.line_of(problem.place), place, problem.message)


def _read_misconceptions(head: Fields) -> list[Misconception]:
    below = head.inner("misconceptions")
    found = []
    for slug in below.value:
        one = below.inner(slug)
        one.only(("says", "subskill"))
        found.append(Misconception(slug, one.text("says"), one.text("subskill")))
        if not found[-1].says or not found[-1].subskill:
            below.complain(slug, "a misconception needs `says` and `subskill`")
    return found


def _places_above(place: str) -> Iterator[str]:
    while place:
        place = place.rpartition(".")[0]
        yield place


def _read_sound_entry(part: Fields, inherited: dict[str, Any]) -> Entry | None:
    """None where anything is wrong with it, whatever its id, or if it has none."""
    faults = len(part.problems)
    entry = _read_entry(part, inherited)
    return entry if len(part.problems) == faults else None


def _read_entry(part: Fields, inherited: dict[str, Any]) -> Entry | None:
    """One entry, its own fields before those of the head."""
    fields = Fields({**inherited, **part.value}, part.place, part.problems)
    kind_name = fields.read("kind", one_of(KINDS), "")
    if not kind_name:
        if "kind" not in fields.value:
            fields.complain("kind", "the kind is missing")
        return None
    fields.only((*ABOUT, *COMMON, *FIELDS[kind_name]))
    entry = _entry(fields, kind_name)
    for problem in kind(kind_name).validate(entry.question):
        fields.complain(problem.place, problem.message)
    return entry


def _entry(fields: Fields, kind_name: str) -> Entry:
    code = fields.inner("code")
    return Entry(
        slug=fields.text("id"),
        area=fields.text("area"),
        kind=kind_name,
        subskills=tuple(fields.texts("subskills")),
        bloom=fields.read("bloom", one_of(BLOOM), ""),
        difficulty=fields.read("difficulty", as_whole_number, 0),
        difficulty_reason=fields.text("difficulty_reason"),
        seconds=fields.read("seconds", as_whole_number, 0),
        language=fields.text("language", "en"),
        life=fields.read("life", one_of(LIVES), "draft"),
        family=fields.text("family"),
        holds_for=fields.text("holds_for"),
        created=fields.read("created", as_date, None),
        review_by=fields.read("review_by", as_date, None),
        references=tuple(_read_references(fields)),
        keying=_read_keying(fields),
        scoring=_read_scoring(fields),
        needs=tuple(code.texts("needs")),
        optional_needs=tuple(code.texts("optional_needs")),
        verify=_read_verify(fields),
        question=read_question(kind_name, fields),
        title=fields.text("title"),
        tags=tuple(fields.texts("tags")),
    )


def _read_references(fields: Fields) -> list[Reference]:
    found = []
    for part in fields.parts("references"):
        part.only(("resource", "locator"))
        found.append(Reference(part.text("resource"), part.text("locator")))
    return found


def _read_keying(fields: Fields) -> dict[str, Any]:
    keying = fields.inner("keying")
    keying.only(("status", "panel_size", "method"))
    found: dict[str, Any] = {name: keying.text(name) for name in keying.value if name != "panel_size"}
    if "panel_size" in keying.value:
        found["panel_size"] = keying.read("panel_size", as_whole_number, 0)
    return found


def _read_scoring(fields: Fields) -> dict[str, str]:
    scoring = fields.inner("scoring")
    scoring.only(("rule", "detail"))
    return {name: scoring.text(name) for name in scoring.value}


def _read_verify(fields: Fields) -> dict[str, Any]:
    verify = fields.inner("verify")
    verify.only(("kind", "reason", "source", "needs", "optional_needs", "also"))
    found: dict[str, Any] = {}
    if "kind" in verify.value:
        found["kind"] = verify.read("kind", one_of(VERIFY_KINDS), "")
    found |= {name: verify.text(name) for name in ("reason", "source") if name in verify.value}
    for name in ("needs", "optional_needs"):
        if name in verify.value:
            found[name] = verify.texts(name)
    if "also" in verify.value:
        also = verify.inner("also")
        also.only(("sql", "stdout"))
        found["also"] = {"sql": also.text("sql"), "stdout": also.text("stdout")}
    return found
