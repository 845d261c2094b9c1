"""Money for programs. Amounts are texts in yuan with two decimals, never floats."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class FundOut(Schema):
    """A fund in a year, in yuan. `kept_for`: what it still has to pass on."""

    book: int
    organ: str
    name: str
    title: str
    opening: str
    received: str
    spent: str
    passed: str
    closing: str


class UseOut(Schema):
    """One use of a budget, in yuan."""

    fund: str
    use: str
    title: str
    amount: str
    spent: str
    committed: str
    free: str


class BooksOut(Schema):
    """The open books of a community in a year."""

    year: int
    funds: list[FundOut]
    uses: list[UseOut]


class EntryOut(Schema):
    """An entry as everybody may read it: `party` masked when it is a person. `hash` covers it and the one before."""

    id: int
    number: int | None
    year: int
    day: date
    kind: str
    state: str
    text: str
    party: str
    funds: str
    amount: str
    hash: str


class EntriesOut(Schema):
    total: int
    entries: list[EntryOut]


class EntryIn(Schema):
    """What every request for money brings. `evidence` is the text of the paper, or its file in base64 with a name."""

    amount: str = Field(max_length=30)
    day: date
    text: str = Field(max_length=200)
    party: str = Field("", max_length=120)
    party_kind: str = Field("", pattern="^(person|organisation|)$")
    evidence: str = Field("", max_length=7_000_000)
    evidence_name: str = Field("", max_length=120)


class PaymentIn(EntryIn):
    fund: str = Field(max_length=60)
    use: str = Field(max_length=60)
    contract: int | None = None
    matter: str = Field("", max_length=40)


class ReceiptIn(EntryIn):
    fund: str = Field(max_length=60)
    income: str = Field(max_length=12)


class TransferIn(EntryIn):
    fund: str = Field(max_length=60)
    to_book: int
    to_fund: str = Field(max_length=60)


class UseIn(Schema):
    use: str = Field(max_length=60, pattern="^[a-z0-9_]+$")
    title: str = Field(max_length=100)
    account: str = Field(max_length=12)
    amount: str = Field(max_length=30)


class BudgetIn(Schema):
    """`heads`: where the fund's budget depends on the number of people. `decision`: text of who decided it."""

    year: int = Field(ge=2000, le=2200)
    amount: str = Field(max_length=30)
    heads: int = Field(0, ge=0, le=1_000_000)
    uses: list[UseIn] = Field(max_length=60)
    decision: str = Field("", max_length=20_000)


class DecisionIn(Schema):
    """`approve`, or refuse with the reason."""

    approve: bool
    why: str = Field("", max_length=200)


class BudgetOut(Schema):
    fund: str
    year: int
    amount: str
    at: datetime
