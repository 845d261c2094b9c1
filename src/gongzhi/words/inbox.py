"""Messages of the outbox as sentences: for the inbox, for mail and for chat groups. One line, what to do first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Step
from gongzhi.records.institutions.queries import UnknownCharter, charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Message
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms
from gongzhi.words.times import at_text
from gongzhi.words.together import MESSAGES


def render(message: Message) -> tuple[str, str]:
    """Subject and text in the language of whom the message goes to (organs: Chinese)."""
    language = message.person.language if message.person else "zh-hans"
    with translation.override(language):
        return subject_of(message), f"{sentence(message)}\n\n{_footer(message)}"


def subject_of(message: Message) -> str:
    """What about: the number and the public-safe subject of the matter."""
    matter = message.matter
    return _("{number} {subject}").format(number=matter.number, subject=matter.subject) if matter else _("消息")


def sentence(message: Message) -> str:
    """What happened and what to do, in the language in force; never empty."""
    tell, about = SENTENCES.get(message.code), _about(message)
    if tell is None or about is None:
        return _("这件事有新进展，请打开查看。")
    return tell(about)


def _footer(message: Message) -> str:
    return _("这是自动发出的消息，请不要直接回复。编号：{number}").format(
        number=message.matter.number if message.matter else ""
    )


@dataclass(frozen=True, slots=True)
class About:
    """A message with the titles its sentence needs."""

    args: dict[str, Any]
    number: str
    speaker: Speaker
    answers: str

    def step(self, name: str = "step") -> str:
        return self.speaker.terms.step(self.speaker.procedure, str(self.args.get(name, "")))

    def organ(self, name: str = "organ") -> str:
        return self.speaker.terms.holder(str(self.args.get(name, "")))

    def time(self, name: str = "due") -> str:
        return at_text(self.args.get(name))

    def part(self) -> str:
        step: Step | None = self.speaker.procedure.steps.get(str(self.args.get("step", "")))
        name = str(self.args.get("part", ""))
        return self.speaker.terms.part(step, name) if step else name


def _about(message: Message) -> About | None:
    matter = message.matter
    if matter is None:
        return None
    try:
        charter = charter_by_digest(read_state(matter.state).digest)
    except UnknownCharter:
        return None
    speaker = Speaker(Terms(charter), charter.procedures[matter.procedure])
    return About(message.args, matter.number, speaker, matter.answers.title if matter.answers else "")


def _filed(a: About) -> str:
    if not a.answers:
        return _("收到了。编号{number}。").format(number=a.number)
    return _("收到了。编号{number}，现在由{organ}负责。").format(number=a.number, organ=a.answers)


def _entered(a: About) -> str:
    if not a.args.get("due"):
        return _("有一件事要办：{step}。").format(step=a.step())
    return _("有一件事要办：{step}，{due}前办完。").format(step=a.step(), due=a.time())


def _offered(a: About) -> str:
    if a.args.get("ground"):
        return _("{organ}转来一件事，依据：{ground}。请签收，或写明依据退回；期限内不回话视为签收。").format(
            organ=a.organ(), ground=a.speaker.terms.passing_ground(str(a.args["ground"]))
        )
    return _("有一件事待签收：{step}。请签收，或写明依据退回；期限内不回话视为签收。").format(step=a.step())


def _accepted(a: About) -> str:
    if a.args.get("silent"):
        return _("{organ}没有在期限内回话，按规定视为已签收，由它办理。").format(organ=a.organ())
    return _("{organ}已签收，正在办理。").format(organ=a.organ())


def _assigned(a: About) -> str:
    if a.args.get("silent"):
        return _("裁定期已过，按职责清单由你们承办，不能再退。")
    return _("已裁定由你们承办，不能再退。")


def _raised(a: About) -> str:
    return _("承办单位超过期限，现在由你们答复。")


def _breached(a: About) -> str:
    return _("逾期仍未办，已向居民公开（第{n}次）。请尽快办理。").format(n=a.args.get("times", 1))


def _closed(a: About) -> str:
    end = a.speaker.terms.end(a.speaker.procedure, str(a.args.get("end", "")))
    if a.args.get("reopen_until"):
        return _("办完了：{end}。没办好，{until}前可以点“没有办好”。").format(end=end, until=a.time("reopen_until"))
    return _("办完了：{end}。").format(end=end)


SENTENCES: dict[str, Callable[[About], str]] = {
    "filed": _filed,
    "entered": _entered,
    "offered": _offered,
    "part": lambda a: _("请参加“{step}”：{part}。").format(step=a.step(), part=a.part()),
    "asked": lambda a: _("轮到您了：{step}。请打开回复；不回复不算满意。").format(step=a.step()),
    "serve": lambda a: _("请当面或打电话告诉反映人“{step}”，并登记：反映人没有账号。").format(step=a.step()),
    "accepted": _accepted,
    "referred": lambda a: _("两家单位都没有接，请裁定由谁承办。"),
    "assigned": _assigned,
    "raised": _raised,
    "breached": _breached,
    "extended": lambda a: _("要晚一些，到{due}。理由：{ground}").format(due=a.time(), ground=a.args.get("ground", "")),
    "set_aside": lambda a: _("“{step}”已撤销，回到“{to}”重办。理由：{ground}").format(
        step=a.step(), to=a.step("to"), ground=a.args.get("ground", "")
    ),
    "recalendared": lambda a: _("放假安排公布了，期限从{old}改为{new}。").format(old=a.time("old"), new=a.time("new")),
    "closed": _closed,
    **MESSAGES,
    "reopened": lambda a: _("收到，已重新办理。"),
    "question": lambda a: _("“{title}”有人提问，请答复。").format(title=a.args.get("title", "")),
    "topic": lambda a: _("“{title}”有人贴了题目。").format(title=a.args.get("title", "")),
    "minutes_objection": lambda a: _("“{title}”的纪要有人提异议，请答复。").format(title=a.args.get("title", "")),
    "voice_answered": lambda a: _("您在“{title}”里提的有了答复。").format(title=a.args.get("title", "")),
    "invitation": lambda a: _("请参加会议：{on}，{where}。").format(on=a.time("on"), where=a.args.get("where", "")),
    "contribution_waits": lambda a: _("有人在“{title}”里写了意见，请看过再公开。").format(
        title=a.args.get("title", "")
    ),
    "contribution_shown": lambda a: _("您在“{title}”里写的已经公开。").format(title=a.args.get("title", "")),
    "contribution_rejected": lambda a: _("您在“{title}”里写的没有公开，理由写在页上；不同意可以申诉。").format(
        title=a.args.get("title", "")
    ),
    "contribution_appealed": lambda a: _("“{title}”有一条申诉，请在期限内答复；不答复就重新公开。").format(
        title=a.args.get("title", "")
    ),
    "appeal_answered": lambda a: _("您在“{title}”里的申诉有了答复。").format(title=a.args.get("title", "")),
    "signatures_reached": lambda a: _("联名到了{n}人，达到要求，请清点并办下一步。").format(n=a.args.get("needed", 0)),
    "objection": lambda a: _("公示收到一条异议，请按期答复。"),
    "objection_answered": lambda a: (
        _("您提的异议成立，已采纳。") if a.args.get("state") == "upheld" else _("您提的异议没有被采纳，理由见事项页。")
    ),
}
