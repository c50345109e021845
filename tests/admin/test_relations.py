"""What names others at the desk: in plain lists under their areas, in ticked boxes, in rows that say what they are."""

import re

import pytest

from assessments.models import Role, RoleArea, Subskill
from tests.bank import make_area


def shown(client, address):
    reply = client.get(f"/admin/assessments/{address}")
    assert reply.status_code == 200
    return reply.content.decode()


@pytest.fixture
def role(area):
    role = Role.objects.create(slug="tester", name="Tester", description="Tests.", confidence="high")
    RoleArea.objects.create(role=role, area=area, importance="core", why="It is so.")
    return role


def test_sub_skills_stand_under_their_areas(editors_browser, area):
    other = make_area("elsewhere")
    page = shown(editors_browser, "item/add/?kind=choice")
    choice = page.split('name="subskill"')[1].split("</select>")[0]
    for one in (area, other):
        group = choice.split(f'label="{one.name}"')[1].split("</optgroup>")[0]
        assert all(f'value="{part.pk}"' in group for part in one.subskills.all())


def test_several_are_named_by_ticking_and_kept(editors_browser, area):
    first, second, third = area.subskills.all()[:3]
    first.prerequisites.add(second)
    address = f"subskill/{first.pk}/change/"
    boxes = re.findall(r'<input type="checkbox"\s+name="prerequisites"[^>]*>', shown(editors_browser, address))
    assert [f'value="{second.pk}"' in one for one in boxes if "checked" in one] == [True]
    fields = {"slug": first.slug, "name": first.name, "covers": "x", "area": area.pk, "position": "0"}
    sent = {**fields, "prerequisites": [second.pk, third.pk]}
    assert editors_browser.post(f"/admin/assessments/{address}", sent).status_code == 302
    assert set(Subskill.objects.get(pk=first.pk).prerequisites.all()) == {second, third}


def test_each_field_of_a_row_says_which_it_is(editors_browser, role):
    page = shown(editors_browser, f"role/{role.pk}/change/")
    for label in ("Area, 1", "Importance, 1", "Why, 1", "Delete, 1"):
        assert f'aria-label="{label}"' in page
    assert '<th class="original">' not in page


def test_a_row_is_changed_and_deleted(editors_browser, role):
    row = role.areas.get()
    plain = {"slug": "tester", "name": "Tester", "description": "Tests.", "confidence": "high", "position": "0",
             "frameworks": "{}", "sources": "[]", "profiles-TOTAL_FORMS": "0", "profiles-INITIAL_FORMS": "0",
             "areas-TOTAL_FORMS": "1", "areas-INITIAL_FORMS": "1", "areas-0-id": row.pk, "areas-0-role": role.pk,
             "areas-0-area": row.area_id, "areas-0-importance": "core",
             "areas-0-why": "For another reason."}  # fmt: skip
    address = f"/admin/assessments/role/{role.pk}/change/"
    assert editors_browser.post(address, plain).status_code == 302
    assert role.areas.get().why == "For another reason."
    assert editors_browser.post(address, {**plain, "areas-0-DELETE": "on"}).status_code == 302
    assert not role.areas.exists()
