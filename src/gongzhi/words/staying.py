"""What a new version of a charter means for matters under way, in sentences."""

from __future__ import annotations

from gongzhi.desk.migrate import Stays
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters import actions, queries
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms


def stays_text(stays: Stays) -> str:
    """Why a matter stays under its version, in the words of that version."""
    matter = queries.by_number(stays.number)
    if matter is None:
        return stays.code
    charter = charter_by_digest(actions.read_state(matter.state).digest)
    return Speaker(Terms(charter), charter.procedures[matter.procedure]).refusal(stays.code, stays.args)
