"""Formulas that hold wherever this program runs, whatever a charter says; a charter's own of the same name wins.

Titles are codes here; `gongzhi.words.figures` says them. Sources: FT-12 (settled), WG-05 (time), SH-12 (satisfaction),
QY-01 and CY-31 (work handed down: the source says 90 %).
"""

from __future__ import annotations

from gongzhi.core.charter.commitments import Indicator

DONE = ("withdrawn", "merged", "imported")
HOUSE: dict[str, Indicator] = {
    one.name: one
    for one in (
        Indicator("house_answered", "answered", part="answered_in_time", whole="answered", leaves_out=("imported",)),
        Indicator("house_settled", "settled", part="in_time", whole="closed", leaves_out=DONE, source="FT-12"),
        Indicator("house_solved", "solved", part="solved", whole="closed", leaves_out=DONE),
        Indicator("house_content", "content", part="content", whole="confirmed", leaves_out=DONE[2:], source="SH-12"),
        Indicator("house_speed", "speed", median="to_close", leaves_out=DONE, source="WG-05"),
        Indicator("house_burden", "burden", part="handed_down", whole="filed", leaves_out=DONE[2:], source="QY-01"),
    )
}
