"""How an answered question is named in a list."""

from assessments.workflows.sheets import beginning


def test_a_short_text_stays_whole():
    assert beginning("A helper counts.", 16) == "A helper counts."


def test_a_long_text_ends_after_a_whole_word():
    assert (
        beginning("Two projects need other versions. Colleagues disagree.", 40) == "Two projects need other versions. …"
    )


def test_a_text_without_spaces_is_cut_where_the_room_ends():
    assert beginning("模型在训练集上表现很好", 4) == "模型在训 …"
