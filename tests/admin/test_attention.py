"""The desk says which questions need an editor, why, and what waits."""

import numpy as np
import pytest
from django.core import mail

from assessments.models import Demotion, Item, ItemResponse, Learner, Report
from assessments.workflows import statistics
from tests.workflows.test_calibrations import answer_area

LIST = "/admin/assessments/itemtolookat/"


@pytest.fixture
def counted(db, editors_browser, django_capture_on_commit_callbacks):
    """Three hundred people, one question with the wrong key, counted."""
    rng = np.random.default_rng(5)
    people = [Learner.objects.create() for _ in range(300)]
    answer_area("measuring", people, rng.normal(size=300), rng)
    spoilt = Item.objects.order_by("pk").first().current_version
    rows = list(spoilt.responses.all())
    for row in rows:
        row.outcome = {"right": "wrong", "wrong": "right"}[row.outcome]
        row.answer = "b" if row.outcome == "wrong" else "a"
    ItemResponse.objects.bulk_update(rows, ["outcome", "answer"])
    with django_capture_on_commit_callbacks(execute=True):
        statistics.count_all()
    return spoilt


def test_the_worst_question_stands_first_with_advice(counted, editors_browser):
    page = editors_browser.get(LIST).content.decode()
    assert counted.item.slug in page
    assert "went back to pretest by itself" in page
    assert "Is the key right?" in page
    assert page.index(counted.item.slug) < min(
        (
            page.index(slug)
            for slug in Item.objects.exclude(pk=counted.item_id).values_list("slug", flat=True)
            if slug in page
        ),
        default=len(page),
    )


def test_the_first_page_of_the_desk_and_a_mail_tell_of_it(counted, editors_browser):
    assert "went back to pretest by" in editors_browser.get("/admin/").content.decode()
    [letter] = mail.outbox
    assert letter.to == ["editor@example.org"]
    assert counted.item.slug in letter.body
    editors_browser.post(LIST, {"action": "seen", "_selected_action": list(Item.objects.values_list("pk", flat=True))})
    assert not Demotion.objects.unseen().exists()
    assert "went back to pretest by" not in editors_browser.get("/admin/").content.decode()


def test_reports_of_three_learners_come_before_the_worst_numbers_and_remove_nothing(counted, editors_browser):
    sound = Item.objects.order_by("pk").last()
    for response in sound.current_version.responses.select_related("attempt")[:3]:
        Report.objects.create(
            learner=response.attempt.learner, response=response, version=response.version, words="This is not clear."
        )
    page = editors_browser.get(LIST).content.decode()
    assert page.index(sound.slug) < page.index(counted.item.slug)
    assert "3 learners" in page
    statistics.count_area(sound.area)
    sound.refresh_from_db()
    assert sound.life == "operational"


def test_the_page_of_a_question_shows_its_numbers_and_its_picture(counted, editors_browser):
    page = editors_browser.get(f"/admin/assessments/item/{counted.item_id}/numbers/").content.decode()
    assert "Went back to pretest by itself" in page
    assert 'class="curve"' in page and page.count('class="dot"') == 5
    assert "Upper third" in page and "labelled 60 s" in page
    assert "style=" not in page.split("<main")[-1]


def test_few_answers_say_so_instead_of_a_number(area, editors_browser, db):
    rng = np.random.default_rng(5)
    people = [Learner.objects.create() for _ in range(5)]
    few, _truth = answer_area("few", people, rng.normal(size=5), rng)
    statistics.count_area(few)
    response = ItemResponse.objects.first()
    page = editors_browser.get(f"/admin/assessments/item/{response.version.item_id}/numbers/").content.decode()
    assert "more are needed before a share or a curve says anything" in page
    assert "point-biserial" not in page


def test_only_those_who_may_edit_count_anew(counted, editors_browser, adas_browser):
    assert adas_browser.post(f"{LIST}count/").status_code in (302, 403)
    assert adas_browser.get(LIST).status_code in (302, 403)
    assert editors_browser.get(f"{LIST}count/").status_code == 403
    reply = editors_browser.post(f"{LIST}count/", follow=True)
    assert "are being counted" in reply.content.decode()
