"""How long what says who somebody is stays in each table, and what takes it away: one table of rules.

`RULES` erases a row or empties its personal fields; `KEPT` says of every other personal field why it stays. A test
walks all tables: a personal field that is in neither fails. Lengths are ours where no law gives one (个人信息保护法 19:
as short as the purpose allows; 47: erased when it is reached); the transparency page says them.

Legal holds: nothing beside a matter is touched before the matter is final (it may still be reopened), while a matter
above or below it runs, or, for papers of the archive, before the archive's time (`records/matters/retention.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from gongzhi.records import models as T
from gongzhi.records.crypto import random_digest
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.people.models import Person, PersonalData

__all__ = ["KEPT", "RULES", "Rule", "erase_names", "erase_names_of"]

BATCH = 2_000  # rows in one transaction, so that nobody waits long
ERASED = "erased"  # the purpose of a row whose names are gone, so that it is not looked at again
Days = timedelta


@dataclass(frozen=True, slots=True)
class Rule:
    """`after`: how long after the end; `empty`: what the fields become (None: the row goes). `law`: why this long."""

    model: type[Model]
    fields: tuple[str, ...]
    after: timedelta
    due: Callable[[datetime], Q]
    empty: Mapping[str, Any] | None = None
    law: str = "PIPL 19, 47"
    fresh: tuple[str, ...] = field(default=())  # emptied by a random digest of its own, where the database asks for one

    def rows(self, now: datetime) -> QuerySet[Any]:
        """Rows whose time is over and that still say something."""
        found = self.model._default_manager.filter(self.due(now - self.after))
        return found.exclude(purpose=ERASED) if self.marked else found

    @property
    def links(self) -> list[str]:
        """The fields that lead to the person a row is about; who did something in a post is not meant."""
        fields = (self.model._meta.get_field(name) for name in self.fields)
        return [one.name for one in fields if one.related_model is Person and not one.name.endswith("_by")]

    @property
    def marked(self) -> bool:
        """Does the row itself say that its names are gone?"""
        return issubclass(self.model, PersonalData)


def _final(path: str) -> Callable[[datetime], Q]:
    """Rows of matters that ended for good before a time, with no matter above or below them that runs."""

    def due(before: datetime) -> Q:
        ended = T.Matter.objects.filter(status="final", closed_at__lt=before).exclude(parent__status__in=OPEN)
        running = T.Matter.objects.filter(status__in=OPEN, parent__isnull=False).values("parent")
        return Q(**{f"{path}__in": ended.exclude(pk__in=running).values("pk")})

    return due


def _before(name: str, **more: Any) -> Callable[[datetime], Q]:
    return lambda before: Q(**{f"{name}__lt": before}, **more)


def _roll(elections: bool) -> Callable[[datetime], Q]:
    ended, kind = _final("roll__matter"), Q(roll__matter__kind="election")
    return lambda before: ended(before) & (kind if elections else ~kind)


YEAR, MONTH = Days(366), Days(30)
RECALL = "Civil Code 280 and the rules of the Supreme People's Court: a decision may be attacked for a year"
ARCHIVE = "rules for elections: papers are kept three years at least"
NAMES = {"name": "", "unit": "", "salt": ""}
SAID = {"what": "", "answer": "", "person": None}

RULES: tuple[Rule, ...] = (
    Rule(T.RollEntry, ("name", "unit", "salt"), YEAR + MONTH, _roll(elections=False), NAMES, RECALL),
    Rule(T.RollEntry, ("name", "unit", "salt"), 3 * YEAR, _roll(elections=True), NAMES, ARCHIVE),
    Rule(T.RollObjection, ("what", "answer", "person"), YEAR + MONTH, _roll(elections=False), SAID, RECALL),
    Rule(T.RollObjection, ("what", "answer", "person"), 3 * YEAR, _roll(elections=True), SAID, ARCHIVE),
    Rule(T.OpenChoice, ("choice",), YEAR + MONTH, _final("mark__ballot__matter"), law=RECALL),
    Rule(
        T.PaperSheet, ("choice",), YEAR + MONTH,
        lambda before: _final("ballot__matter")(before) & Q(ballot__secrecy="open"), law=RECALL,
    ),
    Rule(
        T.Signature, ("person", "written", "written_index"), 3 * MONTH, _final("signature_list__matter"),
        {"person": None, "written": ""}, fresh=("written_index",),
    ),
    Rule(
        T.ProjectMember, ("person", "name", "duties", "same"), 3 * YEAR, _final("project"),
        {"person": None, "name": "", "duties": ""}, fresh=("same",),
    ),
    Rule(T.ReviewWord, ("text",), 3 * YEAR, _final("review__matter")),
    Rule(T.ReviewQuestion, ("text", "answer"), 10 * YEAR, _final("entry__day__matter")),
    Rule(T.SurveyAnswer, ("text",), 3 * YEAR, _final("sheet__consultation__matter"), {"text": ""}),
    Rule(
        T.Contribution, ("text", "appeal", "author"), 3 * YEAR,
        lambda before: _final("consultation__matter")(before) & ~Q(state="shown"),
        {"text": "", "appeal": "", "author": None},
    ),
    Rule(
        T.Contribution, ("author", "appeal"), 3 * YEAR,
        lambda before: _final("consultation__matter")(before) & Q(state="shown"), {"author": None, "appeal": ""},
    ),
    Rule(
        T.Attendance, ("person",), 3 * YEAR,
        lambda before: _final("meeting__matter")(before) & Q(person__isnull=False), {"person": None},
    ),
    Rule(
        T.MeetingMember, ("person",), 3 * YEAR,
        lambda before: _final("meeting__matter")(before) & Q(person__isnull=False), {"person": None},
    ),
    Rule(
        T.MeetingVoice, ("person",), 3 * YEAR,
        lambda before: _final("meeting__matter")(before) & Q(person__isnull=False), {"person": None},
    ),
    Rule(
        T.Objection, ("person",), 3 * YEAR,
        lambda before: _final("notice__matter")(before) & Q(person__isnull=False), {"person": None},
    ),
    Rule(T.Message, ("person",), YEAR, lambda before: Q(created_at__lt=before) & ~Q(matter__status__in=OPEN)
         & ~Q(status="queued")),
    Rule(T.Booking, ("person", "name", "contact", "made_by"), 3 * MONTH, _before("end")),
    Rule(T.Skill, ("what", "times", "person"), 3 * MONTH, _before("looked_at", state="declined")),
    Rule(T.Skill, ("what", "times", "person"), 2 * YEAR, _before("offered_at")),
    Rule(T.Organisation, ("applied_by", "contact"), YEAR, _before("decided_at", state="refused")),
    Rule(
        T.HelperConsent, ("resident_name", "witness"), 3 * YEAR, _before("at"), {"resident_name": "", "witness": ""},
        "Civil Code 188: three years to sue",
    ),
    Rule(T.SignInReset, ("person", "asked_by", "confirmed_by"), YEAR, _before("expires_at")),
    Rule(T.ApiToken, ("person",), MONTH, _before("expires_at")),
    Rule(T.SecondFactor, ("person", "secret"), Days(0), lambda _before: Q(person__is_active=False)),
)  # fmt: skip

_ACCOUNT = "until the person asks; then desk/forget.py empties it at once"
_POST = "who held a post and who put them there is part of the record of the self-government"
_BOOKS = "会计档案管理办法: vouchers and books 30 years, bank statements 10; the database refuses changes"
_TENDER = "政府采购法 42: papers of a procurement at least fifteen years; bidders are firms and organisations"
_KEYED = "a keyed digest that nobody reads back; it keeps one person to one vote, and ends with the key"
_NOBODY = "a table of strokes; nobody stands in it"
_LOG = "the right to know who looked: triggers refuse change; it names no words, only that somebody read"

# (table, field) -> why no rule takes it away.
KEPT: dict[tuple[str, str], str] = {
    ("Person", "display_name"): _ACCOUNT,
    ("Person", "phone"): _ACCOUNT,
    ("Person", "mail"): _ACCOUNT,
    ("Matter", "filer"): "one's own list of matters; the account it leads to is emptied when the person asks",
    ("Words", "subject"): "the words go by records/matters/retention.py; what stays says nothing",
    ("Words", "ciphertext"): "records/matters/retention.py, by kind, from the end of the matter",
    ("Words", "salt"): "goes with the words",
    ("AccessLog", "subject"): _LOG,
    ("SeatTerm", "person"): _POST,
    ("Answer", "written_by"): _POST,
    ("Answer", "published_by"): _POST,
    ("Appointment", "by"): _POST,
    ("Appointment", "ended_by"): _POST,
    ("Organisation", "decided_by"): _POST,
    ("HandCount", "teller"): _POST,
    ("HelperConsent", "helper"): _POST,
    ("HelperConsent", "resident"): "leads to an account, which is emptied when the person asks",
    ("SignInCode", "contact"): "records/people/signin.py takes the row away a day after it ran out",
    ("SignInCode", "contact_index"): "goes with the row",
    ("RollEntry", "contact_index"): _KEYED,
    ("SurveySheet", "voter"): _KEYED,
    ("Stance", "voter"): _KEYED,
    ("ReviewMark", "rater"): _KEYED,
    ("TallySheet", "sealed"): _NOBODY,
    ("ReviewSheet", "sealed"): _NOBODY,
    ("WorkCard", "done"): "what was done and by how many; names are not asked for",
    ("WorkCard", "problems"): "what was difficult; names are not asked for",
    ("WorkCard", "next"): "what comes next; names are not asked for",
    ("Commitment", "party"): _BOOKS,
    ("FundEntry", "party"): _BOOKS,
    ("FundEvidence", "ciphertext"): _BOOKS,
    ("FundEvidence", "salt"): _BOOKS,
    ("BankLine", "text"): _BOOKS,
}
KEPT.update({("Bid", one): _TENDER for one in ("bidder", "offer", "price", "same")})
KEPT.update({("Evaluator", one): _TENDER for one in ("name", "same")})


def erase_names(now: datetime) -> int:
    """Every rule, to the last row that is due. How many rows were emptied or deleted."""
    return sum(_apply(rule, now) for rule in RULES)


def erase_names_of(person: Person, now: datetime) -> int:
    """Somebody asked to be forgotten: of what leads to them, whatever is over goes now, not when its time has run."""
    done = 0
    for rule in RULES:
        for link in rule.links:
            found = rule.model._default_manager.filter(rule.due(now), **{link: person})
            due = list(found.order_by("pk").values_list("pk", flat=True))
            _erase(rule, due)
            done += len(due)
    return done


def _apply(rule: Rule, now: datetime) -> int:
    done = 0
    while due := list(rule.rows(now).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        _erase(rule, due)
        done += len(due)
    return done


@transaction.atomic
def _erase(rule: Rule, due: list[int]) -> None:
    table = rule.model._default_manager
    if rule.empty is None:
        table.filter(pk__in=due).delete()
        return
    values = {**rule.empty, **({"purpose": ERASED} if rule.marked else {})}
    if not rule.fresh:
        table.filter(pk__in=due).update(**values)
        return
    for pk in due:
        table.filter(pk=pk).update(**values, **{name: random_digest() for name in rule.fresh})
