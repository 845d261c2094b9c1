"""What a filer does on the own matter: answer, add, take back, ask again, rate. One form each, post and redirect."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import Draft
from gongzhi.desk.intake import FILER_WORDS
from gongzhi.desk.step import take_step
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.looking import look
from gongzhi.web.page import signed_in
from gongzhi.web.photos import MAX_BYTES, MOST, BadPhoto, clean_photo
from gongzhi.web.portal.mine import answers_of, own_matter, page_of
from gongzhi.web.portal.written import blanks_of, written
from gongzhi.web.telling import confirms
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["act"]

GRADES = ("1", "2", "3", "4", "5")


class Unsaid(ValueError):
    """Something is missing in a form: a sentence for the person, and the field it is about."""

    def __init__(self, sentence: str, href: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.href = href


@requires("signed_in")
@require_POST
def act(request: HttpRequest, number: str) -> HttpResponse:
    """One act of the filer, named by the button; refused acts show the page again with everything typed."""
    matter, person = own_matter(request, number), signed_in(request)
    kind = request.POST.get("kind", "")
    typed = {name: texts.clean_text(value) for name, value in request.POST.items() if isinstance(value, str)}
    try:
        draft = FORMS.get(kind, _unknown)(request, matter, typed)
        taken = take_step(number, draft, person, now(), request.POST.get("idempotency_key") or None)
    except Unsaid as unsaid:
        return page_of(request, matter, [{"text": unsaid.sentence, "href": unsaid.href}], typed, 422)
    except Refused as refused:
        fresh = own_matter(request, number)
        return page_of(request, fresh, [{"text": _sentence(fresh, refused), "href": ""}], typed, _status(refused))
    return redirect(f"{_address(taken.matter)}?done={kind}")


def _address(matter: Matter) -> str:
    return reverse("my_matter", args=[matter.number])


def _status(refused: Refused) -> int:
    return 409 if refused.code in ("moved_on", "already_done", "key_reused") else 422


def _sentence(matter: Matter, refused: Refused) -> str:
    looked = look(matter, now())
    speaker = Speaker(Terms(looked.charter), looked.charter.procedures[looked.case.procedure])
    return speaker.refusal(refused.code, refused.args_map, looked.case.control.step)


def _words(typed: dict[str, str], field: str, needed: str = "") -> dict[str, NewWords]:
    said = typed.get(field, "")
    if needed and len(said) < 2:
        raise Unsaid(needed, f"#{field}")
    if len(said) > texts.LONGEST:
        raise Unsaid(texts.what_sentence(said), f"#{field}")
    return {"remark": text(said)} if said else {}


def _answer(request: HttpRequest, matter: Matter, typed: dict[str, str]) -> Draft:
    """Confirm or not. The first outcome of a step is the good one; any other needs a word about what is missing."""
    outcome, looked = typed.get("outcome", ""), look(matter, now())
    answers = answers_of(looked, signed_in(request), now())
    good = answers[0].outcome if answers else ""
    needed = "" if outcome == good or not confirms(answers) else _("请写一句还差什么，他们才知道怎么补")
    chosen = next((one.documents for one in answers if one.outcome == outcome), ())
    field, blanks = blanks_of(typed, chosen)
    if blanks:
        raise Unsaid(_("还没填：%(blanks)s") % {"blanks": _("、").join(blanks)}, f"#{field}")
    words = {**_words(typed, "missing", needed), **written(typed, chosen)}
    return Draft("done", visit=typed.get("visit", ""), outcome=outcome, words=words)


def _add(request: HttpRequest, matter: Matter, typed: dict[str, str]) -> Draft:
    words = _words(typed, "more")
    for nth, file in enumerate(request.FILES.getlist("photos")[:MOST], 1):
        try:
            if (file.size or 0) > MAX_BYTES:
                raise BadPhoto("too_large")
            photo = clean_photo(file.read(), False)
        except BadPhoto as fault:
            raise Unsaid(texts.photo_sentence(fault.code, texts.clean_line(file.name or "")), "#photos") from fault
        words[f"photo.{nth}"] = NewWords(photo.content, kind="photo", media_type=photo.media_type)
    if not words:
        raise Unsaid(_("请写一句要补充什么，或加一张照片"), "#more")
    return Draft("note", state="supplement", words=words)


def _withdraw(request: HttpRequest, matter: Matter, typed: dict[str, str]) -> Draft:
    return Draft("withdraw", visit=typed.get("visit", ""), ground=FILER_WORDS, words=_words(typed, "why"))


def _alone(request: HttpRequest, matter: Matter, typed: dict[str, str]) -> Draft:
    return Draft("unfollow")


def _reopen(request: HttpRequest, matter: Matter, typed: dict[str, str]) -> Draft:
    words = _words(typed, "missing", _("请写一句哪里没有办好"))
    return Draft("reopen", ground=FILER_WORDS, words=words)


def _rate(request: HttpRequest, matter: Matter, typed: dict[str, str]) -> Draft:
    grade = typed.get("grade", "")
    if grade not in GRADES:
        raise Unsaid(_("请选1到5分"), "#grade")
    return Draft("rate", state=grade, words=_words(typed, "rating"))


def _unknown(request: HttpRequest, matter: Matter, typed: dict[str, str]) -> Draft:
    raise Refused("unknown_act")


FORMS: dict[str, Callable[[HttpRequest, Matter, dict[str, str]], Draft]] = {
    "answer": _answer,
    "add": _add,
    "withdraw": _withdraw,
    "reopen": _reopen,
    "alone": _alone,
    "rate": _rate,
}
