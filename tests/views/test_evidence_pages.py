"""Measured, claimed and shown stand side by side; each is hers alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import AreaAnchor, AreaEstimate, Claim, Learner, Proof
from assessments.workflows import learners
from assessments.workflows.evidence import evidence_of
from tests.bank import make_area
from tests.workflows.test_attempts import finish

WORK = {"title": "A parser", "url": "https://example.org/parser", "made_on": "2026-01-31", "checks": ["mine", "runs"]}


@pytest.fixture
def anchored(area):
    for level in range(1, 6):
        AreaAnchor.objects.create(area=area, level=level, deed=f"done thing {level}")
    return area


def add(client, area, kind="repository", **changed):
    return client.post(f"/evidence/{area.slug}/{kind}/", {**WORK, **changed})


def test_somebody_new_sees_every_area_and_makes_no_learner(client, anchored):
    for path in ("/evidence/", "/evidence/measuring/", "/evidence/measuring/paper/"):
        assert client.get(path).status_code == 200
    assert "Measuring" in client.get("/evidence/").content.decode()
    assert not Learner.objects.exists()


def test_a_guest_claims_a_level_by_its_anchor_and_the_date_is_shown(client, anchored):
    assert client.post("/evidence/measuring/", {"level": "4"}).status_code == 302
    page = client.get("/evidence/").content.decode()
    assert "done thing 4" in page and "not measured" in page and "nothing shown" in page
    assert client.post("/evidence/measuring/", {"level": "9"}).status_code == 422
    assert client.post("/evidence/measuring/", {}).status_code == 422
    assert Claim.objects.count() == 1


def test_the_newest_claim_counts_and_an_old_one_says_so(adas_browser, ada, anchored):
    for level, days in ((2, 900), (5, 400)):
        Claim.objects.create(learner=ada, area=anchored, level=level, claimed_at=timezone.now() - timedelta(days=days))
    claimed = evidence_of(ada, anchored).claimed
    assert (claimed.level, claimed.is_old) == (5, True)
    assert "older than twelve months" in adas_browser.get("/evidence/").content.decode()
    adas_browser.post("/evidence/measuring/", {"level": "3"})
    assert not evidence_of(ada, anchored).claimed.is_old
    adas_browser.post("/evidence/measuring/withdraw/")
    assert evidence_of(ada, anchored).claimed is None


def test_a_link_is_added_changed_and_deleted_after_asking(adas_browser, ada, anchored):
    assert add(adas_browser, anchored).status_code == 302
    proof = Proof.objects.of(ada).get()
    page = adas_browser.get("/evidence/measuring/").content.decode()
    assert 'href="https://example.org/parser" rel="nofollow noopener noreferrer"' in page.replace("\n", " ")
    assert "2 of 5 checked" in page
    adas_browser.post(f"/evidence/links/{proof.pk}/", {**WORK, "title": "A better parser"})
    assert Proof.objects.get().title == "A better parser"
    assert "Delete this link?" in adas_browser.get(f"/evidence/links/{proof.pk}/delete/").content.decode()
    assert Proof.objects.exists()
    adas_browser.post(f"/evidence/links/{proof.pk}/delete/")
    assert not Proof.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "javascript:alert(1)"},
        {"url": "ftp://example.org/x"},
        {"url": "data:text/html,x"},
        {"url": ""},
        {"title": ""},
        {"title": "x" * 151},
        {"made_on": "2999-01-01"},
        {"made_on": "soon"},
        {"checks": ["baseline"]},
    ],
)
def test_a_link_that_is_none_is_refused_with_words(adas_browser, anchored, changed):
    reply = add(adas_browser, anchored, **changed)
    assert reply.status_code == 422 and b"is-invalid" in reply.content
    assert not Proof.objects.exists()


def test_each_kind_has_a_rubric_of_its_own(adas_browser, anchored):
    pages = {kind: adas_browser.get(f"/evidence/measuring/{kind}/").content.decode() for kind in Proof.Kind.values}
    assert "clean clone" in pages["repository"] and "baseline" in pages["paper"] and "issuer" in pages["certificate"]
    assert all(page.count('name="checks"') == 5 for page in pages.values())
    assert adas_browser.get("/evidence/measuring/poem/").status_code == 404


def test_links_of_others_are_not_found(adas_browser, bobs_browser, ada, anchored):
    add(adas_browser, anchored)
    proof = Proof.objects.get()
    for path in (f"/evidence/links/{proof.pk}/", f"/evidence/links/{proof.pk}/delete/"):
        assert bobs_browser.get(path).status_code == bobs_browser.post(path, WORK).status_code == 404
    assert "A parser" not in bobs_browser.get("/evidence/").content.decode()
    assert Proof.objects.get().learner == ada


def test_the_highest_level_is_knowledge_until_practice_is_shown(adas_browser, ada, anchored):
    finish(ada, anchored)
    AreaEstimate.objects.update(theta=2.6, standard_error=0.3, low=2.1, high=3.1)
    assert evidence_of(ada, anchored).knowledge_only
    assert "(knowledge)" in adas_browser.get("/evidence/").content.decode()
    add(adas_browser, anchored, checks=["mine", "mine", "mine"])
    assert "(knowledge)" in adas_browser.get("/progress/").content.decode()
    assert evidence_of(ada, anchored).knowledge_only
    add(adas_browser, anchored, checks=["mine", "runs", "tests"])
    assert not evidence_of(ada, anchored).knowledge_only
    for path in ("/evidence/", "/progress/"):
        assert "(knowledge)" not in adas_browser.get(path).content.decode()


def test_claims_and_links_move_no_level(adas_browser, ada, anchored):
    finish(ada, anchored, right=False)
    before = evidence_of(ada, anchored).standing.report
    adas_browser.post("/evidence/measuring/", {"level": "5"})
    add(adas_browser, anchored)
    assert evidence_of(ada, anchored).standing.report == before


def test_they_are_exported_and_joined(ada, anchored):
    guest = learners.begin_guest()
    Claim.objects.create(learner=guest, area=anchored, level=3)
    Proof.objects.create(
        learner=guest, area=anchored, kind="paper", title="On x", url="https://example.org", made_on="2026-01-01"
    )
    learners.join(guest, ada)
    data = learners.everything_about(ada)
    assert [claim["level"] for claim in data["claims"]] == [3] and data["proofs"][0]["title"] == "On x"
    learners.forget(ada)
    assert not Claim.objects.exists() and not Proof.objects.exists()
    assert make_area("other")
