"""Clauses that no covenant may hold (guardrail H17): fines, cut-offs, naming, loss of rights.

城市居民委员会组织法 31: a covenant may not infringe rights of persons, democratic rights or property; 民法典 8, 153.
Not a matter of any charter: a community cannot vote these in. A sentence that forbids such a thing ("不得罚款") is in
order. What is found is a code with its sentence; the reader rewrites, or shows that the words mean something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["KINDS", "Clause", "find_clauses", "sentences_of"]


@dataclass(frozen=True, slots=True)
class Clause:
    """`kind` is one of `KINDS`; `found` are the words that say it, inside `sentence` (counted from 1 by `at`)."""

    kind: str
    at: int
    sentence: str
    found: str


_PERSON = r"(?:业主|住户|居民|违约者|违约人|违者|违反者|当事人|户主|租户|商户|当事户|违约户)"
_PLACE = r"(?:公告|公示|公布|曝光|通报|张贴|上墙|公开)"
# A supply that is off for repairs cuts nobody off.
_WORKS = r"(?:[停水电气暖]|时|期间|检修|维修|抢修|通知|施工|前|后|的时候)"
KINDS: dict[str, re.Pattern[str]] = {
    "fine": re.compile(
        r"罚款|罚金|罚没|罚(?:[一二两三四五六七八九十百千]|\d)+[^，。；]{0,6}元|处以?[^，。；]{0,12}元|没收|滞纳金|违约金|"
        r"扣(?:除|减|发|留)[^，。；]{0,8}(?:押金|保证金|补贴|分红|积分|福利)|收取[^，。；]{0,8}(?:惩罚|处罚)|缴纳[^，。；]{0,10}(?:罚|惩)"
    ),
    "cut_off": re.compile(
        rf"(?:(?:断|停|切断|停止供应|停供|掐断|关闭|拉)(?:其|他|她|该户)?"
        rf"(?:水|电|气|暖|燃气|供水|供电|供气|供暖|闸)(?!{_WORKS}))+|"
        r"(?:停止|中断|限制)(?:其|对其)?供(?:水|电|气|暖)|"
        r"(?<![时后])(?:限制|禁止|不得|不准|不许|不让|取消|暂停)[^，。；车]{0,8}(?:(?:出入|进出|进入)(?:小区|本楼|大门|院)|(?:使用|乘坐)电梯)|"
        r"(?:停|停用|停掉|锁|锁掉|注销|取消|收回|不发|不给)(?:其|他|她)?(?:的)?(?:门禁|门卡|电梯卡|出入证|车位)|"
        r"(?:门禁|门卡|电梯卡|车辆识别)[^，。；]{0,6}(?:停用|注销|锁|失效|降权)"
    ),
    "naming": re.compile(
        rf"黑名单|红黑榜|(?:公开|当众)?(?:曝光|点名|示众)|失信名单|不文明(?:名单|榜|行为人)|{_PLACE}[^，。；]{{0,8}}(?:姓名|名字|名单|照片|门牌|房号|户号)|"
        rf"(?:姓名|名单|照片|门牌号?|房号|户号)[^，。；]{{0,8}}{_PLACE}|通报[^，。；]{{0,6}}(?:单位|学校|工作)"
    ),
    "rights": re.compile(
        r"(?:取消|剥夺|暂停|限制|丧失|失去)[^，。；]{0,10}(?:资格|权利|表决权|投票权|选举权|被选举权|居住|入住|租住|低保|福利|分红|补助|入学)|"
        r"(?:逐出|赶出|驱逐|清退|搬离|迁出|强制搬)|不(?:得|准|许)(?:出租|租住|居住|投诉|信访|上访|起诉|举报|养老)|"
        rf"(?:强制|强行)(?:拆除|搬走|清除|进入|开锁)|{_PERSON}[^，。；]{{0,6}}(?:不得|无权)(?:投诉|起诉|信访|参加)"
    ),
}  # fmt: skip
# Right before the words, or before a list they stand in: the sentence refuses the thing instead of ordering it. Nothing
# else may stand between: "不交费的断水" orders, "不断水" refuses.
_MEANS = r"(?:以|用|采取|采用|搞|设|实行|进行|随意|擅自|任意|把|将)?"
_REFUSED = re.compile(
    rf"(?:(?:禁止|严禁|不(?:得|能|可|会|准|许|应))(?:对[^，。；的者]{{1,6}})?{_MEANS}|(?:不|不予|不再|没有|无权){_MEANS})"
    r"(?:[^，。；！？]{1,8}[、和或及])*$"
)
_ENDS = re.compile(r"[^。；！？\n;!?]+[。；！？;!?]?")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, without those that are empty."""
    return [part.strip() for part in _ENDS.findall(text) if part.strip()]


def find_clauses(text: str) -> tuple[Clause, ...]:
    """Every forbidden clause, each kind at most once for a sentence, in the order of the text."""
    found = []
    for at, sentence in enumerate(sentences_of(text), 1):
        for kind, pattern in KINDS.items():
            words = _ordered(pattern, sentence)
            if words:
                found.append(Clause(kind, at, sentence, words))
    return tuple(found)


def _ordered(pattern: re.Pattern[str], sentence: str) -> str:
    """The first words that order the thing; "" where all of them are refused."""
    for match in pattern.finditer(sentence):
        if not _REFUSED.search(sentence[: match.start()]):
            return match.group()
    return ""
