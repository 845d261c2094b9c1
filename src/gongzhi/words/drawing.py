"""Words beside drawings: who holds a lane, and why a drawing cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from gongzhi.core.charter.holders import read_holder
from gongzhi.core.charter.spec import Procedure
from gongzhi.core.exchange.xml_tree import CannotRead
from gongzhi.words.prose_who import holder_text
from gongzhi.words.terms import Terms

REASONS: dict[str, Callable[[], str]] = {
    "too_big": lambda: _("文件太大，最多{most} MB。"),
    "too_deep": lambda: _("嵌套太深，最多{most}层。"),
    "not_xml": lambda: _("这里不是正确的 XML。请用画图软件重新保存。"),
    "forbidden": lambda: _("文件里有 DTD 或实体，不读。请去掉 DOCTYPE。"),
    "not_bpmn": lambda: _("这不是 BPMN 2.0 文件，开头是“{found}”。"),
    "not_ours": lambda: _("这不是 gongzhi 导出的流程图。请先用 gongzhi charter export 导出，再修改。"),
    "several": lambda: _("文件里有几个流程。一个文件只放一个。"),
    "same_id": lambda: _("“{id}”出现了两次，也许是复制出来的。请删掉一个。"),
    "unknown_node": lambda: _("“{title}”是新画的，没有写谁来办、多久办完。请在 YAML 文件里加这个环节。"),
    "unknown_lane": lambda: _("泳道“{title}”是新画的，不知道是哪个机构。请在 YAML 文件里改由谁来办。"),
    "no_outcome": lambda: _("从“{title}”新画的线没有写是什么结果。请在 YAML 文件里加这个结果。"),
    "leads_nowhere": lambda: _("“{title}”这条线没有连到环节或结束上。"),
    "two_ways": lambda: _("结果“{title}”画了两条线，通到不同的地方。请让它们通到同一处。"),
}


def cannot_read(error: CannotRead) -> str:
    """Why, and what to do."""
    return REASONS[error.code]().format(**error.args_map)


def shown_holder(terms: Terms, procedure: Procedure, holder: str) -> str:
    """The title of a holder as a charter writes it (`organ.seat`, `same STEP`)."""
    read = read_holder(holder)
    return holder_text(terms, procedure, read) if read else holder
