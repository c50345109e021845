"""Measured, claimed and shown, side by side for each area. They are never blended into one number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.utils import timezone

from assessments.models import CLAIM_HOLDS, Area, AreaAnchor, Attempt, Claim, Learner, Proof
from assessments.workflows.roles import Standing, chosen_profile, standings

HIGHEST_LEVEL = 5


@dataclass(frozen=True)
class Claimed:
    """What she says of her practice: the level, its anchor in her area, and when she said so."""

    level: int
    deed: str
    at: datetime
    before_sitting: bool

    @property
    def is_old(self) -> bool:
        """It speaks of the twelve months before it."""
        return self.at < timezone.now() - CLAIM_HOLDS


@dataclass(frozen=True)
class Evidence:
    """One area three times: what answers say, what she says, what she can show."""

    standing: Standing
    claimed: Claimed | None
    proofs: list[Proof] = field(default_factory=list)

    @property
    def area(self) -> Area:
        return self.standing.area

    @property
    def is_empty(self) -> bool:
        return not (self.standing.report or self.claimed or self.proofs)

    @property
    def shows_practice(self) -> bool:
        return any(proof.shows_practice for proof in self.proofs)

    @property
    def knowledge_only(self) -> bool:
        return is_knowledge_only(self.standing, practice_shown=self.shows_practice)


def is_knowledge_only(standing: Standing, *, practice_shown: bool) -> bool:
    """The highest level from answers alone: a quiz shows the knowledge side of it."""
    report = standing.report
    return bool(report and report.level == HIGHEST_LEVEL and not practice_shown)


def evidence(learner: Learner) -> list[Evidence]:
    """All areas, those with anything to say first."""
    claims, proofs = claims_of(learner), proofs_of(learner)
    rows = [
        Evidence(row, claims.get(row.area.pk), proofs.get(row.area.pk, []))
        for row in standings(learner, chosen_profile(learner))
    ]
    return sorted(rows, key=lambda row: row.is_empty)


def evidence_of(learner: Learner, area: Area) -> Evidence:
    return next(row for row in evidence(learner) if row.area == area)


def claims_of(learner: Learner) -> dict[int, Claimed]:
    """The newest claim in each area, made here or before a sitting."""
    deeds = {(one.area_id, one.level): one.deed for one in AreaAnchor.objects.all()}
    before = Attempt.objects.of(learner).filter(area__isnull=False, self_rating__isnull=False)
    said: list[tuple[Any, ...]] = [
        *before.values_list("started_at", "area", "self_rating", Value(value=True)),
        *Claim.objects.of(learner).values_list("claimed_at", "area", "level", Value(value=False)),
    ]
    return {
        area: Claimed(level, deeds.get((area, level), ""), at, before_sitting)
        for at, area, level, before_sitting in sorted(said)
    }


def proofs_of(learner: Learner) -> dict[int, list[Proof]]:
    found: dict[int, list[Proof]] = {}
    for proof in Proof.objects.of(learner):
        found.setdefault(proof.area_id, []).append(proof)
    return found
