"""还公开这些: what else stands on the board. One line here for each page."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from gongzhi.web.rooms import Room

__all__ = ["ROOMS"]

ROOMS = [
    Room(_("钱从哪来、花到哪"), _("每笔资金、预算和每一笔收支。"), "board_funds"),
    Room(_("谁管什么"), _("路灯坏了找谁？写一句话就找得到。"), "who"),
    Room(_("地图"), _("公开的事项大约在哪一带，各网格由谁负责。"), "public_map"),
    Room(_("章程：我们的规矩"), "", "studio"),
    Room(_("决议：开会定了什么"), "", "resolutions"),
    Room(_("响应、解决、满意"), _("三个率，按月、按单位，分子分母都写着。"), "board_rates"),
    Room(_("网格事项清单"), _("网格能管哪些、到哪天，每件花多少，居民自己办的占多少。"), "board_grid"),
    Room(_("吹哨报到"), _("叫了哪些部门，谁到了，谁没到。"), "whistles"),
    Room(_("该开的会、该公开的事"), "", "board_recurring"),
    Room(_("计划和任务"), _("谁、到哪天、做到什么，做到了没有。"), "board_plans"),
    Room(_("评议结果"), _("各方怎样评，只公布汇总。"), "board_reviews"),
    Room(_("社会组织和队伍"), _("有哪些类、多少人、孵化到哪一步。"), "board_organisations"),
    Room(_("配备标准"), _("户数、人手、用房、经费够不够，怎么算的。"), "board_norms"),
    Room(_("任职情况"), _("职务怎样产生、有多少兼任，只有数。"), "board_posts"),
    Room(_("准入清单"), _("哪些工作可以下派到社区，到哪天为止。"), "board_admissions"),
    Room(_("数说社区"), _("办得怎么样，每个数怎么来，自己再算一遍。"), "figures"),
    Room(_("平安任务：做的和不做的"), "", "safety_cards"),
    Room(_("核对回执"), "", "verify_form"),
    Room(_("每日摘要"), "", "digests"),
    Room(_("开放数据"), "", "open_data"),
    Room(_("这里存了哪些个人信息"), "", "personal_data"),
    Room(_("我们不做哪些功能"), "", "refused"),
    Room(_("表决和结果"), "", "board_ballots"),
    Room(_("社区项目"), "", "board_projects"),
    Room(_("招标和购买服务"), _("买什么、截止哪一刻、谁中标、做到了多少。"), "board_tenders"),
]
