"""A plan as iCalendar text (RFC 5545): whole-day entries for each week, and sittings in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from assessments.guidance.plan import Plan
from assessments.guidance.weeks import Step, Week

PRODUCT = "-//careerquiz//study plan//EN"


def calendar_of(
    plan: Plan,
    *,
    name: str,
    made_at: datetime,
    word: Callable[[Step], tuple[str, str]],
    link: Callable[[Step], str],
) -> bytes:
    """Each step as an entry over the days of its week. word: its title and description.
    link: the address where it is done.

    An entry keeps its identity when the plan is made anew, so that an import replaces the old one.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for week in plan.weeks:
        for number, step in enumerate(week.steps, 1):
            calendar.add_component(entry(week, number, step, made_at, word, link))
    return bytes(calendar.to_ical())


def entry(
    week: Week,
    number: int,
    step: Step,
    made_at: datetime,
    word: Callable[[Step], tuple[str, str]],
    link: Callable[[Step], str],
) -> Event:
    title, description = word(step)
    event = Event()
    event.add("uid", f"week-{week.starts_on:%Y%m%d}-{number}@careerquiz")
    event.add("dtstamp", made_at)
    event.add("dtstart", week.starts_on)
    event.add("dtend", week.ends_on + timedelta(days=1))
    event.add("summary", title)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")  # a week with reading is not a week that is taken
    event.add("url", link(step))
    return event
