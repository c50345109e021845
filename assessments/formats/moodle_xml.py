"""Moodle XML: questions of a Moodle as a file, and ours as a file that a Moodle takes."""

from __future__ import annotations

from assessments.formats.moodle_xml_reading import read
from assessments.formats.moodle_xml_writing import write

__all__ = ["endings", "label", "media_type", "name", "read", "write"]

name = "moodle_xml"
label = "Moodle XML"
endings = (".xml",)
media_type = "application/xml"
