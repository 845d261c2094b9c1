"""Room people: persons, the seats they hold, sign-in. See README.md."""
