"""The tables of votes. What keeps one person to one vote, and a frozen roll frozen, stands here and in `frozen.py`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.ballots.rolls import Roll, RollEntry, RollObjection
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.models import Matter
from gongzhi.records.sealed import SealedText

__all__ = ["Ballot", "Mark", "OpenChoice", "PaperSheet", "Proxy", "Roll", "RollEntry", "RollObjection", "TallySheet"]

STATUS = ("planned", "open", "counted", "dropped")
MEANS = ("screen", "phone", "helper", "paper")
ONE_VOTE = "mark_one_vote_per_entry"


class Ballot(models.Model):
    """One vote. `items` in order: `{"key", "title", "options": [[key, title], ...], "most"}`, public text only.

    `seats`: how many options can win, where the rule leaves it to the ballot.
    planned: being prepared; open: from `opens_at` until before `closes_at`; counted; dropped: its step ended
    without it. `result` and `file` are empty until it is counted.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="ballots")
    visit = models.CharField(max_length=90)
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="ballots")
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    form = models.CharField(max_length=10)
    secrecy = models.CharField(max_length=10)
    means = models.JSONField(default=list)
    proxies = models.PositiveSmallIntegerField(default=0)
    items = models.JSONField(default=list)
    seats = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, default="planned", choices=[(x, x) for x in STATUS])
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=80, blank=True)
    result = models.JSONField(default=dict)
    file = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "visit"], name="ballot_one_per_visit"),
            models.CheckConstraint(
                condition=~Q(status="open") | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="ballot_open_has_an_end",
            ),
        ]
        indexes = [models.Index(fields=["organ", "status", "id"], name="ballot_by_organ")]

    def __str__(self) -> str:
        return f"{self.title} {self.visit}"


class Mark(models.Model):
    """This entry has voted: by which means, on which day, whoever cast it. Never what, and never at which hour.

    `receipt` is the digest of the code the voter keeps. `cast_by`: the entry that voted for it by proxy.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="marks", db_index=False)
    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="marks")
    means = models.CharField(max_length=10, choices=[(x, x) for x in MEANS])
    cast_by = models.ForeignKey(RollEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    receipt = models.CharField(max_length=64, unique=True)
    consent = models.ForeignKey(
        "records.HelperConsent", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "entry"], name=ONE_VOTE)]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.entry_id} {self.means}"


class TallySheet(models.Model):
    """Part of the tally of a secret ballot: a sealed table of how often each way of marking came.

    A vote opens one sheet, adds one stroke, and seals all of it anew. There is no row of a vote.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="sheets")
    shard = models.PositiveSmallIntegerField()
    sealed = SealedText()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "shard"], name="tally_sheet_once")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.shard}"


class OpenChoice(models.Model):
    """What somebody chose in an open ballot, for those who hold the step; a secret ballot has none."""

    mark = models.OneToOneField(Mark, on_delete=models.PROTECT, related_name="open_choice")
    choice = SealedText()

    def __str__(self) -> str:
        return f"choice of {self.mark_id}"


class PaperSheet(models.Model):
    """One paper as one person read it. Two different people read every paper: the database knows them apart.

    `sheet` is its number in the pile (secret) or that of the entry (open). `copies`: so many alike, secret only.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="papers")
    sheet = models.PositiveIntegerField()
    hand = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=64)
    choice = SealedText()
    copies = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "sheet", "hand"], name="paper_read_once_by_each_hand"),
            models.UniqueConstraint(fields=["ballot", "sheet", "by"], name="paper_read_by_two_people"),
            models.CheckConstraint(condition=Q(hand__in=(1, 2), copies__gte=1), name="paper_two_hands"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.sheet} {self.hand}"


class Proxy(models.Model):
    """A written proxy: `holder` votes for `principal`. `slot` counts a holder's proxies up to `limit`."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="given")
    principal = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="proxies_given")
    holder = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="proxies_held")
    slot = models.PositiveSmallIntegerField()
    limit = models.PositiveSmallIntegerField()
    day = models.DateField()
    by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "principal"], name="proxy_given_once"),
            models.UniqueConstraint(fields=["ballot", "holder", "slot"], name="proxy_slot_once"),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=F("limit")), name="proxy_not_too_many"),
            models.CheckConstraint(condition=~Q(principal=F("holder")), name="proxy_is_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id} -> {self.holder_id}"
