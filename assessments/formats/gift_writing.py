"""Questions as GIFT that Moodle imports with the same kinds, keys and fractions.

Texts are Markdown, those with formulas HTML; every text of a question inherits the format of the
first. What GIFT cannot say is a `Loss`; ordering and rating are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from assessments.formats.exchange import Exchanged, Loss, Picture, Written
from assessments.formats.gift_blocks import BLANK
from assessments.formats.gift_reading import ID, TAG, category_of
from assessments.formats.gift_syntax import escaped
from assessments.formats.gift_text import HTML, MARKDOWN, PLAIN, set_off, with_data
from assessments.formats.moodle_credit import CREDITS, known_percent
from assessments.formats.moodle_html import KEPT_DOLLARS, html_of
from assessments.formats.moodle_number import written as number
from assessments.formats.plain_words import plain_text
from assessments.formats.written_stem import joined_stem, split_stem
from assessments.formats.xhtml import has_formula
from assessments.questions.fractions import FULL, even_fractions, fractions_of, richest_first
from assessments.questions.parts import option_keys
from assessments.questions.question import Question
from assessments.questions.wildcards import literal

ROOT = "$course$/top"
TRUTHS = [{"key": "a", "text": "True"}, {"key": "b", "text": "False"}]
ARROW, ARROW_IN_MARKDOWN = "->", r"-\>"
NEVER_SAID = "sub-skills, difficulty, references and proofs: only our own format says them"


class LeftOut(ValueError):
    """A question that GIFT cannot say; the sentence says why."""


def write(questions: Sequence[Exchanged], pictures: Mapping[str, Picture]) -> Written:
    """Questions without a category come first: after one, GIFT has no word for none."""
    category: tuple[str, ...] = ()
    parts, losses, count = list[str](), list[Loss](), 0
    for one in sorted(questions, key=lambda exchanged: bool(exchanged.category)):
        writing = Writing(one, pictures)
        text = writing.block()
        losses += [Loss(one.slug or one.title, message) for message in dict.fromkeys(writing.losses)]
        if text and one.category != category:
            category = one.category
            parts.append(f"$CATEGORY: {_category(category)}\n")
        parts += [text] if text else []
        count += bool(text)
    if any(one.entry for one in questions):
        losses.append(Loss("", NEVER_SAID))
    return Written("\n".join(parts).encode("utf-8", "replace"), tuple(losses), count)


def _category(names: Iterable[str]) -> str:
    return "/".join([ROOT, *(name.replace("\\", "\\\\").replace("/", "//") for name in names)])


def _bracketed(text: str) -> str:
    return text.replace("]", r"\]")


class Writing:
    """One question on its way to GIFT, and what is lost of it."""

    def __init__(self, exchanged: Exchanged, pictures: Mapping[str, Picture]) -> None:
        self.exchanged, self.question, self.pictures = exchanged, exchanged.question, pictures
        self.content, self.key = exchanged.question.content, exchanged.question.key
        self.losses: list[str] = []
        self.usual = MARKDOWN  # the format of the question's own text, which the others inherit

    def block(self) -> str:
        """The question with its comment; "" where it is left out."""
        stem = self._stem()
        try:
            answers = self._answers()
        except LeftOut as why:
            self.losses = [f"the question is left out: {why}"]
            return ""
        text = f"{self._comment()}{self._title()}{stem}{{\n"
        general = self.text(self.key.get("explanation", ""), in_line=False)
        end = f"\t####{general}\n" if general else ""
        self._say_losses()
        return text + "".join(f"\t{answer}\n" for answer in answers) + end + "}\n"

    def _answers(self) -> list[str]:
        if self.question.kind not in WRITERS:
            raise LeftOut(f"GIFT has no questions of the kind {self.question.kind}")
        return list(WRITERS[self.question.kind](self))

    # -- what stands around the question --

    def _comment(self) -> str:
        slug, tags = self.exchanged.slug, self.exchanged.tags
        said = [f"[id:{_bracketed(slug)}]"] if slug else []
        said += [f"[tag:{_bracketed(tag)}]" for tag in tags]
        for one, pattern in zip(said, ([ID] if slug else []) + [TAG] * len(tags), strict=True):
            if not pattern.fullmatch(one):
                self.losses.append(f"{one} has signs that Moodle does not take there")
        return f"// {' '.join(said)}\n" if said else ""

    def _title(self) -> str:
        even = self.exchanged.title.replace("\r", "").replace("\n", " ").strip(BLANK)
        if even != self.exchanged.title:
            self.losses.append("blanks and line ends in the title")
        return f"::{escaped(even)}::" if even else ""

    def _stem(self) -> str:
        joined = joined_stem(self.content)
        if split_stem(joined) != (self.content["stem"], self.content.get("code"), self.content.get("lead_in") or ""):
            self.losses.append("where the text, the listing and the question begin")
        shown, self.usual = self._shown(joined, in_line=False)
        return set_off(shown, self.usual)

    def text(self, text: str, *, in_line: bool = True) -> str:
        """A text in Markdown or, where it has formulas, in HTML; "" where there is none."""
        shown, written_in = self._shown(text, in_line=in_line)
        return set_off(shown, written_in, self.usual) if shown else ""

    def _shown(self, text: str, *, in_line: bool) -> tuple[str, str]:
        """The text as Moodle will show it, and the format that this is."""
        bare = text.replace("\r\n", "\n").replace("\r", "\n").strip(BLANK)
        if bare != text:
            self.losses.append("blanks around a text")
        html = html_of(bare, self.pictures, in_line=in_line)
        if html is None and has_formula(bare):
            self.losses.append(KEPT_DOLLARS)
        return with_data(html or bare, self.pictures), HTML if html else MARKDOWN

    def note(self, text: str | None) -> str:
        return f"#{self.text(text)}" if text else ""

    def plain(self, text: str) -> str:
        """A text that Moodle shows as it is written."""
        if text.strip(BLANK) != text:
            self.losses.append("blanks around a text")
        return set_off(text.strip(BLANK), PLAIN, PLAIN)

    def credit(self, percent: float) -> float:
        """The credit, or the next to it that Moodle takes."""
        known = known_percent(percent)
        if known is not None:
            return known
        nearest = min(CREDITS, key=lambda one: (abs(one - percent), -one))
        nearest = nearest if abs(nearest) != FULL else FULL * 0.9 * (1 if nearest > 0 else -1)
        self.losses.append(f"a credit of {percent:g} %: Moodle knows {nearest:g} %")
        return nearest

    def _say_losses(self) -> None:
        key, content = self.key, self.content
        errors = [error for error in key.get("common_errors", ()) if error.get("misconception")]
        truth = is_truth(self.question)
        for is_lost, message in (
            (bool(key.get("misconceptions")) or errors, "the misconceptions that wrong answers stand for"),
            (key.get("stdout"), "what the listing prints"),
            (key.get("case_sensitive"), "that capitals count"),
            (content.get("unit"), f"the unit {content.get('unit')}"),
            (self.question.kind == "matching" and key.get("notes"), "the notes on single pairs"),
            ("options" in content and not truth and not content.get("shuffle", True), "that the order is kept"),
            (self.exchanged.language != "en", f"its language ({self.exchanged.language})"),
            (category_of(_category(self.exchanged.category)) != self.exchanged.category, "the name of its category"),
        ):
            if is_lost:
                self.losses.append(message)


def is_truth(question: Question) -> bool:
    """Whether GIFT would say it with TRUE or FALSE."""
    content = question.content
    return bool(
        question.kind == "choice"
        and content["options"] == TRUTHS
        and not content.get("shuffle", True)
        and not fractions_of(question)
    )


# -- kinds --


def _choice(writing: Writing) -> Iterator[str]:
    question, key = writing.question, writing.key
    notes = key.get("notes", {})
    if is_truth(question):
        wrong = "b" if key["right"] == "a" else "a"
        said = [writing.note(notes.get(wrong)) or "#", writing.note(notes.get(key["right"]))]
        yield ("TRUE" if key["right"] == "a" else "FALSE") + "".join(said if any(notes.values()) else [])
        return
    fractions = fractions_of(question)
    for option in question.content["options"]:
        name = option["key"]
        percent = writing.credit(fractions.get(name, 0))
        sign = "=" if name == key["right"] else f"~{_weight(percent)}"
        yield f"{sign}{writing.text(option['text'])}{writing.note(notes.get(name))}"


def _weight(percent: float) -> str:
    return f"%{percent:g}%" if round(percent, 5) == round(percent, 2) else f"%{percent:.5f}%"


def _multiple(writing: Writing) -> Iterator[str]:
    question, notes = writing.question, writing.key.get("notes", {})
    fractions = fractions_of(question) or even_fractions(writing.key["right"], option_keys(question.content))
    if any(percent > 0 and known_percent(percent) is None for percent in fractions.values()):
        raise LeftOut("Moodle does not know the credits of its right options, which must add up to 100")
    for option in question.content["options"]:
        name, percent = option["key"], writing.credit(fractions[option["key"]])
        sign = f"~{_weight(percent)}" if percent else "~"
        yield f"{sign}{writing.text(option['text'])}{writing.note(notes.get(name))}"


def _numeric(writing: Writing) -> Iterator[str]:
    key = writing.key
    notes = key.get("notes", {})
    yield "#"
    yield f"=%100%{_window(key['right'], key.get('tolerance', 0))}{writing.note(notes.get('right'))}"
    for one in richest_first(writing.question):
        window = _window(one["value"], one.get("tolerance", 0))
        yield f"={_weight(writing.credit(one['credit']))}{window}{writing.note(one.get('note'))}"
    for error in key.get("common_errors", ()):
        yield f"=%0%{_window(error['value'], error.get('tolerance', 0))}{writing.note(error.get('note'))}"
    if notes.get("otherwise"):
        yield f"~{writing.note(notes['otherwise'])}"


def _window(value: float, tolerance: float) -> str:
    return f"{number(value)}:{number(tolerance)}"


def _short_text(writing: Writing) -> Iterator[str]:
    key = writing.key
    notes = key.get("notes", {})
    texts = [(100.0, text, notes.get("right")) for text in key["right"]]
    texts += [(writing.credit(one["credit"]), one["text"], one.get("note")) for one in richest_first(writing.question)]
    texts += [(0.0, error["text"], error.get("note")) for error in key.get("common_errors", ())]
    for percent, text, note in texts:
        yield f"={_weight(percent)}{_typed(writing, text)}{_without_arrows(writing, note)}"
    if notes.get("otherwise"):
        yield f"=%0%*{_without_arrows(writing, notes['otherwise'])}"


def _typed(writing: Writing, text: str) -> str:
    if ARROW in text:
        raise LeftOut(f"with {ARROW} in an answer Moodle takes it for a matching question")
    return writing.plain(text if writing.key.get("wildcards") else literal(text))


def _without_arrows(writing: Writing, text: str | None) -> str:
    """A note in which Moodle sees no arrow: it would take the question for a matching one."""
    if text and ARROW in text:
        writing.losses.append(f"{ARROW} in a text is written {ARROW_IN_MARKDOWN}")
        text = text.replace(ARROW, ARROW_IN_MARKDOWN)
    return writing.note(text)


def _matching(writing: Writing) -> Iterator[str]:
    content, right = writing.content, writing.key["right"]
    options = {option["key"]: _option(writing, option["text"]) for option in content["options"]}
    if len({" ".join(text.split()) for text in options.values()}) < len(options):
        raise LeftOut("two of its options are the same as plain text")
    if content.get("reuse") and len(set(right.values())) == len(right):
        writing.losses.append("that an option may be used for several lines")
    for premise in content["premises"]:
        text = premise["text"]
        if ARROW in text:
            writing.losses.append(f"{ARROW} in a text is written {ARROW_IN_MARKDOWN}")
            text = text.replace(ARROW, ARROW_IN_MARKDOWN)
        yield f"={writing.text(text)} -> {options[right[premise['key']]]}"
    for name, text in options.items():
        if name not in right.values():
            yield f"= -> {text}"


def _option(writing: Writing, text: str) -> str:
    """An option of a matching question, which Moodle shows as plain text."""
    bare = plain_text(text)
    if bare is None or "\n" in text:
        writing.losses.append("the formatting of the options: Moodle shows them as plain text")
        bare = " ".join(text.split())
    return escaped(bare)


WRITERS: dict[str, Callable[[Writing], Iterator[str]]] = {
    "choice": _choice,
    "multiple": _multiple,
    "numeric": _numeric,
    "short_text": _short_text,
    "matching": _matching,
}
