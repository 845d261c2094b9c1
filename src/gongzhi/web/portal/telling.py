"""Moved up: see `gongzhi.web.telling`. This name stays until nothing imports it any more."""

from gongzhi.web.telling import *  # noqa: F403
