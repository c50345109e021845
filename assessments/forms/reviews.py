"""What she wants to review."""

from __future__ import annotations

from django import forms


class ScopeForm(forms.Form):
    area = forms.SlugField(required=False)
    mistakes = forms.BooleanField(required=False)
