"""Tables of tenders. The database itself refuses a late bid, an early opening, and one person opening alone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import PersonalData
from gongzhi.records.sealed import SealedText

CHANNELS = ("web", "paper")
INTERESTS = ("", "none", "has")
MOST = 100  # a mark for a bid


class Tender(models.Model):
    """One call for bids; `nth` 2 is the second call of the same matter, after too few bids.

    Bids are taken from `published_at` until `closes_at`, to the microsecond. `opened_by` and `opened_with`: digests of
    the two who opened. `estimate` in 0.01 yuan. `chosen` is the winner; `why` its public reason where it is not first.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="tenders")
    nth = models.PositiveSmallIntegerField(default=1)
    begun_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    estimate = models.BigIntegerField(null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    opened_by = models.CharField(max_length=64, blank=True)
    opened_with = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    chosen = models.ForeignKey("Bid", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "nth"], name="tender_nth_once"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(closes_at__gt=F("published_at"), estimate__gte=1),
                name="tender_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(opened_at__gte=F("closes_at")), name="tender_not_opened_early"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | (~Q(opened_by="") & ~Q(opened_with="") & ~Q(opened_with=F("opened_by"))),
                name="tender_opened_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"tender {self.nth} of {self.matter_id}"


class Bid(models.Model):
    """One bid. `closes_at` is copied so that the database itself refuses one that is late; `digest` is on the receipt.

    `bidder`, `offer`, `price` are sealed and read by nobody before the opening, which sets `amount` (0.01 yuan).
    An envelope (`channel` paper) holds offer and price; they are read out and entered at the opening.
    """

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="bids")
    number = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=5, choices=[(x, x) for x in CHANNELS])
    same = models.CharField(max_length=64)
    bidder = SealedText()
    offer = SealedText()
    price = SealedText()
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    handed_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "number"], name="bid_number_once"),
            models.UniqueConstraint(
                fields=["tender", "same"], condition=Q(withdrawn_at=None), name="bid_one_for_each_bidder"
            ),
            models.CheckConstraint(condition=Q(handed_at__lte=F("closes_at")), name="bid_not_late"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__lte=F("closes_at")), name="bid_withdrawn_in_time"
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=1), name="bid_costs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id} {self.number}"


class Evaluator(PersonalData):
    """Somebody of the panel. Who declares an interest stays on the list and gives no marks (招标投标法 37).

    `expert`: of the field or of economics; at least two thirds of a panel.
    """

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="evaluators")
    number = models.PositiveSmallIntegerField()
    name = SealedText()
    same = models.CharField(max_length=64)
    expert = models.BooleanField()
    interest = models.CharField(max_length=4, blank=True, choices=[(x, x) for x in INTERESTS])
    declared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "number"], name="evaluator_number_once"),
            models.UniqueConstraint(fields=["tender", "same"], name="evaluator_once"),
            models.CheckConstraint(
                condition=Q(interest="", declared_at=None) | (~Q(interest="") & Q(declared_at__isnull=False)),
                name="evaluator_declared_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id} {self.number}"


class BidMark(models.Model):
    """The mark of one evaluator for one bid, 0 to 100."""

    evaluator = models.ForeignKey(Evaluator, on_delete=models.PROTECT, related_name="marks")
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="marks")
    mark = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluator", "bid"], name="bid_mark_once"),
            models.CheckConstraint(condition=Q(mark__lte=MOST), name="bid_mark_at_most_100"),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id} {self.mark}"


class TenderTarget(models.Model):
    """What has to be delivered, as a number; what the provider says was, and what others found."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="tender_targets")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=20)
    wanted = models.PositiveIntegerField()
    delivered = models.PositiveIntegerField(null=True, blank=True)
    found = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="tender_target_once"),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="tender_target_wants_something"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.number}"
