"""Open311 GeoReport v2: programs of other makers file and follow what is public, by the standard of the field."""
