"""Reads: a review day with its entries, projects of places, the group of a project."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from gongzhi.records.matters.models import Matter
from gongzhi.records.projects.models import Milestone, ProjectMember, ReviewDay, ReviewEntry

KIND = "project"


def day_of(matter: Matter) -> ReviewDay | None:
    return ReviewDay.objects.select_related("matter").filter(matter=matter).first()


def entries_of(day: ReviewDay) -> list[ReviewEntry]:
    """In the order of presenting, with how many questions were asked."""
    rows = day.entries.select_related("place", "project").annotate(asked_times=Count("questions"))
    return list(rows.order_by("number"))


def unheard(day: ReviewDay) -> list[ReviewEntry]:
    """Who has not presented, or was not asked, or has not answered yet."""
    rows = day.entries.annotate(n=Count("questions"))
    return list(rows.filter(Q(presented_at=None) | Q(answered_at=None) | Q(n=0)).order_by("number"))


def projects_in(path: str, procedures: list[str]) -> QuerySet[Matter]:
    """Public projects at and below a place, the latest first."""
    rows = Matter.objects.filter(public=True, place__path__startswith=path, procedure__in=procedures)
    return rows.select_related("place").order_by("-pk")


def members_of(project: Matter) -> list[ProjectMember]:
    order = {"leader": 0, "treasurer": 1, "member": 2}
    return sorted(project.project_members.order_by("pk"), key=lambda row: order[row.role])


def milestones_of(projects: list[Matter]) -> dict[int, list[Milestone]]:
    """Of many projects in one query."""
    found: dict[int, list[Milestone]] = {project.pk: [] for project in projects}
    for row in Milestone.objects.filter(project__in=projects).order_by("project_id", "number"):
        found[row.project_id].append(row)
    return found


def granted_to(projects: list[Matter]) -> dict[int, int]:
    """Yuan granted on a review day, by project."""
    rows = ReviewEntry.objects.filter(project__in=projects, outcome="funded")
    return dict(rows.values_list("project_id", "granted"))
