"""Things to show in the style gallery, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import segno
from markupsafe import Markup

from gongzhi.core.calendar import CHINA
from gongzhi.web.diagram import Edge, Node

ZH, EN = "zh-hans", "en"
PHOTO = "photo.svg"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


TEXTS = {
    ZH: {
        "title": "有事，说一声", "back": "返回", "lead": "本月收到132件，办结118件，超时5件。", "report": "我要反映",
        "danger": "有危险先打110、119、120。", "chips": "状态和期限", "tag": "只给承办单位看",
        "provisional": "临时：2027年放假安排未公布。", "question": "办好了吗？", "turn_text": "您3月5日反映的“4号院大门旁没有地方停电动车”，居委会说3月13日办好了。",
        "solved": "办好了", "partly": "办了一部分", "unsolved": "没有办好", "owner": "第一社区居委会", "next": "居委会答复您，在3月19日前",
        "can": "补充材料 · 请人代办 · 撤回", "happened": "办理经过", "flow": "流程图", "long_flow": "一条长流程", "lists": "列表",
        "empty": "您还没有反映过事情", "empty_more": "看看邻居们在办什么。", "meeting": "会议",
        "rule": "要通过：参加表决的人数和面积都达到三分之二，其中同意的都过半数（《民法典》第278条）。",
        "received": "收到了", "proves": "回执证明您投过票，不写投了什么。", "evidence": "照片和材料", "form": "表单", "what": "什么事？",
        "what_hint": "一句话就行，如“3号楼路灯不亮”。", "what_error": "请写一句是什么事，如“3号楼路灯不亮”", "photo": "拍照或选照片",
        "photo_hint": "照片里的位置会去掉。每张不超过20MB。", "phone": "手机", "phone_error": "手机号是11位，您填了10位", "who_sees": "谁能看到",
        "public": "公开", "public_hint": "隐去姓名和电话", "private": "只给承办单位", "kinds": "跟什么有关", "kind_a": "停车", "kind_b": "照明",
        "place": "在哪里？", "place_1": "4号院大门", "place_2": "3号楼", "day": "哪一天？", "go": "继续", "check": "核对一下", "cannot": "投出后不能改。",
        "cast": "投出这一票", "saved": "收到了。", "saved_more": "居委会负责，3月19日16:00前答复您。", "changes": "改了什么", "notice_left": "还剩3天",
    },
    EN: {
        "title": "Speak up", "back": "Back", "lead": "132 received this month, 118 settled, 5 late.", "report": "Report something",
        "danger": "In danger, call 110, 119 or 120 first.", "chips": "States and deadlines", "tag": "Handling office only",
        "provisional": "Provisional: the 2027 holidays are not published yet.", "question": "Is it solved?",
        "turn_text": "You reported on 5 March that there is nowhere to park e-bikes. The committee says it was done on 13 March.",
        "solved": "Solved", "partly": "Partly", "unsolved": "Not solved", "owner": "First Community Residents' Committee",
        "next": "The committee answers you by 19 March", "can": "Add papers · Ask someone to do it for you · Withdraw", "happened": "What happened",
        "flow": "Procedure", "long_flow": "A long procedure", "lists": "Lists", "empty": "You have not reported anything yet",
        "empty_more": "See what your neighbours are doing.", "meeting": "Meeting",
        "rule": "To pass: two thirds by heads and by area take part, and more than half of each agree (Civil Code art. 278).",
        "received": "Received", "proves": "The receipt proves that you voted, not what you chose.", "evidence": "Photos and papers", "form": "Form",
        "what": "What is it?", "what_hint": "One sentence, such as “the lamp at building 3 is out”.", "what_error": "Write one sentence, such as “the lamp at building 3 is out”",
        "photo": "Take or choose a photo", "photo_hint": "The place in the photo is removed. Up to 20 MB each.", "phone": "Mobile phone",
        "phone_error": "A mobile number has 11 digits, you wrote 10", "who_sees": "Who can see it", "public": "Public", "public_hint": "No name or phone",
        "private": "Handling office only", "kinds": "What is it about", "kind_a": "Parking", "kind_b": "Lighting", "place": "Where?", "place_1": "Gate of yard 4",
        "place_2": "Building 3", "day": "Which day?", "go": "Continue", "check": "Check", "cannot": "Once cast it cannot be changed.", "cast": "Cast this vote",
        "saved": "Received.", "saved_more": "The committee answers you by 19 March, 16:00.", "changes": "What changed", "notice_left": "3 days left",
    },
}  # fmt: skip

DERIVATION = {
    ZH: [
        {"label": "起算", "text": "2026年3月16日（周一）收到的次日"},
        {"label": "规定", "text": "3个工作日", "note": "章程“接诉即办”第2条"},
        {"label": "暂停", "text": "1天：等您补照片", "note": "3月17日至3月18日"},
        {"label": "延长", "text": "5天，到11月27日：等水泥到货", "note": "批准：陈副主任"},
    ],
    EN: [
        {"label": "Starts", "text": "the day after receipt on Mon 16 March 2026"},
        {"label": "Rule", "text": "3 working days", "note": "Charter, hotline, article 2"},
        {"label": "Paused", "text": "1 day: waiting for your photo", "note": "17 to 18 March"},
        {"label": "Extended", "text": "5 days, to 27 November: waiting for cement", "note": "Approved by the deputy director"},
    ],
}  # fmt: skip


def entries(lang: str) -> list[dict[str, Any]]:
    zh = lang == ZH
    organ = "第一社区居委会" if zh else "Residents' Committee"
    return [
        {"id": 9, "who": "居委会主任" if zh else "Director", "organ": organ, "at": at(3, 13, 16), "what": "说办好了，请您确认。" if zh else "Says it is done and asks you to confirm.",
         "papers": [{"text": "车棚验收单" if zh else "Acceptance sheet", "href": "#"}]},
        {"id": 8, "who": "系统" if zh else "System", "at": at(3, 12, 9), "machine": True, "what": "到期前一个工作日，提醒了承办单位。" if zh else "Reminded the office one working day before the deadline.",
         "why": "章程规定的提醒；人可以撤销。" if zh else "A reminder set by the charter; a person can undo it."},
        {"id": 7, "who": "城管科" if zh else "City management section", "organ": "街道办事处" if zh else "Street office", "at": at(3, 9, 10, 42), "what": "签收。" if zh else "Accepted.",
         "said": "周五前去现场看。", "corrected": "更正：原写“周四”" if zh else "Corrected: it said Thursday"},
        {"id": 6, "who": "居民" if zh else "Resident", "at": at(3, 5, 8, 5), "what": "反映。" if zh else "Reported.", "said": "4号院大门旁没有地方停电动车。"},
        {"id": 5, "who": "系统" if zh else "System", "at": at(3, 5, 8, 5), "machine": True, "what": "开始计时。" if zh else "Clock started."},
    ]  # fmt: skip


FLOW = SimpleNamespace(
    nodes=[
        Node("a", "收到", "done", "start"), Node("b", "居委会受理", "done"), Node("c", "议事会商量", "now", "meeting"),
        Node("d", "说明情况", "possible"), Node("e", "报街道办事处", "possible"), Node("f", "办好后请居民确认", "possible"),
        Node("z", "办结", "possible", "end"),
    ],
    edges=[
        Edge("a", "b", taken=True), Edge("b", "c", "受理", True), Edge("c", "d", "谈不拢"), Edge("c", "e", "超出权限"),
        Edge("d", "f"), Edge("e", "f"), Edge("f", "z", "办好了"), Edge("f", "c", "没有办好"), Edge("b", "z", "不属于本社区"),
    ],
)  # fmt: skip

TITLES = ["收件", "登记并分类", "核实现场", "召集议事园会议", "提出解决方案", "方案公示七天", "居民表决", "报街道审批", "街道城管科会签",
          "街道财政所审核资金", "施工单位承办", "居民监督小组验收", "公布决算", "请居民确认是否办好", "办结归档"]  # fmt: skip
LONG = SimpleNamespace(
    nodes=[Node(str(i), title, "done" if i < 5 else "now" if i == 5 else "possible", "start" if i == 0 else "end" if i == 14 else "task") for i, title in enumerate(TITLES)],
    edges=[
        Edge("0", "1", taken=True), Edge("1", "2", taken=True), Edge("2", "3", taken=True), Edge("3", "4", taken=True), Edge("4", "5", "有方案", True),
        Edge("5", "6", "无异议"), Edge("6", "7", "通过"), Edge("6", "8", "要会签"), Edge("6", "9", "要用钱"), Edge("7", "10"), Edge("8", "10"), Edge("9", "10"),
        Edge("10", "11"), Edge("11", "12", "合格"), Edge("12", "13"), Edge("13", "14", "办好了"), Edge("5", "4", "有异议"), Edge("11", "10", "不合格"),
        Edge("13", "3", "没有办好"), Edge("6", "4", "未通过"), Edge("1", "14", "不属于受理范围"), Edge("2", "10", "可以马上办"),
    ],
)  # fmt: skip


def lists(lang: str) -> dict[str, Any]:
    zh = lang == ZH
    rows = [
        {"title": "4号院大门旁没有地方停电动车", "href": "#r1", "state": "overdue", "due": at(3, 16, 17), "next": "答复居民" if zh else "Answer the resident", "waits": "李女士等12人" if zh else "12 residents", "busy": "王主任正在办" if zh else "The director is working on it"},
        {"title": "3号楼楼道灯不亮", "href": "#r2", "state": "due_soon", "due": at(3, 17, 23, 59), "next": "签收或退回" if zh else "Accept or pass back", "waits": "街道城管科" if zh else "City management section"},
    ]  # fmt: skip
    return {
        "facts": [
            {"number": "132", "words": "本月收到" if zh else "received this month", "href": "#"},
            {"number": "90%（9/10件）" if zh else "90% (9 of 10)", "words": "按时办结" if zh else "settled on time", "href": "#"},
            {"number": "54万元" if zh else "¥540,000", "words": "还没有用的钱" if zh else "not spent yet", "href": "#"},
        ],
        "counts": [{"text": text, "number": number, "href": "#", "current": index == 1} for index, (text, number) in enumerate(
            [("超时", 1), ("今天", 2), ("本周", 6), ("等别人", 4)] if zh else [("Late", 1), ("Today", 2), ("This week", 6), ("Waiting", 4)])],
        "filters": [
            {"name": "kind", "label": "类别" if zh else "Kind", "value": "", "options": [{"value": "", "text": "全部" if zh else "All"}, {"value": "p", "text": "停车" if zh else "Parking"}]},
            {"name": "q", "label": "找" if zh else "Search", "value": ""},
        ],
        "groups": [{"title": "超时" if zh else "Late", "rows": rows[:1]}, {"title": "今天" if zh else "Today", "rows": rows[1:]}],
        "bars": [
            {"label": "人数" if zh else "Heads", "have": 47, "need": 80, "total": 120, "words": "到会47人，要80人" if zh else "47 present, 80 needed", "missing": "还差33人" if zh else "33 missing"},
            {"label": "面积" if zh else "Area", "have": 5200, "need": 4000, "total": 6000, "words": "5,200平方米，要4,000" if zh else "5,200 m², 4,000 needed", "missing": ""},
        ],
        "receipt": [
            {"label": "谁负责" if zh else "Responsible", "text": "第一社区居委会" if zh else "Residents' Committee"},
            {"label": "到什么时候" if zh else "Until", "text": "3月19日（周四）16:00前" if zh else "by Thu 19 March, 16:00"},
            {"label": "下一步" if zh else "Next", "text": "居委会答复您" if zh else "The committee answers you"},
        ],
        "check": [
            {"label": "您选的是" if zh else "Your choice", "text": "“赞成”" if zh else "For", "href": "#"},
            {"label": "哪一项" if zh else "Item", "text": "车棚选址" if zh else "Site of the bike shed", "href": "#"},
        ],
        "evidence": [
            {"pair_title": "4号院大门" if zh else "Gate of yard 4", "before": photo("处理前的大门" if zh else "The gate before", at(3, 5, 8), "居民" if zh else "Resident", "没地方停车"),
             "after": photo("处理后的大门" if zh else "The gate after", at(3, 13, 15), "居委会" if zh else "Committee", "车棚已装好")},
            photo("路灯" if zh else "Street lamp", at(3, 6, 19), "居民" if zh else "Resident", ""),
            {"file": True, "href": "#", "alt": "验收单" if zh else "Acceptance sheet", "who": "居委会" if zh else "Committee", "at": at(3, 13, 16), "download": "#"},
        ],
    }  # fmt: skip


def photo(alt: str, when: datetime, who: str, caption: str) -> dict[str, Any]:
    return {"src": PHOTO, "href": "#", "alt": alt, "at": when, "who": who, "caption": caption}


def context() -> dict[str, Any]:
    """Everything the gallery template reads."""
    made = {lang: lists(lang) for lang in (ZH, EN)}

    def both(key: str) -> dict[str, Any]:
        return {lang: value[key] for lang, value in made.items()}

    full = {
        lang: [{**value["bars"][0], "have": 91, "words": "到会91人，要80人" if lang == ZH else "91 present, 80 needed"}]
        for lang, value in made.items()
    }  # fmt: skip
    return {
        "now": at(3, 16, 10), "place_name": "第一社区", "csrf_input": "", "texts": TEXTS, "due": at(3, 19, 16), "end_of_day": at(8, 19, 23, 59),
        "derivation": DERIVATION, "matter_title": "4号院大门旁没有地方停电动车", "entries": {lang: entries(lang) for lang in (ZH, EN)}, "flow": FLOW, "long_flow": LONG,
        "facts": both("facts"), "say_counts": both("counts"), "filters": both("filters"), "groups": both("groups"), "bars": both("bars"), "full_bars": full,
        "digest": "7f3a90c1e5d28b46aa", "receipt_rows": both("receipt"), "qr": Markup(segno.make("https://example.org/r/7f3a90c1").svg_inline(scale=3, border=2, omitsize=True)),
        "evidence": both("evidence"), "check_rows": both("check"), "notice_from": date(2026, 3, 16), "notice_to": date(2026, 8, 17),
        "changes": [{"kind": "same", "text": "车棚设在4号院大门东侧。"}, {"kind": "del", "text": "由物业出资。"}, {"kind": "ins", "text": "由公共收益出资，不超过3万元。"}],
        "section_nav": [{"text": "首页", "href": "#", "current": True}, {"text": "公示", "href": "#"}, {"text": "会议", "href": "#"}],
        "errors": None,
    }  # fmt: skip
