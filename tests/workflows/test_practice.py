"""Practice: what was missed comes back, the truth is told at once, and no measurement hears of it."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone

from assessments.models import (
    AreaEstimate,
    Attempt,
    Item,
    ItemResponse,
    PracticeAnswer,
    ReviewCard,
)
from assessments.questions.question import AnswerError
from assessments.workflows import attempts, learners, practice, reviews
from assessments.workflows.attempts import Conflict, Given
from assessments.workflows.reviews import Scope
from tests.bank import ALL_KINDS, form_for, make_area
from tests.workflows.test_attempts import answer, finish, pending, sent

note_old_mistakes = import_module("assessments.migrations.0014_old_mistakes").note_old_mistakes


class Shown:
    """A practice question in the shape of a response, for `form_for`."""

    def __init__(self, sheet):
        self.version, self.layout_seed = sheet.turn.version, sheet.turn.layout_seed


def respond(learner, sheet, right=True, **given):
    form = sent(form_for(Shown(sheet), right))
    given = Given(data=form.data, **given)
    return practice.respond(learner, sheet.card.pk, sheet.turn.number, sheet.turn.version.pk, given)


def next_sheet(learner, scope=None):
    return practice.next_sheet(learner, scope or Scope())


def cards(learner):
    return ReviewCard.objects.of(learner)


def say(learner, attempt, right, confidence=None, unknown=False):
    response = pending(attempt)
    data = {} if unknown else sent(form_for(response, right)).data
    given = Given(data=data, unknown=unknown, confidence=confidence)
    return attempts.respond(learner, attempt.pk, response.position, given)


def test_wrong_unknown_and_unsure_questions_come_back_when_a_sitting_ends(ada, area):
    attempt = attempts.begin(ada, area)
    say(ada, attempt, right=True)
    say(ada, attempt, right=False)
    say(ada, attempt, right=True, unknown=True)
    say(ada, attempt, right=True, confidence=25)
    say(ada, attempt, right=True, confidence=95)
    assert not cards(ada).exists()
    attempts.stop(ada, attempt.pk)
    reasons = dict(cards(ada).values_list("item__versions__responses__position", "reason"))
    assert reasons == {2: "wrong", 3: "unknown", 4: "unsure"}


def test_practice_tells_the_truth_and_moves_no_score(ada, area):
    attempt = finish(ada, area, right=False)
    before = list(AreaEstimate.objects.values()), list(ItemResponse.objects.values()), list(Attempt.objects.values())
    told = practice.told(ada, respond(ada, next_sheet(ada)).pk, Scope())
    assert told.row.right and told.answer.outcome == "right"
    assert before == (
        list(AreaEstimate.objects.values()),
        list(ItemResponse.objects.values()),
        list(Attempt.objects.values()),
    )
    assert attempt.answers == cards(ada).count()


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_kind_of_question_can_be_practised(ada, db, kind):
    area = make_area(kind.replace("_", "-"), items=40, kinds=(kind,))
    finish(ada, area, right=False)
    assert respond(ada, next_sheet(ada), right=True).outcome == "right"
    wrong = respond(ada, next_sheet(ada), right=False)
    assert wrong.outcome == "wrong"
    assert practice.told(ada, wrong.pk, Scope()).ratings == []


def test_what_is_known_comes_back_on_another_day_and_what_is_missed_in_ten_minutes(ada, area):
    finish(ada, area, right=False)
    all_due = next_sheet(ada).left
    known, missed = respond(ada, next_sheet(ada)).card, None
    assert next_sheet(ada).left == all_due - 1
    missed = respond(ada, next_sheet(ada), right=False).card
    assert missed.due_at - timezone.now() < timedelta(minutes=11)
    assert known.due_at - timezone.now() > timedelta(hours=20)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert missed in list(reviews.due_cards(ada, Scope(), timezone.now(), reviews.in_use(ada)))


def test_her_own_rating_replaces_the_one_her_answer_gave(ada, area):
    finish(ada, area, right=False)
    given = respond(ada, next_sheet(ada))
    assert given.rating == PracticeAnswer.Rating.GOOD
    by_itself = given.card.due_at
    practice.rate(ada, given.pk, PracticeAnswer.Rating.EASY)
    given.card.refresh_from_db()
    assert given.card.due_at > by_itself
    assert given.card.memory_stability == pytest.approx(8.2956)


def test_a_right_answer_may_have_been_luck(ada, area):
    finish(ada, area, right=False)
    given = respond(ada, next_sheet(ada), confidence=25)
    assert given.rating == PracticeAnswer.Rating.HARD
    practice.rate(ada, given.pk, PracticeAnswer.Rating.AGAIN)
    given.card.refresh_from_db()
    assert given.card.due_at - timezone.now() < timedelta(minutes=11)
    practice.rate(ada, given.pk, 7)
    given.refresh_from_db()
    assert given.rating == PracticeAnswer.Rating.AGAIN


def test_a_dropped_question_returns_only_when_it_is_missed_again(ada, bob, area):
    attempt = attempts.begin(ada, area)
    answer(ada, attempt, right=False)
    attempts.stop(ada, attempt.pk)
    card = cards(ada).get()
    with pytest.raises(ReviewCard.DoesNotExist):
        practice.drop(bob, card.pk)
    practice.drop(ada, card.pk)
    assert next_sheet(ada) is None and not reviews.queues(ada, timezone.now())
    again = attempts.begin(ada, area)
    make_pending(again, card.item.current_version)
    answer(ada, again, right=False)
    attempts.stop(ada, again.pk)
    assert next_sheet(ada).card == card


def test_what_was_missed_cannot_be_called_easy(ada, area):
    finish(ada, area, right=False)
    given = respond(ada, next_sheet(ada), right=False)
    practice.rate(ada, given.pk, PracticeAnswer.Rating.EASY)
    given.refresh_from_db()
    assert given.rating == PracticeAnswer.Rating.AGAIN


def test_the_same_answer_sent_twice_is_kept_once(ada, area):
    finish(ada, area, right=False)
    sheet = next_sheet(ada)
    assert respond(ada, sheet) == respond(ada, sheet, right=False)
    assert PracticeAnswer.objects.count() == 1


def test_an_answer_to_another_version_than_was_shown_is_refused(ada, area):
    finish(ada, area, right=False)
    sheet = next_sheet(ada)
    other = Item.objects.exclude(pk=sheet.card.item_id).first().current_version_id
    with pytest.raises(Conflict):
        practice.respond(ada, sheet.card.pk, 1, other, sent({"choice": "1"}))
    with pytest.raises(Conflict):
        practice.respond(ada, sheet.card.pk, 2, sheet.turn.version.pk, sent({"choice": "1"}))
    with pytest.raises(AnswerError):
        practice.respond(ada, sheet.card.pk, 1, sheet.turn.version.pk, sent({}))
    assert not PracticeAnswer.objects.exists()


def test_nobody_practises_or_reads_another_persons_cards(ada, bob, area):
    finish(ada, area, right=False)
    sheet = next_sheet(ada)
    with pytest.raises(ReviewCard.DoesNotExist):
        respond(bob, sheet)
    given = respond(ada, sheet)
    for deed in (lambda: practice.told(bob, given.pk, Scope()), lambda: practice.rate(bob, given.pk, 4)):
        with pytest.raises(PracticeAnswer.DoesNotExist):
            deed()


def make_family(card, count=2):
    """Give the question of a card so many variants; returns them."""
    others = list(Item.objects.filter(area=card.item.area).exclude(pk=card.item_id).exclude(review_cards__gt=0)[:count])
    Item.objects.filter(pk__in=[card.item_id, *(one.pk for one in others)]).update(family="twins")
    return others


def test_a_variant_is_asked_before_the_question_itself_comes_back(ada, area):
    finish(ada, area, right=False)
    variants = make_family(cards(ada).first())
    asked = []
    for _turn in range(4):
        sheet = next_sheet(ada)
        asked.append(sheet.turn.version.item)
        respond(ada, sheet, right=False)
        card = ReviewCard.objects.get(pk=sheet.card.pk)
        ReviewCard.objects.exclude(pk=card.pk).update(due_at=timezone.now() + timedelta(days=9))
        ReviewCard.objects.filter(pk=card.pk).update(due_at=timezone.now())
    assert asked[:2] == variants and asked[2] == card.item and asked[3] == variants[0]


def test_a_practised_question_is_seen_by_later_and_by_open_sittings(ada, area):
    finish(ada, area, right=False)
    variants = make_family(cards(ada).first(), count=1)
    everything = attempts.begin(ada, make_area("other"))
    open_here = attempts.begin(ada, area)
    sheet = next_sheet(ada)
    respond(ada, sheet)
    open_here.refresh_from_db()
    everything.refresh_from_db()
    assert variants[0].pk in open_here.seen_before and variants[0].pk not in everything.seen_before
    attempts.stop(ada, open_here.pk)
    assert variants[0].pk in attempts.begin(ada, area).seen_before


def test_a_question_of_an_open_sitting_is_kept_back_with_its_variants(ada, area):
    finish(ada, area, right=False)
    sheet = next_sheet(ada)
    given = respond(ada, sheet)
    ReviewCard.objects.filter(pk=given.card_id).update(due_at=timezone.now())
    attempt = attempts.begin(ada, area)
    make_pending(attempt, given.version)
    assert practice.told(ada, given.pk, Scope()) is None
    due = reviews.due_cards(ada, Scope(), timezone.now(), reviews.in_use(ada))
    assert given.card_id not in due.values_list("pk", flat=True)
    with pytest.raises(Conflict):
        practice.respond(ada, given.card_id, 2, given.version_id, sent({"choice": "1"}))
    other = due.first()
    Item.objects.filter(pk__in=[other.item_id, given.version.item_id]).update(family="twins")
    assert other.pk not in reviews.due_cards(ada, Scope(), timezone.now(), reviews.in_use(ada)).values_list(
        "pk", flat=True
    )


def make_pending(attempt, version):
    """As it happens when a bank is exhausted: a sitting asks a question she has met."""
    attempt.responses.pending().update(version=version)


def test_a_retired_question_does_not_come_back(ada, area):
    finish(ada, area, right=False)
    Item.objects.update(life="retired")
    assert next_sheet(ada) is None


def test_the_scope_narrows_to_an_area_and_to_mistakes(ada, area):
    attempt = attempts.begin(ada, area)
    say(ada, attempt, right=True, confidence=25)
    attempts.stop(ada, attempt.pk)
    other = make_area("other")
    finish(ada, other, right=False)
    assert next_sheet(ada, Scope(area=area.slug)).left == 1
    assert next_sheet(ada, Scope(area=area.slug, mistakes=True)) is None
    assert next_sheet(ada).left == 1 + next_sheet(ada, Scope(mistakes=True)).left
    rows = {row.slug: (row.due, row.mistakes) for row in reviews.queues(ada, timezone.now())}
    assert rows["measuring"] == (1, 0) and rows["other"][0] == rows["other"][1] > 5


def test_an_area_in_preparation_is_practised_and_one_that_is_measured_is_kept(ada, area):
    small = make_area("small", items=12)
    assert reviews.areas_to_practise() == [small]
    assert reviews.choose_for_practice(ada, small, 10) == 10
    assert reviews.choose_for_practice(ada, small, 10) == 2
    assert reviews.choose_for_practice(ada, small, 10) == 0
    assert {card.reason for card in cards(ada)} == {"practice"}
    assert respond(ada, next_sheet(ada)).version.item.area == small


def test_a_guests_cards_join_those_of_the_account(ada, area):
    guest = learners.begin_guest()
    for learner in (ada, guest):
        attempt = attempts.begin(learner, area)
        make_pending(attempt, area.items.first().current_version)
        answer(learner, attempt, right=False)
        answer(learner, attempt, right=False)
        attempts.stop(learner, attempt.pk)
        for card in cards(learner):
            turn = practice.turn_of(card, reviews.in_use(learner))
            respond(learner, practice.sheet(turn, Scope(), left=1), right=False)
    items = {*cards(ada).values_list("item", flat=True), *cards(guest).values_list("item", flat=True)}
    learners.join(guest, ada)
    assert set(cards(ada).values_list("item", flat=True)) == items
    shared = cards(ada).get(item=area.items.first())
    assert list(shared.answers.values_list("turn", flat=True)) == [1, 2]
    assert PracticeAnswer.objects.of(ada).count() == 4
    data = learners.everything_about(ada)
    assert len(data["reviews"]) == len(items) and len(data["practice"]) == 4


def test_a_question_that_was_practised_is_frozen_and_stays(ada, db):
    small = make_area("small", items=1)
    reviews.choose_for_practice(ada, small, 1)
    item = small.items.get()
    assert item.has_been_met and not item.current_version.is_frozen
    respond(ada, next_sheet(ada))
    assert item.current_version.is_frozen


def test_what_was_missed_before_questions_came_back_comes_back_too(ada, bob, area):
    for learner in (ada, bob):
        attempt = attempts.begin(learner, area)
        say(learner, attempt, right=True)
        say(learner, attempt, right=False)
        say(learner, attempt, right=True, unknown=True)
        say(learner, attempt, right=True, confidence=25)
        attempts.stop(learner, attempt.pk)

    def kept():
        return list(cards(ada).order_by("pk").values_list("item", "reason", "added_at", "due_at", "state"))

    made, dropped = kept(), cards(bob).first()
    cards(ada).delete()
    ReviewCard.objects.filter(pk=dropped.pk).update(dropped_at=timezone.now())
    for _twice in range(2):
        note_old_mistakes(apps, connection.schema_editor())
        assert sorted(kept()) == sorted(made)
    dropped.refresh_from_db()
    assert dropped.dropped_at and cards(bob).count() == len(made) == 3
