"""The bike shed through the pages of staff: every form in its turn, from registering to asking the resident."""

from __future__ import annotations

from tests.web.bench import Bench, text_of


def test_the_bike_shed_goes_through_the_forms(bench: Bench) -> None:
    matter = bench.file()
    bench.wait(minutes=30)
    matter = bench.do("director", matter, "done", "registered", doc__receipt="已登记，由居委会负责答复。")
    assert matter.step == "emergency"
    bench.wait(hours=6)
    matter = bench.do("secretary", matter, "done", "call_party_council", doc__minutes="当日开会。")
    assert matter.step == "party_council"
    bench.wait(days=2)
    bench.do("council", matter, "part", "attend.party_members_council", state="done", count="16")
    matter = bench.do("secretary", matter, "done", "notice_and_council", doc__minutes="商定先公示。")
    assert matter.step == "notice"
    matter = bench.do("director", matter, "done", "posted", doc__notice_text="3月19日下午召开议事园会议。")
    assert matter.step == "council"
    blocked = text_of(bench.page("director", matter.number))
    assert "应到的人未到齐" in blocked
    bench.wait(hours=20)
    for part in ("attend.party_branch.secretary", "attend.service_station.head", "attend.urban_section.chief"):
        bench.do("director", matter, "part", part, state="done")
    bench.do("director", matter, "part", "attend.residents", state="done", count="20")
    matter = bench.do(
        "director",
        matter,
        "done",
        "proposal",
        doc__minutes="五种人到会。",
        doc__proposed_solution="原处重建。",
        field__needs_planning="yes",
        field__needs_funds="yes",
        field__outside_remit="yes",
    )
    assert matter.step == "submit"
    for login, organ in (
        ("secretary", "party_branch"),
        ("director", "residents_committee"),
        ("station", "service_station"),
    ):
        bench.do(login, matter, "part", f"sign.{organ}", state="done")
    matter = bench.do("station", matter, "done", "submitted", doc__submission="三方会签的方案。")
    assert matter.step == "on_site"
    bench.wait(days=2)
    bench.do("deputy", matter, "part", "attend.service_station.head", state="done")
    bench.do("deputy", matter, "part", "attend.urban_section.chief", state="done")
    matter = bench.do("deputy", matter, "done", "build", doc__steps_to_take="选址、报建、施工、验收。")
    assert matter.step == "build"
    matter = bench.do("bureau", matter, "accept")
    bench.wait(days=100)
    matter = bench.do("bureau", matter, "done", "built")
    assert matter.step == "inspect"
    bench.do("clerk2", matter, "part", "help.residents", state="done", count="2")
    matter = bench.do("clerk2", matter, "done", "passed", doc__evidence="完工照片和验收记录。")
    assert matter.step == "confirm"
