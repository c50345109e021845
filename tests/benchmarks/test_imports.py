"""What an import of 10,000 questions costs, against rendering them and bulk_create of the same rows alone."""

import resource
import time
from dataclasses import replace

import pytest

from assessments.formats.exchange import Exchanged
from assessments.formats.registry import FORMATS
from assessments.models import Item, ItemVersion
from assessments.workflows import import_places, imports, items
from tests.bank import QUESTIONS, make_area

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 10_000
KINDS = ("choice", "multiple", "numeric", "short_text", "matching")
PROSE = (
    "A team measures the *mean absolute error* of two models on the same 500 houses, once a week. "
    "The first one has $e_1 = 0.42$, the second one `0.40`. Which statement about question number {} is right?"
)


def exchanged(number):
    """A question as they are written: some words, a formula, some code, and notes."""
    question = QUESTIONS[KINDS[number % len(KINDS)]](number)
    content = {**question.content, "stem": PROSE.format(number)}
    key = {**question.key, "explanation": "Because $a^2 + b^2 = c^2$ holds, and **not** by chance."}
    return Exchanged(replace(question, content=content, key=key), f"Question {number}", f"q-{number:05}", 1, ("A",))


def alone(questions, part):
    """Rendering and bulk_create of the same rows, and nothing else."""
    versions = [
        items.rendered(
            ItemVersion(
                kind=one.question.kind, content=one.question.content, key=one.question.key, subskill=part,
                cognitive_level="apply", difficulty_label=3,
            )
        )
        for one in questions
    ]  # fmt: skip
    rows = Item.objects.bulk_create([Item(slug=f"alone-{one.slug}", area=part.area) for one in questions])
    for item, version in zip(rows, versions, strict=True):
        version.item = item
    ItemVersion.objects.bulk_create(versions)


def whole(content, format_name, part):
    batch = imports.begin(content, file_name="ten-thousand", format_name=format_name)
    imports.carry_out(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.total) == ("waiting", MANY), batch.trouble
    imports.place(batch, {one.name: part.pk for one in import_places.categories_of(batch)})
    batch.existing = "new"
    batch.save()
    assert imports.import_now(batch) == MANY


def seconds(act, *words):
    start = time.perf_counter()
    act(*words)
    return time.perf_counter() - start


@pytest.mark.parametrize("name", list(FORMATS))
def test_ten_thousand_questions(name, capsys):
    area = make_area("large", items=1)
    part = area.subskills.first()
    questions = [exchanged(number) for number in range(MANY)]
    content = FORMATS[name].write(questions, {}).content
    baseline = seconds(alone, questions, part)
    taken = seconds(whole, content, name, part)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    with capsys.disabled():
        print(
            f"\n{name}: {len(content) / 1e6:.1f} MB, import {taken:.1f} s, alone {baseline:.1f} s,"
            f" ratio {taken / baseline:.2f}; the reader took {children:.0f} MB, tests included"
        )
