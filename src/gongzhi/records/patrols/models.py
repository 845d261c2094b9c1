"""Django's models of this room, each in the file of its idea."""

from gongzhi.records.patrols.units import GridUnit, MatterPoint, Part, StandIn

__all__ = ["GridUnit", "MatterPoint", "Part", "StandIn"]
