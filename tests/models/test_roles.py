"""Roles read well in a sentence."""

import pytest

from assessments.models import Role, RoleProfile


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Machine learning engineer", "junior machine learning engineer"),
        ("AI engineer", "junior AI engineer"),
        ("NLP scientist", "junior NLP scientist"),
    ],
)
def test_a_role_in_a_sentence(name, sentence):
    assert RoleProfile(role=Role(name=name), seniority="junior").in_sentence == sentence
