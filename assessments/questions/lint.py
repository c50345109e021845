"""The rules of docs/writing-questions.md as lints: a code, a function, and what they find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessments.questions import (
    lint_answers,
    lint_bank,
    lint_entry,
    lint_options,
    lint_plan,
)
from assessments.questions.entry import Entry
from assessments.questions.finding import BankLint, Catalogue, EntryLint, Finding, Level

__all__ = ["AREA_LINTS", "BANK_LINTS", "ENTRY_LINTS", "Catalogue", "Finding", "Level",
           "lint", "lint_area", "lint_one"]  # fmt: skip

ENTRY_LINTS: dict[str, EntryLint] = {
    "L01": lint_entry.fields_present,
    "L02": lint_entry.subskills_exist,
    "L03": lint_options.options_are_right_in_number,
    "L04": lint_options.no_forbidden_option,
    "L05": lint_options.no_absolute_terms,
    "L06": lint_options.no_vague_frequency,
    "L07": lint_options.options_are_short,
    "L08": lint_options.key_is_as_long_as_the_rest,
    "L09": lint_options.options_look_alike,
    "L10": lint_options.key_does_not_echo_the_stem,
    "L11": lint_entry.lead_in_is_clear,
    "L12": lint_entry.stem_is_short,
    "L13": lint_entry.stem_is_readable,
    "L14": lint_answers.notes_are_written,
    "L15": lint_answers.rounding_is_stated,
    "L16": lint_entry.references_resolve,
    "L17": lint_entry.code_can_run,
    "L18": lint_entry.rating_is_keyed,
    "L19": lint_answers.credit_is_fair,
    "M02": lint_answers.misconceptions_are_declared,
    "V3": lint_answers.windows_stay_apart,
    "V4": lint_answers.windows_survive_rounding,
}
AREA_LINTS: dict[str, BankLint] = {
    "L20": lint_bank.keys_stand_everywhere,
    "L21": lint_bank.keys_have_no_typical_length,
    "L22": lint_bank.absolutes_do_not_tell,
    "L23": lint_bank.keys_do_not_converge,
    "L24": lint_bank.few_negatives,
    "L25": lint_bank.stems_differ,
    "L26": lint_plan.difficulty_is_spread,
    "L27": lint_plan.levels_of_thought_are_mixed,
    "L28": lint_plan.kinds_are_mixed,
    "L29": lint_plan.area_is_full,
    "L30": lint_bank.no_giveaways,
    "L32": lint_plan.families_are_many,
    "L33": lint_plan.code_and_numbers_occur,
}
BANK_LINTS: dict[str, BankLint] = {
    "L31": lint_bank.slugs_are_unique,
    "M01": lint_bank.misconceptions_have_a_home,
    "M03": lint_bank.misconceptions_are_used,
}


def lint(entries: Sequence[Entry], catalogue: Catalogue) -> list[Finding]:
    """All that is found in the whole bank, by entry, by area and over all."""
    found = [finding for entry in entries for finding in lint_one(entry, catalogue)]
    for area in dict.fromkeys(entry.area for entry in entries):
        found += lint_area([entry for entry in entries if entry.area == area], catalogue)
    return found + _bank_findings(BANK_LINTS, entries, catalogue)


def lint_one(entry: Entry, catalogue: Catalogue) -> list[Finding]:
    """What is found in one entry."""
    return [
        Finding(code, level, entry.slug, message)
        for code, rule in ENTRY_LINTS.items()
        for level, message in rule(entry, catalogue)
    ]


def lint_area(entries: Sequence[Entry], catalogue: Catalogue) -> list[Finding]:
    """What the questions of one area show together; retired ones do not count."""
    live = [entry for entry in entries if entry.life != "retired"]
    return _bank_findings(AREA_LINTS, live, catalogue) if live else []


def _bank_findings(rules: dict[str, BankLint], entries: Sequence[Entry], catalogue: Catalogue) -> list[Finding]:
    return [
        Finding(code, "B", slug, message) for code, rule in rules.items() for slug, message in rule(entries, catalogue)
    ]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether a question may not go live."""
    return any(finding.level == "E" for finding in findings)
