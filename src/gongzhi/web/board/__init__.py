"""The public board: notices, public matters, who is late."""
