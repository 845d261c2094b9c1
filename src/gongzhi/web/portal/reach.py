"""Moved up: see `gongzhi.web.reach`. This name stays until nothing imports it any more."""

from gongzhi.web.reach import *  # noqa: F403
