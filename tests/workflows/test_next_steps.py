"""One more question where it tells most."""

from assessments.models import Importance, Role, RoleArea, RoleProfile
from assessments.workflows.next_steps import best_area
from tests.bank import make_area
from tests.workflows.test_attempts import finish


def test_an_unmeasured_area_tells_more_than_a_measured_one(ada, db):
    first, second = make_area("first"), make_area("second")
    finish(ada, first)
    assert best_area(ada) == second


def test_an_area_that_is_core_to_her_role_comes_first(ada, db):
    areas = [make_area(slug) for slug in ("first", "second")]
    role = Role.objects.create(slug="r", name="Role", description="", confidence="high")
    for area, importance in zip(areas, (Importance.USEFUL, Importance.CORE), strict=True):
        RoleArea.objects.create(role=role, area=area, importance=importance)
    ada.profile = RoleProfile.objects.create(role=role, seniority="junior")
    ada.save()
    assert best_area(ada) == areas[1]


def test_small_areas_are_not_offered(ada, db):
    make_area("small", items=20)
    assert best_area(ada) is None


def test_one_click_asks_it(client, area):
    response = client.post("/next/")
    assert b"Question 1" in client.get(response.url).content
