"""Moved up: see `gongzhi.web.page`. This name stays until nothing imports it any more."""

from gongzhi.web.page import *  # noqa: F403
