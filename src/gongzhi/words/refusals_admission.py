"""Why work handed down was not taken, and what to do: one sentence for each refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongzhi.words.times import day_text

if TYPE_CHECKING:
    from gongzhi.words.speaker import Speaker

Args = Mapping[str, Any]
Telling = Callable[["Speaker", Args, str], str]


def _missing(s: Speaker, a: Args, step: str) -> str:
    return _("这项工作没有准入，不能下派到社区。请先提出准入申请，批准后再填准入编号。")


def _unknown(s: Speaker, a: Args, step: str) -> str:
    return _("没有编号为“{number}”的准入，或者它不适用于这个社区。请核对编号。").format(number=a["number"])


def _not_given(s: Speaker, a: Args, step: str) -> str:
    return _("准入{number}还没有批准，或者没有批准。批准以后才能下派。").format(number=a["number"])


def _of_other(s: Speaker, a: Args, step: str) -> str:
    return _("准入{number}是给别的部门的。请用本部门的准入编号。").format(number=a["number"])


def _expired(s: Speaker, a: Args, step: str) -> str:
    day = day_text(date.fromisoformat(a["last_day"]))
    return _("准入{number}已于{day}到期。请重新申请准入。").format(number=a["number"], day=day)


def _not_computed(s: Speaker, a: Args, step: str) -> str:
    return _("这个数系统里算不出来，请在事项里说明理由。")


ADMISSION_REFUSALS: dict[str, Telling] = {
    "admission_missing": _missing,
    "admission_unknown": _unknown,
    "admission_not_given": _not_given,
    "admission_of_other": _of_other,
    "admission_expired": _expired,
    "not_computed": _not_computed,
}
