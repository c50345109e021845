"""Many questions at once: first the page says exactly what would change, then it is done as a whole."""

import pytest

from assessments.models import Area, Attempt, Item, ItemParameters, ItemVersion, Subskill
from assessments.workflows import attempts
from assessments.workflows.banks import area_bank
from tests.bank import make_area, make_calibration
from tests.workflows.test_attempts import answer

LIST = "/admin/assessments/item/"


def choose(client, name, rows):
    return client.post(LIST, {"action": name, "_selected_action": [row.pk for row in rows]}).content.decode()


def send(client, name, rows, **fields):
    chosen = ",".join(str(row.pk) for row in rows)
    return client.post(f"{LIST}batch/{name}/", {"chosen": chosen, **fields})


@pytest.fixture
def rows(area):
    return list(Item.objects.order_by("pk"))


def test_nothing_changes_before_it_is_confirmed(editors_browser, rows):
    page = choose(editors_browser, "retire", rows[:25])
    assert "<b>25 questions</b>" in page and "will be: retired" in page
    assert "35 questions in use instead of 60" in page and "Fewer than 40" in page
    assert not Item.objects.exclude(life="operational").exists()
    assert send(editors_browser, "retire", rows[:25]).status_code == 200
    assert not Item.objects.exclude(life="operational").exists()
    reply = send(editors_browser, "retire", rows[:25], confirm="1")
    assert reply.url == LIST
    assert Item.objects.filter(life="retired").count() == 25


def test_open_sittings_are_counted_and_go_on(editors_browser, ada, area, rows):
    attempt = attempts.begin(ada, area)
    page = choose(editors_browser, "retire", rows)
    assert "1 open sitting shows one of them" in page and "1 open sitting there ends" in page
    send(editors_browser, "retire", rows[:50], confirm="1")
    answer(ada, attempt)
    assert attempt.responses.answered().count() == 1


def test_publishing_tells_what_an_area_gains_and_who_is_left_out(editors_browser, rows):
    Item.objects.filter(pk__in=[row.pk for row in rows[:30]]).update(life="draft")
    unkeyed = rows[0].current_version
    ItemVersion.objects.filter(pk=unkeyed.pk).update(kind="rating", keying={"status": "provisional"})
    page = choose(editors_browser, "publish", rows)
    assert "<b>29 questions</b>" in page and "30 chosen questions are so already" in page
    assert "1 question is left out" in page and "no panel has keyed it" in page
    assert "59 questions in use instead of 30" in page and "can be measured" in page
    send(editors_browser, "publish", rows, confirm="1")
    assert Item.objects.exclude(life="operational").get() == rows[0]


def test_a_relabelled_question_that_was_met_gets_a_next_version(editors_browser, ada, area, rows):
    met = attempts.begin(ada, area).responses.get().version
    ItemVersion.objects.update(difficulty_label=2)
    ItemParameters.objects.create(
        version=met, calibration=make_calibration(), discrimination=1, difficulty=0,
        log_discrimination_error=0.1, difficulty_error=0.1, answers=100,
    )  # fmt: skip
    assert "Difficulty, 1 to 5" in choose(editors_browser, "relabel", rows[:3])
    page = send(editors_browser, "relabel", rows, label="4").content.decode()
    assert "1 of them has been met" in page and "1 of them is calibrated" in page
    send(editors_browser, "relabel", rows, label="4", confirm="1")
    item = Item.objects.get(pk=met.item_id)
    assert item.current_version.number == 2 and item.current_version.edit == "wording"
    assert item.current_version.parameters.count() == 1
    met.refresh_from_db()
    assert met.difficulty_label == 2
    assert set(Item.objects.values_list("current_version__difficulty_label", flat=True)) == {4}
    assert ItemVersion.objects.count() == 61


def test_moved_questions_are_asked_in_the_other_area(editors_browser, ada, area, rows):
    attempt = attempts.begin(ada, area)
    other = make_area("other")
    part = Subskill.objects.filter(area=other).first()
    page = send(editors_browser, "move", rows[:21], subskill=part.pk).content.decode()
    assert "39 questions in use instead of 60" in page and "81 questions in use instead of 60" in page
    send(editors_browser, "move", rows[:21], subskill=part.pk, confirm="1")
    for one, count in ((area, 39), (other, 81)):
        one.refresh_from_db()
        assert len(area_bank(one, make_calibration())) == count
    answer(ada, attempt)
    moved = Item.objects.get(pk=rows[0].pk)
    assert (moved.area, moved.current_version.subskill) == (other, part)


def test_a_sitting_that_has_answered_a_moved_question_goes_on(editors_browser, ada, area):
    attempt = attempts.begin(ada, area)
    answer(ada, attempt)
    answered = attempt.responses.answered().get().version.item
    part = Subskill.objects.filter(area=make_area("other")).first()
    send(editors_browser, "move", [answered], subskill=part.pk, confirm="1")
    while attempt.is_open:
        attempt = answer(ada, attempt).attempt
    assert Attempt.objects.get().end in ("reached", "maximum")


@pytest.mark.parametrize("chosen", ["", "1,x", "1;2", "-1"])
def test_a_made_up_choice_is_refused(editors_browser, rows, chosen):
    page = editors_browser.post(f"{LIST}batch/retire/", {"chosen": chosen, "confirm": "1"})
    assert page.status_code == 200 and not Item.objects.filter(life="retired").exists()
    assert editors_browser.post(f"{LIST}batch/delete/", {"chosen": "1"}).status_code == 404
    assert editors_browser.get(f"{LIST}batch/retire/").status_code == 405


def test_too_many_new_versions_at_once_are_refused(editors_browser, ada, area, rows, monkeypatch):
    from assessments.workflows import batches

    monkeypatch.setattr(batches, "MOST_REWRITTEN", 0)
    ItemVersion.objects.update(difficulty_label=2)
    attempts.begin(ada, area)
    page = send(editors_browser, "relabel", rows, label="4", confirm="1")
    assert page.status_code == 200 and "Choose fewer at a time" in page.content.decode()
    assert Area.objects.count() == 1 and ItemVersion.objects.count() == 60
