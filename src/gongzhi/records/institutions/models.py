"""Places, the charters they adopted, and the organs that exist there."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions import codes


class Place(models.Model):
    """A place of the tree from province to household. `path` begins with the path of what it lies in."""

    code = models.CharField(max_length=48, unique=True, validators=[RegexValidator(codes.PATTERN)])
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=12, choices=[(level, level) for level in codes.LEVELS])
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=48, db_index=True, editable=False)
    short = models.SlugField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=codes.LEVELS), name="place_level_known"),
            models.CheckConstraint(condition=~Q(short=""), name="place_short_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path = codes.path_of(self.code, self.level)
        super().save(*args, **kwargs)


class CharterVersion(models.Model):
    """One exact text of a charter: matters pin it, so it never changes once stored.

    `source` maps the name of each file below the charters folder (`NAME/charter.yaml`, `_law/rules.yaml`) to its
    text, so that a pinned version still loads when the folder has moved on.
    """

    name = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    source = models.JSONField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a charter version is immutable; adopt a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("a charter version is immutable; matters may rest on it")


class Adoption(models.Model):
    """A place adopted a charter version: new matters there follow it from `start` on."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="adoptions")
    charter = models.SlugField(max_length=60)
    charter_version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="adoptions")
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=64, help_text="digest of the person, or `system`")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "charter"], condition=Q(end=None), name="adoption_one_in_force"),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="adoption_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.charter_version}"


class OrganInstance(models.Model):
    """An organ type of a charter at one place. Matters name it by its id, so a dissolved one stays."""

    organ = models.SlugField(max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="organs")
    charter = models.SlugField(max_length=60)
    title = models.CharField(max_length=100)
    dissolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "charter", "organ"],
                condition=Q(dissolved_at=None),
                name="organ_one_per_place",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SettingChange(models.Model):
    """Somebody changed a setting of the whole installation, and said why. The newest row of a name is in force."""

    name = models.SlugField(max_length=40)
    value = models.CharField(max_length=20)
    why = models.CharField(max_length=200)
    by = models.CharField(max_length=64, help_text="digest of the person")
    seat = models.CharField(max_length=130)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="setting_changed_because")]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
