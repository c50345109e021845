"""A calibration is made from eligible answers, moves no score, and finds what is true."""

import numpy as np
import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.models import Attempt, Calibration, ItemParameters, ItemResponse, ItemVersion, Learner
from assessments.workflows import calibrations, rescoring
from assessments.workflows.banks import area_bank
from tests.bank import make_area

PEOPLE, ASKED, C = 300, 20, 0.25


@pytest.fixture
def answered(db):
    """Three hundred people answer twenty questions each by parameters that are known to us."""
    rng = np.random.default_rng(5)
    people = [Learner.objects.create() for _ in range(PEOPLE)]
    return answer_area("measuring", people, rng.normal(size=PEOPLE), rng)


def answer_area(slug, people, thetas, rng):
    area = make_area(slug, items=40)
    versions = list(ItemVersion.objects.filter(item__area=area).order_by("pk"))
    truth = {version.pk: float(rng.normal()) for version in versions}
    calibration = Calibration.objects.current()
    for learner, theta in zip(people, thetas, strict=True):
        attempt = Attempt.objects.create(
            learner=learner, area=area, calibration=calibration, state="finished", end="reached",
            finished_at=timezone.now(), theta=0, standard_error=0.5, low=-0.8, high=0.8, answers=ASKED,
        )  # fmt: skip
        chosen = rng.choice(len(versions), ASKED, replace=False)
        rights = rng.random(ASKED) < [chance(theta, truth[versions[n].pk]) for n in chosen]
        ItemResponse.objects.bulk_create(
            ItemResponse(
                attempt=attempt, position=place + 1, version=versions[n], discrimination=1, difficulty=0, guessing=C,
                log_discrimination_error=0.3, difficulty_error=0.75, answer="a",
                outcome="right" if right else "wrong", credit=float(right), answered_at=timezone.now(),
                visible_ms=30_000,
            )
            for place, (n, right) in enumerate(zip(chosen, rights, strict=True))
        )  # fmt: skip
    return area, truth


def chance(theta, difficulty):
    return C + (1 - C) / (1 + np.exp(difficulty - theta))


def test_difficulties_are_found_and_used_from_now_on(answered):
    area, truth = answered
    new = calibrations.calibrate_items()
    rows = ItemParameters.objects.filter(calibration=new)
    found = np.array([row.difficulty for row in rows])
    real = np.array([truth[row.version_id] for row in rows])
    assert len(found) == 40
    assert np.corrcoef(found, real)[0, 1] > 0.9
    area.refresh_from_db()
    bank = area_bank(area, new)
    assert not any(bank.rests_on_label)
    assert (bank.bank.difficulty_sd < 0.75).all()
    [report] = new.report["areas"]
    assert (report["answers"], report["people"]) == (PEOPLE * ASKED, PEOPLE)
    assert report["predicted"] > 0.8


def test_no_score_moves_until_somebody_says_so(answered, capsys):
    before = list(Attempt.objects.order_by("pk").values_list("theta", "calibration__number"))
    call_command("calibrate_items")
    assert list(Attempt.objects.order_by("pk").values_list("theta", "calibration__number")) == before
    call_command("rescore_attempts")
    assert "Nothing was written" in capsys.readouterr().out
    assert list(Attempt.objects.order_by("pk").values_list("theta", "calibration__number")) == before
    call_command("rescore_attempts", "--apply")
    assert set(Attempt.objects.values_list("calibration__number", flat=True)) == {1}
    assert len(set(Attempt.objects.values_list("theta", flat=True))) > 50


def test_clicked_through_sittings_and_second_exposures_are_not_eligible(answered):
    area, _truth = answered
    whole = len(calibrations.eligible(area))
    first = Attempt.objects.order_by("pk").first()
    first.responses.update(visible_ms=400)
    assert len(calibrations.eligible(area)) == whole - ASKED
    second = Attempt.objects.order_by("pk")[1]
    third = Attempt.objects.order_by("pk")[2]
    third.learner = second.learner
    third.save()
    both = set(second.responses.values_list("version", flat=True)) & set(
        third.responses.values_list("version", flat=True)
    )
    assert len(calibrations.eligible(area)) == whole - ASKED - len(both)


def test_a_second_calibration_stands_on_the_first(answered):
    calibrations.calibrate_items()
    second = calibrations.calibrate_items()
    assert second.number == 2
    assert second.report["areas"][0]["largest_move"] < 0.01


@pytest.mark.parametrize("likeness", [0.1, 0.8])
def test_the_likeness_of_areas_is_learned_from_people_measured_in_both(db, likeness):
    rng = np.random.default_rng(8)
    people = [Learner.objects.create() for _ in range(PEOPLE)]
    general = rng.normal(size=PEOPLE)
    for slug in ("first", "second"):
        own = rng.normal(size=PEOPLE)
        answer_area(slug, people, np.sqrt(likeness) * general + np.sqrt(1 - likeness) * own, rng)
    assert calibrations.calibrate_items().area_correlation == pytest.approx(likeness, abs=0.2)


def test_an_administrator_asks_for_one_in_the_background(answered, editors_browser, adas_browser):
    assert adas_browser.post("/admin/assessments/calibration/begin/").status_code in (302, 403)
    assert Calibration.objects.count() == 1
    page = editors_browser.get("/admin/assessments/calibration/").content.decode()
    assert "Make a new calibration" in page
    editors_browser.post("/admin/assessments/calibration/begin/")
    assert Calibration.objects.current().number == 1


def test_without_answers_there_is_no_calibration(area):
    assert calibrations.calibrate_items() is None
    assert next(rescoring.rescored(Calibration.objects.current()), None) is None
