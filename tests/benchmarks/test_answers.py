"""What an answer costs, as a ratio against something run beside it in the same minute."""

import time
from statistics import median

import pytest
from django.test import Client

from assessments.models import Attempt
from tests.bank import form_for, make_area

pytestmark = pytest.mark.django_db


def timed(act, times=15):
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return median(taken)


def answering(client, attempt):
    def answer():
        response = attempt.responses.pending().select_related("version").get()
        form = form_for(response, right=response.position % 2 == 0)
        url = f"/attempts/{attempt.pk}/answers/{response.position}/"
        reply = client.post(url, form, headers={"HX-Request": "true"})
        assert reply.status_code == 200  # a refusal would be quick, and no answer

    return answer


def begun(area):
    client = Client()
    address = client.post(f"/areas/{area.slug}/begin/", {"goal": "solid"}).url
    return client, Attempt.objects.get(pk=int(address.split("/")[2]))


def test_an_answer_against_an_empty_page_and_a_large_bank_against_a_small_one(capsys):
    client = Client()
    empty = timed(lambda: client.get("/nowhere/"), 30)
    small = timed(answering(*begun(make_area("small", items=100, subskills=8))))
    large = timed(answering(*begun(make_area("large", items=5000, subskills=8))))
    with capsys.disabled():
        print(f"\nanswer / empty page: {small / empty:.1f}   bank of 5,000 / bank of 100: {large / small:.2f}")
    assert small < 8 * empty and large < 1.5 * small
