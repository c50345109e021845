"""What stands on what: the sub-skills of an area in order of need, as places for boxes and wires.

Columns follow the need: what comes from other areas, what can be learned at once, what stands on
that. Rows are chosen so that wires stay short. All lengths are pixels of a drawing 1,040 wide.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

WIDTH = 1040
CHANNEL = 56  # between two columns, where the wires run
LANE = 6  # between two wires in a channel
ROW_AIR = 24
LINE, PADDING = 16, 11
LETTER = 8.0  # mean width of a bold letter, on the safe side for wide system faces
TOP = 26  # room for the names of the columns
SWEEPS = 4  # after these the rows of real areas no longer change


@dataclass(eq=False)
class Box:
    """A sub-skill on the map. column counts from 0; row may be anything until it is settled."""

    slug: str
    name: str
    area: str
    area_name: str
    outside: bool
    needs: list[Box] = field(default_factory=list)
    column: int = 0
    row: int = 0
    lines: list[str] = field(default_factory=list)
    under: list[str] = field(default_factory=list)
    x: int = 0
    y: int = 0
    text_y: int = 0


def boxes_of(rows: Iterable[Any]) -> list[Box]:
    """Rows of Area.grounds(), one for each sub-skill and need, as boxes in order of need."""
    found: dict[str, Box] = {}
    rows = list(rows)
    for row in rows:
        found.setdefault(row["slug"], Box(row["slug"], row["name"], row["home"], row["home_name"], outside=False))
    for row in rows:
        if row["need"] is None:
            continue
        outside = Box(row["need"], row["need_name"], row["need_area"], row["need_area_name"], outside=True)
        found[row["slug"]].needs.append(found.setdefault(row["need"], outside))
    placed = list(found.values())
    into_columns(placed)
    into_rows(placed)
    return sorted(placed, key=lambda box: (box.column, box.row))


def into_columns(boxes: Sequence[Box]) -> None:
    """A sub-skill stands one column after the last of its needs; other areas come before all."""
    first = 1 if any(box.outside for box in boxes) else 0

    def depth(box: Box, above: tuple[Box, ...] = ()) -> int:
        inside = [need for need in box.needs if not need.outside and need not in above]  # a circle is cut open
        return 1 + max((depth(need, (*above, box)) for need in inside), default=-1)

    for box in boxes:
        box.column = 0 if box.outside else first + depth(box)


def into_rows(boxes: Sequence[Box]) -> None:
    """Each box near the middle of what it is wired to; sweeps from left to right and back."""
    columns = [[box for box in boxes if box.column == column] for column in sorted({box.column for box in boxes})]
    height = max((len(column) for column in columns), default=0)
    for column in columns:
        spread_out(column, [at * height / len(column) for at in range(len(column))], height)
    wired = {box: [*box.needs, *(other for other in boxes if box in other.needs)] for box in boxes}
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            wanted = [fmean(other.row for other in wired[box]) if wired[box] else box.row for box in column]
            spread_out(column, wanted, height)


def spread_out(column: list[Box], wanted: Sequence[float], height: int) -> None:
    """Rows as near to the wanted ones as whole and different numbers below the height allow."""
    order = sorted(range(len(column)), key=lambda at: wanted[at])
    free = -1
    for rank, at in enumerate(order):
        last = height - (len(order) - rank)  # those that follow need a row each
        free = min(max(free + 1, round(wanted[at])), last)
        column[at].row = free
    column.sort(key=lambda box: box.row)


def drawn(boxes: Sequence[Box], said: Mapping[str, str]) -> dict[str, Any]:
    """Sizes, wires and heads of columns. `said`: words below the name of a sub-skill, by slug."""
    columns = 1 + max((box.column for box in boxes), default=0)
    width = (WIDTH - (columns - 1) * CHANNEL) // columns
    letters = int((width - 2 * PADDING) / LETTER)
    for box in boxes:
        box.lines = textwrap.wrap(box.name, letters)
        box.under = textwrap.wrap(box.area_name if box.outside else said.get(box.slug, ""), letters)
    height = LINE * max((len(box.lines) + len(box.under) for box in boxes), default=1) + 2 * PADDING
    for box in boxes:
        box.x, box.y = box.column * (width + CHANNEL), TOP + box.row * (height + ROW_AIR)
        box.text_y = box.y + (height - LINE * (len(box.lines) + len(box.under))) // 2 - 4
    rows = 1 + max((box.row for box in boxes), default=0)
    return {
        "width": width,
        "height": height,
        "whole": TOP + rows * (height + ROW_AIR),
        "heads": [column * (width + CHANNEL) for column in range(columns)],
        "wires": [wire(need, box, boxes, width, height) for box in boxes for need in box.needs],
    }


def wire(need: Box, box: Box, boxes: Sequence[Box], width: int, height: int) -> dict[str, str]:
    """From the right side of the need to the left side of the box, never through a third one."""
    start, end = need.x + width, box.x
    out, into = need.y + height // 2, box.y + height // 2
    number = lane_of(need, box, boxes)
    lane = LANE * number
    turn = end - CHANNEL + 12 + lane
    path = f"M{start} {out}"
    if box.column - need.column > 1:  # along the free space between two rows
        between = need.y + height + ROW_AIR // 2 if box.row >= need.row else need.y - ROW_AIR // 2
        aside = between + 3 * (number - 2)
        path += f"H{start + 12 + lane}V{aside}"
    return {"path": f"{path}H{turn}V{into}H{end}", "head": f"M{end - 9} {into - 5}L{end} {into}L{end - 9} {into + 5}z"}


def lane_of(need: Box, box: Box, boxes: Sequence[Box]) -> int:
    """Every need has a lane of its own before a column, so that two wires never look like one."""
    column = [other for other in boxes if other.column == box.column]
    sources = dict.fromkeys(source for other in column for source in other.needs)
    return sorted(sources, key=lambda one: (one.row, one.column)).index(need) % ((CHANNEL - 24) // LANE)
