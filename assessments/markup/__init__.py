"""Markdown, code and LaTeX to safe HTML: the one place that sanitises."""

from assessments.markup.html import Html, stored
from assessments.markup.listings import highlight
from assessments.markup.plain import plain
from assessments.markup.rendering import render, render_inline

__all__ = ["Html", "highlight", "plain", "render", "render_inline", "stored"]
