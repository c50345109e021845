"""What the security policy and bad days ask of every template and of the built files."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

HOUSE = Path(__file__).resolve().parents[2]
MAILS = sorted((HOUSE / "templates").rglob("email/*.html"))  # mail programs know no stylesheet
TEMPLATES = sorted(set((HOUSE / "templates").rglob("*.html")) - set(MAILS))
BUILT = HOUSE / "assessments" / "static" / "assessments"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_template_writes_styles_or_scripts_of_its_own(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|\|safe\b", source)


@pytest.mark.parametrize("name", ["400", "403_csrf", "500", "503"])
def test_pages_of_bad_days_need_nothing(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert "btn-primary" in page  # it says what to do


def test_styles_ask_nobody_else_and_are_lowered_for_older_browsers() -> None:
    styles = (BUILT / "site.css").read_text(encoding="utf-8")
    assert "url(" not in styles
    assert "@import" not in styles
    assert "light-dark(" not in styles
    assert "[data-bs-theme=dark]" in styles


def test_script_needs_no_evaluation() -> None:
    script = (BUILT / "site.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", script)


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.name)
def test_a_mail_fetches_nothing(path: Path) -> None:
    assert not re.search(r"<img|<link|<script|url\(|https?:", path.read_text(encoding="utf-8"))
