"""What gives somebody away in a text is found by its form, and what does not is left alone."""

from __future__ import annotations

import pytest

from gongzhi.core.personal import HARD, SOFT, covered, found_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("打13800001234找他", ("mobile",)),
        ("138 0000 1234", ("mobile",)),
        ("身份证440301199001011234", ("identity", "account")),
        ("卡号6222020000000000000", ("account",)),
        ("写到a.b@example.org", ("mail",)),
        ("车牌粤B12345堵了门", ("plate",)),
        ("新能源粤BD12345", ("plate",)),
        ("加微信：abc_12345", ("chat",)),
        ("我叫王小明", ("name",)),
        ("李阿姨家", ("name",)),
        ("3栋2单元501室漏水", ("door",)),
        ("住1203房", ("door",)),
        ("请带身份证到社区服务站，电话0755-12345678，周一至周五", ()),
        ("5号楼路灯20天内修好", ()),
        ("请找物业管理处", ()),
        ("", ()),
    ],
)
def test_what_gives_somebody_away_is_found_and_covered(text: str, codes: tuple[str, ...]) -> None:
    assert found_in(text) == codes
    assert found_in(covered(text)) == ()
    assert bool(codes) == (covered(text) != text)


def test_every_code_has_its_words() -> None:
    from gongzhi.words.answers import about

    assert all(about(code) for code in {**HARD, **SOFT})
