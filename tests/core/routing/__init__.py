"""Routing: categories, hot spots, what is alike."""
