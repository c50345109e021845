"""Any question of our kinds, with everything in its texts that a format may stumble over.

Questions are in the shape in which readers give them: options are keyed a, b, c ... in their order,
premises 1, 2, 3 ..., the options of a matching question stand in the order in which the premises
use them (those left over last), further answers with the most credit first, and nothing is said
that goes without saying. `questions("choice")` gives one kind, `questions()` all seven.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any

from hypothesis import strategies as st

from assessments.formats.exchange import Exchanged
from assessments.questions.fractions import are_alike, even_fractions
from assessments.questions.question import Question
from assessments.questions.registry import KINDS, kind
from assessments.questions.wildcards import has_star

# What Moodle takes as a fraction (question_bank::fraction_options_full), in percent
MOODLE_CREDITS = (90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
                  11.11111, 10, 5)  # fmt: skip
SHARES = (
    [100], [50, 50], [60, 40], [90, 10], [75, 25], [33.33333] * 3, [50, 25, 25], [60, 20, 20], [25] * 4,
    [40, 30, 20, 10], [20] * 5, [16.66667] * 6,
)  # fmt: skip

SIGNS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
AWKWARD = st.sampled_from([
    "\\", "~", "=", "#", "{", "}", ":", "%", "$", "//", "&", "<", ">", '"', "'", "->", "%50%", "####", "::", "\\n",
    "[html]", "[markdown]", "$CATEGORY:", "&amp;", "&lt;", "<b>", "</p>", "<br>", "]]>", "<![CDATA[", "<!--", "-->",
    "\\\\", "\\=", "\\*", "*", "_", "`", "``", "@@", "**bold**", "`a = {b: c}`", "[a](https://example.org/?a=1&b=2)",
    "$x^2$", "$$\\frac{1}{2}$$", "\\(x\\)", "$\\{a_1\\}$", "| a | b |", "A.", "B)", "ANSWER: A", "TRUE", "1..5", "3:2",
    "caf\u00e9", "cafe\u0301", "\u4e2d\u6587", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "\u202eRTL\u202c",
    "\U0001f389\U0001f469\u200d\U0001f52c", "\u00a0", "\u2009", "\u2212", "\t",
])  # fmt: skip
WORDS = st.sampled_from(["one", "Two", "three", "model", "loss", "0", "42", "3.14", "x", " ", " ", " "])
BREAKS = st.sampled_from(["\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n// ", "\n    "])
BLOCKS = st.sampled_from([
    "```python\nx = {1: 2}  # no\n\nprint(x)\n```", "~~~\na ~ b\n~~~", "| a | b |\n|---|---|\n| 1 | 2 |",
    "$$\nx = 1\n$$", "- one\n- two", "# Heading", "---",
])  # fmt: skip
SLUGS = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)


def lines(longest: int = 60) -> st.SearchStrategy[str]:
    """A text on one line, without blanks around it."""
    pieces = st.one_of(WORDS, WORDS, AWKWARD, st.text(SIGNS, max_size=4))
    return st.lists(pieces, min_size=1, max_size=6).map("".join).map(str.strip).filter(lambda t: 0 < len(t) <= longest)


def paragraphs(longest: int = 800) -> st.SearchStrategy[str]:
    """A text of several lines: lists, code, formulas, blank lines."""
    more = st.one_of(st.tuples(BREAKS, lines()), st.tuples(st.just("\n\n"), BLOCKS), st.just(("", "")))
    parts = st.tuples(st.one_of(lines(), BLOCKS), st.lists(more, max_size=4))
    joined = parts.map(lambda found: found[0] + "".join(gap + text for gap, text in found[1]))
    return joined.map(str.strip).filter(lambda t: 0 < len(t) <= longest)


def sometimes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), texts)


def even(text: str) -> str:
    """What makes two texts the same."""
    return " ".join(text.split())


def several(least: int, most: int, texts: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[list[str]]:
    """Different texts."""
    return st.lists(
        texts or st.one_of(lines(), lines(), paragraphs(200)), min_size=least, max_size=most, unique_by=even
    )


@st.composite
def halves(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """What every question has."""
    content: dict[str, Any] = {
        "stem": draw(paragraphs()),
        "lead_in": draw(sometimes(lines(200))),
        "shuffle": draw(st.sampled_from([True, True, True, False])),
    }
    key: dict[str, Any] = {"explanation": draw(sometimes(paragraphs())), "notes": {}, "misconceptions": {}}
    if draw(st.sampled_from([True, False, False])):
        source = draw(st.one_of(paragraphs(300).map(lambda text: text + "\n"), paragraphs(300)))
        content["code"] = {"language": draw(st.sampled_from(["python", "sql", "bash", "text"])), "source": source}
        key["stdout"] = draw(sometimes(paragraphs(100)))
    return content, key


def keyed(texts: Sequence[str], names: Sequence[str] = ascii_lowercase) -> list[dict[str, str]]:
    return [{"key": name, "text": text} for name, text in zip(names, texts, strict=False)]


@st.composite
def notes_on(draw: st.DrawFn, parts: Sequence[str]) -> dict[str, str]:
    return draw(st.dictionaries(st.sampled_from(list(parts)), paragraphs(200), max_size=len(parts)).map(dict))


@st.composite
def choices(draw: st.DrawFn) -> Question:
    content, key = draw(halves())
    content["options"] = keyed(draw(several(2, 9)))
    names = [option["key"] for option in content["options"]]
    key["right"] = draw(st.sampled_from(names))
    key["notes"] = draw(notes_on(names))
    key["misconceptions"] = {name: draw(SLUGS) for name in names if name != key["right"] and draw(st.booleans())}
    if draw(st.sampled_from([True, False, False])):
        percents = st.sampled_from([0, 0, *MOODLE_CREDITS, *(-credit for credit in MOODLE_CREDITS), -100])
        fractions = {name: 100 if name == key["right"] else draw(percents) for name in names}
        if any(percent not in (0, 100) for percent in fractions.values()):
            key["fractions"] = fractions
    return Question("choice", content, key)


@st.composite
def truths(draw: st.DrawFn) -> Question:
    """True or false."""
    content, key = draw(halves())
    content |= {"options": keyed(["True", "False"]), "shuffle": False}
    key |= {"right": draw(st.sampled_from("ab")), "notes": draw(notes_on("ab"))}
    return Question("choice", content, key)


@st.composite
def multiples(draw: st.DrawFn) -> Question:
    content, key = draw(halves())
    content["options"] = keyed(draw(several(3, 9)))
    names = [option["key"] for option in content["options"]]
    key["notes"] = draw(notes_on(names))
    shares = draw(st.sampled_from([one for one in SHARES if len(one) < len(names)]))
    key["right"] = sorted(draw(st.permutations(names))[: len(shares)])
    if draw(st.booleans()):
        wrong = st.sampled_from([0, -5, -10, -25, -33.33333, -50, -100])
        worth = dict(zip(key["right"], shares, strict=True))
        fractions = {name: worth[name] if name in worth else draw(wrong) for name in names}
        if not are_alike(fractions, even_fractions(key["right"], names)):
            key["fractions"] = fractions
    return Question("multiple", content, key)


def numbers() -> st.SearchStrategy[float]:
    finite = st.floats(allow_nan=False, allow_infinity=False)
    return st.one_of(
        st.integers(-1000, 1000),
        st.integers(-(10**12), 10**12),
        finite,
        st.integers(-9999, 9999).map(lambda n: n / 100),
    )


def tolerances() -> st.SearchStrategy[float]:
    return st.one_of(st.just(0), st.sampled_from([0.5, 0.01, 2, 1e-6, 0.1]), numbers().map(abs))


def credits() -> st.SearchStrategy[float]:
    return st.sampled_from(MOODLE_CREDITS)


def by_credit(also: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(also, key=lambda one: -one["credit"])


@st.composite
def typed_notes(draw: st.DrawFn) -> dict[str, str]:
    return draw(notes_on(["right", "otherwise"]))


@st.composite
def numerics(draw: st.DrawFn) -> Question:
    content, key = draw(halves())
    content["shuffle"] = True
    content["unit"] = draw(sometimes(st.sampled_from(["kg", "%", "m/s", "\u00b0C"])))
    key |= {"right": draw(numbers()), "tolerance": draw(tolerances()), "notes": draw(typed_notes())}
    window = st.fixed_dictionaries({"value": numbers(), "tolerance": tolerances()})
    key["common_errors"] = [
        {**one, "misconception": draw(st.one_of(st.none(), SLUGS)), "note": draw(sometimes(paragraphs(100)))}
        for one in draw(st.lists(window, max_size=2))
    ]
    if also := draw(st.lists(window, max_size=2)):
        key["also"] = by_credit([{**one, "credit": draw(credits()), "note": draw(sometimes(lines()))} for one in also])
    return Question("numeric", content, key)


@st.composite
def short_texts(draw: st.DrawFn) -> Question:
    content, key = draw(halves())
    content["shuffle"] = True
    pieces = st.one_of(lines(), lines(), st.sampled_from(["*net", "conv*", "a*b", "*e*"]))
    texts = draw(st.lists(pieces, min_size=1, max_size=6, unique_by=lambda text: even(text).strip("` ").casefold()))
    accepted = draw(st.integers(1, len(texts)))
    among = draw(st.integers(accepted, len(texts)))
    key |= {"right": texts[:accepted], "case_sensitive": draw(st.sampled_from([False, False, True]))}
    key["notes"] = draw(typed_notes())
    key["common_errors"] = [
        {"text": text, "misconception": None, "note": draw(sometimes(lines()))} for text in texts[among:]
    ]
    if also := texts[accepted:among]:
        key["also"] = by_credit(
            [{"text": t, "credit": draw(credits()), "note": draw(sometimes(lines()))} for t in also]
        )
    if any(has_star(text) for text in texts) and draw(st.booleans()):
        key["wildcards"] = True
    return Question("short_text", content, key)


@st.composite
def orderings(draw: st.DrawFn) -> Question:
    content, key = draw(halves())
    content["options"] = keyed(draw(several(3, 9)))
    names = [option["key"] for option in content["options"]]
    key["right"] = draw(st.permutations(names))
    pairs = [f"{one}-{other}" for one, other in zip(key["right"], key["right"][1:], strict=False)]
    key["notes"] = draw(notes_on(pairs))
    return Question("ordering", content, key)


@st.composite
def matchings(draw: st.DrawFn) -> Question:
    content, key = draw(halves())
    premises, options = draw(several(2, 9)), draw(several(2, 9))
    content |= {"premises": keyed(premises, "123456789"), "options": keyed(options)}
    used = [0]
    for _premise in premises[1:]:
        newest = max(used)
        free = newest + 1 < len(options)
        used.append(newest + 1 if free and draw(st.integers(0, 3)) else draw(st.integers(0, newest)))
    key["right"] = {str(n): ascii_lowercase[option] for n, option in enumerate(used, 1)}
    if len(set(used)) < len(used):
        content["reuse"] = True
    key["notes"] = draw(notes_on([premise["key"] for premise in content["premises"]]))
    return Question("matching", content, key)


@st.composite
def ratings(draw: st.DrawFn) -> Question:
    content, key = draw(halves())
    content["options"] = keyed(draw(several(3, 6)))
    names = [option["key"] for option in content["options"]]
    key["right"] = {name: draw(st.integers(10, 50)) / 10 for name in names}
    key["notes"] = draw(notes_on(names))
    return Question("rating", content, key)


OF_KIND = {
    "choice": st.one_of(choices(), choices(), truths()),
    "multiple": multiples(),
    "numeric": numerics(),
    "short_text": short_texts(),
    "ordering": orderings(),
    "matching": matchings(),
    "rating": ratings(),
}


def questions(*kinds: str) -> st.SearchStrategy[Question]:
    """Sound questions of these kinds, or of all."""
    drawn = st.one_of(*(OF_KIND[name] for name in kinds or KINDS))
    return drawn.filter(lambda question: not kind(question.kind).validate(question))


def exchanged(*kinds: str) -> st.SearchStrategy[Exchanged]:
    """Questions with what the formats say beside them."""
    names = lines(40).filter(lambda text: "/" not in text)
    return st.builds(
        Exchanged,
        question=questions(*kinds),
        title=sometimes(lines(100)),
        slug=st.one_of(st.just(""), SLUGS),
        category=st.lists(names, max_size=3).map(tuple),
        tags=st.lists(SLUGS, max_size=3, unique=True).map(tuple),
        language=st.just("en"),
    )
