"""The versions of a question on the desk: history, comparison, an old one brought back, a copy."""

import pytest

from assessments.models import Item, ItemParameters, ItemVersion
from assessments.questions.comparison import parts, pieces
from assessments.questions.question import Question
from assessments.workflows import attempts
from tests.admin.test_desk import fields
from tests.bank import ALL_KINDS, make_calibration


@pytest.fixture
def met(ada, area):
    """A question that somebody has met, edited once by the desk."""
    return attempts.begin(ada, area).responses.get().version.item


def edit(client, item, **changes):
    reply = client.post(f"/admin/assessments/item/{item.pk}/change/", fields(item.current_version, **changes))
    assert reply.status_code == 302, reply.content
    item.refresh_from_db()
    return item


def test_the_history_tells_who_wrote_which_version_and_how(editors_browser, met):
    edit(editors_browser, met, stem="Better words.", edit="wording")
    page = editors_browser.get(f"/admin/assessments/item/{met.pk}/history/").content.decode()
    assert "editor@example.org" in page and "a file" in page
    assert "wording: what is known of it carries over" in page and "(present)" in page
    assert page.index("?version=2") < page.index("?version=1"), "the newest first, as the caption says"


def test_a_number_written_two_ways_is_no_difference():
    from_file, from_form = (Question("numeric", {"stem": "How many?"}, {"right": right}) for right in (77, 77.0))
    assert parts(from_file) == parts(from_form)


def test_two_versions_stand_side_by_side_word_by_word(editors_browser, met):
    edit(editors_browser, met, **{"stem": "Another stem altogether.", "options-1-note": "A new note for b."})
    page = editors_browser.get(f"/admin/assessments/item/{met.pk}/compare/").content.decode()
    assert "<ins>Another" in page and "Notes b" in page and "<del>" in page
    assert "Options a text" not in page  # what is the same is not repeated
    assert editors_browser.get(f"/admin/assessments/item/{met.pk}/compare/?old=99").status_code == 200


def test_pieces_of_two_texts_make_up_both():
    old, new = "Two of the four are right, not three.", "Three of the four were right."
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.fate != "new") == old
    assert "".join(piece.text for piece in found if piece.fate != "gone") == new
    assert ("four", "same") not in {(piece.text, piece.fate) for piece in found if piece.fate == "gone"}


def test_an_old_version_comes_back_as_a_new_one(editors_browser, met):
    first = met.current_version
    edit(editors_browser, met, stem="Worse words.", edit="wording")
    restore = f"/admin/assessments/item/{met.pk}/versions/1/restore/"
    assert editors_browser.get(restore).status_code == 405
    editors_browser.post(restore, {})
    assert met.versions.count() == 2
    editors_browser.post(restore, {"edit": "wording"})
    met.refresh_from_db()
    assert met.current_version.number == 3
    assert (met.current_version.content, met.current_version.key) == (first.content, first.key)
    assert met.versions.get(number=2).content["stem"] == "Worse words."  # although nobody has met it


def test_statistics_come_along_with_a_wording_and_not_with_a_new_question(editors_browser, met):
    ItemParameters.objects.create(
        version=met.current_version, calibration=make_calibration(), discrimination=1, difficulty=0,
        log_discrimination_error=0.1, difficulty_error=0.1, answers=100,
    )  # fmt: skip
    edit(editors_browser, met, stem="Better words.", edit="wording")
    for chosen, known in (("wording", 1), ("new", 0)):
        editors_browser.post(f"/admin/assessments/item/{met.pk}/versions/1/restore/", {"edit": chosen})
        met.refresh_from_db()
        assert met.current_version.parameters.count() == known


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_copy_is_a_draft_under_its_own_name(editors_browser, mixed_area, kind):
    item = Item.objects.filter(current_version__kind=kind).first()
    reply = editors_browser.post(f"/admin/assessments/item/{item.pk}/duplicate/")
    made = Item.objects.latest("pk")
    assert reply.url == f"/admin/assessments/item/{made.pk}/change/"
    item.refresh_from_db()
    assert (made.life, made.family, made.area) == ("draft", item.family, item.area)
    assert made.slug == "mixed-060"
    one, other = (ItemVersion.objects.get(current_of=row) for row in (item, made))
    assert (one.content, one.key, one.content_html) == (other.content, other.key, other.content_html)
    assert other.created_by.email == "editor@example.org"


def test_pages_of_versions_are_for_editors(adas_browser, met):
    for page in ("history/", "compare/"):
        assert adas_browser.get(f"/admin/assessments/item/{met.pk}/{page}").status_code == 302
    assert adas_browser.post(f"/admin/assessments/item/{met.pk}/duplicate/").status_code == 302
    assert Item.objects.count() == 60
