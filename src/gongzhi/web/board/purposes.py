"""What every personal field is, what for, on which ground and for how long, in plain words (transparency page).

A test walks the tables of the records: a personal field without its line here fails the build.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.records.ballots.models import RollEntry, RollObjection
from gongzhi.records.consultations.models import Contribution, Signature, SurveyAnswer
from gongzhi.records.matters.models import AccessLog, Words
from gongzhi.records.organisations.models import Booking, Skill
from gongzhi.records.people.models import HelperConsent, Person, SeatTerm, SecondFactor, SignInCode
from gongzhi.records.projects.models import Evaluator, ProjectMember
from gongzhi.records.reviews.models import ReviewWord

__all__ = ["PLAIN", "TABLES", "Table", "field_text", "table_of"]

# Columns that say nothing about a person: keys and the bookkeeping of the row itself.
PLAIN = frozenset({"id", "purpose", "legal_basis", "collected_from", "retention_until"})
TABLES = (
    Person, Words, HelperConsent, SeatTerm, SignInCode, SecondFactor, AccessLog, RollEntry, RollObjection,
    Contribution, SurveyAnswer, Signature, ReviewWord, ProjectMember, Booking, Skill, Evaluator,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One table of personal data in plain words."""

    name: str
    purpose: str
    basis: str
    keep: str


def table_of(model: str) -> Table:
    """Name, purpose, legal ground and time of a table, in the reader's language."""
    agreed = _("本人提供并同意（《个人信息保护法》第13条第1款第1项）")
    duty = _("履行法定职责（《个人信息保护法》第13条第1款第3项）")
    used = _("用完3个月后删除；没来的不记")
    offered = _("撤回就删除；没有公开的3个月后、公开满2年后删除")
    closed = _("事情办结、可重开期过后：文字3年，照片1年，录音90天；会议纪要等材料10年。到期自动删除，留下删除记录")
    helped = _("3年，或者到您要求注销为止：姓名和见证人删除，只留摘要")
    posts = _("和办理记录一起保存：以后要能查谁在什么岗位上办的")
    rolls = _("事情办结1年1个月后（选举3年后）：姓名和房号删除，只留摘要和权重")
    shown = _("办结3年后或者您要求注销时：没有公开的话删除，公开了的不再连着您")
    signed = _("征集结束前随时可以撤回，撤回就删除；办结3个月后姓名删除，只留个数")
    nameless = _("不记姓名；办结3年后文字删除")
    tables: dict[str, Callable[[], Table]] = {
        "RollEntry": lambda: Table(_("表决名册"), _("一人一票：核对谁能投、投没投"), duty, rolls),
        "RollObjection": lambda: Table(_("对名册的异议"), _("名册确定前改正错误"), duty, rolls),
        "Person": lambda: Table(_("账户"), _("让您登录、收到答复"), agreed, _("到您要求注销为止")),
        "Words": lambda: Table(_("您写的话、照片和办理材料"), _("办好您反映的事"), duty, closed),
        "HelperConsent": lambda: Table(_("代办的同意"), _("证明您同意别人替您办"), agreed, helped),
        "SeatTerm": lambda: Table(_("任职"), _("公开谁在什么岗位上、到什么时候"), duty, posts),
        "SignInCode": lambda: Table(_("登录验证码"), _("确认手机号或邮箱是您的"), agreed, _("失效1天后删除")),
        "SecondFactor": lambda: Table(_("工作人员的动态口令"), _("防止别人冒用工作账户"), duty, _("到账户停用为止")),
        "AccessLog": lambda: Table(_("谁看过"), _("让您知道谁看过您写的话"), duty, _("和办理记录一起保存，谁也删不掉")),
        "Contribution": lambda: Table(_("征求意见时说的话"), _("让大家看到、表态，并逐条答复"), agreed, shown),
        "SurveyAnswer": lambda: Table(_("问卷的回答"), _("了解大家怎么想，汇总后公布"), agreed, nameless),
        "Signature": lambda: Table(_("联名的签名"), _("核对联名够不够人数，一人一次"), agreed, signed),
        "ReviewWord": lambda: Table(_("评议时写的话"), _("和评议结果一起给大家看"), agreed, nameless),
        "ProjectMember": lambda: Table(
            _("项目小组的成员"), _("知道项目由谁做、谁管钱"), agreed, _("项目办结3年后：姓名和分工删除")
        ),
        "Evaluator": lambda: Table(
            _("评标的人"),
            _("知道标由谁评，与投标人有没有关系"),
            duty,
            _("和招标材料一起保存15年（《政府采购法》第42条）"),
        ),
        "Booking": lambda: Table(_("场地预约"), _("一段时间只给一家用，有变动找得到人"), agreed, used),
        "Skill": lambda: Table(_("愿意教、愿意帮的"), _("让邻居知道有人愿意，公开时不写姓名"), agreed, offered),
    }
    return tables[model]()


