"""What an author writes becomes safe HTML, whatever she writes."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessments.markup import highlight, render, render_inline
from assessments.markup.sanitise import MATH_TAGS, PROSE_TAGS, is_own_image, sanitise

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><style>*{display:none}</style></svg>",
    "<style>body{background:url(//evil.example)}</style>",
    "<iframe src=//evil.example></iframe>",
    '<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](vbscript:x) [y](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "![x](/\\evil.example/pixel.png)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '![" onerror="alert(1)](/static/a.png)',
    '[x](https://a.example "\\" onmouseover=\\"alert(1)")',
    '```python" onclick="alert(1)\nx\n```',
    "```html\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    r"$\text{<script>alert(1)</script>}$",
    r"$\href{javascript:alert(1)}{x}$",
    "$" + "{" * 400 + "$",
    "[" * 500 + "](" * 500,
    "> " * 400 + "x",
    "* " * 400 + "x",
    "**" * 2000,
    "|" * 3000 + "\n|-|",
    "&lt;script&gt; &#60;script&#62; &#x0;",
    "\x00\x01\ufffe",
]
KNOWN_SCHEMES = ("http:", "https:", "mailto:")


class Suspects(HTMLParser):
    """Gathers the tags, attributes and addresses that must never be written."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in PROSE_TAGS | MATH_TAGS:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "id", "action"):
                self.found.append(name)
            if name == "src" and not is_own_image(value or ""):
                self.found.append(f"src={value}")
            if name == "href" and ":" in (value or "") and not str(value).startswith(KNOWN_SCHEMES):
                self.found.append(f"href={value}")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("rendered", [render, render_inline])
def test_nothing_hostile_gets_through(text: str, rendered: object) -> None:
    assert callable(rendered)
    html = rendered(text)
    assert not Suspects(html).found
    assert sanitise(html) == html


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
@example("$x$ | a |\n|-|-|\n")
def test_any_text_gives_html_that_is_clean_already(text: str) -> None:
    for html in (render(text), render_inline(text), highlight("python", text)):
        assert sanitise(html) == html


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*"<>&\"'`$*_[]()!|#-\\/\n x1", "<a", "$$", "```", "https://a.example", "<br>"])))
def test_any_marks_give_html_that_is_clean_already(marks: list[str]) -> None:
    html = render("".join(marks))
    assert sanitise(html) == html
    assert not Suspects(html).found


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("# A\n\n## B", "<h3>A</h3>\n<h4>B</h4>\n"),
        ("a<br>b", "<p>a<br>\nb</p>\n"),
        ("It costs $5 and then $10.", "<p>It costs $5 and then $10.</p>\n"),
        ("Run train.py or see example.com", "<p>Run train.py or see example.com</p>\n"),
        ("a <b> c", "<p>a &lt;b&gt; c</p>\n"),
        ("![A tree](https://evil.example/t.png)", "<p>A tree</p>\n"),
        ("![A tree](/media/t.png)", '<p><img src="/media/t.png" alt="A tree"></p>\n'),
        (
            "https://a.example/x",
            '<p><a href="https://a.example/x" rel="nofollow noopener noreferrer">https://a.example/x</a></p>\n',
        ),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert render(text) == html


def test_cells_of_a_table_are_aligned_by_class() -> None:
    html = render("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert '<td class="align-center">1</td>' in html
    assert '<td class="align-right">2</td>' in html


def test_an_option_is_part_of_a_line() -> None:
    assert render_inline("`3 0` or $x$") == ('<code>3 0</code> or <span class="math"><math><mi>x</mi></math></span>')


def test_a_formula_stands_in_the_line_or_apart() -> None:
    assert '<span class="math"><math>' in render("where $x$ is")
    assert '<div class="math-block"><math display="block">' in render("$$\nx\n$$")
    assert '<span class="math-block"><math display="block">' in render("so $$x$$ holds")


def test_a_listing_is_coloured_by_classes() -> None:
    html = render("```python\nprint(1)\n```")
    assert html.startswith('<pre class="code language-python"><code><span class="nb">print</span>')
    assert " style=" not in html


@pytest.mark.parametrize(
    ("language", "shown"),
    [("python", "python"), ("SQL", "sql"), ("sh", "bash"), ("text", "text"), ("brainfuck", "text"), ("", "text")],
)
def test_a_language_is_shown_as_one_we_know(language: str, shown: str) -> None:
    assert highlight(language, "x = 1").startswith(f'<pre class="code language-{shown}"><code>')


def test_code_keeps_its_lines_and_signs() -> None:
    html = highlight("text", "\n  a < b\n\nc\n")
    assert "  a &lt; b\n\nc\n" in html


def test_a_text_beyond_the_cap_is_shown_as_written() -> None:
    assert render("*" * 50_001).startswith('<pre class="code language-text"><code>***')
    assert render_inline("*" * 50_001).startswith("***")


def test_a_corner_of_a_table_without_words_is_no_heading():
    html = render("|   | b |\n|---|---|\n| 1 | 2 |")
    assert "<tr><td></td><th>b</th></tr>" in html.replace("\n", "")


@pytest.mark.parametrize("ending", ["5", "\\", "x"])
def test_a_formula_at_the_beginning_is_shown_whatever_sign_ends_the_text(ending: str) -> None:
    text = f"$X^T X$ has rank {ending}"
    assert "<math>" in render_inline(text)
    assert "<math>" in render(text)
