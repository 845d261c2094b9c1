"""`gongzhi import pb`: a vote over projects held elsewhere becomes the vote of a matter that waits for one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.commands.budget import text_of
from gongzhi.commands.serve import prepare
from gongzhi.core.decision.budget import BudgetFault, read_pabulib
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.ballots_import import import_election
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.people.models import Person
from gongzhi.web.sharing import shared
from gongzhi.words.ballots import ballot_refusal
from gongzhi.words.budget import fault_text


def import_pb(
    file: Annotated[Path, typer.Argument(help="A Pabulib .pb file.")],
    matter: Annotated[str, typer.Option(help="Number of the matter that waits for its vote over projects.")],
    by: Annotated[str, typer.Option(help="Login of somebody who holds that step.")],
    eligible: Annotated[int, typer.Option(help="How many could vote; 0: as many as voted.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Take over its projects and, without voters, how often each way of marking came; then count it."""
    try:
        election = read_pabulib(text_of(file))
    except BudgetFault as fault:
        _stop(fault_text(fault), as_json, fault.line)
    prepare()
    ballot, person = _ballot(matter, as_json), Person.objects.filter(login=by, erased_at=None).first()
    if person is None:
        _stop(_("没有“{by}”这个登录名。").format(by=by), as_json)
    try:
        import_election(ballot, election, eligible or election.voters, person, timezone.now())
    except Refused as refused:
        _stop(ballot_refusal(refused.code, refused.args_map) or refused.code, as_json)
    ballot.refresh_from_db()
    result = shared(ballot)
    lines = result.lines if result else []
    if as_json:
        counted = {"ballot": ballot.pk, "outcome": ballot.outcome, "votes": election.voters, "lines": lines}
        print(json.dumps(counted, ensure_ascii=False))
        return
    print(
        "\n".join(
            [
                _("导入了{n}个项目、{votes}张票，没有姓名。").format(n=len(election.projects), votes=election.voters),
                *lines,
            ]
        )
    )
    print(_("结果在 /board/ballots/{pk}").format(pk=ballot.pk))


def _ballot(number: str, as_json: bool) -> Ballot:
    rows = Ballot.objects.select_related("matter__place", "roll", "organ")
    found = rows.filter(matter__number=tidy(number) or "").order_by("-pk").first()
    if found is None:
        _stop(_("没有“{number}”这件事，或者它还没有走到投票。").format(number=number), as_json)
    return found


def _stop(sentence: str, as_json: bool, line: int = 0) -> NoReturn:
    print(json.dumps({"error": sentence, "line": line}, ensure_ascii=False)) if as_json else print(
        sentence, file=sys.stderr
    )
    raise typer.Exit(1)
