"""QTI items and packages that others wrote: what becomes of each, and why; and how ours go out."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from pathlib import Path

import pytest

from assessments.formats import qti
from assessments.formats.exchange import Exchanged, FileRefused, Picture, Reading
from assessments.formats.packages import Package, packed
from assessments.questions.question import Question
from assessments.questions.registry import kind

DATA = Path(__file__).parent.parent / "data" / "exchange"
ITEMS: dict[str, str] = json.loads((DATA / "qti_items.json").read_text())
DOT = Picture("image/png", (DATA / "dot.png").read_bytes())
NOT_WORKED_OUT = "skipped: its response processing is not worked out here: "
LEFT_OUT = {
    "choice_wrong_key": "refused: the declared key (C) is not what earns the most (A)",
    "choice_custom_contradicts": "refused: the declared key (A) is not what earns the most (B)",
    "choice_custom_draw": "skipped: its scores prove no single right option",
    "choice_custom_operator": NOT_WORKED_OUT + "<customOperator>",
    "choice_no_score": "skipped: its response processing sets no SCORE",
    "choice_unknown_template": "skipped: the response processing template",
    "choice_no_key": "refused: no key is declared",
    "choice_stray_key": 'refused: the declared key "Z" is no option',
    "match_open": "skipped: not every line has exactly one partner",
    "text_any": "skipped: any answer earns something, so nothing is measured",
    "number_hidden": "skipped: an answer that earns less is tried before one that earns more",
    "number_comma": 'refused: "3,14" is not a number',
    "two_interactions": "skipped: the item has 2 interactions",
    "hotspot": "skipped: <hotspotInteraction> has no counterpart here",
    "essay": "skipped: <extendedTextInteraction> has no counterpart here",
    "nothing_to_answer": "skipped: the item has no interaction: there is nothing to answer",
    "drawn": "skipped: its values are drawn anew for each taker (templates)",
    "adaptive": "skipped: it is adaptive: it changes with each try",
}
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">
<organizations/><resources>{}</resources></manifest>
"""


def read(name: str) -> Reading:
    return qti.read(ITEMS[name].encode())


def question(name: str) -> Question:
    reading = read(name)
    assert reading.questions, [str(remark) for remark in reading.remarks]
    assert not kind(reading.questions[0].question.kind).validate(reading.questions[0].question)
    return reading.questions[0].question


def package(*names: str, extra: dict[str, bytes] | None = None, manifest: str = "") -> bytes:
    files = {f"items/{name}.xml": ITEMS[name].encode() for name in names}
    listed = "".join(
        f'<resource identifier="r{n}" type="imsqti_item_xmlv2p1" href="{href}"><file href="{href}"/></resource>'
        for n, href in enumerate(files)
    )
    return packed({"imsmanifest.xml": (manifest or MANIFEST.format(listed)).encode()} | files | (extra or {}))


@pytest.mark.parametrize(("name", "message"), LEFT_OUT.items())
def test_an_item_that_proves_no_key_is_left_out_with_its_reason(name: str, message: str) -> None:
    reading = read(name)
    assert not reading.questions
    (remark,) = reading.remarks
    assert f"{remark.weight}: {remark.message}".startswith(message)
    assert remark.line > 1
    assert remark.where == name


def test_a_choice_by_the_standard_template() -> None:
    found = question("choice_match")
    assert found.content["stem"] == "Look at *this*."
    assert found.content["lead_in"] == "Which?"
    assert [option["text"] for option in found.content["options"]] == ["one", "two", "three"]
    assert (found.kind, found.key["right"], found.content["shuffle"]) == ("choice", "b", True)
    assert "fractions" not in found.key


def test_feedback_within_options_and_beside_them_goes_to_the_options_that_show_it() -> None:
    found = question("choice_feedback")
    assert found.content["options"][0]["text"] == "one"
    assert found.content["stem"] == "Which?"
    assert found.key["notes"] == {"a": "No, **not** one.<br>Read page 3.", "c": "Read page 3."}


def test_a_mapping_gives_credit() -> None:
    assert question("choice_map").key["fractions"] == {"a": 100, "b": 50, "c": 0}


def test_rules_of_its_own_are_taken_where_they_prove_the_key() -> None:
    found = question("choice_custom_proves")
    assert (found.key["right"], found.key["fractions"]) == ("b", {"a": 25, "b": 100, "c": 0})
    summed = question("multiple_custom_sum")
    assert (summed.key["right"], summed.key["fractions"]) == (["a", "b"], {"a": 75, "b": 25, "c": -100})


