"""A plan: in the fewest hours that the simple model allows, prerequisites first, and sensible for everybody."""

from datetime import date, timedelta

import numpy as np
import pytest

from assessments.guidance.bundles import problem_of, within_budget
from assessments.guidance.gaps import LIKELY, Aim, Skill, Standing, gaps_of
from assessments.guidance.plan import AreaToMeasure, plan, to_study
from assessments.guidance.recommendation import Choice, Tastes
from assessments.guidance.shelf import MONEY_NOMINAL, Offer, Shelf
from assessments.guidance.weeks import Terms
from tests.guidance import content, people
from tests.guidance.readers import OTHER_WAYS, exact_hours, exact_with_budget, hours_to_close

MONDAY = date(2026, 11, 23)
SKILLS = [
    Skill("counting", "Counting", "maths", "Maths"),
    Skill("adding", "Adding", "maths", "Maths", ("counting",)),
    Skill("drawing", "Drawing", "art", "Art"),
]
AIMS = {"counting": Aim(3, 0.3, "core", 3), "adding": Aim(3, 0.3, "core", 3), "drawing": Aim(3, 0.3, "core", 3)}
LOW = {"maths": Standing(-0.6, 0.4), "art": Standing(-0.4, 0.4)}


def terms(hours=6, budget=0.0, until=None, today=MONDAY):
    return Terms(hours_per_week=hours, starts_on=MONDAY, today=today, budget=budget, until=until)


def offer(key, subskill, **fields):
    ours = {"weight": 3, "share": 0.5, "chapters": "", "hours": 20, "level_from": 1, "level_to": 4}
    return Offer(resource=key, key=key, subskill=subskill, **{**ours, "cost": "free", "kind": "book", **fields})


def gaps(standings=LOW):
    return gaps_of(SKILLS, AIMS, standings, {})


SHELF = Shelf.of(
    offer(f"{subskill}-{n}", subskill, hours=8 + 6 * n)
    for subskill in ("counting", "adding", "drawing")
    for n in range(4)
)


def studies(made):
    return [step for week in made.weeks for step in week.steps if step.kind == "study"]


def sittings(made):
    return [step for week in made.weeks for step in week.steps if step.kind == "measure"]


def drawn_shelf(rng, *, parts, paid):
    """Some parts for each sub-skill, of random hours, levels and weights."""
    made = []
    for skill in SKILLS:
        for n in range(parts):
            begins = int(rng.integers(1, 4))
            made.append(offer(
                f"{skill.slug}-{n}", skill.slug, hours=float(rng.uniform(4, 80)), weight=int(rng.integers(1, 4)),
                level_from=begins, level_to=begins + int(rng.integers(1, 3)),
                cost="paid" if rng.random() < paid else "free",
            ))  # fmt: skip
    return Shelf.of(made)


def drawn_problems(rng, shelf):
    standings = {"maths": Standing(rng.uniform(-1.2, 0.2), 0.4), "art": Standing(rng.uniform(-1.2, 0.2), 0.4)}
    tastes = Tastes.of(shelf, ())
    return [problem_of(gap, shelf, tastes, tastes.open) for gap in gaps(standings) if gap.chance > LIKELY]


def test_each_gap_is_closed_in_the_fewest_hours_there_are():
    """Against every order of every set of six parts, on drawn catalogues: 1.1 is asked, 1.05 is promised."""
    rng = np.random.default_rng(11)
    ratios = []
    for _ in range(50):
        for problem in drawn_problems(rng, drawn_shelf(rng, parts=5, paid=0.0)):
            best, ours = exact_hours(problem), problem.bundle()
            assert ours.closes == (best < float("inf"))
            if ours.closes and best:
                ratios.append(ours.hours / best)
    assert len(ratios) > 50 and max(ratios) <= 1.05
    assert np.mean(ratios) < 1.01


