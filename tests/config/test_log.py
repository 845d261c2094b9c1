import logging

import pytest

from gongzhi.config.log import MaskingFormatter, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("called 13800138000 twice", "called [phone] twice"),
        ("+86 138-0013-8000", "[phone]"),
        ("id 11010519491231002X.", "id [id number]."),
        ("to li.ming@mail.example.cn", "to [mail]"),
        ("GET /me/?name=李明&phone=1 200", "GET /me/?[query] 200"),
        ("matter 20260316-0001 of place 440303001", "matter 20260316-0001 of place 440303001"),
        ("hash 9f86d081884c7d659a2feaa0c55ad015", "hash 9f86d081884c7d659a2feaa0c55ad015"),
        ("Why? because", "Why? because"),
    ],
)
def test_personal_data_is_masked_and_the_rest_kept(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_the_text_of_an_exception_is_masked_too() -> None:
    try:
        raise ValueError("13800138000")
    except ValueError:
        record = logging.getLogger("t").makeRecord("t", 40, "f", 1, "failed", (), _exc_info())
    line = MaskingFormatter("%(message)s").format(record)
    assert "[phone]" in line and "13800138000" not in line


def _exc_info():  # type: ignore[no-untyped-def]
    import sys

    return sys.exc_info()
