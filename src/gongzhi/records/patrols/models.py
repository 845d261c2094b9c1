"""Django's models of this room, each in the file of its idea."""

from gongzhi.records.patrols.reports import Checkpoint, Report
from gongzhi.records.patrols.units import GridUnit, MatterPoint, Part, StandIn

__all__ = ["Checkpoint", "GridUnit", "MatterPoint", "Part", "Report", "StandIn"]
