"""A charter: read from YAML with line numbers, refused when a key is unknown, then only frozen data."""
