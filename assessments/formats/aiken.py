"""Aiken: a question on one line, options A. or A), and ANSWER: with one letter (as Moodle reads it).

Capitals only, as in Moodle: `a)` is no option and `ANSWER: b` no key.
"""

from __future__ import annotations

from assessments.formats.aiken_reading import read
from assessments.formats.aiken_writing import write

__all__ = ["endings", "label", "media_type", "name", "read", "write"]

name = "aiken"
label = "Aiken"
endings = (".txt",)
media_type = "text/plain"
