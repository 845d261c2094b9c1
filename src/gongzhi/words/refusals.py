"""Why an act was not possible and what to do, one sentence for each refusal of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongzhi.words.ballots import refused_texts
from gongzhi.words.clauses import clause_name
from gongzhi.words.decisions import count_problem
from gongzhi.words.funds import money_refused
from gongzhi.words.refusals_admission import ADMISSION_REFUSALS
from gongzhi.words.refusals_consultations import CONSULTATION_REFUSALS
from gongzhi.words.refusals_figures import FIGURE_REFUSALS
from gongzhi.words.refusals_meetings import MEETING_REFUSALS
from gongzhi.words.refusals_projects import PROJECT_REFUSALS
from gongzhi.words.refusals_staffing import STAFFING_REFUSALS
from gongzhi.words.reviews import REVIEW_REFUSALS
from gongzhi.words.times import at_text as when
from gongzhi.words.together import REFUSALS as TOGETHER

if TYPE_CHECKING:
    from gongzhi.words.speaker import Speaker

Args = Mapping[str, Any]
Telling = Callable[["Speaker", Args, str], str]


def _parts_open(s: Speaker, a: Args, step: str) -> str:
    return _("应到的人未到齐：{parts}。先请他们到场签到，再办这一步。").format(
        parts=s.list_of_parts(list(a["parts"]), step)
    )


def _unsigned(s: Speaker, a: Args, step: str) -> str:
    return _("未签齐：{parts}。等他们签字；有人不签时，只能选“未签齐”。").format(
        parts=s.list_of_parts(list(a["parts"]), step)
    )


def _apart(s: Speaker, a: Args, step: str) -> str:
    return _("办过“{step}”的单位和人不能办这一步。请换一个单位的人来办。").format(
        step=s.terms.step(s.procedure, a["step"])
    )


def _documents(s: Speaker, a: Args, step: str) -> str:
    return _("还缺材料：{names}。补上以后再提交。").format(names=_("、").join(map(s.terms.document, a["documents"])))


def _fields(s: Speaker, a: Args, step: str) -> str:
    return _("还有问题没回答：{names}。").format(
        names=_("、").join(s.terms.field(s.procedure, name) for name in a["fields"])
    )


def _too_early(s: Speaker, a: Args, step: str) -> str:
    if a.get("until"):
        return _("这一步要满期才能结束，到{until}为止。").format(until=when(a["until"]))
    return _("时间还没到，现在不能办。")


def _count_wrong(s: Speaker, a: Args, step: str) -> str:
    return {
        "missing_count": _("还有票数没填，请填全再算。"),
        "more_than_possible": _("票数对不上：同意的不能多于到会的，到会的不能多于应到的。"),
        "rule_not_in_force": _("名册确定那天没有生效的规则，不能计票。请查章程里的规则日期。"),
    }.get(a.get("problem", "")) or (
        count_problem(a.get("problem", ""), a.get("details", ())) or _("票数要填0或正整数，请核对。")
    )


def _plain(text: Callable[[], str]) -> Telling:
    return lambda s, a, step: text()


def _moved_on(s: Speaker, a: Args, step: str) -> str:
    """Who was faster, and when: two people at one step are normal."""
    if a.get("machine"):
        return _("{at}期限已到，这件事已经往下走了。您写的还在，请看最新情况再办。").format(at=when(a["at"]))
    if not a.get("organ"):
        return _("这件事刚才已经往下走了。您写的还在，请看最新情况再办。")
    who = s.terms.holder(f"{a['organ']}.{a['seat']}" if a.get("seat") else a["organ"])
    return _("{who}在{at}已经办了这一步。您写的还在，请看最新情况再办。").format(who=who, at=when(a["at"]))


def _clauses(s: Speaker, a: Args, step: str) -> str:
    said = _("；").join(f"{clause_name(one['kind'])}（“{one['sentence']}”）" for one in a["clauses"])
    return _("{document}里有公约不能写的内容：{clauses}。请改了再办（城市居民委员会组织法第31条）。").format(
        document=s.terms.document(a["document"]), clauses=said
    )


REFUSALS: dict[str, Telling] = {
    **money_refused(),
    **TOGETHER,
    **refused_texts(),
    "clauses_forbidden": _clauses,
    "clauses_unread": lambda s, a, step: _(
        "{names}只有照片或读不出文字的文件，不能核对条款。请把全文写进去再办。"
    ).format(names=_("、").join(map(s.terms.document, a["documents"]))),
    "code_wrong": _plain(lambda: _("签到码不对。请看清屏幕上的六位数再填。")),
    "consent_missing": _plain(lambda: _("替别人反映，要先有本人的同意。请先记下同意的方式。")),
    "in_future": lambda s, a, step: _("时间{at}还没到。请核对日期。").format(at=when(a["at"])),
    "key_reused": _plain(lambda: _("这一次提交的编号用过了，内容却不一样。请重新打开页面再提交。")),
    "no_charter": lambda s, a, step: _("{place}还没有采用章程，暂时不能登记。请联系所在街道。").format(
        place=a["place"]
    ),
    "no_meeting": _plain(lambda: _("这一步不开会，不能发会议通知。")),
    "no_organ_here": lambda s, a, step: _("这里还没有设{organ}，暂时不能办。请联系所在街道。").format(
        organ=s.terms.organ(a.get("organ", ""))
    ),
    "try_again": _plain(lambda: _("系统正忙，没有办成。您写的还在，请过一会儿再试。")),
    "unknown_matter": _plain(lambda: _("没有这个编号的事项。请核对编号。")),
    "plan_started": _plain(lambda: _("刚才有人已经立项。请刷新看最新情况。")),
    "plan_unknown": _plain(lambda: _("章程里没有这个计划，可能换了版本。请回到列表重新选。")),
    "abstained": _plain(lambda: _("您声明过与本事项有关系，不能办这件事。请同单位的其他人来办。")),
    "already_accepted": _plain(lambda: _("已经承办，不能再推。需要别的单位帮忙，请用“请求配合”。")),
    "already_done": lambda s, a, step: _("“{part}”已经办过了，不用再办。").format(
        part=s.list_of_parts([a["part"]], step)
    ),
    "apart": _apart,
    "barred": lambda s, a, step: _(
        "{organ}不能承办这一步：它要验收这件事，或者正是被反映的单位。请选别的单位。"
    ).format(organ=s.terms.organ(a["organ"])),
    "bound": _plain(lambda: _("裁定后不能再推。请承办；有困难可以请求配合。")),
    "channel_missing": _plain(lambda: _("替没有账号的一方登记，要写明怎么告诉的：书面、电话、窗口或帮办。")),
    "clock_back": lambda s, a, step: _("时间早于上一次办理（{last}）。请核对日期。").format(last=when(a["last"])),
    "closed": _plain(lambda: _("这件事已经办结。没办好的，反映人可以要求重新办理。")),
    "count_wrong": _count_wrong,
    "documents_missing": _documents,
    "fields_missing": _fields,
    "field_unknown": lambda s, a, step: _("章程里没有“{field}”这一项。").format(field=a["field"]),
    "field_value": lambda s, a, step: _("“{field}”填的内容不对，请按提示重填。").format(
        field=s.terms.field(s.procedure, a["field"])
    ),
    "final": _plain(lambda: _("可以重开的时间已过。请作为新的事情反映，我们会关联到这一件。")),
    "ground_missing": _plain(lambda: _("请写理由或依据，再提交。")),
    "ground_not_listed": _plain(lambda: _("退回要有依据：请从职责清单里选一条，说明该归哪家办。")),
    "ground_unknown": lambda s, a, step: _("只能选章程规定的理由：{grounds}。").format(
        grounds=_("、").join(map(s.terms.text, a["grounds"]))
    ),
    "in_ruling": lambda s, a, step: _("正在等待裁定，由{organ}决定由谁承办。").format(
        organ=s.terms.organ(a["adjudicator"])
    ),
    "moved_on": _moved_on,
    "no_duty": lambda s, a, step: _("职责清单里没有“{category}”。请改选类别，或请街道补充清单。").format(
        category=s.terms.category(a["category"])
    ),
    "no_pause": _plain(lambda: _("这一步现在不能中止：章程不允许、次数已用完，或者已经超时。")),
    "no_extension": _plain(lambda: _("这一步现在不能延长：章程不允许、次数已用完，或者已经超时。")),
    "no_reopen": _plain(lambda: _("这件事不能再重开。请作为新的事情反映。")),
    "no_withdrawal": _plain(lambda: _("现在不能撤回：只有反映人能撤回，投票开始后也不能。")),
    "not_delegated": _plain(lambda: _("这件事没有授权给你们决定，请交给授权的机构。")),
    "not_choosable": _plain(lambda: _("这一结果不能选：它只表示到期没有回复。")),
    "not_filer": _plain(lambda: _("这一类事情要由章程规定的人提出。请选别的类别，或到社区窗口办理。")),
    "not_holder": lambda s, a, step: _("这一步由{holder}办。").format(
        holder=s.list_of_parts([a["holder"]], step) if "." in a["holder"] else s.terms.holder(a["holder"])
    ),
    "not_offered": _plain(lambda: _("现在没有等您签收或裁定的事。请刷新页面。")),
    "not_paused": _plain(lambda: _("期限没有中止。")),
    "not_served": _plain(lambda: _("已经告知或公示过了。")),
    "outcome_computed": _plain(lambda: _("这一步的结果按票数计算，不能直接选。请填票数。")),
    "outcome_unknown": lambda s, a, step: _("这一步没有“{outcome}”这个结果。请从列出的结果里选。").format(
        outcome=s.terms.outcome(s._step(step), a.get("outcome", ""))
    ),
    "paper_unknown": lambda s, a, step: _("章程里没有这种材料：{names}。").format(names=_("、").join(a["documents"])),
    "part_unknown": lambda s, a, step: _("这一步没有“{part}”。请刷新页面。").format(part=a.get("part", "")),
    "parts_open": _parts_open,
    "same_organ": _plain(lambda: _("不能转给自己。请选别的单位。")),
    "too_early": _too_early,
    "too_few": lambda s, a, step: _("到了{count}人，至少要{n}人。").format(count=a["count"], n=a["at_least"]),
    "too_late": _plain(lambda: _("时间已过，不能再提。可以作为新的事情反映。")),
    "too_often": lambda s, a, step: _("已经用过{n}次，章程不允许再用。").format(n=a["times"]),
    "unsigned": _unsigned,
    "unknown_act": _plain(lambda: _("没有这种办理动作。请刷新页面。")),
    "unknown_organ": lambda s, a, step: _("章程里没有“{organ}”这个单位。").format(organ=a["organ"]),
    "unknown_procedure": lambda s, a, step: _("章程里没有这种程序：{procedure}。").format(procedure=a["procedure"]),
}
REFUSALS.update(MEETING_REFUSALS)
REFUSALS.update(ADMISSION_REFUSALS)
REFUSALS.update(REVIEW_REFUSALS)
REFUSALS.update(CONSULTATION_REFUSALS)
REFUSALS.update(PROJECT_REFUSALS)
REFUSALS.update(STAFFING_REFUSALS)
REFUSALS.update(FIGURE_REFUSALS)
