"""What a story expects, compared with what the API shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.calendar import CHINA


@dataclass(frozen=True)
class Seen:
    """A matter and its log as the API shows them at a time; `refused` counts the refusals of the story."""

    matter: Mapping[str, Any]
    log: list[Mapping[str, Any]]
    at: datetime
    refused: int = 0

    def effects(self, *names: str) -> list[Mapping[str, Any]]:
        return [effect for act in self.log for effect in act["effects"] if effect["effect"] in names]


def differences(wanted: Mapping[str, Any], seen: Seen) -> list[str]:
    """One line for each thing that is not as expected."""
    found = []
    for name, value in wanted.items():
        if name == "because":
            if str(value) not in _because(seen):
                found.append(_("because：没有“{wanted}”，只有 {actual}").format(wanted=value, actual=_because(seen)))
            continue
        actual = _due(value, seen) if name == "due" else LOOK[name](seen)
        expected = _dates(value) if name == "due" else value
        if actual != expected:
            found.append(_("{name}：应为 {wanted}，实为 {actual}").format(name=name, wanted=expected, actual=actual))
    return found


def _because(seen: Seen) -> str:
    last = seen.log[-1]
    return json.dumps([last["because"], last["why"]], ensure_ascii=False)


def _dates(value: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(due) for name, due in value.items()}


def _due(value: Mapping[str, Any], seen: Seen) -> dict[str, str]:
    """The running clocks that are asked for: as a day, or to the minute where a time is expected."""
    running = {one["name"]: datetime.fromisoformat(one["due"]).astimezone(CHINA) for one in seen.matter["deadlines"]}
    found = {}
    for name, wanted in value.items():
        due = running.get(name)
        is_day = isinstance(wanted, date) and not isinstance(wanted, datetime)
        found[name] = "-" if due is None else due.date().isoformat() if is_day else f"{due:%Y-%m-%d %H:%M}"
    return found


def _days_since_filing(seen: Seen) -> int:
    filed = datetime.fromisoformat(seen.matter["filed_at"]).astimezone(CHINA).date()
    return (seen.at.astimezone(CHINA).date() - filed).days


def _offices_tried(seen: Seen) -> int:
    """How many offices had the matter in hand or turned it away: a runaround needs three."""
    return len({effect["organ"] for effect in seen.effects("Accepted", "Declined", "Assigned")})


LOOK: dict[str, Callable[[Seen], Any]] = {
    "step": lambda seen: seen.matter["step"],
    "phase": lambda seen: seen.matter["phase"],
    "status": lambda seen: seen.matter["status"],
    "answers": lambda seen: (seen.matter["answers"] or {}).get("key"),
    "holder": lambda seen: seen.matter["holder"],
    "end": lambda seen: seen.matter["end"],
    "passes": lambda seen: seen.matter["passes"],
    "breach": lambda seen: seen.matter["breach"],
    "raised": lambda seen: seen.matter["raised"],
    "breaches": lambda seen: len(seen.effects("Breached")),
    "days_since_filing": _days_since_filing,
    "offices_tried": _offices_tried,
    "refused": lambda seen: seen.refused,
}
