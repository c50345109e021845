"""Forms of the account pages that differ where no mail is sent."""

from __future__ import annotations

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, ResetPasswordForm
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from assessments.models import User


class ChangeAddressForm(AddEmailForm):
    """Where mail is sent, a new address holds once it is confirmed; where none is sent, at once."""

    @property
    def confirmed_by_mail(self) -> bool:
        return bool(app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY)

    def clean_email(self) -> str:
        address = str(super().clean_email())
        taken = User.objects.exclude(pk=self.user.pk).filter(email__iexact=address).exists()
        if taken and not self.confirmed_by_mail:
            raise get_adapter().validation_error("email_taken")
        return address

    @transaction.atomic
    def save(self, request: HttpRequest) -> EmailAddress:
        if self.confirmed_by_mail:
            return super().save(request)
        EmailAddress.objects.filter(user=self.user).delete()
        address = EmailAddress.objects.create(user=self.user, email=self.cleaned_data["email"])
        address.set_as_primary()
        messages.success(request, _("Your address is now %(email)s.") % {"email": address.email})
        return address


class ForgottenPasswordForm(ResetPasswordForm):
    """Promises no mail that nobody would send."""

    def clean(self) -> None:
        if settings.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend":
            raise forms.ValidationError(_("This site sends no mail. Whoever runs it can set a new password for you."))
        super().clean()
