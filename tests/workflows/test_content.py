"""Loading the content: all or nothing, every fault with its place, an editor's change kept."""

import shutil

import pytest
from django.conf import settings
from django.core.management import call_command

from assessments.models import Area, Fact, Forecast, Item, Resource, Role
from assessments.workflows.content import FaultyContent, load_content

pytestmark = pytest.mark.django_db
FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def folder(tmp_path):
    """A copy of the reference fixtures with the questions of one area."""
    (tmp_path / "items").mkdir()
    for path in FIXTURES.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    shutil.copy(FIXTURES / "items" / "programming.yaml", tmp_path / "items")
    return tmp_path


def load(folder, **options):
    return load_content(folder, say=lambda line: None, **options)


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_everything_of_the_articles_is_loaded(folder):
    load(folder)
    assert (Area.objects.count(), Role.objects.count()) == (14, 11)
    assert (Resource.objects.count(), Fact.objects.count()) == (270, 430)
    assert Item.objects.operational().count() >= 40
    assert Forecast.objects.get(area__slug="programming", goal="quick").typical > 5


def test_a_second_load_changes_nothing(folder):
    first = load(folder)
    second = load(folder)
    assert (second.added, second.changed, second.conflicts) == (0, 0, [])
    assert second.unchanged == first.added


def test_a_changed_entry_is_applied(folder):
    load(folder)
    change(folder / "skills.yaml", "name: Programming", "name: Programming well")
    assert load(folder).changed == 1
    assert Area.objects.get(slug="programming").name == "Programming well"


def test_an_editors_change_stays_when_the_entry_is_the_same(folder):
    load(folder)
    Area.objects.filter(slug="programming").update(name="Hers")
    assert load(folder).conflicts == []
    assert Area.objects.get(slug="programming").name == "Hers"


def test_where_both_changed_the_editor_wins_and_is_told_of(folder):
    load(folder)
    Area.objects.filter(slug="programming").update(name="Hers")
    change(folder / "skills.yaml", "name: Programming", "name: The file's")
    [conflict] = load(folder).conflicts
    assert "skills.yaml, line" in conflict and "programming" in conflict
    assert Area.objects.get(slug="programming").name == "Hers"
    load(folder, take_fixtures=True)
    assert Area.objects.get(slug="programming").name == "The file's"


def test_faults_are_all_told_with_their_place_and_nothing_is_loaded(folder):
    change(folder / "skills.yaml", "area: [programming]", "area: [programing]")
    change(folder / "roles.yaml", "importance: core", "importance: vital")
    change(folder / "items" / "programming.yaml", "kind: choice", "kind: choise")
    with pytest.raises(FaultyContent) as caught:
        load(folder)
    told = "\n".join(str(problem) for problem in caught.value.problems)
    assert "skills.yaml, line" in told and "there is no area" in told
    assert "roles.yaml, line" in told and "vital" in told
    assert "programming.yaml" in told and "choise" in told
    assert not Area.objects.exists()


def test_the_fixtures_load_with_djangos_own_command(db):
    call_command("loaddata", "skills", "roles", "resources", "facts", verbosity=0)
    assert Fact.objects.filter(citations__source__slug="article-2").exists()


def test_no_fact_of_the_articles_is_without_its_lines(folder):
    load(folder)
    assert not Fact.objects.filter(citations__isnull=True).exists()
