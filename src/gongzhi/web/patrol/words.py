"""Sentences that the patrol's page says without a net; they travel with the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["patrol_words"]


def patrol_words() -> dict[str, str]:
    """Keys as in assets/js/patrol.js; {n}, {at}, {number} are filled in there."""
    return {
        "offline": _("离线"),
        "waiting": _("{n}件待上传"),
        "all_sent": _("已全部上传 {at}"),
        "nothing": _("没有待上传的"),
        "sending": _("正在上传…"),
        "sign_in": _("登录过期了。写的都在这台手机上，登录后接着传。"),
        "others": _("有{n}件是别人写的，请他登录后上传。"),
        "kept": _("已存在手机上，有网就传，只传一次。"),
        "filed": _("已上传，编号{number}"),
        "joined": _("已合并到{number}，照片已加上"),
        "known": _("{at}已有人报（{number}）。是同一个吗？"),
        "same": _("是同一个，加上照片"),
        "another": _("不是，另报一件"),
        "drop": _("删掉这件"),
        "drop_sure": _("删掉后找不回来。删掉吗？"),
        "retry": _("再传一次"),
        "photo_bad": _("这个文件不是能打开的照片。换一张JPG或PNG；也可以不拍照。"),
        "photo_big": _("照片超过40MB，手机缩不动。把相机分辨率调低再拍一张。"),
        "full": _("存不下了，请先联网上传"),
        "drift": _("手机时间差{n}分钟，两个时间都记下"),
        "leave": _("还有{n}件没有上传。退出后别人看不到它们，您再登录才能传。现在退出吗？"),
        "no_duty": _("您的岗位在这里不做巡查。"),
        "no_route": _("今天没有排路线，看到什么报什么。"),
        "fine": _("无异常"),
        "whole": _("整个{place}"),
        "fault": _("没有传上去，写的都在。请再试一次。"),
        "first_time": _("第一次用要先联网打开一次。"),
    }
