"""Pages for what went wrong: each says what to do next. They need neither a database nor a session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

__all__ = ["bad_request", "csrf_failed", "forbidden", "not_found", "server_fault"]


def _page(title: str, text: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string("failure.html", {"title": title, "text": text}), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or what was sent cannot be read."""
    return _page(_("没看懂发来的内容"), _("请返回上一页再提交一次。照片太大、太多时，请分几次。"), 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person may not see or do this."""
    return _page(_("这一页您不能看"), _("换一个账户登录，或从“我的事”进去。需要帮忙，请打电话。"), 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or one that this person may not know of."""
    return _page(
        _("没有找到这一页"), _("地址可能抄错了，或者这件事没有公开。自己反映的事，请登录后在“我的事”里看。"), 404
    )


def server_fault(request: HttpRequest) -> HttpResponse:
    """500: our own fault."""
    return _page(_("没有提交成功，您写的都在"), _("是平台出了错，已经记下。请返回上一页再试一次，急事请打电话。"), 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without this browser's token: an old page, cookies switched off, or a form of another site."""
    return _page(_("这一页放得太久了"), _("请返回上一页，刷新后再提交一次。浏览器要允许保存 Cookie。"), 403)
