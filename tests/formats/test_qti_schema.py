"""Our packages keep to the published schemas of QTI 2.1, for the whole bank and for any question."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, Phase, given, settings

from assessments.formats import native, qti
from assessments.formats.exchange import Exchanged
from assessments.questions.question import Question
from tests.formats.qti_schema import ITEM, PACKAGE, faults
from tests.formats.strategies import exchanged
from tests.formats.test_moodle_xml import DOT

BANK = Path(__file__).parents[2] / "fixtures" / "items"
MANIFEST = "imsmanifest.xml"


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def faults_in(content: bytes) -> Iterator[str]:
    files = files_of(content)
    named = set()
    for name, text in files.items():
        if name == MANIFEST:
            root = fromstring(text)
            named = {file.attrib["href"] for file in root.iter(f"{{{PACKAGE}}}file")}
            identifiers = [one.attrib["identifier"] for one in root.iter(f"{{{PACKAGE}}}resource")]
            assert len(set(identifiers)) == len(identifiers)
            yield from (f"{name}: {fault}" for fault in faults(root, PACKAGE))
        elif name.endswith(".xml"):
            yield from (f"{name}: {fault}" for fault in faults(fromstring(text), ITEM))
    yield from (f"{name} is not as the manifest says" for name in named ^ (files.keys() - {MANIFEST}))


def test_the_whole_bank_is_within_the_schemas() -> None:
    asked = [
        Exchanged(entry.question, slug=entry.slug, category=(entry.area, entry.subskills[0]), entry=entry)
        for path in sorted(BANK.glob("*.yaml"))
        for entry in native.read_file(path.read_text("utf-8"), path.name)[0].entries
    ]
    assert len(asked) > 800
    assert list(faults_in(qti.write(asked, {}).content)) == []


@settings(
    max_examples=int(os.environ.get("ROUND_TRIPS", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(exchanged())
def test_any_question_makes_an_item_that_the_schema_allows(one: Exchanged) -> None:
    assert list(faults_in(qti.write([one], {}).content)) == []


def test_a_long_description_of_a_picture_is_cut_to_what_the_schema_allows() -> None:
    content = {"stem": f"![{'long ' * 60}]({DOT.address})", "unit": "", "lead_in": "", "shuffle": True}
    asked = Exchanged(Question("numeric", content, {"right": 1, "tolerance": 0, "notes": {}}), slug="described")
    written = qti.write([asked], {DOT.address: DOT})
    assert list(faults_in(written.content)) == []
    assert qti.read(written.content).questions[0].question.content["stem"] == content["stem"]


@pytest.mark.parametrize(
    ("written", "broken", "fault"),
    [
        (b'maxChoices="1"', b"", "<choiceInteraction>: without maxChoices"),
        (b'identifier="option-a"', b'identifier="1a"', '<simpleChoice>: identifier="1a"'),
        (b"</itemBody>", b"<b>loose</b></itemBody>", "<itemBody>: children"),
        (b"<itemBody>", b"<itemBody>loose", "<itemBody>: text between its children"),
    ],
)
def test_what_the_schema_does_not_allow_is_told(written: bytes, broken: bytes, fault: str) -> None:
    content = {"stem": "S", "options": [{"key": "a", "text": "x"}, {"key": "b", "text": "y"}]}
    files = files_of(qti.write([Exchanged(Question("choice", content, {"right": "a"}), slug="one")], {}).content)
    item = files["items/one.xml"]
    assert not list(faults(fromstring(item), ITEM))
    assert any(found.startswith(fault) for found in faults(fromstring(item.replace(written, broken)), ITEM))
