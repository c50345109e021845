"""What is recommended: real gaps, prerequisites first, and her own words heard."""

import time
from dataclasses import replace
from statistics import median

import numpy as np
import pytest

from assessments.guidance.gaps import Aim, Skill, Standing, Tally, gaps_of
from assessments.guidance.recommendation import Choice, Filters, learned_from, recommend
from assessments.guidance.shelf import Offer, Shelf
from tests.guidance import content, people
from tests.guidance.served import judge

SKILLS = [
    Skill("counting", "Counting", "maths", "Maths"),
    Skill("adding", "Adding", "maths", "Maths", ("counting",)),
    Skill("drawing", "Drawing", "art", "Art"),
]
CORE, USEFUL = Aim(3, 0.3, "core", 3.0), Aim(3, 0.3, "useful", 1.0)
AIMS = {"counting": CORE, "adding": CORE, "drawing": USEFUL}
LOW = Standing(-1.2, 0.4)


def offer(key, subskill, **fields):
    ours = {"weight": 3, "share": 0.5, "chapters": "", "hours": 20, "level_from": 1, "level_to": 4}
    return Offer(
        resource=key, key=key, subskill=subskill, **{**ours, "cost": "free", "kind": "book", "language": "en", **fields}
    )


def gaps(standings=None, **more):
    return gaps_of(SKILLS, AIMS, standings or {"maths": LOW, "art": LOW}, more.pop("tallies", {}), **more)


def names(found):
    return [one.resource for one in found]


SHELF = Shelf.of([
    offer("sums", "adding", hours=8), offer("abacus", "counting", hours=30), offer("paint", "drawing", hours=4),
    offer("dear", "adding", hours=8, cost="paid"), offer("film", "counting", hours=34, kind="video", language="de"),
])  # fmt: skip


def test_a_prerequisite_that_is_open_comes_before_what_stands_on_it():
    found = names(recommend(gaps(), SHELF).items)
    assert found.index("abacus") < found.index("sums")


def test_a_prerequisite_that_is_closed_holds_nothing_up():
    counted = {"counting": Tally(8, 8, 12.0, 6.0)}
    assert names(recommend(gaps(tallies=counted), SHELF).items)[0] == "sums"


def test_areas_the_role_needs_come_before_useful_ones():
    found = recommend(gaps(), SHELF).items
    assert [one.tier for one in found] == ["open"] * 4 + ["useful"] and found[-1].resource == "paint"


def test_money_counts_as_hours_and_more_after_too_expensive():
    dear = Shelf.of([offer("long", "adding", hours=44), offer("dear", "adding", hours=16, cost="paid")])
    assert names(recommend(gaps(), dear).items)[0] == "dear"
    other = Choice("another", "refused", "too-expensive")
    with_other = Shelf.of([*dear.offers, offer("another", "drawing", cost="paid")])
    assert names(recommend(gaps(), with_other, choices=[other]).items)[0] == "long"


def test_each_recommendation_says_what_why_and_which_part():
    shelf = Shelf.of([offer("abacus", "counting", hours=30, share=0.5, chapters="2-4", weight=2)])
    one = recommend(gaps(caught={"counting": ("Zero is not a number.",)}), shelf).items[0]
    assert (one.chapters, one.hours, one.whole_hours, one.money) == ("2-4", 15, 30, "free")
    codes = {why.code: why.detail for why in one.why}
    assert codes["caught"] == "Zero is not a number." and codes["importance"] == "core"
    assert codes["needed-for"] == "Adding" and "free" in codes
    assert 0 < one.gain <= one.gap.distance


def test_a_wrong_idea_in_her_answers_moves_its_sub_skill_up():
    skills = [Skill(name, name, "maths", "Maths") for name in ("counting", "adding")]
    shelf = Shelf.of([offer("a", "counting"), offer("b", "adding")])
    for caught, first in (({"counting": ("x",)}, "a"), ({"adding": ("x",)}, "b")):
        found = gaps_of(skills, AIMS, {"maths": LOW}, {}, caught=caught)
        assert names(recommend(found, shelf).items)[0] == first


def test_filters_leave_out_what_she_does_not_want():
    assert "dear" not in names(recommend(gaps(), SHELF, filters=Filters(free_only=True)).items)
    assert names(recommend(gaps(), SHELF, filters=Filters(kinds=("video",))).items) == ["film"]
    assert names(recommend(gaps(), SHELF, filters=Filters(language="de")).items) == ["film"]
    assert "abacus" not in names(recommend(gaps(), SHELF, filters=Filters(most_hours=10)).items)


@pytest.mark.parametrize("state", ["done", "refused"])
def test_what_is_done_or_refused_does_not_come_back(state):
    assert "abacus" not in names(recommend(gaps(), SHELF, choices=[Choice("abacus", state, "")]).items)


