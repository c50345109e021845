"""The map: one sitting over all areas, each answer informing the neighbours."""

import pytest

from assessments.models import Area, AreaEstimate, Attempt, Importance, Role, RoleArea, RoleProfile
from assessments.workflows import attempts, courses, maps
from assessments.workflows.attempts import Given, NotMeasurable
from tests.bank import form_for, make_area
from tests.workflows.test_attempts import sent


@pytest.fixture
def three_areas(db):
    return [make_area(slug) for slug in ("first", "second", "third")]


def answer(learner, attempt, right=True):
    response = attempt.responses.pending().select_related("version__item").get()
    step = attempts.respond(learner, attempt.pk, response.position, sent(form_for(response, right)))
    return step, response.version.item.area


def test_a_map_asks_about_every_area(ada, three_areas):
    attempt = attempts.begin_map(ada)
    asked = {answer(ada, attempt)[1] for _ in range(9)}
    assert asked == set(three_areas)


def test_an_answer_informs_the_neighbours(ada, three_areas):
    attempt = attempts.begin_map(ada)
    step, area = answer(ada, attempt, right=False)
    means = dict(zip(step.course.areas, step.course.profile.means, strict=True))
    assert means[area.pk] < 0
    assert all(mean < 0 for mean in means.values())


def test_a_map_ends_when_every_area_is_exact_and_writes_each_with_its_own_estimate(ada, three_areas):
    attempt = attempts.begin_map(ada)
    while attempt.is_open:
        attempt = answer(ada, attempt)[0].attempt
    assert attempt.end == Attempt.End.REACHED
    estimates = AreaEstimate.objects.of(ada).current()
    assert estimates.count() == 3
    for estimate in estimates:
        assert estimate.borrowed and estimate.standard_error <= 0.5 < estimate.own_standard_error
    assert maps.map_of(ada, Attempt.objects.of(ada).with_banks().get()).reached == 3


def test_a_borrowed_estimate_says_so(adas_browser, ada, three_areas):
    attempt = attempts.begin_map(ada)
    _step, area = answer(ada, attempt)
    attempts.stop(ada, attempt.pk)
    page = adas_browser.get("/progress/").content.decode()
    assert "Borrowed" in page
    assert area.name in page


def test_what_was_not_asked_about_stays_unmeasured(ada, three_areas):
    attempt = attempts.begin_map(ada)
    _step, area = answer(ada, attempt)
    attempts.stop(ada, attempt.pk)
    assert [estimate.area for estimate in AreaEstimate.objects.of(ada)] == [area]


def test_the_areas_of_the_role_are_asked_about_alone(ada, three_areas):
    role = Role.objects.create(slug="r", name="Role", description="", confidence="high")
    RoleArea.objects.create(role=role, area=three_areas[0], importance=Importance.CORE)
    RoleArea.objects.create(role=role, area=three_areas[1], importance=Importance.USEFUL)
    ada.profile = RoleProfile.objects.create(role=role, seniority="junior")
    ada.save()
    attempt = attempts.begin_map(ada)
    assert {answer(ada, attempt)[1] for _ in range(6)} == {three_areas[0]}


def test_a_round_is_over_after_fifty_answers(ada, three_areas, monkeypatch):
    monkeypatch.setattr(courses, "ROUND", 4)
    monkeypatch.setattr(attempts, "ROUND", 4)
    attempt = attempts.begin_map(ada)
    ends = [answer(ada, attempt)[0].round_is_over for _ in range(8)]
    assert ends == [False, False, False, True] * 2


def test_a_map_and_a_sitting_in_one_area_stand_beside_each_other(ada, three_areas):
    attempts.begin_map(ada)
    attempts.begin(ada, three_areas[0])
    assert attempts.begin_map(ada).area is None
    assert Attempt.objects.of(ada).open().count() == 2


def test_one_area_is_no_map(ada, db):
    make_area("lonely")
    with pytest.raises(NotMeasurable):
        attempts.begin_map(ada)
    assert not Attempt.objects.exists()


def test_i_do_not_know_counts_in_a_map(ada, three_areas):
    attempt = attempts.begin_map(ada)
    attempts.respond(ada, attempt.pk, 1, Given(data={}, unknown=True))
    assert attempt.responses.get(position=1).outcome == "unknown"


def test_the_bank_is_named_by_all_areas(three_areas):
    before = Area.objects.bank_stamp()
    Area.objects.filter(pk=three_areas[1].pk).update(bank_revision=99)
    assert Area.objects.bank_stamp() > before
