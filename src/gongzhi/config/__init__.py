"""Django's settings, split into one small file per idea; `settings.py` puts them together."""
