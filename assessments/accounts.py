"""Signing in and up: what allauth asks of us, and how an account gets its learner."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from assessments.middleware import GUEST, Request, guest_of
from assessments.models import User
from assessments.workflows import learners


class LearnerBackend(AuthenticationBackend):
    """Joins the learner and her chosen role to the user: one query for who is asking."""

    def get_user(self, user_id: Any) -> User | None:
        people = User.objects.select_related("learner__profile__role")
        return people.filter(pk=user_id, is_active=True).first()


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account takes over the guest of this browser at once.

        The address may be verified in another browser, so nothing may hang on coming back here.
        """
        user = super().save_user(request, user, form, commit)
        if commit:
            learners.claim(user, guest_of(cast(Request, request)))
            request.session.pop(GUEST, None)
        return user
