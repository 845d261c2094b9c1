"""Meetings, who came, and what was resolved."""
