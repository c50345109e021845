"""Guests, accounts, and what becomes of results when they meet."""

import pytest

from assessments.models import AreaEstimate, Attempt, ItemResponse, Learner, User
from assessments.workflows import attempts, learners
from tests.bank import make_area
from tests.workflows.test_attempts import answer, finish


@pytest.fixture
def guest(db):
    return learners.begin_guest()


def test_a_new_account_takes_over_the_guest(guest, area):
    attempt = finish(guest, area)
    user = User.objects.create_user("new@example.org", "correct horse battery")
    learner = learners.claim(user, guest)
    assert learner.pk == guest.pk and user.learner == learner
    assert Attempt.objects.of(learner).get() == attempt


def test_a_new_account_without_a_guest_gets_a_learner(db):
    user = User.objects.create_user("new@example.org", "correct horse battery")
    assert learners.claim(user, None).user == user


def test_joined_results_keep_the_newest_as_the_standing(ada, guest, area):
    finish(ada, area, right=False)
    newer = finish(guest, area, right=True)
    assert learners.join(guest, ada) == 1
    assert AreaEstimate.objects.of(ada).current().get().attempt == newer
    assert not Learner.objects.filter(pk=guest.pk).exists()


def test_of_two_open_sittings_the_guests_is_closed_and_kept(ada, guest, area):
    hers = attempts.begin(ada, area)
    theirs = attempts.begin(guest, area)
    answer(guest, theirs)
    learners.join(guest, ada)
    theirs.refresh_from_db()
    assert (theirs.learner, theirs.end) == (ada, "replaced")
    assert Attempt.objects.of(ada).open().get() == hers
    assert theirs.responses.answered().count() == 1


def test_an_open_sitting_in_another_area_stays_open(ada, guest, area):
    attempts.begin(ada, area)
    other = attempts.begin(guest, make_area("other"))
    learners.join(guest, ada)
    other.refresh_from_db()
    assert other.is_open and other.learner == ada


def test_forgetting_leaves_nothing(ada, area):
    finish(ada, area)
    learners.forget(ada)
    for model in (User, Learner, Attempt, ItemResponse, AreaEstimate):
        assert not model.objects.exists()


def test_everything_about_a_person_holds_each_answer(ada, area):
    attempt = finish(ada, area)
    data = learners.everything_about(ada)
    assert data["account"]["email"] == "ada@example.org"
    assert len(data["attempts"][0]["answers"]) == attempt.responses.count()
    assert data["estimates"][0]["area__slug"] == area.slug
