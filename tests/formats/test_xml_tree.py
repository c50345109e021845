"""XML of others is read with the line of every element, and refused with a sentence where it is hostile."""

from __future__ import annotations

import gc
import time

import pytest

from assessments.formats.exchange import FileRefused
from assessments.formats.html_tree import Element
from assessments.formats.xml_tree import read_parts, read_tree

REFUSED = {
    "a bomb of entities": (
        b'<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<quiz>&b;</quiz>',
        "line 2: the file has a document type declaration; remove it, for entities are not read",
    ),
    "an entity from outside": (
        b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
        "line 1: the file has a document type declaration; remove it, for entities are not read",
    ),
    "a document type alone": (
        b'<!DOCTYPE quiz SYSTEM "quiz.dtd"><quiz/>',
        "line 1: the file has a document type declaration; remove it, for entities are not read",
    ),
    "XInclude": (
        b'<quiz>\n<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="x"/></quiz>',
        "line 2: the file asks for another file (XInclude); nothing outside of it is read",
    ),
    "an element that does not end": (
        b"<quiz>\n<a></quiz>",
        "line 2: this is not well-formed XML: mismatched tag, column 6",
    ),
    "half a file": (b"<quiz><a>", "line 1: this is not well-formed XML: no element found, column 10"),
    "nothing": (b"", "line 1: this is not well-formed XML: no element found, column 1"),
    "an entity that nobody declared": (
        b"<quiz>&nbsp;</quiz>",
        "line 1: this is not well-formed XML: undefined entity, column 7",
    ),
    "deep nesting": (b"<a>" * 101, "line 1: elements are nested more than 100 deep"),
    "UTF-16": (
        "<quiz/>".encode("utf-16"),
        "line 1: the file is written in UTF-16; save the file as UTF-8 and try again",
    ),
    "UTF-16 without a mark": (
        "<quiz/>".encode("utf-16-le"),
        "line 1: the file is not a text in UTF-8 (perhaps UTF-16); save the file as UTF-8 and try again",
    ),
    "Latin-1 that says so": (
        '<?xml version="1.0" encoding="ISO-8859-1"?><quiz>é</quiz>'.encode("latin-1"),
        "line 1: the file says that it is written in ISO-8859-1; save the file as UTF-8 and try again",
    ),
    "Latin-1 that does not": (
        "<quiz>\né</quiz>".encode("latin-1"),
        "line 2: the file is not UTF-8 (byte 0xe9); save the file as UTF-8 and try again",
    ),
    "a file too large": (b" " * 20_000_001, "the file has 20.0 MB; 20 is the most"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_tree(content)
    assert str(refused.value) == sentence


def test_every_element_knows_its_line_and_its_namespace() -> None:
    root = read_tree(b'\xef\xbb\xbf<q:quiz xmlns:q="urn:q">\n<q:a n="1">x&amp;<b/>y</q:a>\n</q:quiz>')
    (child,) = root.elements()
    assert (root.line, child.line, child.space, child.attributes) == (1, 2, "urn:q", {"n": "1"})
    assert (child.children[0], child.children[2]) == ("x&", "y")


def test_a_file_of_another_kind_is_told_so() -> None:
    with pytest.raises(FileRefused, match=r"this is no Moodle XML: it begins with <html>, not <quiz>"):
        list(read_parts(b"<html/>", "quiz", "Moodle XML"))


def test_parts_are_read_one_after_the_other_in_linear_time() -> None:
    part = b"<question>" + b"<a>words</a>" * 20 + b"</question>\n"
    begun = time.perf_counter()
    assert sum(1 for _ in read_parts(b"<quiz>" + part * 5000 + b"</quiz>", "quiz", "Moodle XML")) == 5000
    assert time.perf_counter() - begun < 5


def test_a_tree_that_nobody_keeps_is_gone_at_once() -> None:
    """The reading process collects no garbage, and a package has 10,000 trees."""
    gc.collect()
    gc.disable()
    try:
        for _ in range(5):
            read_tree(b"<quiz><question>words</question></quiz>")
        assert not [one for one in gc.get_objects() if isinstance(one, Element)]
    finally:
        gc.enable()
