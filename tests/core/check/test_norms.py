"""Norms over numbers of a place, and what may be counted."""

import pytest

from gongzhi.core.charter.commitments import Norm
from gongzhi.core.check.norms import met

STAFF = Norm(
    "staff", "人员", {"households": "户数", "staff": "人数"},
    "staff * 400 >= households && staff >= 10", holds=(), fails=(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("households", "staff", "wanted"),
    [(4000, 10, True), (4001, 10, False), (100, 9, False), (100, 10, True)],
)
def test_a_norm_is_met_at_its_edge_and_not_beyond(households: int, staff: int, wanted: bool) -> None:
    assert met(STAFF, {"households": households, "staff": staff, "other": 1}) is wanted


def test_a_norm_without_its_numbers_is_not_computed() -> None:
    with pytest.raises(ValueError, match="staff"):
        met(STAFF, {"households": 100})
