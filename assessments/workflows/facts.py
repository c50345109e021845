"""The career pages: what four articles state, beside where a person stands and what she has ticked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count

from assessments.models import Citation, Disagreement, Fact, FactTick, Learner
from assessments.workflows.roles import Standing, standings

TICKABLE = ("career_steps", "duties", "skills", "technologies", "education")
STEPS = ("plan", "learn", "practise", "network", "search", "apply", "progress")
LIBRARIES = ("library", "framework", "workbench", "environment", "statistics", "visualisation")
DATA_AND_SERVING = ("big data", "streaming", "cloud", "warehouse", "deployment")


@dataclass(frozen=True)
class Told:
    """One statement, with the areas it asks for and her standing in each."""

    fact: Fact
    standings: list[Standing]
    ticked: bool
    answers: list[Fact] = field(default_factory=list)  # of a question


@dataclass(frozen=True)
class Group:
    """Statements that belong together. name: a word of the articles, or an area."""

    name: str
    told: list[Told]
    standing: Standing | None = None


@dataclass(frozen=True)
class Topic:
    slug: str
    groups: list[Group]
    disagreements: list[Disagreement]

    @property
    def told(self) -> list[Told]:
        return [one for group in self.groups for one in group.told]

    @property
    def tickable(self) -> bool:
        return self.slug in TICKABLE

    @property
    def ticked(self) -> int:
        return sum(one.ticked for one in self.told)


def topic_of(learner: Learner, slug: str) -> Topic:
    facts = list(
        Fact.objects.filter(topic=slug)
        .select_related("role", "resource")
        .prefetch_related("subskills", "citations__source", "role__profiles")
    )
    by_area = {standing.area.pk: standing for standing in standings(learner)}
    ticked = set(FactTick.objects.of(learner).filter(fact__topic=slug).values_list("fact", flat=True))
    answers = answers_to(facts) if slug == "questions" else {}
    told = [Told(fact, asked_of(fact, by_area), fact.pk in ticked, answers.get(fact.pk, [])) for fact in facts]
    return Topic(slug, grouped(slug, told), disagreements_in(slug))


def asked_of(fact: Fact, by_area: dict[int, Standing]) -> list[Standing]:
    """Her standing in every area that a statement asks for, each once."""
    return [by_area[area] for area in dict.fromkeys(subskill.area_id for subskill in fact.subskills.all())]


def disagreements_in(slug: str) -> list[Disagreement]:
    found = Disagreement.objects.filter(facts__topic=slug).distinct()
    return list(found.prefetch_related("facts__citations__source"))


def all_disagreements() -> list[Disagreement]:
    return list(Disagreement.objects.prefetch_related("facts__citations__source"))


# --- groups: a statement stands under the word that the reading of the articles gave it


def grouped(slug: str, told: list[Told]) -> list[Group]:
    name_of = GROUPING.get(slug)
    if name_of is None:
        return [Group("", told)]
    groups: dict[str, list[Told]] = {}
    for one in told:
        groups.setdefault(name_of(one), []).append(one)
    names = sorted(groups, key=lambda name: order_of(slug, name, groups[name]))
    return [Group(name, groups[name], standing_of(slug, groups[name])) for name in names]


def first_area(one: Told) -> str:
    return one.standings[0].area.name if one.standings else ""


def kind_of(one: Told) -> str:
    return str(one.fact.details.get("kind", ""))


def technology(one: Told) -> str:
    word = str(one.fact.details.get("group", "")).partition(" (")[0]
    if word == "language":
        return "language"
    if word in LIBRARIES:
        return "library"
    return "data and serving" if word in DATA_AND_SERVING else "working tool"


def article(one: Told) -> str:
    return one.fact.citations.all()[0].source.title


GROUPING: dict[str, Callable[[Told], str]] = {
    "skills": first_area,
    "career_steps": kind_of,
    "education": kind_of,
    "industries_applications": kind_of,
    "resources": kind_of,
    "technologies": technology,
    "questions": article,
}


def order_of(slug: str, name: str, told: list[Told]) -> int:
    if slug == "career_steps":
        return STEPS.index(name) if name in STEPS else len(STEPS)
    if slug == "skills" and told[0].standings:
        return told[0].standings[0].area.position
    return told[0].fact.position


def standing_of(slug: str, told: list[Told]) -> Standing | None:
    return told[0].standings[0] if slug == "skills" and told[0].standings else None


# --- questions: an article answers its question in lines of its own, and other statements cite these lines


def answers_to(questions: Iterable[Fact]) -> dict[int, list[Fact]]:
    """For each question the statements read from the lines of its own article that answer it."""
    cited: dict[int, list[Citation]] = {}
    others = Citation.objects.exclude(fact__topic__in=("questions", "excluded")).select_related("fact")
    for citation in others.order_by("fact__topic", "fact__position"):
        cited.setdefault(citation.source_id, []).append(citation)
    return {question.pk: read_from(lines_of(question), cited[source_of(question)]) for question in questions}


def source_of(question: Fact) -> int:
    return question.citations.all()[0].source_id


def lines_of(question: Fact) -> set[int]:
    return line_numbers(str(question.details.get("answer_lines", "")))


def read_from(lines: set[int], citations: list[Citation]) -> list[Fact]:
    found = {citation.fact_id: citation.fact for citation in citations if line_numbers(citation.lines) & lines}
    return list(found.values())


def line_numbers(written: str) -> set[int]:
    """'22-24, 72' -> {22, 23, 24, 72}"""
    spans = [part.strip().split("-") for part in written.split(",") if part.strip()]
    return {line for span in spans for line in range(int(span[0]), int(span[-1]) + 1)}


# --- ticks


@transaction.atomic
def tick(learner: Learner, slug: str, codes: Iterable[str]) -> int:
    """Her ticks in a topic are from now on these; return how many there are. Unknown codes are passed over."""
    chosen = set(Fact.objects.filter(topic=slug, code__in=codes).values_list("pk", flat=True))
    mine = FactTick.objects.of(learner).filter(fact__topic=slug)
    mine.exclude(fact__in=chosen).delete()
    FactTick.objects.bulk_create(
        [FactTick(learner=learner, fact_id=fact) for fact in chosen],
        ignore_conflicts=True,  # a tick that stands keeps its date
    )
    return len(chosen)


def counts(learner: Learner) -> dict[str, dict[str, int]]:
    """For each topic how many statements it holds and how many she has ticked."""
    facts: dict[str, int] = dict(Fact.objects.order_by().values_list("topic").annotate(Count("pk")))
    mine = FactTick.objects.of(learner).order_by().values_list("fact__topic").annotate(Count("pk"))
    ticked: dict[str, int] = dict(mine)
    return {topic: {"facts": count, "ticked": ticked.get(topic, 0)} for topic, count in facts.items()}
