"""A charter is proved before it is adopted: one file per family of findings, run here in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from gongzhi.core.charter.findings import Finding, Lines, has_errors, ordered
from gongzhi.core.charter.load import Loaded, load_charter
from gongzhi.core.charter.spec import Charter
from gongzhi.core.check import (
    clocks,
    conditions,
    decisions,
    disclosure,
    duties,
    english,
    indicators,
    loops,
    meetings,
    migration,
    money,
    norms,
    outcomes,
    paperwork,
    plans,
    posts,
    privacy,
    references,
    relations,
    rights,
    separation,
    soundness,
    times,
)

VERSIONS = "versions"  # earlier versions of a charter, by number, kept beside it

Family = Callable[[Charter, Lines], list[Finding]]

STATIC: dict[str, Family] = {
    "references": references.check,
    "clocks": clocks.check,
    "outcomes": outcomes.check,
    "loops": loops.check,
    "conditions": conditions.check,
    "separation": separation.check,
    "relations": relations.check,
    "posts": posts.check,
    "decisions": decisions.check,
    "meetings": meetings.check,
    "duties": duties.check,
    "rights": rights.check,
    "disclosure": disclosure.check,
    "money": money.check,
    "norms": norms.check,
    "indicators": indicators.check,
    "plans": plans.check,
    "paperwork": paperwork.check,
    "privacy": privacy.check,
    "migration": migration.check,
    "english": english.check,
}

# What must be in order before the engine's moves can be tried out at all.
EXPLORABLE = {"references", "clocks", "outcomes", "conditions", "duties"}


@dataclass(frozen=True)
class Report:
    """What the check of one charter gave. `proved`: `family` or `family:procedure`; times are days at most."""

    name: str
    charter: Charter | None
    findings: tuple[Finding, ...]
    proved: tuple[str, ...]
    worst: dict[str, times.Times]
    states: dict[str, int]

    @property
    def passed(self) -> bool:
        return not has_errors(self.findings)


def check_folder(folder: Path, law_folder: Path) -> Report:
    """Read and check the charter in a folder."""
    loaded = load_charter(folder, law_folder)
    report = check_loaded(loaded, Path(folder).name)
    return _with_versions(report, loaded, Path(folder), law_folder)


def _with_versions(report: Report, loaded: Loaded, folder: Path, law_folder: Path) -> Report:
    """The report with what the mapping of running matters lacks, where the version it is from lies in `versions/`."""
    new = loaded.draft
    rules = [one.migrates for one in new.procedures.values() if one.migrates] if new else []
    found: list[Finding] = []
    for version in sorted({rule.from_ for rule in rules}):
        old = load_charter(folder / VERSIONS / str(version), law_folder)
        if new is not None and old.charter is not None:
            found += migration.compare(old.charter, new, loaded.lines)
    if not found:
        return report
    charter = None if has_errors(found) else report.charter
    return replace(report, charter=charter, findings=tuple(ordered([*report.findings, *found])))


def check_loaded(loaded: Loaded, name: str = "") -> Report:
    """Every family that can say something sensible; a family that rests on another waits until that one is clean."""
    charter = loaded.draft
    if charter is None:
        return Report(name, None, loaded.findings, (), {}, {})
    found, proved, sound_so_far = list(loaded.findings), list[str](), set[str]()
    for family, check in _families(loaded).items():
        new = check(charter, loaded.lines)
        found += new
        if loaded.charter and not has_errors(new):
            sound_so_far.add(family)
            unseen = any(finding.severity == "warning" for finding in new)
            proved += (
                [] if unseen or _is_empty(charter, family) else [family]
            )  # a warning says that something was not looked at
    worst: dict[str, times.Times] = {}
    states: dict[str, int] = {}
    if sound_so_far >= EXPLORABLE:
        found += times.check(charter, loaded.law.calendar, loaded.lines)
        for procedure in charter.procedures.values():
            if loops.runs_at_once(procedure):
                continue  # reported already; entering such a loop would never stop
            explored = soundness.examine(charter, procedure.name, loaded.lines)
            found += explored.findings
            states[procedure.name] = explored.states
            if explored.proved:
                proved += [f"can_end:{procedure.name}", f"silence:{procedure.name}"]
        worst = _worst(charter, loaded)
    sound = None if has_errors(found) else charter
    return Report(charter.name or name, sound, tuple(ordered(found)), tuple(proved), worst, states)


def _is_empty(charter: Charter, family: str) -> bool:
    """Families about things this charter does not have prove nothing."""
    together = [p for p in charter.procedures.values() if p.migrates or p.after_merge]
    kept = {
        "migration": together, "rights": charter.rights, "money": charter.funds, "norms": charter.norms,
        "indicators": charter.indicators,
        "plans": charter.plans or [p for p in charter.procedures.values() if p.admitted],
    }  # fmt: skip
    return family in kept and not kept[family]


def _families(loaded: Loaded) -> dict[str, Family]:
    """All of them for a charter that could be read; where a value is missing, only those that need no whole."""
    if loaded.charter:
        return STATIC
    unread = any(finding.code.startswith("GZ0") and finding.severity == "error" for finding in loaded.findings)
    return {} if unread else {"references": references.check, "privacy": privacy.check}


def _worst(charter: Charter, loaded: Loaded) -> dict[str, times.Times]:
    found = {name: times.times(charter, item, loaded.law.calendar) for name, item in charter.procedures.items()}
    return {name: item for name, item in found.items() if item is not None}
