"""GIFT, the text format of Moodle's questions (docs.moodle.org/en/GIFT_format)."""

from __future__ import annotations

from assessments.formats.gift_reading import read
from assessments.formats.gift_writing import write

__all__ = ["endings", "label", "media_type", "name", "read", "write"]

name = "gift"
label = "GIFT"
endings = (".gift", ".txt")
media_type = "text/plain"
