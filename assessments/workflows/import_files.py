"""A question file is read in a process of its own, which may take only so much time and memory.

The process is a copy of this one (fork), so that it starts at once; it never touches the database.
A second copy renders what the first has read, and once the file is read both do. What they find
comes through two pipes as one JSON record a line.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import selectors
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO

from assessments.formats.exchange import (
    MOST_BYTES,
    MOST_QUESTIONS,
    SECONDS_PER_MEGABYTE,
    Exchanged,
    FileRefused,
    Reading,
    Remark,
)
from assessments.formats.registry import FORMATS
from assessments.workflows.bank_files import Shelf
from assessments.workflows.import_records import Record, head_of, records_of, said, slug_of

Numbered = tuple[int, Exchanged, str]  # its place in the file, and the id that it gets
STATM = Path("/proc/self/statm")  # its first number: pages of memory that this process has asked for

ROOM = 180_000_000  # bytes beside the 76 MB that the site itself takes: 256 MB together
SECONDS_TO_BEGIN = 2.0
SECONDS_TO_RENDER = 300  # of 10,000 questions: they take 6 when nothing else runs
CHUNK = 50  # questions that are given away at once
AT_A_TIME = 1 << 20  # bytes that are taken from a pipe
OUT_OF_MEMORY = 3
TOO_MUCH_MEMORY = "reading the file takes more than 256 MB of memory; divide it"
TOO_SLOW = f"reading the file takes more than {SECONDS_PER_MEGABYTE:.0f} seconds per MB; divide it"
OUR_FAULT = "the reader stopped with an error of ours; the operator finds it in the log"


def read_apart(format_name: str, content: bytes, shelf: Shelf) -> Iterator[Record]:
    """What the file holds: {"total"}, {"picture"}, {"remark"} and {"question"}; FileRefused when it is none.

    They come as they are found: what came before a refusal is void.
    """
    if len(content) > MOST_BYTES:
        raise FileRefused(f"the file has more than {MOST_BYTES // 1_000_000} MB; divide it")
    pipes = [os.pipe(), os.pipe()]
    child = os.fork()
    if child == 0:
        for ours, _its in pipes:
            os.close(ours)
        _live(lambda: _read(format_name, content, shelf, [its for _ours, its in pipes]))
    for _ours, its in pipes:
        os.close(its)
    ended = False
    try:
        for line in lines_of([ours for ours, _its in pipes]):
            record = json.loads(line)
            if "refused" in record:
                raise FileRefused(record["refused"], record["line"])
            yield record
        ended = True
    finally:
        if not ended:
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        for ours, _its in pipes:
            os.close(ours)
    if status != 0:
        raise FileRefused(_why(status))


def lines_of(pipes: Iterable[int]) -> Iterator[bytes]:
    """Whole lines of several pipes, of whichever has any."""
    begun: dict[int, list[bytes]] = {pipe: [] for pipe in pipes}
    with selectors.DefaultSelector() as selector:
        for pipe in begun:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            for ready, _events in selector.select():
                found = os.read(ready.fd, AT_A_TIME)
                if not found:
                    selector.unregister(ready.fd)
                    continue
                *ended, rest = found.split(b"\n")
                if ended:
                    ended[0] = b"".join([*begun[ready.fd], ended[0]])
                    begun[ready.fd] = []
                begun[ready.fd].append(rest)
                yield from ended


def _why(status: int) -> str:
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        return TOO_SLOW
    if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == OUT_OF_MEMORY:
        return TOO_MUCH_MEMORY
    return OUR_FAULT


# --- what the two children do -----------------------------------------------------------------------


def _live(life: Callable[[], int]) -> None:
    """The life of a child. It ends here: nothing of the parent's may be closed or flushed by it."""
    code = 1
    try:
        gc.disable()
        code = life()
    except MemoryError:
        code = OUT_OF_MEMORY
    except BaseException:  # whatever it is, the parent must hear of it
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)


