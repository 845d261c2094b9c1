"""The staff workbench: a list by clock, and what may be done next with each matter."""
