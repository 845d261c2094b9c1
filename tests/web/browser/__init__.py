"""Stories played through pages in a real browser."""
