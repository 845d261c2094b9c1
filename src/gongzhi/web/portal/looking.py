"""Moved up: see `gongzhi.web.looking`. This name stays until nothing imports it any more."""

from gongzhi.web.looking import *  # noqa: F403
