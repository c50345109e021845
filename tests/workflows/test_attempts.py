"""A sitting: every answer counts once, for the question it was given to."""

import pytest

from assessments.models import AreaEstimate, Attempt, ItemResponse
from assessments.questions.question import AnswerError
from assessments.workflows import attempts
from assessments.workflows.attempts import Conflict, Given, NotMeasurable
from tests.bank import ALL_KINDS, form_for, make_area


def pending(attempt):
    return attempt.responses.pending().select_related("version").get()


def sent(form):
    return Given(data={name: value if isinstance(value, list) else [value] for name, value in form.items()})


def answer(learner, attempt, right=True):
    response = pending(attempt)
    return attempts.respond(learner, attempt.pk, response.position, sent(form_for(response, right)))


def finish(learner, area, right=True):
    attempt = attempts.begin(learner, area)
    while attempt.is_open:
        attempt = answer(learner, attempt, right).attempt
    return attempt


def test_a_sitting_begins_with_a_question_that_a_reload_does_not_change(ada, area):
    attempt = attempts.begin(ada, area)
    assert pending(attempt).position == 1
    assert attempts.begin(ada, area) == attempt
    assert attempt.responses.count() == 1


def test_an_area_with_few_questions_is_not_measured(ada, db):
    small = make_area("small", items=39)
    with pytest.raises(NotMeasurable):
        attempts.begin(ada, small)


def test_each_answer_asks_another_question(ada, area):
    attempt = attempts.begin(ada, area)
    for _ in range(5):
        answer(ada, attempt)
    versions = list(attempt.responses.values_list("version", flat=True))
    assert len(versions) == len(set(versions)) == 6


@pytest.mark.parametrize("right", [True, False])
def test_a_sitting_ends_with_an_estimate_on_the_side_of_the_answers(ada, area, right):
    attempt = finish(ada, area, right)
    assert attempt.end in (Attempt.End.REACHED, Attempt.End.MAXIMUM)
    estimate = AreaEstimate.objects.get(attempt=attempt)
    assert (estimate.theta > 0.5) if right else (estimate.theta < -0.5)
    assert estimate.low < estimate.theta < estimate.high
    assert estimate.label_share == 1.0


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_right_and_wrong_answers_of_every_kind_are_told_apart(ada, db, kind):
    area = make_area(kind.replace("_", "-"), items=40, kinds=(kind,))
    attempt = attempts.begin(ada, area)
    answer(ada, attempt, right=True)
    answer(ada, attempt, right=False)
    assert list(attempt.responses.answered().values_list("outcome", flat=True)) == ["right", "wrong"]


def test_i_do_not_know_is_neither_right_nor_wrong(ada, area):
    attempt = attempts.begin(ada, area)
    attempts.respond(ada, attempt.pk, 1, Given(data={}, unknown=True))
    response = attempt.responses.get(position=1)
    assert (response.outcome, response.credit) == ("unknown", 0.0)


def test_right_answers_of_somebody_who_admits_count_for_more(ada, bob, area):
    """Who never guesses was not lucky: by itself an "I don't know" weighs as much as a wrong answer."""
    estimates = {}
    for learner, admits in ((ada, True), (bob, False)):
        attempt = attempts.begin(learner, area)
        for position in range(1, 9):
            response = pending(attempt)
            right = position % 2 == 0
            given = Given(data={}, unknown=True) if admits and not right else sent(form_for(response, right))
            step = attempts.respond(learner, attempt.pk, position, given)
        estimates[admits] = step.course.widest().standard_error
    assert estimates[True] < estimates[False]


def test_the_same_answer_again_changes_nothing(ada, area):
    attempt = attempts.begin(ada, area)
    form = sent(form_for(pending(attempt)))
    attempts.respond(ada, attempt.pk, 1, form)
    before = list(attempt.responses.values())
    attempts.respond(ada, attempt.pk, 1, form)
    assert list(attempt.responses.values()) == before


def test_another_answer_to_an_answered_question_is_refused(ada, area):
    attempt = attempts.begin(ada, area)
    first = pending(attempt)
    attempts.respond(ada, attempt.pk, 1, sent(form_for(first, right=True)))
    with pytest.raises(Conflict):
        attempts.respond(ada, attempt.pk, 1, sent(form_for(first, right=False)))
    assert attempt.responses.get(position=1).outcome == "right"


def test_an_answer_to_a_question_not_asked_yet_is_refused(ada, area):
    attempt = attempts.begin(ada, area)
    with pytest.raises(Conflict):
        attempts.respond(ada, attempt.pk, 2, sent({"choice": "1"}))


def test_a_malformed_answer_changes_nothing(ada, area):
    attempt = attempts.begin(ada, area)
    for form in ({}, {"choice": "9"}, {"choice": "a"}, {"number": "3"}, {"choice": ["1", "2"]}):
        with pytest.raises(AnswerError):
            attempts.respond(ada, attempt.pk, 1, sent(form))
    assert not attempt.responses.answered().exists()


def test_nobody_answers_in_another_persons_sitting(ada, bob, area):
    attempt = attempts.begin(ada, area)
    with pytest.raises(Attempt.DoesNotExist):
        attempts.respond(bob, attempt.pk, 1, sent({"choice": "1"}))


def test_stopping_keeps_what_was_reached(ada, area):
    attempt = attempts.begin(ada, area)
    answer(ada, attempt)
    stopped = attempts.stop(ada, attempt.pk)
    assert (stopped.state, stopped.end, stopped.answers) == ("finished", "stopped", 1)
    assert AreaEstimate.objects.of(ada).current().get().attempt == stopped


def test_stopping_before_the_first_answer_leaves_nothing(ada, area):
    attempt = attempts.begin(ada, area)
    attempts.stop(ada, attempt.pk)
    assert not Attempt.objects.exists() and not ItemResponse.objects.exists()


def test_a_second_sitting_asks_unseen_questions_and_becomes_the_standing(ada, area):
    first = finish(ada, area)
    second = finish(ada, area)
    seen = set(first.responses.values_list("version", flat=True))
    assert not seen & set(second.responses.values_list("version", flat=True))
    assert AreaEstimate.objects.of(ada).current().get().attempt == second
    assert AreaEstimate.objects.of(ada).count() == 2


def test_a_relabelled_or_retired_question_leaves_a_finished_score_alone(ada, area):
    from assessments.workflows import estimates, items

    attempt = finish(ada, area)
    before = estimates.posterior(estimates.responses_of(attempt)).mean
    for response in attempt.responses.select_related("version__item"):
        version = response.version
        version.difficulty_label = 5
        version.save()
    items.set_life([response.version.item for response in attempt.responses.select_related("version__item")], "retired")
    assert estimates.posterior(estimates.responses_of(attempt)).mean == before == pytest.approx(attempt.theta)


def test_a_question_retired_in_mid_sitting_is_still_answered(ada, area):
    from assessments.workflows import items

    attempt = attempts.begin(ada, area)
    items.set_life([pending(attempt).version.item], "retired")
    step = answer(ada, attempt)
    assert step.attempt.responses.answered().count() == 1
