"""Text that this room has made safe, marked so that templates print it as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Html(str):
    """Sanitised HTML. Template engines ask for `__html__` before they escape."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def stored(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Rendered parts as they come back from where they were kept: {name: HTML or {name: HTML}}."""
    return {name: stored(part) if isinstance(part, Mapping) else Html(part) for name, part in parts.items()}
