"""Moved up: see `gongzhi.web.photos`. This name stays until nothing imports it any more."""

from gongzhi.web.photos import *  # noqa: F403
