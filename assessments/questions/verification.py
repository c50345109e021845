"""Runs the code of questions and the code that proves their keys, and compares what it prints."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from assessments.questions.entry import Entry
from assessments.questions.numeric import is_within
from assessments.questions.registry import kind
from assessments.questions.running import Limits, Outcome, Snippet, run

HASH_SEEDS = (
    "0",
    "1",
)  # twice, so that a result that hangs on the order of a set is caught
TAIL = 300  # characters of an error message that are shown
VERSIONS = """
import importlib.metadata, json, sys
found = {"python": sys.version}
for name in json.load(sys.stdin):
    try:
        found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Fault:
    """A claim of an entry that its code does not bear out."""

    slug: str
    part: str  # code or verify
    message: str

    def __str__(self) -> str:
        return f"{self.slug}, {self.part}: {self.message}"


@dataclass(frozen=True)
class Skip:
    """Code that was not run since packages or programs are missing."""

    slug: str
    part: str
    missing: tuple[str, ...]
    optional: bool  # nothing but optional needs are missing

    def __str__(self) -> str:
        return f"{self.slug}, {self.part}: not run, {', '.join(self.missing)} missing"


@dataclass(frozen=True)
class Report:
    """What a verification found."""

    faults: tuple[Fault, ...]
    skips: tuple[Skip, ...]
    checked: int  # pieces of code that were run or known from before


@dataclass(frozen=True)
class Piece:
    """A piece of code of an entry; `prints` is what it must print, if anything is said."""

    slug: str
    part: str
    snippet: Snippet
    prints: str | None
    needs: tuple[str, ...] = ()
    optional_needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workbench:
    """Where code is run: the interpreter, what it has installed, and the store of outcomes."""

    interpreter: str
    cache: Path | None
    limits: Limits
    versions: dict[str, str]


def verify(
    entries: Sequence[Entry],
    *,
    interpreter: str,
    cache: Path | None = None,
    workers: int = 1,
    limits: Limits | None = None,
) -> Report:
    """Runs every piece of code of the entries and gathers what does not hold.

    interpreter: the Python that runs the code, with the packages the questions need.
    cache: a folder of the outcomes of code that ended well, named by what was run.
    """
    limits = limits or Limits()
    pieces = [piece for entry in entries for piece in pieces_of(entry)]
    versions = _versions(pieces, interpreter, limits)
    bench = Workbench(interpreter, cache, limits, versions)
    skips = [skip for piece in pieces if (skip := _skip(piece, bench))]
    skipped = {(skip.slug, skip.part) for skip in skips}
    to_run = [piece for piece in pieces if (piece.slug, piece.part) not in skipped]
    with ThreadPoolExecutor(max_workers=workers) as pool:
        found = list(pool.map(lambda piece: _check(piece, bench), to_run))
    faults = [fault for entry in entries for fault in written_faults(entry)]
    faults += [fault for faults_of_piece in found for fault in faults_of_piece]
    return Report(tuple(faults), tuple(skips), len(to_run))


def pieces_of(entry: Entry) -> list[Piece]:
    """The code shown with the question, and the code that proves its key."""
    found = []
    code, stdout = entry.question.content.get("code"), entry.question.key.get("stdout")
    if code and stdout:
        snippet = Snippet(code["language"], code["source"])
        found.append(Piece(entry.slug, "code", snippet, stdout, entry.needs, entry.optional_needs))
    if snippet_and_print := _proof(entry):
        needs = tuple(entry.verify.get("needs", ()))
        optional = tuple(entry.verify.get("optional_needs", ()))
        found.append(Piece(entry.slug, "verify", *snippet_and_print, needs, optional))
    return found


def _proof(entry: Entry) -> tuple[Snippet, str | None] | None:
    how = entry.verify
    if how.get("kind") == "python":
        return Snippet("python", how.get("source", "")), None
    if how.get("kind") == "sqlite" and "also" in how:
        code = entry.question.content.get("code") or {"source": ""}
        source = _set_up(code["source"]) + how["also"]["sql"]
        return Snippet("sql", source), how["also"]["stdout"]
    return None


def _set_up(sql: str) -> str:
    """The statements that make tables and rows, without those that only look."""
    statements = [statement.strip() for statement in sql.split(";") if statement.strip()]
    kept = [s for s in statements if not s.upper().startswith(("SELECT", "WITH"))]
    return "".join(f"{statement};\n" for statement in kept)


