"""Questions of the bank as a file of another system, with every word about what it cannot say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from assessments.formats.exchange import Exchanged, Loss, Written
from assessments.formats.native_exchange import misconceptions_of
from assessments.formats.native_exchange import name as native
from assessments.formats.registry import FORMATS
from assessments.models import Item, ItemVersion, Misconception
from assessments.questions.entry import Misconception as Declared
from assessments.workflows import pictures
from assessments.workflows.entries import entry_of


def chosen(*, keys: Iterable[int] = (), area: str = "", life: str = "") -> Any:
    """The questions with these keys, else those of an area and of a life."""
    found = Item.objects.filter(current_version__isnull=False)
    if keys:
        return found.filter(pk__in=list(keys))
    if area:
        found = found.filter(area__slug=area)
    return found.filter(life=life) if life else found


def write(items: Any, format_name: str) -> Written:
    """The file, and what is lost in it."""
    questions = exchanged(items)
    given = pictures.given_for(text for one in questions for text in texts_of(one))
    written = FORMATS[format_name].write(questions, given)
    if format_name == native or not questions or any(not loss.where for loss in written.losses):
        return written  # a loss of no question in particular is one of all of them
    return replace(written, losses=(unsaid(questions), *written.losses))


def unsaid(questions: list[Exchanged]) -> Loss:
    """What only our own format says of any question."""
    what = [_("difficulty, cognitive level, time and life")]
    if any(one.entry and one.entry.references for one in questions):
        what.append(_("references"))
    if any(one.entry and (one.entry.family or one.entry.holds_for or one.entry.review_by) for one in questions):
        what.append(_("family, versions it holds for and date of review"))
    if any(one.entry and (one.entry.verify or one.entry.keying) for one in questions):
        what.append(_("proof of the key"))
    return Loss("", _("only our own format says: %s") % "; ".join(what))


def exchanged(items: Any) -> list[Exchanged]:
    told = {one.slug: declared(one) for one in Misconception.objects.select_related("subskill")}
    rows = items.select_related("area", "current_version__subskill").prefetch_related(
        "current_version__also_about", "current_version__references__resource"
    )
    return [one_of(item, item.current_version, told) for item in rows]


def declared(one: Misconception) -> Declared:
    return Declared(one.slug, one.says, one.subskill.slug)


def one_of(item: Item, version: ItemVersion, told: dict[str, Declared]) -> Exchanged:
    question = version.question
    return Exchanged(
        question=question,
        title=item.title,
        slug=item.slug,
        category=(item.area.name, version.subskill.name),
        tags=tuple(item.tags),
        language=version.language,
        entry=entry_of(version),
        misconceptions=tuple(told[slug] for slug in misconceptions_of(question) if slug in told),
    )


def texts_of(one: Exchanged) -> Iterator[str]:
    """Every text of a question, wherever it stands."""
    waiting: list[Any] = [one.question.content, one.question.key]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def by_message(losses: Iterable[Loss]) -> dict[str, list[str]]:
    """Each loss once, with the questions that suffer it."""
    found: dict[str, list[str]] = defaultdict(list)
    for loss in losses:
        found[loss.message].append(loss.where)
    return dict(found)
