"""What makes two questions the same: what is asked, however it is spaced, spelled large or ordered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from assessments.questions.question import Question


def fingerprint(question: Question) -> str:
    """32 hexadecimal digits, alike for questions with the same words. The key has no part in it."""
    content = question.content
    code = content.get("code") or {}
    text = " ".join([content.get("stem") or "", code.get("source") or "", content.get("lead_in") or ""])
    asked = [_even(text), _texts(content.get("options", ())), _texts(content.get("premises", ()))]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]


def _texts(parts: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(_even(part["text"]) for part in parts)


def _even(text: str) -> str:
    """Formats divide a text at other places, and escape other signs."""
    return " ".join(text.replace("\\", "").split()).casefold()
