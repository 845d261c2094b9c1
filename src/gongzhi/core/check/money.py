"""Family 8, money: a payment has a fund and a second person; parts of a fund are not more than the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.view import organs_of, path_of

WHOLE = 100  # per cent


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ851 to GZ855."""
    found = [*_shares(charter, lines)]
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            if step.do == "payment":
                found += _payment(charter, procedure, step, lines)
    return found


def _payment(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    path = path_of(procedure, step.name)
    signs = [part for part in step.parts if part.do == "sign" and part.by != step.by]
    if not any(part.late == "blocks" for part in signs):
        yield lines.finding("GZ851", path, step=step.name)
    if step.fund is None:
        yield lines.finding("GZ852", path, step=step.name)
    fund = charter.funds.get(step.fund or "")
    holders = organs_of(charter, procedure, step.by)
    if fund and holders and fund.held_by not in holders:
        yield lines.finding("GZ855", f"{path}.fund", step=step.name, fund=fund.name, organ=fund.held_by)


def _shares(charter: Charter, lines: Lines) -> Iterator[Finding]:
    given: dict[str, int] = defaultdict(int)
    for fund in charter.funds.values():
        path = f"funds.{fund.name}"
        if (fund.share is None) != (fund.of is None):
            yield lines.finding("GZ854", path, fund=fund.name)
        if fund.of is None or fund.share is None:
            continue
        given[fund.of] += fund.share
        if given[fund.of] > WHOLE:
            yield lines.finding("GZ853", path, fund=fund.of, share=given[fund.of])
