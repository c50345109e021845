"""Where the categories of a question file belong: known from the last time, alike in name, or near a neighbour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from assessments.models import CategoryPlace, QuestionImport, Subskill
from assessments.questions.wording import content_words

MOST_LIKELY = 4  # places offered above all others
OF_ITS_NAME, OF_ITS_AREA = 3, 2  # what a word counts that its name or its area shares; one of what it covers counts 1
LAST = 3  # how much more the last part of a category tells than those before it
OF_A_SISTER = 0.5  # about as much as a rather common word of its name


@dataclass(frozen=True)
class Category:
    """A category of the file, how many questions it has, and where they go."""

    name: str
    questions: int
    subskill: int | None


def categories_of(batch: QuestionImport) -> list[Category]:
    """The categories that somebody must place, as the file names them."""
    counted = batch.questions.unplaced().order_by("category").values_list("category").annotate(n=Count("pk"))
    return [Category(name, number, batch.places.get(name)) for name, number in counted]


def suggested_places(batch: QuestionImport) -> dict[str, int]:
    """Where the same category went before, or the sub-skill that has its name."""
    names = [one.name for one in categories_of(batch)]
    remembered = dict(CategoryPlace.objects.filter(category__in=names).values_list("category", "subskill"))
    subskills = list(Subskill.objects.select_related("area"))
    suggested = {name: remembered.get(name) or namesake(name, subskills) for name in names}
    return {name: pk for name, pk in suggested.items() if pk}


def namesake(category: str, subskills: list[Subskill]) -> int | None:
    """The one sub-skill called like the last part of the category, of the area named before it if any is."""
    *before, last = [part.replace("\0", "/").casefold() for part in category.replace("//", "\0").split("/")]
    called = [one for one in subskills if last in (one.name.casefold(), one.slug)]
    nearer = [one for one in called if {one.area.name.casefold(), one.area.slug} & set(before)]
    found = nearer or called
    return found[0].pk if len(found) == 1 else None


def likely_places(categories: Iterable[Category], placed: Iterable[Category]) -> dict[str, list[Subskill]]:
    """For each category the sub-skills to be offered first: those of like words, and where its sisters went.

    placed: the categories of the whole file that have a place.
    """
    subskills = list(Subskill.objects.select_related("area"))
    words = {one.pk: weights_of(one) for one in subskills}
    spread = Counter(word for known in words.values() for word in known)
    sisters = [(parent_of(one.name), one.subskill) for one in placed if one.subskill]
    found = {}
    for category in categories:
        near = {pk for parent, pk in sisters if parent == parent_of(category.name)}
        last, all_said = content_words(category.name.rpartition("/")[2]), content_words(category.name)
        marks = {
            pk: OF_A_SISTER * (pk in near)
            + sum(known[word] * (LAST if word in last else 1) / spread[word] for word in all_said & known.keys())
            for pk, known in words.items()
        }
        nearest = sorted((one for one in subskills if marks[one.pk]), key=lambda one: -marks[one.pk])
        found[category.name] = nearest[:MOST_LIKELY]
    return found


def weights_of(subskill: Subskill) -> dict[str, int]:
    """How much each of its words tells of it: those of its name most, of its area less, of what it covers least."""
    covers, area = content_words(subskill.covers), content_words(subskill.area.name)
    name = content_words(subskill.name)
    return dict.fromkeys(covers, 1) | dict.fromkeys(area, OF_ITS_AREA) | dict.fromkeys(name, OF_ITS_NAME)


def parent_of(category: str) -> str:
    """What stands before the last part; a doubled stroke is a stroke of the name."""
    return category.replace("//", "\0").rpartition("/")[0]
