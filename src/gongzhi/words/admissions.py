"""What is written when work is not taken, and when a figure is given as computed: papers of the community, Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.core.indicator.formula import formula_digest
from gongzhi.words.figures import figure_text, formula_words, title_of
from gongzhi.words.terms import Terms

if TYPE_CHECKING:
    from gongzhi.core.charter.spec import Charter
    from gongzhi.desk.figures import Point, Shown

PAPERS = "zh-hans"  # papers are written in the language of the community


def refusal_paper(charter: Charter, ground: str) -> str:
    """The reply with which a community does not take work on; `ground` as the charter words it."""
    with translation.override(PAPERS):
        return _("不接。理由：{ground}。依据：城市居民委员会组织法第43条，委托要依法，费用由提出的部门承担。").format(
            ground=Terms(charter).text(ground)
        )


def figure_paper(one: Shown) -> str:
    """A figure as computed from the log, with all that is needed to compute it again."""
    with translation.override(PAPERS):
        title = title_of(one.indicator, one.title_of)
        lines = [_point(one, title, one.now), _point(one, title, one.running)]
        lines.append(_("怎么算：{formula}。").format(formula=formula_words(one.indicator, one.title_of)))
        if one.now.formula:
            lines.append(
                _("公式第{version}版（{digest}）。").format(
                    version=one.now.version, digest=formula_digest(one.now.formula)[:8]
                )
            )
        lines.append(_("从办事记录里算出，没有另填表；谁都可以用公开的数据再算一遍。"))
        return "\n".join(lines)


def _point(one: Shown, title: str, point: Point) -> str:
    found = point.figure
    said = _("{title}，{period}：{value}").format(
        title=title, period=point.period.label, value=figure_text(one.indicator, found)
    )
    if found.part is None or not found.whole:
        return said + _("。")
    return said + _("（{part} ÷ {whole}）。").format(part=found.part, whole=found.whole)
