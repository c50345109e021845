"""Progress, sittings and answers as pages; each has something sensible to say to somebody new."""

import pytest

from assessments.models import Learner
from tests.bank import SECRET_EXPLANATION, SECRET_NOTE
from tests.workflows.test_attempts import finish

PAGES = {
    "/progress/": "Nothing measured yet",
    "/progress/history/": "No finished sitting yet",
    "/progress/answers/": "No answer to look at yet",
}


@pytest.mark.parametrize(("path", "words"), PAGES.items())
def test_somebody_new_is_told_what_will_be_here_and_what_to_do(client, area, path, words):
    page = client.get(path).content.decode()
    assert words in page and page.count("btn-primary") == 1 and page.count("<h1") == 1
    assert not Learner.objects.exists()


def test_progress_shows_change_milestones_and_what_waits(adas_browser, ada, area):
    finish(ada, area, right=False)
    finish(ada, area, right=True)
    page = adas_browser.get("/progress/").content.decode()
    for words in ("Clear gain", "Milestones", "First area measured", "Waiting for you", "due"):
        assert words in page
    assert page.count("btn-primary") == 1


def test_every_answer_is_shown_with_the_right_one_and_its_note(adas_browser, ada, area):
    finish(ada, area, right=False)
    page = adas_browser.get("/progress/answers/?show=wrong").content.decode()
    assert SECRET_NOTE in page and SECRET_EXPLANATION in page and "Your answer:" in page
    assert "Page 1 of" in page and "?show=wrong&amp;page=2" in page
    assert adas_browser.get("/progress/answers/?show=wrong&page=2").status_code == 200
    assert "No answer like this" in adas_browser.get("/progress/answers/?show=sure").content.decode()


@pytest.mark.parametrize("query", ["?show=nonsense", "?area=nowhere", "?misconception=x", "?page=999", "?page=x"])
def test_a_filter_that_does_not_exist_breaks_nothing(adas_browser, ada, area, query):
    finish(ada, area, right=False)
    assert adas_browser.get(f"/progress/answers/{query}").status_code == 200
    assert adas_browser.get(f"/progress/history/{query}").status_code == 200


def test_sittings_are_listed_with_their_results(adas_browser, bobs_browser, ada, area):
    attempt = finish(ada, area)
    assert f"/attempts/{attempt.pk}/result/" in adas_browser.get("/progress/history/").content.decode()
    assert "No sitting in this area" in adas_browser.get("/progress/history/?area=map").content.decode()
    assert f"/attempts/{attempt.pk}/" not in bobs_browser.get("/progress/history/").content.decode()
