"""The outbox, and who is emptying it. Messages are written with the step and sent later: they never block it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.matter import Matter

CHANNELS = ("in_app", "mail", "chat", "internal")
STATES = ("queued", "sent", "failed")


class Message(models.Model):
    """Something to tell a person or an organ. `code` and `args` (JSON, nothing personal) become a sentence later.

    `internal` messages carry one matter's end to another and are read by the desk itself.
    `visit` and `serves`: delivering this message is the service that starts a resident's clock.
    """

    person = models.ForeignKey(
        "records.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    organ = models.ForeignKey(
        OrganInstance, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=10, choices=[(name, name) for name in CHANNELS])
    code = models.CharField(max_length=60)
    args = models.JSONField(default=dict)
    visit = models.CharField(max_length=90, blank=True)
    serves = models.BooleanField(default=False)
    status = models.CharField(max_length=10, default="queued", choices=[(name, name) for name in STATES])
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    fault = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try", "id"], condition=Q(status="queued"), name="message_queue"),
            models.Index(
                F("person"), F("created_at").desc(), condition=Q(person__isnull=False), name="message_by_person"
            ),
            models.Index(F("organ"), F("created_at").desc(), condition=Q(organ__isnull=False), name="message_by_organ"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.code} {self.status}"


class Worker(models.Model):
    """The one row of the worker that is on duty. Another may take over when the heartbeat stops."""

    name = models.CharField(max_length=20, primary_key=True)
    holder = models.CharField(max_length=64)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
