"""Personal words in a text: what gives somebody away by itself, and what may do so and a person has to look at.

Found by form only, so nothing here knows who anybody is. It finds too much rather than too little; it cannot find
everything, and says so: the last look is a person's.
"""

from __future__ import annotations

import re

__all__ = ["HARD", "SOFT", "covered", "found_in"]

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CALLED = "先生|女士|小姐|师傅|阿姨|大爷|大妈|大叔|奶奶|爷爷|老师|同志|主任|书记|经理"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕张孔曹严华金魏陶姜谢邹喻苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐"
    "薛雷贺倪汤罗毕郝安常乐于傅齐康伍余顾孟黄萧尹姚邵汪毛狄戴宋庞熊纪舒屈项祝董梁杜阮季贾江颜郭梅林钟徐邱骆高夏"
    "蔡田胡霍万管卢莫房丁邓程邢陆段侯武刘龙叶白赖乔谭欧"
)

# code -> form. HARD gives a person away by itself; SOFT may be an office's room or an official's name.
HARD: dict[str, re.Pattern[str]] = {
    "mail": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    "identity": re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?![\dXx])"),
    "account": re.compile(r"(?<!\d)\d{16,19}(?!\d)"),
    "mobile": re.compile(r"(?<!\d)1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)"),
    "plate": re.compile(rf"[{_PROVINCES}][A-Z][·\s]?[A-Z0-9]{{5,6}}(?![A-Za-z0-9])"),
    "chat": re.compile(r"(?:微信|QQ|扣扣)(?:号码?|群)?[是为：:\s]*[A-Za-z0-9_-]{5,}", re.IGNORECASE),
}
SOFT: dict[str, re.Pattern[str]] = {
    "name": re.compile(
        rf"(?<=我叫)[{_SURNAMES}][一-鿿]{{1,2}}|(?<=姓名)[：:]?[{_SURNAMES}][一-鿿]{{1,2}}"
        rf"|[{_SURNAMES}](?:[一-鿿]{{0,2}}?)(?:{_CALLED})"
    ),
    "door": re.compile(r"(?:\d+|[一二三四五六七八九十]+)单元[\s-]*\d+(?:室|号|房)?|(?<!\d)\d{3,4}(?:室|房|户)"),
}


def found_in(text: str) -> tuple[str, ...]:
    """Codes of what may give somebody away in a text, the sure ones first."""
    return tuple(code for code, form in {**HARD, **SOFT}.items() if form.search(text))


def covered(text: str) -> str:
    """The text with everything of that kind replaced by a sign; a person reads it before it is shown."""
    for form in (*HARD.values(), *SOFT.values()):
        text = form.sub("〔…〕", text)
    return text
