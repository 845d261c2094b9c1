"""Papers of staff and residents: blank with what is known, as Word, as handed in; drafts compared; clauses that stop a covenant."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.setup import set_up_place
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import AccessLog, Matter
from gongzhi.records.matters.sealing import NewWords
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.web import clock
from gongzhi.web.word import WORD
from tests.support.visitors import visitor
from tests.web.bench import hidden, text_of

MONDAY = datetime(2026, 3, 2, 9, tzinfo=CHINA)
SEATS = {"director": ("residents_committee", "director"), "justice": ("justice_office", "")}
BAD = "楼道不堆东西。堆物的罚款五十元。"
GOOD = "楼道不堆东西。互相提醒，谈不成的请调解。"
pytestmark = pytest.mark.django_db


@dataclass
class House:
    """A building whose residents draft a covenant; the matter stands at the first step."""

    place: Place
    people: dict[str, Person]
    matter: Matter

    def browser(self, who: str) -> Client:
        return visitor(self.people[who])

    def get(self, who: str, name: str, *args: object, query: str = "") -> HttpResponse:
        return self.browser(who).get(reverse(name, args=[self.matter.number, *args]) + query)

    def do(self, who: str, kind: str, **more: object) -> Matter:
        at = self.matter.acts.order_by("-seq")[0].at
        self.matter = take_step(self.matter.number, Draft(kind, **more), self.people[who], at, None).matter  # type: ignore[arg-type]
        return self.matter

    def draft(self, text: str) -> Matter:
        self.do("director", "part", part="help.residents", count=20)
        return self.do("director", "done", outcome="drafted", words={"covenant_draft": text})


@pytest.fixture
def house(settings: object, tmp_path: Path) -> House:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    settings.GONGZHI_STORY_CLOCK = True  # type: ignore[attr-defined]
    clock.set_story_time(MONDAY)
    place, _charter = set_up_place(Path(settings.GONGZHI_CHARTERS) / "huangpu")  # type: ignore[attr-defined]
    people = {"resident": Person.objects.create(joined_at=MONDAY, display_name="居民", home=place)}
    for login, (organ, seat) in SEATS.items():
        people[login] = Person.objects.create(joined_at=MONDAY, login=login, display_name=login)
        instance = OrganInstance.objects.get(organ=organ, charter="huangpu")
        slot = 1 if seat else None
        SeatTerm.objects.create(person=people[login], organ_instance=instance, seat=seat, slot=slot, start=MONDAY)
    new = NewMatter(place, "building_covenant", words={"what": "楼道堆物"}, public=True)
    matter = file_matter(new, people["resident"], MONDAY, None).matter
    return House(place, people, matter)


def word(answer: HttpResponse) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (200, WORD)
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)


def test_a_form_starts_with_its_paper_and_says_what_is_still_blank(house: House) -> None:
    house.do("director", "part", part="help.residents", count=20)
    address = reverse("work_act", args=[house.matter.number, "done", "drafted"])
    browser = house.browser("director")
    answer = browser.get(address)
    typed = hidden(answer)
    assert "一、为什么定" in typed["doc.covenant_draft"] and "____" in typed["doc.covenant_draft"]
    assert reverse("work_form", args=[house.matter.number, "covenant_draft"]) in answer.content.decode()
    answer = browser.post(address, typed)
    assert answer.status_code == 422 and "还没填：要解决的事、约定的内容" in text_of(answer)
    answer = browser.post(
        address, {**typed, "doc.covenant_draft": typed["doc.covenant_draft"].replace("____", "不堆物")}
    )
    assert answer.status_code == 302


def test_a_paper_is_printed_with_its_code_and_kept_as_a_word_file(house: House) -> None:
    page = house.get("director", "work_form", "covenant_draft")
    assert "公约草案" in text_of(page) and "<svg" in page.content.decode() and house.matter.number in text_of(page)
    said = word(house.get("director", "work_form_word", "covenant_draft"))
    assert "一、为什么定" in said and "不罚款，不断水电" in said
    assert house.get("director", "work_form", "receipt").status_code == 404  # has no template
    assert house.get("director", "work_form", "covenant_draft", query="?handed=1").status_code == 404  # nothing yet


def test_what_was_handed_in_comes_back_as_word_and_its_reading_is_written_down(house: House) -> None:
    house.draft(GOOD)
    said = word(house.get("justice", "work_form_word", "covenant_draft", query="?handed=1"))
    assert GOOD in said
    assert AccessLog.objects.filter(matter=house.matter, role="justice_office", reason="document").exists()


def test_a_resident_prints_the_paper_of_the_own_matter_and_nobody_else_s(house: House) -> None:
    page = house.get("resident", "my_form", "covenant_draft")
    assert page.status_code == 200 and "约定的内容" in text_of(page)
    assert "约定的内容" in word(house.get("resident", "my_form_word", "covenant_draft"))
    stranger = visitor(Person.objects.create(joined_at=MONDAY, display_name="别人", home=house.place))
    for name in ("my_form", "my_form_word"):
        assert stranger.get(reverse(name, args=[house.matter.number, "covenant_draft"])).status_code == 404
        assert house.get("resident", name, "nothing").status_code == 404


def test_drafts_are_compared_and_forbidden_clauses_shown_with_their_sentence(house: House) -> None:
    house.draft(BAD)
    said = text_of(house.get("justice", "work_text", "covenant_draft"))
    assert "罚款或扣钱" in said and "堆物的罚款五十元。" in said
    house.do("justice", "done", outcome="unlawful", words={"legality_note": "不能罚款"})
    house.draft(GOOD)
    html = house.get("justice", "work_text", "covenant_draft").content.decode()
    assert "<del>堆物的罚款五十元。</del>" in html and "<ins>互相提醒，谈不成的请调解。</ins>" in html
    assert "没有发现罚款" in html


def test_a_wording_is_tried_out_without_being_kept(house: House) -> None:
    house.draft(GOOD)
    browser, address = house.browser("justice"), reverse("work_text", args=[house.matter.number, "covenant_draft"])
    answer = browser.post(address, {"text": GOOD + "不听的列入黑名单。"})
    assert "公开点名" in text_of(answer) and "<ins>不听的列入黑名单。</ins>" in answer.content.decode()
    assert house.matter.words.filter(name="covenant_draft").count() == 1
    assert house.get("justice", "work_text", "nothing").status_code == 404


def test_the_gate_refuses_a_forbidden_clause_whoever_found_it_clean(house: House) -> None:
    house.draft(BAD)
    with pytest.raises(Refused, match=r"^clauses_forbidden$") as refused:
        house.do("justice", "done", outcome="clean", words={"legality_note": "没看出来"})
    assert refused.value.args_map["clauses"] == [{"kind": "fine", "sentence": "堆物的罚款五十元。"}]
    address = reverse("work_act", args=[house.matter.number, "done", "clean"])
    browser = house.browser("justice")
    browser.post(address, {**hidden(browser.get(address)), "doc.legality_note": "没看出来"})
    answer = browser.post(f"{address}/check", hidden(browser.get(f"{address}/check")))
    assert answer.status_code == 422 and "罚款或扣钱（“堆物的罚款五十元。”）" in text_of(answer)


def test_a_draft_nobody_can_read_passes_no_gate(house: House) -> None:
    house.do("director", "part", part="help.residents", count=20)

    photo = NewWords(b"\xff\xd8", kind="photo", media_type="image/jpeg")
    house.do("director", "done", outcome="drafted", words={"covenant_draft": photo})
    with pytest.raises(Refused, match=r"^clauses_unread$"):
        house.do("justice", "done", outcome="clean", words={"legality_note": "看过"})


def test_a_word_file_is_read_like_a_text(house: House) -> None:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(BAD)
    document.save(out)
    house.do("director", "part", part="help.residents", count=20)

    house.do(
        "director", "done", outcome="drafted", words={"covenant_draft": NewWords(out.getvalue(), "document", WORD)}
    )
    with pytest.raises(Refused, match=r"^clauses_forbidden$"):
        house.do("justice", "done", outcome="clean", words={"legality_note": "看过"})


def test_a_resident_signs_a_mandate_on_the_page_and_can_petition_without_one(house: House) -> None:
    fields = {"agent": "residents_committee", "accused": "market_station"}
    new = NewMatter(house.place, "petition_agency", words={"what": "油烟"}, fields=fields)
    house.matter = file_matter(new, house.people["resident"], MONDAY, None).matter
    house.do("director", "done", outcome="willing")
    browser, page = house.browser("resident"), house.get("resident", "my_matter")
    typed = hidden(page)
    assert "我委托社区居委会" in typed["doc.mandate"] and "反映的机关是市场监管所" in typed["doc.mandate"]
    address = reverse("my_act", args=[house.matter.number])
    answer = browser.post(address, {**typed, "kind": "answer", "outcome": "signed"})
    assert answer.status_code == 422 and "还没填：委托人姓名、联系方式、我的诉求" in text_of(answer)
    full = {"doc.mandate": typed["doc.mandate"].replace("____", "写好了")}
    answer = browser.post(address, {**typed, **full, "kind": "answer", "outcome": "signed"})
    assert answer.status_code == 302, text_of(answer)
    assert Matter.objects.get(pk=house.matter.pk).step == "negotiate"
    house.matter = file_matter(new, house.people["resident"], MONDAY, None).matter
    house.do("director", "done", outcome="willing")
    direct = {"kind": "answer", "outcome": "direct"}
    answer = browser.post(
        address.replace(address.split("/")[2], house.matter.number),
        {**hidden(house.get("resident", "my_matter")), **direct},
    )
    assert answer.status_code == 302  # one tap: no reason asked, no mandate needed
    assert Matter.objects.get(pk=house.matter.pk).step == "petition.accept"
