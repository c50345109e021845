"""The table of rooms: who may import whom. Arrows point down, and pure rooms know no Django."""

import ast
import sys
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parent.parent / "assessments"
PURE = {"psychometrics", "questions", "markup", "formats", "guidance", "credentials"}
MAY_IMPORT = {
    "urls": {"views", "api"},
    "views": {"forms", "workflows", "models", "middleware", "templatetags", *PURE},
    "admin": {"forms", "workflows", "models", "tasks", "templatetags", *PURE},
    "middleware": {"forms", "workflows", "models", *PURE},
    "accounts": {"forms", "workflows", "models", "middleware", *PURE},
    "api": {"workflows", "models", *PURE},
    "management": {"workflows", "models", *PURE},
    "tasks": {"workflows", "models", *PURE},
    "forms": {"models", "questions", "formats"},
    "workflows": {"models", "workflows", *PURE},
    "models": {"models", *PURE},
    "templatetags": {"templatetags", *PURE},
    "apps": set(),
    "migrations": {"models", "questions"},
    "formats": {"formats", "questions", "markup"},
    "questions": {"questions"},
    "markup": {"markup"},
    "psychometrics": {"psychometrics"},
    "guidance": {"guidance"},
}
# Workflows call each other in one order only: a later one never calls an earlier one.
WORKFLOW_ORDER = [
    "advice",
    "batches",
    "versions",
    "tryouts",
    "content",
    "imports",
    "import_files",
    "import_records",
    "import_places",
    "import_rows",
    "import_sheets",
    "exports",
    "entries",
    "pictures",
    "bank_files",
    "fixture_rows",
    "forecasts",
    "examples",
    "statistics",
    "version_numbers",
    "attention",
    "calibrations",
    "rescoring",
    "method",
    "numbers",
    "history",
    "practice",
    "results",
    "maps",
    "next_steps",
    "attempts",
    "previews",
    "sheets",
    "learners",
    "reviews",
    "overview",
    "evidence",
    "milestones",
    "progress",
    "courses",
    "facts",
    "resources",
    "plans",
    "recommendations",
    "readiness",
    "library",
    "roles",
    "panels",
    "items",
    "reports",
    "grounds",
    "estimates",
    "banks",
]
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "services", "managers", "misc"}
TRADE = {"numpy", "markdown_it", "mdit_py_plugins", "nh3", "pygments", "math_core", "yaml", "defusedxml", "fsrs",
         "PIL", "icalendar"}  # fmt: skip


def files():
    return [path for path in APP.rglob("*.py") if "node_modules" not in path.parts]


def room(path):
    relative = path.relative_to(APP)
    return relative.parts[0].removesuffix(".py") if relative.parts[0] != "__init__.py" else ""


def imported(path):
    """Every module a file imports, with its line."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            module = node.module or ""
            if module in ("assessments", "assessments.workflows"):
                yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(APP)))
def test_a_room_imports_only_rooms_below_it(path):
    here = room(path)
    for module, line in imported(path):
        if module.startswith("assessments.") and here:
            other = module.split(".")[1]
            assert other == here or other in MAY_IMPORT[here], f"{path.name}:{line}: {here} imports {other}"


@pytest.mark.parametrize("path", [path for path in files() if room(path) in PURE], ids=lambda path: path.name)
def test_pure_rooms_know_the_standard_library_and_their_trade(path):
    for module, line in imported(path):
        top = module.split(".")[0]
        known = top in sys.stdlib_module_names or top in TRADE or top == "assessments"
        assert known, f"{path.name}:{line}: a pure room imports {module}"


def test_workflows_call_each_other_in_one_order():
    for path in (APP / "workflows").glob("*.py"):
        if path.stem == "__init__":
            continue
        rank = WORKFLOW_ORDER.index(path.stem)
        for module, line in imported(path):
            parts = module.split(".")
            if parts[:2] == ["assessments", "workflows"] and len(parts) > 2:
                assert WORKFLOW_ORDER.index(parts[2]) > rank, f"{path.name}:{line}: {path.stem} calls {parts[2]}"


def test_no_room_is_called_by_a_noun_not_yet_found():
    assert not [path for path in files() if {path.stem, *path.relative_to(APP).parts} & FORBIDDEN_NAMES]


def test_every_room_is_in_the_table():
    rooms = {room(path) for path in files()} - {""}
    assert rooms <= set(MAY_IMPORT)
