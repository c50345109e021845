"""QTI 2.1 and 2.2: items and packages of others, and ours as a package of QTI 2.1."""

from __future__ import annotations

from assessments.formats.qti_reading import read
from assessments.formats.qti_writing import write

__all__ = ["endings", "label", "media_type", "name", "read", "write"]

name = "qti"
label = "QTI 2.1 and 2.2"
endings = (".zip", ".xml")
media_type = "application/zip"
