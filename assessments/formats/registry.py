"""The formats that question files come and go in; a new format is a file and a line here."""

from __future__ import annotations

from assessments.formats import aiken, gift, moodle_xml, native_exchange, qti
from assessments.formats.exchange import Format

FORMATS: dict[str, Format] = {
    native_exchange.name: native_exchange,
    moodle_xml.name: moodle_xml,
    qti.name: qti,
    gift.name: gift,
    aiken.name: aiken,
}
