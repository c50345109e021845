"""A question file from its upload to its questions in the bank: read, looked at, then all or nothing."""

from __future__ import annotations

import base64
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.formats.exchange import FileRefused, Remark, Weight
from assessments.models import CategoryPlace, ImportedQuestion, ImportRemark, Picture, QuestionImport
from assessments.models.imports import Choice
from assessments.workflows import import_rows, pictures
from assessments.workflows.bank_files import Shelf
from assessments.workflows.import_files import read_apart
from assessments.workflows.import_places import Category, categories_of, suggested_places
from assessments.workflows.import_records import said

log = logging.getLogger(__name__)
State = QuestionImport.State

WAITS_FOR = timedelta(days=14)  # then a file that nobody imported goes
AT_A_TIME = 250


class NotReady(Exception):
    """Something is still to be decided, or stands in the way; the sentence says what."""


# --- from the upload to the preview ---------------------------------------------------------------


def begin(content: bytes, *, file_name: str, format_name: str, by: Any = None) -> QuestionImport:
    """The file as it came, waiting to be read."""
    sweep()
    return QuestionImport.objects.create(
        file=content, file_name=file_name[:255], format=format_name, created_by=by, state=State.READING
    )


def sweep() -> None:
    """Files that nobody imported go after two weeks."""
    for old in QuestionImport.objects.filter(
        state__in=(State.WAITING, State.FAILED), touched_at__lt=timezone.now() - WAITS_FOR
    ):
        discard(old)


def start(batch: QuestionImport) -> None:
    """Let a process of its own do what the state of the import asks for, and come back at once.

    It needs no other service, is seen by every worker through the database, and neither its time
    nor its memory is taken from those who answer pages.
    """
    QuestionImport.objects.filter(pk=batch.pk).update(claimed=False, touched_at=timezone.now())
    if not settings.IMPORTS_APART:
        carry_out(batch.pk)
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "carry_out_import", str(batch.pk)]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    threading.Thread(target=wait_for, args=(process, batch.pk), daemon=True).start()


def wait_for(process: subprocess.Popen[bytes], pk: int) -> None:
    """A process that was killed says nothing itself."""
    if process.wait() != 0:
        give_up(pk, _("The work stopped before its end. Nothing was imported."))
        connection.close()


def carry_out(pk: int) -> None:
    """Read the file, or import its questions, whichever is to be done; once, whoever is asked."""
    waiting = QuestionImport.objects.filter(pk=pk, claimed=False, state__in=(State.READING, State.IMPORTING))
    if not waiting.update(claimed=True, touched_at=timezone.now()):
        return
    batch = QuestionImport.objects.get(pk=pk)
    try:
        read(batch) if batch.state == State.READING else save(batch)
    except Exception:
        log.exception("import %s", pk)
        give_up(pk, _("An error of ours stopped the work; the operator finds it in the log. Nothing was imported."))


def give_up(pk: int, trouble: str) -> None:
    """Back to where the editor can act."""
    known = QuestionImport.objects.filter(pk=pk)
    known.filter(state=State.READING).update(state=State.FAILED, trouble=trouble, file=None)
    known.filter(state=State.IMPORTING).update(state=State.WAITING, trouble=trouble)


def read(batch: QuestionImport) -> None:
    """The questions of the file, rendered and compared with the bank, as rows that wait."""
    batch.questions.all().delete()
    batch.remarks.all().delete()
    stage = Stage(batch)
    try:
        for record in read_apart(batch.format, bytes(batch.file or b""), Shelf.stocked()):
            stage.take(record)
        stage.store()
        if not stage.count and not batch.remarks.exists():
            raise FileRefused(_("the file holds no question"))
    except FileRefused as refused:
        batch.questions.all().delete()
        batch.state, batch.trouble = State.FAILED, str(refused)
    else:
        batch.state, batch.places = State.WAITING, suggested_places(batch)
    batch.total, batch.done, batch.file, batch.touched_at = stage.count, stage.count, None, timezone.now()
    batch.save()


class Stage:
    """Rows on their way into the tables, some hundred at a time, each time with a sign of progress."""

    def __init__(self, batch: QuestionImport) -> None:
        self.batch = batch
        self.count = 0
        self.waiting: list[ImportedQuestion] = []
        self.remarks: list[ImportRemark] = []

    def take(self, record: Mapping[str, Any]) -> None:
        if "question" in record:
            self.waiting.append(ImportedQuestion(batch=self.batch, **record["question"]))
        elif "remark" in record:
            line, weight, where, message = record["remark"]
            self.remarks.append(ImportRemark(batch=self.batch, line=line, weight=weight, where=where, message=message))
        elif "picture" in record:
            self.take_picture(record)
        elif "total" in record:
            QuestionImport.objects.filter(pk=self.batch.pk).update(total=record["total"], touched_at=timezone.now())
        if len(self.waiting) + len(self.remarks) >= AT_A_TIME:
            self.store()

    def take_picture(self, record: Mapping[str, Any]) -> None:
        try:
            self.batch.pictures.add(pictures.keep(base64.b64decode(record["picture"]), kept=False))
        except pictures.PictureRefused as refused:
            remark = Remark(0, Weight.CHANGED, record["address"], _("a picture is left out: %s") % refused)
            self.take(said(remark))

    @transaction.atomic
    def store(self) -> None:
        import_rows.mark_twins(self.waiting)
        ImportedQuestion.objects.bulk_create(self.waiting)
        ImportRemark.objects.bulk_create(self.remarks)
        self.count += len(self.waiting)
        self.waiting, self.remarks = [], []
        QuestionImport.objects.filter(pk=self.batch.pk).update(done=self.count, touched_at=timezone.now())


