"""Random walks through a charter: whatever the options offer is done, time jumps, and promises are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from gongzhi.core.calendar import CHINA, Calendar
from gongzhi.core.charter.spec import Charter, Field, Procedure
from gongzhi.core.decision import RuleVersion
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.engine import Outcome, advance, tick
from gongzhi.core.procedure.options import Option, options

START = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
JUMPS = (timedelta(minutes=1), timedelta(hours=3), timedelta(days=1), timedelta(days=4), timedelta(days=40))


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a walk: the act (None: only time passed), and the case before and after it."""

    act: Act | None
    before: Case
    outcome: Outcome
    at: datetime


def actors_of(charter: Charter) -> list[Actor]:
    """Everybody who could appear: each seat of each organ, organs without seats, the filer, a neighbour."""
    found = [Actor("filer-1", "filer"), Actor("resident-1", "resident")]
    for organ in charter.organs.values():
        found += [Actor(f"{organ.name}-{seat}", organ.name, seat) for seat in organ.seats] or [
            Actor(f"{organ.name}-1", organ.name)
        ]
    return found


def value_for(field: Field, charter: Charter, random: Random) -> Any:
    if field.type == "yesno":
        return random.random() < 0.5
    if field.type == "choice":
        return random.choice(list(field.choices))
    if field.type == "organ":
        return random.choice(list(charter.organs))
    if field.type == "subject":
        subjects = [subject for duty in charter.recurring.values() for subject in duty.each]
        return random.choice([one for one in subjects if "." in one] or subjects or list(charter.organs))
    if field.type == "date":
        return (START.date() + timedelta(days=random.randrange(30, 90))).isoformat()
    return random.randrange(0, 500) if field.type in ("number", "money") else "1"


def walk(charter: Charter, procedure: Procedure, calendar: Calendar, seed: int, turns: int = 60) -> Iterator[Turn]:
    """Walk until the matter is final or `turns` are over."""
    random = Random(seed)
    category = next((c.name for c in charter.categories.values() if c.procedure == procedure.name), "")
    category = category or random.choice([duty.category for duty in charter.duties] or [""])
    now = START
    fields = {
        f.name: value_for(f, charter, random) for f in procedure.fields.values() if f.given and f.class_ == "plain"
    }
    filing = Filing(procedure.name, "320106", category, {o: f"{o}-1" for o in charter.organs})
    act = Act("file", now, Actor("filer-1", "filer"), filing=filing, fields=fields)
    outcome = advance(charter, None, act, calendar)
    for _ in range(turns):
        now += random.choice(JUMPS)
        before = outcome.case
        settled = tick(charter, before, now, calendar)
        yield Turn(None, before, settled, now)
        outcome = settled
        if settled.case.control.status == "final":
            return
        act = _leader(charter, settled.case, now, random)
        if act is not None:
            outcome = advance(charter, settled.case, act, calendar)
            yield Turn(act, settled.case, outcome, now)
            continue
        chosen = _choose(charter, settled.case, random)
        if chosen is None:
            continue
        act = _act(charter, procedure, settled.case, *chosen, now, random)
        outcome = advance(charter, settled.case, act, calendar)
        yield Turn(act, settled.case, outcome, now)


def _choose(charter: Charter, case: Case, random: Random) -> tuple[Actor, Option] | None:
    """Mostly what moves the matter; now and then something else; sometimes nothing, so that clocks run out."""
    if random.random() < 0.15:
        return None
    open_to = [(actor, o) for actor in actors_of(charter) for o in options(charter, case, actor) if not o.blocked]
    if not open_to:
        return None
    kind = random.choice(sorted({option.kind for _, option in open_to} - _rare(random)) or [open_to[0][1].kind])
    return random.choice([pair for pair in open_to if pair[1].kind == kind] or open_to)


def _rare(random: Random) -> set[str]:
    return set() if random.random() < 0.05 else {"withdraw", "set_aside"}


def leads(case: Case, charter: Charter, random: Random, now: datetime) -> dict[str, str]:
    """What is true of a leader that some office answers for."""
    organ = random.choice([name for name in charter.organs if name in case.cast])
    due = now + random.choice(JUMPS)
    return {"answers": organ, "instance": case.cast[organ], "due": due.isoformat()}


def _leader(charter: Charter, case: Case, now: datetime, random: Random) -> Act | None:
    """What the leader of a merged matter does: it moves on, or it ends."""
    if case.control.status != "following" or random.random() < 0.3:
        return None
    machine = Actor("system", "system")
    if random.random() < 0.5:
        return Act("lead", now, machine, to="LEADER", fields=leads(case, charter, random, now))
    return Act("leader_ended", now, machine, outcome="settled")


def _act(
    charter: Charter, procedure: Procedure, case: Case, actor: Actor, option: Option, now: datetime, random: Random
) -> Act:
    if option.kind == "merge":
        return Act(
            "merge",
            now,
            actor,
            visit=case.visit,
            to="LEADER",
            ground="same pipe",
            fields=leads(case, charter, random, now),
        )
    targets = [t for t in option.targets if option.kind == "set_aside" or t != actor.organ]
    state = random.choice(["upheld", "rejected"]) if option.kind == "answer_objection" else ""
    if option.kind == "part" and random.random() < 0.2:
        state = "refused"
    return Act(
        option.kind,
        now,
        actor,
        visit=case.visit if option.kind != "reopen" else "",
        outcome=option.outcome,
        part=option.part or (f"o{random.randrange(10**6)}" if option.kind == "object" else ""),
        state=state or ("3" if option.kind == "rate" else ""),
        count=option.at_least,
        to=random.choice(targets) if targets else "",
        ground=random.choice(option.grounds) if option.grounds else "依据",
        channel="counter",
        fields={name: value_for(procedure.fields[name], charter, random) for name in option.needs_fields},
        documents=dict.fromkeys(option.needs_documents, "digest"),
        counts=_counts(charter, procedure, case, random) if option.kind == "done" and not option.outcome else {},
    )


def _counts(charter: Charter, procedure: Procedure, case: Case, random: Random) -> dict[str, int]:
    rule = charter.rules[procedure.steps[case.control.step].rule or ""][-1]
    total = random.randrange(1, 100)
    some = random.randrange(0, total + 1)
    sizes = {"present": some, "yes": random.randrange(0, some + 1), "area_present": some, "area_yes": 0}
    return {name: sizes.get(name, total) for name in rule.counts} | _counts_of_kind(rule, some, random)


def _counts_of_kind(rule: RuleVersion, present: int, random: Random) -> dict[str, int]:
    """What a scoring, rating or election counts beside who was there."""
    options = "abcd"
    if rule.kind == "scoring":
        names = [one.name for one in rule.terms.criteria]
        points = {f"score.{o}.{n}": random.randrange(0, present * rule.terms.most + 1) for o in options for n in names}
        return points | {f"lot.{option}": at for at, option in enumerate(options, 1)}
    if rule.kind == "rating":
        groups, grades = rule.terms.groups, rule.terms.grades
        return {f"grade.{group.name}.{random.choice(grades).name}": present // len(groups) for group in groups}
    if rule.kind == "budget":
        papers = {f"set.{names}": present // 3 for names in ("a", "a.b", "c")}
        return papers | {"money": 100, "cost.a": 40, "cost.b": 70, "cost.c": random.randrange(1, 150)}
    if rule.kind == "election" and rule.terms.method == "votes":
        seats = {} if rule.terms.seats else {"seats": 2}
        return seats | {f"yes.{option}": random.randrange(0, present + 1) for option in options}
    return {}
