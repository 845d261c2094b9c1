"""Moved up: see `gongzhi.web.texts`. This name stays until nothing imports it any more."""

from gongzhi.web.texts import *  # noqa: F403
