"""People: a user is an identity, a learner owns what was measured."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone

from assessments.models.roles import RoleProfile


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Somebody who signs in, by e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()  # type: ignore[misc, assignment]

    def __str__(self) -> str:
        return self.email


class LearnerQuerySet(models.QuerySet["Learner"]):
    def guests(self) -> LearnerQuerySet:
        return self.filter(user__isnull=True)


class Learner(models.Model):
    """The owner of attempts, estimates and plans, with an account or as a guest of one browser."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, null=True, blank=True, related_name="learner")
    profile = models.ForeignKey(
        RoleProfile,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        help_text="The role she aims at; a junior machine learning engineer until she chooses.",
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = LearnerQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user) if self.user else f"guest {self.pk}"
