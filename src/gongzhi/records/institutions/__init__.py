"""Room institutions: places, adopted charters, organs. See README.md."""
