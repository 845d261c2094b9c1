"""版本对比: two versions, or two charters, side by side as a readable difference."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.records.institutions.models import CharterVersion
from gongzhi.web.access import requires
from gongzhi.web.studio.overview import titled
from gongzhi.web.studio.page import Opened, chosen, opened, options, show
from gongzhi.web.studio.sources import Head, head_of, heads
from gongzhi.words.differences import PARTS, difference_groups, part_title

__all__ = ["compare"]

MOST = 60  # stored versions offered


@requires("public")
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Choose two, see what differs. An unknown choice is no choice."""
    stored = CharterVersion.objects.defer("source").order_by("name", "-stored_at")[:MOST]
    offered = [*heads(), *(head_of(row) for row in stored)]
    known = {head.key for head in offered}
    keys = [chosen(request, name, known) for name in ("a", "b")]
    part = chosen(request, "part", set(PARTS))
    a, b = (opened(key) if key else None for key in keys)
    groups = difference_groups(a.charter, b.charter, part) if a and b else []
    names = [(head.key, _name(head)) for head in offered]
    fields = [
        {"name": "a", "label": _("原来的"), "value": keys[0], "options": options(names, _("请选"))},
        {"name": "b", "label": _("要对比的"), "value": keys[1], "options": options(names, _("请选"))},
        {"name": "part", "label": _("看哪部分"), "value": part,
         "options": options([(name, part_title(name)) for name in PARTS], _("全部"))},
    ]  # fmt: skip
    return show(
        request, "studio/compare.html", a, fields=fields, groups=groups, a=a, b=b, same=_same(a, b),
        names=[dict(names).get(key, "") for key in keys], swap=f"?a={keys[1]}&b={keys[0]}",
    )  # fmt: skip


def _name(head: Head) -> str:
    told = titled(head)
    stored = head.key.partition("@")[2]
    kind = _("采用过，指纹{digest}").format(digest=stored[:8]) if stored else _("随程序提供")
    return _("{title} 第{version}版（{kind}）").format(title=told["title"], version=head.version, kind=kind)


def _same(a: Opened | None, b: Opened | None) -> bool:
    """True when both say exactly the same, in whatever order and with whatever remarks."""
    return a is not None and b is not None and a.charter.digest == b.charter.digest and bool(a.charter.digest)
