"""The group "Editors": questions, references, resources, misconceptions, reports and imports - and nobody's data."""

from django.db import migrations

EDITORS = "Editors"
READ_WRITE = ("view", "add", "change")
MAY = {
    "item": READ_WRITE,
    "itemversion": READ_WRITE,
    "itemreference": (*READ_WRITE, "delete"),
    "panelrating": READ_WRITE,
    "picture": READ_WRITE,
    "misconception": READ_WRITE,
    "resource": READ_WRITE,
    "resourcesubskill": (*READ_WRITE, "delete"),
    "questionimport": READ_WRITE,
    "report": ("view", "change"),
    "area": ("view",),
    "subskill": ("view",),
}


def make_editors(apps, schema_editor):
    """Permissions are otherwise made after all migrations; those that are there already stay."""
    alias = schema_editor.connection.alias
    group, _made = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=EDITORS)
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for model, deeds in MAY.items():
        content_type, _made = types.get_or_create(app_label="assessments", model=model)
        name = apps.get_model("assessments", model)._meta.verbose_name
        for deed in deeds:
            permission, _made = permissions.get_or_create(
                content_type=content_type, codename=f"{deed}_{model}", defaults={"name": f"Can {deed} {name}"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0009_plans"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_editors, migrations.RunPython.noop)]