def test_money_is_spent_where_it_closes_most_in_the_fewest_hours():
    rng = np.random.default_rng(12)
    for _ in range(15):
        shelf = drawn_shelf(rng, parts=4, paid=0.4)
        problems = drawn_problems(rng, shelf)
        prices = {part.paid: MONEY_NOMINAL["paid"] for problem in problems for part in problem.parts if part.paid >= 0}
        for budget in (0.0, 40.0, 80.0):
            bought = within_budget(problems, prices, budget)
            assert sum(prices[one] for one in bought) <= budget
            bundles = [problem.bundle(bought & problem.purchases) for problem in problems]
            ours = (sum(not one.closes for one in bundles), sum(one.hours for one in bundles if one.closes))
            exact = exact_with_budget(problems, prices, budget)
            assert ours[0] >= exact[0] and (ours[0] > exact[0] or ours[1] <= 1.1 * exact[1] + 1e-9), (ours, exact)


def test_a_plan_needs_fewer_hours_than_other_ways_to_choose():
    """Simulated people, the real catalogue and the free part of it; `make bench` takes more of them."""
    assert_fewer_hours(np.random.default_rng(13), people=60)


def assert_fewer_hours(rng, people):
    compared, equal = 0, 0
    for number in range(people):
        for ours, others in hours_of(someone(rng), content.profiles()[number % len(content.profiles())]):
            for other in others:
                assert other is None or ours <= other + 1e-9
                equal += other is not None and abs(ours - other) < 1e-9
                compared += 1
    assert compared > people
    assert equal < 0.05 * compared
    return compared, equal


def someone(rng):
    return people.approximate(rng)


def hours_of(person, profile):
    """Hours of the plan, and of the other ways, for the gaps that the catalogue can close."""
    shelf = content.shelf()
    found = gaps_of(content.skills(), content.aims(profile), person.standings, person.tallies)
    tastes = Tastes.of(shelf, ())
    free = tastes.open & (shelf.nominal == 0)
    solved = [(gap, problem_of(gap, shelf, tastes, free)) for gap in to_study(found)]
    closing = [(gap, problem) for gap, problem in solved if problem.bundle().closes and problem.bundle().parts]
    if closing:
        reading = [(gap, problem.level, problem.target) for gap, problem in closing]
        ours = sum(problem.bundle().hours for _gap, problem in closing)
        yield ours, [hours_to_close(reading, way(shelf, reading)) for way in OTHER_WAYS]


def test_prerequisites_come_first_and_hours_of_a_week_are_kept():
    made = plan(gaps(), SHELF, terms(hours=5))
    order = [step.gap.subskill for step in studies(made)]
    assert order.index("adding") > max(place for place, one in enumerate(order) if one == "counting")
    assert all(week.hours <= 5 + 1e-9 for week in made.weeks)
    assert [week.starts_on for week in made.weeks] == [MONDAY + n * timedelta(7) for n in range(len(made.weeks))]
    assert sum(week.hours for week in made.weeks) == pytest.approx(made.hours)
    assert made.reaches and made.reason == "" and made.missing_hours == 0 and made.spent == 0


def test_a_part_goes_on_where_the_week_before_has_left_it():
    made = plan(gaps(), SHELF, terms(hours=2))
    read = {}
    for step in studies(made):
        key = (step.resource, step.gap.subskill)
        assert step.from_hour == pytest.approx(read.get(key, 0.0))
        read[key] = step.from_hour + step.hours
        assert step.last == (read[key] > step.part_hours - 0.051)


def test_an_area_is_measured_again_after_its_last_part():
    steps = [step for week in plan(gaps(), SHELF, terms()).weeks for step in week.steps]
    for sitting in [step for step in steps if step.kind == "measure"]:
        assert sitting.reason == "after-study"
        later = steps[steps.index(sitting) :]
        assert not [step for step in later if step.kind == "study" and step.gap.area == sitting.area]
    assert {step.area for step in steps if step.kind == "measure"} == {"maths", "art"}


def test_an_area_is_measured_once_after_its_last_part_though_nothing_serves_its_other_gaps():
    shelf = Shelf.of(one for one in SHELF.offers if one.subskill == "counting")
    assert [sitting.area for sitting in sittings(plan(gaps(), shelf, terms()))] == ["maths"]


