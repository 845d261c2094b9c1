"""Taking in and answering: the hotline's page, answers that grow from finished matters, hot spots of a community."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongzhi.desk.draft import NewMatter
from gongzhi.desk.step import file_matter
from gongzhi.records.knowledge.models import Answer
from gongzhi.records.matters.models import Act, Matter
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings.models import Meeting
from tests.support.demo import staff as who
from tests.support.visitors import visitor
from tests.web.bench import Bench, bench, text_of

__all__ = ["bench"]
pytestmark = pytest.mark.django_db
TYPED = {"use": "answer", "question": "走廊堆了东西找谁？", "text": "找物业，三天内清走。"}


def test_an_answer_grows_from_a_finished_matter_and_is_found(bench: Bench) -> None:
    staff, new = bench.client("director"), reverse("work_answer_new")
    matter = bench.file()
    assert staff.get(f"{new}?from={matter.number}").status_code == 404  # not finished
    Matter.objects.filter(pk=matter.pk).update(status="closed", subject="李阿姨家门口走廊堆物，13800001234")
    assert "写成常见问答" in text_of(bench.page("director", matter.number))
    page = staff.get(f"{new}?from={matter.number}").content.decode()
    assert "〔…〕" in page and "13800001234" not in page.split("<form")[-1]
    assert staff.post(new, {**TYPED, "question": ""}).status_code == 422
    assert staff.post(f"{new}?from={matter.number}", TYPED).status_code == 302
    row = Answer.objects.get()
    assert row.source == matter and row.state == "draft"
    asked = reverse("public_answers") + "?q=楼道走廊被人堆东西"
    assert row.text not in text_of(visitor().get(asked))
    address = reverse("work_answer", args=[row.pk])
    assert visitor(bench.resident()).get(address).status_code == 403
    told = staff.post(address, {**TYPED, "version": "1", "do": "published", "text": "打13800001234"})
    assert told.status_code == 422 and "手机号" in text_of(told)
    assert staff.post(address, {**TYPED, "version": "1", "do": "published"}).status_code == 422  # nobody has looked
    assert staff.post(address, {**TYPED, "version": "1", "do": "published", "looked": "1"}).status_code == 302
    assert row.text in text_of(visitor().get(asked))
    assert row.text in visitor().post("/say/alike", {"what": "走廊堆东西没人管"}).content.decode()
    stale = staff.post(address, {**TYPED, "version": "1", "do": "retired"})
    assert stale.status_code == 422 and "别人刚改过" in text_of(stale)
    assert staff.post(address, {**TYPED, "version": "2", "do": "retired"}).status_code == 302
    assert row.text not in text_of(visitor().get(asked))
    assert row.question in text_of(staff.get(reverse("work_answers") + "?state=retired&q=走廊"))
    few = _queries(lambda: staff.get(reverse("work_answers")))
    for _ in range(20):
        Answer.objects.create(
            place=bench.place, question="问", text="答", written_at=bench.at, written_by=bench.resident()
        )
    assert _queries(lambda: staff.get(reverse("work_answers"))) == few


def _queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def test_a_reply_begins_with_a_template_and_keeps_what_was_typed(bench: Bench) -> None:
    place = bench.place
    matter = bench.file()
    row = Answer.objects.create(
        place=place, use="reply", question="收到", text="{编号}收到。", state="published", written_at=bench.at,
        written_by=bench.resident(), published_at=bench.at, published_by=bench.resident(),
    )  # fmt: skip
    login, action = next(
        (one, act)
        for one in ("station", "head", "director", "secretary", "chief", "street")
        if one in _logins(bench)
        for act in _papers(bench, one, matter)
    )
    by = bench.client(login)
    address = reverse("work_act", args=[matter.number, *action])
    form = by.get(address).content.decode()
    assert row.question in form
    box = next(name for name in _names(form) if name.startswith("doc."))
    sent = by.post(address, {"visit": "", "idempotency_key": "k" * 32, box: "您好。", "reply": str(row.pk)})
    shown = by.get(sent["Location"]).content.decode()
    assert f"您好。\n\n{matter.number}收到。" in shown


def _logins(bench: Bench) -> set[str]:
    return {account.login for account in bench.demo.accounts if account.login}


def _names(html: str) -> list[str]:
    return re.findall(r'<textarea[^>]* name="([^"]+)"', html)


def _papers(bench: Bench, login: str, matter: Matter) -> list[tuple[str, str]]:
    page = bench.client(login).get(reverse("work_matter", args=[matter.number]))
    if page.status_code != 200:
        return []
    found = re.findall(rf"/work/matters/{matter.number}/act/([a-z_]+)/([^/\"?#]+)\"", page.content.decode())
    kept = []
    for kind, choice in found:
        form = bench.client(login).get(reverse("work_act", args=[matter.number, kind, choice])).content.decode()
        if kind == "done" and any(name.startswith("doc.") and name != "doc.minutes" for name in _names(form)):
            kept.append((kind, choice))
    return kept


def test_a_call_is_answered_or_filed_on_one_page(bench: Bench) -> None:
    staff, page = bench.client("director"), reverse("hotline")
    before = Matter.objects.count()
    other = bench.file()
    Answer.objects.create(
        place=bench.place, question=TYPED["question"], text=TYPED["text"], state="published", written_at=bench.at,
        written_by=bench.resident(), published_at=bench.at, published_by=bench.resident(),
    )  # fmt: skip
    look = reverse("hotline_look")
    assert "look-answers" not in staff.post(look, {"what": "路"}).content.decode()
    seen = staff.post(look, {"what": "自行车棚拆了没处放车，走廊堆了东西", "place": bench.place.code}).content.decode()
    assert TYPED["text"] in seen and other.number in seen and "系统提议" in seen
    row = Answer.objects.get()
    assert staff.post(page, {"what": "走廊堆了东西", "helped": str(row.pk)})["Location"].startswith(f"{page}?filed=-")
    assert Answer.objects.get().helped == 1 and Matter.objects.count() == before + 1
    typed = {"what": "Bonjour 走廊堆晒嘢 😀", "place": bench.place.code, "channel": "phone", "secrecy": "anonymous",
             "name": "王五", "contact": "13800001234", "linked": other.number, "idempotency_key": "a" * 32}  # fmt: skip
    wrong = staff.post(page, {**typed, "place": "", "secrecy": ""})
    assert wrong.status_code == 422 and "走廊堆晒嘢" in text_of(wrong) and Matter.objects.count() == before + 1
    sent = staff.post(page, typed)
    assert sent.status_code == 302 and staff.post(page, typed)["Location"] == sent["Location"]
    matter = Matter.objects.latest("pk")
    assert Matter.objects.count() == before + 2 and matter.number in sent["Location"]
    words = {row.name: read_text(row) for row in matter.words.all()}
    assert "contact" not in words and matter.filer is None and words["linked"] == other.number and matter.public
    named = {**typed, "secrecy": "office", "idempotency_key": "b" * 32}
    staff.post(page, named)
    matter = Matter.objects.latest("pk")
    assert not matter.public and matter.filer is not None
    assert visitor(bench.resident()).get(page).status_code == 403


def test_a_hot_spot_is_listed_put_on_an_agenda_and_merged(bench: Bench) -> None:
    for _ in range(3):
        bench.file(public=True)
    staff = bench.client("director")
    other = {"what": "楼道灯晚上一闪一闪"}
    by = bench.resident(1)
    file_matter(NewMatter(bench.place, "shared_facility", words=other, public=True), by, bench.at, None)  # same title
    listed = text_of(staff.get(reverse("work_hotspots")))
    assert "1处热点" in listed and "3件" in listed
    first = Matter.objects.earliest("pk")
    rest = [row.number for row in Matter.objects.order_by("pk")[1:3]]
    address = reverse("work_hotspot", args=[first.number])
    assert staff.get(address).status_code == 200
    assert staff.get(reverse("hotspot_points", args=[first.number])).json()["features"] == []
    merge = reverse("hotspot_merge", args=[first.number])
    told = staff.post(merge, {"leader": first.number, "number": rest[0], "ground": ""})
    assert told.status_code == 422 and "为什么是同一件事" in text_of(told)
    assert staff.post(merge, {"leader": first.number, "number": rest, "ground": "同一座车棚"}).status_code == 302
    assert set(
        Matter.objects.filter(status="following", goes_with=first.number).values_list("number", flat=True)
    ) == set(rest)
    bench.do("director", first, "done", "registered", doc__receipt="收到")
    meeting = Meeting.objects.get(matter=first)
    listing = reverse("hotspot_agenda", args=[first.number])
    assert staff.post(listing, {"meeting": "0"}).status_code == 409
    login = next(one for one in sorted(_logins(bench)) if _holds(bench, one, meeting))
    answer = bench.client(login).post(listing, {"meeting": str(meeting.pk)})
    assert answer.status_code == 302, text_of(answer)
    meeting.refresh_from_db()
    assert len(meeting.agenda) == 1 and "3件" in meeting.agenda[0] and meeting.items.count() == 1
    assert Act.objects.filter(matter=first, kind="note").exists()
    assert bench.client(login).post(listing, {"meeting": str(meeting.pk)}).status_code == 302
    assert meeting.items.count() == 1  # once
    bench.at += timedelta(minutes=20)
    assert staff.get(reverse("work_hotspot", args=["990101-0000"])).status_code == 404


def _holds(bench: Bench, login: str, meeting: Meeting) -> bool:
    return who(login).seats(bench.at).filter(organ_instance=meeting.organ).exists()
