"""The command imports a file, or says why not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.formats import native_exchange
from assessments.models import (
    ImportedQuestion,
    Item,
)
from tests.workflows.told import exchanged


@pytest.fixture
def file(tmp_path):
    questions = [exchanged(n, slug=f"new-{n}") for n in range(900, 903)]
    path = tmp_path / "questions.yaml"
    path.write_bytes(native_exchange.write(questions, {}).content)
    return path


def command(*words):
    out, err = StringIO(), StringIO()
    call_command("import_questions", *map(str, words), stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_the_command_imports_a_file(file, part):
    said = command(file, "--category", f"Statistics/Means=measuring:{part.slug}", "--life", "operational")
    assert "3 questions are imported" in said
    assert set(Item.objects.filter(slug__startswith="new-").values_list("life", flat=True)) == {"operational"}


def test_the_command_tells_what_it_would_do(file, part):
    assert "3 questions would be imported" in command(file, "--area", "measuring", "--subskill", part.slug, "--dry-run")
    assert Item.objects.count() == 60 and not ImportedQuestion.objects.exists()


def test_the_command_refuses_what_has_no_place(file, part):
    with pytest.raises(CommandError, match="no sub-skill"):
        command(file)
    with pytest.raises(CommandError, match="There is no sub-skill"):
        command(file, "--area", "elsewhere", "--subskill", part.slug)
    assert Item.objects.count() == 60


def test_the_command_refuses_a_file_with_a_fault_and_says_the_line(file, part, capsys):
    file.write_text(file.read_text().replace("difficulty: 3", "difficulty: rather", 1))
    place = ("--area", "measuring", "--subskill", part.slug)
    with pytest.raises(CommandError, match="could not be read for certain"):
        command(file, *place)
    assert Item.objects.count() == 60
    assert "2 questions are imported" in command(file, *place, "--leave-out-refused")


def test_the_command_refuses_what_is_no_file_of_questions(tmp_path, db):
    with pytest.raises(CommandError, match="cannot be opened"):
        command(tmp_path / "nothing.yaml")
    path = tmp_path / "q.yaml"
    path.write_bytes("area: \u00e9".encode("latin-1"))
    with pytest.raises(CommandError, match="not UTF-8"):
        command(path)
