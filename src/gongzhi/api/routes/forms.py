"""The paper of a document as text to fill in, and a wording looked at for clauses that no covenant may hold."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from gongzhi.api.auth import access
from gongzhi.api.lookups import Found, find_matter
from gongzhi.api.problems import Problem
from gongzhi.api.routes.matters import Number
from gongzhi.api.schemas.common import Sent
from gongzhi.api.typed import Name, Paper
from gongzhi.core.clauses import find_clauses
from gongzhi.records.matters.models import Words
from gongzhi.web.sheets import blank_sheet
from gongzhi.words.clauses import clause_name, clause_why
from gongzhi.words.sheets import as_text, unfilled

router = Router(tags=["forms"])


class WordingIn(Sent):
    text: Paper


class ClauseOut(Schema):
    """`kind`: fine, cut_off, naming, rights; `sentence`: where it stands; `why`: what may be said instead."""

    kind: str
    title: str
    sentence: str
    why: str


class FormOut(Schema):
    """`text` is the paper with what is known; `blanks` are the labels of what is still to be filled in."""

    document: str
    title: str
    law: str
    text: str
    blanks: list[str]


CONTACT = ("contact", "place")


@router.get("/matters/{number}/forms/{document}", auth=access("matter:read"), response=FormOut, summary="A blank form")
def form(request: HttpRequest, number: Number, document: Name) -> FormOut:
    """The paper of a document as far as the matter knows it; other papers in it only for who may open them."""
    found = find_matter(request, number)
    sheet = blank_sheet(found, document, found.now, lambda row: _may(found, row))
    if sheet is None:
        raise Problem(404, "not_found")
    text = as_text(sheet)
    return FormOut(document=document, title=sheet.title, law=sheet.law, text=text, blanks=unfilled(text))


def _may(found: Found, row: Words) -> bool:
    return row.public or (found.level == "full" and row.kind not in CONTACT)


@router.post("/wordings", auth=access("public"), response=list[ClauseOut], summary="Look at the clauses of a covenant")
def wording(request: HttpRequest, body: WordingIn) -> list[ClauseOut]:
    """Sentences that no covenant may hold: fines, cut-offs, naming, loss of rights. Nothing is kept."""
    return [
        ClauseOut(kind=one.kind, title=clause_name(one.kind), sentence=one.sentence, why=clause_why(one.kind))
        for one in find_clauses(body.text)
    ]
