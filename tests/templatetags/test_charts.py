"""Every chart is well-formed, says in words what it shows, and carries no style of its own."""

import datetime
import re
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from assessments.templatetags.grounds import Box, boxes_of, drawn

NORMAL = {"value": 3.2, "low": 2.4, "high": 3.9}
LOWEST = {"value": 1.0, "low": 1.0, "high": 1.7}
HIGHEST = {"value": 6.0, "low": 5.2, "high": 6.0}
WIDEST = {"value": 3.4, "low": 1.0, "high": 6.0}
BEYOND = {"value": 1.0, "low": 1.0, "high": 1.0}
UNMEASURED = {"value": None, "low": None, "high": None}
READINGS = [NORMAL, LOWEST, HIGHEST, WIDEST, BEYOND, UNMEASURED]
STEPS = [
    {"value": 2.6, "low": 1.0, "high": 4.9, "outcome": "wrong"},
    {"value": 3.0, "low": 2.0, "high": 4.1, "outcome": "right"},
    {"value": 2.9, "low": 2.2, "high": 3.7, "outcome": "unknown", "label": "Last"},
]
BINS = [
    {"label": "Guess", "claimed": 0.25, "right": 0, "total": 4},
    {"label": "Certain", "claimed": 0.95, "right": 29, "total": 37},
    {"label": "Never said", "claimed": 0.5, "right": 0, "total": 0},
]
ROWS = [
    {"name": "Open <area>", "url": "/b", "target": 3, **UNMEASURED},
    {"name": "Above", "url": "/a", "target": 3, "value": 3.8, "low": 3.2, "high": 4.4},
    {"name": "Below", "url": None, "target": 3, "value": 2.0, "low": 1.4, "high": 2.6},
]


def points(*days: int) -> list[dict[str, Any]]:
    return [{"date": datetime.date(2026, 11, day), **NORMAL} for day in days]


def draw(source: str, **context: Any) -> str:
    return Template("{% load charts %}" + source).render(Context(context))


def tree(markup: str) -> ElementTree.Element:
    """Strict XML, so that an SVG taken out of the page is still one."""
    return ElementTree.fromstring(f"<page>{markup}</page>")  # noqa: S314 - our own output


HILL = [0.0, 0.1, 0.6, 1.0, 0.6, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0]


def ground(slug: str, need: str | None = None, home: str = "here") -> dict[str, str | None]:
    """A row as Area.grounds() gives it."""
    named = {"slug": slug, "name": f"The {slug} & more", "home": "here", "home_name": "Here"}
    return {**named, "need": need, "need_name": need, "need_area": home, "need_area_name": home.title()}


CIRCLE = [ground("one", "two"), ground("two", "one")]
GROUNDS = [
    ground("splitting", "sampling", "elsewhere"),
    ground("leakage", "splitting"),
    ground("leakage", "scaling", "elsewhere"),
    ground("tuning", "leakage"),
    ground("alone"),
]
TALLIES = [
    {"subskill": SimpleNamespace(slug="leakage"), "right": 1, "asked": 3},
    {"subskill": SimpleNamespace(slug="tuning"), "right": 1, "asked": 2},
]
DRAWINGS: list[tuple[str, dict[str, Any]]] = [
    *[("{% level_rule value=value low=low high=high target=3 claimed=4 %}", one) for one in READINGS],
    *[("{% level_rule value=value low=low high=high hero=True table=False %}", one) for one in READINGS],
    *[("{% small_rule value=value low=low high=high target=2.5 label='Python' %}", one) for one in READINGS],
    *[("{% precision_bar width=width goal=0.8 start=4.1 %}", {"width": width}) for width in (5, 4.1, 0.8, 0.1)],
    ("{% profile_chart rows %}", {"rows": ROWS}),
    ("{% profile_chart rows %}", {"rows": []}),
    *[
        ("{% trend_chart points target=3 %}", {"points": one})
        for one in ([], points(1), points(1, 2), points(1, 1, 20))
    ],
    ("{% sitting_chart steps target=3 %}", {"steps": STEPS}),
    ("{% sitting_chart steps %}", {"steps": []}),
    ("{% calibration_chart bins %}", {"bins": BINS}),
    ("{% calibration_chart bins %}", {"bins": []}),
    ("{% readiness_rule 0.3 0.62 value=0.47 %}", {}),
    ("{% readiness_rule 0 1 %}", {}),
    ("{% level_table chances %}", {"chances": [0.0, 0.2, 0.5, 0.3, 0.0]}),
    *[
        ("{% level_rule value=value low=low high=high target=3 shape=shape %}", {"shape": HILL, **one})
        for one in READINGS
    ],
    *[("{% subskill_map grounds %}", {"grounds": one}) for one in ([], GROUNDS, CIRCLE)],
    ("{% subskill_map grounds tallies %}", {"grounds": GROUNDS, "tallies": TALLIES}),
    ("{% legend 'you' 'interval' 'short' 'target' 'claimed' 'unmeasured' %}", {}),
]


@pytest.mark.parametrize(("source", "context"), DRAWINGS)
def test_is_well_formed_without_styles_and_with_ids_of_its_own(source: str, context: dict[str, Any]) -> None:
    markup = draw(source + source, **context)
    root = tree(markup)
    assert "style=" not in markup
    assert "<script" not in markup
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("source", "context"), DRAWINGS)
def test_every_picture_has_words(source: str, context: dict[str, Any]) -> None:
    root = tree(draw(source, **context))
    named = {element.get("id") for element in root.iter() if element.get("id") and "".join(element.itertext()).strip()}
    for picture in (element for element in root.iter("svg") if element.get("role") == "img"):
        if not picture.get("aria-label"):
            assert set(picture.get("aria-labelledby", "nothing").split()) <= named