def field_text(model: str, name: str) -> str:
    """One field of a table in plain words; empty for a field that nobody has described yet."""
    own = _own_fields(model)
    return own[name]() if name in own else _common_field(name)


def _own_fields(model: str) -> dict[str, Callable[[], str]]:
    """Fields of the rooms' tables, whose names may mean something else in another table."""
    tables: dict[str, dict[str, Callable[[], str]]] = {
        "Contribution": {
            "consultation": lambda: _("哪一次征求意见"),
            "kind": lambda: _("供表态的看法，还是随手写的意见"),
            "number": lambda: _("第几条"),
            "text": lambda: _("内容（加密）"),
            "author": lambda: _("谁说的"),
            "seeded": lambda: _("是不是主办单位先放上去的"),
            "added_at": lambda: _("提出的时间"),
            "state": lambda: _("等着看、已公开，还是没有公开"),
            "ground": lambda: _("没有公开的理由属于哪一种"),
            "reason": lambda: _("没有公开的理由"),
            "moderated_at": lambda: _("什么时候看的"),
            "appeal": lambda: _("为什么不服（加密）"),
            "appealed_at": lambda: _("什么时候提出不服"),
            "appeal_due": lambda: _("最晚什么时候答复"),
            "answer": lambda: _("对不服的答复"),
        },
        "SurveyAnswer": {
            "sheet": lambda: _("属于哪一张问卷（不记名）"),
            "question": lambda: _("答的是哪一题"),
            "value": lambda: _("选了哪一项、填了几"),
            "text": lambda: _("内容（加密）"),
        },
        "Signature": {
            "signature_list": lambda: _("哪一份联名"),
            "written": lambda: _("纸上签的姓名（加密）"),
            "written_index": lambda: _("纸上姓名的密钥摘要，只用来查重"),
            "signed_at": lambda: _("签名的时间"),
        },
        "Evaluator": {
            "tender": lambda: _("哪一次招标"),
            "name": lambda: _("姓名（加密）"),
            "same": lambda: _("姓名和联系方式的密钥摘要，只用来查重"),
            "expert": lambda: _("是不是技术、经济方面的专家"),
            "interest": lambda: _("和投标人有没有关系"),
            "declared_at": lambda: _("什么时候声明的"),
        },
        "Booking": {
            "service": lambda: _("哪一处场地"),
            "name": lambda: _("替谁预约（加密）"),
            "made_by": lambda: _("替人预约的工作人员"),
            "made_at": lambda: _("什么时候约的"),
            "cancelled_at": lambda: _("什么时候取消的"),
        },
        "Skill": {
            "kind": lambda: _("哪一类"),
            "what": lambda: _("教什么、帮什么（加密）"),
            "times": lambda: _("什么时间（加密）"),
            "state": lambda: _("等着看、已公开，还是没有公开"),
            "reason": lambda: _("没有公开的理由"),
            "offered_at": lambda: _("提出的时间"),
            "looked_at": lambda: _("什么时候看的"),
        },
        "ReviewWord": {
            "review": lambda: _("哪一次评议"),
            "group": lambda: _("写的人属于哪一组"),
            "text": lambda: _("内容（加密）"),
        },
        "ProjectMember": {
            "project": lambda: _("哪个项目"),
            "name": lambda: _("姓名（加密）"),
            "duties": lambda: _("做什么（加密）"),
            "same": lambda: _("姓名和联系方式的密钥摘要，只用来查重"),
            "role": lambda: _("组长、管钱的，还是组员"),
            "resident": lambda: _("是不是本社区居民"),
            "signed_on": lambda: _("签字的日期"),
            "signed_by": lambda: _("在手机上签的，还是纸上签的"),
            "contract": lambda: _("签的那份分工的摘要"),
            "recorded_by": lambda: _("谁把纸上的签字录进来的（随机代号）"),
        },
    }
    return tables.get(model, {})


