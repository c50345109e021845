"""A question's HTML in one line of plain text: formulas are written out, tables and listings left out."""

from __future__ import annotations

from html.parser import HTMLParser

# What is written before the second and the third part of an element of MathML
BETWEEN = {
    "mfrac": ("/",),
    "msup": ("^",),
    "msub": ("_",),
    "msubsup": ("_", "^"),
    "munder": ("_",),
    "munderover": ("_", "^"),
}
LEFT_OUT = {"table", "pre"}
VOID = {"br", "hr", "img", "mspace"}


def plain(html: str) -> str:
    """½ is "1/2" and not "12"; what has no place in a line is an ellipsis."""
    line = _Line()
    line.feed(html)
    line.close()
    return " ".join("".join(line.parts).split())


class _Line(HTMLParser):
    """parts: the text so far. Each open element knows how many of its children have begun."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.open: list[tuple[str, str]] = []  # tags, and what is written when they close
        self.begun: list[int] = [0]
        self.left_out = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        parent = self.open[-1][0] if self.open else ""
        place, closing = self.begun[-1], ""
        self.begun[-1] += 1
        if parent in BETWEEN and 0 < place <= len(BETWEEN[parent]):
            self.write(BETWEEN[parent][place - 1])
        if tag == "mrow" and parent in BETWEEN:
            closing = ")"
            self.write("(")
        if tag == "msqrt":
            closing = ")"
            self.write("√(")
        if tag in LEFT_OUT:
            self.write(" … ")
            self.left_out += 1
        if tag not in VOID:
            self.open.append((tag, closing))
            self.begun.append(0)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.open:
            return
        _tag, closing = self.open.pop()
        self.begun.pop()
        if tag in LEFT_OUT:
            self.left_out -= 1
        self.write(closing)

    def handle_data(self, data: str) -> None:
        self.write(data)

    def write(self, text: str) -> None:
        if not self.left_out:
            self.parts.append(text)
