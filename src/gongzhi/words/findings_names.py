"""What is wrong with names, times and outcomes: code -> what was found, how to mend it (families 2 to 4)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

TEXTS: dict[str, tuple[str, str]] = {
    "GZ201": (
        _("没有叫“{name}”的机构{meant}"),
        _("在 organs 里加上，或改正名字"),
    ),
    "GZ202": (
        _("机构“{organ}”没有席位“{name}”{meant}"),
        _("在该机构的 seats 里加上，或改正名字"),
    ),
    "GZ203": (
        _("没有叫“{name}”的环节或结果{meant}"),
        _("加上这个环节，或改正名字"),
    ),
    "GZ204": (
        _("没有叫“{name}”的字段{meant}"),
        _("在程序的 fields 里加上，或改正名字"),
    ),
    "GZ205": (
        _("没有叫“{name}”的文书{meant}"),
        _("在章程的 documents 里加上，或改正名字"),
    ),
    "GZ206": (
        _("没有叫“{name}”的表决规则{meant}"),
        _("用 gongzhi count --rules 看有哪些规则"),
    ),
    "GZ207": (
        _("没有叫“{name}”的类别{meant}"),
        _("在 categories 里加上，或改正名字"),
    ),
    "GZ208": (
        _("没有叫“{name}”的程序{meant}"),
        _("在 procedures 文件夹里加上，或改正名字"),
    ),
    "GZ209": (
        _("没有叫“{name}”的层级{meant}"),
        _("在 places 里加上，或改正名字"),
    ),
    "GZ210": (
        _("“{name}”不能作起算点{meant}"),
        _("写 arrival、filed、served 或 环节.结果"),
    ),
    "GZ213": (
        _("字段“{field}”的类型是 {type}，这里要 {wanted}"),
        _("换一个字段，或改它的类型"),
    ),
    "GZ214": (
        _("外部机构“{organ}”没有指定由谁记录"),
        _("加上 recorded_by"),
    ),
    "GZ215": (
        _("选择字段“{field}”没有选项"),
        _("加上 choices"),
    ),
    "GZ301": (
        _("环节“{step}”没有期限"),
        _("加上 within（多久之内）、for（持续多久）或 before（某日之前）"),
    ),
    "GZ302": (
        _("环节“{step}”写了几种期限"),
        _("within、for、before 只留一种"),
    ),
    "GZ303": (
        _("环节“{step}”持续一段时间，却没说期满算什么结果"),
        _("加上 late: {{assume: 结果}}"),
    ),
    "GZ304": (
        _("请居民办的环节“{step}”没说不答复怎么办"),
        _("加上 late: {{assume: no_answer}}，并加上这个结果"),
    ),
    "GZ305": (
        _("环节“{step}”把居民不答复算作“{outcome}”"),
        _("另设一个只表示没有答复的结果（{names}），放在最后，谁也不能选它"),
    ),
    "GZ306": (
        _("环节“{step}”没等通知送到就开始算居民的时间"),
        _("加上 from: served"),
    ),
    "GZ307": (
        _("环节“{step}”没有“{outcome}”这个结果，不能当作逾期结果"),
        _("在 then 里加上，或改正名字"),
    ),
    "GZ308": (
        _("时限“{limit}”守不住：最快也要 {needed} 天，只给了 {allowed} 天"),
        _("放宽这个时限，或缩短途中的环节"),
    ),
    "GZ309": (
        _("次数是 {count}，至少要 1"),
        _("改成 1 或更大，不需要就删掉"),
    ),
    "GZ310": (
        _("环节“{step}”逾期后又交给“{organ}”自己"),
        _("换成上一级的机构，不要重复"),
    ),
    "GZ311": (
        _("环节“{step}”逾期后交给外部机构“{organ}”"),
        _("外部机构不在本系统里，换一个机构"),
    ),
    "GZ312": (
        _("环节“{step}”由外部机构办，不能因逾期上交"),
        _("删掉 raise；由记录机构公开逾期"),
    ),
    "GZ401": (
        _("环节“{step}”没有任何结果"),
        _("在 then 里写上会有哪些结果、各去哪里"),
    ),
    "GZ402": (
        _("按规则表决的环节“{step}”结果不对：缺 {missing}，多 {extra}"),
        _("结果正好是 passed、failed、no_quorum"),
    ),
    "GZ418": (
        _("环节“{step}”的结果和规则“{rule}”不合：应当正好是 {wanted}"),
        _("在 then 里写全这几个结果，不多不少；每个结果写去哪里"),
    ),
    "GZ404": (
        _("环节“{step}”要人签字，却没有 unsigned 这个结果"),
        _("加上 unsigned：有人不签时去哪里"),
    ),
    "GZ405": (
        _("可提异议的公示“{step}”结果不对：缺 {missing}，多 {extra}"),
        _("结果正好是 unopposed、opposed"),
    ),
    "GZ406": (
        _("环节“{step}”的 at_most 和 beyond 要一起写"),
        _("写上最多几次（at_most）和用完后去哪里（beyond）"),
    ),
    "GZ408": (
        _("异议期只能用在有 for 的公示上：“{step}”"),
        _("改成 do: notice 并写 for，或删掉 object"),
    ),
    "GZ409": (
        _("环节“{step}”没有人签字，却有 unsigned 这个结果"),
        _("加上 signed_by，或删掉这个结果"),
    ),
    "GZ411": (
        _("分流“{step}”最后一行必须没有条件"),
        _("最后加一行只有 go 的"),
    ),
    "GZ412": (
        _("分流“{step}”中间有一行没有条件，后面的永远走不到"),
        _("把它移到最后，或加上条件"),
    ),
    "GZ413": (
        _("分流“{step}”不是等待的环节，不能有结果、参与、期限或次数"),
        _("只留 title、do 和 when"),
    ),
    "GZ414": (
        _("环节“{step}”不是分流，不能有 when"),
        _("改成 do: choice，或删掉 when"),
    ),
    "GZ415": (
        _("环节“{step}”要 {need} 个参与完成，却只有 {parts} 个"),
        _("改小 need，或加上参与"),
    ),
    "GZ416": (
        _("程序没有任何结束"),
        _("在 ends 里写上事项会怎样结束"),
    ),
    "GZ417": (
        _("环节“{step}”没说由谁办"),
        _("加上 by"),
    ),
}
