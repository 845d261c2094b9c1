"""各项工作: what staff do beside the matters on their list. One line here for each room, under its heading."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from gongzhi.web.access import requires
from gongzhi.web.rooms import Room, cards
from gongzhi.web.workbench.page import show

__all__ = ["rooms"]

ROOMS = {
    _("接事、现场和地图"): [
        Room(_("接听登记"), _("电话和窗口一页办完：当场答、查重复、登记。"), "hotline"),
        Room(_("热点"), _("几个人说同一件事：看走势，列入议题，合起来办。"), "work_hotspots"),
        Room(_("常见问答"), _("办结的事写成问答和回复模板，公布、停用。"), "work_answers"),
        Room(_("归类提议"), _("系统学了什么、有多准，不用就关掉。"), "work_routing"),
        Room(_("地图"), _("自己经手的事项在哪里，网格、部件和热力。"), "work_map"),
        Room(_("网格"), _("划网格、查大小和重叠、定由谁负责。"), "work_grid"),
        Room(_("部件"), _("井盖、路灯……编码、位置、权属，Excel进出。"), "work_parts"),
        Room(_("巡查（手机）"), _("没有网也能报：点一类、拍一张、点地方；有网时只传一次。"), "patrol"),
        Room(_("巡查路线"), _("每个网格看哪些点、什么顺序，画在地图上。"), "work_routes"),
        Room(_("巡查报上来的"), _("按网格、类别、时间看，立成了哪一件。"), "work_patrols"),
        Room(_("吹哨现场"), _("叫了谁、谁到了、谁还在路上、谁不能走。"), "work_whistles"),
    ],
    _("会议、投票和意见"): [
        Room(_("会议安排"), _("发通知、签到、记纪要。"), "meetings"),
        Room(_("投票和表决"), _("名册、开票、收纸票、计票。"), "work_ballots"),
        Room(_("征求意见和联名"), _("写观点、看过再公开、写采纳表、录纸质问卷、清点联名。"), "work_consultations"),
        Room(_("评议"), _("各方评了几个人，拆封以后看汇总。"), "work_reviews"),
    ],
    _("项目、钱和服务"): [
        Room(_("社区项目"), _("执行小组、职责合同、计划、记录卡和照片。"), "work_projects"),
        Room(_("项目评审日"), _("封存权重，介绍、提问、打分，排名次，写理由。"), "work_review_days"),
        Room(_("招标和购买服务"), _("收标书、到点两人开标、评委和打分、核对指标。"), "work_tenders"),
        Room(_("资金和账"), _("申请付款、审批、预算、合同、对账、结账。"), "work_funds"),
        Room(_("组织、服务和场地"), _("核对登记、每年确认、服务目录、场地时间表。"), "work_organisations"),
        Room(_("点单、建单、接单"), _("谁点了什么，等谁建单、等谁接单，评得怎样。"), "work_orders"),
        Room(_("愿意教、愿意帮"), _("居民自愿写的，公开前看一遍。"), "work_skills"),
    ],
    _("职责、计划和数字"): [
        Room(_("职责清单"), _("每一类每一级归谁，有没有缺、有没有重，打印和Excel。"), "work_duties"),
        Room(_("定期要做的事"), _("多久要做一次，做了没有，用哪次会议算作履行。"), "work_recurring"),
        Room(_("计划立项"), _("把计划里的任务立成事项，有单位、有时限、有验收。"), "work_plans"),
        Room(_("准入和要数"), _("下派的工作不接时一步拒绝，要的数直接给，看给本单位的准入。"), "work_admissions"),
        Room(_("以单位名义提出"), _("申请准入、凭编号下派、要数、评议……本单位可以提出的都在这里。"), "work_own"),
        Room(_("响应、解决、满意"), _("三个率，按月、按单位，分子分母都写着。"), "board_rates"),
        Room(_("指标填报和异议"), _("填单位负责的总数，更正，提异议，答复。"), "work_figures"),
    ],
    _("章程和人"): [
        Room(_("采用章程"), _("看检查结果和不同，换版本，退回以前的版本。"), "studio_adoption"),
        Room(_("岗位和任期"), _("任命、登记选举结果、结束任期、重设登录。"), "work_staff"),
    ],
}


@requires("staff")
@require_GET
def rooms(request: HttpRequest) -> HttpResponse:
    """Every room as a card, under what it belongs to."""
    return show(request, "rooms.html", groups={gettext(title): cards(rooms) for title, rooms in ROOMS.items()})
