"""A few hundred broken charters, and the sizes the check's speed is measured with."""

from benchmarks import check, mutations
from benchmarks.mutants import GOOD, Bases


def test_a_sample_of_broken_charters_is_refused_or_holds() -> None:
    """No crash, no hang, nothing proved that does not hold; the whole run is `gongzhi bench mutations`."""
    tally = mutations.Tally()
    mutations.generated(tally, 40)
    mutations.broken(tally, 100, Bases([GOOD / "minimal", GOOD / "shared_part"]))
    assert tally.bad == []
    assert tally.counts["guard: found"] > 25
    assert tally.counts["generated: proved"] > 5


def test_a_false_proof_would_be_noticed() -> None:
    """A charter that is called proved and whose matter cannot end."""
    tally = mutations.Tally()
    with mutations.bounded(tally, "crash"):
        raise KeyError("x")
    assert tally.bad == ["crash: crash: KeyError: 'x'"]


def test_two_hundred_steps_are_proved() -> None:
    proved, states = check._large()
    assert proved
    assert states > 500
