"""任职: how posts are held, in sums computed from the register; nobody is named."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.desk.posts import posts_of, share
from gongzhi.web.access import requires
from gongzhi.web.board.plans import per_cent
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show

__all__ = ["board_posts"]


@requires("public")
@require_GET
def board_posts(request: HttpRequest) -> HttpResponse:
    """The two shares of the sources with numerator and denominator, and posts by basis."""
    found = posts_of(community_of(request), now())
    shares = [
        (_("书记兼主任（一肩挑）的社区"), found.both_heads, found.places),
        (_("党组织和居委会交叉任职的人"), found.crossing, found.members),
    ]
    apart = {
        "self_government": _("政社分开：同时在政府机构和自治组织任职"),
        "company": _("政企分开：同时在政府机构和企业任职"),
        "association": _("政事分开：同时在政府机构和社会组织任职"),
    }
    bases = {"elected": _("选举"), "appointed": _("任命"), "recommended": _("推荐"), "concurrent": _("兼任")}
    return show(
        request, "board/posts.html",
        shares=[(title, part, whole, per_cent(found_) if (found_ := share(part, whole)) is not None else "")
                for title, part, whole in shares],
        across=[(apart[side], many) for side, many in found.across.items()],
        bases=[(bases.get(name, name), many) for name, many in found.bases.items()],
    )  # fmt: skip