# --- what the editor decides ----------------------------------------------------------------------


def place(batch: QuestionImport, places: Mapping[str, int | None]) -> None:
    """Put these categories where the editor says; None takes a category's place away."""
    kept = {**batch.places, **places}
    batch.places = {name: pk for name, pk in kept.items() if pk}
    batch.save(update_fields=["places"])


def obstacles(batch: QuestionImport) -> list[str]:
    """What must be decided before the import can begin."""
    found = []
    if unplaced := sum(one.subskill is None for one in used_categories(batch)):
        found.append(_("Say where the categories belong: %(n)s still have no sub-skill.") % {"n": unplaced})
    if refused(batch) and not batch.refused_left_out:
        found.append(_("Some questions could not be read for certain. Confirm that they are left out."))
    if not to_be_made(batch):
        found.append(_("No question of this file would be imported."))
    return found


def used_categories(batch: QuestionImport) -> list[Category]:
    """Those with a question that will be made."""
    used = set(wanted(batch).unplaced().values_list("category", flat=True).order_by().distinct())
    return [one for one in categories_of(batch) if one.name in used]


def wanted(batch: QuestionImport) -> Any:
    """The questions that will be made, as a query: the same rule as import_rows.what_becomes_of."""
    left_out = Q(choice=Choice.SKIP)
    if batch.existing == Choice.SKIP:
        left_out |= Q(twin__isnull=False, choice="")
    return batch.questions.exclude(left_out)


def to_be_made(batch: QuestionImport) -> int:
    return wanted(batch).count()


def refused(batch: QuestionImport) -> int:
    return batch.remarks.filter(weight=Weight.REFUSED).count()


def look_again(batch: QuestionImport) -> bool:
    """Compare with the bank as it is now; True when that changed something."""
    changed = False
    for part in import_rows.in_parts(batch):
        before = [(one.twin_id, one.likeness) for one in part]
        import_rows.mark_twins(part)
        moved = [one for one, was in zip(part, before, strict=True) if (one.twin_id, one.likeness) != was]
        ImportedQuestion.objects.bulk_update(moved, ["twin", "likeness"], batch_size=AT_A_TIME)
        changed = changed or bool(moved)
    return changed


def begin_import(batch: QuestionImport) -> None:
    """From the preview to the work itself; NotReady says what is still to be decided."""
    if found := obstacles(batch):
        raise NotReady(" ".join(found))
    if look_again(batch):
        raise NotReady(_("The bank has changed since you looked: see again what is there already."))
    waiting = QuestionImport.objects.filter(pk=batch.pk, state=State.WAITING)
    if waiting.update(state=State.IMPORTING, claimed=False, trouble="", touched_at=timezone.now()):
        batch.refresh_from_db()
        start(batch)


def import_now(batch: QuestionImport) -> int:
    """The same at once, for who waits for it."""
    if found := obstacles(batch):
        raise NotReady(" ".join(found))
    QuestionImport.objects.filter(pk=batch.pk, state=State.WAITING).update(state=State.IMPORTING)
    return save(batch)


# --- all or nothing -------------------------------------------------------------------------------


@transaction.atomic
def save(batch: QuestionImport) -> int:
    """Everything in one transaction. The HTML was made when the file was read."""
    batch = QuestionImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state != State.IMPORTING:
        return 0
    made = import_rows.Maker.of(batch).make_all()
    batch.pictures.update(kept=True)
    remember(batch)
    batch.state, batch.done, batch.finished_at, batch.touched_at = State.DONE, made, timezone.now(), timezone.now()
    batch.save()
    return made


def remember(batch: QuestionImport) -> None:
    """The next file with these categories is asked nothing."""
    CategoryPlace.objects.bulk_create(
        [CategoryPlace(category=one.name, subskill_id=one.subskill) for one in categories_of(batch) if one.subskill],
        update_conflicts=True,
        unique_fields=["category"],
        update_fields=["subskill"],
    )


def undo(batch: QuestionImport) -> int:
    """Take the questions out again, as long as nobody has met any of them; the file waits as before."""
    if batch.state != State.DONE:
        raise NotReady(_("This import is not there to be undone."))
    if import_rows.edited_since(batch):
        raise NotReady(_("Somebody has made later versions of these questions; retire what you do not want."))
    try:
        with transaction.atomic():
            if import_rows.met(batch):
                raise NotReady(_("Somebody has met one of these questions; retire what you do not want."))
            count = import_rows.unmake(batch)
            QuestionImport.objects.filter(pk=batch.pk).update(state=State.WAITING, finished_at=None, done=0)
    except (ProtectedError, IntegrityError):
        raise NotReady(_("Something refers to one of these questions; retire what you do not want.")) from None
    return count


@transaction.atomic
def discard(batch: QuestionImport) -> None:
    """Forget what the file said; that it came stays on record."""
    batch.questions.all().delete()
    batch.remarks.all().delete()
    elsewhere = QuestionImport.pictures.through.objects.exclude(questionimport=batch).values("picture")
    Picture.objects.filter(questionimport=batch, kept=False).exclude(pk__in=elsewhere).delete()
    batch.state, batch.file = State.DISCARDED, None
    batch.save(update_fields=["state", "file"])
