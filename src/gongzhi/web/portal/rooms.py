"""一起参与: where residents take part in what concerns all. One line here for each room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from gongzhi.web.access import requires
from gongzhi.web.page import show
from gongzhi.web.rooms import Room, cards

__all__ = ["take_part"]

ROOMS = [
    Room(_("会议"), _("看哪天开会，会前提问，会上签到、表决。"), "resident_meetings"),
    Room(_("征求意见"), _("一条一条表态，看大家怎么想、采纳了什么。"), "consultations"),
    Room(_("居民联名"), _("提议召开居民会议，够了人数就要办。"), "initiatives"),
    Room(_("评议"), _("请您评的，评了就封存，没有人看得到您评了什么。"), "reviews"),
    Room(_("公示和异议"), _("看公示，不同意的可以提。"), "notices"),
    Room(_("常见问答"), _("先查一查，也许已经有答案。"), "public_answers"),
    Room(_("服务和场地"), _("看有什么服务，约一间场地。"), "services"),
    Room(_("愿意教、愿意帮"), _("看邻居会什么，写下自己愿意帮的。"), "skills"),
    Room(_("社会组织和队伍"), _("看有哪些队伍，登记自己的。"), "groups"),
    Room(_("职责合同"), _("参加了项目小组的，在这里看、在这里签。"), "project_duties"),
    Room(_("投票和表决"), _("看您能投哪些，投出您的一票。"), "votes"),
]


@requires("public")
@require_GET
def take_part(request: HttpRequest) -> HttpResponse:
    """Every room as a card."""
    return show(request, "portal/take_part.html", cards=cards(ROOMS))
