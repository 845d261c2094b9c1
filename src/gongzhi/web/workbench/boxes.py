"""What the form of each act asks, as data: one function for each kind. The page and the reading follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Field
from gongzhi.core.decision import BY_OPTION, asked_of
from gongzhi.records.ballots.queries import counted_by_ballot
from gongzhi.web.sheets import blank_sheet
from gongzhi.web.together import likely
from gongzhi.web.workbench.found import MEETS, Found
from gongzhi.web.workbench.tallies import TALLIES
from gongzhi.words.actions import Action
from gongzhi.words.decisions import count_name
from gongzhi.words.kinds import names_of
from gongzhi.words.sheets import as_text

__all__ = ["LINE", "PAPER", "Box", "boxes_of"]

LINE = 200
WORDS = 2000
PAPER = 50_000
RESOLUTIONS = (1, 2, 3)
IN_LOG = "ground"


@dataclass(frozen=True, slots=True)
class Box:
    """One question. kind: line, text, paper (typed or a file), files, pick, radio, date, number, resolution.

    `needed`: the sentence said when it stays empty; "" means it may. `preset`: what stands there at first.
    """

    kind: str
    name: str
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    needed: str = ""
    preset: str = ""
    limit: int = WORDS
    form: str = ""  # the document whose paper there is to print


def boxes_of(found: Found, action: Action) -> list[Box]:
    """The questions of an act, in the order in which people answer them."""
    ask = BOXES.get(action.kind)
    return ask(found, action) if ask else []


def _done(found: Found, action: Action) -> list[Box]:
    asked = [_paper(name, title, found) for name, title in action.documents]
    asked += [_fact(found, name, title) for name, title, _type in action.fields]
    asked += _counts(found, action)
    if found.case.control.holder == "parties":
        ways = (("paper", _("书面")), ("counter", _("当面")), ("phone", _("打电话")), ("helper", _("帮办")))
        asked.append(Box("radio", "channel", _("对方是怎么告诉的"), options=ways, needed=_("请选怎么告诉的")))
    if found.step is not None and found.step.do in MEETS:
        asked += [Box("resolution", f"resolution.{n}", _("决议%(n)d") % {"n": n}) for n in RESOLUTIONS]
    asked.append(_remark(_("还要说明的")))
    asked.append(_files())
    return asked


def _paper(name: str, title: str, found: Found | None = None) -> Box:
    sheet = blank_sheet(found.looked, name, found.at, found.may_open) if found else None
    return Box(
        "paper", f"doc.{name}", title, _("可以直接写，也可以传文件"), limit=PAPER,
        needed=_("请写“%(title)s”，或传一个文件") % {"title": title},
        preset=as_text(sheet) if sheet else "", form=name if sheet else "",
    )  # fmt: skip


def _fact(found: Found, name: str, title: str) -> Box:
    declared = found.procedure.fields[name]
    kind, options = _shape(found, declared)
    return Box(kind, f"field.{name}", title, options=options, limit=LINE,
               needed=_("请回答“%(title)s”") % {"title": title})  # fmt: skip


def _shape(found: Found, declared: Field) -> tuple[str, tuple[tuple[str, str], ...]]:
    if declared.type == "yesno":
        return "radio", (("yes", _("是")), ("no", _("否")))
    if declared.type == "choice":
        return "radio", tuple((key, found.terms.text(title)) for key, title in declared.choices.items())
    if declared.type == "organ":
        return "pick", _organs(found)
    return {"number": "number", "money": "number", "date": "date"}.get(declared.type, "line"), ()


def _organs(found: Found) -> tuple[tuple[str, str], ...]:
    return tuple((name, found.terms.organ(name)) for name in found.charter.organs)


def _counts(found: Found, action: Action) -> list[Box]:
    """The counts a decision rule needs; the outcome follows from them."""
    step = found.step
    if step is None or not step.rule or action.outcome or counted_by_ballot(found.matter, found.case.visit):
        return []
    versions = found.charter.rules.get(step.rule, ())
    if not versions:
        return []
    rule, missing = versions[-1], _("请填票数")
    titles = {key: found.terms.text(title) for key, title in names_of(rule).items()}
    asked = [Box("number", f"count.{name}", count_name(name, titles), needed=missing) for name in asked_of(rule)]
    if rule.kind in BY_OPTION:
        hint = _("一行一个，先写代号再写数，例如 yes.c1 120 或 score.a.use 37")
        asked.append(Box("text", TALLIES, _("每一项的票数"), hint, needed=_("请填每一项的票数")))
    return asked


def _part(found: Found, action: Action) -> list[Box]:
    signs = action.part.startswith("sign.")
    yes, no = (_("签字"), _("不签")) if signs else (_("到了"), _("请假或不来"))
    if action.part.startswith("help."):
        yes, no = _("已配合"), _("不能配合")
    asked = [Box("radio", "state", _("结果"), options=(("done", yes), ("refused", no)), needed=_("请选一个"))]
    if _is_group(found, action.part):
        hint = _("至少%(n)d人") % {"n": action.at_least} if action.at_least > 1 else ""
        asked.append(Box("number", "count", _("到了多少人"), hint))
    reason, hint = (_("不签的理由"), _("签字的不用填")) if signs else (_("说明"), _("请假或不来的，写一句原因"))
    return [*asked, Box("text", "remark", reason, hint)]


def _is_group(found: Found, part: str) -> bool:
    declared = next((one for one in found.step.parts if one.name == part), None) if found.step else None
    return declared is not None and declared.by.kind == "group"


def _decline(found: Found, action: Action) -> list[Box]:
    return [
        Box("pick", "duty", _("依据（职责清单）"), options=action.grounds,
            needed=_("请从职责清单里选依据")),
        Box("pick", "to", _("应该由谁办"), options=action.targets, needed=_("请选应该由谁办")),
        Box("line", IN_LOG, _("补充一句（可不填）"), _public_hint(), limit=LINE),
    ]  # fmt: skip


def _assign(found: Found, action: Action) -> list[Box]:
    to = Box("pick", "to", _("由谁承办"), options=action.targets, needed=_("请选由谁承办"))
    return [to, _remark(_("理由"))]


def _serve(found: Found, action: Action) -> list[Box]:
    if action.documents or (found.step is not None and found.step.do == "notice"):
        return [*[_paper(name, title, found) for name, title in action.documents], _files()]
    ways = (("phone", _("打电话")), ("counter", _("当面")), ("paper", _("送纸条或信")), ("mail", _("发邮件或短信")))
    return [Box("radio", "channel", _("怎么告知的"), options=ways, needed=_("请选怎么告知的"))]


def _pause(found: Found, action: Action) -> list[Box]:
    return [Box("radio", IN_LOG, _("为什么中止"), options=action.grounds, needed=_("请选理由")), _remark(_("说明"))]


def _ground(found: Found, action: Action) -> list[Box]:
    return [_why(_("理由"))]


def _answer(found: Found, action: Action) -> list[Box]:
    ways = (("upheld", _("异议成立")), ("rejected", _("异议不成立")))
    return [
        Box("radio", "state", _("怎么认定"), options=ways, needed=_("请选一个")),
        _why(_("依据")),
        Box("text", "answer", _("给提异议的人的答复"), needed=_("请写答复")),
    ]


def _set_aside(found: Found, action: Action) -> list[Box]:
    back = Box("pick", "to", _("退回到哪一步"), options=action.targets, needed=_("请选退回到哪一步"))
    return [back, _why(_("为什么撤销"))]


def _merge(found: Found, action: Action) -> list[Box]:
    """Likely the same: the same community, category and time; any other by its number."""
    rows = likely(found.matter, found.person, found.at)
    options = tuple((row.number, f"{row.number} {row.subject}") for row in rows)
    near = (
        [Box("radio", "to", _("可能是同一件"), _("同一社区、同一类别、时间相近"), options=options)] if options else []
    )
    number = Box("line", "number", _("或者填编号"), _("在“全部事项”里可以按标题找"), limit=60,
                 needed="" if options else _("请填要合并到的编号"))  # fmt: skip
    return [*near, number, _why(_("为什么是同一件事"))]


def _join(found: Found, action: Action) -> list[Box]:
    return [Box("line", "number", _("等哪一件"), _("填那一件的编号"), limit=60, needed=_("请填编号"))]


def _note(found: Found, action: Action) -> list[Box]:
    return [Box("text", "remark", _("写什么"), needed=_("请写一句话")), _files()]


def _title(found: Found, action: Action) -> list[Box]:
    return [Box("line", "title", _("公开标题"), _("说清是什么事、在哪里。不写人名、电话、门牌到户。"),
                needed=_("请写标题"), preset=found.matter.subject, limit=60)]  # fmt: skip


def _correct(found: Found, action: Action) -> list[Box]:
    organ = action.actor.organ
    rows = found.matter.words.filter(act__organ=organ, name__in=list(found.charter.documents)).order_by("name")
    names = dict.fromkeys(rows.values_list("name", flat=True))
    options = tuple((name, found.terms.document(name)) for name in names)
    return [
        Box("pick", "document", _("更正哪份材料"), options=options, needed=_("请选更正哪份材料")),
        Box("paper", "text", _("更正后的全文"), _("可以直接写，也可以传文件"), needed=_("请写更正后的全文"),
            limit=PAPER),
    ]  # fmt: skip


def _why(label: str) -> Box:
    return Box("line", IN_LOG, label, _public_hint(), needed=_("请写理由或依据"), limit=LINE)


def _public_hint() -> str:
    return _("会公开，不写人名和电话")


def _remark(label: str) -> Box:
    return Box("text", "remark", label, _("可不填"))


def _files() -> Box:
    return Box("files", "attachments", _("附件"), _("照片、PDF、Word、Excel，每个不超过20MB"))


BOXES: dict[str, Callable[[Found, Action], list[Box]]] = {
    "done": _done,
    "part": _part,
    "decline": _decline,
    "assign": _assign,
    "serve": _serve,
    "pause": _pause,
    "extend": _ground,
    "answer_objection": _answer,
    "set_aside": _set_aside,
    "merge": _merge,
    "unfollow": _ground,
    "join": _join,
    "note": _note,
    "title": _title,
    "correct": _correct,
}
