"""Forms about money as data: what each asks, how it is read, and the paper that comes with it.

What was typed comes back when something is wrong, and a paper once handed in stays: the form carries its digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.core.money import BadAmount, parse_yuan
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds import NewEntry
from gongzhi.records.funds.actions import keep_evidence
from gongzhi.records.funds.models import FundBook, FundEvidence
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.matters.queries import by_number
from gongzhi.web.files import BadFile, check_file
from gongzhi.words.funds import funds_refusal

__all__ = ["MoneyForm", "Option", "amount_field", "entry_fields", "select"]

LARGEST = 5 * 1024 * 1024
Option = dict[str, str]
# What a refusal is about, so that the summary leads there.
ABOUT = {
    "amount": ("over_budget", "over_contract", "fund_short", "share_kept", "amount_not_positive", "amount_empty",
               "amount_not_a_number", "amount_decimals", "amount_too_large", "below_least", "lines_over_amount"),
    "evidence": ("evidence_missing", "evidence_too_large", "evidence_kind", "decision_missing"),
    "text": ("text_missing", "personal_in_text"), "day_year": ("in_future", "month_closed", "not_a_day"),
    "heads": ("heads_missing",), "needs": ("needs_missing",), "fund": ("no_fund",),
    "use": ("outside_earmark", "does_not_spend"),
}  # fmt: skip


@dataclass
class MoneyForm:
    """One form as it was sent. `values` come back into the fields; `errors` says what is wrong, by field."""

    request: HttpRequest
    book: FundBook
    errors: dict[str, str] = field(default_factory=dict)
    evidence: str = ""

    def get(self, name: str, default: str = "") -> str:
        return self.request.POST.get(name, self.request.GET.get(name, default)).strip()[:500]

    def cents(self, name: str = "amount") -> int:
        """Raises Refused with the code of what is wrong."""
        try:
            return parse_yuan(self.get(name))
        except BadAmount as fault:
            raise Refused(fault.code) from fault

    def day(self) -> date:
        parts = [self.get(f"day_{part}") for part in ("year", "month", "day")]
        try:
            return date(*(int(one) for one in parts))
        except ValueError as fault:
            raise Refused("not_a_day") from fault

    def paper(self) -> str:
        """The digest of the paper: handed in now, or with the same form a moment ago."""
        before = self.get("evidence_digest")
        if FundEvidence.objects.filter(book=self.book, digest=before).exists():
            self.evidence = before
        file = self.request.FILES.get("evidence")
        if file is not None:
            self.evidence = keep_evidence(self.book, *_checked(file))
        return self.evidence

    def entry(self) -> NewEntry:
        """What every entry has. The paper is kept first: it shall not be lost when something else is wrong."""
        evidence = self.paper()
        number = tidy(self.get("matter"))
        return NewEntry(self.day(), self.get("text")[:200], evidence, self.get("party"), self.get("party_kind"),
                        by_number(number) if number else None, self.get("visit"),
                        self.get("account") or "1002")  # fmt: skip

    def refused(self, refused: Refused) -> None:
        name = next((name for name, codes in ABOUT.items() if refused.code in codes), "")
        self.errors[name] = funds_refusal(refused.code, refused.args_map) or refused.code

    def summary(self) -> list[dict[str, str]]:
        """The errors for the top of the page."""
        links = {"day_year": "#day-year", "": ""}
        return [{"text": text, "href": links.get(name, f"#{name}")} for name, text in self.errors.items()]


def _checked(file: Any) -> tuple[bytes, str]:
    if file.size > LARGEST:
        raise Refused("evidence_too_large")
    try:
        found = check_file(file.name or "", file.read())
    except BadFile as fault:
        raise Refused("evidence_kind") from fault
    return found.content, found.media_type


def select(name: str, label: str, options: Sequence[Option], hint: str = "") -> dict[str, Any]:
    return {"as": "select", "name": name, "label": label, "options": list(options), "hint": hint}


def amount_field() -> dict[str, Any]:
    return {"as": "text", "name": "amount", "label": _("金额（元）"), "hint": _("如 1234.50，最多两位小数"),
            "inputmode": "decimal", "width": 10}  # fmt: skip


def entry_fields(party: str = "", paper: str = "") -> list[dict[str, Any]]:
    """What every entry asks. `party`: the label of who paid or is paid; empty: nobody."""
    who: list[dict[str, Any]] = [
        {"as": "text", "name": "party", "label": party, "hint": _("个人的名字公开时只显示姓")},
        {"as": "radios", "name": "party_kind", "label": _("对方是"),
         "options": [{"value": "organisation", "text": _("单位")}, {"value": "person", "text": _("个人")}]},
    ] if party else []  # fmt: skip
    return [
        {
            "as": "text",
            "name": "text",
            "label": _("摘要：做什么用"),
            "hint": _("会公开。不要写姓名、电话、证件号、病情"),
        },
        *who,
        {"as": "date", "name": "day", "label": _("哪一天")},
        {
            "as": "upload",
            "name": "evidence",
            "label": paper or _("票据：发票、收据或照片"),
            "hint": _("JPG、PNG、PDF、Word、Excel，5 MB以内"),
        },
    ]
