"""Organisations of a place, services and facilities, and bookings that can never overlap."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import Place
from gongzhi.records.people.models import Person, PersonalData
from gongzhi.records.sealed import SealedText

STATES = ("applied", "registered", "refused", "ended")
STAGES = ("none", "seed", "growing", "grown")
OFFERS = ("waiting", "shown", "declined")


class Organisation(models.Model):
    """A social organisation or team. `kind` is a class of the charter's list; `members` a number, never names."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=80)
    kind = models.SlugField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    members = models.PositiveIntegerField(default=0)
    contact = SealedText()
    state = models.CharField(max_length=10, choices=[(x, x) for x in STATES], default="applied")
    stage = models.CharField(max_length=8, choices=[(x, x) for x in STAGES], default="none")
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    confirmed = models.PositiveSmallIntegerField(null=True, blank=True, help_text="year of the last confirmation")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(state__in=("applied", "registered")), name="organisation_once"
            ),
            models.CheckConstraint(
                condition=Q(applied_by=None) | Q(decided_by=None) | ~Q(applied_by=F("decided_by")),
                name="organisation_checked_by_another",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="organisation_refused_because"),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A line of the catalogue. With `bookable` it is a facility: open from `opens` to `closes` (minutes of the day)
    on the weekdays in `days` (1 Monday to 7 Sunday)."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="services")
    title = models.CharField(max_length=80)
    kind = models.SlugField(max_length=40)
    provider = models.CharField(max_length=80)
    spot = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    who = models.CharField(max_length=120, blank=True)
    bookable = models.BooleanField(default=False)
    opens = models.PositiveSmallIntegerField(default=540)
    closes = models.PositiveSmallIntegerField(default=1020)
    days = models.CharField(max_length=7, default="12345")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "title"], name="service_once"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes"), closes__lte=1440), name="service_opens_first"),
        ]

    def __str__(self) -> str:
        return self.title


class Booking(PersonalData):
    """Somebody uses a facility for a time. Cancelled ones lose their half hours; nobody notes who did not come.

    `made_by`: staff who booked at the counter or by phone for somebody, whose `name` and `contact` they wrote down.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="bookings")
    name = SealedText()
    contact = SealedText()
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="booking_ends_after_start"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(made_by__isnull=False), name="booking_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["service", "start"], name="booking_by_time")]

    def __str__(self) -> str:
        return f"booking {self.pk}"


class HalfHour(models.Model):
    """Half an hour of a facility, given out once: this is what keeps two bookings apart on either database."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="half_hours")
    start = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "start"], name="half_hour_once")]

    def __str__(self) -> str:
        return f"half hour {self.pk}"


class Skill(PersonalData):
    """What a resident offers freely. Shown without a name once staff have looked; withdrawn is gone. No points."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="skills")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills")
    kind = models.SlugField(max_length=40)
    what = SealedText()
    times = SealedText()
    state = models.CharField(max_length=8, choices=[(x, x) for x in OFFERS], default="waiting")
    reason = models.CharField(max_length=200, blank=True)
    offered_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="skill_declined_because"),
        ]
        indexes = [models.Index(fields=["place", "state", "kind"], name="skill_by_place")]

    def __str__(self) -> str:
        return f"skill {self.pk}"
