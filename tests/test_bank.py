"""The bank of the repository: within its rules, and every weakness it finds leads somewhere."""

from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from assessments.formats.fixtures import LOADER
from assessments.management.bank import entries_of, read_bank

FIXTURES: Path = settings.BASE_DIR / "fixtures"


@pytest.fixture(scope="module")
def bank():
    return read_bank(FIXTURES)


@pytest.fixture(scope="module")
def coverage():
    """The resources of each sub-skill that may be recommended, and whether each is free."""
    rows = yaml.load((FIXTURES / "resources.yaml").read_text(), Loader=LOADER)  # noqa: S506
    free = {
        row["fields"]["slug"]: row["fields"]["cost"] in ("free", "free-to-read")
        for row in rows
        if row["model"] == "assessments.resource" and not row["fields"].get("archived")
    }
    found = defaultdict(list)
    for row in rows:
        if row["model"] == "assessments.resourcesubskill" and row["fields"]["resource"][0] in free:
            found[row["fields"]["subskill"][0]].append(free[row["fields"]["resource"][0]])
    return found


def test_no_rule_of_the_bank_is_broken(capsys):
    call_command("lint_items")
    assert " 0 errors, 0 rules of the bank broken" in capsys.readouterr().out


def test_every_area_that_can_be_measured_has_its_sixty(bank):
    operational = defaultdict(int)
    for entry in entries_of(bank):
        operational[entry.area] += entry.life == "operational"
    assert len(operational) == 14
    assert sum(count >= 60 for count in operational.values()) == 13
    assert operational["professional-skills"] == 20


def test_no_situational_question_counts_before_a_panel_has_keyed_it(bank):
    situations = [entry for entry in entries_of(bank) if entry.kind == "rating"]
    assert len(situations) >= 40
    assert all(entry.life != "operational" or entry.keying.get("status") == "panel" for entry in situations)


def test_every_subskill_and_misconception_leads_to_two_resources_one_of_them_free(bank, coverage):
    for entry in entries_of(bank):
        assert len(coverage[entry.subskills[0]]) >= 2, entry.subskills[0]
        assert any(coverage[entry.subskills[0]]), entry.subskills[0]
    for one in (one for part in bank for one in part.misconceptions):
        assert len(coverage[one.subskill]) >= 2, one.slug
        assert any(coverage[one.subskill]), one.slug
