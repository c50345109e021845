"""Exporting on the desk: chosen questions or an area, what is lost, and the file."""

from assessments.formats import native_exchange
from assessments.formats.exchange import Loss, Written
from assessments.formats.registry import FORMATS
from assessments.models import Item
from tests.admin.test_imports import staff
from tests.bank import make_area

URL = "/admin/assessments/item/export/"


def test_an_area_is_exported(editors_browser, area):
    make_area("other", items=3)
    data = {"area": area.pk, "life": "", "format": "native", "chosen": ""}
    page = editors_browser.post(URL, data).content.decode()
    assert "60 questions in this file" in page and "Nothing is lost" in page
    reply = editors_browser.post(URL, {**data, "_download": "1"})
    assert 'filename="questions-measuring.yaml"' in reply["Content-Disposition"]
    assert len(native_exchange.read(reply.content).questions) == 60


def test_questions_chosen_in_the_list_are_exported(editors_browser, area):
    keys = [str(item.pk) for item in Item.objects.all()[:2]]
    data = {"action": "export", "_selected_action": keys}
    page = editors_browser.post("/admin/assessments/item/", data).content.decode()
    assert "2 questions are chosen" in page and f'value="{",".join(keys)}"' in page
    reply = editors_browser.post(URL, {"format": "native", "chosen": ",".join(keys), "_download": "1"})
    assert len(native_exchange.read(reply.content).questions) == 2


def test_losses_are_told_before_the_download(editors_browser, area, monkeypatch):
    class Lossy:
        name, label, endings, media_type = "lossy", "Lossy", (".lossy",), "text/plain"

        def write(self, questions, pictures):
            return Written(b"x", tuple(Loss(one.slug, "ordering cannot be said") for one in questions), 59)

    monkeypatch.setitem(FORMATS, "lossy", Lossy())
    page = editors_browser.post(URL, {"area": area.pk, "format": "lossy"}).content.decode()
    assert page.count("ordering cannot be said") == 1 and "measuring-00059" in page
    assert "59 questions in this file" in page  # one of the 60 is left out
    assert page.index("ordering cannot be said") < page.index("Download the file")


def test_nothing_chosen_is_said_so_and_faulty_keys_are_refused(editors_browser, area):
    page = editors_browser.post(URL, {"life": "retired", "format": "native"}).content.decode()
    assert "No question is chosen" in page and "Download the file" not in page
    assert editors_browser.post(URL, {"format": "native", "chosen": "1;2", "_download": "1"}).status_code == 200


def test_who_may_not_change_questions_may_not_export_them(area, adas_browser):
    assert adas_browser.get(URL).status_code == 302
    assert staff("view_item").get(URL).status_code == 403
