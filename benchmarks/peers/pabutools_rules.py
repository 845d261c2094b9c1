"""What pabutools selects in one file by some rules, and how long each took; run in an environment that has it."""

from __future__ import annotations

import json
import sys
import time

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

RULES = {
    "greedy_cost_sat": lambda vote, profile: greedy_utilitarian_welfare(vote, profile, sat_class=Cost_Sat),
    "mes_cost_sat": lambda vote, profile: method_of_equal_shares(vote, profile, sat_class=Cost_Sat),
    "seq_phragmen": sequential_phragmen,
}


def main() -> None:
    sys.setrecursionlimit(10_000)
    vote, ballots = parse_pabulib(sys.argv[1])
    profile = ballots.as_multiprofile()  # equal ballots together: its faster form
    found = {}
    for rule in sys.argv[2:]:
        start = time.perf_counter()
        chosen = RULES[rule](vote, profile)
        found[rule] = {"seconds": time.perf_counter() - start, "selected": [project.name for project in chosen]}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
