"""`gongzhi import messages`: real workbooks in, matters and returned rows out."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook
from typer import Typer
from typer.testing import CliRunner

from gongzhi.commands.messages import Stop, _columns, import_messages
from gongzhi.core.calendar import CHINA
from gongzhi.desk.audit import audit
from gongzhi.desk.importing import import_message
from gongzhi.desk.messages import Message
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.matters.models import Act, Matter, Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.people.models import SeatTerm

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HEADER = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
LAMP = [1.0, "U1", "路灯不亮", "2019/4/25 6:46:58", "小区外的路灯坏了一个月", "已经修好", "2019/5/10 14:32:13"]
BUS = [
    2.0,
    "U2",
    "公交太少",
    datetime(2019, 6, 3, 8, 0),
    "早上等公交要半小时",
    "6月起加开班次",
    datetime(2019, 6, 20, 9, 0),
]
OPEN = [3.0, "U3", "楼道堆物", "2020/1/2 10:00", "三单元楼道堆了纸箱", "", ""]


def workbook(path: Path, *rows: list[Any], header: list[str] = HEADER) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(row)
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"  # words that look like a formula
    book.save(path)
    return path


def run(file: Path, community: str = "fuqu") -> tuple[int, dict[str, Any]]:
    app = Typer()
    app.command()(import_messages)
    done = CliRunner().invoke(app, [str(file), "--community", community, "--json"])
    return done.exit_code, json.loads(done.stdout)


ORDERS = ["工单编号", "来电人", "联系电话", "来电时间", "诉求内容", "办理结果", "办结时间", "满意度"]
ORDER = ["GD2024001", "陈女士", "13800001234", "2024/3/1 9:00", "路灯不亮", "已经修好", "2024/3/4 10:00", "满意"]


def test_orders_of_a_hotline_come_under_their_own_names(shipped_place: Place, tmp_path: Path) -> None:
    bad = ["GD2024002", "", "", "昨天", "", "", "", ""]
    code, result = run(workbook(tmp_path / "o.xlsx", ORDER, bad, header=ORDERS))
    assert (code, result["imported"], result["columns"]["留言编号"]) == (1, 1, "工单编号")
    assert {(one["row"], one["column"]) for one in result["faults"]} == {(3, "来电时间"), (3, "诉求内容")}
    contact = Words.objects.get(matter=Matter.objects.get(), name="contact")
    assert "13800001234" in read_text(contact)
    assert run(workbook(tmp_path / "o.xlsx", ORDER, header=ORDERS))[1]["already"] == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [(["x"], "要写成"), (["单号=编号"], "本系统没有"), (["编号=留言编号"], "文件里没有"), (["单号=留言编号"], "")],
)
def test_any_other_name_can_be_told(tmp_path: Path, told: list[str], said: str) -> None:
    if not said:
        assert _columns(["单号", "来电时间", "诉求内容"], told)["留言编号"] == "单号"
        return
    with pytest.raises(Stop, match=said):
        _columns(["单号", "来电时间"], told)


def test_each_row_becomes_a_matter_with_its_own_times(shipped_place: Place, tmp_path: Path) -> None:
    code, result = run(workbook(tmp_path / "m.xlsx", LAMP, BUS, OPEN))
    assert (code, result["rows"], result["imported"], result["faults"]) == (0, 3, 3, [])
    lamp, bus, unanswered = Matter.objects.order_by("filed_at")
    assert lamp.filed_at == datetime(2019, 4, 25, 6, 46, 58, tzinfo=CHINA)
    assert lamp.end == "unanswered" and lamp.answers is not None and len({lamp.number, bus.number}) == 2
    answered = Act.objects.get(matter=lamp, kind="serve")
    assert answered.at == datetime(2019, 5, 10, 14, 32, 13, tzinfo=CHINA)
    done = Act.objects.filter(matter=lamp, kind="done").last()
    assert done is not None and done.person == "import"  # marked as entered from elsewhere, under the organ's name
    assert unanswered.is_open and unanswered.answers is not None and unanswered.wake is not None
    assert audit().broken == []


def test_a_second_run_changes_nothing_and_finishes_what_a_killed_run_left(shipped_place: Place, tmp_path: Path) -> None:
    charter = charter_of(charter_for(shipped_place, datetime.now(CHINA)))  # type: ignore[arg-type]
    half = Message("1", "U1", "路灯不亮", datetime(2019, 4, 25, 6, 46, 58, tzinfo=CHINA), "小区外的路灯坏了一个月")
    import_message(half, shipped_place, charter, datetime(2019, 4, 25, 7, 0, tzinfo=CHINA))  # killed before the answer
    file = workbook(tmp_path / "m.xlsx", LAMP, BUS)
    assert run(file)[1]["imported"] == 1  # the first was filed already; now it has its answer too
    assert Act.objects.filter(kind="serve").count() == 2
    acts = Act.objects.count()
    again = run(file)[1]
    assert (again["imported"], again["already"], Act.objects.count()) == (0, 2, acts)


def test_rows_with_faults_come_back_and_the_others_are_imported(shipped_place: Place, tmp_path: Path) -> None:
    wrong = [
        ["", "U4", "无编号", "2019/1/1", "有话说", "", ""],
        [5.0, "U5", "坏时间", "去年春天", "有话说", "", ""],
        [6.0, "U6", "没写", "2019/1/1", "  ", "", ""],
        [7.0, "U7", "倒着", "2019/5/1", "有话说", "答", "2019/4/1"],
        [8.0, "U8", "=1+1", "2099/1/1", "=HYPERLINK(1)", "", ""],
        [9.0, "U9", "太长", "2019/1/1", "长" * 20_001, "", ""],
    ]
    code, result = run(workbook(tmp_path / "m.xlsx", LAMP, *wrong))
    assert (code, result["imported"]) == (1, 1)
    assert [(f["row"], f["column"]) for f in result["faults"]] == [
        (3, "留言编号"), (4, "留言时间"), (5, "留言详情"), (6, "答复时间"), (7, "留言时间"), (8, "留言详情"),
    ]  # fmt: skip
    assert all(fault["reason"] for fault in result["faults"])
    returned = load_workbook(result["returned"]).active
    assert returned is not None
    rows = list(returned.iter_rows())
    assert [row[0].value for row in rows[1:]] == [3, 4, 5, 6, 7, 8]
    assert rows[5][4].value == "=1+1" and rows[5][4].data_type == "s"  # nobody's words become a formula


def test_the_returned_rows_can_be_mended_and_imported(shipped_place: Place, tmp_path: Path) -> None:
    _code, result = run(workbook(tmp_path / "m.xlsx", [5.0, "U5", "坏时间", "去年春天", "有话说", "", ""]))
    book = load_workbook(result["returned"])
    assert book.active is not None
    book.active.cell(2, 6).value = "2019/3/1 9:00"
    book.save(tmp_path / "mended.xlsx")
    assert run(tmp_path / "mended.xlsx")[1]["imported"] == 1


def test_words_lie_outside_the_log(shipped_place: Place, tmp_path: Path) -> None:
    run(workbook(tmp_path / "m.xlsx", LAMP))
    log = "".join(act.payload + act.outcome for act in Act.objects.all())
    assert "路灯" not in log and "已经修好" not in log and Words.objects.filter(name="what").count() == 1


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: p.write_bytes(b"PK\x03\x04 not really"), "损坏"),
        (lambda p: p.write_text("just text"), "损坏"),
        (lambda p: p.write_bytes(b""), "损坏"),
        (lambda p: workbook(p, header=["编号", "内容"]), "没有数据行"),
        (lambda p: workbook(p, ["1", "x"], header=["编号", "内容"]), "缺少列"),
        (lambda p: _locked(p), "密码"),
        (lambda p: None, "没有这个文件"),
    ],
)
def test_files_that_cannot_be_read_say_why(shipped_place: Place, tmp_path: Path, make: Any, says: str) -> None:
    file = tmp_path / "m.xlsx"
    make(file)
    code, result = run(file)
    assert code == 1 and says in result["error"] and not Matter.objects.exists()


def test_an_unknown_community_is_named(shipped_place: Place, tmp_path: Path) -> None:
    code, result = run(workbook(tmp_path / "m.xlsx", LAMP), "nowhere")
    assert code == 1 and "nowhere" in result["error"]


def test_the_same_key_with_other_words_is_refused_and_told(shipped_place: Place, tmp_path: Path) -> None:
    run(workbook(tmp_path / "m.xlsx", LAMP))
    other = [1.0, "U1", "路灯不亮", "2019/4/25 6:46:58", "完全是另一件事", "", ""]
    code, result = run(workbook(tmp_path / "n.xlsx", other))
    assert code == 1 and Matter.objects.count() == 1 and result["faults"][0]["reason"]


def _locked(path: Path) -> None:
    plain = io.BytesIO()
    book = Workbook()
    book.save(plain)
    plain.seek(0)
    with path.open("wb") as out:
        OOXMLFile(plain).encrypt("secret", out)
    assert msoffcrypto.OfficeFile(path.open("rb")).is_encrypted()


SHARED = Path(__file__).parents[3] / "shared" / "data" / "appeals" / "messages_with_replies_1416.xlsx"


@pytest.mark.skipif(not SHARED.exists(), reason="the real messages are not on this machine")
def test_real_messages_are_taken_over_and_audit_clean(shipped_place: Place, tmp_path: Path) -> None:
    """A piece of the real table here; the whole of it is measured by the benchmark of its own."""
    real = load_workbook(SHARED, read_only=True).worksheets[0]
    rows = [list(row) for row in real.iter_rows(min_row=2, max_row=41, values_only=True)]
    code, result = run(workbook(tmp_path / "m.xlsx", *rows))
    assert (code, result["imported"]) == (0, 40)
    assert audit().broken == []


def test_a_community_that_a_charter_describes_is_set_up_on_first_use(db: None, tmp_path: Path) -> None:
    code, result = run(workbook(tmp_path / "m.xlsx", LAMP))
    assert (code, result["imported"]) == (0, 1)
    assert Place.objects.get(short="fuqu").code == Matter.objects.get().place.code
    assert not SeatTerm.objects.exists()  # a place, its charter and its organs, but nobody in the seats
