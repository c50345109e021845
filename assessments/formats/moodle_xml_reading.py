"""Reads Moodle XML, as Moodle itself takes it (question/format/xml), question by question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assessments.formats.exchange import MOST_QUESTIONS, Each, Exchanged, FileRefused, Reading, nobody
from assessments.formats.html_tree import Element
from assessments.formats.moodle_text import Texts, plain
from assessments.formats.moodle_xml_kinds import READERS
from assessments.formats.remarks import NotTaken, Refused, Remarks, Skipped
from assessments.formats.written_stem import split_stem
from assessments.formats.xml_tree import read_parts
from assessments.questions.question import Question
from assessments.questions.registry import kind

LINE_END = re.compile(r"[ \t]*[\r\n]+[ \t]*")
LONGEST_TITLE = 80  # of a question in a remark
OTHERS = {
    "cloze": "a text with gaps", "multianswer": "a text with gaps", "calculated": "a question with drawn numbers",
    "calculatedsimple": "a question with drawn numbers", "calculatedmulti": "a question with drawn numbers",
    "essay": "an essay, which a person must mark", "description": "a text without a question",
    "random": "a question drawn from a category", "randomsamatch": "a question drawn from a category",
}  # fmt: skip


def read(content: bytes, each: Each = nobody) -> Reading:
    """Every question of the file that can be read for certain."""
    file = _File(each)
    for part in read_parts(content, "quiz", "Moodle XML"):
        file.take(part)
    return Reading(tuple(file.questions), tuple(file.remarks.said), file.texts.pictures)


@dataclass
class _File:
    """What was read so far."""

    each: Each
    remarks: Remarks = field(default_factory=Remarks)
    questions: list[Exchanged] = field(default_factory=list)
    category: tuple[str, ...] = ()
    slugs: set[tuple[tuple[str, ...], str]] = field(default_factory=set)
    count: int = 0
    texts: Texts = field(init=False)

    def __post_init__(self) -> None:
        self.texts = Texts(self.remarks)

    def take(self, part: Element) -> None:
        self.remarks.begin(part.line)
        if part.tag != "question":
            self.remarks.skipped(f"<{part.tag}> is no question")
        elif part.attributes.get("type") == "category":
            self._take_category(part)
        else:
            self._take_question(part)

    def _take_category(self, part: Element) -> None:
        self.category = category_in(plain(part.first("category")))
        if plain(part.first("info")):
            name = " / ".join(self.category)
            self.remarks.skipped(f'the description of the category "{name}" is left out', part.line)

    def _take_question(self, part: Element) -> None:
        self.count += 1
        if self.count > MOST_QUESTIONS:
            raise FileRefused(f"the file has more than {MOST_QUESTIONS} questions; divide it", part.line)
        title = LINE_END.sub(" ", plain(part.first("name")))
        self.remarks.begin(part.line, title[:LONGEST_TITLE])
        before = len(self.remarks.said)
        try:
            question = self._question(part)
        except NotTaken as why:
            del self.remarks.said[before:]  # what was changed in a question that is left out concerns nobody
            self.remarks.not_taken(why)
            return
        self._say_what_is_left_out(part)
        self.questions.append(Exchanged(question, title, self._slug(part), part.line, self.category, _tags(part)))
        self.each(self.questions[-1])

    def _question(self, part: Element) -> Question:
        type_ = part.attributes.get("type", "").strip()
        if not type_:
            raise Refused("the question does not say its type")
        if type_ not in READERS:
            what = OTHERS.get(type_, "which has no counterpart here")
            raise Skipped(f'the type "{type_}" is not imported: {what}')
        self.texts.begin(part.first("questiontext"))
        content, key = self._common(part)
        kind_name = READERS[type_](part, self.texts, content, key)
        question = Question(kind_name, content, key)
        if problems := kind(kind_name).validate(question):
            raise Skipped("; ".join(f"{problem.place}: {problem.message}" for problem in problems))
        return question

    def _common(self, part: Element) -> tuple[dict[str, object], dict[str, object]]:
        stem, code, lead_in = split_stem(self._stem(part))
        content: dict[str, object] = {"stem": stem, "lead_in": lead_in, "shuffle": True}
        key: dict[str, object] = {
            "explanation": self.texts.markdown(part.first("generalfeedback")),
            "notes": {},
            "misconceptions": {},
        }
        if code:
            content["code"] = code
            key["stdout"] = ""
        return content, key

    def _stem(self, part: Element) -> str:
        text = part.first("questiontext")
        old = part.first("image_base64")
        if text is not None and old is not None and plain_inner(old):  # from before Moodle 2
            name = plain_inner(part.first("image")).replace("/", "_") or "image"
            text.children.append(Element("file", {"name": name}, [old.text()], old.line))
            inner = text.first("text")
            if inner is not None:
                inner.children.append(f' <img src="@@PLUGINFILE@@/{name}">')
        return self.texts.markdown(text)

    def _slug(self, part: Element) -> str:
        slug = plain_inner(part.first("idnumber"))
        if slug and (self.category, slug) in self.slugs:
            self.remarks.changed(f'the ID number "{slug}" is used twice in its category; here it is left out')
            return ""
        self.slugs.add((self.category, slug))
        return slug

    def _say_what_is_left_out(self, part: Element) -> None:
        hints = [hint for hint in part.named("hint") if plain(hint) or plain(hint.first("hintcontent"))]
        if hints:
            self.remarks.skipped(f"{len(hints)} hints for further tries are left out", hints[0].line)
        if plain_inner(part.first("hidden")) == "1":
            self.remarks.changed("the question is hidden in Moodle")
        if plain_inner(part.first("defaultgrade")) not in ("", "1", "1.0", "1.0000000"):
            self.remarks.changed("its mark is left out: every question counts alike here")


def plain_inner(element: Element | None) -> str:
    return element.text().strip() if element else ""


def _tags(part: Element) -> tuple[str, ...]:
    lists = [*part.named("coursetags"), *part.named("tags")]
    named = [plain(tag) for tags in lists for tag in tags.named("tag")]
    return tuple(dict.fromkeys(tag for tag in named if tag))


def category_in(path: str) -> tuple[str, ...]:
    """The names of a path such as $course$/top/Statistics/Odds//Ends; two slashes are one of a name."""
    names = [name.replace("//", "/").strip() for name in re.split(r"(?<!/)/(?!/)", path)]
    if names and re.fullmatch(r"\$[a-z]+\$", names[0]):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)


def category_path(names: tuple[str, ...]) -> str:
    """The path that reads back as these names; a slash at an end of a name keeps its distance."""
    return "/".join(["top", *(_slashed(name) for name in names)])


def _slashed(name: str) -> str:
    doubled = name.replace("/", "//")
    return f"{' ' if name.startswith('/') else ''}{doubled}{' ' if name.endswith('/') else ''}"
