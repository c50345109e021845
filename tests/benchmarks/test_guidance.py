"""Readiness, recommendations and plans on 10,000 simulated people, and their cost in a large catalogue.

`make bench`; each table is printed, and what is promised is asserted.
"""

import time
from dataclasses import replace
from statistics import median

import numpy as np
import pytest
from django.test import Client

from assessments.guidance.gaps import gaps_of
from assessments.guidance.plan import plan
from assessments.guidance.recommendation import recommend
from assessments.guidance.shelf import Shelf
from assessments.guidance.weeks import Terms
from assessments.models import Learner, Resource, ResourceSubskill, Subskill, User
from assessments.psychometrics import HONESTY
from tests.bank import make_area
from tests.guidance import content, people
from tests.guidance.ready_people import cases, table
from tests.guidance.served import judge
from tests.guidance.test_plan import MONDAY, hours_of
from tests.workflows.test_attempts import finish
from tests.workflows.test_plans import make_profile

PEOPLE = 10_000


def test_readiness_is_true_in_simulation(capsys):
    said, ready = cases(np.random.default_rng(2), PEOPLE, areas=6, questions=15, honesty=HONESTY)
    rows = list(table(said, ready))
    with capsys.disabled():
        print(f"\nReadiness: {PEOPLE} people, {said.size} cases\n  said   cases  mean said  ready")
        for middle, count, mean, share in rows:
            print(f"  {middle:.1f}  {count:6d}   {mean:.3f}     {share:.3f}")
    shares = {round(middle, 1): share for middle, _count, _mean, share in rows}
    assert 0.67 < shares[0.7] < 0.73
    assert all(abs(share - middle) < 0.03 for middle, share in shares.items())


@pytest.mark.parametrize("correlation", [0.3, 0.5, 0.7])
def test_the_first_three_serve_a_truly_open_important_gap(capsys, correlation):
    rng = np.random.default_rng(3)
    found = judge(people.approximate(rng, correlation=correlation) for _ in range(PEOPLE // 2))
    with capsys.disabled():
        print(f"\nFirst three, areas correlating {correlation}: {found}, both {found.share('both'):.3f}")
    assert found.share("both") > 0.95 and found.closed == 0


def test_the_same_by_the_engine(capsys):
    rng = np.random.default_rng(4)
    found = judge(people.measured(rng) for _ in range(PEOPLE // 20))
    with capsys.disabled():
        print(f"\nFirst three, measured by the engine: {found}, both {found.share('both'):.3f}")
    assert found.share("open_area") > 0.95 and found.closed == 0


def test_a_plan_needs_fewer_hours_than_other_ways(capsys):
    rng = np.random.default_rng(5)
    ratios, equal, never = [], 0, 0
    for number in range(PEOPLE // 10):
        for ours, others in hours_of(people.approximate(rng), content.profiles()[number % len(content.profiles())]):
            assert all(other is None or ours <= other + 1e-9 for other in others)
            never += sum(other is None for other in others)
            equal += sum(other is not None and abs(other - ours) < 1e-9 for other in others)
            ratios.append([np.nan if other is None else other / ours for other in others])
    with capsys.disabled():
        means = np.nanmean(ratios, axis=0)
        print(
            f"\nHours against the plan's, {len(ratios)} people: catalogue order x{means[0]:.2f}, named in the", end=""
        )
        print(
            f" articles first x{means[1]:.2f}, weakest area first x{means[2]:.2f}; equal {equal}, never there {never}"
        )


def test_the_cost_of_ten_thousand_resources(capsys):
    """The arithmetic of one page grows no faster than the catalogue."""
    copies = range(10_000 // len({one.key for one in content.offers()}) + 1)
    large = Shelf.of(replace(one, key=f"{one.key}-{n}") for n in copies for one in content.offers())
    rng = np.random.default_rng(6)
    everybody = [people.approximate(rng) for _ in range(10)]
    gaps = [
        gaps_of(content.skills(), content.aims(content.profiles()[0]), one.standings, one.tallies) for one in everybody
    ]
    for name, deed in (("recommend", recommend), ("plan", planned)):
        small_cost, large_cost = (median(timed(deed, one, shelf) for one in gaps) for shelf in (content.shelf(), large))
        with capsys.disabled():
            print(
                f"\n{name}: {1000 * small_cost:.1f} ms, with {len(large.numbers)} resources {1000 * large_cost:.1f} ms"
            )
        assert large_cost / small_cost <= len(large.numbers) / len(content.shelf().numbers)


def planned(gaps, shelf):
    return plan(gaps, shelf, Terms(hours_per_week=6, starts_on=MONDAY, today=MONDAY, budget=0))


def timed(deed, *given):
    start = time.perf_counter()
    deed(*given)
    return time.perf_counter() - start


@pytest.mark.django_db
def test_the_pages_with_ten_thousand_resources(capsys):
    """Whole pages of one person, with 270 resources and with 10,000."""
    area = make_area("measuring", subskills=8)
    learner = Learner.objects.create(user=User.objects.create_user("ada@example.org", "correct horse battery"))
    learner.profile = make_profile([area])
    learner.save()
    client = Client()
    client.force_login(learner.user, backend="assessments.accounts.LearnerBackend")
    finish(learner, area, right=False)
    costs = []
    for count in (270, 10_000):
        fill_catalogue(count)
        costs.append([median(timed(client.get, url) for _ in range(9)) for url in PAGES])
    with capsys.disabled():
        for url, small, large in zip(PAGES, *costs, strict=True):
            print(f"\n{url}: {1000 * small:.0f} ms with 270 resources, x{large / small:.2f} with 10,000")
    assert all(large < 2 * small for small, large in zip(*costs, strict=True))


PAGES = ("/study/", "/plan/")


def fill_catalogue(count):
    rng = np.random.default_rng(count)
    subskills = list(Subskill.objects.all())
    have = Resource.objects.count()
    made = Resource.objects.bulk_create(
        Resource(
            slug=f"r-{n}", title=f"Resource {n}", kind="book", hours=float(rng.integers(2, 90)),
            cost=("free", "paid")[n % 2], level_from=1 + n % 3, level_to=3 + n % 3,
        )
        for n in range(have, count)
    )  # fmt: skip
    ResourceSubskill.objects.bulk_create(
        ResourceSubskill(resource=one, subskill=subskill, weight=1 + n % 3)
        for one in made
        for n, subskill in enumerate(rng.choice(subskills, 3, replace=False))
    )