def _read(format_name: str, content: bytes, shelf: Shelf, pipes: list[int]) -> int:
    """Read the file, and let a second process render what is read; then help it with what is left."""
    first, second = pipes
    _limit(len(content))
    work = Work(second, shelf, also_close=first)
    with os.fdopen(first, "wb") as out, suppress(Alone):
        try:
            reading = _reading(format_name, content, lambda one: _write(out, map(said, work.add(one))))
        except FileRefused as refused:
            work.give_up()
            _write(out, [{"refused": refused.args[0], "line": refused.line}])
            return 0
        _limit_seconds(SECONDS_TO_RENDER)
        _write(out, head_of(reading))
        out.flush()
        for chunk in work.left():
            _render(out, chunk, shelf)
    return work.end()


def _reading(format_name: str, content: bytes, each: Callable[[Exchanged], None]) -> Reading:
    reading = FORMATS[format_name].read(content, each)
    if len(reading.questions) > MOST_QUESTIONS:
        raise FileRefused(f"the file has more than {MOST_QUESTIONS} questions; divide it")
    return reading


class Alone(Exception):
    """The second process has ended before its time."""


class Work:
    """What is read and not rendered yet, and the second process, which asks for some before it has none."""

    def __init__(self, out: int, shelf: Shelf, also_close: int) -> None:
        self.count = 0
        self.slugs: set[str] = set()
        self.chunks: deque[list[Numbered]] = deque([[]])
        self.second, its = Pipe()
        self.child = os.fork()
        if self.child == 0:
            os.close(also_close)
            self.second.close()
            _live(lambda: _help(its, out, shelf))
        its.close()
        os.close(out)

    def add(self, one: Exchanged) -> list[Remark]:
        """What is to be said of its id."""
        slug, remarks = slug_of(one, self.slugs)
        if len(self.chunks[-1]) == CHUNK:
            self.give()
            self.chunks.append([])
        self.chunks[-1].append((self.count, one, slug))
        self.count += 1
        return remarks

    def give(self) -> None:
        """Some to the second process, if it has asked."""
        try:
            if self.chunks and self.second.poll():
                self.second.recv()
                self.second.send(self.chunks.popleft())
        except (EOFError, ConnectionError):
            raise Alone from None

    def left(self) -> Iterator[list[Numbered]]:
        """What the first process must render itself, while the second goes on asking."""
        while self.chunks:
            self.give()
            if self.chunks:
                yield self.chunks.popleft()

    def end(self) -> int:
        """What became of the second process, once it has rendered all it was given."""
        with suppress(ConnectionError):
            self.second.send(None)
        code = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        if code < 0:  # a signal, of which the first dies too: so the parent hears what it was
            os.kill(os.getpid(), -code)
        return code

    def give_up(self) -> None:
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)


def _help(first: Connection, out: int, shelf: Shelf) -> int:
    """The second process: it asks for questions and renders them until there are no more."""
    _limit_seconds(SECONDS_TO_RENDER)
    with os.fdopen(out, "wb") as pipe, suppress(EOFError, ConnectionError):
        first.send("more")
        while chunk := first.recv():
            first.send("more")
            _render(pipe, chunk, shelf)
    return 0


def _render(out: BinaryIO, chunk: list[Numbered], shelf: Shelf) -> None:
    for numbered in chunk:
        _write(out, records_of(*numbered, shelf))
    out.flush()


def _write(out: BinaryIO, records: Iterable[Record]) -> None:
    for record in records:
        out.write(json.dumps(record).encode() + b"\n")


def _limit(size: int) -> None:
    if STATM.exists():  # elsewhere than on Linux the machine's own limits must do
        room = int(STATM.read_text().split()[0]) * resource.getpagesize() + ROOM
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_seconds(SECONDS_TO_BEGIN + SECONDS_PER_MEGABYTE * size / 1_000_000)


def _limit_seconds(seconds: float) -> None:
    """So many seconds of the processor from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))
