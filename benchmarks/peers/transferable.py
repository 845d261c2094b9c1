"""The single transferable vote by two libraries that share nothing: VoteKit and pyrankvote. Elections come as JSON."""

import json
import sys
import time
from pathlib import Path


def by_pyrankvote(election):
    from pyrankvote import Ballot, Candidate, single_transferable_vote

    people = [Candidate(str(one)) for one in range(election["size"])]
    papers = []
    for order, number in election["ballots"]:
        papers += [Ballot(ranked_candidates=[people[one] for one in order]) for _ in range(number)]
    start = time.process_time()
    found = single_transferable_vote(people, papers, number_of_seats=election["seats"])
    return sorted(int(one.name) for one in found.get_winners()), time.process_time() - start


def by_votekit(election):
    from votekit.ballot import RankBallot
    from votekit.elections import STV
    from votekit.pref_profile import RankProfile

    papers = tuple(
        RankBallot(ranking=tuple(frozenset({str(one)}) for one in order), weight=number)
        for order, number in election["ballots"]
    )
    profile = RankProfile(ballots=papers, candidates=tuple(str(one) for one in range(election["size"])))
    start = time.process_time()
    found = STV(profile, n_seats=election["seats"], simultaneous=False, tiebreak="first_place")
    elected = sorted(int(one) for group in found.get_elected() for one in group)
    return elected, time.process_time() - start


def main():
    elections = json.loads(Path(sys.argv[1]).read_text())
    answers = []
    for election in elections:
        row = {}
        for name, count in (("pyrankvote", by_pyrankvote), ("votekit", by_votekit)):
            try:
                row[name] = count(election)
            except Exception as error:  # a peer that cannot count an election says nothing about ours
                row[name] = (None, 0.0)
                print(name, type(error).__name__, error, file=sys.stderr)
        answers.append(row)
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
