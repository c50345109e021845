"""A situational question counts from the day a panel has keyed it, and not before."""

import pytest

from assessments.models import Item, ItemVersion
from assessments.questions.question import Question
from assessments.workflows import items, panels
from tests.bank import asked, make_area, options, told

AGREEING = [(5, 4, 2, 1), (5, 4, 1, 1), (4, 4, 2, 2), (5, 5, 2, 1), (5, 4, 2, 1)]


@pytest.fixture
def situation(db):
    area = make_area(items=2)
    question = Question(
        "rating", asked(1, options=options("Ask", "Try", "Wait", "Hide")), told({"a": 4, "b": 4, "c": 2, "d": 1})
    )
    item = Item.objects.create(slug="measuring-situation", area=area, life="pretest")
    version = ItemVersion(
        kind="rating", content=question.content, key=question.key, subskill=area.subskills.first(),
        cognitive_level="analyse", difficulty_label=3, keying={"status": "provisional"},
    )  # fmt: skip
    return items.revise(item, items.Wording(version))


def rate(version, rows):
    for number, row in enumerate(rows):
        panels.rate(version, f"p{number}", "engineer", dict(zip("abcd", row, strict=True)))


def test_four_practitioners_are_no_panel(situation):
    rate(situation, AGREEING[:4])
    with pytest.raises(panels.NoKey, match="4 of at least 5"):
        panels.set_key(situation)


def test_an_agreeing_panel_keys_the_question_and_it_counts_from_then_on(situation):
    rate(situation, AGREEING)
    keyed = panels.set_key(situation)
    assert keyed.key["right"] == {"a": 4.8, "b": 4.2, "c": 1.8, "d": 1.2}
    assert keyed.keying["status"] == "panel"
    assert keyed.keying["panel_size"] == 5
    assert Item.objects.get(slug="measuring-situation") in Item.objects.operational()


def test_an_action_the_panel_quarrels_about_is_dropped(situation):
    rows = [(*row[:3], wild) for row, wild in zip(AGREEING, (1, 5, 1, 5, 3), strict=True)]
    rate(situation, rows)
    assert set(panels.set_key(situation).key["right"]) == {"a", "b", "c"}


def test_a_panel_that_does_not_agree_makes_no_key(situation):
    rate(situation, [(3, 3, 3, 4), (3, 4, 3, 3), (4, 3, 3, 3), (3, 3, 4, 3), (3, 3, 3, 3)])
    with pytest.raises(panels.NoKey, match="agreement"):
        panels.set_key(situation)


def test_a_second_rating_of_one_practitioner_replaces_the_first(situation):
    rate(situation, AGREEING[:1])
    rate(situation, AGREEING[1:2])
    assert panels.panel_of(situation).size == 1


def test_ratings_are_entered_and_the_key_is_set_at_the_desk(editors_browser, situation):
    url = f"/admin/assessments/item/{situation.item_id}/panel/"
    for number, row in enumerate(AGREEING):
        form = {f"rate_{key}": value for key, value in zip("abcd", row, strict=True)}
        assert editors_browser.post(url, form | {"panelist": f"p{number}", "_rate": "1"}).status_code == 302
    assert "0.9" in editors_browser.get(url).content.decode()
    editors_browser.post(url, {"_key": "1"})
    assert Item.objects.get(pk=situation.item_id).life == "operational"
