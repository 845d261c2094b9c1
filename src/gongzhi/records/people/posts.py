"""How somebody came to a seat and left it, resets of a sign-in, and who has a form open at the moment."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.crypto import random_digest
from gongzhi.records.people.models import Person, SeatTerm

STAND_IN = "stand_in"


class Appointment(models.Model):
    """On what a term rests and on what it ended. `document` is the number of a paper, never its words.

    `composition`: the electing body's own yes to the lawful make-up (居委会组织法 8); nobody's sex is stored.
    """

    term = models.OneToOneField(SeatTerm, on_delete=models.CASCADE, related_name="appointment")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    document = models.CharField(max_length=100)
    composition = models.BooleanField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_document = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(document=""), name="appointment_has_document")]

    def __str__(self) -> str:
        return f"appointment {self.pk}"


class SignInReset(models.Model):
    """A staff member's password and code generator are to be set anew: one asks, another confirms, the person
    uses the code that was handed over in person. Three different people, also for the database."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="resets")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    code_hash = models.CharField(max_length=64, blank=True)
    salt = models.CharField(max_length=64, default=random_digest)
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("asked_by")), name="reset_not_asked_for_oneself"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=F("asked_by")) & ~Q(confirmed_by=F("person")) & Q(confirmed_at__isnull=False)),
                name="reset_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"reset {self.pk}"


class OpenForm(models.Model):
    """Somebody (`who` is a seat) has a form of this matter open. A hint that runs out by itself."""

    number = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    who = models.CharField(max_length=130)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"open form of {self.number}"
