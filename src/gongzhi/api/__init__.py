"""The programs' face: everything the pages do, under /api/v1."""
