"""A version of a question as the forms of the desk show it."""

from __future__ import annotations

from typing import Any

from assessments.models import ItemVersion


def initial_of(version: ItemVersion) -> dict[str, Any]:
    """A version as its forms show it."""
    content, key, item = version.content, version.key, version.item
    code = content.get("code") or {}
    notes, tags = key.get("notes", {}), key.get("misconceptions", {})
    letters = [option["key"] for option in content.get("options", [])]
    return {
        "item": {
            "slug": item.slug, "area": item.area_id, "life": item.life, "family": item.family,
            "title": item.title, "tags": "\n".join(item.tags),
            "stem": content["stem"], "lead_in": content["lead_in"], "shuffle": content.get("shuffle", True),
            "code_language": code.get("language", ""), "code_source": code.get("source", ""),
            "prints": key.get("stdout", ""), "explanation": key.get("explanation", ""), "subskill": version.subskill_id,
            "also_about": list(version.also_about.all()), "cognitive_level": version.cognitive_level,
            "difficulty_label": version.difficulty_label, "difficulty_reason": version.difficulty_reason,
            "seconds": version.seconds, "language": version.language, "holds_for": version.holds_for,
            "review_by": version.review_by, "edit": ItemVersion.Edit.WORDING,
        },
        "key": {
            "value": key.get("right"), "tolerance": key.get("tolerance"), "unit": content.get("unit"),
            "case_sensitive": key.get("case_sensitive"),
            "accepted": "\n".join(key["right"]) if version.kind == "short_text" else "",
            "wildcards": key.get("wildcards", False), "reuse": content.get("reuse", False),
            "note_right": notes.get("right", ""), "note_otherwise": notes.get("otherwise", ""),
        },
        "options": [
            {
                "text": option["text"],
                "right": version.kind in ("choice", "multiple") and option["key"] in key["right"],
                "credit": key.get("fractions", {}).get(option["key"]),
                "rating": key["right"].get(option["key"]) if version.kind == "rating" else None,
                "note": notes.get(option["key"]) or pair_note(notes, option["key"]),
                "misconception": tags.get(option["key"]),
            }
            for option in in_right_order(version)
        ],
        "premises": [
            {
                "text": premise["text"],
                "option": letters.index(key["right"][premise["key"]]) + 1,
                "note": notes.get(premise["key"], ""),
            }
            for premise in content.get("premises", [])
        ],
        "also": [
            {
                "answer": one.get("text", one.get("value")),
                "tolerance": one.get("tolerance"),
                "credit": one["credit"],
                "note": one.get("note"),
            }
            for one in key.get("also", [])
        ],
        "errors": [
            {
                "answer": error.get("text", error.get("value")),
                "tolerance": error.get("tolerance"),
                "note": error.get("note"),
                "misconception": error.get("misconception"),
            }
            for error in key.get("common_errors", [])
        ],
        "references": [
            {"resource": reference.resource_id, "locator": reference.locator} for reference in version.references.all()
        ],
    }  # fmt: skip


def in_right_order(version: ItemVersion) -> list[dict[str, Any]]:
    options = version.content.get("options", [])
    if version.kind != "ordering":
        return list(options)
    return sorted(options, key=lambda option: version.key["right"].index(option["key"]))


def pair_note(notes: dict[str, str], key: str) -> str:
    """The note on a step and the one after it."""
    return next((note for pair, note in notes.items() if pair.startswith(f"{key}-")), "")
