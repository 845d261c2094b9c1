"""Counting whole ballots: reading them from a file, adding them up, and the single transferable vote."""

from gongzhi.core.decision.tally.ballots import BallotFileError, Ballots, Candidate
from gongzhi.core.decision.tally.blt import read_blt
from gongzhi.core.decision.tally.stv import Round, StvCount, decimals, stv
from gongzhi.core.decision.tally.sums import Sums, approval, best, plurality, score, yes_no
from gongzhi.core.decision.tally.table import read_csv

__all__ = [
    "BallotFileError", "Ballots", "Candidate", "Round", "StvCount", "Sums", "approval", "best", "decimals",
    "plurality", "read_blt", "read_csv", "score", "stv", "yes_no",
]  # fmt: skip
