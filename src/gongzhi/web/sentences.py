"""Sentences that the page's script says; the server writes them into the page in its language."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from gongzhi.web.addresses import url_or

__all__ = ["script_words"]


def script_words() -> str:
    """JSON for the element #words of base.html; keys as in assets/js."""
    return json.dumps(
        {
            "sending": _("正在提交…"),
            "draft_kept": _("您写的已存在这台设备上，保留24小时。"),
            "draft_back": _("找回了您上次写的内容。"),
            "draft_clear": _("清除草稿"),
            "stop_reading": _("停止朗读"),
            "too_large": _("太大了，请换一张"),
            "server_fault": _("没有提交成功，您写的都在。请再试一次。"),
            "session_ends": _("再过2分钟会退出登录。要接着用，请点“接着用”。您写的都在。"),
            "sign_in": url_or("/login", "login"),
            "characters": {
                "charactersUnderLimit": {"one": _("还可以写%{count}个字"), "other": _("还可以写%{count}个字")},
                "charactersAtLimit": _("字数刚好写满"),
                "charactersOverLimit": {"one": _("多了%{count}个字"), "other": _("多了%{count}个字")},
            },
            "password": {
                "showPassword": _("显示"),
                "hidePassword": _("隐藏"),
                "showPasswordAriaLabel": _("显示密码"),
                "hidePasswordAriaLabel": _("隐藏密码"),
                "passwordShownAnnouncement": _("密码正在显示"),
                "passwordHiddenAnnouncement": _("密码已隐藏"),
            },
        },
        ensure_ascii=False,
    )
