"""HTML of other systems becomes Markdown that shows the same, or a loss is told."""

from __future__ import annotations

import re
import time
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import markup
from assessments.formats.html_text import markdown_of
from assessments.formats.plain_words import plain_markdown

PICTURE = {"@@PLUGINFILE@@/a.png": "/pictures/0.png"}
KEPT = {
    "<p>Which <b>of</b> these?</p>": "Which **of** these?",
    "<p>one<p>two": "one\n\ntwo",
    "one<br>two": "one\\\ntwo",
    "<ul><li>one</li><li>two<ol start=3><li>in</li></ol></li></ul>": "- one\n- two\n  3. in",
    '<pre class="language-python">x = [1]\ny</pre>': "```python\nx = [1]\ny\n```",
    "<p>Say <code>a*b</code></p>": "Say `a*b`",
    "<table><tr><th>a|b</th></tr><tr><td>1<br>2</td></tr></table>": "| a\\|b |\n| --- |\n| 1<br>2 |",
    "x<sub>2</sub> and 10<sup>-3</sup>": "x₂ and 10⁻³",
    "x<sup>ab</sup>": r"x${}^{\text{ab}}$",
    r"Is \(a &lt; b\) so?": "Is $a < b$ so?",
    r"\[ x^2 \] or $$y$$": "$$x^2$$ or $$y$$",
    "costs $5 &amp; $6": r"costs \$5 & \$6",
    '<img src="@@PLUGINFILE@@/a.png" alt="A [b]">': r"![A \[b\]](/pictures/0.png)",
    '<a href="https://x.org/a_b">here</a>': "[here](<https://x.org/a_b>)",
    "<math><msup><mi>x</mi><mn>2</mn></msup></math>": "${x}^{2}$",
    '<math><semantics><mi>q</mi><annotation encoding="application/x-tex">p</annotation></semantics></math>': "$p$",
    "<p># no</p><p>1. no</p>": "\\# no\n\n1\\. no",
    "<script>alert(1)</script><style>p{}</style>a": "a",
}
LOST = {
    "<u>a</u>": "underlining",
    '<img src="https://elsewhere.org/a.png" alt="A">': "the picture https://elsewhere.org/a.png",
    '<a href="javascript:alert(1)">a</a>': "the link to javascript:alert(1)",
    '<span style="color: red">a</span>': "colour, size or alignment",
    "a<iframe src='https://x.org'></iframe>": "<iframe>",
    "<table><tr><td>a</td></tr></table>": "a table without a head: its first row became the head",
    "<math><maction><mi>a</mi></maction></math>": "a formula with <maction> became plain text",
    "<div>" * 200 + "a": "elements nested more than 100 deep",
}
UNCLOSED = [
    "<", "<a ", "<!--", "<b>", "\\(", '<a href="', "</", "&", "<![CDATA[", '<p x="', "<?", "<table>", "<td>",
    "<script>", "<ul><li>", "*", "<a b=", "<x", "&#", "<p><", "`", "$$", "_a", "<em>a</em>",
]  # fmt: skip


@pytest.mark.parametrize(("html", "markdown"), KEPT.items(), ids=lambda text: text[:30])
def test_what_markdown_can_say_is_kept(html: str, markdown: str) -> None:
    text, losses = markdown_of(html, PICTURE)
    assert text == markdown
    assert "alert" in html or not losses


@pytest.mark.parametrize(("html", "loss"), LOST.items(), ids=lambda text: text[:30])
def test_what_it_cannot_say_is_told(html: str, loss: str) -> None:
    assert loss in markdown_of(html)[1]


def test_a_text_in_a_line_has_breaks_in_place_of_blocks() -> None:
    assert markdown_of("<p>a</p><p>b</p>", in_line=True) == ("a<br>b", ())
    assert markdown_of("<pre>x = 1\ny</pre>", in_line=True)[0] == "`x = 1`<br>`y`"
    text, losses = markdown_of("<ul><li>a</li><li>b</li></ul>", in_line=True)
    assert text == "- a<br>- b"
    assert losses


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp", "Cs"])
        | st.sampled_from(" *_`#$[]<>&\\|~1.)-+=:!("),
        max_size=60,
    )
)
@settings(max_examples=300, deadline=None)
def test_plain_words_are_shown_as_they_were(words: str) -> None:
    for text in (markdown_of(f"<p>{escape(words)}</p>")[0], plain_markdown(words)):
        if "$" not in text.replace("\\$", ""):  # no formula
            assert _shown(markup.render(text)) == " ".join(words.split()), text


def _shown(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@given(st.text("<>/abpul itdre=\"'&;!-$\\()*_`\n", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(html: str) -> None:
    assert isinstance(markdown_of(html)[0], str)
    assert isinstance(markdown_of(html, in_line=True)[0], str)


@pytest.mark.parametrize("piece", UNCLOSED)
def test_a_hostile_text_is_read_in_linear_time(piece: str) -> None:
    begun = time.perf_counter()
    markdown_of((piece * 50_000)[:50_000])
    assert time.perf_counter() - begun < 2.5
