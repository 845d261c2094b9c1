"""Family 7, posts: elected posts have an election, and posts held together are shown with what the law asks."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter
from gongzhi.core.check.view import path_of

WATCHES = ("supervises", "reviews", "independent")
# Three separations (三分开): a post of government beside one of self-government is shown, beside one of a company or an
# association refused (公务员法 59: no post in a company or another organisation that earns money).
CROSSING = {"self_government": "GZ735", "company": "GZ736", "association": "GZ736"}


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ731 to GZ736."""
    return [*_together(charter, lines), *_crossing(charter, lines), *_elected(charter, lines)]


def _together(charter: Charter, lines: Lines) -> Iterator[Finding]:
    for at, post in enumerate(charter.posts):
        for name in post.also:
            organ, _, seat = name.partition(".")
            held = charter.organs[organ].seats.get(seat) if organ in charter.organs else None
            if held and held.basis == "elected":
                yield lines.finding("GZ731", f"posts.{at}", seat=name, by=post.seat)
        organs = {name.partition(".")[0] for name in (post.seat, *post.also)}
        for relation in charter.relations:
            if relation.verb in WATCHES and {relation.subject, relation.object} <= organs:
                yield lines.finding("GZ732", f"posts.{at}", organ=relation.subject, other=relation.object, by=post.seat)


def _crossing(charter: Charter, lines: Lines) -> Iterator[Finding]:
    """Posts held together across the lines between government, self-government, companies and associations (CY-32)."""
    for at, post in enumerate(charter.posts):
        names = [name.partition(".")[0] for name in (post.seat, *post.also)]
        organs = [charter.organs[name] for name in dict.fromkeys(names) if name in charter.organs]
        for office in (organ for organ in organs if organ.kind == "government"):
            for other in (organ for organ in organs if organ.kind in CROSSING):
                yield lines.finding(
                    CROSSING[other.kind], f"posts.{at}", organ=office.name, other=other.name, by=post.seat
                )


def _elected(charter: Charter, lines: Lines) -> Iterator[Finding]:
    """A charter that holds elections holds them for every elected post of self-government."""
    elections = [procedure for procedure in charter.procedures.values() if procedure.of == "election"]
    for procedure in charter.procedures.values():
        if procedure.elects and procedure not in elections:
            yield lines.finding("GZ734", f"{path_of(procedure)}.elects", procedure=procedure.name)
    elected = {organ for procedure in elections for organ in procedure.elects}
    for organ in charter.organs.values():
        posts = [seat.name for seat in organ.seats.values() if seat.basis == "elected"]
        if elections and posts and organ.kind == "self_government" and organ.name not in elected:
            yield lines.finding("GZ733", f"organs.{organ.name}", organ=organ.name, seats=", ".join(posts))
