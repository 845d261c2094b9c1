"""Everything the room keeps; one noun in each file."""

from gongzhi.records.matters.digest import AccessLog, DailyDigest
from gongzhi.records.matters.log import Act, CalendarVersion
from gongzhi.records.matters.matter import Matter, Todo
from gongzhi.records.matters.messages import Message, Worker
from gongzhi.records.matters.words import Words

__all__ = ["AccessLog", "Act", "CalendarVersion", "DailyDigest", "Matter", "Message", "Todo", "Words", "Worker"]
