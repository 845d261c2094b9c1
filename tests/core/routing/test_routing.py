"""Learning a category from words: what is learned, how sure it is, and files that cannot be used."""

import pytest

from gongzhi.core.routing import BadModel, BadTable, Labelled, Model, labelled, load_model, read_table, train
from gongzhi.core.routing.text import cleaned, codes, codes_of, runs
from tests.core.routing import said


@pytest.fixture(scope="module")
def model() -> Model:
    return train([Labelled(text, f"{label}") for text, label in said.messages(1)]).model


def test_new_words_of_the_same_kind_find_their_category(model: Model) -> None:
    found = model.propose("我们单元的楼道灯又坏了")
    assert found.label == "照明" and found.confidence > 0.6
    assert found.reasons and set("".join(found.reasons)) <= set("楼道灯坏")


def test_a_clear_message_is_surer_than_a_mixed_one(model: Model) -> None:
    assert model.propose("垃圾桶臭味很大").confidence > model.propose("垃圾和私家车").confidence


@pytest.mark.parametrize("text", ["", "   \n", "qwerty", "😀😀", "A3区 12345"])
def test_nothing_known_is_no_better_than_chance(model: Model, text: str) -> None:
    found = model.propose(text)
    assert found.reasons == () and found.confidence == pytest.approx(1 / 3)


def test_the_same_rows_give_the_same_model_and_it_survives_the_file(model: Model) -> None:
    again = train([Labelled(text, label) for text, label in said.messages(1)]).model
    assert again.dump() == model.dump()
    kept = load_model(model.dump())
    assert kept.propose("车库乱停乱放") == model.propose("车库乱停乱放") and kept.about == model.about


def test_repeated_rows_are_learned_once() -> None:
    learned = train([Labelled(text, label) for text, label in said.messages(3)])
    assert learned.rows == 36 and learned.repeated == 72  # houses are numbers, and numbers are left out


def test_a_label_with_one_row_does_not_stop_the_others() -> None:
    rows = [Labelled(text, label) for text, label in said.messages(1)]
    assert "噪音" in train([*rows, Labelled("半夜施工太吵", "噪音")]).model.labels


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x80\x04K\x01.", said.table(1).encode()])
def test_a_file_that_is_no_model(content: bytes) -> None:
    with pytest.raises(BadModel):
        load_model(content)


def test_half_a_model_is_no_model(model: Model) -> None:
    with pytest.raises(BadModel):
        load_model(model.dump()[:-400])


def test_places_and_numbers_are_not_learned() -> None:
    assert cleaned("A7区 3栋 138****0000 有人 the lift") == "区栋有人the lift"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty_file", 0),
        ("﻿".encode(), "empty_file", 0),
        (b"text,label\n", "no_rows", 0),
        (b"a,label\nx,y\n", "no_text_column", 1),
        (b"text,text,label\nx,y,z\n", "twice", 1),
        (b"text,label\nx,y\nz\n", "cells", 3),
        (b'text,label\nx,y\n"z"w,y\n', "not_csv", 3),
        (b"text,label\nx,\xff\xff\xff\n", "not_text", 2),
        (b"text,label\nx,y\0\n", "not_text", 2),
    ],
)
def test_a_file_that_cannot_be_read(content: bytes, code: str, line: int) -> None:
    with pytest.raises(BadTable) as fault:
        read_table(content)
    assert (fault.value.code, fault.value.line) == (code, line)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("text\n甲\n", "no_label_column", 1),
        ("text,label\n甲,一\n\n乙,\n", "no_label", 4),
        ('text,label\n"甲\n甲",一\n,二\n', "no_text", 4),
        ("text,label\n甲,一\n乙,一\n", "one_label", 0),
    ],
)
def test_a_file_nothing_can_be_learned_from(content: str, code: str, line: int) -> None:
    with pytest.raises(BadTable) as fault:
        labelled(read_table(content.encode()))
    assert (fault.value.code, fault.value.line) == (code, line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_as_spreadsheet_programs_write_them(encoding: str) -> None:
    table = read_table("留言主题,留言详情,备注\r\n路灯,不亮,无\r\n".encode(encoding))
    assert table.used == ("留言主题", "留言详情") and table.text(table.rows[0]) == "路灯 不亮"


@pytest.mark.parametrize("text", ["", "路", "路灯", "路灯不亮😀ab", "\ud800坏\n了", "0123456789"])
def test_pairs_and_triples_are_the_same_as_numbers(text: str) -> None:
    pieces = [piece for piece in runs(text) if "\n" not in piece]
    assert set(codes_of(pieces).tolist()) <= set(codes(text).tolist())
    assert len(set(codes_of(pieces).tolist())) == len(set(pieces)) and codes(text).size == len(runs(text))
