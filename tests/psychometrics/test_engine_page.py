"""The page about the engine says nothing that does not run."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE.read_text(), flags=re.DOTALL)


def test_the_page_has_its_three_snippets():
    assert len(SNIPPETS) == 3


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_each_snippet_runs(snippet, capsys):
    exec(compile(snippet, str(PAGE), "exec"), {})  # noqa: S102 -- our own page
    assert capsys.readouterr().out


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_each_snippet_is_short(snippet):
    assert len(snippet.strip().splitlines()) <= 12
