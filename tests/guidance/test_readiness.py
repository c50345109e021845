"""The probability to meet a role: exact, honest where nothing is known, and true in simulation."""

import math

import numpy as np
import pytest

from assessments.guidance.learning import level_of, shown
from assessments.guidance.normal import below
from assessments.guidance.readiness import (
    Correlation,
    Evidence,
    Requirement,
    Standing,
    chance_settled,
    evidence_of,
    learned_correlation,
    readiness,
    standings,
)
from assessments.psychometrics.scale import reading
from tests.guidance.ready_people import cases, table

R = Correlation(0.5)


def role(*cuts, useful=()):
    return [Requirement(f"area-{n}", cut, n not in useful) for n, cut in enumerate(cuts)]


def by_drawing(requirements, evidence, r=0.5, people=400_000):
    """The same probability by drawing people and weighing them by the evidence."""
    rng = np.random.default_rng(0)
    theta = np.sqrt(r) * rng.standard_normal((people, 1)) + np.sqrt(1 - r) * rng.standard_normal(
        (people, len(requirements))
    )
    log = np.zeros(people)
    ready = np.ones(people, dtype=bool)
    for n, one in enumerate(requirements):
        found = evidence.get(one.area)
        if found:
            log -= 0.5 * found.precision * (theta[:, n] - found.mean) ** 2
        if one.required:
            ready &= theta[:, n] > one.cut
    weight = np.exp(log - log.max())
    return float(weight @ ready / weight.sum())


def test_nothing_measured_is_no_number():
    found = readiness(role(-0.5, 0.3), {}, R)
    assert (found.chance, found.low, found.high, found.measured, found.required) == (None, None, None, 0, 2)


def test_one_area_measured_is_the_chance_of_its_own_posterior():
    found = readiness(role(-0.5), {"area-0": evidence_of(0.2, 0.5)}, R)
    assert found.chance == pytest.approx(float(1 - below((-0.5 - 0.2) / 0.5)), abs=1e-5)


def test_the_quadrature_agrees_with_drawing_people():
    requirements = role(-0.5, 0.3, -0.5, 0.3, -0.5, 1.1, useful=(5,))
    evidence = {"area-0": evidence_of(0.3, 0.5), "area-1": evidence_of(0.6, 0.45), "area-5": evidence_of(1.0, 0.4)}
    assert readiness(requirements, evidence, R).chance == pytest.approx(by_drawing(requirements, evidence), abs=0.004)


def test_the_same_evidence_gives_the_same_number():
    asked, evidence = role(-0.5, 0.3), {"area-0": Evidence(0.1, 3.0)}
    assert readiness(asked, evidence, R) == readiness(asked, evidence, R)


def test_an_unmeasured_area_is_informed_by_its_neighbours_and_makes_the_answer_wide():
    strong = {f"area-{n}": evidence_of(1.2, 0.4) for n in range(3)}
    weak = {f"area-{n}": evidence_of(-1.2, 0.4) for n in range(3)}
    asked = role(-0.5, -0.5, -0.5, -0.5)
    chances = [{one.area: one for one in readiness(asked, known, R).areas}["area-3"].chance for known in (strong, weak)]
    assert chances[0] > 0.85 and chances[1] < 0.5
    three, four = readiness(asked[:3], strong, R), readiness(asked, strong, R)
    assert four.high - four.low > three.high - three.low
    assert four.measured == 3 and four.required == 4


def test_useful_areas_are_not_required_and_level_one_is_always_met():
    evidence = {"area-0": evidence_of(1.5, 0.4), "area-1": evidence_of(-2.0, 0.4)}
    assert readiness(role(-0.5, 0.3, useful=(1,)), evidence, R).chance > 0.9
    assert readiness(role(-math.inf, -math.inf), evidence, R).chance == pytest.approx(1.0)


