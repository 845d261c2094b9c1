"""文书: the paper of a document to print or keep as a Word file, and its versions with their differences."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.clauses import find_clauses
from gongzhi.records.matters.access import note_reading
from gongzhi.records.matters.models import Words
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.receipts import check_address, qr
from gongzhi.web.sheets import blank_sheet, handed_sheet, latest, text_of, word_file
from gongzhi.web.workbench.found import Found, find
from gongzhi.web.workbench.page import show
from gongzhi.words.clauses import clause_name, clause_why
from gongzhi.words.sheets import Sheet
from gongzhi.words.versions import changes

__all__ = ["work_form", "work_form_word", "work_text"]

MOST_VERSIONS = 20
LONGEST = 50_000


@requires("staff")
@never_cache
@require_GET
def work_form(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """The paper on A4 with a QR code that leads to the matter's proof; `?handed` as it was handed in."""
    found = find(request, number)
    sheet = _sheet(request, found, document)
    address = check_address(request, found.looked.first, number)
    return show(
        request, "form.html", found=found, sheet=sheet, document=document, handed="handed" in request.GET,
        qr=qr(address), row=latest(found.looked, document),
    )  # fmt: skip


@requires("staff")
@never_cache
@require_GET
def work_form_word(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """The same as a Word file."""
    return word_file(_sheet(request, find(request, number), document))


def _sheet(request: HttpRequest, found: Found, document: str) -> Sheet:
    """Blank, or what was handed in; its reading is written down. 404: no such form, or not for this reader."""
    if "handed" not in request.GET:
        sheet = blank_sheet(found.looked, document, found.at, found.may_open)
    else:
        row = latest(found.looked, document)
        sheet = handed_sheet(found.looked, document, row, found.may_open) if row else None
        _note(found, row)
    if sheet is None:
        raise Http404("no such form for this reader")
    return sheet


def _note(found: Found, row: Words | None) -> None:
    if row is not None and not row.public:
        note_reading(found.person, found.role, "document", found.at, found.matter)


@requires("staff")
@never_cache
def work_text(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """Every version of a text with what changed, and a place to try a new wording against the clauses."""
    found = find(request, number)
    if document not in found.charter.documents:
        raise Http404("no such document")
    rows = found.matter.words.filter(name=document, erased_at=None).select_related("act").order_by("-pk")
    kept = [(row, text_of(row, found.may_open)) for row in rows[:MOST_VERSIONS]]
    if not kept:
        raise Http404("nothing was handed in yet")
    _note(found, kept[0][0])
    typed = texts.clean_text(request.POST.get("text", ""))[:LONGEST] if request.method == "POST" else kept[0][1]
    return show(
        request, "text.html", found=found, document=document, title=found.terms.document(document),
        versions=_versions(found, kept), typed=typed, clauses=_clauses(found, typed), tried=request.method == "POST",
        changed=changes(kept[0][1], typed) if request.method == "POST" else [], covenant=_is_covenant(found),
    )  # fmt: skip


def _versions(found: Found, kept: list[tuple[Words, str]]) -> list[dict[str, object]]:
    older = [*[text for _, text in kept[1:]], None]
    return [
        {
            "nth": len(kept) - at,
            "row": row,
            "who": found.terms.holder(f"{row.act.organ}.{row.act.seat}".rstrip(".")),
            "lines": changes(before, text) if before is not None else [],
            "first": before is None,
            "text": text,
        }
        for at, ((row, text), before) in enumerate(zip(kept, older, strict=True))
    ]


def _is_covenant(found: Found) -> bool:
    return found.procedure.of == "covenant"


def _clauses(found: Found, text: str) -> list[dict[str, str]]:
    clauses = find_clauses(text) if _is_covenant(found) else ()
    return [{"name": clause_name(one.kind), "sentence": one.sentence, "why": clause_why(one.kind)} for one in clauses]
