"""Entries with their lines, and what the bank says."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.funds.books import BudgetLine, Commitment, Fund, FundAccount, FundBook
from gongzhi.records.matters.models import Matter
from gongzhi.records.sealed import SealedText

ENTRY_KINDS = ("opening", "receipt", "payment", "transfer", "correction", "reversal")
STATES = ("asked", "posted", "refused")
PARTIES = ("", "person", "organisation")


class FundEntry(models.Model):
    """One posting. Asked for by one person, posted by another; only then it has a number and a place in the chain.

    `day`: the day it counts for. `text` is read by everybody and names no person; `party` (who paid or was paid) is
    sealed, and shown masked when it is a person. `amount` in cents: what its debits sum up to. `evidence`: digest of
    the paper. `by`-fields hold digests of persons. `hash` covers everything of it and the hash before, within its year.
    """

    book = models.ForeignKey(FundBook, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in ENTRY_KINDS])
    state = models.CharField(max_length=8, default="asked", choices=[(state, state) for state in STATES])
    day = models.DateField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True, blank=True)
    text = models.CharField(max_length=200)
    party = SealedText()
    party_kind = models.CharField(max_length=12, blank=True, choices=[(kind, kind) for kind in PARTIES])
    amount = models.BigIntegerField()
    budget_line = models.ForeignKey(BudgetLine, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="payments")
    visit = models.CharField(max_length=90, blank=True)
    pair = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="paired")
    reverses = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversals")
    evidence = models.CharField(max_length=64)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    approved_by = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    why_refused = models.CharField(max_length=200, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="entry_number_once_a_year"),
            models.UniqueConstraint(fields=["reverses"], condition=~Q(state="refused"), name="entry_reversed_once"),
            models.CheckConstraint(condition=~Q(evidence="") & Q(amount__gt=0), name="entry_has_evidence"),
            models.CheckConstraint(condition=~Q(approved_by=F("asked_by")), name="entry_by_two_people"),
            models.CheckConstraint(
                condition=~Q(state="posted") | (~Q(approved_by="") & Q(number__gte=1) & ~Q(hash="")),
                name="entry_posted_is_whole",
            ),
            models.CheckConstraint(condition=Q(state="posted") | Q(number=None), name="entry_number_when_posted"),
        ]
        indexes = [
            models.Index(fields=["book", "state", "day", "id"], name="entry_by_day"),
            models.Index(fields=["matter", "visit"], condition=Q(matter__isnull=False), name="entry_of_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number} {self.text}"


class FundLine(models.Model):
    """One line: cents on an account for a fund, debits above nothing, credits below; by fund they sum to nothing."""

    entry = models.ForeignKey(FundEntry, on_delete=models.PROTECT, related_name="lines")
    nth = models.PositiveSmallIntegerField()
    account = models.ForeignKey(FundAccount, on_delete=models.PROTECT, related_name="lines")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="lines")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "nth"], name="fund_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="fund_line_not_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.nth} {self.amount}"


class BankLine(models.Model):
    """A line of a bank statement. `digest` knows it again when the same statement comes twice."""

    book = models.ForeignKey(FundBook, on_delete=models.PROTECT, related_name="bank_lines")
    day = models.DateField()
    amount = models.BigIntegerField()
    text = SealedText()
    digest = models.CharField(max_length=64)
    entry = models.OneToOneField(FundEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="bank_line")
    imported_by = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "digest"], name="bank_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="bank_line_not_nothing"),
        ]
        indexes = [models.Index(fields=["book", "day", "id"], name="bank_line_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.amount}"
