"""Import a file of questions: GIFT, Aiken, Moodle XML, QTI or our own YAML. All of it, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.formats.exchange import MOST_BYTES
from assessments.formats.recognition import recognised
from assessments.formats.registry import FORMATS
from assessments.models import CognitiveLevel, QuestionImport, Subskill
from assessments.models.imports import Choice
from assessments.workflows import import_places, imports

State = QuestionImport.State


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=list(FORMATS), help="else told from the file")
        parser.add_argument("--area", help="where categories go that nothing else places; needs --subskill")
        parser.add_argument("--subskill")
        parser.add_argument(
            "--category",
            action="append",
            default=[],
            metavar="A/B=area:subskill",
            help="where a category of the file goes; may be given several times",
        )
        parser.add_argument(
            "--existing", choices=Choice.values, default=Choice.SKIP, help="what is in the bank already"
        )
        parser.add_argument("--difficulty", type=int, choices=range(1, 6), default=3)
        parser.add_argument("--level", choices=CognitiveLevel.values, default=CognitiveLevel.APPLY)
        parser.add_argument("--life", choices=QuestionImport.LifeOfNew.values, default="draft")
        parser.add_argument("--leave-out-refused", action="store_true", help="import what could be read for certain")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and import nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = self.read(options["file"], options["format"])
        try:
            self.decide(batch, options)
            self.tell(batch)
            if found := imports.obstacles(batch):
                raise CommandError("Nothing was imported. " + " ".join(found))
            if options["dry_run"]:
                self.stdout.write(f"{imports.to_be_made(batch)} questions would be imported.")
                return
            made = imports.import_now(batch)
        finally:
            batch.refresh_from_db()
            if batch.state != State.DONE:
                imports.discard(batch)
        self.stdout.write(f"{made} questions are imported.")

    def read(self, path: Path, format_name: str | None) -> QuestionImport:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise CommandError(f"{path} has more than {MOST_BYTES // 1_000_000} MB; divide it.")
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}") from None
        name = format_name or recognised(path.name, content)
        if not name:
            raise CommandError(f"{path} is in no format known here; name it with --format.")
        batch = imports.begin(content, file_name=path.name, format_name=name)
        imports.carry_out(batch.pk)
        batch.refresh_from_db()
        if batch.state == State.FAILED:
            raise CommandError(f"{path} was refused: {batch.trouble}")
        return batch

    def decide(self, batch: QuestionImport, options: dict[str, Any]) -> None:
        batch.existing, batch.life = options["existing"], options["life"]
        batch.difficulty_label, batch.cognitive_level = options["difficulty"], options["level"]
        batch.refused_left_out = options["leave_out_refused"]
        batch.save()
        places = dict(place_of(told) for told in options["category"])
        if options["subskill"]:
            rest = subskill(options["area"] or "", options["subskill"])
            unplaced = [one.name for one in import_places.categories_of(batch) if one.subskill is None]
            places = dict.fromkeys(unplaced, rest) | places
        elif options["area"]:
            raise CommandError("--area needs --subskill: a question is about a part of its area.")
        imports.place(batch, places)

    def tell(self, batch: QuestionImport) -> None:
        for remark in batch.remarks.all():
            self.stderr.write(f"line {remark.line}, {remark.where}: {remark.get_weight_display()}: {remark.message}")
        for one in batch.questions.known().select_related("twin").defer("content_html", "review_html"):
            self.stdout.write(f"line {one.line}, {one}: in the bank as {one.twin} ({one.get_likeness_display()})")
        for category in imports.used_categories(batch):
            if category.subskill is None:
                self.stderr.write(f"category {category.name or '(none)'}: {category.questions} questions, no place")
        self.stdout.write(f"{batch.total} questions were read.")


def place_of(told: str) -> tuple[str, int]:
    """ "A/B=area:subskill" as the category and its sub-skill."""
    category, _equals, place = told.rpartition("=")
    area, _colon, part = place.partition(":")
    return category, subskill(area, part)


def subskill(area: str, slug: str) -> int:
    found = Subskill.objects.filter(slug=slug)
    if area:
        found = found.filter(area__slug=area)
    pk = found.values_list("pk", flat=True).first()
    if pk is None:
        raise CommandError(f"There is no sub-skill {slug}" + (f" in the area {area}." if area else "."))
    return pk