def test_an_item_without_response_processing_has_its_declared_key() -> None:
    assert question("choice_no_processing").key["right"] == "b"


def test_several_right_options() -> None:
    assert "fractions" not in question("multiple_map").key
    assert question("multiple_match").key["right"] == ["a", "b"]
    assert "in our way" in read("multiple_match").remarks[0].message
    limited = read("multiple_limited")
    assert "fractions" not in limited.questions[0].question.key
    assert "any number may be chosen here, not at most 2" in limited.remarks[0].message


def test_orders() -> None:
    for name in ("order", "order_custom"):
        assert question(name).key["right"] == ["c", "a", "b"]


def test_pairs() -> None:
    found = question("match_map")
    assert found.key["right"] == {"1": "a", "2": "b"}
    assert [option["text"] for option in found.content["options"]] == ["X text", "Y text", "Z text"]
    turned = question("match_turned")
    assert turned.key["right"] == {"1": "a", "2": "a", "3": "b"}
    assert [premise["text"] for premise in turned.content["premises"]] == ["X text", "Y text", "Z text"]


def test_a_match_turned_round_lets_an_option_be_used_again() -> None:
    assert question("match_turned").content["reuse"] is True


def test_texts_that_are_entered() -> None:
    found = question("text_map")
    assert found.content["stem"] == r"It is \_\_\_\_ high."
    assert (found.key["right"], found.key["case_sensitive"]) == (["Paris"], False)
    assert found.key["also"] == [{"text": "Lutetia", "credit": 50, "note": ""}]
    strict = question("text_match")
    assert (strict.content["stem"], strict.key["right"], strict.key["case_sensitive"]) == (
        "How high is it?",
        ["pH"],
        True,
    )


def test_numbers_with_windows_notes_and_ranges() -> None:
    found = question("number_window")
    assert (found.key["right"], found.key["tolerance"]) == (3.14, 0.01)
    assert found.key["also"] == [{"value": 3, "tolerance": 0, "credit": 50, "note": ""}]
    assert found.key["notes"] == {"right": "Good", "otherwise": "Far off"}
    relative, between = question("number_relative"), question("number_range")
    assert (relative.key["right"], relative.key["tolerance"]) == (200, 10)
    assert (between.key["right"], between.key["tolerance"]) == (5, 1)


def test_a_choice_within_the_text() -> None:
    found = question("inline_choice")
    assert (found.kind, found.key["right"]) == ("choice", "b")
    assert found.content["stem"] == r"Roses are \_\_\_\_."


def test_the_namespaces_of_2_1_and_2_2_are_read_and_others_are_told_what_is_expected() -> None:
    assert question("v22").key["right"] == "b"
    for name, said in (("v20", '"http://www.imsglobal.org/xsd/imsqti_v2p0"'), ("no_namespace", "missing")):
        with pytest.raises(FileRefused, match=f"the namespace of the item is {said}; expected is .*v2p1 or .*v2p2"):
            read(name)


@pytest.mark.parametrize(
    ("root", "said"),
    [
        ("questestinterop", "QTI 1: export it"),
        ("qti-assessment-item", "QTI 3: export it"),
        ("assessmentTest", "a test: its questions"),
        ("html", "it begins with <html>, not <assessmentItem>"),
    ],
)
def test_what_is_no_item_is_told_so(root: str, said: str) -> None:
    with pytest.raises(FileRefused, match=re.escape(said)):
        qti.read(f"<{root}/>".encode())


def test_a_package_brings_items_and_their_pictures() -> None:
    reading = qti.read(package("choice_match", "picture", "hotspot", extra={"media/dot.png": DOT.content}))
    assert [one.slug for one in reading.questions] == ["choice_match", "picture"]
    assert reading.questions[1].question.content["stem"] == f"See ![A dot]({DOT.address}) and gone and far"
    assert reading.pictures == {DOT.address: DOT}
    said = [remark.message for remark in reading.remarks]
    assert any("gone.png" in text and "It is not in the package." in text for text in said)
    assert any("http://x.org" in text and "It does not lie in the package." in text for text in said)


def test_an_item_with_a_wrong_namespace_leaves_the_others_alone() -> None:
    reading = qti.read(package("v20", "v22"))
    assert [one.slug for one in reading.questions] == ["v22"]
    (remark,) = reading.remarks
    assert (remark.weight, remark.where) == ("refused", "items/v20.xml")


