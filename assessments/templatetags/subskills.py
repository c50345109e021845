"""The map of an area's sub-skills: boxes and wires on a wide screen, a tree on a narrow one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.templatetags.grounds import Box, boxes_of, drawn
from assessments.templatetags.one_reading import Context, figure, sentence
from assessments.templatetags.places import field
from assessments.templatetags.words import right_of


def subskill_map(grounds: Iterable[Any], tallies: Iterable[Any] = (), caption: str = "") -> Context:
    """What stands on what. grounds: Area.grounds(); tallies: right and asked of each sub-skill, after a sitting."""
    counted = {field(one, "subskill").slug: (field(one, "right"), field(one, "asked")) for one in tallies}
    boxes = boxes_of(grounds)
    said = {box.slug: tally_words(box, counted) for box in boxes}
    nodes = [node(box, counted, said[box.slug]) for box in boxes]
    inside = [one for one in nodes if not one["box"].outside]
    title = caption or _("Map of what stands on what")
    head = [_("Sub-skill"), _("Stands on")]
    return figure(
        title,
        _("Read from left to right: what a sub-skill needs comes before it."),
        **drawn(boxes, said),
        nodes=nodes,
        heads_of_columns=heads(boxes),
        tree=branches(boxes, {one["box"].slug: one for one in inside}),
        counted=bool(counted),
        outside=len(inside) < len(nodes),
        table={
            "caption": title,
            "label": _("The map as a table"),
            "head": [*head, _("Right")] if counted else head,
            "rows": [(one["box"].name, one["needs"], *([one["said"]] if counted else [])) for one in inside],
        },
    )


def tally_words(box: Box, counted: dict[str, tuple[int, int]]) -> str:
    if box.outside or not counted:
        return ""
    return right_of(*counted[box.slug]) if box.slug in counted else _("not asked")


def node(box: Box, counted: dict[str, tuple[int, int]], said: str) -> Context:
    """A box with its words. Weak means: fewer than half of its questions were right. A hint, not a level."""
    right, asked = counted.get(box.slug, (0, 0))
    needs = ", ".join(need_words(need) for need in box.needs)
    return {
        "box": box,
        "url": f"{reverse('area', args=[box.area])}#{box.slug}",
        "weak": 2 * right < asked,
        "said": said,
        "needs": needs or _("nothing"),
        "label": sentence(
            f"{box.name}." if not box.outside else f"{box.name} ({box.area_name}).",
            f"{said}." if said else "",
            _("Stands on: %(needs)s.") % {"needs": needs} if needs else "",
        ),
    }


def need_words(need: Box) -> str:
    return f"{need.name} ({need.area_name})" if need.outside else need.name


def heads(boxes: list[Box]) -> list[str]:
    """What the columns are called."""
    last = max((box.column for box in boxes), default=0)
    outside = any(box.outside for box in boxes)
    inner = last if outside else last + 1
    names = [_("First"), *[_("Then")] * (inner - 2), _("Last")] if inner > 1 else [_("At once")]
    return [_("From other areas"), *names] if outside else names


def branches(boxes: list[Box], nodes: dict[str, Context]) -> list[Context]:
    """The tree of a narrow screen: each sub-skill once, under the last of its needs in this area."""
    found = []

    def grow(box: Box, depth: int) -> None:
        found.append({**nodes[box.slug], "depth": min(depth, 4)})
        for other in boxes:
            if not other.outside and other.needs and parent(other) is box:
                grow(other, depth + 1)

    for box in boxes:
        if not box.outside and parent(box) is None:
            grow(box, 0)
    return found


def parent(box: Box) -> Box | None:
    inside = [need for need in box.needs if not need.outside and need.column < box.column]
    return max(inside, key=lambda need: need.column, default=None)
