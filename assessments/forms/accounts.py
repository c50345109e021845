"""Forms of the account pages: in our words, and other where no mail is sent."""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from allauth.account.models import EmailAddress
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

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


def relabelled(form: forms.BaseForm, **labels: Any) -> None:
    """Our words on fields of allauth; a placeholder that says the same again is left out."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


def unrepeated(form: forms.BaseForm) -> None:
    """Labels stand above every field, so a placeholder only says the same again, and paler."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class EntranceForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unrepeated(self)


class FirstVisitForm(SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unrepeated(self)


class ForgottenPasswordForm(ResetPasswordForm):
    """Promises no mail that nobody would send."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unrepeated(self)

    def clean(self) -> None:
        if settings.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend":
            raise forms.ValidationError(_("This site sends no mail. Whoever runs it can set a new password for you."))
        super().clean()


CURRENT, NEW, AGAIN = _lazy("Your password now"), _lazy("New password"), _lazy("The new password once more")
EITHER_CODE = _lazy("The code your authenticator app shows now, or one of your recovery codes")


class OtherPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabelled(self, oldpassword=CURRENT, password1=NEW, password2=AGAIN)


class FirstPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabelled(self, password1=NEW, password2=AGAIN)


class PasswordByMailForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabelled(self, password1=NEW, password2=AGAIN)


class SecondFactorForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabelled(self, code=EITHER_CODE)


class SecondFactorAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabelled(self, code=EITHER_CODE)


class FirstCodeForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabelled(self, code=_lazy("The six digits your app shows now"))
