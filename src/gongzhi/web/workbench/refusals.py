"""Why an act was not possible, for the matter page: the charter's words, and who was faster."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.core.procedure.acts import SYSTEM
from gongzhi.core.procedure.effects import Refused
from gongzhi.records.matters.queries import left_by
from gongzhi.web.workbench.found import Found
from gongzhi.words.times import at_text

__all__ = ["lost_race", "sentence"]


def sentence(found: Found, refused: Refused) -> str:
    """The refusal in the reader's language."""
    if refused.code == "key_reused":
        return _("这一页已经提交过一次，内容不同。请回到事项页，从那里再办。")
    return found.speaker.refusal(refused.code, refused.args_map, found.case.control.step)


def lost_race(found: Found, refused: Refused | None, visit: str = "") -> str:
    """Somebody was faster: who, when, and that nothing typed is lost."""
    args = dict(refused.args_map) if refused else {}
    if "organ" not in args and (winner := left_by(found.matter, visit or str(args.get("prepared", "")))):
        args = {"organ": winner.organ, "seat": winner.seat, "at": winner.at}
    if not args.get("at"):
        return _("这件事刚才已经往下走了。您写的存为草稿。")
    at = at_text(args["at"] if isinstance(args["at"], datetime) else str(args["at"]))
    if args["organ"] == SYSTEM:
        return _("期限已到，系统{at}按章程办了这一步。您写的存为草稿。").format(at=at)
    seat = f".{args['seat']}" if args.get("seat") else ""
    who = found.terms.holder(f"{args['organ']}{seat}")
    return _("{who}{at}已经办了这一步。您写的存为草稿。").format(who=who, at=at)