def _common_field(name: str) -> str:
    """One field that means the same in every table that has it."""
    fields: dict[str, Callable[[], str]] = {
        # accounts
        "login": lambda: _("工作人员的登录名"),
        "password": lambda: _("密码（只存不可还原的摘要）"),
        "last_login": lambda: _("上次登录时间"),
        "digest": lambda: _("随机代号或摘要，不含姓名"),
        "display_name": lambda: _("称呼（加密）"),
        "phone": lambda: _("手机号（加密）"),
        "mail": lambda: _("邮箱（加密）"),
        "phone_index": lambda: _("手机号的密钥摘要，只用来查重"),
        "mail_index": lambda: _("邮箱的密钥摘要，只用来查重"),
        "home": lambda: _("住在哪个社区或小区"),
        "language": lambda: _("语言"),
        "text_size": lambda: _("字的大小"),
        "contrast": lambda: _("高对比"),
        "is_active": lambda: _("账户是否在用"),
        "joined_at": lambda: _("注册时间"),
        "erased_at": lambda: _("删除时间"),
        # words
        "matter": lambda: _("属于哪件事"),
        "act": lambda: _("属于哪一步"),
        "subject": lambda: _("是谁的"),
        "name": lambda: _("是什么（如“什么事”“照片”）"),
        "kind": lambda: _("种类：文字、照片、材料"),
        "public": lambda: _("是否公开"),
        "archive": lambda: _("是否按档案保存"),
        "pia_id": lambda: _("影响评估的编号"),
        "salt": lambda: _("加密用的随机数"),
        "ciphertext": lambda: _("内容（加密）"),
        "file": lambda: _("内容的加密文件"),
        "media_type": lambda: _("文件类型"),
        "size": lambda: _("文件大小"),
        "erased_why": lambda: _("为什么删除"),
        "erased_by": lambda: _("谁删除的"),
        # helpers
        "helper": lambda: _("代办人"),
        "resident": lambda: _("请人代办的居民"),
        "resident_name": lambda: _("请人代办的居民的称呼（加密）"),
        "place": lambda: _("在哪个社区"),
        "text_digest": lambda: _("同意书的摘要"),
        "means": lambda: _("怎么同意的：纸面、电话、当面"),
        "witness": lambda: _("见证人（加密）"),
        "at": lambda: _("时间"),
        "withdrawn_at": lambda: _("撤回同意的时间"),
        # posts
        "person": lambda: _("是谁"),
        "organ_instance": lambda: _("单位"),
        "seat": lambda: _("岗位"),
        "slot": lambda: _("第几个席位"),
        "basis": lambda: _("怎么上任的：选举、任命"),
        "start": lambda: _("开始时间"),
        "due": lambda: _("任期到什么时候"),
        "end": lambda: _("结束时间"),
        # codes
        "contact_index": lambda: _("手机号或邮箱的密钥摘要"),
        "contact": lambda: _("手机号或邮箱（加密）"),
        "code_hash": lambda: _("验证码的摘要"),
        "sent_at": lambda: _("发出时间"),
        "expires_at": lambda: _("失效时间"),
        "attempts": lambda: _("试了几次"),
        "used_at": lambda: _("用过的时间"),
        "secret": lambda: _("动态口令的密钥（加密）"),
        "last_step": lambda: _("上次用到第几个口令"),
        "confirmed_at": lambda: _("启用时间"),
        # rolls
        "roll": lambda: _("哪一次表决的名册"),
        "number": lambda: _("名册号"),
        "unit": lambda: _("房号（加密）"),
        "area": lambda: _("专有部分面积"),
        "candidate": lambda: _("是不是候选人"),
        "what": lambda: _("哪里不对（加密）"),
        "answer": lambda: _("答复（加密）"),
        "state": lambda: _("有没有答复"),
        "made_at": lambda: _("提出的时间"),
        "answered_at": lambda: _("答复的时间"),
        # who looked
        "reader": lambda: _("看的人（随机代号）"),
        "role": lambda: _("以什么岗位看的"),
        "reason": lambda: _("为什么看"),
    }
    return fields[name]() if name in fields else ""
