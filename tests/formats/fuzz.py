"""Feeds the readers with broken files: `make fuzz`, `SECONDS=600` for each format.

Starts from the kept corpus and the samples in tests/data/exchange, changes them at random, and
keeps what leads a reader where none has led it before. A file that breaks the contract is saved in
the corpus under the name `broken-...`, so that the suite fails until it is mended.
"""

from __future__ import annotations

import hashlib
import io
import random
import re
import sys
import time
import zipfile
import zlib
from pathlib import Path

from assessments.formats.exchange import Format, Reading
from assessments.formats.registry import FORMATS
from tests.formats.contract import held

CORPUS = Path(__file__).parent / "corpus"
SAMPLES = Path(__file__).parents[1] / "data"
LARGEST_KEPT, MOST_KEPT, ENOUGH_BROKEN = 3000, 60, 10
TOKEN = re.compile(rb"\w+|[^\w\s]|\s+")
SIGNS = rb"""{ } ~ = # #### :: : % %50% %-100% -> // \ \\ \n $CATEGORY: [html] [markdown] [plain] A) a) ANSWER: T TRUE
* F < > </ /> <!-- --> <![CDATA[ ]]> & &lt; &#0; &#x110000; $$ $ \( \) <math><mfrac> <table><tr><td> <ul><li> <p>
<pre><code> 1e999 -1 0 nan 3,14 1..5 3:2 data:image/png;base64,AAAA"""
BLANKS = [b"", b" ", b"\n", b"\n\n", b"\r", b"\t", b"\0"]
ODD = [*SIGNS.split(), *BLANKS, b"\xff", b"\xef\xbb\xbf", b"ANSWER: A", b"\xd9\x85", b"\xe2\x80\xae"]


def samples_of(one: Format) -> list[bytes]:
    kept = sorted((CORPUS / one.name).glob("*")) if (CORPUS / one.name).exists() else []
    given = [path for path in sorted(SAMPLES.rglob("*")) if path.suffix in one.endings and path.stat().st_size < 30_000]
    each_kind = FORMATS["native"].read((SAMPLES / "one_of_each_kind.yaml").read_bytes())
    return [path.read_bytes() for path in [*kept, *given]] + [one.write(each_kind.questions, {}).content]


def changed(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The file with a few changes; of an archive, mostly one of its members is changed."""
    if content.startswith(b"PK") and chance.random() < 0.8:
        return _changed_member(content, others, chance)
    tokens = TOKEN.findall(content) or [b""]
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        CHANGES[chance.randrange(len(CHANGES))](tokens, others, chance)
    return b"".join(tokens)[:2_000_000]


def _changed_member(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    try:
        members = [(info.filename, data) for info, data in _members(content)]
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError, EOFError):
        return content
    if not members:
        return content
    place = chance.randrange(len(members))
    members[place] = (members[place][0], changed(members[place][1], [], chance))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in dict(members).items():
            archive.writestr(name, data)
    return packed.getvalue()


def _members(content: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        small = [info for info in archive.infolist() if info.file_size < 100_000]
        return [(info, archive.read(info)) for info in small[:50]]


def _slice(tokens: list[bytes], chance: random.Random) -> slice:
    begin = chance.randrange(len(tokens) + 1)
    return slice(begin, begin + chance.choice((1, 2, 5, 20, 100)))


def _leave_out(tokens: list[bytes], others: list[bytes], chance: random.Random) -> None:
    del tokens[_slice(tokens, chance)]


def _double(tokens: list[bytes], others: list[bytes], chance: random.Random) -> None:
    part = tokens[_slice(tokens, chance)]
    tokens[(place := chance.randrange(len(tokens) + 1)) : place] = part * chance.choice((1, 1, 2, 10, 150))


def _insert(tokens: list[bytes], others: list[bytes], chance: random.Random) -> None:
    tokens.insert(chance.randrange(len(tokens) + 1), chance.choice(ODD) * chance.choice((1, 1, 1, 2, 200)))


def _replace(tokens: list[bytes], others: list[bytes], chance: random.Random) -> None:
    if tokens:
        tokens[chance.randrange(len(tokens))] = chance.choice(ODD)


def _swap(tokens: list[bytes], others: list[bytes], chance: random.Random) -> None:
    if tokens:
        one, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        tokens[one], tokens[other] = tokens[other], tokens[one]


def _flip(tokens: list[bytes], others: list[bytes], chance: random.Random) -> None:
    if tokens and (token := bytearray(tokens[place := chance.randrange(len(tokens))])):
        token[chance.randrange(len(token))] ^= 1 << chance.randrange(8)
        tokens[place] = bytes(token)


def _graft(tokens: list[bytes], others: list[bytes], chance: random.Random) -> None:
    if others:
        scion = TOKEN.findall(chance.choice(others))
        tokens[(place := chance.randrange(len(tokens) + 1)) : place] = scion[_slice(scion, chance)]


CHANGES = (_leave_out, _double, _insert, _replace, _swap, _flip, _graft)


def trace_of(found: Reading | str) -> str:
    """Where a file has led its reader: kinds, keys in use and remarks, without their numbers and names."""
    if isinstance(found, str):
        return re.sub(r"[\d\"].*", "", found)
    kinds = sorted({f"{one.question.kind}{sorted(one.question.key)}" for one in found.questions})
    said = sorted({re.sub(r'".*"|\d+', "", remark.message)[:60] for remark in found.remarks})
    return f"{kinds}{said}"


def fuzz(one: Format, seconds: float, seed: int) -> int:
    """How many files broke the contract."""
    chance, pool, seen, broken, tried = random.Random(seed), samples_of(one), set[str](), 0, 0
    end = time.monotonic() + seconds
    folder = CORPUS / one.name
    folder.mkdir(parents=True, exist_ok=True)
    while time.monotonic() < end and broken < ENOUGH_BROKEN:
        content = changed(chance.choice(pool), pool, chance) if tried >= len(pool) else pool[tried]
        tried += 1
        try:
            trace = trace_of(held(one, content))
        except Exception as fault:
            broken += 1
            path = folder / f"broken-{hashlib.sha256(content).hexdigest()[:12]}"
            path.write_bytes(content)
            print(f"{one.name}: {type(fault).__name__}: {str(fault)[:200]} - {path}", flush=True)
            continue
        if trace not in seen:
            seen.add(trace)
            pool.append(content)
            if len(content) <= LARGEST_KEPT and len(list(folder.iterdir())) < MOST_KEPT:
                (folder / hashlib.sha256(content).hexdigest()[:12]).write_bytes(content)
    print(f"{one.name}: {tried} files, {len(seen)} ways through the reader, {broken} broken (seed {seed})", flush=True)
    return broken


def main(seconds: float, names: list[str]) -> int:
    seed = random.SystemRandom().randrange(10**9)
    return sum(fuzz(FORMATS[name], seconds, seed) for name in names or FORMATS)


if __name__ == "__main__":
    sys.exit(1 if main(float(sys.argv[1]), sys.argv[2:]) else 0)
