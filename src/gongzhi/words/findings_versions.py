"""What is wrong with taking running matters into a new version, with merging and waiting: code -> found, mend."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

TEXTS: dict[str, tuple[str, str]] = {
    "GZ771": (
        _("migrates 里写了“{step}”，第{version}版没有这个环节"),
        _("左边写旧版的环节，右边写新版的环节"),
    ),
    "GZ772": (
        _("正在办的事可能停在旧版的“{step}”，新版没有对应的环节"),
        _("在 migrates 的 steps 里写上它接到新版的哪个环节"),
    ),
    "GZ773": (
        _("“{step}”原来由 {old} 办，接到“{to}”却由 {new} 办"),
        _("接到同一个单位办的环节；换单位要走交接，不能靠改章程"),
    ),
    "GZ774": (
        _("“{step}”接到了“{to}”，那里只分流，没有人办"),
        _("接到分流之前或之后、有人办的环节"),
    ),
    "GZ775": (
        _("migrates 从第{old}版接过来，本章程是第{new}版"),
        _("from 写更早的版本，并把 version 加一"),
    ),
    "GZ776": (
        _("新版少了全程时限“{limit}”，正在办的事会丢掉期限"),
        _("保留这个名字的时限"),
    ),
    "GZ777": (
        _("“{step}”可能正等人签收，“{to}”不用签收"),
        _("接到一个 do: task、可以签收的环节"),
    ),
    "GZ778": (
        _("合并以后要到“{step}”请居民确认，不满意的接着单独办"),
        _("after_merge 写居民确认的环节，并写上 reopen"),
    ),
    "GZ779": (
        _("“{step}”等另一件事项，没有写清它每种结束之后怎么办：{outcomes}"),
        _("写 for_matter；then 里写上那个程序的每一种结束，和 withdrawn"),
    ),
}
