"""The words of formulas: each count says which lines of the log it takes. One table serves Python, SQL and the check.

A line of the log is an effect with what was known of its matter at that moment (`happenings.Line`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """Lines with this `event`; of them those whose `word` is listed, and whose `late`, `handed` are as said."""

    event: str
    words: tuple[str, ...] = ()
    late: bool | None = None
    handed: bool | None = None
    refusal: bool = False


ANSWERS = ("content", "partly", "not_content")
COUNTS: dict[str, Count] = {
    "filed": Count("Filed"),
    "answered": Count("Answered"),
    "answered_in_time": Count("Answered", late=False),
    "closed": Count("Closed"),
    "in_time": Count("Closed", late=False),
    "late": Count("Closed", late=True),
    "solved": Count("Closed", words=("content",)),
    "breaches": Count("Breached"),
    "raised": Count("Raised"),
    "passed_on": Count("Declined"),
    "reopened": Count("Reopened"),
    "confirmed": Count("Left", words=ANSWERS),
    "content": Count("Left", words=("content",)),
    "partly": Count("Left", words=("partly",)),
    "not_content": Count("Left", words=("not_content",)),
    "unanswered": Count("Left", words=("no_answer",)),
    "agreed": Count("Left", words=("agreed", "agreement", "settled", "mediated")),
    "not_agreed": Count("Left", words=("no_agreement", "not_agreed")),
    "refused_tasks": Count("Filed", refusal=True),
    "handed_down": Count("Filed", handed=True),
    "own_matters": Count("Filed", handed=False),
    "published": Count("Published"),
    "objections": Count("ObjectionChanged", words=("open",)),
    "upheld": Count("ObjectionChanged", words=("upheld",)),
}  # fmt: skip
# Working spans in whole hours, from filing to the event; a formula takes their median.
DURATIONS: dict[str, str] = {"to_answer": "Answered", "to_close": "Closed"}
# What a matter is; a formula may leave such matters out. `plain` is all the rest.
KINDS = ("plain", "withdrawn", "merged", "imported", "opened")
# Residents' ratings: under five of them nothing is shown (guardrail H15).
RATED = frozenset({"confirmed", "content", "partly", "not_content"})
# Guardrail H1: an upper target on these would press people not to speak.
FALLS_WHEN_PEOPLE_SPEAK = frozenset(
    {"filed", "objections", "upheld", "reopened", "not_content", "own_matters", "refused_tasks"}
)
