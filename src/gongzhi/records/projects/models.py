"""Tables of review days and project groups. Promises about them are constraints: one leader, one treasurer.

Tenders and bids are in `tenders.py`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Act, Matter
from gongzhi.records.people.models import Person, PersonalData
from gongzhi.records.projects.tenders import Bid, BidMark, Evaluator, Tender, TenderTarget
from gongzhi.records.sealed import SealedText

__all__ = [
    "ASKERS",
    "CARD_KINDS",
    "DECIDED",
    "ROLES",
    "STAGES",
    "Bid",
    "BidMark",
    "Evaluator",
    "Milestone",
    "ProjectMember",
    "ReviewDay",
    "ReviewEntry",
    "ReviewQuestion",
    "Tender",
    "TenderTarget",
    "WorkCard",
]

ASKERS = ("resident", "committee", "street", "expert")
ROLES = ("leader", "treasurer", "member")
STAGES = ("survey", "application", "approval", "carrying_out", "supervision")
DECIDED = ("funded", "not_funded")
CARD_KINDS = ("work", "meeting")
MEANS = ("", "phone", "paper")


class ReviewDay(models.Model):
    """One day of one review matter. `weights`: sha256 of the rule as it stood when the day was sealed."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="review_day")
    weights = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=8)
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"review day of {self.matter_id}"


class ReviewEntry(models.Model):
    """A project in the order of presenting. `key` stands for it in counts; `project` is its matter, where it has one.

    `vulnerable`: it serves people in difficulty as a group (QY-34), nothing about anybody. Money in yuan.
    """

    day = models.ForeignKey(ReviewDay, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="review_entries")
    title = models.CharField(max_length=120)
    asked = models.PositiveIntegerField(default=0)
    vulnerable = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    presented_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(x, x) for x in DECIDED])
    granted = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="review_entry_once"),
            models.UniqueConstraint(
                fields=["day", "project"], condition=Q(project__isnull=False), name="review_project_once"
            ),
            models.CheckConstraint(condition=Q(outcome="funded") | Q(granted=0), name="review_money_only_if_funded"),
        ]

    def __str__(self) -> str:
        return f"{self.day_id} {self.number}"

    @property
    def key(self) -> str:
        return f"c{self.number}"


class ReviewQuestion(models.Model):
    """What was asked after a presentation, and the answer; who asked is a class of people, not a name."""

    entry = models.ForeignKey(ReviewEntry, on_delete=models.PROTECT, related_name="questions")
    by = models.CharField(max_length=10, choices=[(x, x) for x in ASKERS])
    text = SealedText()
    answer = SealedText()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.by}"


class ProjectMember(PersonalData):
    """Somebody of the group that carries a project out. `same` finds a person again without telling who it is.

    `person`: the account with this contact, where there is one. The duty contract is signed by the member, on the phone
    or on paper; then `contract` is the sha256 of what was signed, and `recorded_by` who entered a paper.
    """

    project = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="project_members")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="project_duties")
    name = SealedText()
    duties = SealedText()
    same = models.CharField(max_length=64)
    role = models.CharField(max_length=10, choices=[(x, x) for x in ROLES])
    resident = models.BooleanField()
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.CharField(max_length=5, blank=True, choices=[(x, x) for x in MEANS])
    contract = models.CharField(max_length=64, blank=True)
    recorded_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "same"], name="project_member_once"),
            models.UniqueConstraint(
                fields=["project", "role"], condition=~Q(role="member"), name="project_one_leader_one_treasurer"
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_by="", contract="")
                | (Q(signed_on__isnull=False) & ~Q(signed_by="") & ~Q(contract="")),
                name="project_signed_what_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(signed_by="paper") | ~Q(recorded_by=""), name="project_paper_entered_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.role}"


class Milestone(models.Model):
    """A step of the plan, with its days."""

    project = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    begins = models.DateField()
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="milestone_once"),
            models.CheckConstraint(condition=Q(due__gte=F("begins")), name="milestone_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.number}"


class WorkCard(models.Model):
    """A standard record card (QY-26): what was done on a day, how many took part; never who. `next`: what comes next.

    `kind` meeting: the group's regular meeting (QY-39). `act` carries the photos.
    """

    project = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="work_cards")
    stage = models.CharField(max_length=12, choices=[(x, x) for x in STAGES])
    kind = models.CharField(max_length=8, default="work", choices=[(x, x) for x in CARD_KINDS])
    day = models.DateField()
    people = models.PositiveIntegerField(default=0)
    done = SealedText()
    problems = SealedText()
    next = SealedText()
    made_at = models.DateTimeField()
    act = models.ForeignKey(Act, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["project", "day"], name="work_card_by_day")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.day}"
