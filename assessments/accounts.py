"""Signing in and up: what allauth asks of us, and how an account gets its learner."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from assessments.middleware import GUEST, Request, guest_of
from assessments.models import User
from assessments.workflows import learners

logger = logging.getLogger(__name__)


class LearnerBackend(AuthenticationBackend):
    """Joins the learner and her chosen role to the user: one query for who is asking."""

    def get_user(self, user_id: Any) -> User | None:
        people = User.objects.select_related("learner__profile__role")
        return people.filter(pk=user_id, is_active=True).first()


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down is said, and loses neither the account nor the page."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("mail could not be sent")
            messages.error(self.request, _("The mail could not be sent just now. Please try again in a few minutes."))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account takes over the guest of this browser at once.

        The address may be verified in another browser, so nothing may hang on coming back here.
        """
        user = super().save_user(request, user, form, commit)
        if commit:
            learners.claim(user, guest_of(cast(Request, request)))
            request.session.pop(GUEST, None)
        return user
