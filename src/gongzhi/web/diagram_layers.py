"""Which step of a drawn procedure stands in which layer, and in which order within it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["back_edges", "lanes", "layers"]

SWEEPS = 4

Pair = tuple[str, str]


def back_edges(names: Sequence[str], pairs: Sequence[Pair]) -> set[Pair]:
    """Moves that lead back to a step already on the way: without them there is no circle. Order of `names` decides."""
    after = {name: [end for start, end in pairs if start == name] for name in names}
    found: set[Pair] = set()
    state: dict[str, int] = {}
    for root in names:
        if root in state:
            continue
        state[root] = 1
        path = [(root, iter(after[root]))]
        while path:
            name, rest = path[-1]
            end = next(rest, None)
            if end is None:
                state[name] = 2
                path.pop()
            elif state.get(end) == 1:
                found.add((name, end))
            elif end not in state:
                state[end] = 1
                path.append((end, iter(after[end])))
    return found


def layers(names: Sequence[str], pairs: Sequence[Pair], back: set[Pair], most: int) -> list[list[str]]:
    """Steps by layer: every forward move goes down, at most `most` stand side by side, few lines cross."""
    forward = [pair for pair in dict.fromkeys(pairs) if pair not in back]
    level = _levels(names, forward, most)
    rows: list[list[str]] = [[] for _ in range(max(level.values()) + 1)]
    for name in names:
        rows[level[name]].append(name)
    for _ in range(SWEEPS):
        _untangle(rows, forward)
    return rows


def _levels(names: Sequence[str], forward: Sequence[Pair], most: int) -> dict[str, int]:
    """The lowest layer below all steps that lead here and not yet full."""
    level: dict[str, int] = {}
    full: dict[int, int] = {}
    for name in _in_order(names, forward):
        at = max((level[start] + 1 for start, end in forward if end == name), default=0)
        while full.get(at, 0) >= most:
            at += 1
        level[name] = at
        full[at] = full.get(at, 0) + 1
    used = sorted(set(level.values()))
    return {name: used.index(at) for name, at in level.items()}


def _in_order(names: Sequence[str], forward: Sequence[Pair]) -> list[str]:
    """Steps so that each follows all that lead to it; ties as in `names`."""
    waiting = {name: sum(end == name for _, end in forward) for name in names}
    order: list[str] = []
    while waiting:
        ready = next(name for name, count in waiting.items() if count == 0)
        del waiting[ready]
        order.append(ready)
        for start, end in forward:
            if start == ready:
                waiting[end] -= 1
    return order


def _untangle(rows: list[list[str]], forward: Sequence[Pair]) -> None:
    """Moves each step near the middle of its neighbours above and below (barycentre)."""
    at = {name: (index + 0.5) / len(row) for row in rows for index, name in enumerate(row)}

    def middle(name: str) -> float:
        near = [at[start] for start, end in forward if end == name] + [
            at[end] for start, end in forward if start == name
        ]
        return sum(near) / len(near) if near else at[name]

    for row in rows:
        row.sort(key=middle)
        at.update({name: (index + 0.5) / len(row) for index, name in enumerate(row)})


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """A lane for each span of layers: spans that meet get different lanes, short ones lie inside."""
    taken: list[list[tuple[int, int]]] = []
    lane_of = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda i: (spans[i][1] - spans[i][0], i)):
        low, high = spans[index]
        lane = 0
        while lane < len(taken) and not all(high <= a or b <= low for a, b in taken[lane]):
            lane += 1
        taken.extend([] for _ in range(lane + 1 - len(taken)))
        taken[lane].append(spans[index])
        lane_of[index] = lane
    return lane_of
