"""Persons and the seats they hold. The log knows a person only by a random digest.

Nothing here describes, rates or locates a person: reference fields that could are refused by a test.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from gongzhi.records.crypto import blind_index, random_digest
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.sealed import SealedText

LANGUAGES = ("zh-hans", "en")
TEXT_SIZES = ("std", "large", "xl")
CONTRASTS = ("off", "on")


class PersonalData(models.Model):
    """Every row about a person says what for, on which ground, from whom and for how long it is kept."""

    purpose = models.CharField(max_length=60)
    legal_basis = models.CharField(max_length=60)
    collected_from = models.CharField(max_length=30)
    retention_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class PersonManager(BaseUserManager["Person"]):
    def by_contact_index(self, index: str) -> Person | None:
        """The person registered with a contact, by its blind index."""
        return self.filter(Q(phone_index=index) | Q(mail_index=index), erased_at=None).first()


class Person(PersonalData, AbstractBaseUser):
    """Somebody with an account. Staff have a `login`; residents are known by a phone number or mail address."""

    login = models.CharField(max_length=60, unique=True, null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True, default=random_digest, editable=False)
    display_name = SealedText()
    phone = SealedText()
    mail = SealedText()
    phone_index = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    mail_index = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    home = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="residents")
    language = models.CharField(max_length=10, default="zh-hans", choices=[(x, x) for x in LANGUAGES])
    text_size = models.CharField(max_length=10, default="std", choices=[(x, x) for x in TEXT_SIZES])
    contrast = models.CharField(max_length=10, default="off", choices=[(x, x) for x in CONTRASTS])
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(login=""), name="person_login_not_empty")]

    def __str__(self) -> str:
        return f"person {self.digest[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.phone_index = blind_index("phone", self.phone) if self.phone else None
        self.mail_index = blind_index("mail", self.mail) if self.mail else None
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "phone_index", "mail_index"}
        super().save(*args, **kwargs)

    def seats(self, at: datetime) -> models.QuerySet[SeatTerm]:
        """The seats held at a time, with their organs."""
        return self.seat_terms.filter(held_at(at)).select_related("organ_instance")

    def is_staff_member(self, at: datetime) -> bool:
        """True while the person holds a seat or works in an organ; such an account needs a second factor."""
        return self.seats(at).exists()


def held_at(at: datetime) -> Q:
    """Condition on seat terms: held at the time `at`."""
    return Q(start__lte=at) & (Q(end=None) | Q(end__gt=at))


class SeatTerm(models.Model):
    """A person holds a seat of an organ. `seat` empty: works there without a post of the charter.

    `slot` numbers the chairs of a seat (1 .. count), so that the database refuses one person too many.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seat_terms")
    organ_instance = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="seat_terms")
    seat = models.CharField(max_length=60, blank=True)
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    basis = models.CharField(max_length=20, blank=True)
    start = models.DateTimeField()
    due = models.DateField(null=True, blank=True, help_text="planned end of the term")
    end = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ_instance", "seat", "slot"],
                condition=Q(end=None),
                name="seat_one_person_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organ_instance", "seat", "person"], condition=Q(end=None), name="seat_person_once"
            ),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="seat_ends_after_start"),
            models.CheckConstraint(
                condition=Q(seat="", slot=None) | (~Q(seat="") & Q(slot__isnull=False)), name="seat_has_slot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_instance}.{self.seat}"


class HelperConsent(PersonalData):
    """A resident let a helper file for them. The words of the consent are elsewhere; here is their digest."""

    helper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    resident = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="consents")
    resident_name = SealedText()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    text_digest = models.CharField(max_length=64)
    means = models.CharField(max_length=10, choices=[(x, x) for x in ("paper", "phone", "spoken")])
    witness = SealedText()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resident=None) | ~Q(resident=F("helper")), name="helper_is_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class SignInCode(models.Model):
    """A six-digit code sent to a contact; only its salted hash is kept, and the session holds only the row."""

    contact_index = models.CharField(max_length=64, db_index=True)
    contact = SealedText()
    kind = models.CharField(max_length=5)
    code_hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, default=random_digest)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"sign-in code {self.pk}"


class SecondFactor(models.Model):
    """The shared secret of a staff account's code generator (RFC 6238), and the last step that was used."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="second_factor")
    secret = SealedText()
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"second factor of {self.person}"


class Allowance(models.Model):
    """How often something was tried in one window of time, by a keyed digest of who or where from."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="allowance_once")]

    def __str__(self) -> str:
        return f"allowance {self.key[:8]}"
