"""Words: the erasable side of the log. The log keeps a salted digest; the words themselves are here, sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.records.matters.log import Act
from gongzhi.records.matters.matter import Matter
from gongzhi.records.people.models import PersonalData

KINDS = ("text", "contact", "place", "photo", "audio", "document")


class Words(PersonalData):
    """What somebody said or handed in. `name` is its key in the act (`what`, `contact`, `photo.1`, `minutes`).

    `digest` is sha256(salt + content) and stays after erasure, when ciphertext, salt and file are gone: nobody
    can then say what the words were, yet the chain of hashes still holds. Files lie sealed on disk under the
    name `file`; short words lie in `ciphertext`. `public`: may be shown to everybody.
    `archive`: kept after the matter as long as the law on archives asks, not until the matter's end.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="words")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="words", db_index=False)
    subject = models.ForeignKey(
        "records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="words"
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    public = models.BooleanField(default=False)
    archive = models.BooleanField(default=False)
    pia_id = models.CharField(max_length=40, blank=True, help_text="impact assessment, where one is required")
    digest = models.CharField(max_length=64)
    salt = models.BinaryField(null=True, blank=True)
    ciphertext = models.BinaryField(null=True, blank=True)
    file = models.CharField(max_length=80, blank=True)
    media_type = models.CharField(max_length=100, default="text/plain")
    size = models.PositiveBigIntegerField(default=0)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_why = models.CharField(max_length=60, blank=True)
    erased_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "name"], name="words_once_per_act"),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(salt__isnull=True, ciphertext__isnull=True, file="", erased_at__isnull=False),
                name="words_erased_are_gone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["retention_until"],
                condition=Q(erased_at=None, retention_until__isnull=False),
                name="words_to_erase",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:8]}"
