"""Questions that ask the same are known by it, however they are written down."""

from assessments.questions.fingerprint import fingerprint
from assessments.questions.question import Question


def of(stem="Which mean is it?", lead_in="", options=("One", "Two"), **more):
    content = {
        "stem": stem,
        "lead_in": lead_in,
        "options": [{"key": k, "text": t} for k, t in zip("ab", options, strict=True)],
    }
    return fingerprint(Question("choice", {**content, **more}, {"right": "a"}))


def test_spaces_capitals_escapes_and_the_order_of_options_make_no_difference():
    assert of() == of("  WHICH\nmean   is it\\? ") == of(options=("Two", "One"))


def test_it_makes_no_difference_where_the_text_is_divided():
    assert of("Which mean", "is it?") == of()


def test_other_words_code_or_signs_make_another_question():
    code = {"language": "python", "source": "print(1)"}
    all_of_them = [
        of(),
        of("Which median is it?"),
        of(options=("One", "Three")),
        of(code=code),
        of("Which mean is it!"),
    ]
    assert len(set(all_of_them)) == 5
