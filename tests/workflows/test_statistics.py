"""What answers say of questions is counted in the background, and broken ones go back to pretest."""

import numpy as np
import pytest
from django.core.management import call_command

from assessments.models import Attempt, Demotion, Item, ItemResponse, ItemStatistics, Learner
from assessments.psychometrics import item_bank, posterior_of
from assessments.psychometrics.irt import LABEL_DIFFICULTIES, LABEL_DIFFICULTY_SD
from assessments.workflows import items as verbs
from assessments.workflows import statistics
from tests.workflows.test_calibrations import ASKED, PEOPLE, answer_area

MISKEYED = 0


@pytest.fixture
def answered(db):
    """Three hundred people; one of forty questions has the wrong key."""
    rng = np.random.default_rng(5)
    people = [Learner.objects.create() for _ in range(PEOPLE)]
    area, truth = answer_area("measuring", people, rng.normal(size=PEOPLE), rng)
    spoilt = Item.objects.order_by("pk")[MISKEYED].current_version
    swap = {"right": "wrong", "wrong": "right"}
    rows = list(spoilt.responses.all())
    for row in rows:
        row.outcome = swap[row.outcome]
    ItemResponse.objects.bulk_update(rows, ["outcome"])
    return area, truth, spoilt


def test_every_answered_version_gets_its_row(answered):
    area, _truth, _spoilt = answered
    rows = statistics.count_area(area)
    assert len(rows) == 40
    assert sum(row.answers for row in rows) == PEOPLE * ASKED
    row = ItemStatistics.objects.get(version=Item.objects.order_by("pk")[7].current_version)
    outcomes = list(row.version.responses.values_list("outcome", flat=True))
    assert row.numbers["facility"] == pytest.approx(outcomes.count("right") / len(outcomes))
    assert row.numbers["exposure"] == pytest.approx(len(outcomes) / PEOPLE)
    assert row.numbers["seconds"] == 30


def test_the_point_biserial_is_that_of_theta_from_the_other_answers(answered):
    """Against the engine that measures people, answer by answer."""
    area, _truth, _spoilt = answered
    statistics.count_area(area)
    row = ItemStatistics.objects.get(version=Item.objects.order_by("pk")[3].current_version)
    right, theta = [], []
    for response in row.version.responses.select_related("attempt"):
        others = list(response.attempt.responses.exclude(pk=response.pk))
        bank = item_bank(
            [one.discrimination for one in others],
            [one.difficulty for one in others],
            [one.guessing for one in others],
            difficulty_sd=[one.difficulty_error for one in others],
            log_discrimination_sd=[one.log_discrimination_error for one in others],
        )
        posterior = posterior_of(bank, range(len(others)), [int(one.outcome == "right") for one in others])
        right.append(response.outcome == "right")
        theta.append(posterior.mean)
    assert row.numbers["point_biserial"] == pytest.approx(np.corrcoef(right, theta)[0, 1], abs=1e-3)


def test_a_wrong_key_sends_a_question_back_to_pretest_and_moves_no_score(answered):
    area, _truth, spoilt = answered
    before = list(Attempt.objects.order_by("pk").values_list("theta", "standard_error"))
    statistics.count_area(area)
    spoilt.item.refresh_from_db()
    assert spoilt.item.life == "pretest"
    told = Demotion.objects.unseen().get(version=spoilt)
    assert told.answers >= 100
    assert told.slope_low > 0.95 or abs(told.residual_z) > 4
    assert list(Attempt.objects.order_by("pk").values_list("theta", "standard_error")) == before
    row = ItemStatistics.objects.get(version=spoilt)
    assert row.harm == 1.0 and {"misfit", "check-key"} <= {one["finding"] for one in row.findings}


def test_of_sound_questions_only_those_whose_label_is_far_off_go_back(answered):
    area, truth, spoilt = answered
    statistics.count_area(area)
    for told in Demotion.objects.exclude(version=spoilt):
        label = LABEL_DIFFICULTIES[told.version.difficulty_label - 1]
        assert abs(truth[told.version_id] - label) > 2 * LABEL_DIFFICULTY_SD
    assert Demotion.objects.count() <= 3


def test_a_question_that_an_editor_put_back_stays(answered):
    area, _truth, spoilt = answered
    statistics.count_area(area)
    verbs.set_life([spoilt.item], "operational")
    statistics.count_area(area)
    spoilt.item.refresh_from_db()
    assert spoilt.item.life == "operational"
    assert Demotion.objects.filter(version=spoilt).count() == 1


def test_counting_again_gives_the_same_rows(answered, capsys):
    area, _truth, _spoilt = answered
    statistics.count_area(area)
    before = list(ItemStatistics.objects.order_by("version").values_list("version", "harm", "numbers"))
    statistics.count_area(area)
    assert list(ItemStatistics.objects.order_by("version").values_list("version", "harm", "numbers")) == before
    call_command("count_answers")
    assert "No new answers" in capsys.readouterr().out


def test_few_answers_are_counted_and_not_judged(answered):
    area, _truth, _spoilt = answered
    Attempt.objects.exclude(pk__in=Attempt.objects.order_by("pk").values("pk")[:20]).delete()
    rows = statistics.count_area(area)
    assert rows and all(row.answers < 30 and "facility" not in row.numbers and not row.findings for row in rows)
    assert not Demotion.objects.exists()
