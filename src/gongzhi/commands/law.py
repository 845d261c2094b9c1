"""`gongzhi deadline` and `gongzhi count`: the law's arithmetic for anyone, without a database."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.core.calendar import CHINA, CalendarError, Due, Span
from gongzhi.core.charter.law import Law, load_law
from gongzhi.core.decision import BadCount, RuleError, RuleVersion, Verdict, asked_of, count, rule_in_force
from gongzhi.core.decision.rule import AREAS
from gongzhi.core.fact import Fact
from gongzhi.words.decisions import (
    calendar_fault,
    count_fault,
    count_name,
    rule_fault,
    verdict_because,
    verdict_text,
)
from gongzhi.words.derivation import fact_text
from gongzhi.words.times import at_text

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Lang = Annotated[str, typer.Option("--lang", help="zh-hans (default) or en.")]
Number = Annotated[str | None, typer.Option()]

_DECIMAL = re.compile(r"[0-9]{1,11}(\.[0-9]{1,2})?")
_WHOLE = re.compile(r"-?[0-9]{1,13}")


GOOD = ("passed", "filled", "ranked", "rated")


class BadInput(Exception):
    """What the user gave cannot be used; the argument is the sentence that says what to do."""


@dataclass(frozen=True)
class Answer:
    """What a command prints: an object for programs, lines for people."""

    data: Mapping[str, object]
    lines: tuple[str, ...]


def deadline(
    start: Annotated[str, typer.Option("--from", help="Day or moment; China time when no zone is given.")] = "",
    within: Annotated[str, typer.Option(help="A length of time: 5wd, 30d, 6mo, 48h, 3wh.")] = "",
    ends_on: Annotated[str, typer.Option(help="working_day: a last day off moves to the next working day.")] = "",
    before: Annotated[str, typer.Option(help="Count back from this day instead: the last day to do it.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="With --before: that many full days in between.")] = False,
    as_json: AsJson = False,
    lang: Lang = "zh-hans",
) -> None:
    """When a length of time after a moment is over, and why."""
    if before:
        return _answer(lambda: _back(before, within, strict), as_json, lang)
    return _answer(lambda: _deadline(start, within, ends_on), as_json, lang)


def count_votes(
    rule: Annotated[str, typer.Option(help="Name of the rule, see --rules.")] = "",
    eligible: Number = None,
    present: Number = None,
    yes: Annotated[str | None, typer.Option(help="In favour; for requests the number of signatures.")] = None,
    on: Annotated[str, typer.Option(help="Day on which the roll was frozen (default: today).")] = "",
    area_total: Annotated[str | None, typer.Option(help="Square metres, to the cent.")] = None,
    area_present: Number = None,
    area_yes: Number = None,
    recused: Number = None,
    counts: Annotated[
        list[str] | None, typer.Option("--count", help="Any other count, such as seats=5, yes.c1=120, score.a.use=37.")
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List every rule with its article and dates.")] = False,
    as_json: AsJson = False,
    lang: Lang = "zh-hans",
) -> None:
    """Whether a vote passes by the rule in force on that day, and why."""
    if rules:
        return _answer(_list_rules, as_json, lang)
    heads = {"eligible": eligible, "present": present, "yes": yes, "recused": recused}
    areas = {"area_total": area_total, "area_present": area_present, "area_yes": area_yes}
    return _answer(lambda: _count(rule, {**heads, **areas, **_others(counts or [])}, on), as_json, lang)


def _answer(work: Callable[[], Answer], as_json: bool, lang: str) -> None:
    """Does the work in the reader's language and prints it; what fails becomes a sentence and exit code 1."""
    with translation.override("en" if lang.lower().startswith("en") else "zh-hans"):
        try:
            found = work()
        except (BadInput, CalendarError, BadCount, RuleError) as error:
            sentence = _fault(error)
            print(_dump({"error": sentence}) if as_json else sentence, file=sys.stdout if as_json else sys.stderr)
            raise typer.Exit(1) from error
    print(_dump(found.data) if as_json else "\n".join(found.lines))


def _fault(error: Exception) -> str:
    if isinstance(error, CalendarError):
        return calendar_fault(error)
    if isinstance(error, BadCount):
        return count_fault(error)
    return rule_fault(error) if isinstance(error, RuleError) else str(error)