def test_what_is_started_comes_first():
    assert names(recommend(gaps(), SHELF, choices=[Choice("paint", "started")]).items)[0] == "paint"


def test_too_easy_and_too_hard_move_the_level_that_is_offered():
    ladder = Shelf.of([offer(f"from-{n}", "counting", level_from=n, level_to=n + 2) for n in (1, 2, 3)])
    low = gaps({"maths": Standing(-0.9, 0.2)})  # level 1.5
    assert {one.resource: [why.code for why in one.why] for one in recommend(low, ladder).items}["from-2"].count(
        "hard"
    ) == 0
    hard = recommend(low, ladder, choices=[Choice("from-2", "refused", "too-hard"), Choice("x", "refused", "too-hard")])
    assert names(hard.items)[0] == "from-1" and "from-3" not in names(hard.items)


def test_not_my_style_lowers_its_kind():
    both = Shelf.of([offer("film", "counting", kind="video", hours=19), offer("book", "counting", hours=20),
                     offer("other", "drawing", kind="video")])  # fmt: skip
    assert names(recommend(gaps(), both).items)[0] == "film"
    assert names(recommend(gaps(), both, choices=[Choice("other", "refused", "not-my-style")]).items)[0] == "book"


def test_a_gap_that_may_not_be_there_stands_apart_and_a_closed_one_nowhere():
    doubtful = recommend(gaps({"maths": Standing(0.2, 0.4)}), SHELF)
    assert doubtful.items == () and doubtful.reason == "unsure"
    assert {one.tier for one in doubtful.perhaps} == {"perhaps"}
    closed = recommend(gaps({"maths": Standing(1.1, 0.3)}), SHELF)
    assert closed.reason == "at-target" and closed.perhaps == ()
    assert {one.tier for one in closed.further} <= {"further"} and closed.further


def test_nothing_measured_and_everything_refused_are_said():
    assert recommend([], SHELF).reason == "nothing-measured"
    refused = [Choice(key, "refused", "other") for key in ("sums", "abacus", "paint", "dear", "film")]
    assert recommend(gaps(), SHELF, choices=refused).reason == "all-refused"
    assert recommend(gaps(), Shelf.of([])).reason == "nothing-serves"


def test_what_was_done_is_taken_as_learned_until_it_is_measured():
    done = [Choice("abacus", "done", "", frozenset({"maths"}))]
    learned = learned_from(gaps(), SHELF, done)
    assert set(learned) == {"counting"} and 0.5 < learned["counting"] < 2.0
    after = {one.subskill: one for one in gaps(learned=learned)}
    before = {one.subskill: one for one in gaps()}
    assert after["counting"].chance < before["counting"].chance and after["counting"].level > before["counting"].level
    assert learned_from(gaps(), SHELF, [replace(done[0], unmeasured=frozenset())]) == {}


def test_a_few_answers_move_a_sub_skill_a_little_and_many_move_it_more():
    def chance(tally):
        return {one.subskill: one for one in gaps({"maths": Standing(0.0, 0.3)}, tallies={"adding": tally})}[
            "adding"
        ].chance

    assert chance(Tally(0, 3, -1.5, 0.6)) > chance(Tally()) > chance(Tally(3, 3, 1.5, 0.6))
    assert chance(Tally(0, 9, -4.5, 1.8)) > chance(Tally(0, 3, -1.5, 0.6))


def test_the_first_three_serve_a_truly_open_important_gap():
    """1,000 simulated people with known gaps; `make bench` does 10,000."""
    rng = np.random.default_rng(7)
    found = judge(people.approximate(rng) for _ in range(1000))
    assert found.given > 2000 and found.closed == 0
    assert found.share("both") > 0.95, found
    assert found.share("open_area") > 0.97 and found.share("matters") > 0.97


def test_the_normal_approximation_of_a_sitting_is_as_good_as_the_engine():
    rng = np.random.default_rng(8)
    found = judge(people.measured(rng) for _ in range(30))
    assert found.closed == 0 and found.share("open_area") > 0.93, found


def test_a_catalogue_of_ten_thousand_costs_little_more_arithmetic():
    someone = people.approximate(np.random.default_rng(3))
    gaps = gaps_of(content.skills(), content.aims(content.profiles()[1]), someone.standings, someone.tallies)
    copies = range(10_000 // len({one.key for one in content.offers()}))
    large = Shelf.of(replace(one, key=f"{one.key}-{n}") for n in copies for one in content.offers())
    assert timed(lambda: recommend(gaps, large)) - timed(lambda: recommend(gaps, content.shelf())) < 0.1


def timed(deed, times=5):
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - start)
    return median(taken)
