"""A review day: 23 communities, 120 voters on screens and paper, a ranking anybody can work out from the published count."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from gongzhi.core.recount import recount
from gongzhi.desk import ballots_cast as casting
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk import reviewing as review
from gongzhi.desk.audit import audit
from gongzhi.desk.ballots_paper import Read, read_papers
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.review_ready import Ranked, ranking, unexplained
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects.models import ReviewDay
from tests.support.community import MONDAY
from tests.support.voting import Polls, code, voters

HOUR = timedelta(hours=1)
CLOSES = MONDAY + timedelta(hours=8)
SCRIPT = Path(__file__).parents[2] / "docs" / "review-day.md"


def day_of(polls: Polls, many: int) -> ReviewDay:
    """A day with so many projects, none presented yet."""
    new = NewMatter(polls.community.place, "review", procedure="review", charter=polls.version, public=True,
                    words={"what": "项目评审"})  # fmt: skip
    matter = file_matter(new, polls.community.who["resident"], MONDAY, None).matter
    day = review.begin(matter, polls.director, MONDAY)
    for n in range(1, many + 1):
        review.add(day, review.NewEntry(polls.community.place, f"{n}号项目", 10_000), polls.director, MONDAY)
    return day


def hear(polls: Polls, day: ReviewDay, at=MONDAY) -> None:  # type: ignore[no-untyped-def]
    for entry in day.entries.order_by("number"):
        review.start(entry, polls.director, at)
        review.presented(entry, polls.director, at)
        review.ask(entry, "resident", "钱用完了谁来管？", "居民值日。", polls.director, at)
        review.answered(entry, polls.director, at)


def ballot_of(polls: Polls, day: ReviewDay, many: int) -> Ballot:
    """All heard; the roll frozen, the paper set, nothing open."""
    visit = Matter.objects.get(pk=day.matter_id).visit
    take_step(day.matter.number, Draft("done", visit=visit, outcome="heard"), polls.director, MONDAY, None)
    ballot = Ballot.objects.select_related("matter", "roll").get(matter=day.matter)
    lead.add_to_roll(ballot.roll, voters(many), polls.director, MONDAY)
    lead.freeze(ballot.roll, polls.director, MONDAY)
    review.set_paper(ballot, CLOSES, polls.director, MONDAY)
    return polls.fresh(ballot)


def points(voter: int, cells: int) -> list[str]:
    """What somebody gives, different for each."""
    return [str((voter * 7 + cell * cell * 3 + voter * cell) % 6) for cell in range(cells)]


def test_a_day_of_23_communities_and_120_voters_is_ranked_as_anybody_can_work_out(polls: Polls, tmp_path: Path) -> None:
    day = day_of(polls, 23)
    hear(polls, day)
    ballot = ballot_of(polls, day, 120)
    lead.open_ballot(ballot, polls.director, MONDAY)
    ballot, cells = polls.fresh(ballot), 23 * 3
    for n in range(1, 81):
        casting.cast(ballot, polls.voter(n), points(n, cells), MONDAY + HOUR)
    papers = [Read(n, tuple(points(n, cells))) for n in range(81, 117)]  # four stay away
    assert casting.hand_in(ballot, range(81, 117), polls.director, MONDAY + HOUR) == []
    for reader in (polls.director, polls.member):
        assert read_papers(ballot, papers, reader, MONDAY + HOUR) == []
    polls.close(ballot, CLOSES)

    ballot = polls.fresh(ballot)
    rows = ranking(day)
    expected = by_hand(23, range(1, 117))
    assert [(f"c{row.entry.number}", row.sum) for row in rows] == expected
    file = tmp_path / "count.json"
    file.write_text(json.dumps(ballot.file))
    script = re.search(r"```python\n(.*?)```", SCRIPT.read_text("utf-8"), re.DOTALL)
    assert script
    said = subprocess.run([sys.executable, "-", str(file)], input=script[1], capture_output=True, text=True, check=True)
    told = [(key, int(total)) for _place, key, total in (line.split() for line in said.stdout.splitlines())]
    assert told == expected
    ((_key, counts, verdict),) = recount(json.loads(file.read_text()))
    assert verdict.chosen == tuple(key for key, _sum in expected) and counts["present"] == 116
    assert max(len(line["marks"]) for line in ballot.file["ballots"]) == 1  # nobody's whole paper is published
    assert audit().broken == []


def by_hand(projects: int, who: range) -> list[tuple[str, int]]:
    """The ranking worked out from what each voter gave, without the program."""
    weights, sums = (40, 30, 30), []
    for n in range(projects):
        cells = [sum(int(points(voter, projects * 3)[3 * n + at]) for voter in who) for at in range(3)]
        total = sum(weight * cell for weight, cell in zip(weights, cells, strict=True))
        sums.append((total, cells[0], f"c{n + 1}"))
    return [(key, total) for total, _first, key in sorted(sums, key=lambda one: (-one[0], -one[1], one[2]))]


def test_nobody_scores_before_every_project_was_heard_and_asked(polls: Polls) -> None:
    day = day_of(polls, 3)
    first, *rest = day.entries.order_by("number")
    assert code(lambda: review.ask(first, "expert", "多少人？", "三十人。", polls.director, MONDAY)) == "not_presented"
    review.presented(first, polls.director, MONDAY)
    assert code(lambda: review.answered(first, polls.director, MONDAY)) == "nothing_asked"
    ballot = ballot_of(polls, day, 3)
    assert code(lambda: lead.open_ballot(ballot, polls.director, MONDAY)) == "not_all_heard"
    hear(polls, day)
    lead.open_ballot(ballot, polls.director, MONDAY)
    assert code(lambda: review.start(rest[0], polls.director, MONDAY)) == "scoring_begun"
    late = review.NewEntry(polls.community.place, "迟到的项目")
    assert code(lambda: review.add(day, late, polls.director, MONDAY)) == "scoring_begun"


def test_weights_that_are_not_those_sealed_open_no_vote(polls: Polls) -> None:
    day = day_of(polls, 2)
    hear(polls, day)
    ballot = ballot_of(polls, day, 3)
    ReviewDay.objects.filter(pk=day.pk).update(weights="0" * 64)
    assert code(lambda: lead.open_ballot(ballot, polls.director, MONDAY)) == "weights_changed"


def test_a_paper_without_every_project_opens_no_vote(polls: Polls) -> None:
    day = day_of(polls, 2)
    hear(polls, day)
    ballot = ballot_of(polls, day, 3)
    lead.set_terms(ballot, ballot.items[:3], "", CLOSES, polls.director, MONDAY)
    assert code(lambda: lead.open_ballot(ballot, polls.director, MONDAY)) == "paper_not_entries"


def test_leaving_the_ranking_needs_a_public_reason(polls: Polls) -> None:
    day = day_of(polls, 2)
    hear(polls, day)
    ballot = ballot_of(polls, day, 3)
    lead.open_ballot(ballot, polls.director, MONDAY)
    for n in (1, 2):
        casting.cast(polls.fresh(ballot), polls.voter(n), ["5", "5", "5", "1", "1", "1"], MONDAY + HOUR)
    first, second = day.entries.order_by("number")
    assert code(lambda: review.decide(first, "funded", 100, "", polls.director, CLOSES)) == "not_ranked"
    polls.close(ballot, CLOSES)
    day.refresh_from_db()

    def end() -> None:
        visit = Matter.objects.get(pk=day.matter_id).visit
        take_step(day.matter.number, Draft("done", visit=visit, outcome="decided"), polls.director, CLOSES, None)

    assert code(end) == "not_all_decided"
    assert code(lambda: review.decide(second, "funded", 10_001, "", polls.director, CLOSES)) == "granted_wrong"
    review.decide(first, "not_funded", 0, "", polls.director, CLOSES)
    review.decide(second, "funded", 8_000, "", polls.director, CLOSES)
    assert code(end) == "deviation_unexplained"
    review.decide(first, "not_funded", 0, "同一件事已由街道安排。", polls.director, CLOSES)
    review.decide(second, "funded", 8_000, "孩子最多的社区。", polls.director, CLOSES)
    end()
    assert Matter.objects.get(pk=day.matter_id).end == "done"
    assert code(lambda: review.decide(second, "not_funded", 0, "", polls.director, CLOSES)) in (
        "not_holder", "decided_already",
    )  # fmt: skip


def test_only_what_leaves_the_ranking_needs_a_reason(polls: Polls) -> None:
    entries = {one.number: one for one in day_of(polls, 6).entries.order_by("number")}

    def silent(places: list[int], funded: set[int]) -> list[int]:
        for number, one in entries.items():
            one.outcome = "funded" if number in funded else "not_funded"
        rows = [Ranked(entries[n], place, 0, {}) for n, place in enumerate(places, 1)]
        return [one.number for one in unexplained(rows)]

    assert silent([1, 2, 3, 4, 5, 6], {1, 2, 3}) == []
    assert silent([1, 2, 3, 4, 5, 6], {1, 2, 6}) == [3, 6]
    assert silent([1, 1, 1, 4, 5, 6], {2, 3}) == []  # of three equal ones any two
    assert silent([1, 2, 2, 4, 5, 6], {3, 4}) == [1, 4]
    assert silent([1, 2, 3, 4, 5, 6], set()) == []
    entries[3].reason = "别处已安排。"
    assert silent([1, 2, 3, 4, 5, 6], {1, 2, 6}) == [6]