def written_faults(entry: Entry) -> Iterator[Fault]:
    """What can be seen without running anything."""
    how, stdout = entry.verify, entry.question.key.get("stdout")
    if not how.get("kind"):
        yield Fault(entry.slug, "verify", "it does not say how its key is verified")
    if how.get("kind") == "none" and not how.get("reason"):
        yield Fault(entry.slug, "verify", "`none` needs a reason")
    if how.get("kind") == "python" and not how.get("source", "").strip():
        yield Fault(entry.slug, "verify", "there is no source to run")
    if how.get("kind") in ("stdout", "sqlite") and not stdout:
        yield Fault(entry.slug, "verify", "there is no code with a stdout")
    if how.get("kind") in ("stdout", "sqlite") and stdout:
        yield from _key_faults(entry, stdout.strip())


def _key_faults(entry: Entry, printed: str) -> Iterator[Fault]:
    """Where the printed line is the answer, it must earn the point."""
    key = entry.question.key
    if entry.kind == "short_text" and not kind("short_text").score(entry.question, printed).right:
        yield Fault(entry.slug, "code", f"the printed {printed!r} is not accepted as an answer")
    if entry.kind == "numeric":
        try:
            value = float(printed)
        except ValueError:
            yield Fault(entry.slug, "code", f"the printed {printed!r} is not one number")
            return
        if not is_within(value, key["right"], key.get("tolerance", 0)):
            yield Fault(entry.slug, "code", f"the key differs from the printed {printed}")


def _versions(pieces: Iterable[Piece], interpreter: str, limits: Limits) -> dict[str, str]:
    """What the interpreter has of all that the pieces need."""
    names = sorted({name for piece in pieces for name in piece.needs + piece.optional_needs})
    source = VERSIONS.replace("json.load(sys.stdin)", repr(names))
    asked = run(Snippet("python", source), interpreter=interpreter, hash_seed="0", limits=limits)
    if not asked.ended_well:
        raise ValueError(f"the interpreter {interpreter} does not run: {asked.stderr[-TAIL:]}")
    found: dict[str, str] = json.loads(asked.stdout)
    programs = {name: "program" for name in names if name not in found and shutil.which(name)}
    return found | programs


def _skip(piece: Piece, bench: Workbench) -> Skip | None:
    lacking = [name for name in piece.needs if name not in bench.versions]
    optional = [name for name in piece.optional_needs if name not in bench.versions]
    if not lacking and not optional:
        return None
    return Skip(piece.slug, piece.part, tuple(lacking + optional), optional=not lacking)


def _check(piece: Piece, bench: Workbench) -> list[Fault]:
    """Runs a piece with each seed; the first run that fails is told."""
    for seed in HASH_SEEDS:
        message = _complaint(piece, _outcome(piece, bench, seed), bench.limits)
        if message:
            return [Fault(piece.slug, piece.part, message)]
    return []


def _complaint(piece: Piece, outcome: Outcome, limits: Limits) -> str:
    if outcome.status is None:
        return f"not done after {limits.seconds} seconds"
    if not outcome.ended_well:
        return f"ended with status {outcome.status}: {outcome.stderr.strip()[-TAIL:]}"
    if piece.prints is not None and outcome.stdout != piece.prints:
        return f"printed {outcome.stdout[:TAIL]!r} instead of {piece.prints[:TAIL]!r}"
    return ""


def _outcome(piece: Piece, bench: Workbench, seed: str) -> Outcome:
    """From the cache where the very same was run before; only good ends are kept."""
    file = _cache_file(piece, bench, seed)
    if file and (known := _known(file)):
        return known
    outcome = run(
        piece.snippet,
        interpreter=bench.interpreter,
        hash_seed=seed,
        limits=bench.limits,
    )
    if file and outcome.ended_well:
        _keep(outcome, file)
    return outcome


def _known(file: Path) -> Outcome | None:
    """What the cache holds; a file that cannot be read counts as none."""
    try:
        return Outcome(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _keep(outcome: Outcome, file: Path) -> None:
    """Written aside and moved into place, so that nobody reads half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="utf-8") as aside:
        json.dump(asdict(outcome), aside)
    Path(aside.name).replace(file)


def _cache_file(piece: Piece, bench: Workbench, seed: str) -> Path | None:
    """Named by the code, the seed and the versions of all that it needs."""
    if bench.cache is None:
        return None
    used = ("python", *piece.needs, *piece.optional_needs)
    versions = {name: bench.versions.get(name) for name in used}
    said = json.dumps([asdict(piece.snippet), seed, versions], sort_keys=True)
    return bench.cache / f"{hashlib.sha256(said.encode()).hexdigest()}.json"
