"""A version of a question as an entry of a bank file: what exports write and lints read."""

from __future__ import annotations

from assessments.models import ItemVersion
from assessments.questions.entry import Entry, Reference


def entry_of(version: ItemVersion) -> Entry:
    """The row as bank_files.version_of would have read it."""
    item, verify = version.item, dict(version.verify)
    return Entry(
        slug=item.slug,
        area=item.area.slug,
        kind=version.kind,
        subskills=(version.subskill.slug, *(one.slug for one in version.also_about.all())),
        bloom=version.cognitive_level,
        difficulty=version.difficulty_label,
        difficulty_reason=version.difficulty_reason,
        seconds=version.seconds,
        language=version.language,
        life=item.life,
        family=item.family,
        holds_for=version.holds_for,
        created=item.created_at.date(),
        review_by=version.review_by,
        references=tuple(Reference(one.resource.slug, one.locator) for one in version.references.all()),
        keying=version.keying,
        scoring={},
        needs=tuple(verify.pop("code_needs", ())),
        optional_needs=tuple(verify.pop("code_optional_needs", ())),
        verify=verify,
        question=version.question,
        title=item.title,
        tags=tuple(item.tags),
    )
