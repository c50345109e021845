"""A file of a format that says what its reading shall be, on its way through an import."""

from assessments.formats.exchange import Exchanged, Reading, nobody
from assessments.models import (
    ItemVersion,
    QuestionImport,
)
from assessments.workflows import import_places, imports
from tests.bank import choice

State = QuestionImport.State


class Told:
    """A format whose file says what its reading shall be."""

    name, label, endings, media_type = "told", "Told", (".told",), "text/plain"

    def __init__(self):
        self.reading = Reading(())

    def read(self, content, each=nobody):
        if isinstance(self.reading, Exception):
            raise self.reading
        if callable(self.reading):
            return self.reading()
        for one in self.reading.questions:
            each(one)
        return self.reading


def exchanged(number, *, slug="", category=("Statistics", "Means"), **more):
    return Exchanged(choice(number), f"Question {number}", slug, 10 * number, category, **more)


def read(told, *questions, remarks=(), pictures=None, **fields):
    told.reading = Reading(tuple(questions), tuple(remarks), pictures or {})
    batch = imports.begin(b"x", file_name="questions.told", format_name="told", **fields)
    imports.start(batch)
    batch.refresh_from_db()
    return batch


def place_all(batch, subskill):
    imports.place(batch, {one.name: subskill.pk for one in import_places.categories_of(batch)})


def imported(batch):
    imports.begin_import(batch)
    batch.refresh_from_db()
    assert batch.state == State.DONE, batch.trouble
    return list(ItemVersion.objects.filter(imported_as__batch=batch).select_related("item").order_by("pk"))