def _dump(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _law() -> Law:
    law = load_law(Path(settings.GONGZHI_CHARTERS) / "_law")
    if law.findings:
        raise BadInput(_("法律数据有错误，请运行 gongzhi charter check 查看。"))
    return law


# --- deadline ---


def _deadline(start: str, within: str, ends_on: str) -> Answer:
    if not start or not within:
        raise BadInput(_("请写明起算时间和期限，例如：gongzhi deadline --from 2026-03-16T15:00 --within 5wd"))
    due = _law().calendar.explained(_moment(start), Span.parse(within), ends_on or None)
    return _due_answer(due, due.because)


def _back(day: str, within: str, strict: bool) -> Answer:
    if not within:
        raise BadInput(_("请写明提前多久，例如：gongzhi deadline --before 2026-12-20 --within 20d"))
    calendar, span = _law().calendar, Span.parse(within)
    return _due_answer(calendar.before(_day(day), span, strict), calendar.explain_before(_day(day), span, strict))


def _due_answer(due: Due, because: tuple[Fact, ...]) -> Answer:
    lines = tuple(text for text in map(fact_text, because) if text)
    data = {"due": due.at.isoformat(), "because": _sentence(lines), "provisional": due.provisional}
    return Answer(data, (_due_line(due), *(f"  {line}" for line in lines)))


def _due_line(due: Due) -> str:
    text = at_text(due.at)
    return _("{due}（临时）").format(due=text) if due.provisional else text


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(_("看不懂时间“{text}”，请写成例如 2026-03-16 或 2026-03-16T15:00。").format(text=text)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


# --- count ---


def _count(name: str, given: Mapping[str, str | None], on: str) -> Answer:
    law = _law()
    if name not in law.rules:
        raise BadInput(_("没有叫“{name}”的规则。请用 gongzhi count --rules 看有哪些规则。").format(name=name))
    rule = rule_in_force(law.rules[name], _day(on))
    numbers = {key: _number(key, text) for key, text in given.items() if text is not None}
    recused = numbers.pop("recused", 0)
    if "present" not in rule.counts:
        numbers.pop("present", None)  # signatures are not given in a meeting
    for key in rule.counts:
        if key not in numbers and rule.kind == "threshold":
            option = "--" + key.replace("_", "-")
            raise BadInput(_("缺少 {option}（{name}）。").format(option=option, name=count_name(key)))
    verdict = count(rule, numbers, recused)
    return Answer(_verdict_data(rule, verdict), _verdict_lines(rule, verdict))


def _others(given: list[str]) -> dict[str, str]:
    """What `--count NAME=NUMBER` says, as often as it is given."""
    return {name.strip(): number.strip() for name, _sign, number in (one.partition("=") for one in given)}


def _verdict_data(rule: RuleVersion, verdict: Verdict) -> dict[str, object]:
    because = _sentence((*verdict_because(verdict), verdict_text(rule, verdict)))
    own = {} if rule.kind == "threshold" else {"outcome": verdict.outcome, "chosen": list(verdict.chosen)}
    return {
        "passed": verdict.outcome in GOOD,
        **own,
        "quorum": verdict.quorum,
        "because": because,
        "rule": rule.name,
        "law": _law_text(rule),
    }


def _verdict_lines(rule: RuleVersion, verdict: Verdict) -> tuple[str, ...]:
    ground = _("依据：{law}（{title}，{dates}）").format(law=_law_text(rule), title=_title(rule), dates=_dates(rule))
    return (verdict_text(rule, verdict), *(f"  {line}" for line in verdict_because(verdict)), ground)


def _number(name: str, text: str) -> int:
    """A whole number; square metres become units of 0.01 m2, without ever passing through a float."""
    if name in AREAS:
        if not _DECIMAL.fullmatch(text):
            raise BadInput(
                _("{name}要写平方米数，最多两位小数，不能是“{text}”。").format(name=count_name(name), text=text)
            )
        return int(Decimal(text) * 100)
    if not _WHOLE.fullmatch(text):
        raise BadInput(_("{name}要写整数，不能是“{text}”。").format(name=count_name(name), text=text))
    return int(text)


def _day(text: str) -> date:
    if not text:
        return datetime.now(CHINA).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(_("看不懂日期“{text}”，请写成例如 2026-03-16。").format(text=text)) from None


def _list_rules() -> Answer:
    rules = _law().rules
    rows = [_row(version) for versions in rules.values() for version in versions]
    lines: list[str] = []
    for versions in rules.values():
        lines.append(f"{versions[0].name}  {_title(versions[-1])}")
        lines += [_("    {law}，{dates}").format(law=_law_text(one), dates=_dates(one)) for one in versions]
    return Answer({"rules": rows}, tuple(lines))


def _row(rule: RuleVersion) -> dict[str, object]:
    return {
        "rule": rule.name,
        "kind": rule.kind,
        "title": _title(rule),
        "law": _law_text(rule),
        "from": rule.from_.isoformat() if rule.from_ else None,
        "to": rule.to.isoformat() if rule.to else None,
        "counts": list(asked_of(rule)),
        "quorum": rule.quorum,
        "passes": rule.passes or getattr(rule.terms, "wins", ""),
        "source": rule.source,
    }


def _english() -> bool:
    return (translation.get_language() or "").startswith("en")


def _title(rule: RuleVersion) -> str:
    return rule.title_en if _english() and rule.title_en else rule.title


def _law_text(rule: RuleVersion) -> str:
    return rule.law_en if _english() and rule.law_en else rule.law


def _dates(rule: RuleVersion) -> str:
    if rule.from_ and rule.to:
        return _("{first}到{last}").format(first=rule.from_, last=rule.to)
    if rule.from_:
        return _("{first}起").format(first=rule.from_)
    return _("到{last}为止").format(last=rule.to) if rule.to else _("没有起止日期")


def _sentence(lines: tuple[str, ...]) -> str:
    return _("{text}。").format(text=_("；").join(lines))
