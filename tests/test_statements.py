"""How many SQL statements a page costs, on a bank of 1,000 questions and a person with 1,000 answers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import (
    AreaEstimate,
    Attempt,
    Calibration,
    ItemResponse,
    ItemVersion,
    Learner,
    ReviewCard,
    Source,
    User,
)
from assessments.workflows import attempts, practice
from assessments.workflows.reviews import Scope
from tests.bank import form_for, make_area
from tests.workflows.test_plans import make_profile
from tests.workflows.test_practice import Shown

pytestmark = pytest.mark.django_db(transaction=True)


def person_with_answers(area, count):
    """Somebody with `count` answers in finished sittings of twenty."""
    learner = Learner.objects.create(user=User.objects.create_user("ada@example.org", "correct horse battery"))
    versions = list(ItemVersion.objects.filter(item__area=area).values_list("pk", flat=True))
    calibration = Calibration.objects.current()
    for sitting in range(count // 20):
        attempt = Attempt.objects.create(
            learner=learner, area=area, calibration=calibration, state="finished", end="reached",
            finished_at=timezone.now(), theta=0.2, standard_error=0.5, low=-0.6, high=1.0, answers=20,
        )  # fmt: skip
        ItemResponse.objects.bulk_create(
            ItemResponse(
                attempt=attempt, position=n + 1, version_id=versions[(20 * sitting + n) % len(versions)],
                discrimination=1, difficulty=0, guessing=0.25, log_discrimination_error=0.3, difficulty_error=0.75,
                answer="a", outcome="right", credit=1, answered_at=timezone.now(),
            )
            for n in range(20)
        )  # fmt: skip
        AreaEstimate.objects.filter(learner=learner).update(is_current=False)
        AreaEstimate.objects.create(
            learner=learner, area=area, attempt=attempt, measured_at=attempt.finished_at, theta=0.2,
            standard_error=0.5, low=-0.6, high=1.0, answers=20, label_share=1.0,
        )  # fmt: skip
    return learner


@pytest.fixture(params=[(100, 0), (1000, 1000)], ids=["small", "large"])
def sitting(request):
    items, answers = request.param
    area = make_area(items=items, subskills=8)
    learner = person_with_answers(area, answers)
    client = Client()
    client.force_login(learner.user, backend="assessments.accounts.LearnerBackend")
    client.get(f"/areas/{area.slug}/")  # from where she begins; what stands on what is then remembered
    attempt = attempts.begin(learner, area)
    client.get(f"/attempts/{attempt.pk}/")
    return client, attempt


def statements(client, method, url, data=None):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = getattr(client, method)(url, data or {}, headers={"HX-Request": "true"} if method == "post" else {})
    assert response.status_code in (200, 302), response.content
    return [query["sql"] for query in captured], response


def answer_next(client, attempt):
    response = attempt.responses.pending().select_related("version").get()
    return statements(client, "post", f"/attempts/{attempt.pk}/answers/{response.position}/", form_for(response))


def test_question_answer_end_result_and_progress_stay_within_their_statements(sitting):
    client, attempt = sitting
    asked, _page = statements(client, "get", f"/attempts/{attempt.pk}/")
    assert len(asked) <= 4, asked
    for _ in range(3):
        answered, _page = answer_next(client, attempt)
        assert len(answered) <= 10, answered
    while True:
        answered, page = answer_next(client, attempt)
        if "HX-Redirect" in page.headers:
            break
    assert len(answered) <= 16, answered
    shown, _page = statements(client, "get", f"/attempts/{attempt.pk}/result/")
    assert len(shown) <= 8, shown
    for path, most in (("/progress/", 8), ("/progress/history/", 5), ("/progress/answers/", 8), ("/evidence/", 10)):
        shown, _page = statements(client, "get", path)
        assert len(shown) <= most, (path, shown)


def test_the_queue_a_practice_question_and_its_answer_stay_within_their_statements(sitting):
    client, attempt = sitting
    items = attempt.area.items.exclude(versions__responses__attempt=attempt)[:90]
    ReviewCard.objects.bulk_create(ReviewCard(learner=attempt.learner, item=item, reason="wrong") for item in items)
    shown, _page = statements(client, "get", "/review/")
    assert len(shown) <= 5, shown
    shown, _page = statements(client, "get", "/review/question/")
    assert len(shown) <= 6, shown
    sheet = practice.next_sheet(attempt.learner, Scope())
    form = {**form_for(Shown(sheet)), "version": sheet.turn.version.pk}
    told, _page = statements(client, "post", f"/review/cards/{sheet.card.pk}/turns/1/", form)
    assert len(told) <= 18, told


def test_plan_list_and_roles_stay_within_their_statements(sitting):
    client, attempt = sitting
    while attempt.responses.pending().exists():
        answer_next(client, attempt)
    for url in ("/plan/", "/study/", "/roles/"):
        statements(client, "get", url)  # the process then remembers roles and catalogue
        shown, _page = statements(client, "get", url)
        assert len(shown) <= 8, (url, shown)


def test_a_role_and_two_beside_each_other_stay_within_their_statements(sitting):
    client, attempt = sitting
    while attempt.responses.pending().exists():
        answer_next(client, attempt)
    for slug in ("engineer", "analyst"):
        profile = make_profile([attempt.area, make_area(slug)], slug=slug)
        profile.role.key_subskills.set(attempt.area.subskills.all())
        profile.leads_to.add(profile)
        fact = profile.role.facts.create(code=slug[:4], topic="duties", statement="It is done.")
        source = Source.objects.create(slug=f"article-{slug}", title="An article")
        fact.citations.create(source=source, lines="1, 4-5")
    both = "/roles/compare/?a=engineer/junior&b=analyst/junior"
    for url, most in (("/roles/engineer/junior/", 10), (both, 6), ("/roles/compare/", 6)):
        statements(client, "get", url)  # the process then remembers roles and catalogue
        shown, _page = statements(client, "get", url)
        assert len(shown) <= most, (url, shown)
