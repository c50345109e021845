"""Sittings finished before questions came back: their mistakes come back too, as those of any later sitting do."""

from django.db import migrations

REASONS = {"wrong": "wrong", "unknown": "unknown", "right": "unsure"}
UNSURE_BELOW = 60  # percent; as guidance.spacing.HARD_BELOW was when this was written
A_BATCH = 500


def note_old_mistakes(apps, schema_editor):
    """One card for each question missed; of several answers the last one says why. A card that is there stays."""
    responses = apps.get_model("assessments", "ItemResponse").objects.using(schema_editor.connection.alias)
    cards = apps.get_model("assessments", "ReviewCard")
    rows = responses.filter(attempt__state="finished", attempt__finished_at__isnull=False, counts=True).exclude(answered_at=None)
    missed = {}
    for learner, item, outcome, confidence, at in rows.order_by("answered_at").values_list(
        "attempt__learner", "version__item", "outcome", "confidence", "attempt__finished_at"
    ):
        if outcome != "right" or (confidence is not None and confidence < UNSURE_BELOW):
            missed[learner, item] = cards(
                learner_id=learner, item_id=item, reason=REASONS[outcome], added_at=at, due_at=at, state=1
            )
    cards.objects.using(schema_editor.connection.alias).bulk_create(
        missed.values(), batch_size=A_BATCH, ignore_conflicts=True
    )


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0013_kinds_of_resources'),
    ]

    operations = [
        migrations.RunPython(note_old_mistakes, migrations.RunPython.noop, elidable=True),
    ]