def test_doubts_are_measured_first_and_leave_hours_to_read():
    doubts = [AreaToMeasure(f"area-{n}", f"Area {n}", "unmeasured") for n in range(9)]
    made = plan(gaps(), SHELF, terms(hours=2), to_measure=doubts)
    assert [step.kind for step in made.weeks[0].steps] == ["measure", "measure", "study"]
    assert len([step for step in sittings(made) if step.reason == "unmeasured"]) == 9


def test_what_does_not_fit_before_the_end_is_said():
    made = plan(gaps(), SHELF, terms(hours=3, until=MONDAY + timedelta(days=13)))
    assert len(made.weeks) == 2 and not made.reaches
    assert made.missing_hours == pytest.approx(made.hours - 6)
    assert {one.reason for one in made.unreached} == {"time"}


def test_a_week_that_the_end_cuts_short_has_the_hours_of_its_days():
    made = plan(gaps(), SHELF, terms(hours=7, until=MONDAY + timedelta(days=8)))
    last = made.weeks[-1]
    assert (last.number, last.ends_on, last.capacity) == (2, MONDAY + timedelta(days=8), 2)
    assert last.hours == pytest.approx(2) and made.missing_hours == pytest.approx(made.hours - 9)


def test_weeks_that_have_passed_are_not_planned_again():
    made = plan(gaps(), SHELF, terms(today=MONDAY + timedelta(days=16)))
    assert (made.weeks[0].number, made.weeks[0].starts_on) == (3, MONDAY + timedelta(days=14))


def test_what_is_started_is_kept_and_comes_first_and_what_is_done_is_gone():
    made = plan(gaps(), SHELF, terms(), choices=[Choice("drawing-3", "started"), Choice("counting-0", "done")])
    assert studies(made)[0].resource == "drawing-3" and studies(made)[0].started
    assert "counting-0" not in [step.resource for step in studies(made)]


def test_a_budget_buys_what_closes_a_gap():
    dear = Shelf.of([offer("dear", "drawing", cost="paid", hours=60), offer("also", "counting", cost="paid", hours=60)])
    nothing = plan(gaps(), dear, terms(budget=0))
    assert nothing.reason == "budget" and nothing.spent == 0
    assert {one.reason for one in nothing.unreached if one.gap.subskill != "adding"} == {"budget"}
    one = plan(gaps(), dear, terms(budget=50))
    assert one.spent == 40 and len({step.resource for step in studies(one)}) == 1
    assert plan(gaps(), dear, terms(budget=None)).spent == 80


@pytest.mark.parametrize(
    ("found", "shelf", "more", "reason"),
    [
        ([], SHELF, {}, "nothing-measured"),
        (gaps({"maths": Standing(1.5, 0.3)}), SHELF, {}, "at-target"),
        (gaps({"maths": Standing(0.55, 0.3)}), SHELF, {}, "unsure"),
        (gaps(), SHELF, {"terms": terms(hours=0)}, "no-hours"),
        (gaps(), Shelf.of([]), {}, "nothing-serves"),
        (gaps(), SHELF, {"choices": [Choice(one, "refused", "other") for one in SHELF.numbers]}, "all-refused"),
    ],
)
def test_every_state_of_a_person_has_a_plan(found, shelf, more, reason):
    made = plan(found, shelf, more.get("terms", terms()), choices=more.get("choices", ()))
    assert made.reason == reason and studies(made) == [] and not (made.gaps and made.reaches)


def test_no_free_hour_still_says_how_many_are_missing():
    made = plan(gaps(), SHELF, terms(hours=0))
    assert made.weeks == () and made.missing_hours == made.hours > 10


def test_a_circle_of_prerequisites_does_not_stop_the_plan():
    round_about = [Skill("counting", "", "maths", "", ("adding",)), Skill("adding", "", "maths", "", ("counting",))]
    made = plan(gaps_of(round_about, AIMS, LOW, {}), SHELF, terms())
    assert {step.gap.subskill for step in studies(made)} == {"counting", "adding"}
