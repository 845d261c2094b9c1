"""The studio: every page of every charter, what it says, and that it stays quick."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.core.charter.load import load_charter
from gongzhi.core.check.times import step_times
from gongzhi.records.institutions.models import CharterVersion
from gongzhi.web.studio import sources
from tests.web.bench import Bench, text_of
from tests.web.test_gallery import read

BAD = Path(__file__).parents[1] / "charters" / "bad"
PAGES = ["", "/organs", "/procedures", "/findings", "/stories"]


@pytest.fixture
def client(db: None) -> Client:
    """A reader before any community has adopted a charter."""
    return Client()


@pytest.fixture
def served(bench: Bench) -> Client:
    """A reader of the demo community."""
    return Client()


def said(client: Client, address: str, lang: str = "") -> str:
    if lang:
        client.cookies["django_language"] = lang
    answer = client.get(address)
    assert answer.status_code == 200, address
    return text_of(answer)


def key() -> str:
    return sources.key_of(CharterVersion.objects.get(name="fuqu"))


def test_list_names_what_is_in_force_and_what_is_shipped(served: Client) -> None:
    text = said(served, "/studio")
    assert "这里正在用" in text and "随程序提供的章程" in text
    assert text.count("福建路社区“一支一居一站”") == 2  # once in force, once shipped


def test_overview_has_size_numbers_and_remarks(served: Client) -> None:
    text = said(served, f"/studio/{key()}")
    assert "检查通过：" in text and "现在还在用" in text
    assert re.search(r"登记时限\s+our choice\s+4小时", text)
    assert "gongzhi charter adopt" not in text and "gongzhi charter adopt fuqu" in said(served, "/studio/fuqu")


def test_organs_are_drawn_and_listed_alike(client: Client) -> None:
    html = client.get("/studio/fuqu/organs").content.decode()
    charter = sources.study("fuqu").charter  # type: ignore[union-attr]
    assert charter is not None
    for organ in charter.organs.values():
        assert f'id="organ-{organ.name}"' in html
    assert html.count('class="tie tie--leads"') - 1 == sum(tie.verb == "leads" for tie in charter.relations)
    text = said(client, "/studio/fuqu/organs")
    assert "街道办事处指导社区居委会，不下命令" in text
    assert "权力来源：自治决定（靠同意，不带处罚）" in text and "不在时由副主任代" in text


def test_organs_can_be_filtered_in_the_address(client: Client) -> None:
    text = said(client, "/studio/fuqu/organs?at=estate")
    assert "1个机构" in text and "街道城管科" not in text
    assert "21个机构" in said(client, "/studio/fuqu/organs?at=nowhere&kind=%00")
    html = client.get("/studio/fuqu/organs?verb=guides").content.decode()
    assert "tie--guides" in html and "tie--leads" not in html


def test_procedure_shows_days_on_steps_and_says_each_step(client: Client) -> None:
    study = sources.study("fuqu")
    assert study is not None and study.charter is not None
    procedure = study.charter.procedures["fire_lane"]
    html = client.get("/studio/fuqu/procedures/fire_lane").content.decode()
    text = said(client, "/studio/fuqu/procedures/fire_lane")
    for step in procedure.steps.values():
        assert f'id="step-{step.name}"' in html and step.title in text
        if longest := step_times(step, study.calendar).slow:
            assert f"最长{longest}天" in text
    worst = study.report.worst["fire_lane"]
    assert f"最长{worst.slow}天；人人都逾期，{worst.late}天" in text
    for end in procedure.ends.values():
        assert end.title in text


def test_duty_list_says_who_answers(client: Client) -> None:
    text = said(client, "/studio/fuqu/procedures")
    assert re.search(r"公共设施缺失\s+社区居委会（社区）\s+街道办事处\s+FQ-19\s+公共设施诉求（车棚）", text)
    narrowed = said(client, "/studio/fuqu/procedures?organ=transport_bureau")
    assert "交通运输" in narrowed and "消防通道被占" not in narrowed


def test_story_is_told_in_order_with_what_has_to_follow(client: Client) -> None:
    assert "消防通道：同样的三个办公室" in said(client, "/studio/fuqu/stories")
    text = said(client, "/studio/fuqu/stories/fire_lane")
    asked, refused, ended = (
        text.index(word) for word in ("小区消防通道被车和杂物堵住", "不许", "办结：已解决，反映人满意")
    )
    assert asked < refused < ended
    assert "退回，转社区平安办公室" in text and "已转手2次" in text and "由街道联席会议负责答复" in text


def test_difference_of_two_texts_is_readable(served: Client, settings: object, tmp_path: Path) -> None:
    copy_charters(settings, tmp_path)
    changed = tmp_path / "fuqu" / "procedures" / "fire_lane.yaml"
    text = changed.read_text("utf-8").replace("title: 现场复核", "title: 到场复核").replace("at_most: 3", "at_most: 2")
    changed.write_text(text, "utf-8")
    shown = said(served, f"/studio/compare?a={key()}&b=fuqu")
    assert "程序“消防通道被占（不再兜圈子）”" in shown
    assert re.search(r"删\s+环节“现场复核”：标题是“现场复核”。\s+增\s+环节“到场复核”：标题是“到场复核”。", shown)
    assert "环节“处置”：这一步最多办3次" in shown and "环节“处置”：这一步最多办2次" in shown
    assert "社区党总支" not in shown.partition("对调")[2]


def test_same_text_differs_in_nothing(served: Client) -> None:
    assert "两份内容一样。" in said(served, f"/studio/compare?a={key()}&b=fuqu")
    assert "选两份章程" in said(served, "/studio/compare?a=nothing&b=fuqu")


def test_two_charters_differ_by_whole_things(client: Client) -> None:
    shown = said(client, "/studio/compare?a=template&b=fuqu")
    assert re.search(r"增\s+街道联席会议", shown) and re.search(r"增\s+消防通道被占（不再兜圈子）", shown)
    assert "程序" not in said(client, "/studio/compare?a=template&b=fuqu&part=duties").partition("对调")[2]


def test_archive_holds_the_text_that_was_read(served: Client, tmp_path: Path) -> None:
    answer = served.get(f"/studio/{key()}/download.zip")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    charter = load_charter(tmp_path / "fuqu", tmp_path / "_law").charter
    assert charter is not None and charter.digest == CharterVersion.objects.get(name="fuqu").digest


def test_rights_say_who_exercises_them_and_how(client: Client) -> None:
    """Any shipped charter that declares rights."""
    for head in sources.heads():
        study = sources.study(head.key)
        assert study is not None and study.charter is not None
        text = said(client, f"/studio/{head.key}")
        for right in study.charter.rights.values():
            assert right.title in text
            assert all(study.charter.procedures[name].title in text for name in right.through)
        for note in study.charter.law_notes:
            assert note.says in text
    assert "In the charter itself" in said(client, "/studio/fuqu")


def test_before_any_adoption_the_shipped_ones_can_be_read(client: Client) -> None:
    assert "还没有地方采用章程" in said(client, "/studio")


def test_a_procedure_goes_to_other_programs(client: Client) -> None:
    address = "/studio/fuqu/procedures/fire_lane/drawing"
    assert b"<bpmn:definitions" in client.get(f"{address}.bpmn").content
    assert b"<pnml" in client.get(f"{address}.pnml").content
    assert client.get(f"{address}.mmd").content.startswith(b"flowchart")
    assert client.get(f"{address}.exe").status_code == 404


@pytest.mark.parametrize("address", [
    "nothing", "..", "fuqu@000000000000", "_law", "fuqu/procedures/none", "fuqu/stories/none", "fuqu/stories/..%2f",
    "%00", "fuqu@zz",
])  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/studio/{address}").status_code == 404


def test_every_finding_is_shown_beside_its_line(client: Client, settings: object, tmp_path: Path) -> None:
    copy_charters(settings, tmp_path)
    file = tmp_path / "fuqu" / "procedures" / "fire_lane.yaml"
    file.write_text(
        file.read_text("utf-8").replace("go: inspect}}\n    at_most: 3", "go: inspct}}\n    at_most: 3"), "utf-8"
    )
    text = said(client, "/studio/fuqu/findings")
    assert "检查没有通过：" in text and "GZ203" in text and "没有叫“inspct”的环节或结果" in text
    assert "cleared: {title: 已清通, go: inspct}" in text and "怎么改：" in text
    assert "gongzhi charter adopt" not in said(client, "/studio/fuqu")
    assert "一共" in said(client, "/studio/fuqu/findings?family=9&severity=error")


def test_no_charter_however_bad_breaks_a_page(client: Client, settings: object) -> None:
    settings.GONGZHI_CHARTERS = BAD  # type: ignore[attr-defined]
    names = sorted(folder.name for folder in BAD.iterdir() if (folder / "charter.yaml").exists())
    assert len(names) > 40
    for name in names[::6]:
        shown = said(client, f"/studio/{name}/findings")
        study = sources.study(name)
        assert study is not None and all(finding.code in shown for finding in study.report.findings)
        found = study.charter.procedures if study.charter else {}
        for page in [*PAGES, *(f"/procedures/{each}" for each in found)]:
            said(client, f"/studio/{name}{page}")
        said(client, f"/studio/compare?a={names[0]}&b={name}")
    assert "还没有剧本" in said(client, f"/studio/{names[0]}/stories")


def copy_charters(settings: object, to: Path) -> None:
    import shutil

    shutil.copytree(settings.GONGZHI_CHARTERS, to, dirs_exist_ok=True)  # type: ignore[attr-defined]
    settings.GONGZHI_CHARTERS = to  # type: ignore[attr-defined]


def addresses() -> list[str]:
    found = ["/studio", "/studio/compare?a=template&b=fuqu"]
    for one in ("fuqu", key()):
        found += [f"/studio/{one}{page}" for page in PAGES]
        found += [f"/studio/{one}/procedures/shared_facility", f"/studio/{one}/stories/bike_shed"]
    return found


def test_english_pages_mark_every_chinese_word(served: Client) -> None:
    unmarked = {}
    for address in addresses():
        served.cookies["django_language"] = "en"
        html = served.get(address).content.decode()
        if found := read(html[html.index("<main") : html.index("</main>")]).unmarked:
            unmarked[address] = found
    assert unmarked == {}


def test_pages_are_quick_and_ask_the_database_little(served: Client) -> None:
    for address in addresses():
        served.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            start = perf_counter()
            served.get(address)
            took = perf_counter() - start
        assert len(asked) <= 8, (address, [query["sql"][:120] for query in asked])
        assert took < 1, f"{address} took {took:.2f} s"


def test_nothing_inline_and_ids_unique(served: Client) -> None:
    for address in addresses():
        page = read(served.get(address).content.decode())
        assert page.inline == [], address
        assert [one for one in page.ids if page.ids.count(one) > 1] == [], address


def test_one_day_is_one_day_and_the_open_tab_is_marked(served: Client) -> None:
    text = said(served, "/studio/fuqu/procedures/shared_facility", "en")
    assert re.search(r"up to 1 day\b", text) and "up to 1 days" not in text
    compared = served.get("/studio/compare?a=template&b=fuqu").content.decode()
    assert re.search(r'href="/studio/compare[^>]*aria-current="page"', compared)
