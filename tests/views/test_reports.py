"""A learner says what is wrong with a question, an editor answers, and the learner reads the answer."""

import pytest
from django.utils import timezone

from assessments.models import Item, Report
from assessments.workflows import attempts, learners, reports
from tests.bank import make_area
from tests.workflows.test_attempts import answer, finish

WORDS = "Option B is right, too."


@pytest.fixture
def sitting(ada, area):
    attempt = attempts.begin(ada, area)
    answer(ada, attempt)
    return attempt


def send(client, attempt, position=1, words=WORDS):
    return client.post(f"/attempts/{attempt.pk}/questions/{position}/report/", {"words": words}, follow=True)


def answered(report, text="Mended, thank you."):
    return reports.answer(report, text, by=None)


def test_a_report_keeps_the_version_and_the_words(adas_browser, ada, sitting):
    page = send(adas_browser, sitting)
    assert page.status_code == 200 and "You reported this question" in page.content.decode()
    report = Report.objects.get()
    assert (report.learner, report.words, report.state) == (ada, WORDS, "open")
    assert report.version == sitting.responses.get(position=1).version


def test_words_sent_twice_are_one_report(adas_browser, sitting):
    send(adas_browser, sitting)
    send(adas_browser, sitting, words="Better words.")
    assert Report.objects.get().words == "Better words."


@pytest.mark.parametrize(("words", "fault"), [("", "Say in a few words"), ("x" * 1001, "1000")])
def test_an_empty_or_endless_report_is_refused_beside_its_words(adas_browser, sitting, words, fault):
    page = send(adas_browser, sitting, words=words)
    assert page.status_code == 422 and fault in page.content.decode()
    assert not Report.objects.exists()


def test_a_question_that_is_not_answered_or_not_hers_cannot_be_reported(adas_browser, bobs_browser, sitting):
    assert send(adas_browser, sitting, position=2).status_code == 404
    assert send(bobs_browser, sitting).status_code == 404
    assert adas_browser.get(f"/attempts/{sitting.pk}/questions/1/report/").status_code == 405
    assert not Report.objects.exists()


def test_nobody_reports_without_end(adas_browser, ada, area, monkeypatch):
    monkeypatch.setattr(reports, "REPORTS_A_DAY", 2)
    attempt = finish(ada, area)
    assert [send(adas_browser, attempt, position).status_code for position in (1, 2, 3)] == [200, 200, 429]
    assert Report.objects.count() == 2


def test_the_answer_is_read_beside_the_question_and_under_my_reports(adas_browser, ada, area):
    attempt = finish(ada, area)
    send(adas_browser, attempt)
    answered(Report.objects.get())
    for page in (f"/attempts/{attempt.pk}/questions/1/", "/me/reports/"):
        assert "Mended, thank you." in adas_browser.get(page).content.decode()
    assert "1 new answer" in adas_browser.get("/me/").content.decode()
    adas_browser.post(f"/me/reports/{Report.objects.get().pk}/read/")
    assert "1 new answer" not in adas_browser.get("/me/").content.decode()
    assert send(adas_browser, attempt).status_code == 409


def test_an_answer_waits_for_the_end_of_the_sitting(adas_browser, ada, sitting):
    send(adas_browser, sitting)
    report = Report.objects.get()
    answered(report)
    pages = ("/me/reports/", f"/attempts/{sitting.pk}/questions/1/", "/me/export/", "/me/")
    assert not [page for page in pages if "Mended" in adas_browser.get(page).content.decode()]
    assert adas_browser.post(f"/me/reports/{report.pk}/read/").status_code == 404
    attempts.stop(ada, sitting.pk)
    assert "Mended" in adas_browser.get("/me/reports/").content.decode()


def test_my_reports_are_mine_alone(adas_browser, bobs_browser, client, sitting):
    send(adas_browser, sitting)
    assert WORDS not in bobs_browser.get("/me/reports/").content.decode()
    assert "You have reported nothing" in client.get("/me/reports/").content.decode()
    assert bobs_browser.post(f"/me/reports/{Report.objects.get().pk}/read/").status_code == 404


def test_reports_of_three_learners_weigh_and_remove_nothing(area):
    item = Item.objects.first()
    for number in range(3):
        assert Report.objects.weighty() == {}
        attempt = finish(learners.begin_guest(), area)
        response = attempt.responses.get(position=1)
        response.version = item.current_version
        response.save()
        reports.report(attempt.learner, attempt.pk, 1, f"words {number}")
    assert Report.objects.weighty() == {item.pk: 3}
    item.refresh_from_db()
    assert item.life == "operational"
    reports.answer(Report.objects.first(), "It is right as it is.", by=None, all_open=True)
    assert Report.objects.weighty() == {} and not Report.objects.open().exists()


def test_reports_go_with_a_guest_into_the_account_and_into_the_export(ada, area):
    guest = learners.begin_guest()
    attempt = finish(guest, area)
    reports.report(guest, attempt.pk, 1, WORDS)
    learners.join(guest, ada)
    assert Report.objects.of(ada).get().words == WORDS
    assert learners.everything_about(ada)["reports"][0]["words"] == WORDS
    learners.forget(ada)
    assert not Report.objects.exists()


def test_the_desk_shows_words_without_names_and_answers_them(editors_browser, ada, bob, area):
    for person in (ada, bob):
        reports.report(person, finish(person, area).pk, 1, f"{WORDS} {person.pk}")
    Report.objects.update(version=Item.objects.first().current_version, created_at=timezone.now())
    page = editors_browser.get("/admin/assessments/report/").content.decode()
    assert page.count(WORDS) == 2 and "ada@" not in page and "bob@" not in page
    report = Report.objects.first()
    address = f"/admin/assessments/report/{report.pk}/change/"
    page = editors_browser.get(address).content.decode()
    assert "As it was met: version 1" in page and "ada@" not in page and "bob@" not in page
    assert editors_browser.post(address, {"answer": ""}).status_code == 200
    assert Report.objects.open().count() == 2
    editors_browser.post(address, {"answer": "Mended.", "all_open": "on"})
    assert set(Report.objects.values_list("state", "answer")) == {("answered", "Mended.")}


def test_the_desk_shows_the_version_as_it_was_met_beside_the_present_one(editors_browser, ada, area):
    from assessments.workflows import items
    from tests.bank import version_for

    report = reports.report(ada, finish(ada, area).pk, 1, WORDS)
    item = report.version.item
    new = version_for(item, 3, "numeric", report.version.subskill)
    items.revise(item, items.Wording(new), edit="wording")
    page = editors_browser.get(f"/admin/assessments/report/{report.pk}/change/").content.decode()
    assert "As it was met: version 1" in page and "As it is now: version 2" in page


def test_reports_of_another_area_stay_apart(ada, area):
    one = reports.report(ada, finish(ada, area).pk, 1, WORDS)
    other = reports.report(ada, finish(ada, make_area("other")).pk, 1, WORDS)
    assert [pile.item for pile in reports.piles()] == [other.version.item, one.version.item]
