"""The real skills, roles and catalogue, read from the fixtures without a database."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml

from assessments.guidance.gaps import Aim, Skill
from assessments.guidance.shelf import Offer, Shelf

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CUTS = (-np.inf, -0.5, 0.3, 1.1, 1.9)
WEIGHTS = {"core": 3, "important": 2, "useful": 1}
KEY = 1.5


@lru_cache
def rows(name):
    return yaml.load((FIXTURES / f"{name}.yaml").read_text(), Loader=yaml.CSafeLoader)


def of(name, model):
    return [row["fields"] for row in rows(name) if row["model"] == f"assessments.{model}"]


@lru_cache
def skills():
    areas = {area["slug"]: area["name"] for area in of("skills", "area")}
    return tuple(
        Skill(
            one["slug"], one["name"], one["area"][0], areas[one["area"][0]], tuple(n[0] for n in one["prerequisites"])
        )
        for one in of("skills", "subskill")
    )


@lru_cache
def areas():
    return tuple(area["slug"] for area in of("skills", "area"))


@lru_cache
def profiles():
    return tuple((row["role"][0], row["seniority"]) for row in of("roles", "roleprofile"))


@lru_cache
def targets(profile):
    """Area: level and importance."""
    importance = {row["area"][0]: row["importance"] for row in of("roles", "rolearea") if row["role"][0] == profile[0]}
    return {
        row["area"][0]: (row["level"], importance[row["area"][0]])
        for row in of("roles", "roletarget")
        if tuple(row["profile"]) == profile
    }


@lru_cache
def aims(profile):
    keys = next({k[0] for k in row["key_subskills"]} for row in of("roles", "role") if row["slug"] == profile[0])
    found = {}
    for skill in skills():
        level, importance = targets(profile)[skill.area]
        weight = WEIGHTS[importance] * (KEY if skill.slug in keys else 1)
        found[skill.slug] = Aim(level, CUTS[level - 1], importance, weight, skill.slug in keys)
    return found


@dataclass(frozen=True)
class Book:
    """A resource as the tests need it."""

    slug: str
    named: bool


@lru_cache
def offers():
    """In the order of the catalogue."""
    resources = {
        row["slug"]: row for row in of("resources", "resource") if row.get("hours") and not row.get("archived")
    }
    coverage = [row for row in of("resources", "resourcesubskill") if row["resource"][0] in resources]
    whole = {}
    for row in coverage:
        whole[row["resource"][0]] = whole.get(row["resource"][0], 0) + row["weight"]
    return tuple(offer(row, resources[row["resource"][0]], whole) for row in coverage)


def offer(row, resource, whole):
    slug = resource["slug"]
    return Offer(
        resource=Book(slug, bool(resource.get("named_in_sources"))),
        key=slug,
        subskill=row["subskill"][0],
        weight=row["weight"],
        share=row["weight"] / whole[slug],
        chapters=str(row.get("chapters", "")),
        hours=resource["hours"],
        level_from=resource["level_from"],
        level_to=resource["level_to"],
        cost=resource["cost"],
        kind=resource["kind"],
        language=resource.get("language", "en"),
    )


@lru_cache
def shelf():
    return Shelf.of(offers())
