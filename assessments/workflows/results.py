"""What one finished sitting says: level, sub-skills, answers, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from assessments import markup
from assessments.guidance.gaps import Answer, Standing
from assessments.guidance.recommendation import Choice, Recommendation, recommend
from assessments.models import (
    AreaEstimate,
    Attempt,
    ItemReference,
    ItemResponse,
    Learner,
    PracticeAnswer,
    ResourceChoice,
    RoleProfile,
)
from assessments.models.skills import Ground
from assessments.psychometrics import LevelReport, Posterior, level_report
from assessments.psychometrics.scale import SHOWN_PROBABILITY, reading, shape_on_rule
from assessments.questions.layout import Layout
from assessments.questions.registry import kind
from assessments.workflows import estimates
from assessments.workflows.grounds import grounds_of
from assessments.workflows.library import Library, Scale, stamped
from assessments.workflows.progress import Since, since
from assessments.workflows.recommendations import Said, aimed_at, gaps
from assessments.workflows.sheets import Past, past

PIECES = 3


@dataclass(frozen=True)
class SubskillTally:
    """Counted, never levelled: a handful of answers is a hint."""

    subskill: Any
    right: int
    asked: int


@dataclass(frozen=True)
class Marked:
    """An option as it is shown afterwards."""

    place: int
    html: str
    right: bool
    chosen: bool
    note: str


@dataclass(frozen=True)
class Reviewed:
    """One question of the sitting with its answer, now that it may be told."""

    response: ItemResponse | PracticeAnswer
    past: Past
    answer: str
    right: str
    explanation: str
    marked: list[Marked]
    notes: list[str]
    references: list[ItemReference]


@dataclass(frozen=True)
class LookedBack:
    """An answered question; the truth about it is there when its sitting has ended."""

    past: Past
    row: Reviewed | None


@dataclass(frozen=True)
class Step:
    """Where the estimate stood after one more question."""

    value: float
    low: float
    high: float
    outcome: str


@dataclass(frozen=True)
class Target:
    """What the role she aims at asks for here."""

    profile: RoleProfile
    level: int


@dataclass(frozen=True)
class Result:
    attempt: Attempt
    report: LevelReport
    shape: tuple[float, ...]
    target: Target | None
    chance: float | None
    on_labels: int
    tallies: list[SubskillTally]
    grounds: list[Ground]
    answers: list[Past]
    first: Reviewed | None
    steps: list[Step]
    advice: list[Recommendation]
    change: Since | None

    @property
    def target_level(self) -> int | None:
        return self.target.level if self.target else None


def result_of(learner: Learner, attempt: Attempt) -> Result:
    responses = answered_with_questions(attempt)
    posterior = posterior_of_responses(responses)
    report = level_report(posterior, cuts=tuple(attempt.calibration.level_cuts))
    library, scale = stamped()
    profile = aimed_at(learner, library)
    target = target_for(profile, attempt, library)
    answers = most_to_learn_first(responses)
    return Result(
        attempt=attempt,
        report=report,
        shape=shape_on_rule(posterior),
        target=target,
        chance=report.probability_of_at_least(target.level) if target else None,
        on_labels=sum(response.rests_on_label for response in responses if response.counts),
        tallies=tallied(responses),
        grounds=grounds_of(attempt.area) if attempt.area else [],
        answers=[past(response) for response in answers],
        first=review(answers[0]) if answers else None,
        steps=steps_of(responses),
        advice=advice_for(learner, attempt, posterior, responses, profile, library, scale),
        change=change_since(learner, attempt),
    )


def answered_with_questions(attempt: Attempt) -> list[ItemResponse]:
    return list(with_questions(attempt.responses.answered()).order_by("position"))


def with_questions(responses: Any) -> Any:
    """Each with all that a review of it shows."""
    references = ItemReference.objects.select_related("resource")
    return responses.select_related("version__item", "version__subskill", "report").prefetch_related(
        Prefetch("version__references", references)
    )


def posterior_of_responses(responses: list[ItemResponse]) -> Posterior:
    return estimates.posterior([estimates.scored(response) for response in responses])


def steps_of(responses: list[ItemResponse]) -> list[Step]:
    """The sitting question by question: how the interval narrowed."""
    rows = [estimates.scored(response) for response in responses]
    on_the_way = estimates.posteriors_on_the_way(rows)
    return [step_of(posterior, row.outcome) for posterior, row in zip(on_the_way, rows, strict=True)]


def step_of(posterior: Posterior, outcome: str) -> Step:
    low, high = posterior.interval(SHOWN_PROBABILITY)
    value, low, high = (float(reading(theta)) for theta in (posterior.mean, low, high))
    return Step(value, low, high, outcome)


def tallied(responses: list[ItemResponse]) -> list[SubskillTally]:
    """Right of asked for each sub-skill, the weakest first."""
    groups: dict[Any, list[bool]] = {}
    for response in responses:
        groups.setdefault(response.version.subskill, []).append(response.outcome == "right")
    tallies = [SubskillTally(subskill, sum(rights), len(rights)) for subskill, rights in groups.items()]
    return sorted(tallies, key=lambda tally: (tally.right / tally.asked, -tally.asked))


def most_to_learn_first(responses: list[ItemResponse]) -> list[ItemResponse]:
    """Confidently wrong first, then wrong and unknown, then right."""
    order = {"wrong": 1, "unknown": 2, "right": 3}
    return sorted(responses, key=lambda one: (0 if one.is_sure_and_wrong else order[one.outcome], one.position))


def look_back(attempt: Attempt, position: int) -> LookedBack:
    """An answered question of her sitting. Raises ItemResponse.DoesNotExist."""
    response = with_questions(attempt.responses.answered()).get(position=position)
    return LookedBack(past(response), None if attempt.is_open else review(response))


def review(response: ItemResponse | PracticeAnswer) -> Reviewed:
    version = response.version
    question, described = version.question, kind(version.kind)
    known = response.outcome != "unknown"
    review = markup.stored(version.review_html)
    return Reviewed(
        response=response,
        past=past(response),
        answer=markup.render_inline(described.describe_answer(question.content, response.answer)) if known else "",
        right=review["right"],
        explanation=review["explanation"],
        marked=marked(response, review["notes"]) if version.kind in ("choice", "multiple") else [],
        notes=[markup.render_inline(note.text) for note in described.notes(question, response.answer)] if known else [],
        references=list(version.references.all()),
    )


def marked(response: ItemResponse | PracticeAnswer, notes: dict[str, str]) -> list[Marked]:
    """Every option with its note: what thinking leads there."""
    version = response.version
    right = version.key["right"]
    keys = Layout.of(version.content, response.layout_seed).options
    return [
        Marked(option.place, option.html, key in right, option.chosen, notes.get(key, ""))
        for key, option in zip(keys, past(response).options, strict=True)
    ]


def change_since(learner: Learner, attempt: Attempt) -> Since | None:
    """What became of the sitting before, in this area."""
    rows = AreaEstimate.objects.of(learner).filter(area=attempt.area, measured_at__lte=attempt.finished_at)
    newest = list(rows.order_by("-measured_at", "-pk")[:2])
    if len(newest) < 2 or newest[0].attempt_id != attempt.pk:
        return None
    return since(newest[1], newest[0])


def target_for(profile: RoleProfile | None, attempt: Attempt, library: Library) -> Target | None:
    level = library.targets.get(profile.pk, {}).get(attempt.area.slug) if profile and attempt.area else None
    return Target(profile, level) if profile and level else None


def advice_for(
    learner: Learner,
    attempt: Attempt,
    posterior: Posterior,
    responses: list[ItemResponse],
    profile: RoleProfile | None,
    library: Library,
    scale: Scale,
) -> list[Recommendation]:
    """Books and courses for what this sitting found missing, or what leads further."""
    if profile is None or attempt.area is None or not responses:
        return []
    area = attempt.area.slug
    cuts = {"": scale.cuts, area: tuple(attempt.calibration.level_cuts)}
    found = gaps(
        library,
        library.aims(profile, cuts),
        {area: Standing(posterior.mean, posterior.standard_error)},
        [said_by(response, area) for response in responses if response.counts],
        choices := choices_on(learner, attempt),
    )
    best = recommend(found, library.shelf, choices=choices, most=PIECES)
    return [*best.items, *best.perhaps, *best.further][:PIECES]


def said_by(response: ItemResponse, area: str) -> Said:
    """A row that is already read, as the gaps need it."""
    version = response.version
    wrong = response.outcome == ItemResponse.Outcome.WRONG
    notes = kind(version.kind).notes(version.question, response.answer) if wrong else []
    return Said(
        subskill=version.subskill.slug,
        area=area,
        answer=Answer(
            response.outcome == ItemResponse.Outcome.RIGHT,
            response.discrimination,
            response.difficulty,
            response.guessing,
        ),
        caught=tuple(note.misconception for note in notes if note.misconception),
    )


def choices_on(learner: Learner, attempt: Attempt) -> list[Choice]:
    """What she said of resources, and whether she read them after this sitting."""
    area = attempt.area.slug if attempt.area else ""
    rows = ResourceChoice.objects.of(learner).values_list("resource", "state", "reason", "changed_at")
    return [
        Choice(key, state, reason, frozenset({area} if attempt.finished_at and attempt.finished_at < changed else ()))
        for key, state, reason, changed in rows
    ]
