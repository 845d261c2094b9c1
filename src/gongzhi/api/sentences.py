"""What the API's own problems say. Refusals of engine and desk are said by `gongzhi.words.speaker`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

Args = Mapping[str, Any]

TITLES: dict[int, Callable[[], str]] = {
    400: lambda: _("请求看不懂"),
    401: lambda: _("请先登录"),
    403: lambda: _("没有权限"),
    404: lambda: _("没有找到"),
    405: lambda: _("这个地址不支持这种请求"),
    409: lambda: _("现在不能办"),
    413: lambda: _("内容太大"),
    415: lambda: _("格式不支持"),
    422: lambda: _("填写有误"),
    429: lambda: _("太频繁"),
    500: lambda: _("系统出错"),
    503: lambda: _("系统正忙"),
}

SENTENCES: dict[str, Callable[[Args], str]] = {
    "bad_request": lambda a: _("请求的内容看不懂。请按接口文档的格式发送。"),
    "not_json": lambda a: _("正文不是正确的JSON。请检查引号和逗号。"),
    "sign_in_first": lambda a: _("请先登录，或在请求头里带上钥匙：Authorization: Bearer …"),
    "key_unknown": lambda a: _("钥匙不对、已过期或已作废。请重新登录取一把。"),
    "second_factor": lambda a: _("工作人员要用密码加动态码登录，之后才能办事。"),
    "staff_only": lambda a: _("这里只对担任职务的工作人员开放。"),
    "not_allowed": lambda a: _("您没有权限看或办这件事。"),
    "csrf": lambda a: _("页面已过期，请刷新后再提交。"),
    "not_found": lambda a: _("没有找到。请检查编号或地址。"),
    "unknown_matter": lambda a: _("没有这个编号的事项，或者您不能看。请检查编号。"),
    "unknown_place": lambda a: _("没有这个区域：{place}。请填区划代码或简称。").format(place=a.get("place", "")),
    "unknown_category": lambda a: _("没有这个类别：{category}。请从列出的类别里选。").format(
        category=a.get("category", "")
    ),
    "no_charter": lambda a: _("这个区域还没有采用章程，暂时不能登记。请联系所在社区。"),
    "no_organ_here": lambda a: _("这里没有负责的机构，暂时不能登记。请联系所在街道。"),
    "method_not_allowed": lambda a: _("这个地址不支持这种请求。请看接口文档。"),
    "key_missing": lambda a: _("请在请求头里带上 Idempotency-Key：同一次提交重发时用同一个。"),
    "key_reused": lambda a: _("这个 Idempotency-Key 已用于另一次内容不同的提交。请换一个新的。"),
    "in_future": lambda a: _("时间还没有到。请核对日期。"),
    "try_again": lambda a: _("系统正忙，没有登记成功。请稍后用同一个 Idempotency-Key 再试。"),
    "too_large": lambda a: _("内容太大：最多{mb}MB。请换小一点的文件，文字还在。").format(mb=a.get("mb", "")),
    "file_empty": lambda a: _("文件是空的。请重新选择。"),
    "file_type": lambda a: _("这种文件不能用。请用 JPG、PNG、WebP 照片，或 PDF、Word、Excel 文件。"),
    "file_renamed": lambda a: _("文件的内容与扩展名不符。请用原来的文件。"),
    "file_broken": lambda a: _("文件打不开，可能已损坏。请换一个。"),
    "file_bombs": lambda a: _("照片的尺寸太大，打不开。请换一张。"),
    "upload_unknown": lambda a: _("没有这个已上传的文件，或已过24小时。请重新上传。"),
    "invalid": lambda a: _("有几处填写不对，请按提示改。您写的都还在。"),
    "control_characters": lambda a: _("文字里有看不见的控制字符。请删掉后再提交，其余文字都还在。"),
    "code_wrong": lambda a: _("验证码不对。请看清后再填，或重新获取。"),
    "code_expired": lambda a: _("验证码已过期。请重新获取。"),
    "code_used_up": lambda a: _("试错太多次，这个验证码不能再用。请重新获取。"),
    "password_wrong": lambda a: _("用户名、密码或动态码不对。"),
    "contact_bad": lambda a: _("请填手机号（11位）或邮箱。"),
    "contact_unreachable": lambda a: _("这里还不能发短信。请填邮箱。"),
    "code_not_sent": lambda a: _("验证码没有发出去，请稍后再试。"),
    "too_often_tried": lambda a: _("试得太多了，请稍后再试。"),
    "cursor_bad": lambda a: _("翻页标记不对。请从第一页重新开始。"),
    "not_readable": lambda a: _("这份材料不公开，或您不能看。"),
    "erased": lambda a: _("这份材料已按保存期限删除，只留下校验值。"),
    "server_fault": lambda a: _("系统出错，没有保存。请用同一个 Idempotency-Key 再试一次。"),
    "clock_not_movable": lambda a: _("时钟只能往后拨。"),
    "holds_seat": lambda a: _("您还担任职务，账号暂时不能删除。请先由单位办理离任。"),
    "matters_open": lambda a: _("您还有没办完的事：{numbers}。办完或撤回以后才能删除账号。").format(
        numbers=_("、").join(a.get("numbers", ()))
    ),
    "room_code_wrong": lambda a: _("签到码不对。请看会场屏幕上的六位数"),
    "not_called": lambda a: _("这一方不是由您签到的。请以自己的职务或居民身份签到。"),
    "consent_missing": lambda a: _("代人登记要写明本人同意：方式和见证人。"),
    "charter_unknown": lambda a: _("没有这个章程。"),
}


def sentence(code: str, args: Args) -> str:
    """What a problem says; a code without words of its own gets a general sentence."""
    say = SENTENCES.get(code)
    return say(args) if say else _("现在不能办。请刷新看最新情况。")


def title_of(status: int) -> str:
    say = TITLES.get(status)
    return say() if say else str(status)


# What is wrong with one field, by the validator's kind of error.
FIELDS: dict[str, Callable[[Args], str]] = {
    "missing": lambda a: _("必填"),
    "string_too_short": lambda a: _("太短，至少{n}个字").format(n=a.get("min_length", "")),
    "string_too_long": lambda a: _("太长，最多{n}个字").format(n=a.get("max_length", "")),
    "string_pattern_mismatch": lambda a: _("写法不对"),
    "string_type": lambda a: _("要填文字"),
    "int_type": lambda a: _("要填整数"),
    "int_parsing": lambda a: _("要填整数"),
    "int_from_float": lambda a: _("要填整数"),
    "bool_type": lambda a: _("要填 true 或 false"),
    "bool_parsing": lambda a: _("要填 true 或 false"),
    "greater_than_equal": lambda a: _("不能小于{n}").format(n=a.get("ge", "")),
    "less_than_equal": lambda a: _("不能大于{n}").format(n=a.get("le", "")),
    "literal_error": lambda a: _("只能填：{values}").format(values=a.get("expected", "")),
    "enum": lambda a: _("只能填：{values}").format(values=a.get("expected", "")),
    "extra_forbidden": lambda a: _("没有这一项，请去掉或检查拼写"),
    "dict_type": lambda a: _("要填一组名称和值"),
    "list_type": lambda a: _("要填一个列表"),
    "too_long": lambda a: _("太多，最多{n}项").format(n=a.get("max_length", "")),
    "datetime_from_date_parsing": lambda a: _("要填日期和时间，如 2026-03-16T08:30:00+08:00"),
    "datetime_parsing": lambda a: _("要填日期和时间，如 2026-03-16T08:30:00+08:00"),
    "timezone_aware": lambda a: _("时间要带时区，如 2026-03-16T08:30:00+08:00"),
    "date_from_datetime_parsing": lambda a: _("要填日期，如 2026-03-16"),
    "date_parsing": lambda a: _("要填日期，如 2026-03-16"),
    "control_characters": lambda a: _("有看不见的控制字符，请删掉"),
}


def field_sentence(kind: str, context: Args) -> str:
    say = FIELDS.get(kind)
    return say(context) if say else _("填写不对")