def test_the_manifest_tells_what_is_missing_or_not_imported() -> None:
    listed = (
        '<resource identifier="a" type="imsqti_item_xmlv2p1" href="items/gone.xml"/>\n'
        '<resource identifier="b" type="imsqti_test_xmlv2p1" href="test.xml"/>\n'
        '<resource identifier="c" type="imsqti_item_xmlv3p0" href="items/new.xml"/>\n'
        '<resource identifier="d" type="webcontent" href="page.html"/>'
    )
    reading = qti.read(package(manifest=MANIFEST.format(listed)))
    assert [remark.message for remark in reading.remarks] == [
        'a test ("imsqti_test_xmlv2p1") is left out; its items are imported one by one',
        '"imsqti_item_xmlv3p0" is not imported; expected is imsqti_item_xmlv2p1 or imsqti_item_xmlv2p2',
        "the manifest names a file that is not in the package",
    ]


def zipped(*names: str, content: bytes = b"x", flags: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def encrypted() -> bytes:
    whole = bytearray(zipped("imsmanifest.xml"))
    whole[6] |= 1
    place = whole.rindex(b"PK\x01\x02")
    whole[place + 8] |= 1
    return bytes(whole)


HOSTILE = {
    "a path that leads out": (zipped("imsmanifest.xml", "../../etc/cron.d/x"), "would lie outside of the package"),
    "an absolute path": (zipped("imsmanifest.xml", "/etc/passwd"), "would lie outside of the package"),
    "a drive": (zipped("imsmanifest.xml", "C:/x.xml"), "would lie outside of the package"),
    "another archive": (zipped("imsmanifest.xml", "inner.ZIP"), "the package holds another archive"),
    "names twice": (zipped("imsmanifest.xml", "A.xml", "a.xml"), 'the package has two files named "a.xml"'),
    "a bomb": (zipped("imsmanifest.xml", "bomb.xml", content=b"0" * 30_000_000), "blows up to 30.0 MB"),
    "many small bombs": (
        zipped("imsmanifest.xml", *(f"{n}.xml" for n in range(1100)), content=b"0" * 99_999),
        "unpacked, the package has 110 MB; 100 is the most",
    ),
    "a password": (encrypted(), "is encrypted"),
    "no manifest": (zipped("item.xml"), "the package has no imsmanifest.xml"),
    "a folder around it": (zipped("folder/imsmanifest.xml"), "it stands in a folder (folder/imsmanifest.xml)"),
    "half a file": (zipped("imsmanifest.xml")[:60], "this is no zip file that can be read"),
    "a manifest that is none": (zipped("imsmanifest.xml", content=b"<a/>"), "is no manifest of a content package"),
    "a manifest that is no XML": (zipped("imsmanifest.xml", content=b"a"), "this is not well-formed XML"),
}


@pytest.mark.parametrize(("content", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_package_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused, match=re.escape(sentence)):
        qti.read(content)


def outgoing(**changes: object) -> Exchanged:
    content = {
        "stem": f"See ![dot]({DOT.address})", "lead_in": "Which?", "shuffle": True,
        "options": [{"key": "a", "text": "one"}, {"key": "b", "text": "*two*"}],
    }  # fmt: skip
    key = {"right": "b", "notes": {"a": "No."}, "explanation": "Because.", "misconceptions": {}}
    about = {"title": "A title", "slug": "one-two", "category": ("Stat", "Odds"), "tags": ("t",), "language": "de"}
    return Exchanged(Question("choice", content, key), **about | changes)  # type: ignore[arg-type]


def test_an_export_is_a_package_with_manifest_items_and_pictures() -> None:
    written = qti.write([outgoing()], {DOT.address: DOT})
    with zipfile.ZipFile(io.BytesIO(written.content)) as file:
        names = file.namelist()
        manifest = file.read("imsmanifest.xml").decode()
        assert names == ["imsmanifest.xml", "items/one-two.xml", f"media/{DOT.sha256}.png"]
        assert 'type="imsqti_item_xmlv2p1" href="items/one-two.xml"' in manifest
        assert f'<file href="media/{DOT.sha256}.png"/>' in manifest
        assert "<schema>QTIv2.1 Package</schema>" in manifest
    reading = qti.read(written.content)
    assert reading.pictures == {DOT.address: DOT}
    back, given = reading.questions[0], outgoing()
    assert back.question == given.question
    assert (back.title, back.slug, back.category, back.tags, back.language) == (
        given.title, given.slug, given.category, given.tags, given.language,
    )  # fmt: skip


def test_the_elements_of_an_item_stand_in_the_order_of_the_schema() -> None:
    with zipfile.ZipFile(io.BytesIO(qti.write([outgoing()], {}).content)) as file:
        item = file.read("items/one-two.xml").decode()
    order = re.findall(r"(?m)^<(\w+)", item)[1:]
    wanted = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
    places = [wanted.index(name) for name in order if name in wanted]
    assert places == sorted(places)
    assert 'adaptive="false" timeDependent="false"' in item


def test_an_edit_of_the_xhtml_wins_over_the_source_beside_it() -> None:
    given = outgoing()
    given.question.content["stem"] = "A  *stem*"
    files = unpacked(qti.write([given], {}).content)
    assert b"<?markdown" in files["items/one-two.xml"]
    assert qti.read(packed(files)).questions[0].question.content["stem"] == "A  *stem*"
    files["items/one-two.xml"] = files["items/one-two.xml"].replace(b"<em>stem</em>", b"<em>root</em>")
    assert qti.read(packed(files)).questions[0].question.content["stem"] == "A *root*"


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_two_questions_never_share_an_identifier() -> None:
    slugs = ["same", "Same", "1 no name", ""]
    reading = qti.read(qti.write([outgoing(slug=slug) for slug in slugs], {}).content)
    assert [one.slug for one in reading.questions] == slugs


BROKEN = [  # found by feeding changed files
    ("multiple_custom_sum", '<baseValue baseType="identifier">A</baseValue><variable', "<variable"),
    ("choice_custom_proves", '<baseValue baseType="float">4', '<baseValue baseType="string">B'),
    ("choice_custom_proves", '<baseValue baseType="float">4', '<baseValue baseType="pair">A B'),
    ("number_window", '<baseValue baseType="float">3.14', '<baseValue baseType="pair">3.14'),
    ("number_window", '<baseValue baseType="float">1<', '<baseValue baseType="pair">1<'),
    ("match_map", 'baseType="directedPair"', 'baseType="boolean"'),
    ("choice_match", 'baseType="identifier"', 'baseType="float"'),
]


@pytest.mark.parametrize(("name", "written", "instead"), BROKEN)
def test_an_item_with_values_that_do_not_fit_is_left_out_with_a_word(name: str, written: str, instead: str) -> None:
    assert written in ITEMS[name]
    reading = qti.read(ITEMS[name].replace(written, instead).encode())
    assert not reading.questions
    assert reading.remarks


def test_a_file_without_a_name_does_no_harm() -> None:
    with pytest.raises(FileRefused, match="the package has no imsmanifest"):
        qti.read(zipped(""))


def test_stars_side_by_side_stay_as_many() -> None:
    key = {"right": ["a**b", "*c"], "notes": {}, "misconceptions": {}, "wildcards": True, "explanation": ""}
    key |= {"common_errors": [], "case_sensitive": True}
    question = Question("short_text", {"stem": "S", "lead_in": "", "shuffle": True}, key)
    assert qti.read(qti.write([Exchanged(question)], {}).content).questions[0].question == question


def test_a_rating_is_a_loss() -> None:
    options = [{"key": key, "text": key} for key in "abc"]
    rating = Question("rating", {"stem": "S", "options": options}, {"right": {"a": 1, "b": 3, "c": 5}})
    written = qti.write([Exchanged(rating, slug="r")], {})
    assert written.losses[0].message == "the question is left out: QTI 2.1 has no such kind of question (rating)"


def test_an_item_that_takes_too_many_steps_proves_nothing() -> None:
    test = "<responseIf><isNull><variable identifier='RESPONSE'/></isNull></responseIf>"
    rule = f"<responseCondition>{test}</responseCondition>"
    slow = ITEMS["match_map"].replace(
        "</itemBody>", f"</itemBody><responseProcessing>{rule * 150}</responseProcessing>"
    )
    slow = re.sub(r"<responseProcessing template=[^>]*/>", "", slow)
    begun = time.perf_counter()
    reading = qti.read(slow.encode())
    assert not reading.questions
    assert time.perf_counter() - begun < 5


def test_a_package_for_which_the_memory_does_not_suffice_is_not_called_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package(packed({"imsmanifest.xml": b"<manifest/>"}))

    def full(*words: object) -> None:
        raise MemoryError

    monkeypatch.setattr(package.zip, "open", full)
    with pytest.raises(MemoryError):
        package.read("imsmanifest.xml")
