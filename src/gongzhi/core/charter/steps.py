"""Steps, parts and outcomes from checked values: `signed_by`, `calls` and `with` become parts (R6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongzhi.core.charter.ballot import build_ballot
from gongzhi.core.charter.meeting import build_meeting
from gongzhi.core.charter.spec import (
    Apart,
    Extend,
    Holder,
    Late,
    Objection,
    Opens,
    Part,
    Pause,
    Result,
    Roll,
    Step,
    When,
)

Values = Mapping[str, Any]

_SHORT_FORMS = {"signed_by": "sign", "calls": "attend", "with": "help"}


def titles(values: Values) -> dict[str, str]:
    """Titles written short (`name: title`) or long (`name: {title: ...}`)."""
    return {name: item if isinstance(item, str) else item["title"] for name, item in values.items()}


def build_step(name: str, values: Values, common: Mapping[str, str]) -> Step:
    """One step; `common` are titles for outcomes written short."""
    do = values["do"]
    return Step(
        name=name,
        title=values["title"],
        do=do,
        by=values["by"] or Holder("organ"),
        asked_by=values["asked_by"],
        parts=tuple(_parts(values)),
        need=values["need"],
        within=values["within"],
        for_=values["for"],
        before=(values["before"]["date"], values["before"]["by"]) if values["before"] else None,
        from_=values["from"],
        ends_on=values["ends_on"],
        window=values["window"],
        extend=Extend(**values["extend"]) if values["extend"] else None,
        pause=_pause(values["pause"]),
        offer=do == "task" if values["offer"] is None else values["offer"],
        silence=values["silence"],
        rule=values["rule"],
        fund=values["fund"],
        roll=_roll(values["roll"]),
        ballot=build_ballot(values["ballot"]),
        asks=tuple(values["asks"]),
        makes=tuple(values["makes"]),
        publish=values["publish"]["board"] if values["publish"] else None,
        object=Objection(**values["object"]) if values["object"] else None,
        opens=Opens(**values["opens"]) if values["opens"] else None,
        for_matter=values["for_matter"],
        apart_from=tuple(_apart(item, do) for item in values["apart_from"]),
        meeting=build_meeting(values["meeting"]),
        room=values["room"],
        at_most=values["at_most"],
        beyond=values["beyond"],
        then={key: _result(key, item, common) for key, item in values["then"].items()},
        late=_late(values["late"]),
        when=tuple(When(line["if"], line["go"]) for line in values["when"]),
    )


def part_names(values: Values) -> Iterator[str]:
    """The names of all parts of a step, in order, doubles included."""
    yield from values["parts"]
    for key, word in _SHORT_FORMS.items():
        for item in values[key]:
            yield f"{word}.{_who(item)}"


def _who(item: Any) -> str:
    holder: Holder = item["who"] if isinstance(item, dict) else item
    return holder.name if holder.kind in ("field", "same") else str(holder)


def _parts(values: Values) -> Iterator[Part]:
    blocks = "blocks" if values["do"] == "payment" else "absent"
    for name, item in values["parts"].items():
        yield _part(name, item["by"], item["do"], item, blocks)
    for key, word in _SHORT_FORMS.items():
        for item in values[key]:
            long = item if isinstance(item, dict) else {"who": item}
            yield _part(f"{word}.{_who(item)}", long["who"], word, long, blocks)


def _part(name: str, by: Holder, do: str, item: Values, late: str) -> Part:
    return Part(
        name=name,
        by=by,
        do=do,
        title=item.get("title", ""),
        within=item.get("within"),
        if_=item.get("if"),
        at_least=item.get("at_least", 1),
        late=item.get("late") or late,  # type: ignore[arg-type]
    )


def _pause(values: Values | None) -> Pause | None:
    return Pause(titles(values["grounds"]), values["up_to"], values["at_most"]) if values else None


def _roll(values: Values | None) -> Roll | None:
    return Roll(values["of"], values["frozen"], tuple(values["weight"])) if values else None


def _apart(values: Values, do: str) -> Apart:
    return Apart(values["step"], values["level"] or ("organ" if do == "inspection" else "person"))


def _result(name: str, item: Any, common: Mapping[str, str]) -> Result:
    if isinstance(item, str):
        return Result(name, common.get(name, name), item)
    makes = None if item["makes"] is None else tuple(item["makes"])
    return Result(name, item["title"] or common.get(name, name), item["go"], makes, tuple(item["clean"]))


def _late(values: Values | None) -> Late:
    if not values:
        return Late()
    return Late(tuple(values["raise"]), values["assume"], values["rung"] or Late().rung)
