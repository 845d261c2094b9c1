"""Books, their accounts, the funds in them, and the papers that prove an entry."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.sealed import SealedText

ACCOUNT_KINDS = ("asset", "liability", "income", "expense", "fund")


class FundBook(models.Model):
    """The account book of one organ for one place: the committee's is not the station's, nor the street's (CY-02)."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="books")
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="books")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "organ"], name="book_one_per_organ")]

    def __str__(self) -> str:
        return f"{self.place} {self.organ}"


class FundAccount(models.Model):
    """An account of a book. `fund`: what is there at the start, and money passed between funds."""

    book = models.ForeignKey(FundBook, on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in ACCOUNT_KINDS])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "code"], name="account_code_once"),
            models.CheckConstraint(condition=Q(kind__in=ACCOUNT_KINDS), name="account_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Fund(models.Model):
    """Money kept apart for a purpose. `balance` in cents is the sum of its posted lines on assets.

    `share`: at least so many per cent of what `of` receives in a year goes here. `least`: its budget has at least so
    many yuan for each head (BT-29). `spends` False: its organ passes money on and never spends it (QY-35).
    """

    book = models.ForeignKey(FundBook, on_delete=models.PROTECT, related_name="funds")
    name = models.SlugField(max_length=60)
    title = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300, blank=True)
    of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    least = models.PositiveIntegerField(null=True, blank=True)
    spends = models.BooleanField(default=True)
    law = models.CharField(max_length=200, blank=True)
    balance = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "name"], name="fund_name_once"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="fund_not_overdrawn"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__lte=100, of__isnull=False), name="fund_share_of"),
        ]

    def __str__(self) -> str:
        return self.title


class FundEvidence(models.Model):
    """A paper that proves an entry: sealed here; entries and the chain hold only its salted digest."""

    book = models.ForeignKey(FundBook, on_delete=models.PROTECT, related_name="papers")
    digest = models.CharField(max_length=64, unique=True)
    salt = models.BinaryField()
    ciphertext = models.BinaryField()
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.digest[:12]


class FundPeriod(models.Model):
    """A closed month, by its first day: the database takes no entry of it. `head`: the chain when it closed."""

    book = models.ForeignKey(FundBook, on_delete=models.PROTECT, related_name="periods")
    month = models.DateField()
    closed_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    head = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "month"], name="period_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.month:%Y-%m}"


class FundBudget(models.Model):
    """What a fund may be used for in a year. Cents; `planned` is the sum of its lines. `decision`: digest of the paper.

    `heads` and `least`: copied when it was adopted; the database refuses a budget below `heads` times `least` yuan.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    planned = models.BigIntegerField(default=0)
    heads = models.PositiveIntegerField(default=0)
    least = models.PositiveIntegerField(default=0)
    decision = models.CharField(max_length=64)
    adopted_by = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "year"], name="budget_one_per_year"),
            models.CheckConstraint(
                condition=Q(amount__gte=F("heads") * F("least") * 100), name="budget_not_below_least"
            ),
            models.CheckConstraint(condition=Q(planned__gte=0, planned__lte=F("amount")), name="budget_lines_fit"),
            models.CheckConstraint(condition=~Q(decision=""), name="budget_was_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.year}"


class BudgetLine(models.Model):
    """One use of a budget. What is reserved by contracts and what is spent never exceed it: the database refuses."""

    budget = models.ForeignKey(FundBudget, on_delete=models.PROTECT, related_name="lines")
    use = models.SlugField(max_length=60)
    title = models.CharField(max_length=100)
    account = models.ForeignKey(FundAccount, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    committed = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "use"], name="line_use_once"),
            models.CheckConstraint(
                condition=Q(committed__gte=0, spent__gte=0, amount__gte=F("committed") + F("spent")),
                name="line_not_over_budget",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def free(self) -> int:
        """Cents neither spent nor reserved."""
        return self.amount - self.committed - self.spent


class Commitment(models.Model):
    """A contract: so much of a budget line is reserved, `left` of it not yet paid."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="commitments")
    title = models.CharField(max_length=150)
    party = SealedText()
    amount = models.BigIntegerField()
    left = models.BigIntegerField()
    evidence = models.CharField(max_length=64)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, left__gte=0, left__lte=F("amount")), name="contract_left"),
            models.CheckConstraint(condition=~Q(evidence=""), name="contract_has_evidence"),
        ]

    def __str__(self) -> str:
        return self.title
