"""People who read: the simple model of learning, other ways to choose what to read, and the exact optimum."""

from itertools import combinations, permutations

from assessments.guidance.bundles import CLOSE, part_of
from assessments.guidance.recommendation import Tastes


def hours_to_close(gaps, parts_in_order):
    """Hours until these gaps are closed by reading parts in this order; None if they are never closed.

    Of the order she takes each time the first part that is for an open gap, that she can follow and
    that leads further. parts_in_order: (sub-skill, Part).
    """
    level = {gap.subskill: start for gap, start, _target in gaps}
    target = {gap.subskill: end for gap, _start, end in gaps}
    left, spent = list(parts_in_order), 0.0
    while any(level[one] < target[one] - CLOSE for one in level):
        for place, (subskill, part) in enumerate(left):
            if subskill not in level or level[subskill] >= target[subskill] - CLOSE:
                continue
            then = part.after(level[subskill], 0.0)
            if then is not None:
                level[subskill], spent = then, spent + part.hours
                del left[place]
                break
        else:
            return None
    return spent


def every_part(shelf, free_only=True):
    """(sub-skill, Part) in the order of the catalogue."""
    tastes = Tastes.of(shelf, ())
    return [
        (offer.subskill, part_of(place, shelf, tastes))
        for place, offer in enumerate(shelf.offers)
        if not (free_only and shelf.nominal[place])
    ]


def catalogue_order(shelf, _gaps):
    return every_part(shelf)


def most_popular_first(shelf, _gaps):
    """Nobody counts readers here: what the articles name is all that is known of popularity."""
    return sorted(every_part(shelf), key=lambda one: not shelf.offers[one[1].place].resource.named)


def weakest_area_first(shelf, gaps):
    """The area with the lowest level first, in it the order of the catalogue."""
    level = {}
    for gap, start, _target in gaps:
        level[gap.area] = min(level.get(gap.area, start), start)
    area = {gap.subskill: gap.area for gap, _start, _target in gaps}
    return sorted(
        (one for one in every_part(shelf) if one[0] in area), key=lambda one: (level[area[one[0]]], area[one[0]])
    )


OTHER_WAYS = (catalogue_order, most_popular_first, weakest_area_first)


def exact_hours(problem, bought=()):
    """The fewest hours over every order of every set of parts; infinite when none reaches the target."""
    parts = [part for part in problem.parts if part.paid < 0 or part.paid in bought]
    best = float("inf")
    for size in range(len(parts) + 1):
        for order in permutations(parts, size):
            spent = sum(part.hours for part in order)
            if spent < best and reaches(problem, order):
                best = spent
    return best


def reaches(problem, order):
    level = problem.level
    for part in order:
        then = part.after(level, problem.shift)
        if then is None:
            return False
        level = then
    return level >= problem.target - CLOSE


def exact_with_budget(problems, prices, budget):
    """(gaps left open, hours) at best over everything that could be bought."""
    wanted = sorted({one for problem in problems for one in problem.purchases})
    found = []
    for size in range(len(wanted) + 1):
        for bought in combinations(wanted, size):
            if sum(prices[one] for one in bought) <= budget:
                hours = [exact_hours(problem, bought) for problem in problems]
                closed = [one for one in hours if one < float("inf")]
                found.append((len(hours) - len(closed), sum(closed)))
    return min(found)
