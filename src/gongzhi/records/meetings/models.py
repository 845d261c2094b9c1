"""A meeting of one visit of a step, who came, what was on, and what was resolved."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.models import Matter, Words

MEANS = ("qr", "list", "paper")


def one_of(*values: str) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Meeting(models.Model):
    """`called` lists the parts that have to come; `agenda` the items in order; both JSON.

    `eligible`: how many members it has, where its decisions ask (the roll; frozen when it is opened). `record` is
    what was counted, written when it ended, and `seal` its SHA-256, which the log holds too. `current`: the number
    of the item that is on.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="meetings")
    visit = models.CharField(max_length=90)
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    at = models.DateTimeField(null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    agenda = models.JSONField(default=list)
    called = models.JSONField(default=list)
    status = models.CharField(max_length=10, default="planned", choices=one_of("planned", "open", "held", "cancelled"))
    outcome = models.CharField(max_length=80, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    eligible = models.PositiveIntegerField(default=0)
    current = models.PositiveSmallIntegerField(default=0)
    record = models.JSONField(null=True, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    objections_until = models.DateTimeField(null=True, blank=True)
    names = models.ForeignKey(Words, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "visit"], name="meeting_one_per_visit")]
        indexes = [models.Index(fields=["organ", "at"], name="meeting_by_organ")]

    def __str__(self) -> str:
        return f"{self.title} {self.visit}"


class Attendance(models.Model):
    """Somebody came: a person with an account, or a number of people of a called group. Faces and IDs never."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    part = models.CharField(max_length=120)
    person = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    means = models.CharField(max_length=10, choices=one_of(*MEANS))
    count = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default="present", choices=one_of("present", "apologies", "proxy"))
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "part", "person"], condition=Q(person__isnull=False), name="attendance_once"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="attendance_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.count}"


class MeetingMember(models.Model):
    """One line of a meeting's roll: `number`, and the account where there is one. The name is in sealed words.

    A line is a person once: whoever signed in by one means cannot sign in by another.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="members")
    number = models.PositiveIntegerField()
    person = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, default="away", choices=one_of("away", "present", "left", "apologies"))
    means = models.CharField(max_length=10, blank=True, choices=one_of(*MEANS))
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="member_one_per_number"),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="member_one_per_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="present") | (~Q(means="") & Q(arrived_at__isnull=False)), name="member_came_somehow"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.number}"


class AgendaItem(models.Model):
    """One thing to talk about or decide. `source`: on the notice, raised from the floor, a topic, or a report.

    `counts` are frozen when the vote on it begins (eligible, present, recused) and completed when it ends (yes, no,
    abstain). `way`: by a show of hands that two people count, or by phone. Which of them said yes is not kept.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=8, default="notice", choices=one_of("notice", "floor", "topic", "report"))
    status = models.CharField(max_length=8, default="waiting", choices=one_of("waiting", "on", "voting", "decided"))
    way = models.CharField(max_length=6, blank=True, choices=one_of("hands", "phones"))
    counts = models.JSONField(default=dict)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    abstain = models.PositiveIntegerField(default=0)
    rule = models.CharField(max_length=60, blank=True)
    law = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    because = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="item_one_per_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ItemRecusal(models.Model):
    """Somebody stays out of one item, and is not counted where the rule says so."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey(MeetingMember, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.member_id}"


class ItemVote(models.Model):
    """Somebody voted on an item by phone: that, not what. One person, one vote."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(MeetingMember, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="item_vote_once")]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.member_id}"


class HandCount(models.Model):
    """What one teller counted. Two tellers who agree make a count."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="hand_counts")
    teller = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "teller"], name="hand_count_once")]

    def __str__(self) -> str:
        return f"{self.yes}/{self.no}/{self.abstain}"


class SpeakingTurn(models.Model):
    """Who spoke on an item, in order: an organ or seat that was called, or `floor`. Never a name."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="turns")
    number = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="turn_one_per_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.who}"


class MeetingVoice(models.Model):
    """What somebody brought to a meeting: a question, a topic of an open space, an objection to its minutes.

    `text` is what they wrote, `shown` the same without anybody's name, once somebody has looked at it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="voices")
    kind = models.CharField(max_length=10, choices=one_of("question", "topic", "objection"))
    source = models.CharField(max_length=8, choices=one_of("written", "floor", "hotline", "online"))
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    shown = models.ForeignKey(Words, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Words, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        max_length=10, default="open", choices=one_of("open", "answered", "followed", "adopted", "upheld", "rejected")
    )
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "number"], name="voice_one_per_number"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("made_at")), name="voice_answered_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Resolution(models.Model):
    """What was decided: its words, who carries it out, until when, and the matter in which that happens."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    item = models.PositiveSmallIntegerField()
    text = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, blank=True)
    task = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reported_in = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "item"], name="resolution_one_per_item")]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.item}"


class Fulfilment(models.Model):
    """What recurs was met by a meeting held for another reason (R36)."""

    recurring = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="fulfilled")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="fulfils")

    def __str__(self) -> str:
        return f"{self.recurring_id} by {self.meeting_id}"
