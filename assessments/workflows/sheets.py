"""The question sheet: what one question looks like to the person who is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assessments import markup
from assessments.markup import plain
from assessments.models import Attempt, ItemResponse, PracticeAnswer
from assessments.psychometrics import Posterior
from assessments.psychometrics.scale import SHOWN_PROBABILITY, THETA_PER_LEVEL
from assessments.questions.layout import Layout
from assessments.workflows import estimates
from assessments.workflows.courses import AreaCourse, MapCourse, course_of
from assessments.workflows.estimates import RULES, Scored

SUMMARY_LENGTH = 90
NORMAL_90 = 1.6449  # half a 90% interval in standard deviations


@dataclass(frozen=True)
class Choice:
    """An option or premise as it is laid out: its place names it on the page."""

    place: int
    html: str
    chosen: bool = False
    value: str = ""

    @property
    def text(self) -> str:
        """Without mark-up, for a list that takes none."""
        return plain(self.html)


class Shown:
    """The parts of a question that every view of it prints."""

    kind: str
    language: str
    html: Mapping[str, Any]

    @property
    def stem(self) -> str:
        return self.html["stem"]

    @property
    def code(self) -> str:
        return self.html["code"]

    @property
    def lead_in(self) -> str:
        return self.html["lead_in"]

    @property
    def answer_template(self) -> str:
        return f"assessments/attempts/answers/{self.kind}.html"


@dataclass(frozen=True, kw_only=True)
class Asked(Shown):
    """One question to answer, in a sitting, in practice or as its author tries it. Holds nothing of the key."""

    kind: str
    language: str = "en"
    html: Mapping[str, Any]
    unit: str
    options: list[Choice]
    premises: list[Choice]
    places: list[int]
    reuse: bool
    notice: str
    number: str
    text: str


def asked(
    kind: str,
    content: Mapping[str, Any],
    content_html: Mapping[str, Any],
    seed: int,
    *,
    notice: str = "",
    sent: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """The fields of Asked: a question as it is laid out, with what was sent before an error."""
    given = sent or {}
    layout = Layout.of(content, seed)
    html = markup.stored(content_html)
    return {
        "kind": kind,
        "html": html,
        "unit": content.get("unit", ""),
        "options": choices(layout.options, html["options"], given),
        "premises": choices(layout.premises, html["premises"], given, prefix="match_"),
        "places": list(range(1, len(layout.options) + 1)),
        "reuse": content.get("reuse", False),
        "notice": notice,
        "number": (given.get("number") or [""])[0],
        "text": (given.get("text") or [""])[0],
    }


@dataclass(frozen=True, kw_only=True)
class Sheet(Asked):
    """A question of a sitting, with how exact the estimate is so far."""

    attempt: Attempt
    position: int
    to_go: int
    width: float
    goal_width: float
    start_width: float

    @property
    def pause_url(self) -> str:
        area = self.attempt.area
        return reverse("area", args=[area.slug]) if area else reverse("map")

    @property
    def saved(self) -> int:
        return self.position - 1


def beginning(text: str, length: int) -> str:
    """The first words of a text. A word is cut only where there is no other place to cut."""
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class Past(Shown):
    """An answered question with the answer that was given."""

    response: ItemResponse | PracticeAnswer
    kind: str
    language: str
    html: Mapping[str, Any]
    options: list[Choice]
    premises: list[Choice]

    @property
    def summary(self) -> str:
        """The beginning of the question in plain text."""
        return beginning(plain(self.stem), SUMMARY_LENGTH)

    @property
    def before(self) -> int:
        return self.response.position - 1

    @property
    def entered(self) -> str:
        """A number or a text as it was typed."""
        answer = self.response.answer
        return answer["entered"] if isinstance(answer, dict) and "entered" in answer else str(answer)


def sheet_of(attempt: Attempt, *, notice: str = "", sent: Mapping[str, Sequence[str]] | None = None) -> Sheet:
    """The question of an open sitting that waits for its answer."""
    responses = estimates.responses_of(attempt)
    answered = [response for response in responses if not response.pending]
    return sheet(course_of(attempt, answered), responses[-1], notice=notice, sent=sent or {})


def sheet_after(step: Any) -> Sheet:
    """The question that follows an answer: its content is all that is still to be read."""
    pending = estimates.pending_of(step.attempt)
    return sheet(step.course, pending)


def sheet(
    course: AreaCourse | MapCourse,
    pending: Scored,
    *,
    notice: str = "",
    sent: Mapping[str, Sequence[str]] | None = None,
) -> Sheet:
    attempt = course.attempt
    return Sheet(
        attempt=attempt,
        position=pending.position,
        language=pending.language,
        to_go=course.to_go(),
        width=interval_width(course.widest()),
        goal_width=width_of(RULES[attempt.goal].target),
        start_width=width_of(1.0),
        **asked(pending.kind, pending.content, pending.content_html, pending.layout_seed, notice=notice, sent=sent),
    )


def choices(
    keys: Sequence[str], html: Mapping[str, str], sent: Mapping[str, Sequence[str]], prefix: str = "place_"
) -> list[Choice]:
    """In the order of the page, with what was sent before an error."""
    chosen = sent.get("choice", [])
    return [
        Choice(place, html[key], str(place) in chosen, (sent.get(f"{prefix}{place}") or [""])[0])
        for place, key in enumerate(keys, start=1)
    ]


def interval_width(posterior: Posterior) -> float:
    low, high = posterior.interval(SHOWN_PROBABILITY)
    return (high - low) / THETA_PER_LEVEL


def width_of(standard_error: float) -> float:
    """How many levels wide the 90% interval is at this precision."""
    return 2 * NORMAL_90 * standard_error / THETA_PER_LEVEL


def past(response: ItemResponse | PracticeAnswer) -> Past:
    """A question and the answer given, with nothing of the key."""
    version = response.version
    layout = Layout.of(version.content, response.layout_seed)
    answer = response.answer
    html = markup.stored(version.content_html)
    return Past(
        response=response,
        kind=version.kind,
        language=version.language,
        html=html,
        options=[
            Choice(place, html["options"][key], was_chosen(answer, key), given_place(answer, key))
            for place, key in enumerate(layout.options, start=1)
        ],
        premises=[
            Choice(place, html["premises"][key], value=matched(html, answer, key))
            for place, key in enumerate(layout.premises, start=1)
        ],
    )


def was_chosen(answer: Any, key: str) -> bool:
    return answer == key or (isinstance(answer, list) and key in answer)


def given_place(answer: Any, key: str) -> str:
    """Her place of a step in an ordering, her rating of an action."""
    if isinstance(answer, list) and key in answer:
        return str(answer.index(key) + 1)
    return str(answer.get(key, "")) if isinstance(answer, dict) else ""


def matched(html: Mapping[str, Any], answer: Any, premise: str) -> str:
    return html["options"].get(answer.get(premise), "") if isinstance(answer, dict) else ""
