"""Fixture rows into tables: what changed since the last load is applied, an editor's change stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model

from assessments.formats.fixtures import Row, RowProblem
from assessments.models import ContentOrigin

# What a row may refer to comes before it.
MODELS = [
    "level",
    "area",
    "areaanchor",
    "subskill",
    "misconception",
    "role",
    "rolearea",
    "roleprofile",
    "roletarget",
    "subskilltarget",
    "resource",
    "resourcesubskill",
    "source",
    "fact",
    "citation",
    "disagreement",
]
NaturalKey = tuple[str, ...]


@dataclass
class Load:
    """One run: what is known of earlier runs, and what this one has done."""

    take_fixtures: bool = False
    origins: dict[tuple[str, str], ContentOrigin] = field(default_factory=dict)
    keys: dict[tuple[type[Model], NaturalKey], int] = field(default_factory=dict)
    new_origins: list[ContentOrigin] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    problems: list[Any] = field(default_factory=list)

    @classmethod
    def begin(cls, *, take_fixtures: bool) -> Load:
        origins = {(origin.model, origin.natural_key): origin for origin in ContentOrigin.objects.all()}
        return cls(take_fixtures=take_fixtures, origins=origins)

    def note(self, model: str, key: NaturalKey, entry_digest: str, row_digest: str) -> None:
        """Remember where a row came from."""
        name = " ".join(key)
        origin = self.origins.get((model, name))
        if origin is None:
            self.new_origins.append(
                ContentOrigin(model=model, natural_key=name, entry_digest=entry_digest, row_digest=row_digest)
            )
            return
        origin.entry_digest, origin.row_digest = entry_digest, row_digest
        origin.save()

    def end(self) -> None:
        ContentOrigin.objects.bulk_create(self.new_origins)


def apply_rows(rows: list[Row], load: Load) -> None:
    """Bring the tables to what these rows say; faults are gathered in the load."""
    for row in rows:
        if row.model.removeprefix("assessments.") not in MODELS:
            load.problems.append(row.problem("", f"there is no content of the model {row.model}"))
    for name in MODELS:
        model = apps.get_model("assessments", name)
        mine = [row for row in rows if row.model == f"assessments.{name}"]
        if mine or name == "misconception":
            apply_model(model, mine, load)


def apply_model(model: type[Model], rows: list[Row], load: Load) -> None:
    know_keys(model, load)
    fresh: list[tuple[Row, NaturalKey, Model, dict[str, list[NaturalKey]]]] = []
    seen: set[NaturalKey] = set()
    for row in rows:
        try:
            key, instance, many = build(model, row, load)
        except ValidationError as error:
            load.problems += problems_of(row, error)
            continue
        if key in seen:
            load.problems.append(row.problem(" ".join(key), "this entry is written twice"))
        elif (model, key) in load.keys:
            update(row, key, instance, many, load)
        elif was_deleted(model, row, key, load):
            load.conflicts.append(f"{row.file}, line {row.line}: {' '.join(key)} was deleted by an editor")
        else:
            fresh.append((row, key, instance, many))
        seen.add(key)
    model._default_manager.bulk_create([instance for _row, _key, instance, _many in fresh], batch_size=500)
    load.added += len(fresh)
    know_keys(model, load)
    for row, key, instance, many in fresh:
        load.note(model._meta.model_name or "", key, row.digest, digest(values_of(instance, many)))
    link([(row, load.keys[(model, key)], many) for row, key, _instance, many in fresh], model, load)


def was_deleted(model: type[Model], row: Row, key: NaturalKey, load: Load) -> bool:
    origin = load.origins.get((model._meta.model_name or "", " ".join(key)))
    return origin is not None and not load.take_fixtures


def update(row: Row, key: NaturalKey, instance: Model, many: dict[str, list[NaturalKey]], load: Load) -> None:
    """Apply a changed entry to a row that no editor has changed."""
    model = type(instance)
    origin = load.origins.get((model._meta.model_name or "", " ".join(key)))
    if origin and origin.entry_digest == row.digest and not load.take_fixtures:
        load.unchanged += 1
        return
    stored = model._default_manager.get(pk=load.keys[(model, key)])
    now = digest(values_of(stored, stored_many(stored, many)))
    if origin and now == origin.row_digest == digest(values_of(instance, many)):
        load.unchanged += 1
    elif origin and now != origin.row_digest and not load.take_fixtures:
        load.conflicts.append(
            f"{row.file}, line {row.line}: {' '.join(key)} was changed by an editor and is kept as it is"
        )
    else:
        instance.pk = stored.pk
        instance.save(force_update=True)
        for name in many:
            getattr(stored, name).clear()
        link([(row, stored.pk, many)], model, load)
        load.note(model._meta.model_name or "", key, row.digest, digest(values_of(instance, many)))
        load.changed += 1


def build(model: type[Model], row: Row, load: Load) -> tuple[NaturalKey, Model, dict[str, list[NaturalKey]]]:
    """An unsaved row with its references resolved; ValidationError tells every faulty field."""
    plain: dict[str, Any] = {}
    many: dict[str, list[NaturalKey]] = {}
    faults: dict[str, list[str]] = {}
    known = {field.name: field for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    for name, value in row.fields.items():
        target = known.get(name)
        if target is None or name == "id":
            faults[name] = ["there is no such field"]
        elif isinstance(target, models.ManyToManyField):
            many[name] = [natural_key(one) for one in value]
        elif isinstance(target, models.ForeignKey) and value is not None:
            pk = load.keys.get((target.related_model, natural_key(value)))
            plain[target.attname] = pk
            if pk is None:
                faults[name] = [f"there is no {target.related_model._meta.verbose_name} {value}"]
        else:
            plain[name] = value
    instance = model(**plain)
    try:
        instance.clean_fields(exclude=set(faults))
    except ValidationError as error:
        faults |= error.message_dict
    if faults:
        raise ValidationError(faults)
    return key_of(model, row.fields), instance, many


def link(found: list[tuple[Row, int, dict[str, list[NaturalKey]]]], model: type[Model], load: Load) -> None:
    """Write the many-to-many rows, several entries at a time."""
    for relation in model._meta.many_to_many:
        through = relation.remote_field.through
        source, target = relation.m2m_column_name(), relation.m2m_reverse_name()
        rows = []
        for row, pk, many in found:
            for key in many.get(relation.name, []):
                other = load.keys.get((relation.related_model, key))
                if other is None:
                    load.problems.append(row.problem(relation.name, f"there is no {' '.join(key)}"))
                else:
                    rows.append(through(**{source: pk, target: other}))
        through.objects.bulk_create(rows, batch_size=500)


def know_keys(model: type[Model], load: Load) -> None:
    """The primary key behind every natural key of the model."""
    lookups = model._default_manager.natural_key_lookups  # type: ignore[attr-defined]
    for pk, *key in model._default_manager.values_list("pk", *lookups):
        load.keys[(model, natural_key(key))] = pk


def key_of(model: type[Model], fields: dict[str, Any]) -> NaturalKey:
    """The natural key as the entry spells it: a reference stands for its own natural key."""
    heads = dict.fromkeys(
        lookup.split("__")[0]
        for lookup in model._default_manager.natural_key_lookups  # type: ignore[attr-defined]
    )
    return tuple(part for head in heads for part in natural_key(fields.get(head)))


def natural_key(value: Any) -> NaturalKey:
    return tuple(str(part) for part in value) if isinstance(value, list | tuple) else (str(value),)


def values_of(instance: Model, many: dict[str, list[NaturalKey]]) -> dict[str, Any]:
    """What a row says, in a form that is the same before and after it was in the database."""
    plain = {
        column.attname: column.get_prep_value(column.to_python(getattr(instance, column.attname)))
        for column in instance._meta.concrete_fields
        if column.name not in ("id", "bank_revision", "changed_at")
    }
    return plain | {name: sorted(keys) for name, keys in many.items()}


def stored_many(instance: Model, many: dict[str, list[NaturalKey]]) -> dict[str, list[NaturalKey]]:
    return {
        name: [tuple(str(part) for part in other.natural_key()) for other in getattr(instance, name).all()]
        for name in many
    }


def digest(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def problems_of(row: Row, error: ValidationError) -> Iterator[RowProblem]:
    for place, messages in error.message_dict.items():
        for message in messages:
            yield row.problem(place, message)
