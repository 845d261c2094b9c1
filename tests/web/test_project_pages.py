"""The pages of a project: the group, signing on the phone and on paper, milestones, cards with photos, money, for all."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from gongzhi.records.projects.models import ProjectMember, WorkCard
from gongzhi.web import clock
from tests.support.grouping import AT, Grouping, set_up_group
from tests.support.visitors import visitor
from tests.web.bench import text_of

LEADER = {"name": "张居民", "contact": "136 0000 0001", "role": "leader", "resident": "1", "duties": "统筹全部"}
TREASURER = {"name": "钱会计", "contact": "", "role": "treasurer", "resident": "1", "duties": "记账、公开"}


@pytest.fixture
def grouping(db: None, settings: object, tmp_path: Path) -> Grouping:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    settings.GONGZHI_STORY_CLOCK = True  # type: ignore[attr-defined]
    made = set_up_group()
    clock.set_story_time(AT)
    return made


def do(client: Client, grouping: Grouping, what: str, **typed: object) -> HttpResponse:
    return client.post(reverse("work_project", args=[grouping.matter.number]), {"do": what, **typed})


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return SimpleUploadedFile("场地.jpg", out.getvalue(), "image/jpeg")


def test_a_group_is_named_and_everybody_signs(grouping: Grouping) -> None:
    director, member = visitor(grouping.who["director"], strong=True), visitor(grouping.resident)
    page, mine = reverse("work_project", args=[grouping.matter.number]), reverse("project_duties")
    lost = do(director, grouping, "name", **{**LEADER, "duties": ""})
    assert lost.status_code == 422 and "张居民" in lost.content.decode() and "负责什么" in text_of(lost)
    assert do(director, grouping, "name", **LEADER).status_code == 302
    assert do(director, grouping, "name", **{**TREASURER, "resident": "0"}).status_code == 302
    assert "居民还没有过半" in text_of(director.get(page))
    wrong = ProjectMember.objects.get(role="treasurer")
    assert do(director, grouping, "remove", member=wrong.pk).status_code == 302
    do(director, grouping, "name", **TREASURER)
    assert "名单定了以后才能签" in text_of(member.get(mine))
    grouping.named()

    one, other = ProjectMember.objects.get(role="leader"), ProjectMember.objects.get(role="treasurer")
    assert "统筹全部" in text_of(member.get(mine))
    assert member.post(mine, {"member": other.pk}).status_code == 404
    assert visitor(grouping.who["worker"]).post(mine, {"member": one.pk}).status_code == 404
    assert member.post(mine, {"member": one.pk}).status_code == 302
    assert "（周二）签了。" in text_of(member.get(mine))
    assert do(director, grouping, "paper", member=other.pk, day="").status_code == 422
    assert do(director, grouping, "paper", member=other.pk, day="2026-04-07").status_code == 302
    assert "在纸上签了合同" in text_of(director.get(page))
    told = text_of(visitor().get(reverse("board_project", args=[grouping.matter.number])))
    assert "执行小组2人，其中居民2人；签了职责合同2人" in told and "张居民" not in told


def test_work_is_shown_to_everybody_with_photos(grouping: Grouping) -> None:
    grouping.under_way()
    leader, guest = visitor(grouping.who["leader"], strong=True), visitor()
    board = reverse("board_project", args=[grouping.matter.number])
    page = reverse("work_project", args=[grouping.matter.number])
    stone = {"title": "布置场地", "begins": "2026-04-07", "due": "2026-04-20"}
    assert do(leader, grouping, "stone", **{**stone, "due": "2026-04-01"}).status_code == 422
    assert do(leader, grouping, "stone", **stone).status_code == 302
    assert do(leader, grouping, "finish", stone="1", day="2026-04-07").status_code == 302
    assert "（周二）做完" in text_of(guest.get(board))
    assert do(leader, grouping, "unfinish", stone="1").status_code == 302
    card = {
        "kind": "work",
        "stage": "carrying_out",
        "day": "2026-04-07",
        "people": "12",
        "done": "试开放一次",
        "problems": "找13812345678借椅子",
    }
    broken = do(leader, grouping, "card", **card, photo=SimpleUploadedFile("x.jpg", b"no photo", "image/jpeg"))
    assert broken.status_code == 422 and "试开放一次" in broken.content.decode() and not WorkCard.objects.exists()
    for _ in range(2):  # the same form sent twice
        sent = do(leader, grouping, "card", **card, photo=picture(), idempotency_key="k1")
        assert sent.status_code == 302
    assert WorkCard.objects.count() == 1
    do(leader, grouping, "card", **{**card, "kind": "meeting", "done": "例会：下周买椅子"})
    told = guest.get(board)
    assert "13812345678" not in told.content.decode() and "13812345678" in text_of(leader.get(page))
    assert "试开放一次" in text_of(told) and "参加12人" in text_of(told) and "例会" in text_of(told)
    source = next(part for part in told.content.decode().split('src="') if "papers" in part.partition('"')[0])
    assert guest.get(source.partition('"')[0].replace("&amp;", "&"))["Content-Type"] == "image/jpeg"
    shown = leader.get(page)
    assert (
        "下周买椅子" in text_of(shown)
        and "项目执行小组名单 已有" in text_of(shown)
        and "财务审计表 还没有" in text_of(shown)
    )
    assert reverse("work_form", args=[grouping.matter.number, "duty_contract"]) in shown.content.decode()
    outsider = visitor(grouping.who["evaluator"], strong=True)
    assert do(outsider, grouping, "card", **card).status_code in (404, 422)
    assert board in guest.get(reverse("public_matter", args=[grouping.matter.number])).content.decode()
    assert page in leader.get(reverse("work_matter", args=[grouping.matter.number])).content.decode()


def test_lists_and_cards_cost_the_same_queries_however_many(grouping: Grouping) -> None:
    leader, matter = visitor(grouping.who["director"], strong=True), grouping.matter
    pages = [reverse("work_projects"), reverse("board_project", args=[matter.number])]
    for page in pages:
        leader.get(page)
        with CaptureQueriesContext(connection) as few:
            leader.get(page)
        for _ in range(4):
            WorkCard.objects.create(project=matter, stage="survey", day=AT.date(), made_at=AT)
        with CaptureQueriesContext(connection) as many:
            leader.get(page)
        assert len(many) == len(few)
    assert "没有找到" in text_of(leader.get(reverse("work_projects"), {"q": "没有这个"}))
    assert matter.number in text_of(leader.get(reverse("work_projects"), {"q": matter.number[-7:], "state": "open"}))
