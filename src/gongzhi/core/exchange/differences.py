"""What one version of a charter changes against another: codes and keys, for sentences made above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.exchange.plain import procedure_plain, step_plain

How = Literal["added", "removed", "changed"]
APART = frozenset(
    ["digest", "rules", "english", "covers", "procedures", "adopted_by", "parameter_titles"]
)  # compared otherwise, or no one's business
INSIDE = frozenset(["steps", "ends", "procedure", "covers"])


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is the noun (organs, duties, steps ...), `key` which one, `procedure` in which procedure.

    `before` and `after` are the values themselves; None where there is none.
    """

    what: str
    key: str
    how: How
    procedure: str = ""
    before: Any = None
    after: Any = None


def differences(old: Charter, new: Charter) -> list[Change]:
    """Every change, the institution first, then procedure by procedure. Nothing for equal charters."""
    found: list[Change] = []
    for field in fields(Charter):
        if field.name not in APART:
            found += _values(field.name, getattr(old, field.name), getattr(new, field.name))
    found += _mapped("procedures", old.procedures, new.procedures, changed=False)
    for name in [name for name in new.procedures if name in old.procedures]:
        found += _procedures(old.procedures[name], new.procedures[name])
    return found


def _values(what: str, old: Any, new: Any) -> Iterator[Change]:
    if isinstance(new, Mapping):
        yield from _mapped(what, old, new)
    elif isinstance(new, tuple):
        yield from _listed(what, old, new)
    elif old != new:
        yield _change(what, "", old, new)


def _mapped(
    what: str, old: Mapping[str, Any], new: Mapping[str, Any], procedure: str = "", changed: bool = True
) -> Iterator[Change]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if before != after and (changed or before is None or after is None):
            yield _change(what, key, before, after, procedure)


def _listed(what: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Change]:
    """A line that speaks of the same thing as before (a duty's category) is changed, any other comes or goes."""
    before, after = ({_key(item): item for item in items} for items in (old, new))
    yield from _mapped(what, before, after)


def _key(item: Any) -> str:
    category, at = getattr(item, "category", None), getattr(item, "at", None)
    return f"{category}@{at}" if category is not None else str(item)


def _procedures(old: Procedure, new: Procedure) -> Iterator[Change]:
    before, after = procedure_plain(old), procedure_plain(new)
    for key in dict.fromkeys([*before, *after]):
        if key not in INSIDE and before.get(key) != after.get(key):
            yield _change(key, "", before.get(key), after.get(key), new.name)
    for key in dict.fromkeys([*old.steps, *new.steps]):
        one, other = old.steps.get(key), new.steps.get(key)
        if one is None or other is None or step_plain(one) != step_plain(other):
            yield _change("steps", key, one, other, new.name)
    yield from _mapped("ends", old.ends, new.ends, new.name)


def _change(what: str, key: str, before: Any, after: Any, procedure: str = "") -> Change:
    how: How = "added" if before is None else "removed" if after is None else "changed"
    return Change(what, key, how, procedure, before, after)
