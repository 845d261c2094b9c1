"""The desk: the one door through which every matter changes, and what the charter lets whom do."""
