"""Keying a situational question by a panel: ratings in, agreement out, key set."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean, stdev

from django.db import transaction

from assessments.models import ItemVersion, Life, PanelRating
from assessments.psychometrics.agreement import agreement_of_mean
from assessments.workflows import items
from assessments.workflows.items import Wording

SMALLEST_PANEL = 5
LARGEST_SPREAD = 1.0  # standard deviation above which an action is dropped
LEAST_AGREEMENT = 0.70  # ICC of the mean
FEWEST_ACTIONS = 3


class NoKey(Exception):
    """The panel does not carry a key; the message says why."""


@dataclass(frozen=True)
class Action:
    """One action as the panel sees it."""

    key: str
    text: str
    mean: float | None
    spread: float | None
    kept: bool


@dataclass(frozen=True)
class Panel:
    size: int
    actions: list[Action]
    agreement: float | None

    @property
    def kept(self) -> list[Action]:
        return [action for action in self.actions if action.kept]

    @property
    def missing(self) -> list[str]:
        """What still stands between this panel and a key."""
        reasons = []
        if self.size < SMALLEST_PANEL:
            reasons.append(f"{self.size} of at least {SMALLEST_PANEL} practitioners have rated")
        elif len(self.kept) < FEWEST_ACTIONS:
            reasons.append(f"only {len(self.kept)} actions are rated alike enough (SD at most {LARGEST_SPREAD})")
        elif self.agreement is None or self.agreement < LEAST_AGREEMENT:
            reasons.append(f"agreement {self.agreement or 0:.2f} is below {LEAST_AGREEMENT}")
        return reasons


def panel_of(version: ItemVersion) -> Panel:
    """Means, spreads and agreement of all ratings so far."""
    rows = [rating.ratings for rating in PanelRating.objects.filter(version=version)]
    actions = [action(option, [float(row[option["key"]]) for row in rows]) for option in version.content["options"]]
    kept = [one.key for one in actions if one.kept]
    agreement = None
    if len(rows) >= 2 and len(kept) >= 2:
        agreement = agreement_of_mean([[float(row[key]) for row in rows] for key in kept])
    return Panel(size=len(rows), actions=actions, agreement=agreement)


def action(option: dict[str, str], given: list[float]) -> Action:
    spread = stdev(given) if len(given) > 1 else None
    return Action(
        key=option["key"],
        text=option["text"],
        mean=mean(given) if given else None,
        spread=spread,
        kept=spread is not None and spread <= LARGEST_SPREAD,
    )


def rate(version: ItemVersion, panelist: str, practises: str, ratings: dict[str, int]) -> PanelRating:
    """Keep one practitioner's ratings; the same code again replaces them."""
    rating, _created = PanelRating.objects.update_or_create(
        version=version, panelist=panelist, defaults={"practises": practises, "ratings": ratings}
    )
    return rating


@transaction.atomic
def set_key(version: ItemVersion) -> ItemVersion:
    """The panel's means become the key of a new version, which is then operational."""
    panel = panel_of(version)
    if panel.missing:
        raise NoKey("; ".join(panel.missing))
    keys = {one.key for one in panel.kept}
    item = version.item
    new = ItemVersion(
        kind=version.kind,
        content={**version.content, "options": [o for o in version.content["options"] if o["key"] in keys]},
        key={
            **version.key,
            "right": {one.key: round(one.mean or 0.0, 2) for one in panel.kept},
            "notes": {part: note for part, note in version.key.get("notes", {}).items() if part in keys},
        },
        keying={"status": "panel", "panel_size": panel.size, "agreement": round(panel.agreement or 0.0, 3)},
        verify=version.verify,
        **{name: getattr(version, name) for name in items.WRITTEN_FIELDS},
    )
    references = [(reference.resource, reference.locator) for reference in version.references.all()]
    saved = items.revise(item, Wording(new, list(version.also_about.all()), references), edit="new")
    items.set_life([item], Life.OPERATIONAL)
    return saved
