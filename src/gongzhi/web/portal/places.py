"""The communities served here, and the places inside one that something can be at."""

from __future__ import annotations

from gongzhi.records.institutions.served import communities, inside

__all__ = ["communities", "inside"]
