"""What an import of 10,000 questions costs, against rendering them and bulk_create of the same rows alone."""

import gc
import subprocess
import sys
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
MOST_TIMES = 1.5
MOST_MEGABYTES = 256
KINDS = ("choice", "multiple", "numeric", "short_text", "matching")
KINDS_OF = {"aiken": ("choice",)}  # it can say no other
READER = """
import re, resource, sys
from pathlib import Path
import django
django.setup()
from assessments.workflows.bank_files import Shelf
from assessments.workflows.import_files import read_apart
shelf = Shelf(areas={}, subskills={}, resources={}, misconceptions=set())
found = sum("question" in record for record in read_apart(sys.argv[1], sys.stdin.buffer.read(), shelf))
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])  # ru_maxrss counts who began us
print(found, own / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
PROSE = (
    "A team measures the *mean absolute error* of two models on the same 500 houses, once a week. "
    "The first one has $e_1 = 0.42$, the second one `0.40`. Which statement about question number {} is right?"
)


def exchanged(number, kinds=KINDS):
    """A question as they are written: some words, a formula, some code, and notes."""
    question = QUESTIONS[kinds[number % len(kinds)]](number)
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
    """As in a process that has nothing else to do: what the test keeps is no garbage to be looked through."""
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    act(*words)
    taken = time.perf_counter() - start
    gc.unfreeze()
    return taken


def file_of(name):
    questions = [exchanged(number, KINDS_OF.get(name, KINDS)) for number in range(MANY)]
    written = FORMATS[name].write(questions, {})
    assert written.count == MANY
    return questions, written.content


@pytest.mark.parametrize("name", list(FORMATS))
def test_ten_thousand_questions_take_little_more_than_rendering_and_saving_them(name, capsys):
    area = make_area("large", items=1)
    part = area.subskills.first()
    questions, content = file_of(name)
    baseline = seconds(alone, questions, part)
    del questions
    taken = seconds(whole, content, name, part)
    with capsys.disabled():
        print(
            f"\n{name}: {len(content) / 1e6:.1f} MB, import {taken:.1f} s, alone {baseline:.1f} s,"
            f" ratio {taken / baseline:.2f}"
        )
    assert taken <= MOST_TIMES * baseline


@pytest.mark.parametrize("name", list(FORMATS))
def test_ten_thousand_questions_are_read_in_little_memory(name, capsys):
    """No process of an import takes more: neither the one that saves nor the two that read and render."""
    _questions, content = file_of(name)
    run = subprocess.run([sys.executable, "-c", READER, name], input=content, capture_output=True, check=True)
    found, own, readers = map(float, run.stdout.split())
    with capsys.disabled():
        print(f"\n{name}: {own:.0f} MB, the readers {readers:.0f} MB")
    assert found == MANY and max(own, readers) < MOST_MEGABYTES
