"""How often the first recommendations serve a gap that is truly there."""

from dataclasses import dataclass

from assessments.guidance.gaps import gaps_of
from assessments.guidance.recommendation import recommend
from tests.guidance import content


@dataclass
class Served:
    """Counts over people: recommendations, those for a truly open gap, and those that matter to the role.

    open_area: the area is below its target.  open_gap: the sub-skill is, too.
    matters: the area is core or important, or such a gap stands on it.
    """

    people: int = 0
    without: int = 0  # people with no gap that is sure
    given: int = 0
    open_area: int = 0
    open_gap: int = 0
    matters: int = 0
    both: int = 0
    closed: int = 0  # for a gap closed with probability above .9: must stay 0

    def share(self, name):
        return getattr(self, name) / self.given


def judge(people):
    """The first three recommendations of each person, for the profiles of all roles in turn."""
    found = Served()
    for number, person in enumerate(people):
        profile = content.profiles()[number % len(content.profiles())]
        aims = content.aims(profile)
        gaps = gaps_of(content.skills(), aims, person.standings, person.tallies)
        given = recommend(gaps, content.shelf(), most=3)
        found.people += 1
        found.without += not given.items
        found.closed += sum(one.gap.chance < 0.1 for one in (*given.items, *given.perhaps))
        for one in given.items:
            count(found, one, aims[one.gap.subskill], person)
    return found


def count(found, one, aim, person):
    area = person.areas[one.gap.area] < aim.cut
    both = area and person.subskills[one.gap.subskill] < aim.cut
    matters = aim.required or any(why.code == "needed-for" for why in one.why)
    found.given += 1
    found.open_area += area
    found.open_gap += both
    found.matters += matters
    found.both += both and matters