@pytest.mark.parametrize("source", [source for source, _ in DRAWINGS[:15]])
def test_places_are_written_the_same_in_every_language(source: str) -> None:
    with translation.override("de"):
        markup = draw(source, **NORMAL, width=1.9)
    numbers = re.findall(r'\s(?:x|y|x1|x2|y1|y2|width|height|cx|cy|r)="([^"]*)"', markup)
    assert numbers
    assert all(re.fullmatch(r"-?\d+(\.\d+)?%?", number) for number in numbers)


def test_interval_is_cut_at_the_target_and_said_in_words() -> None:
    markup = draw("{% level_rule value=3.2 low=2.4 high=3.9 target=3 %}")
    short = next(element for element in tree(markup).iter("line") if element.get("class") == "short")
    assert (short.get("x1"), short.get("x2")) == ("28%", "40%")
    assert "Target 3: undecided." in markup
    assert "with 90% probability 2.4 to 3.9" in markup


def test_nothing_is_pale_where_the_whole_interval_meets_the_target() -> None:
    markup = draw("{% level_rule value=3.8 low=3.2 high=4.4 target=3 %}")
    assert 'class="short"' not in markup
    assert "Target 3: meets." in markup


def test_the_posterior_has_the_last_word_on_the_chance() -> None:
    assert "probably short" in draw("{% level_rule value=3.2 low=2.4 high=3.9 target=3 chance=0.1 %}")


def test_profile_puts_the_largest_gap_first_and_the_unmeasured_last() -> None:
    rows = list(tree(draw("{% profile_chart rows %}", rows=ROWS)).iter("li"))
    assert ["".join(row[0].itertext()).strip() for row in rows] == ["Below", "Above", "Open <area>"]
    assert "not measured" in "".join(rows[-1].itertext())


def test_precision_bar_is_light_and_tells_no_level() -> None:
    markup = draw("{% precision_bar width=1.9 goal=0.8 start=4.1 %}")
    assert len(markup) < 900
    assert 'class="b' not in markup


def test_calibration_leaves_out_what_was_never_said() -> None:
    markup = draw("{% calibration_chart bins %}", bins=BINS)
    assert "29/37" in markup
    assert "Never said" not in markup


def test_hundred_ticks_are_one_hundred() -> None:
    markup = draw("{% readiness_rule 0.3 0.62 %}")
    assert len(re.findall(r"M\d+\.5", markup)) == 100


def test_dates_that_would_overlap_are_written_once() -> None:
    root = tree(draw("{% trend_chart points %}", points=points(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)))
    dates = [element.text for element in root.iter("text") if "Nov" in (element.text or "")]
    assert 1 < len(dates) < 10


def test_the_shape_of_the_doubt_is_cut_at_the_target_and_both_sides_are_said() -> None:
    markup = draw("{% level_rule value=3.2 low=2.4 high=3.9 target=3 shape=shape chance=0.65 %}", shape=HILL)
    short, meets = re.findall(r'class="hill(?: is-short)?" d="([^"]+)"', markup)
    assert max(float(x) for x in re.findall(r"[ML]([\d.]+) ", short)) == 40  # a target of 3 stands at two fifths
    assert min(float(x) for x in re.findall(r"[ML]([\d.]+) ", meets)) == 40
    assert "short: 35 in 100" in markup
    assert "meets: 65 in 100" in markup


def test_on_the_map_what_a_subskill_needs_stands_before_it_and_is_met_first_by_tab() -> None:
    boxes = boxes_of(GROUNDS)
    assert [(box.slug, box.column) for box in boxes if box.slug in ("sampling", "splitting", "leakage", "tuning")] == [
        ("sampling", 0), ("splitting", 1), ("leakage", 2), ("tuning", 3),
    ]  # fmt: skip
    assert all(need.column < box.column for box in boxes for need in box.needs)
    assert len({(box.column, box.row) for box in boxes}) == len(boxes), "no two in one place"


def test_the_map_says_counts_never_levels_and_marks_the_weak_and_the_foreign() -> None:
    root = tree(draw("{% subskill_map grounds tallies %}", grounds=GROUNDS, tallies=TALLIES))
    links = {link.get("aria-label"): link for link in root.iter("a") if link.get("aria-label")}
    look = {label: link.find("rect").get("class") for label, link in links.items() if label}  # type: ignore[union-attr]
    assert (
        look["The leakage & more. 1 of 3 right. Stands on: The splitting & more, scaling (Elsewhere)."] == "node weak"
    )
    assert look["The tuning & more. 1 of 2 right. Stands on: The leakage & more."] == "node"
    assert look["sampling (Elsewhere)."] == "node ext"
    assert links["sampling (Elsewhere)."].get("href") == "/areas/elsewhere/#sampling"
    assert look["The alone & more. not asked."] == "node"


def test_no_wire_runs_through_a_box_on_its_way() -> None:
    boxes = boxes_of(GROUNDS)
    picture = drawn(boxes, {})
    for wire in picture["wires"]:
        x = y = 0.0
        for kind, *numbers in re.findall(r"([MHV])([\d.]+)(?: ([\d.]+))?", wire["path"]):
            start = (x, y)
            x, y = (
                (float(numbers[0]), float(numbers[1])) if kind == "M"
                else (float(numbers[0]), y) if kind == "H" else (x, float(numbers[0]))
            )  # fmt: skip
            if kind != "M":
                assert not [box for box in boxes if crosses(box, start, (x, y), picture)], wire["path"]


def crosses(box: Box, start: tuple[float, float], end: tuple[float, float], picture: dict[str, Any]) -> bool:
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    beside = right <= box.x or left >= box.x + picture["width"]
    return not (beside or bottom <= box.y or top >= box.y + picture["height"])
