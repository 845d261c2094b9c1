"""The proofs against the slow way: whatever is proved holds in every state with its true counters."""

import networkx as nx
import pytest

from gongzhi.core.check import loops, soundness, space
from gongzhi.core.check.values import fields_used
from gongzhi.core.check.view import edges
from tests.core.check.procedures import NOWHERE, all_states, charter_of, choice, procedure, random_procedure, task

SEEDS = range(1500)


def proved(seed: int) -> bool | None:
    """The verdict of the check; None where a loop of choices could not even be entered."""
    one = random_procedure(seed)
    if loops.runs_at_once(one):
        return None
    return not loops.has_loop(one) and soundness.examine(charter_of(one), one.name, NOWHERE).proved


def test_nothing_is_proved_that_does_not_hold() -> None:
    """1,500 random procedures: what is proved ends on every path, whatever people choose."""
    counts = {True: 0, False: 0, None: 0}
    for seed in SEEDS:
        verdict = proved(seed)
        counts[verdict] += 1
        if verdict:
            states = all_states(random_procedure(seed))
            assert states is not None
            graph = nx.DiGraph(states)
            assert nx.is_directed_acyclic_graph(graph), seed
            assert all(control.status == "final" for control in graph if not graph[control]), seed
    assert counts[True] > 200
    assert counts[False] > 200


def test_a_loop_without_any_counter_is_always_found() -> None:
    for seed in SEEDS:
        one = random_procedure(seed)
        if loops.runs_at_once(one):
            continue
        plain = nx.DiGraph((edge.source, edge.target) for edge in edges(one) if edge.label != "*beyond")
        plain.remove_nodes_from([name for name, step in one.steps.items() if step.at_most is not None])
        if not nx.is_directed_acyclic_graph(plain):
            assert loops.has_loop(one), seed


def test_every_true_state_is_in_the_lean_space() -> None:
    """Forgetting only adds: a state that can really be reached is among the explored ones."""
    for seed in range(300):
        one = random_procedure(seed)
        if loops.runs_at_once(one):
            continue
        explored = space.explore(charter_of(one), one)
        asked = bool(fields_used(one))  # what no condition looks at is forgotten
        lean = {(control.step, control.end, control.given) for control in explored.ways}
        true = all_states(one)
        assert {(control.step, control.end, control.given if asked else ()) for control in true or ()} <= lean, seed


def test_two_loops_with_counters_can_still_go_round_together() -> None:
    """R28: each loop has its number, but using up one leads back into the other."""
    one = procedure(task("a", "b", at_most=1, beyond="b"), task("b", "a", "end", at_most=1, beyond="a"), ends=("end",))
    assert loops.has_loop(one)
    assert loops.runs_at_once(one)


def test_a_bounded_loop_is_proved() -> None:
    one = procedure(task("a", "b"), task("b", "a", "end", at_most=3, beyond="end"))
    found = soundness.examine(charter_of(one), one.name, NOWHERE)
    assert found.proved
    assert not loops.has_loop(one)


def test_a_trap_is_shown_with_the_way_into_it() -> None:
    one = procedure(task("a", "b", "end"), task("b", "c"), task("c", "b"))
    (finding,) = [f for f in soundness.examine(charter_of(one), one.name, NOWHERE).findings if f.code == "GZ505"]
    assert finding.path == ("a", "[to_b]", "b")


@pytest.mark.parametrize(("most", "cut"), [(2, True), (100, False)])
def test_exploration_says_when_it_was_cut(most: int, cut: bool) -> None:
    one = procedure(task("a", "b"), task("b", "c"), task("c", "end"))
    assert space.explore(charter_of(one), one, most).cut is cut


def test_only_possible_branches_of_a_choice_are_taken() -> None:
    """Between two choices nothing waits, so that no correction comes between them."""
    one = procedure(
        task("a", "x", asks=("f",)),
        choice("x", "f", "y", "end"),
        choice("y", "f", "end", "c"),
        task("c", "end"),
    )
    explored = space.explore(charter_of(one), one)
    assert "c" not in {control.step for control in explored.ways}