def test_the_range_holds_the_number_and_narrows_when_the_correlation_is_learned():
    asked, evidence = role(-0.5, -0.5, 0.3), {"area-0": evidence_of(0.4, 0.45)}
    start = readiness(asked, evidence, R)
    learned = readiness(asked, evidence, learned_correlation(0.5, 0.02))
    assert start.low < start.chance < start.high
    assert learned.high - learned.low < start.high - start.low


def test_the_doubt_is_where_a_sitting_would_tell_most():
    evidence = {"area-0": evidence_of(1.5, 0.4), "area-1": evidence_of(1.4, 0.4)}
    found = readiness(role(-0.5, -0.5, 0.3), evidence, R)
    assert found.doubt == "area-2" and not found.settled
    blocked = readiness(role(-0.5, -0.5, 0.3), evidence, R, precisions={"area-2": 0.0})
    assert blocked.doubt != "area-2"


def test_who_clearly_misses_a_target_needs_no_more_questions():
    found = readiness(role(0.3, 0.3), {"area-0": evidence_of(-1.5, 0.4)}, R)
    assert found.settled and found.doubt is None


def test_more_questions_settle_more_and_a_person_on_the_mark_is_hard_to_settle():
    clear, near = Standing(0.6, 0.6), Standing(-0.5, 0.35)
    alone = Standing(0.0, 0.9)
    far = [chance_settled(now=clear, neighbours=alone, cut=-0.5, precision=one) for one in (0.5, 2, 5, 10)]
    assert far == sorted(far) and far[-1] > 0.7
    assert chance_settled(now=near, neighbours=alone, cut=-0.5, precision=6) < 0.5


def test_the_chance_to_settle_agrees_with_drawing():
    now, alone, cut, precision = Standing(0.1, 0.6), Standing(0.2, 0.8), -0.5, 4.0
    rng = np.random.default_rng(1)
    seen = now.mean + now.standard_deviation * rng.standard_normal(200_000) + rng.standard_normal(200_000) / 2
    total = alone.standard_deviation**-2 + precision
    mean = (alone.mean * alone.standard_deviation**-2 + precision * seen) / total
    chance = 1 - below((cut - mean) * np.sqrt(total))
    drawn = float(((chance > 0.9) | (chance < 0.1)).mean())
    assert chance_settled(now=now, neighbours=alone, cut=cut, precision=precision) == pytest.approx(drawn, abs=0.005)


def test_standings_without_own_evidence_are_what_the_neighbours_say():
    evidence = {"area-0": evidence_of(1.0, 0.5), "area-1": evidence_of(1.0, 0.5)}
    own = standings(["area-0", "area-1"], evidence, 0.5)["area-0"]
    others = standings(["area-0", "area-1"], evidence, 0.5, without_own=True)["area-0"]
    alone = standings(["area-0"], {"area-1": evidence["area-1"]}, 0.5)["area-0"]
    assert others.mean == pytest.approx(alone.mean) and own.standard_deviation < others.standard_deviation


def test_an_estimate_no_narrower_than_the_prior_is_no_evidence():
    assert evidence_of(0.0, 1.0) is None
    assert evidence_of(0.75, 0.5).mean == pytest.approx(1.0)


def test_the_normal_curve_and_the_rule_of_levels_are_those_of_the_measurement():
    assert below([0.0, 1.6448536, -1.2815516]) == pytest.approx([0.5, 0.95, 0.1], abs=2e-7)
    for theta in (-2.0, -0.5, 0.3, 1.7, 4.0):
        assert shown(float(level_of(theta))) == pytest.approx(float(reading(theta)))


def test_of_cases_said_seventy_percent_as_many_are_ready():
    """1,000 people drawn from the model, measured by the engine; `make bench` does 10,000."""
    said, ready = cases(np.random.default_rng(1), 1000)
    rows = {middle: (count, share) for middle, count, _said, share in table(said, ready)}
    assert min(count for count, _share in rows.values()) > 200
    assert 0.67 < rows[0.7][1] < 0.73
    assert all(abs(share - middle) < 0.06 for middle, (_count, share) in rows.items()), rows
