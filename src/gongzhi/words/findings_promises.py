"""What is wrong with relations, posts, decisions, rights, disclosure, money, norms, indicators: code -> found, mend."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

TEXTS: dict[str, tuple[str, str]] = {
    "GZ216": (
        _("没有叫“{name}”的资金{meant}"),
        _("在 funds 里加上，或改正名字"),
    ),
    "GZ217": (
        _("法律说明指着“{name}”，没有这个机构、程序或环节{meant}"),
        _("at 写机构、程序或 程序.环节"),
    ),
    "GZ721": (
        _("政府机构“{organ}”不能领导自治组织“{other}”"),
        _("写 guides（指导）：居民委员会组织法规定是指导、支持和帮助，不是命令"),
    ),
    "GZ722": (
        _("“{organ}”和“{other}”写明互不隶属，又写了 {verb}"),
        _("两条里删掉一条"),
    ),
    "GZ723": (
        _("党组织“{organ}”不能对自治组织“{other}”下行政命令"),
        _("政治领导不是上下级：写 guides 或 cooperates"),
    ),
    "GZ724": (
        _("“{organ}”不能对自己 {verb}"),
        _("换成另一个机构"),
    ),
    "GZ725": (
        _("“{organ}”在“{work}”办了事，又在“{step}”主持评议"),
        _("评议换一个机构主持"),
    ),
    "GZ726": (
        _("领导关系绕成了圈，“{organ}”领导着自己的上级"),
        _("删掉其中一条 leads"),
    ),
    "GZ727": (
        _("“{organ}”有两个上级：“{first}”和“{second}”"),
        _("只留一个 leads，另一个写 guides、supervises 或 cooperates"),
    ),
    "GZ731": (
        _("“{by}”兼任“{seat}”，这个职务要经选举产生"),
        _("按城市居民委员会组织法第8、14条依法选举，保存选举记录"),
    ),
    "GZ732": (
        _("“{by}”同时在“{organ}”和“{other}”任职，前者监督后者或与它互不隶属"),
        _("涉及对方的事项请本人回避（参看城市居民委员会组织法第36条）"),
    ),
    "GZ733": (
        _("“{organ}”的职务（{seats}）由选举产生，本章程却没有这项选举"),
        _("在选举程序的 elects 里写上这个机构"),
    ),
    "GZ734": (
        _("程序“{procedure}”不是选举，不能写 elects"),
        _("改成 of: election，或删掉 elects"),
    ),
    "GZ761": (
        _("“{step}”不是会议，不能写 meeting"),
        _("把 do 改成 meeting 或 consultation，或删掉 meeting"),
    ),
    "GZ762": (
        _("会议“{step}”要先有“{document}”，可是没有哪一步会做它"),
        _("在前面某一步的 makes 里写上，或从 materials 里删掉"),
    ),
    "GZ763": (
        _("会议“{step}”要提前{invite}通知，这一步自己只有{within}"),
        _("把 within 放长，或把 invite 改短"),
    ),
    "GZ764": (
        _("“{procedure}”落实会议“{step}”的决议，却没有在提出时填由谁办（organ）和哪天办完（date）的两项"),
        _("加上两个 given: filing 的字段，类型是 organ 和 date"),
    ),
    "GZ750": (
        _("{source}（{at}）：{says}。依据：{law}"),
        _("这是章程自己写明的差别，采用前请确认"),
    ),
    "GZ751": (
        _("“{step}”按“{rule}”表决，这是约定，不是法律"),
        _("通过的内容是倡导性的，不能设处罚（城市居民委员会组织法第31条）；业主的事按民法典第278条"),
    ),
    "GZ752": (
        _("“{step}”的规则“{rule}”和名册对不上"),
        _("业主的规则用 roll: {{of: owners, weight: [area, head]}}，其他规则不用"),
    ),
    "GZ768": (
        _("“{step}”要表决通过或不通过，却没有写按什么规则"),
        _("写上 rule，或者把结果改成不是表决的说法"),
    ),
    "GZ755": (
        _("“{organ}”里有单位代表“{unit}”，却在“{step}”作出决定"),
        _(
            "驻社区单位不是居民会议成员（城市居民委员会组织法第26、28、46条）：它的意见供协商，有约束力的决定由居民会议或居民代表会议作出"
        ),
    ),
    "GZ756": (
        _("“{organ}”只在授权范围内决定，程序“{procedure}”（环节“{step}”）不在其中"),
        _("在 delegations 里写上这个程序，或换由授权的机构决定"),
    ),
    "GZ757": (
        _("规则“{rule}”的 {key} 用不了：{why}（{more}）"),
        _("按 docs/decisions/0041 的写法改这一条"),
    ),
    "GZ758": (
        _("规则“{rule}”比法律的规则宽：{more}"),
        _("本地可以更严，不能更宽：改正条件，或不写 replaces"),
    ),
    "GZ811": (
        _("类别“{category}”由“{organ}”负责，又由它自己协调"),
        _("负责和协调分给两家，或删掉 coordinates"),
    ),
    "GZ831": (
        _("权利“{right}”没有办法行使"),
        _("在 through 里写上行使它的程序"),
    ),
    "GZ832": (
        _("有权利“{right}”的人（{who}）在程序“{procedure}”里什么也不能做"),
        _("让他们提出、参加或表决，或换一个程序"),
    ),
    "GZ841": (
        _("“{step}”作了决定，却可以不公开就结束"),
        _("在这个环节或它之后的每条路上加上 publish"),
    ),
    "GZ842": (
        _("“{name}”只公开 {days} 天"),
        _("居务公开不少于 {least} 天（城市居民委员会组织法第35条）；不是居务的可以短"),
    ),
    "GZ843": (
        _("“{name}”说程序“{procedure}”在 {board} 公开，它却没有这样的环节"),
        _("在程序里加上 publish，或改正 of、board"),
    ),
    "GZ851": (
        _("付款“{step}”没有第二个人签字，或者沉默也能过"),
        _("在 signed_by 里加上另一个人，不写 late: absent"),
    ),
    "GZ852": (
        _("付款“{step}”没说用哪笔资金"),
        _("加上 fund"),
    ),
    "GZ853": (
        _("从“{fund}”分出去 {share}%，超过了全部"),
        _("减小 share"),
    ),
    "GZ854": (
        _("资金“{fund}”的 of 和 share 要一起写"),
        _("补上另一个，或都删掉"),
    ),
    "GZ855": (
        _("付款“{step}”动用“{fund}”，这笔钱由“{organ}”保管"),
        _("由保管的机构付款，或换一笔资金"),
    ),
    "GZ861": (
        _("配备标准“{norm}”算不出：{problem}"),
        _("test 里只用 facts 里的数，结果是对或错"),
    ),
    "GZ862": (
        _("配备标准“{norm}”在 {facts} 时和例子说的不同"),
        _("改正 test，或改正 holds、fails 里的例子"),
    ),
    "GZ863": (
        _("配备标准“{norm}”缺少例子"),
        _("holds 和 fails 里各写至少一个"),
    ),
    "GZ871": (
        _("日志里数不出“{name}”{meant}"),
        _("换一个能数的"),
    ),
    "GZ872": (
        _("指标里有不许考核的内容：{word}"),
        _("删掉它（民发〔2015〕136号：不下达招商等指标，不搞一票否决）"),
    ),
    "GZ881": (
        _("文书“{document}”里的 {{{name}}} 不知道指什么{meant}"),
        _("写 number、place、holder 这样的事实，或 field.、organ.、paper. 加名字"),
    ),
    "GZ882": (
        _("公约在“{step}”表决，没有要求草案不含违法条款"),
        _("在 passed 这个结果里写 clean: [草案]（不罚款、不断水断电、不点名，城市居民委员会组织法第31条）"),
    ),
    "GZ883": (
        _("文书“{document}”里有两处叫“{name}”"),
        _("改名，每处空白一个名字"),
    ),
}
