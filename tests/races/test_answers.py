"""Two tabs, double clicks, stale forms: no answer is lost, doubled or scored against another question."""

import itertools
import re

import pytest

from tests.person import HTMX, at_once

TABS = 8


def asked(reply):
    """The question on a page, without the token that differs from page to page."""
    return re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", reply.text).split('id="question"')[1]


def send_at_once(person, form, answers, **headers):
    return at_once([lambda answer=answer: person.post(form.action, answer, **headers) for answer in answers])


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_the_same_answer_sent_eight_times_at_once_is_stored_once(server, ada, attempt, headers):
    form = ada.question(attempt)
    replies = send_at_once(ada, form, [form.answers()[0]] * TABS, **headers)
    assert {reply.status for reply in replies} == {200 if headers else 302}
    assert {reply.place for reply in replies} == {"" if headers else f"/attempts/{attempt}/"}
    assert server.answered(attempt) == [1] and server.pending(attempt) == [2]
    if headers:
        assert len({asked(reply) for reply in replies}) == 1


def test_of_different_answers_to_one_question_one_wins_and_the_others_are_told(server, ada, attempt):
    form = ada.question(attempt)
    answers = list(itertools.islice(itertools.cycle(form.answers()), TABS))
    replies = send_at_once(ada, form, answers)
    winners = {str(answer) for answer, reply in zip(answers, replies, strict=True) if reply.status == 302}
    losers = {str(answer) for answer, reply in zip(answers, replies, strict=True) if reply.status == 409}
    assert len(winners) == 1 and not winners & losers and len(winners | losers) == len({str(one) for one in answers})
    assert server.answered(attempt) == [1] and server.pending(attempt) == [2]
    told = next(reply for reply in replies if reply.status == 409)
    assert "answered before" in told.text and f"/attempts/{attempt}/answers/2/" in told.text


def test_a_whole_sitting_answered_from_two_tabs_holds_each_question_once(server, ada, attempt):
    while server.pending(attempt):
        form = ada.question(attempt)
        replies = send_at_once(ada, form, form.answers()[:2], **HTMX)
        assert sorted(reply.status for reply in replies) == [200, 409]
    positions = server.answered(attempt)
    assert positions == list(range(1, len(positions) + 1))
    (versions,) = server.rows(
        "SELECT COUNT(DISTINCT version_id) FROM assessments_itemresponse WHERE attempt_id = ?", attempt
    )
    assert versions == (len(positions),)
    ends = server.rows("SELECT state, answers FROM assessments_attempt WHERE id = ?", attempt)
    assert ends == [("finished", len(positions))]
    (estimates,) = server.rows("SELECT COUNT(*) FROM assessments_areaestimate WHERE attempt_id = ?", attempt)
    assert estimates == (1,)


def test_two_tabs_that_begin_at_once_share_one_sitting(server, ada):
    ada.get("/areas/programming/")
    ada.begin(area="programming")  # the browser holds a guest now, as after any first click
    first = server.rows("SELECT learner_id, id FROM assessments_attempt ORDER BY id DESC LIMIT 1")[0]
    ada.post(f"/attempts/{first[1]}/stop/", {})
    replies = at_once([lambda: ada.post("/areas/programming/begin/", {"goal": "quick"})] * TABS)
    assert {reply.status for reply in replies} == {302} and len({reply.place for reply in replies}) == 1
    found = server.rows("SELECT state FROM assessments_attempt WHERE learner_id = ?", first[0])
    assert found == [("open",)]


def test_stopping_and_answering_at_once_keeps_what_was_acknowledged(server, ada, attempt):
    form = ada.question(attempt)
    ada.post(form.action, form.answers()[0])
    form = ada.question(attempt)
    answer, stop = at_once(
        [lambda: ada.post(form.action, form.answers()[0]), lambda: ada.post(f"/attempts/{attempt}/stop/", {})]
    )
    assert stop.status == 302 and answer.status in {302, 409}
    assert server.answered(attempt) == ([1, 2] if answer.status == 302 else [1])
    assert server.pending(attempt) == []


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_the_last_answer_sent_eight_times_at_once_leads_to_one_result(server, ada, attempt, headers):
    while True:
        form = ada.question(attempt)
        replies = send_at_once(ada, form, [form.answers()[0]] * TABS, **headers)
        if not server.pending(attempt):
            break
    assert {reply.status for reply in replies} == {200 if headers else 302}
    places = {reply.headers.get("hx-redirect") or reply.place for reply in replies}
    assert places == {f"/attempts/{attempt}/result/"}
    assert server.rows("SELECT COUNT(*) FROM assessments_areaestimate WHERE attempt_id = ?", attempt) == [(1,)]


def test_the_answer_that_ends_a_round_of_the_map_leads_every_tab_to_the_rest(server, ada):
    ada.get("/map/")
    attempt = int(ada.post("/map/begin/", {}).place.split("/")[2])
    while True:
        form = ada.question(attempt)
        replies = send_at_once(ada, form, [form.answers()[0]] * 2)
        assert {reply.status for reply in replies} == {302} and len({reply.place for reply in replies}) == 1
        if replies[0].place.endswith("/round/"):
            break
    answered = server.answered(attempt)
    assert answered == list(range(1, len(answered) + 1)) and server.pending(attempt) == [len(answered) + 1]


def test_two_tabs_that_begin_a_map_at_once_share_it(server, ada):
    ada.begin()
    ada.get("/map/")
    replies = at_once([lambda: ada.post("/map/begin/", {})] * TABS)
    assert {reply.status for reply in replies} == {302} and len({reply.place for reply in replies}) == 1
